"""What is known of a person at an exercise when advice is asked, put together from the records of a cohort.

Not for: the advice itself (`advice`), nor for reading records from anywhere.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import takewhile

from sessions.advice import Arrival, ExerciseEntry, Picture
from sessions.exercise import Exercise
from sessions.levels import LevelChange, Since, current_level
from sessions.records import ArrivalPain, ArrivalRow, AttendanceRow, ExerciseRow, LevelRow

NEW_PAIN = "new-or-different-pain"
UNSETTLED = "not-settled-in-a-day"
"""The questions on arrival that advice rests on; every pack asks them under these ids."""


@dataclass(frozen=True, slots=True)
class Known:
    """The records that advice rests on, in any order, of everyone or of one person.

    `order` holds the numbers of the sessions that stand, by their days.
    """

    order: tuple[int, ...]
    log: tuple[ExerciseRow, ...] = ()
    levels: tuple[LevelRow, ...] = ()
    attendance: tuple[AttendanceRow, ...] = ()
    answers: tuple[ArrivalRow, ...] = ()
    pains: tuple[ArrivalPain, ...] = ()

    def only(self, person: str) -> Known:
        """The records of that person alone."""
        return replace(
            self,
            log=tuple(row for row in self.log if row.person == person),
            levels=tuple(row for row in self.levels if row.person == person),
            attendance=tuple(row for row in self.attendance if row.person == person),
            answers=tuple(row for row in self.answers if row.person == person),
            pains=tuple(row for row in self.pains if row.person == person),
        )


def level_of(known: Known, exercise: Exercise, session: int, round_number: int = 1) -> int:
    """The level that holds for the person whose records these are in a round of a session."""
    in_order = sorted(
        (row for row in known.levels if row.exercise == exercise.id),
        key=lambda row: (_place(known.order, row.from_session), row.from_round),
    )
    changes = [
        LevelChange(row.exercise, row.from_level, row.level, Since(row.from_session, row.from_round))
        for row in in_order
    ]
    return current_level(exercise, changes, session, round_number, known.order)


def picture_of(known: Known, exercise: Exercise, session: int, level: int) -> Picture:
    """What the records of one person say of an exercise in `session`, for which they have `level`."""
    upto = known.order[: _place(known.order, session) + 1]
    missed = tuple(_missed_before(known, upto))
    return Picture(
        exercise=exercise,
        level=level,
        session=session,
        entries=tuple(_entries(known, exercise, upto)),
        arrivals=tuple(_arrivals(known, upto)),
        missed=len(missed),
        ill=any(mark.reason == "ill" for mark in missed),
    )


def _place(order: Sequence[int], session: int) -> int:
    return order.index(session) if session in order else len(order) + session


def _entries(known: Known, exercise: Exercise, upto: Sequence[int]) -> Iterator[ExerciseEntry]:
    told = {row.session: row for row in known.log if row.exercise == exercise.id}
    for session in upto:
        row = told.get(session)
        if row is not None:
            yield ExerciseEntry(
                session=session,
                level=row.level if row.level is not None else level_of(known, exercise, session),
                reps=row.reps,
                seconds=row.seconds,
                effort=row.effort,
                pain=row.pain,
                decision=row.decision,
                basis=row.basis,
            )


def _arrivals(known: Known, upto: Sequence[int]) -> Iterator[Arrival]:
    pains = {row.session: row.pain for row in known.pains}
    yes = {(row.session, row.question) for row in known.answers if row.answer == "yes"}
    asked = {row.session for row in known.answers if row.answer != "not_asked"}
    for session in upto:
        if session in asked or session in pains:
            yield Arrival(
                session, pains.get(session), (session, NEW_PAIN) in yes, (session, UNSETTLED) in yes
            )


def _missed_before(known: Known, upto: Sequence[int]) -> Iterator[AttendanceRow]:
    """The marks of the sessions missed in a row just before the last of `upto`, latest first.

    A session without a mark was not held, or nobody knows; it neither counts nor breaks the row.
    """
    marks = {mark.session: mark for mark in known.attendance}
    before = (marks[session] for session in reversed(upto[:-1]) if session in marks)
    return takewhile(lambda mark: not mark.attended, before)
