"""The exercise log, levels over time, and what was said on arrival.

Not for: advice on levels (`sessions.advice`).
"""

from __future__ import annotations

from escape_tui.store.act import Changed
from escape_tui.store.acts.checks import (
    LONGEST_REASON,
    code,
    known_person,
    the_person,
    the_session,
    typed_or_none,
)
from escape_tui.store.cohort import Cohort
from sessions.records import ArrivalPain, ArrivalRow, ExerciseRow, LevelRow


def log_exercise(cohort: Cohort, done: ExerciseRow) -> Changed:
    """Log what a person did at an exercise; logged again, what is said then counts and the rest stays."""
    said = {
        "level": done.level,
        "reps": done.reps,
        "seconds": done.seconds,
        "effort": done.effort,
        "pain": done.pain,
        "decision": done.decision,
    }
    with cohort.act("log_exercise") as act:
        the_person(act, done.person)
        the_session(act, done.session)
        act.put(
            "exercise_log",
            person=done.person,
            session=done.session,
            exercise=code(done.exercise, "exercise"),
            basis=done.basis,
            **{name: value for name, value in said.items() if value is not None},
        )
    return act.changed


def unlog_exercise(cohort: Cohort, session: int, person: str, exercise: str) -> Changed:
    """Take an entry out of the log, as if it had not been made."""
    with cohort.act("unlog_exercise") as act:
        act.remove("exercise_log", person, session, exercise)
    return act.changed


def move_level(cohort: Cohort, level: LevelRow) -> Changed:
    """Set a person's level at an exercise from a session on; with a reason where it is not as advised."""
    with cohort.act("move_level") as act:
        (the_person if level.reason is None else known_person)(act, level.person)
        the_session(act, level.from_session)
        act.put(
            "level_change",
            person=level.person,
            exercise=code(level.exercise, "exercise"),
            from_session=level.from_session,
            from_round=level.from_round,
            from_level=level.from_level,
            level=level.level,
            reason=typed_or_none(level.reason, "reason", LONGEST_REASON),
        )
    return act.changed


def answer_on_arrival(cohort: Cohort, told: ArrivalRow) -> Changed:
    """Record the answer to one question on arrival: not asked, asked and no, or yes."""
    with cohort.act("answer_on_arrival") as act:
        the_person(act, told.person)
        the_session(act, told.session)
        act.put(
            "arrival_answer",
            person=told.person,
            session=told.session,
            question=code(told.question, "question"),
            answer=told.answer,
        )
    return act.changed


def pain_on_arrival(cohort: Cohort, told: ArrivalPain) -> Changed:
    """Record the pain on arrival, 0 to 10; the rise over it is what exercise is judged by."""
    with cohort.act("pain_on_arrival") as act:
        the_person(act, told.person)
        the_session(act, told.session)
        act.put("arrival_pain", person=told.person, session=told.session, pain=told.pain)
    return act.changed
