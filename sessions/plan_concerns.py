"""What a facilitator should hear about a plan before it is kept: too few weeks, thin weeks, holidays, order.

Not for: refusing a plan; a concern is a word of advice, and the plan stands.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import pairwise

from sessions.dates import day_in_words, week_of
from sessions.plan import CohortPlan, PlannedSession, SessionStatus
from sessions.public_holidays import public_holidays

WEEKS_AT_LEAST = 5
"""Weeks the programme runs over. Source: the programme's public fidelity parameters."""
A_WEEK_AT_LEAST = 2
"""Sessions a week. Source: the programme's public fidelity parameters."""


def concerns(plan: CohortPlan) -> tuple[str, ...]:
    """Plain sentences on where the plan as it stands departs from the programme; none where it does not.

    The programme meets at least twice a week over at least five weeks (its public fidelity parameters). Weeks
    are counted from the cohort's start; the last may be a part of one. Sessions cancelled or merged into
    another do not meet.
    """
    standing = plan.standing()
    if not standing:
        return ("No session of the plan is left to meet.",)
    return (
        *_too_few_weeks(standing),
        *_thin_weeks(plan, standing),
        *_out_of_order(standing),
        *_on_holidays(plan, standing),
    )


def _too_few_weeks(standing: tuple[PlannedSession, ...]) -> Iterator[str]:
    weeks = week_of(standing[0].on, standing[-1].on) + 1
    if weeks < WEEKS_AT_LEAST:
        yield (
            f"All sessions lie within {_counted(weeks, 'week')}: "
            f"the programme is meant to run over at least {WEEKS_AT_LEAST} weeks."
        )


def _thin_weeks(plan: CohortPlan, standing: tuple[PlannedSession, ...]) -> Iterator[str]:
    start = standing[0].on
    met = [week_of(start, session.on) for session in standing]
    # The last week is left out: it ends with the last session, often in the middle.
    thin = [week for week in range(met[-1]) if met.count(week) < A_WEEK_AT_LEAST]
    for first, last in _runs(thin):
        begins, ends = start + timedelta(weeks=first), start + timedelta(weeks=last + 1)
        why = "; ".join(_reasons(plan, begins, ends))
        yield (
            f"{_thin_run(begins, last - first + 1, met.count(first))}{f' ({why})' if why else ''}: "
            "the programme is meant to meet at least twice a week."
        )


def _thin_run(begins: date, weeks: int, sessions: int) -> str:
    if weeks == 1:
        return f"The week from {day_in_words(begins)} has {_counted(sessions, 'session')}"
    return f"The {weeks} weeks from {day_in_words(begins)} have fewer than two sessions each"


def _runs(weeks: list[int]) -> Iterator[tuple[int, int]]:
    """The first and last of each run of weeks that follow one another."""
    first = previous = None
    for week in weeks:
        if first is None or previous is None:
            first = week
        elif week != previous + 1:
            yield first, previous
            first = week
        previous = week
    if first is not None and previous is not None:
        yield first, previous


def _reasons(plan: CohortPlan, begins: date, ends: date) -> Iterator[str]:
    for passed in plan.passed_over:
        if begins <= passed.day < ends:
            yield f"{day_in_words(passed.day)}: {passed.why}"
    for session in plan.sessions:
        if not session.stands and begins <= session.on < ends:
            yield f"session {session.number} is {session.status.value}"
        elif begins <= session.planned_date < ends and not begins <= session.on < ends:
            yield f"session {session.number} was moved"


def _out_of_order(standing: tuple[PlannedSession, ...]) -> Iterator[str]:
    """Sessions build on one another; an extra one has no place in the order."""
    planned = [session for session in standing if not session.extra]
    for earlier, later in pairwise(planned):
        if earlier.number > later.number:
            yield f"Session {later.number} now comes after session {earlier.number}."


def _on_holidays(plan: CohortPlan, standing: tuple[PlannedSession, ...]) -> Iterator[str]:
    """A plan passes holidays over; a session moved or added since may have come upon one."""
    chosen = [s for s in standing if s.status is SessionStatus.PLANNED and (s.extra or s.moved_from)]
    if not chosen:
        return
    holiday_on = public_holidays(plan.region)
    for session in chosen:
        holiday = holiday_on(session.on)
        if holiday is not None:
            yield f"Session {session.number} is on {day_in_words(session.on)}, a public holiday ({holiday})."


def _counted(number: int, word: str) -> str:
    return f"{number or 'no'} {word}{'' if number == 1 else 's'}"
