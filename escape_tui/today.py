"""What Today shows of a cohort: the next session as a card, the strip of all, a session that was broken off.

Not for: drawing it (`screens.today`), nor for running a session (`guiding`).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Literal

from escape_tui.guiding.expected import Expected, expected_at
from escape_tui.settings import Settings
from escape_tui.store.cohort import Cohort
from escape_tui.store.read import (
    cohort_head,
    cohort_pack,
    last_run,
    measures,
    people,
    plan_of,
    run_events,
)
from sessions.clock import ZERO, Instant
from sessions.dates import week_of
from sessions.due import OnRecord, measures_due
from sessions.pack import Pack
from sessions.plan import CohortPlan, PlannedSession, SessionStatus
from sessions.records import CohortHead
from sessions.rules import Timepoint

if TYPE_CHECKING:
    from sessions.run_steps import Phase

Watched = Callable[[int], Instant | None]
StripState = Literal["held", "next", "to_come", "not_held", "no_register"]
"""`no_register`: its day is past and nobody has said what became of it."""


def _not_watched(session: int) -> Instant | None:
    del session
    return None


@dataclass(frozen=True, slots=True)
class TodaysSession:
    """One session of the cohort. `note` says what is unlike the plan: moved, cancelled, merged, extra."""

    number: int
    on: date
    week: int
    state: StripState
    note: str | None


@dataclass(frozen=True, slots=True)
class ExpectedToday:
    """Somebody expected at the next session; `owes` are the ids of the instruments due then or overdue."""

    who: Expected
    owes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class NextSession:
    """The next session. `days` is how far off it is, negative once it is past; `time` is `HH:MM` local."""

    number: int
    on: date
    days: int
    time: str
    title: str
    topics: tuple[str, ...]
    minutes: int
    assess: Timepoint | None
    expected: tuple[ExpectedToday, ...]

    @property
    def owing(self) -> tuple[ExpectedToday, ...]:
        """Those who owe a measure."""
        return tuple(one for one in self.expected if one.owes)


@dataclass(frozen=True, slots=True)
class BrokenOff:
    """A session that began and nobody ended: where in `phase` its clock stood at `at`, when last watched."""

    number: int
    phase: Phase
    title: str
    elapsed: timedelta
    at: datetime


@dataclass(frozen=True, slots=True)
class Today:
    """One cohort on one day. `next` is None once every session is over."""

    head: CohortHead
    programme: str
    day: date
    sessions: tuple[TodaysSession, ...]
    next: NextSession | None
    broken_off: BrokenOff | None


def today_of(cohort: Cohort, now: datetime, settings: Settings, watched: Watched = _not_watched) -> Today:
    """What Today shows of a cohort at `now` (with its zone; the day is that of the zone).

    `watched` gives the last instant at which a session was watched, where one is kept.
    """
    head, plan, pack = cohort_head(cohort), plan_of(cohort), cohort_pack(cohort)
    day = now.date()
    coming = _coming(plan)
    return Today(
        head=head,
        programme=pack.name,
        day=day,
        sessions=tuple(_in_strip(plan.session(number), plan, coming, day) for number in plan.running_order),
        next=None if coming is None else _card(cohort, coming, plan, pack, settings, day),
        broken_off=_broken_off(cohort, head, plan, pack, watched),
    )


def _coming(plan: CohortPlan) -> PlannedSession | None:
    """The first session by day that is still to be held, one whose day is past too: nobody forgets it so."""
    return next((one for one in plan.standing() if one.status is SessionStatus.PLANNED), None)


def _in_strip(
    session: PlannedSession, plan: CohortPlan, coming: PlannedSession | None, day: date
) -> TodaysSession:
    return TodaysSession(
        session.number,
        session.on,
        week_of(plan.start, session.on),
        _state(session, coming, day),
        _note(session),
    )


def _state(session: PlannedSession, coming: PlannedSession | None, day: date) -> StripState:
    if session.took_place:
        return "held"
    if not session.stands:
        return "not_held"
    if session == coming:
        return "next"
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


def _card(  # noqa: PLR0913, PLR0917 - what was read once is handed on
    cohort: Cohort, session: PlannedSession, plan: CohortPlan, pack: Pack, settings: Settings, day: date
) -> NextSession:
    head = cohort_head(cohort)
    number = session.replaces if session.extra else session.number
    scheduled = None if number is None else pack.schedule(head.sessions_planned).session(number)
    owed = _owed(cohort, session, plan, pack, settings)
    return NextSession(
        number=session.number,
        on=session.on,
        days=(session.on - day).days,
        time=head.start_time,
        title=scheduled.title if scheduled else "Extra session",
        topics=tuple(pack.topic(name).title for name in scheduled.topics) if scheduled else (),
        minutes=scheduled.length if scheduled else 0,
        assess=scheduled.assess if scheduled else None,
        expected=tuple(
            ExpectedToday(one, tuple(owed.get(one.id, ())))
            for one in expected_at(cohort, session.number, settings.names)
        ),
    )


def _owed(
    cohort: Cohort, session: PlannedSession, plan: CohortPlan, pack: Pack, settings: Settings
) -> Mapping[str, list[str]]:
    """The instruments that each person owes on the session's day."""
    on_record = OnRecord(plan, people(cohort), measures(cohort))
    owed: dict[str, list[str]] = defaultdict(list)
    for due in measures_due(pack, on_record, session.on, settings.instruments.in_use):
        if due.state in {"due", "overdue"} and due.instrument not in owed[due.person]:
            owed[due.person].append(due.instrument)
    return owed


def _broken_off(
    cohort: Cohort, head: CohortHead, plan: CohortPlan, pack: Pack, watched: Watched
) -> BrokenOff | None:
    """The last session that has begun, where nobody ended it."""
    begun = last_run(cohort)
    if begun is None or not plan.session(begun).stands:
        return None
    # Only here: on most days nothing was broken off, and Today should stand at once.
    from escape_tui.guiding.guide import content_of
    from sessions.clock import difference
    from sessions.pack import Delivery
    from sessions.run import fold, state_at
    from sessions.run_events import from_json
    from sessions.session_plan import session_plan
    from sessions.session_run import run_plan

    number = content_of(plan, begun)
    laid_out = run_plan(session_plan(pack, head.sessions_planned, number, Delivery(head.delivery)))
    run = fold(laid_out, (from_json(row.event) for row in run_events(cohort, begun)))
    if run.anchor is None or run.ended:
        return None
    seen = watched(begun)
    last = seen if seen is not None and difference(run.anchor, seen) > ZERO else run.anchor
    state = state_at(run, last)
    return BrokenOff(begun, state.step.phase, state.step.title, state.elapsed, last.wall)
