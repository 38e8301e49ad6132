"""The heading of Today and the strip of all sessions: what the plan alone says on a day.

Not for: who is expected, owes or needs something (`today`), nor for reading the plan (`store.read_plan`).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Literal

from sessions.dates import week_of
from sessions.plan import CohortPlan, PlannedSession, SessionStatus

StripState = Literal["held", "next", "to_come", "not_held", "no_register"]
"""`no_register`: its day is past and nobody has said what became of it."""
TitleOf = Callable[[int], str | None]
"""Gives the title of a session of the schedule by its number, or None."""


@dataclass(frozen=True, slots=True)
class TodaysSession:
    """One session of the cohort. `note` says what is unlike the plan: moved, cancelled, merged, extra."""

    number: int
    on: date
    week: int
    state: StripState
    note: str | None


@dataclass(frozen=True, slots=True)
class Heading:
    """The next session in two lines: which of `of`, when, what about.

    `days` is how far off it is, negative once it is past; `time` is `HH:MM` local.
    """

    number: int
    of: int
    on: date
    days: int
    time: str
    title: str


def next_session(plan: CohortPlan, opened: int | None = None) -> PlannedSession | None:
    """The first session by day that is still to be held, one whose day is past too: nobody forgets it so.

    `opened` is a session whose register was begun today and whose clock was not: tonight's is still that one.
    """
    if opened is not None:
        return plan.session(opened)
    return next((one for one in plan.standing() if one.status is SessionStatus.PLANNED), None)


def heading_of(coming: PlannedSession, plan: CohortPlan, day: date, time: str, title_of: TitleOf) -> Heading:
    """The heading of the `next_session` on `day`; `time` is when sessions begin."""
    content = content_number(coming)
    return Heading(
        number=coming.number,
        of=len(plan.sessions),
        on=coming.on,
        days=(coming.on - day).days,
        time=time,
        title=(None if content is None else title_of(content)) or "Extra session",
    )


def content_number(session: PlannedSession) -> int | None:
    """The session of the schedule that this one holds; None for an extra one that replaces none."""
    return session.replaces if session.extra else session.number


def strip_of(plan: CohortPlan, day: date, opened: int | None = None) -> tuple[TodaysSession, ...]:
    """All sessions in the order of their days, as they stand on `day`; `opened` as in `next_session`."""
    coming = next_session(plan, opened)
    sessions = (plan.session(number) for number in plan.running_order)
    return tuple(
        TodaysSession(one.number, one.on, week_of(plan.start, one.on), _state(one, coming, day), _note(one))
        for one in sessions
    )


def _state(session: PlannedSession, coming: PlannedSession | None, day: date) -> StripState:
    if session == coming:
        return "next"
    if session.took_place:
        return "held"
    if not session.stands:
        return "not_held"
    return "no_register" if session.on < day else "to_come"


def _note(session: PlannedSession) -> str | None:
    if session.status is SessionStatus.CANCELLED:
        return "cancelled"
    if session.merged_into is not None:
        return f"held with {session.merged_into}"
    if session.status is SessionStatus.CUT_SHORT:
        return "cut short"
    if session.extra:
        return "extra" if session.replaces is None else f"for {session.replaces}"
    return "moved" if session.moved_from is not None else None
