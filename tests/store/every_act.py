"""Every act there is, each once, on a cohort that has something of everything.

Not for: what an act does in particular.
"""

from __future__ import annotations

import importlib
import inspect
import pkgutil
from collections.abc import Callable
from datetime import timedelta

from escape_tui.store import acts
from escape_tui.store.act import Changed
from escape_tui.store.acts import (
    attendance,
    cohorts,
    erasing,
    exercise,
    feedback,
    incidents,
    leaving,
    measures,
    notes,
    papers,
    people,
    ruling_out,
    session_acts,
    signoff,
    undoing,
    whereabouts,
)
from escape_tui.store.acts.incidents import IncidentEntry
from escape_tui.store.acts.leaving import Moving
from escape_tui.store.acts.people import ConsentEntry, EligibilityEntry, PersonEntry
from escape_tui.store.acts.session_acts import Delivered
from escape_tui.store.cohort import Cohort
from sessions.exercise import Tag
from sessions.papers import Paper
from sessions.records import (
    ArrivalPain,
    ArrivalRow,
    AttendanceRow,
    ExerciseRow,
    LevelRow,
    MeasureRow,
    Receipt,
)
from tests.store.making import HASH, START, signed, someone

Do = Callable[[Cohort, str], Changed]


def measure(person: str, answer: str = "11", timepoint: str = "baseline") -> MeasureRow:
    return MeasureRow(person, "chair-stand-30s", timepoint, START, "self", answers=(answer,))  # type: ignore[arg-type]


EVERY_ACT: dict[str, Do] = {
    "enrol": lambda c, _: people.enrol(c, PersonEntry(family_name="New", reference="R7")),
    "edit_person": lambda c, p: people.edit_person(c, p, PersonEntry(phone="1", sex="other"), ["side"]),
    "judge_eligibility": lambda c, p: people.judge_eligibility(c, p, EligibilityEntry("no", {"q": "no"})),
    "accept_person": lambda c, p: people.accept_person(c, p, "asked for by her doctor", START),
    "record_consent": lambda c, p: people.record_consent(c, p, ConsentEntry("contact", True, START)),
    "fix_index": lambda c, p: people.fix_index(c, p, "knee", "left"),
    "correct_index": lambda c, p: people.correct_index(c, p, "hip", "right", "a slip"),
    "withdraw_person": lambda c, p: leaving.withdraw_person(c, p, "work", START + timedelta(days=8)),
    "return_person": lambda c, _: leaving.return_person(c, left_already(c)),
    "withdraw_data": lambda c, p: leaving.withdraw_data(c, p, START),
    "move_person": lambda c, p: leaving.move_person(c, p, "B26-1", START),
    "take_over": lambda c, _: leaving.take_over(c, Moving(PersonEntry(family_name="From"), "A1")),
    "erase_person": lambda c, p: erasing.erase_person(c, p, START),
    "mark_attendance": lambda c, p: attendance.mark_attendance(c, AttendanceRow(p, 3, "present")),
    "correct_attendance": lambda c, p: attendance.correct_attendance(
        c, AttendanceRow(p, 1, "absent", "ill"), "wrong line"
    ),
    "unmark_attendance": lambda c, p: attendance.unmark_attendance(c, 1, p),
    "log_exercise": lambda c, p: exercise.log_exercise(c, ExerciseRow(p, 1, "bridge", level=2)),
    "unlog_exercise": lambda c, p: exercise.unlog_exercise(c, 1, p, "sit-to-stand"),
    "move_level": lambda c, p: exercise.move_level(c, LevelRow(p, "bridge", 2, 3, 2, reason="asked")),
    "answer_on_arrival": lambda c, p: exercise.answer_on_arrival(c, ArrivalRow(p, 2, "fever", "no")),
    "pain_on_arrival": lambda c, p: exercise.pain_on_arrival(c, ArrivalPain(p, 2, 3)),
    "say_where": lambda c, p: whereabouts.say_where(c, p, 2, "a flat above the baker", "07700900321"),
    "rule_out": lambda c, p: ruling_out.rule_out(c, p, Tag.FLOOR),
    "rule_in": lambda c, p: ruling_out.rule_in(c, p, Tag.KNEELING),
    "forget_where": lambda c, p: whereabouts.forget_where(c, p, 1),
    "mark_paper": lambda c, p: papers.mark_paper(c, Paper(p, "koos", "baseline", "checked", 2)),
    "unmark_paper": lambda c, p: papers.unmark_paper(c, p, "koos", "baseline"),
    "record_measure": lambda c, p: measures.record_measure(c, measure(p, timepoint="end")),
    "correct_measure": lambda c, p: measures.correct_measure(c, measure(p, "12"), "misread"),
    "remove_measure": lambda c, p: measures.remove_measure(
        c, p, "chair-stand-30s", "baseline", "another person's sheet"
    ),
    "move_session": lambda c, _: session_acts.move_session(c, 5, START + timedelta(days=15)),
    "cancel_session": lambda c, _: session_acts.cancel_session(c, 5, "snow"),
    "merge_session": lambda c, _: session_acts.merge_session(c, 5, 6),
    "add_extra_session": lambda c, _: session_acts.add_extra_session(c, START + timedelta(days=70)),
    "deliver_session": lambda c, _: session_acts.deliver_session(
        c, 5, Delivered(education_minutes=20, facilitators=["jk"], themes=["pacing"])
    ),
    "undeliver_session": lambda c, _: session_acts.undeliver_session(c, 2),
    "cut_session_short": lambda c, _: session_acts.cut_session_short(c, 5, "fire alarm"),
    "record_run_events": lambda c, _: session_acts.record_run_events(c, 5, ['{"kind":"started"}']),
    "add_incident": lambda c, p: incidents.add_incident(
        c, 1, IncidentEntry("fall", "minor", "rested", "slipped"), p
    ),
    "correct_incident": lambda c, _: incidents.correct_incident(
        c, 1, IncidentEntry("pain", "none", "rested", "ached")
    ),
    "remove_incident": lambda c, _: incidents.remove_incident(c, 1),
    "write_note": lambda c, p: notes.write_note(c, "likes the window", p),
    "edit_note": lambda c, _: notes.edit_note(c, 1, "likes the door"),
    "remove_note": lambda c, _: notes.remove_note(c, 1),
    "set_goal": lambda c, p: notes.set_goal(c, p, "action_plan", "walk on Tuesdays"),
    "review_goal": lambda c, _: notes.review_goal(c, 1, "met"),
    "signpost": lambda c, p: notes.signpost(c, p, "gym"),
    "add_feedback": lambda c, _: feedback.add_feedback(c, {"good": 2}),
    "correct_feedback": lambda c, _: feedback.correct_feedback(c, {"good": 5}),
    "close_cohort": lambda c, _: cohorts.close_cohort(c, START + timedelta(days=50)),
    "reopen_cohort": lambda c, _: cohorts.reopen_cohort(c),
    "hand_over": lambda c, _: cohorts.hand_over(c),
    "take_back": lambda c, _: cohorts.take_back(c),
    "record_signoff": lambda c, _: signoff.record_signoff(c, signed(c, 1)),
    "amend": lambda c, _: signoff.amend(c, "a late form"),
    "record_receipt": lambda c, _: signoff.record_receipt(c, Receipt(1, HASH, "accepted", None, c.now())),
    "undo": lambda c, _: undoing.undo(c),
}
WHEN_SIGNED = {"withdraw_data", "erase_person", "hand_over", "take_back", "amend", "record_receipt"}
"""What goes on in a signed cohort; the contract names these."""
NEVER_UNDONE = {"erase_person", "record_run_events", "add_feedback", "correct_feedback", "hand_over"} | {
    "take_back",
    "record_signoff",
    "amend",
    "record_receipt",
    "undo",
}
NEED_ANOTHER_STATE = {"reopen_cohort", "take_back", "amend", "record_receipt"}
"""These do nothing, or are refused, in a cohort that is open."""


def something_of_everything(cohort: Cohort) -> str:
    """A person with marks, log, measure, place, notes and an incident, and another who left; the first."""
    person = someone(cohort)
    other = someone(cohort, "R2", given_name="Other")
    attendance.mark_attendance(cohort, AttendanceRow(person, 1, "present"))
    exercise.log_exercise(cohort, ExerciseRow(person, 1, "sit-to-stand", level=2))
    measures.record_measure(cohort, measure(person))
    incidents.add_incident(cohort, 1, IncidentEntry("pain", "minor", "rested", "a note"), person)
    whereabouts.say_where(cohort, person, 1, "the caravan by the weir", "07700900456")
    ruling_out.rule_out(cohort, person, Tag.KNEELING)
    papers.mark_paper(cohort, Paper(person, "koos", "baseline", "out"))
    notes.write_note(cohort, "a note of the person", person)
    notes.set_goal(cohort, person, "goal", "walk to the shop")
    feedback.add_feedback(cohort, {"good": 1})
    session_acts.deliver_session(cohort, 2, Delivered())
    leaving.withdraw_person(cohort, other, "caring", START)
    return person


def left_already(cohort: Cohort) -> str:
    return str(cohort.connection.value("SELECT id FROM person WHERE withdrawn_on IS NOT NULL"))


def names_of_all_acts() -> set[str]:
    """The public functions of the acts that take a cohort and say what they changed."""
    found = set()
    for module in pkgutil.iter_modules(acts.__path__, f"{acts.__name__}."):
        for name, function in inspect.getmembers(importlib.import_module(module.name), inspect.isfunction):
            if function.__module__ == module.name and function.__annotations__.get("return") == "Changed":
                found.add(name)
    return found
