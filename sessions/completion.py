"""What counts towards completing a programme: the sessions counted, attended, needed and offered.

Not for: who was present, which the register holds; these are the rules alone, in whole numbers.
"""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction
from math import ceil

from sessions.errors import Refused
from sessions.plan import CohortPlan, PlannedSession, SessionStatus

COMPLETION_SHARE = Fraction(3, 4)
"""Share of the sessions that completes the programme. Source: the programme's public definition."""


def sessions_counted(plan: CohortPlan) -> int:
    """The denominator of completion: sessions planned less those cancelled and not replaced.

    A session merged into another counts as one with it. An extra session adds nothing, unless it stands for
    a planned one: as its replacement, or because it was merged into the extra.
    """
    return len(_counted(plan))


def needed_to_complete(plan: CohortPlan, share: Fraction = COMPLETION_SHARE) -> int:
    """Sessions to attend for completion: `share` of those counted, rounded up; 9 of 12, 8 of 10.

    `Refused` for a share that is not above 0 and at most 1.
    """
    if not 0 < share <= 1:
        raise Refused(f"A share of {share} cannot complete a programme.", "Set one above 0 and up to 1.")
    return ceil(share * sessions_counted(plan))


def sessions_attended(plan: CohortPlan, attended: Iterable[int]) -> int:
    """How many sessions someone attended, from the numbers in the register.

    An extra session counts; two merged ones count once; a cancelled one counts nothing. `Refused` for a
    number that the plan does not have.
    """
    return len(_held(plan, attended))


def completed(plan: CohortPlan, attended: Iterable[int], share: Fraction = COMPLETION_SHARE) -> bool:
    """Whether someone who attended these sessions has completed the programme.

    Where nothing counts because everything was cancelled, nobody has. The measure is the whole plan, for
    someone who joined late too. `Refused` as in `needed_to_complete` and `sessions_attended`.
    """
    enough = sessions_attended(plan, attended) >= needed_to_complete(plan, share)
    return enough and sessions_counted(plan) > 0


def sessions_offered(plan: CohortPlan, joined_at: int = 1, attended: Iterable[int] = ()) -> tuple[int, ...]:
    """The numbers of the sessions that someone was offered who joined at session `joined_at`, by day.

    Those are the sessions counted from that day on, and whatever else the person came to, such as an extra:
    nobody attends more than was offered. `Refused` for a number that the plan does not have.
    """
    day = _held_with(plan, plan.session(joined_at)).on
    counted = _counted(plan)
    from_joining = {
        session.number for session in plan.standing() if session.number in counted and session.on >= day
    }
    offered = from_joining | _held(plan, attended)
    return tuple(session.number for session in plan.standing() if session.number in offered)


def _counted(plan: CohortPlan) -> set[int]:
    """The numbers of the sessions that stand for at least one planned one."""
    bearers = (_bearer(plan, session) for session in plan.sessions if not session.extra)
    return {bearer.number for bearer in bearers if bearer is not None}


def _bearer(plan: CohortPlan, session: PlannedSession) -> PlannedSession | None:
    """The session that stands for this one: itself, the one it was merged into, or its replacement."""
    held = _held_with(plan, session)
    replacements = (_held_with(plan, other) for other in plan.sessions if other.replaces == held.number)
    return next((bearer for bearer in (held, *replacements) if bearer.stands), None)


def _held(plan: CohortPlan, numbers: Iterable[int]) -> set[int]:
    """The numbers of the sessions that stand among these, a merged one taken as the one it was held with."""
    held = (_held_with(plan, plan.session(number)) for number in numbers)
    return {session.number for session in held if session.stands}


def _held_with(plan: CohortPlan, session: PlannedSession) -> PlannedSession:
    while session.status is SessionStatus.MERGED and session.merged_into is not None:
        session = plan.session(session.merged_into)
    return session
