"""What Today shows of a cohort: the next session as a card, the strip of all, a session that was broken off.

Not for: its heading and strip (`heading`), drawing it (`screens.today`), or running a session (`guiding`).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING

from escape_tui.guiding.expected import Expected, expected_at
from escape_tui.heading import Heading, TodaysSession, content_number, heading_of, next_session, strip_of
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
from escape_tui.store.read_plan import opened_in, title_in
from sessions.clock import ZERO, Instant
from sessions.due import OnRecord, measures_due
from sessions.pack import Pack
from sessions.plan import CohortPlan, PlannedSession
from sessions.records import CohortHead
from sessions.rules import Timepoint

if TYPE_CHECKING:
    from sessions.run_steps import Phase

Watched = Callable[[int], Instant | None]


def _not_watched(session: int) -> Instant | None:
    del session
    return None


@dataclass(frozen=True, slots=True)
class ExpectedToday:
    """Somebody expected at the next session; `owes` are the ids of the instruments due then or overdue."""

    who: Expected
    owes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class NextSession:
    """The next session: its heading, and what stands below it."""

    heading: Heading
    topics: tuple[str, ...]
    minutes: int
    assess: Timepoint | None
    expected: tuple[ExpectedToday, ...]

    @property
    def owing(self) -> tuple[ExpectedToday, ...]:
        """Those who owe a measure."""
        return tuple(one for one in self.expected if one.owes)

    @property
    def not_judged(self) -> tuple[ExpectedToday, ...]:
        """Those whom nobody has judged by the programme's rules."""
        return tuple(one for one in self.expected if one.who.eligible == "not_judged")

    @property
    def not_eligible(self) -> tuple[ExpectedToday, ...]:
        """Those whom the rules do not take, and nobody took all the same."""
        return tuple(one for one in self.expected if one.who.eligible == "no")


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
    return Today(
        head=head,
        programme=pack.name,
        day=day,
        sessions=strip_of(plan, day, opened_in(cohort.connection, day)),
        next=_card(cohort, head, plan, pack, settings, day),
        broken_off=_broken_off(cohort, head, plan, pack, watched),
    )


def _card(  # noqa: PLR0913, PLR0917 - what was read once is handed on
    cohort: Cohort, head: CohortHead, plan: CohortPlan, pack: Pack, settings: Settings, day: date
) -> NextSession | None:
    coming = next_session(plan, opened_in(cohort.connection, day))
    if coming is None:
        return None
    content = content_number(coming)
    scheduled = None if content is None else pack.schedule(head.sessions_planned).session(content)
    owed = _owed(cohort, coming, plan, pack, settings)
    title_of = partial(title_in, cohort.connection, head.sessions_planned)
    return NextSession(
        heading=heading_of(coming, plan, day, head.start_time, title_of),
        topics=tuple(pack.topic(name).title for name in scheduled.topics) if scheduled else (),
        minutes=scheduled.length if scheduled else 0,
        assess=scheduled.assess if scheduled else None,
        expected=tuple(
            ExpectedToday(one, tuple(owed.get(one.id, ())))
            for one in expected_at(cohort, coming.number, settings.names)
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
