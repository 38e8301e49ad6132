"""Where a run goes from a step: on, back, or to the bout that brings a group to a station.

Not for: going there (`run`). Steps that are over as soon as they begin are passed over.
"""

from __future__ import annotations

from sessions.circuit import Seating, bout_for
from sessions.run_events import JumpedToStation
from sessions.run_steps import Kind, Step, circuit_span


def step_after(steps: tuple[Step, ...], index: int) -> int | None:
    """Index of the next step that takes time; None after the last."""
    later = range(index + 1, len(steps))
    return next((number for number in later if not steps[number].passes_unseen), None)


def step_before(steps: tuple[Step, ...], index: int) -> int:
    """Index of the step before that takes time; the present one's where there is none."""
    earlier = range(index - 1, -1, -1)
    return next((number for number in earlier if not steps[number].passes_unseen), index)


def step_of_station(
    steps: tuple[Step, ...], seating: Seating, index: int, event: JumpedToStation
) -> int | None:
    """Index of the step that begins the bout asked for, in the present round of the circuit.

    Before the circuit that is its first round, after it the last. None where there is no such bout.
    """
    wanted = bout_for(seating, event.group, event.station)
    present = _round_at(steps, index)
    for number, step in enumerate(steps):
        begins = step.kind in (Kind.READY, Kind.WORK) and not step.passes_unseen
        if begins and (step.round, step.bout) == (present, wanted):
            return number
    return None


def _round_at(steps: tuple[Step, ...], index: int) -> int | None:
    start, end = circuit_span(steps)
    if start == end:
        return None
    return steps[min(max(index, start), end - 1)].round
