"""Who had which place at a turn of the circuit that is over: a latecomer had none in the turns before.

Not for: who has a place now, which the run says.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from sessions.circuit import Seating
from sessions.run import begin, follow
from sessions.run_events import Event
from sessions.run_steps import RunPlan


@dataclass(frozen=True, slots=True)
class Seated:
    """The seating from an event on, and the index of the step at which it came about."""

    index: int
    seating: Seating


def seatings(plan: RunPlan, events: Sequence[Event]) -> tuple[Seated, ...]:
    """Every seating that the events brought about, in order."""
    run = begin(plan)
    found = [Seated(run.index, run.seating)]
    for event in events:
        run = follow(run, [event])
        if found[-1] != (now := Seated(run.index, run.seating)):
            found.append(now)
    return tuple(found)


def seated_at(found: Sequence[Seated], index: int) -> Seating:
    """The seating when the step of that index was left, with the stand-ins known since then.

    A stand-in is often written down a turn later; a place is not.
    """
    then = [one.seating for one in found if one.index <= index]
    return replace(then[-1] if then else found[0].seating, stand_ins=found[-1].seating.stand_ins)
