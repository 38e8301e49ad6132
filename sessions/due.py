"""Which measures a person owes: for which timepoint, between which days, and what has become of each.

Not for: what an instrument asks or comes to (`instrument`, `measured`), nor for whom to ring first.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final, Literal

from sessions.pack import Pack
from sessions.plan import CohortPlan
from sessions.records import MeasureRow, Person
from sessions.rules import MeasureDue, PainSite, Timepoint, Window, Windows

DueState = Literal["not_yet", "due", "overdue", "recorded", "outside_window", "missing"]
"""`not_yet`, `due`, `overdue`: nothing is recorded, and today is before, in or after the window.

`recorded`: taken in its window. `outside_window`: taken too early or too late to count. `missing`: for a
reason that is recorded.
"""
OWED: Final[frozenset[DueState]] = frozenset({"not_yet", "due", "overdue"})
TIMEPOINTS: Final[tuple[Timepoint, ...]] = ("baseline", "end", "follow_up_6", "follow_up_12")


@dataclass(frozen=True, slots=True)
class Days:
    """From a day to a day, both included."""

    first: date
    last: date

    def __contains__(self, day: date) -> bool:
        return self.first <= day <= self.last


@dataclass(frozen=True, slots=True)
class OnRecord:
    """What a cohort has on record of its plan, its people and their measures."""

    plan: CohortPlan
    people: tuple[Person, ...]
    measures: tuple[MeasureRow, ...]


@dataclass(frozen=True, slots=True)
class Due:
    """One instrument of one person at one timepoint, what has become of it, and what is recorded of it."""

    person: str
    instrument: str
    timepoint: Timepoint
    state: DueState
    window: Days
    row: MeasureRow | None

    @property
    def owed(self) -> bool:
        """Whether it is still to be taken, now or later."""
        return self.state in OWED


def measures_due(
    pack: Pack, on_record: OnRecord, today: date, in_use: Collection[str] = ()
) -> tuple[Due, ...]:
    """Every measure that the programme asks of everyone, with its state, by timepoint, register and pack.

    `in_use` are the pack's optional instruments that the site uses. Who has left, has withdrawn their data or
    was erased owes nothing from that day on; what is on record of them stays in.
    """
    recorded = {(row.person, row.instrument, row.timepoint): row for row in on_record.measures}
    found: list[Due] = []
    for timepoint in TIMEPOINTS:
        for person in sorted(on_record.people, key=lambda person: person.number):
            window = window_of(timepoint, pack.windows, on_record.plan, person.joined_at_session)
            for instrument in _asked_of(person, pack, timepoint, in_use):
                row = recorded.get((person.id, instrument, timepoint))
                due = Due(person.id, instrument, timepoint, _state(row, window, today), window, row)
                if not due.owed or not _has_left(person, today):
                    found.append(due)
    return tuple(found)


def window_of(timepoint: Timepoint, windows: Windows, plan: CohortPlan, joined_at: int = 1) -> Days:
    """The days in which a measure of that timepoint counts, for a person who joined at session `joined_at`.

    The baseline hangs on the person's first session, the end on the cohort's last, a follow-up on the same
    day of the month 6 or 12 calendar months after the last (or the last of a shorter month).
    """
    if timepoint == "baseline":
        return _around(_first_session(plan, joined_at), windows.baseline)
    last = _last_session(plan)
    if timepoint == "end":
        return _around(last, windows.end)
    if timepoint == "follow_up_6":
        return _around(_months_after(last, 6), windows.follow_up_6)
    return _around(_months_after(last, 12), windows.follow_up_12)


def _asked_of(person: Person, pack: Pack, timepoint: Timepoint, in_use: Collection[str]) -> Iterator[str]:
    for measure in pack.measures:
        in_force = not measure.optional or measure.instrument in in_use
        if in_force and timepoint in measure.timepoints and _fits(measure, person.pain_site, pack):
            yield measure.instrument


def _fits(measure: MeasureDue, pain_site: PainSite | None, pack: Pack) -> bool:
    if pain_site is None:
        # Of whom it is not known yet, only what is asked of everybody can be asked.
        return set(pack.eligibility.pain_sites) <= set(measure.pain_sites)
    return pain_site in measure.pain_sites


def _state(row: MeasureRow | None, window: Days, today: date) -> DueState:
    if row is None:
        if today in window:
            return "due"
        return "not_yet" if today < window.first else "overdue"
    if row.taken_on is None:
        return "missing"
    return "recorded" if row.taken_on in window else "outside_window"


def _has_left(person: Person, today: date) -> bool:
    days = (person.withdrawn_on, person.data_withdrawn_on, person.erased_on)
    return any(day is not None and day <= today for day in days)


def _first_session(plan: CohortPlan, joined_at: int) -> date:
    joined = plan.start if joined_at == 1 else plan.session(joined_at).on
    return next((session.on for session in plan.standing() if session.on >= joined), joined)


def _last_session(plan: CohortPlan) -> date:
    return max(session.on for session in plan.standing() or plan.sessions)


def _around(day: date, window: Window) -> Days:
    return Days(day + timedelta(days=window.from_days), day + timedelta(days=window.to_days))


def _months_after(day: date, months: int) -> date:
    years, month = divmod(day.month - 1 + months, 12)
    year, month = day.year + years, month + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))
