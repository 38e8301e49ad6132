"""Measures, incidents, notes, goals, signposting and anonymous feedback."""

from __future__ import annotations

from dataclasses import replace

import pytest

from escape_tui.store.acts.feedback import add_feedback, correct_feedback
from escape_tui.store.acts.incidents import IncidentEntry, add_incident, correct_incident, remove_incident
from escape_tui.store.acts.measures import correct_measure, record_measure, remove_measure
from escape_tui.store.acts.notes import (
    edit_note,
    remove_note,
    review_goal,
    set_goal,
    signpost,
    write_note,
)
from escape_tui.store.acts.people import fix_index
from escape_tui.store.audit import entries
from escape_tui.store.cohort import Cohort
from escape_tui.store.read import feedback, goals, incidents, measures, notes, signposts
from sessions.errors import Refused
from sessions.records import FeedbackCount, MeasureRow, Signpost
from tests.store.making import START, said_nothing


def chair_stand(person: str, stands: str = "11") -> MeasureRow:
    return MeasureRow(person, "chair-stand-30s", "baseline", taken_on=START, mode="self", answers=(stands,))


def test_answers_come_back_one_by_one_with_the_joint_that_was_fixed(cohort: Cohort, person: str) -> None:
    fix_index(cohort, person, "knee", "left")
    filled = MeasureRow(person, "koos-ps", "baseline", START, "phone", answers=("1", None, "0", "4"))
    record_measure(cohort, filled)
    assert measures(cohort) == (replace(filled, joint="knee", side="left"),)


def test_recording_over_answers_is_refused_and_the_same_again_changes_nothing(
    cohort: Cohort, person: str
) -> None:
    record_measure(cohort, chair_stand(person))
    assert said_nothing(record_measure(cohort, chair_stand(person)))
    missing = MeasureRow(person, "chair-stand-30s", "baseline", missing_reason="declined")
    for other in (chair_stand(person, "12"), missing):
        with pytest.raises(Refused, match="recorded"):
            record_measure(cohort, other)
    assert measures(cohort) == (chair_stand(person),)


def test_a_second_typing_that_agrees_is_noted(cohort: Cohort, person: str) -> None:
    record_measure(cohort, chair_stand(person))
    record_measure(cohort, replace(chair_stand(person), entered_twice=True))
    assert measures(cohort)[0].entered_twice


def test_a_missing_reason_gives_way_to_answers_only_by_correction(cohort: Cohort, person: str) -> None:
    record_measure(cohort, MeasureRow(person, "chair-stand-30s", "baseline", missing_reason="not_offered"))
    with pytest.raises(Refused, match="recorded"):
        record_measure(cohort, chair_stand(person))
    correct_measure(cohort, chair_stand(person), "found the sheet")
    assert measures(cohort) == (chair_stand(person),)


def test_a_correction_leaves_no_answer_of_the_earlier_one(cohort: Cohort, person: str) -> None:
    record_measure(cohort, replace(chair_stand(person), answers=("1", "2", "3")))
    correct_measure(cohort, replace(chair_stand(person), answers=("4", None)), "wrong line")
    assert measures(cohort)[0].answers == ("4", None)
    assert entries(cohort.connection)[-1].reason == "wrong line"
    remove_measure(cohort, person, "chair-stand-30s", "baseline", "another person's sheet")
    assert measures(cohort) == ()


@pytest.mark.parametrize("answers", [(), (None, None)])
def test_a_measure_without_an_answer_needs_a_reason(
    cohort: Cohort, person: str, answers: tuple[None, ...]
) -> None:
    with pytest.raises(Refused, match="answers or a reason"):
        record_measure(cohort, replace(chair_stand(person), answers=answers))


@pytest.mark.parametrize("answer", ["", "eleven", "1;2", "11 " + "a" * 21, "\N{ARABIC-INDIC DIGIT ONE}"])
def test_an_answer_is_a_code_and_nothing_else(cohort: Cohort, person: str, answer: str) -> None:
    with pytest.raises(Refused, match="answer"):
        record_measure(cohort, replace(chair_stand(person), answers=(answer, "1")))
    record_measure(cohort, chair_stand(person, "0 arms"))
    assert measures(cohort)[0].answers == ("0 arms",)


def test_an_incident_is_recorded_put_right_and_taken_out(cohort: Cohort, person: str) -> None:
    add_incident(cohort, 2, IncidentEntry("fall", "minor", "rested", "slipped on the mat"), person)
    (first,) = incidents(cohort)
    assert (first.session, first.person, first.note) == (2, person, "slipped on the mat")
    correct_incident(cohort, first.id, IncidentEntry("near_miss", "none", "rested"))
    assert (incidents(cohort)[0].category, incidents(cohort)[0].note) == ("near_miss", None)
    remove_incident(cohort, first.id)
    assert incidents(cohort) == ()


def test_notes_and_goals_are_kept_in_their_own_words(cohort: Cohort, person: str) -> None:
    write_note(cohort, "Needs the chair by the wall.", person, 3)
    edit_note(cohort, notes(cohort)[0].id, "Needs the high chair.")
    set_goal(cohort, person, "goal", "Walk to the market", 3)
    review_goal(cohort, goals(cohort)[0].id, "met", "Walk to the market and back")
    assert [(note.text, note.session) for note in notes(cohort)] == [("Needs the high chair.", 3)]
    assert [(goal.text, goal.state) for goal in goals(cohort, person)] == [
        ("Walk to the market and back", "met")
    ]
    remove_note(cohort, notes(cohort)[0].id)
    assert notes(cohort) == ()


def test_the_latest_signpost_counts(cohort: Cohort, person: str) -> None:
    signpost(cohort, person, "gym")
    signpost(cohort, person, "walking_group")
    assert signposts(cohort) == (Signpost(person, "walking_group"),)


def test_feedback_is_counts_and_the_trail_knows_nothing_of_them(cohort: Cohort) -> None:
    add_feedback(cohort, {"very_good": 3, "good": 1})
    add_feedback(cohort, {"very_good": 2})
    correct_feedback(cohort, {"good": 0})
    assert feedback(cohort) == (FeedbackCount("fft", "very_good", 5),)
    for entry in entries(cohort.connection)[-3:]:
        assert [(change.table, change.row, change.old, change.new) for change in entry.changes] == [
            ("feedback", (), None, None)
        ]
    assert cohort.connection.value("SELECT count(*) FROM undo WHERE images LIKE '%very_good%'") == 0


@pytest.mark.parametrize("count", [0, -1])
def test_a_batch_of_no_feedback_is_refused(cohort: Cohort, count: int) -> None:
    with pytest.raises(Refused, match="count"):
        add_feedback(cohort, {"good": count})
