"""What has to happen in the run so that its seats agree with the register, the red flags and the log.

Not for: how people are seated (`sessions.circuit`). The records lead and the run follows, so that an undone
mark, a crash between two writings or a slip put right ends with the same seats.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from sessions.circuit import Seating, StandIn
from sessions.clock import Instant
from sessions.run import Run
from sessions.run_events import (
    CameBack,
    Event,
    LeftGroup,
    SatOut,
    Seated,
    SeatedLate,
    StandInDropped,
    StandInTaken,
)
from sessions.run_steps import circuit_span


@dataclass(frozen=True, slots=True)
class Wanted:
    """Who is to have a seat: `hall` in register order, `together` over a screen; both by id.

    `stopped` may not exercise today; `released` were stopped and may again. `stand_ins` are as the log says.
    """

    hall: tuple[str, ...]
    together: tuple[str, ...] = ()
    close_support: frozenset[str] = frozenset()
    stopped: frozenset[str] = frozenset()
    released: frozenset[str] = frozenset()
    stand_ins: tuple[StandIn, ...] = ()


def to_agree(run: Run, index: int, wanted: Wanted, at: Instant) -> tuple[Event, ...]:
    """The events that bring the seats to what is wanted; `index` is the present step."""
    seating = run.seating
    return (
        *_seats(run, index, wanted, at),
        *(SatOut(at, person) for person in sorted(wanted.stopped - seating.sitting_out)),
        *(CameBack(at, person) for person in sorted(wanted.released & seating.sitting_out)),
        *_stand_ins(seating, wanted, at),
    )


def circuit_begun(run: Run, index: int) -> bool:
    """Whether places are fixed: from then on somebody who comes or goes moves nobody else."""
    start, _ = circuit_span(run.steps)
    return run.anchor is not None and index >= start and bool(run.seating.people or run.seating.gone)


def _seats(run: Run, index: int, wanted: Wanted, at: Instant) -> Iterator[Event]:
    seating = run.seating
    seated = {*seating.people, *seating.unplaced}
    everyone = (*wanted.hall, *wanted.together)
    if not circuit_begun(run, index):
        as_it_is = (seated, set(seating.together), seating.close_support)
        if as_it_is != (set(everyone), set(wanted.together), wanted.close_support):
            yield Seated(at, wanted.hall, wanted.together, tuple(sorted(wanted.close_support)))
        return
    for person in sorted(seated - set(everyone)):
        yield LeftGroup(at, person)
    for person in everyone:
        if person not in seated:
            yield SeatedLate(at, person, person in wanted.together, person in wanted.close_support)


def _stand_ins(seating: Seating, wanted: Wanted, at: Instant) -> Iterator[Event]:
    for one in seating.stand_ins:
        if one not in wanted.stand_ins:
            yield StandInDropped(at, one.person, one.station)
    for one in wanted.stand_ins:
        if one not in seating.stand_ins:
            yield StandInTaken(at, one.person, one.station, one.exercise)
