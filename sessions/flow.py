"""How many people a cohort was referred, took, kept: each figure of the flow has its one function here.

Not for: which people count in a return; whoever asks gives the people, the others are passed over.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction

from sessions.completion import COMPLETION_SHARE, completed, sessions_attended
from sessions.plan import CohortPlan
from sessions.records import AttendanceRow, Eligibility, Person

Attended = Mapping[str, frozenset[int]]
"""The numbers of the sessions that each person attended, by person; who attended none is not in it."""


@dataclass(frozen=True, slots=True)
class Flow:
    """Counts of people, from the list to the end.

    `referred` are on the list, `eligible` met the rules, `enrolled` were taken into the cohort, accepted ones
    too, `started` attended once, `completed` attended the share that completes, `withdrawn` left.
    """

    referred: int
    eligible: int
    enrolled: int
    started: int
    completed: int
    withdrawn: int


def flow(
    plan: CohortPlan,
    people: Iterable[Person],
    judged: Iterable[Eligibility],
    attendance: Iterable[AttendanceRow],
    share: Fraction = COMPLETION_SHARE,
) -> Flow:
    """Count `people`, of whom `judged` and `attendance` may tell more than of them.

    Who is on the list is enrolled: whom the rules do not take, or not yet, is a gap to settle and no reason
    to be left out. `Refused` as in `completion`.
    """
    attended = attended_by(attendance)
    met = {one.person for one in judged if one.verdict == "yes"}
    listed = tuple(people)
    came = [attended.get(person.id, frozenset()) for person in listed]
    return Flow(
        referred=len(listed),
        eligible=sum(person.id in met for person in listed),
        enrolled=len(listed),
        started=sum(started(plan, numbers) for numbers in came),
        completed=sum(completed(plan, numbers, share) for numbers in came),
        withdrawn=sum(withdrawn(person) for person in listed),
    )


def attended_by(attendance: Iterable[AttendanceRow]) -> Attended:
    """Who attended which sessions, from the rows of the register."""
    sessions: dict[str, set[int]] = {}
    for row in attendance:
        if row.attended:
            sessions.setdefault(row.person, set()).add(row.session)
    return {person: frozenset(numbers) for person, numbers in sessions.items()}


def started(plan: CohortPlan, attended: Iterable[int]) -> bool:
    """Whether someone who attended these sessions has started: one of them took place."""
    return sessions_attended(plan, attended) > 0


def withdrawn(person: Person) -> bool:
    """Whether a person left the programme."""
    return person.withdrawn_on is not None
