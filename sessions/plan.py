"""The plan of a cohort: which session falls on which date, which dates were passed over and why.

Not for: changing a plan (`plan_acts`), counting what completes it (`completion`), or what a session holds
(the pack's schedule).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from sessions.dates import Weekday, day_in_words, weekday_of, weekdays_in_order, weekdays_in_words
from sessions.errors import Refused
from sessions.public_holidays import HolidayOn, public_holidays

MOST_SESSIONS = 40
"""More than any form of the programme has; a larger number is a slip of the hand."""


class SessionStatus(StrEnum):
    """What became of a session. A moved session shows by its two dates, not here."""

    PLANNED = "planned"
    DELIVERED = "delivered"
    CUT_SHORT = "cut_short"
    CANCELLED = "cancelled"
    MERGED = "merged"


@dataclass(frozen=True, slots=True)
class PlannedSession:
    """One session of a cohort.

    `planned_date` is the day it was first given and never changes; `on` is the day it has now. `merged_into`
    is the session it is held with. `extra` sessions came on top of the plan; `replaces` is the cancelled
    session that an extra makes good. `reason` says why it was cancelled or cut short.
    """

    number: int
    planned_date: date
    on: date
    status: SessionStatus = SessionStatus.PLANNED
    merged_into: int | None = None
    extra: bool = False
    replaces: int | None = None
    reason: str | None = None

    @property
    def moved_from(self) -> date | None:
        """The day it was first given, where it has another now."""
        return self.planned_date if self.on != self.planned_date else None

    @property
    def took_place(self) -> bool:
        """Whether people met for it, to its end or not."""
        return self.status in {SessionStatus.DELIVERED, SessionStatus.CUT_SHORT}

    @property
    def stands(self) -> bool:
        """Whether it took place or is still to: its day belongs to it."""
        return self.took_place or self.status is SessionStatus.PLANNED

    @property
    def delivered_date(self) -> date | None:
        """The day it took place."""
        return self.on if self.took_place else None


@dataclass(frozen=True, slots=True)
class PassedOver:
    """A date on which the group would have met and does not.

    `holiday` is the name of its public holiday, None where it has none and was asked to be skipped.
    """

    day: date
    holiday: str | None

    @property
    def why(self) -> str:
        """The reason in words: the holiday's name, or that it was asked."""
        return self.holiday or "asked to be skipped"


@dataclass(frozen=True, slots=True)
class CohortPlan:
    """The sessions of a cohort in the order of their numbers, 1 to the last without a gap.

    `passed_over` are the dates skipped when the plan was made. `notes` say what was settled otherwise than
    asked.
    """

    region: str
    weekdays: tuple[Weekday, ...]
    sessions: tuple[PlannedSession, ...]
    passed_over: tuple[PassedOver, ...] = ()
    notes: tuple[str, ...] = ()

    @property
    def start(self) -> date:
        """The cohort's start: the first day that a session stands on (or stood, where none is left)."""
        return min(session.on for session in self.standing() or self.sessions)

    @property
    def running_order(self) -> tuple[int, ...]:
        """The numbers of all sessions in the order of their days: an extra one has its place by its day."""
        by_day = sorted(self.sessions, key=lambda session: (session.on, session.number))
        return tuple(session.number for session in by_day)

    def session(self, number: int) -> PlannedSession:
        """The session of that number; `Refused` where the plan has none."""
        if not 1 <= number <= len(self.sessions):
            raise Refused(
                f"The plan has no session {number}.", f"Its sessions are numbered 1 to {len(self.sessions)}."
            )
        return self.sessions[number - 1]

    def standing(self) -> tuple[PlannedSession, ...]:
        """The sessions that took place or are still to, in the order of their days."""
        return tuple(sorted((s for s in self.sessions if s.stands), key=lambda session: session.on))


def plan_cohort(
    start: date, weekdays: Sequence[str], sessions: int, region: str, skip: Iterable[date] = ()
) -> CohortPlan:
    """Plan `sessions` sessions on `weekdays` (`mon` … `sun`) from `start` on.

    Public holidays of `region` (see `public_holidays`) and the dates of `skip` are passed over. Where `start`
    is none of the weekdays, the first session is on the first such day after it, and a note says so.
    `Refused` for no weekday or one given twice, for fewer than 1 or more than 40 sessions, for an unknown
    region, and for years whose public holidays are not known.
    """
    days = weekdays_in_order(weekdays)
    if not 1 <= sessions <= MOST_SESSIONS:
        raise Refused(
            f"A cohort cannot have {sessions} sessions.", f"Give a number from 1 to {MOST_SESSIONS}."
        )
    asked = frozenset(skip)
    dates, passed = _lay_out(start, days, sessions, public_holidays(region), asked)
    return CohortPlan(
        region=region,
        weekdays=days,
        sessions=tuple(PlannedSession(number, day, day) for number, day in enumerate(dates, start=1)),
        passed_over=passed,
        notes=(*_start_note(start, days, dates[0]), *_skip_notes(asked, passed)),
    )


def _lay_out(
    start: date, days: tuple[Weekday, ...], sessions: int, holiday_on: HolidayOn, asked: frozenset[date]
) -> tuple[list[date], tuple[PassedOver, ...]]:
    dates: list[date] = []
    passed: list[PassedOver] = []
    day = start
    while len(dates) < sessions:
        if weekday_of(day) in days:
            holiday = holiday_on(day)
            if holiday is not None or day in asked:
                passed.append(PassedOver(day, holiday))
            else:
                dates.append(day)
        day += timedelta(days=1)
    return dates, tuple(passed)


def _start_note(start: date, days: tuple[Weekday, ...], first: date) -> tuple[str, ...]:
    if weekday_of(start) in days:
        return ()
    return (
        f"{day_in_words(start)} is not a day the group meets on ({weekdays_in_words(days)}): "
        f"the first session is on {day_in_words(first)}.",
    )


def _skip_notes(asked: frozenset[date], passed: tuple[PassedOver, ...]) -> tuple[str, ...]:
    met = {date_passed.day for date_passed in passed}
    return tuple(
        f"{day_in_words(day)} was to be skipped, but no session would have fallen on it."
        for day in sorted(asked - met)
    )
