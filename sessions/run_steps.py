"""The timed steps of a session's run, from the arrival to the closing, and how the circuit is laid out.

Not for: what is said or shown in a step (`session_plan`), nor for counting a step down (`run`).
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta
from enum import StrEnum

from sessions.circuit import StationPlan
from sessions.pack import Sequence


class Phase(StrEnum):
    """The parts of a session, in the order they come."""

    ARRIVAL = "arrival"
    REVIEW = "review"
    EDUCATION = "education"
    ASSESSMENT = "assessment"
    WARM_UP = "warm_up"
    CIRCUIT = "circuit"
    COOL_DOWN = "cool_down"
    RELAXATION = "relaxation"
    CLOSING = "closing"


class Kind(StrEnum):
    """What a step is: a talk ends by hand and may run over, all others end by themselves."""

    TALK = "talk"
    READY = "ready"
    WORK = "work"
    CHANGE = "change"
    REST = "rest"
    SEQUENCE = "sequence"


LIMITS = {Kind.READY: (0, 600), Kind.WORK: (10, 600), Kind.CHANGE: (0, 600), Kind.REST: (0, 3600)}
"""The parts of a circuit, with the least and the most seconds each may be given during a session."""


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a run; `seconds` is the time it is given, 0 or more.

    `round` and `bout`, from 1, are those of the circuit: a change or a rest belongs to the bout it leads
    to, so that a board shows where to go. `title` names a topic or a part of a sequence.
    """

    phase: Phase
    kind: Kind
    seconds: int
    title: str = ""
    round: int | None = None
    bout: int | None = None

    @property
    def ends_by_hand(self) -> bool:
        """Whether the step lasts until somebody goes on."""
        return self.kind is Kind.TALK

    @property
    def length(self) -> timedelta:
        """The time it is given."""
        return timedelta(seconds=self.seconds)

    @property
    def passes_unseen(self) -> bool:
        """Whether it is over as soon as it begins."""
        return self.seconds == 0 and not self.ends_by_hand


@dataclass(frozen=True, slots=True)
class BoutTimes:
    """Seconds of each part of a circuit; each is 0 or more."""

    ready: int
    work: int
    change: int
    rest: int


@dataclass(frozen=True, slots=True)
class RunPlan:
    """All that a run needs of a session's plan: its steps in order, and the stations of its circuit.

    Raises `ValueError` for a plan without steps, one whose circuit is torn by other steps, or one whose
    rounds have another number of bouts than there are stations.
    """

    steps: tuple[Step, ...]
    stations: tuple[StationPlan, ...] = ()

    def __post_init__(self) -> None:
        if not self.steps:
            raise ValueError("a run has at least one step")
        start, end = circuit_span(self.steps)
        if any(step.kind not in LIMITS for step in self.steps[start:end]):
            raise ValueError("the steps of a circuit follow each other")
        bouts = max((step.bout or 0 for step in self.steps), default=0)
        if bouts != (len(self.stations) if start < end else 0):
            raise ValueError("a round has one bout for each station")


def talk(phase: Phase, minutes: int, title: str = "") -> Step:
    """A step that people talk through; it is given `minutes` and ends by hand."""
    return Step(phase, Kind.TALK, minutes * 60, title)


def sequence_steps(sequence: Sequence) -> tuple[Step, ...]:
    """The steps of a warm-up, cool-down or relaxation."""
    return tuple(
        Step(Phase(sequence.kind), Kind.SEQUENCE, step.seconds, step.name) for step in sequence.steps
    )


def circuit_steps(times: BoutTimes, rounds: int, bouts: int) -> tuple[Step, ...]:
    """The steps of a circuit: get ready and work in each bout, a change between bouts, a rest between rounds.

    Parts of 0 seconds stand among them too, so that they can be given time during the session.
    """
    steps: list[Step] = []
    for number in range(1, rounds + 1):
        for bout in range(1, bouts + 1):
            if bout > 1:
                steps.append(_bout_step(Kind.CHANGE, times.change, number, bout))
            elif number > 1:
                steps.append(_bout_step(Kind.REST, times.rest, number, bout))
            steps.append(_bout_step(Kind.READY, times.ready, number, bout))
            steps.append(_bout_step(Kind.WORK, times.work, number, bout))
    return tuple(steps)


def circuit_span(steps: tuple[Step, ...]) -> tuple[int, int]:
    """Index of the circuit's first step, and the index after its last; both are equal without a circuit."""
    indexes = [index for index, step in enumerate(steps) if step.kind in LIMITS]
    return (indexes[0], indexes[-1] + 1) if indexes else (len(steps), len(steps))


def with_bouts(steps: tuple[Step, ...], bouts: int) -> tuple[Step, ...]:
    """The same steps with the circuit laid out anew for that many bouts in each round."""
    start, end = circuit_span(steps)
    block = steps[start:end]
    given = {step.kind: step.seconds for step in block}
    times = BoutTimes(*(given.get(kind, 0) for kind in LIMITS))
    rounds = max((step.round or 0 for step in block), default=0)
    return steps[:start] + circuit_steps(times, rounds, bouts) + steps[end:]


def with_seconds(steps: tuple[Step, ...], kind: Kind, seconds: int) -> tuple[Step, ...]:
    """The same steps with every part of that kind given `seconds`."""
    return tuple(replace(step, seconds=seconds) if step.kind is kind else step for step in steps)


def _bout_step(kind: Kind, seconds: int, number: int, bout: int) -> Step:
    return Step(Phase.CIRCUIT, kind, seconds, round=number, bout=bout)
