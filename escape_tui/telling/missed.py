"""What somebody who joins late has missed, and which session is the first that they can come to.

Not for: what joining late means for completion (`sessions.completion`).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from sessions.pack import Pack
from sessions.plan import CohortPlan, SessionStatus


@dataclass(frozen=True, slots=True)
class Missed:
    """A session that took place before somebody joined, with the titles of its topics."""

    session: int
    topics: tuple[str, ...]


def first_to_come(plan: CohortPlan) -> int:
    """The first session by day that is still to be held; the last of all once every one is over."""
    coming = [one.number for one in plan.standing() if one.status is SessionStatus.PLANNED]
    return coming[0] if coming else plan.running_order[-1]


def missed_before(plan: CohortPlan, pack: Pack, planned: int, joined_at: int) -> tuple[Missed, ...]:
    """The sessions held before the one that somebody joined at; `planned` is the length of the schedule."""
    order = plan.running_order
    if joined_at not in order:
        return ()
    before = [plan.session(number) for number in order[: order.index(joined_at)]]
    return tuple(
        Missed(one.number, _topics(pack, planned, one.replaces if one.extra else one.number))
        for one in before
        if one.took_place
    )


def missed_in_words(missed: Iterable[Missed]) -> str:
    """As it is read out: "1 (Welcome), 2 (Pain and the joint)"; "" for nothing."""
    return ", ".join(f"{one.session} ({', '.join(one.topics) or 'no topic'})" for one in missed)


def _topics(pack: Pack, planned: int, number: int | None) -> tuple[str, ...]:
    if number is None:
        return ()
    try:
        scheduled = pack.schedule(planned).session(number)
    except KeyError:
        return ()
    return tuple(pack.topic(name).title for name in scheduled.topics)
