"""Plans and a hall clock that the tests of the run share."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from sessions.circuit import StationPlan
from sessions.clock import FakeClock, Instant
from sessions.run import Run, RunState, begin, follow, state_at
from sessions.run_events import Event, Started
from sessions.run_steps import BoutTimes, Kind, Phase, RunPlan, Step, circuit_steps, talk

BEGIN = datetime(2026, 11, 2, 10, 0, tzinfo=UTC)
TIMES = BoutTimes(ready=10, work=60, change=20, rest=90)
ROUNDS = 2


def seconds(number: float) -> timedelta:
    return timedelta(seconds=number)


def stations(number: int, *, capacity: int = 2, hands: tuple[int, ...] = ()) -> tuple[StationPlan, ...]:
    return tuple(StationPlan(f"exercise-{place}", capacity, place in hands) for place in range(1, number + 1))


def an_evening(number: int = 4, *, times: BoutTimes = TIMES, rounds: int = ROUNDS) -> RunPlan:
    """Arrival (0), education (1), warm-up (2, 3), the circuit (from 4), a cool-down and the closing."""
    return RunPlan(
        (
            talk(Phase.ARRIVAL, 10),
            talk(Phase.EDUCATION, 15, "Pacing"),
            Step(Phase.WARM_UP, Kind.SEQUENCE, 40, "March"),
            Step(Phase.WARM_UP, Kind.SEQUENCE, 30, "Circle the arms"),
            *circuit_steps(times, rounds, number),
            Step(Phase.COOL_DOWN, Kind.SEQUENCE, 60, "Calf stretch"),
            talk(Phase.CLOSING, 5),
        ),
        stations(number),
    )


def a_circuit(number: int = 4, *, times: BoutTimes = TIMES, rounds: int = ROUNDS) -> RunPlan:
    """A circuit and nothing else; it starts with the run."""
    return RunPlan(circuit_steps(times, rounds, number), stations(number))


class Hall:
    """A session under way: what people do, on a clock that the test moves."""

    def __init__(self, plan: RunPlan, *, started: bool = True) -> None:
        self.clock = FakeClock(BEGIN)
        self.run: Run = begin(plan)
        self.events: list[Event] = []
        if started:
            self.do(Started)

    def do(self, happened: Callable[[Instant], Event]) -> RunState:
        """Something happens now; give the state it leaves."""
        event = happened(self.clock.now())
        self.events.append(event)
        self.run = follow(self.run, [event])
        return self.state

    def after(self, number: float) -> RunState:
        """The state once that many seconds have gone by."""
        self.clock.advance(number)
        return self.state

    @property
    def state(self) -> RunState:
        return state_at(self.run, self.clock.now())
