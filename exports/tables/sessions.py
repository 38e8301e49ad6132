"""The rows of the sessions: what each was to discuss, what it covered, how long it took, who was there.

Not for: the plan itself (`sessions.plan`), or the run (`sessions.run`).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable

from exports import rows
from exports.columns import LIST_MARK, MOST_MINUTES
from exports.held import Held
from sessions.errors import CannotOpen
from sessions.pack import Delivery
from sessions.plan import CohortPlan, PlannedSession
from sessions.records import Person, SessionHeld
from sessions.run_events import from_json
from sessions.run_steps import Phase
from sessions.run_times import PhaseTimes, phase_times
from sessions.session_plan import session_plan
from sessions.session_run import run_plan

_EXERCISE = (Phase.WARM_UP, Phase.CIRCUIT, Phase.COOL_DOWN, Phase.RELAXATION)


def session_rows(held: Held, people: Collection[Person]) -> tuple[rows.Session, ...]:
    """One row a session of the plan; `people` are those in the return, who alone are counted as present."""
    there = {person.id for person in people}
    present = Counter(mark.session for mark in held.attendance if mark.attended and mark.person in there)
    said = {one.session: one for one in held.sessions}
    return tuple(
        _row(held, session, said.get(session.number, SessionHeld(session.number)), present[session.number])
        for session in held.plan.sessions
    )


def _row(held: Held, session: PlannedSession, said: SessionHeld, present: int) -> rows.Session:
    took_place = session.took_place
    themes = said.themes or _themes(held, _discussed(held.plan, session))
    times = _times(held, session) if took_place else None
    return rows.Session(
        session=session.number,
        topic=_joined(_topics(held, _of_its_own(session))),
        themes_covered=_joined(themes) if took_place else None,
        planned_date=session.planned_date,
        delivered_date=session.delivered_date,
        status=session.status.value,
        extra="yes" if session.extra else "no",
        education_minutes=_minutes(said.education_minutes, times, Phase.EDUCATION),
        exercise_minutes=_minutes(said.exercise_minutes, times, *_EXERCISE),
        facilitators=len(said.facilitators) or None,
        people_present=present if took_place else None,
    )


def _of_its_own(session: PlannedSession) -> int | None:
    """The number in the schedule whose topics a session has: its own, or that of the one it replaces."""
    return session.replaces if session.extra else session.number


def _discussed(plan: CohortPlan, session: PlannedSession) -> tuple[int, ...]:
    """The numbers in the schedule whose topics a session covers: those merged into it as well."""
    merged = [other for other in plan.sessions if other.merged_into == session.number]
    both = [_of_its_own(one) for one in (session, *merged)]
    return tuple(number for number in both if number is not None)


def _topics(held: Held, number: int | None) -> tuple[str, ...]:
    schedule = next(
        (one for one in held.pack.schedules if len(one.sessions) == held.head.sessions_planned), None
    )
    scheduled = schedule.sessions if schedule is not None else ()
    return next((one.topics for one in scheduled if one.number == number), ())


def _themes(held: Held, numbers: Iterable[int]) -> tuple[str, ...]:
    topics = [held.pack.topic(name) for number in numbers for name in _topics(held, number)]
    return tuple(dict.fromkeys(theme.value for topic in topics for theme in topic.themes))


def _times(held: Held, session: PlannedSession) -> PhaseTimes | None:
    """What its run says of the time spent; None where it was not run, or its events cannot be read."""
    events = [one.event for one in held.run_events if one.session == session.number]
    number = _of_its_own(session)
    if not events or number is None or not _topics(held, number):
        return None
    plan = session_plan(held.pack, held.head.sessions_planned, number, Delivery(held.head.delivery))
    try:
        return phase_times(run_plan(plan), map(from_json, events))
    except CannotOpen:
        return None


def _minutes(said: int | None, times: PhaseTimes | None, *phases: Phase) -> int | None:
    if said is not None or times is None:
        return said
    minutes = times.minutes(*phases)
    # A run that somebody forgot to end tells nothing of the time spent.
    return minutes if minutes <= MOST_MINUTES else None


def _joined(names: Iterable[str]) -> str | None:
    return LIST_MARK.join(names) or None
