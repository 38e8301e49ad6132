"""A pack: a programme as data. Its topics, exercises, circuits, sequences and schedules, and its rules.

Not for: reading the files (`pack_files`), holding the parts against each other (`pack_check`), or laying
out one session (`session_plan`).
"""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, Literal, TypeVar

from pydantic import Field

from sessions.exercise import Exercise
from sessions.rules import (
    AdviceRules,
    ArrivalQuestion,
    CloseSupport,
    Eligibility,
    MeasureDue,
    RedFlag,
    ScoreAlarm,
    Steps,
    StopSign,
    Timepoint,
    Windows,
)
from sessions.text import VERSION_PATTERN, Data, Id, Line, Minutes, Seconds, Text
from sessions.topic import Topic


class Delivery(StrEnum):
    """How a session reaches people: in a hall, over a screen, or both at once."""

    IN_PERSON = "in_person"
    VIRTUAL = "virtual"
    HYBRID = "hybrid"


class Source(Data):
    """Where a fact comes from, by name; topics and rules refer to its `id`."""

    id: Id
    name: Line
    publisher: Line
    year: int = Field(ge=1950, le=2100)
    supports: Text


class Station(Data):
    """A place in the circuit: the exercise that stands there and how many people it takes at once."""

    exercise: Id
    capacity: int = Field(default=2, ge=1, le=6)


class Circuit(Data):
    """Stations in the order people move round them, and the seconds of each part.

    A bout is `ready_seconds` and `work_seconds`; `change_seconds` lie between two bouts and
    `rest_seconds` between two rounds.
    """

    id: Id
    name: Line
    ready_seconds: Seconds
    work_seconds: Annotated[int, Field(ge=10, le=600)]
    change_seconds: Seconds
    rest_seconds: Seconds
    stations: tuple[Station, ...] = Field(min_length=2, max_length=16)

    def seconds(self, rounds: int) -> int:
        """Seconds that `rounds` rounds take, from the first "get ready" to the last "stop"."""
        bouts = rounds * len(self.stations)
        between = (bouts - rounds) * self.change_seconds + (rounds - 1) * self.rest_seconds
        return bouts * (self.ready_seconds + self.work_seconds) + between


class SequenceStep(Data):
    """One timed part of a warm-up, cool-down or relaxation; `easier` is for who cannot do it so."""

    name: Line
    seconds: Annotated[int, Field(ge=5, le=600)]
    say: Text
    easier: Text | None = None


class Sequence(Data):
    """A timed sequence that all do together; the seconds of its steps add up to `seconds`."""

    id: Id
    name: Line
    kind: Literal["warm_up", "cool_down", "relaxation"]
    seconds: Seconds
    steps: tuple[SequenceStep, ...] = Field(min_length=1)


class SessionMinutes(Data):
    """Minutes for each part of a session."""

    arrival: Minutes
    review: Minutes = 0
    education: Minutes
    assessment: Minutes = 0
    exercise: Minutes
    closing: Minutes

    @property
    def total(self) -> int:
        """Minutes of all parts together."""
        return self.arrival + self.review + self.education + self.assessment + self.exercise + self.closing


class ScheduledSession(Data):
    """One session of a schedule: its topics, its circuit and its minutes.

    `length` is the whole session in minutes, stated so that parts that do not add up are found.
    `reviews` are topics that this session returns to. `assess` is the timepoint whose measures are taken.
    """

    number: int = Field(ge=1, le=20)
    title: Line
    topics: tuple[Id, ...] = Field(min_length=1, max_length=2)
    reviews: tuple[Id, ...] = ()
    assess: Timepoint | None = None
    warm_up: Id
    circuit: Id
    rounds: int = Field(ge=1, le=4)
    cool_down: Id
    relaxation: Id | None = None
    facilitator_note: Text | None = None
    minutes: SessionMinutes
    length: Annotated[int, Field(ge=30, le=180)]


class Schedule(Data):
    """The programme laid over a number of sessions: the form of 12, or of 10."""

    weeks: int = Field(ge=1, le=26)
    sessions: tuple[ScheduledSession, ...] = Field(min_length=1)

    def session(self, number: int) -> ScheduledSession:
        """The session of that number; `KeyError` where the schedule has none."""
        for session in self.sessions:
            if session.number == number:
                return session
        raise KeyError(number)


class DeliveryNotes(Data):
    """What a form of delivery asks of the facilitator before the first session and at each."""

    delivery: Delivery
    before_first: tuple[Text, ...] = ()
    every_session: tuple[Text, ...] = ()


_Named = TypeVar("_Named", Topic, Exercise, Circuit, Sequence, Source)


class PackHead(Data):
    """What `pack.toml` holds: whose programme it is, and its rules, circuits and sequences.

    `programme` says whom it is for; `id` names this pack, so that a site's licensed pack can stand beside
    the shipped one. `notice` tells plainly whose text it is and who has to confirm it.
    """

    format: Literal[1]
    id: Id
    programme: Literal["knees-hips", "backs"]
    name: Line
    version: Annotated[str, Field(pattern=VERSION_PATTERN)]
    notice: Text
    sources: tuple[Source, ...] = Field(min_length=1)
    eligibility: Eligibility
    arrival: tuple[ArrivalQuestion, ...] = Field(min_length=1)
    red_flags: tuple[RedFlag, ...] = Field(min_length=1)
    stop_signs: tuple[StopSign, ...] = Field(min_length=1)
    close_support: CloseSupport
    advice: AdviceRules
    steps: Steps
    measures: tuple[MeasureDue, ...] = Field(min_length=1)
    windows: Windows
    alarms: tuple[ScoreAlarm, ...] = ()
    deliveries: tuple[DeliveryNotes, ...]
    circuits: tuple[Circuit, ...] = Field(min_length=1)
    sequences: tuple[Sequence, ...] = Field(min_length=1)


class Pack(PackHead):
    """A whole programme: content, schedules and rules."""

    topics: tuple[Topic, ...] = Field(min_length=1)
    exercises: tuple[Exercise, ...] = Field(min_length=1)
    schedules: tuple[Schedule, ...] = Field(min_length=1)

    def topic(self, name: str) -> Topic:
        """The topic of that id; `KeyError` where the pack has none."""
        return _named(self.topics, name)

    def exercise(self, name: str) -> Exercise:
        """The exercise of that id; `KeyError` where the pack has none."""
        return _named(self.exercises, name)

    def circuit(self, name: str) -> Circuit:
        """The circuit of that id; `KeyError` where the pack has none."""
        return _named(self.circuits, name)

    def sequence(self, name: str) -> Sequence:
        """The sequence of that id; `KeyError` where the pack has none."""
        return _named(self.sequences, name)

    def source(self, name: str) -> Source:
        """The source of that id; `KeyError` where the pack has none."""
        return _named(self.sources, name)

    def schedule(self, sessions: int) -> Schedule:
        """The schedule of that many sessions; `KeyError` where the pack has none."""
        for schedule in self.schedules:
            if len(schedule.sessions) == sessions:
                return schedule
        raise KeyError(sessions)


def _named(things: tuple[_Named, ...], name: str) -> _Named:
    for thing in things:
        if thing.id == name:
            return thing
    raise KeyError(name)
