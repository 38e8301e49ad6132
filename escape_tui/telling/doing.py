"""What somebody did over the sessions: the strip of attendance, levels of each exercise, pain on arrival.

Not for: what a level should be (`sessions.levels`), or completion (`sessions.completion`).
"""

from __future__ import annotations

from dataclasses import dataclass

from escape_tui.store.cohort import Cohort
from escape_tui.store.read import arrival_pains, attendance, cohort_pack, exercise_log, plan_of
from sessions.records import AttendanceStatus


@dataclass(frozen=True, slots=True)
class SessionOf:
    """A session as somebody lived it; `status` is None where nothing is marked, `pain` that on arrival."""

    number: int
    held: bool
    status: AttendanceStatus | None
    pain: int | None


@dataclass(frozen=True, slots=True)
class LevelsOf:
    """The level of an exercise at each session, None where it was not done; `top` is the highest there is."""

    exercise: str
    levels: tuple[int | None, ...]
    top: int


@dataclass(frozen=True, slots=True)
class Doing:
    """What somebody did; `levels` has a value for each of the sessions that were held."""

    sessions: tuple[SessionOf, ...]
    levels: tuple[LevelsOf, ...]


def doing_of(cohort: Cohort, person: str) -> Doing:
    """The sessions of a person by day, and the levels of what they did, in the pack's order of exercises."""
    plan, pack = plan_of(cohort), cohort_pack(cohort)
    marks = {row.session: row.status for row in attendance(cohort) if row.person == person}
    pains = {row.session: row.pain for row in arrival_pains(cohort, person)}
    standing = plan.standing()
    held = [one.number for one in standing if one.took_place]
    done = {(row.exercise, row.session): row.level for row in exercise_log(cohort, person)}
    known = {exercise for exercise, _ in done}
    return Doing(
        sessions=tuple(
            SessionOf(one.number, one.took_place, marks.get(one.number), pains.get(one.number))
            for one in standing
        ),
        levels=tuple(
            LevelsOf(one.name, tuple(done.get((one.id, number)) for number in held), len(one.levels))
            for one in pack.exercises
            if one.id in known
        ),
    )
