"""What Today shows of a cohort: the next session as a card, the strip of all, a session that was broken off.

Not for: drawing it (`screens.today`), nor for running a session (`guiding`).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Literal

from escape_tui.guiding.names import Names, Style, names_of
from escape_tui.store.cohort import Cohort
from escape_tui.store.read import (
    cohort_head,
    cohort_pack,
    contacts,
    identities,
    measures,
    people,
    plan_of,
    run_events,
)
from sessions.dates import week_of
from sessions.due import Due, OnRecord, measures_due
from sessions.pack import Pack
from sessions.plan import CohortPlan, PlannedSession, SessionStatus
from sessions.records import CohortHead, Contact, Person
from sessions.rules import Timepoint

StripState = Literal["held", "next", "to_come", "not_held", "no_register"]
"""`no_register`: its day is past and nobody has said what became of it."""


@dataclass(frozen=True, slots=True)
class TodaysSession:
    """One session of the cohort. `note` says what is unlike the plan: moved, cancelled, merged, extra."""

    number: int
    on: date
    week: int
    state: StripState
    note: str | None


@dataclass(frozen=True, slots=True)
class Expected:
    """Somebody expected at the next session. `name` is a person's text, as are the words of their needs.

    `owes` are the ids of the instruments due now or overdue. A need is None where there is none.
    """

    person: str
    number: int
    name: str
    close_support: bool
    sight: str | None
    hearing: str | None
    interpreter: str | None
    owes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class NextSession:
    """The next session. `days` is how far off it is, negative where its day is past; `time` is `HH:MM` local."""

    number: int
    on: date
    days: int
    time: str
    title: str
    topics: tuple[str, ...]
    minutes: int
    assess: Timepoint | None
    expected: tuple[Expected, ...]

    @property
    def owing(self) -> tuple[Expected, ...]:
        """Those who owe a measure."""
        return tuple(one for one in self.expected if one.owes)


@dataclass(frozen=True, slots=True)
class BrokenOff:
    """A session that began and nobody ended: the word of its phase, and where its clock stood at `at`."""

    number: int
    phase: str
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


def today_of(cohort: Cohort, now: datetime, style: Style, in_use: Collection[str] = ()) -> Today:
    """What Today shows of a cohort at `now` (with its zone; the day is that of the zone).

    `style` is how people are named, `in_use` the optional instruments of the site.
    """
    head, plan, pack = cohort_head(cohort), plan_of(cohort), cohort_pack(cohort)
    day = now.date()
    coming = _coming(plan)
    return Today(
        head=head,
        programme=pack.name,
        day=day,
        sessions=tuple(_in_strip(session, plan, coming, day) for session in _in_order(plan)),
        next=None if coming is None else _card(cohort, coming, style, in_use, day),
        broken_off=_broken_off(cohort, head, plan, pack, day),
    )


def _coming(plan: CohortPlan) -> PlannedSession | None:
    """The first session by day that is still to be held, one whose day is past too: nobody forgets it so."""
    return next((one for one in plan.standing() if one.status is SessionStatus.PLANNED), None)


def _in_order(plan: CohortPlan) -> Iterable[PlannedSession]:
    return (plan.session(number) for number in plan.running_order)


def _in_strip(
    session: PlannedSession, plan: CohortPlan, coming: PlannedSession | None, day: date
) -> TodaysSession:
    return TodaysSession(
        session.number, session.on, week_of(plan.start, session.on), _state(session, coming, day), _note(session)
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


def _card(
    cohort: Cohort, session: PlannedSession, style: Style, in_use: Collection[str], day: date
) -> NextSession:
    head, pack = cohort_head(cohort), cohort_pack(cohort)
    number = session.replaces if session.extra else session.number
    scheduled = None if number is None else pack.schedule(head.sessions_planned).session(number)
    return NextSession(
        number=session.number,
        on=session.on,
        days=(session.on - day).days,
        time=head.start_time,
        title=scheduled.title if scheduled else "Extra session",
        topics=tuple(pack.topic(name).title for name in scheduled.topics) if scheduled else (),
        minutes=scheduled.length if scheduled else 0,
        assess=scheduled.assess if scheduled else None,
        expected=_expected(cohort, session, pack, style, in_use),
    )


def _expected(
    cohort: Cohort, session: PlannedSession, pack: Pack, style: Style, in_use: Collection[str]
) -> tuple[Expected, ...]:
    everyone, plan = people(cohort), plan_of(cohort)
    names = names_of(everyone, identities(cohort), style)
    needs = {one.person: one for one in contacts(cohort)}
    due = measures_due(pack, OnRecord(plan, everyone, measures(cohort)), session.on, in_use)
    owed = _owed_by(due)
    return tuple(
        _one_expected(one, names, needs.get(one.id), owed)
        for one in everyone
        if _comes(one, session, plan)
    )


def _owed_by(due: Iterable[Due]) -> Mapping[str, tuple[str, ...]]:
    owed: dict[str, list[str]] = defaultdict(list)
    for one in due:
        if one.state in {"due", "overdue"} and one.instrument not in owed[one.person]:
            owed[one.person].append(one.instrument)
    return {person: tuple(instruments) for person, instruments in owed.items()}


def _comes(person: Person, session: PlannedSession, plan: CohortPlan) -> bool:
    """Whether a person is on the list on the day of a session: joined by then, and has not left."""
    left = (person.withdrawn_on, person.data_withdrawn_on, person.erased_on)
    if any(gone is not None and gone <= session.on for gone in left):
        return False
    return plan.session(person.joined_at_session).on <= session.on


def _one_expected(
    person: Person, names: Names, contact: Contact | None, owed: Mapping[str, tuple[str, ...]]
) -> Expected:
    return Expected(
        person=person.id,
        number=person.number,
        name=names.of(person.id),
        close_support=bool(person.needs_close_support),
        sight=_need(contact.sight_support if contact else None),
        hearing=_need(contact.hearing_support if contact else None),
        interpreter=_need(contact.interpreter if contact else None),
        owes=owed.get(person.id, ()),
    )


def _need(said: str | None) -> str | None:
    return None if said is None or said.strip().lower() in {"", "no"} else said


def _broken_off(
    cohort: Cohort, head: CohortHead, plan: CohortPlan, pack: Pack, day: date
) -> BrokenOff | None:
    """The last session by day that has begun, where nobody ended it."""
    begun = [one for one in plan.standing() if one.on <= day + timedelta(days=1)]
    for session in reversed(begun):
        rows = run_events(cohort, session.number)
        if rows:
            return _where_it_stood(session, head, pack, tuple(row.event for row in rows))
    return None


def _where_it_stood(
    session: PlannedSession, head: CohortHead, pack: Pack, events: tuple[str, ...]
) -> BrokenOff | None:
    # Only here: most days nothing was broken off, and Today should stand at once.
    from sessions.pack import Delivery
    from sessions.run import fold, state_at
    from sessions.run_events import from_json
    from sessions.session_plan import session_plan
    from sessions.session_run import run_plan

    number = session.replaces if session.extra and session.replaces is not None else session.number
    plan = run_plan(session_plan(pack, head.sessions_planned, number, Delivery(head.delivery)))
    run = fold(plan, (from_json(event) for event in events))
    if run.anchor is None or run.ended:
        return None
    state = state_at(run, run.anchor)
    return BrokenOff(
        number=session.number,
        phase=state.step.phase.value.replace("_", "-"),
        title=state.step.title,
        elapsed=state.elapsed,
        at=run.anchor.wall,
    )
