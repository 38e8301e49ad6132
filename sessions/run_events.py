"""What can happen in the run of a session, each with the instant it happened at, and its form for keeping.

Not for: what an event does to the run (`run`). Events are facts: one that made no sense when it happened is
kept as well, and changes nothing.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta
from functools import cache
from typing import Annotated, ClassVar, Literal

from pydantic import ConfigDict, Field, TypeAdapter

from sessions.circuit import PersonId
from sessions.clock import ZERO, Instant
from sessions.errors import CannotOpen
from sessions.run_steps import Kind


@dataclass(frozen=True, slots=True)
class _Happened:
    __pydantic_config__: ClassVar[ConfigDict] = {"extra": "forbid"}

    at: Instant


@dataclass(frozen=True, slots=True)
class Started(_Happened):
    """The session began: the first step's clock runs."""

    kind: Literal["started"] = field(default="started", kw_only=True)


@dataclass(frozen=True, slots=True)
class Paused(_Happened):
    """The clocks were stopped."""

    kind: Literal["paused"] = field(default="paused", kw_only=True)


@dataclass(frozen=True, slots=True)
class Resumed(_Happened):
    """The clocks were let go on after a pause."""

    kind: Literal["resumed"] = field(default="resumed", kw_only=True)


@dataclass(frozen=True, slots=True)
class Held(_Happened):
    """Everything was held for an emergency; apart from a pause, which outlasts it."""

    kind: Literal["held"] = field(default="held", kw_only=True)


@dataclass(frozen=True, slots=True)
class Released(_Happened):
    """The emergency no longer holds the clocks."""

    kind: Literal["released"] = field(default="released", kw_only=True)


@dataclass(frozen=True, slots=True)
class Slept(_Happened):
    """Nobody watched between `since`, the last reading, and `at`: the clocks stand at `since` and ask."""

    since: Instant
    kind: Literal["slept"] = field(default="slept", kw_only=True)


@dataclass(frozen=True, slots=True)
class Answered(_Happened):
    """The answer after a sleep: the time counts as gone, or the session goes on from where it was."""

    time_counts: bool
    kind: Literal["answered"] = field(default="answered", kw_only=True)


@dataclass(frozen=True, slots=True)
class Reopened(_Happened):
    """The session was taken up again, after a crash (the clocks ran on by the wall) or after its end.

    From here on the new era's monotonic clock counts.
    """

    kind: Literal["reopened"] = field(default="reopened", kw_only=True)


@dataclass(frozen=True, slots=True)
class Ended(_Happened):
    """The session is over."""

    kind: Literal["ended"] = field(default="ended", kw_only=True)


@dataclass(frozen=True, slots=True)
class WentOn(_Happened):
    """Somebody went on to the next step."""

    kind: Literal["went_on"] = field(default="went_on", kw_only=True)


@dataclass(frozen=True, slots=True)
class WentBack(_Happened):
    """Somebody went back to the beginning of the step before."""

    kind: Literal["went_back"] = field(default="went_back", kw_only=True)


@dataclass(frozen=True, slots=True)
class JumpedToStep(_Happened):
    """Somebody went to the step with the index `step` (from 0), and `into` it; so is a slip undone.

    `added` is what that step has beyond its length, or below it where negative.
    """

    step: int
    into: timedelta = ZERO
    added: timedelta = ZERO
    kind: Literal["jumped_to_step"] = field(default="jumped_to_step", kw_only=True)


@dataclass(frozen=True, slots=True)
class JumpedToStation(_Happened):
    """Somebody went to the bout of this round that brings `group` (from 1) to `station` (from 1)."""

    station: int
    group: int = 1
    kind: Literal["jumped_to_station"] = field(default="jumped_to_station", kw_only=True)


@dataclass(frozen=True, slots=True)
class TimeAdded(_Happened):
    """The present step was given `seconds` more, or fewer where negative."""

    seconds: int
    kind: Literal["time_added"] = field(default="time_added", kw_only=True)


@dataclass(frozen=True, slots=True)
class TimesChanged(_Happened):
    """Every part of the circuit of one kind was given another time for good; limits in `run_steps`."""

    part: Kind
    seconds: int
    kind: Literal["times_changed"] = field(default="times_changed", kw_only=True)


@dataclass(frozen=True, slots=True)
class FinishWhenReady(_Happened):
    """The present step is to wait at zero until somebody goes on; with `on` false, no longer."""

    on: bool = True
    kind: Literal["finish_when_ready"] = field(default="finish_when_ready", kw_only=True)


@dataclass(frozen=True, slots=True)
class Seated(_Happened):
    """All were given groups: `people` of the hall in register order, `together` those over a screen."""

    people: tuple[PersonId, ...]
    together: tuple[PersonId, ...] = ()
    close_support: tuple[PersonId, ...] = ()
    kind: Literal["seated"] = field(default="seated", kw_only=True)


@dataclass(frozen=True, slots=True)
class SeatedLate(_Happened):
    """A person came late, or came back, and was given a place."""

    person: PersonId
    over_screen: bool = False
    close_support: bool = False
    kind: Literal["seated_late"] = field(default="seated_late", kw_only=True)


@dataclass(frozen=True, slots=True)
class LeftGroup(_Happened):
    """A person went; the place stays as a gap."""

    person: PersonId
    kind: Literal["left_group"] = field(default="left_group", kw_only=True)


@dataclass(frozen=True, slots=True)
class SatOut(_Happened):
    """A person sits out and keeps the place."""

    person: PersonId
    kind: Literal["sat_out"] = field(default="sat_out", kw_only=True)


@dataclass(frozen=True, slots=True)
class CameBack(_Happened):
    """A person who sat out takes part again."""

    person: PersonId
    kind: Literal["came_back"] = field(default="came_back", kw_only=True)


@dataclass(frozen=True, slots=True)
class StandInTaken(_Happened):
    """A person does another exercise at a station (from 1)."""

    person: PersonId
    station: int
    exercise: str
    kind: Literal["stand_in_taken"] = field(default="stand_in_taken", kw_only=True)


@dataclass(frozen=True, slots=True)
class StandInDropped(_Happened):
    """A person does the station's own exercise again."""

    person: PersonId
    station: int
    kind: Literal["stand_in_dropped"] = field(default="stand_in_dropped", kw_only=True)


ClockEvent = Started | Paused | Resumed | Held | Released | Slept | Answered | Reopened | Ended
"""What lets the clocks run or stand."""
MoveEvent = WentOn | WentBack | JumpedToStep | JumpedToStation
"""What goes to another step."""
TimeEvent = TimeAdded | TimesChanged | FinishWhenReady
"""What changes the time that steps are given."""
PeopleEvent = SeatedLate | LeftGroup | SatOut | CameBack | StandInTaken | StandInDropped
"""What happens to one person's place."""
Event = ClockEvent | MoveEvent | TimeEvent | PeopleEvent | Seated
"""Everything that can happen; there is nothing else."""


def to_json(event: Event) -> str:
    """The event as one JSON object: `kind`, `at` and its fields."""
    return _adapter().dump_json(event).decode()


def from_json(text: str) -> Event:
    """The event that `to_json` wrote; `CannotOpen` for anything else."""
    try:
        return _adapter().validate_json(text, strict=True)
    except ValueError:
        raise CannotOpen(
            "An event in the record of this session cannot be read.",
            "Open the cohort with the newest version of the program, or restore its last backup.",
        ) from None


@cache
def _adapter() -> TypeAdapter[Event]:
    return TypeAdapter(Annotated[Event, Field(discriminator="kind")])
