"""One session of a pack laid out in full, as it is run: what is asked, said, done, for how long.

Not for: dates (`plan`), people, or the running clock (`run`).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TypeVar

from sessions.errors import Refused
from sessions.exercise import Exercise
from sessions.pack import Circuit, Delivery, Pack, ScheduledSession, Sequence, SessionMinutes, Source
from sessions.rules import ArrivalQuestion, CloseSupport, MeasureDue, RedFlag, ScoreAlarm, StopSign, Timepoint
from sessions.text import Data
from sessions.topic import Activity, Prompt, Theme, Topic, TopicMinutes, Worry

_Item = TypeVar("_Item")


class PlannedTopic(Data):
    """A topic as this session takes it: all its words, and the minutes it has here."""

    id: str
    title: str
    aim: str
    opening_question: str
    key_messages: tuple[str, ...]
    prompts: tuple[Prompt, ...]
    activity: Activity
    worries: tuple[Worry, ...]
    task: str
    minutes: TopicMinutes


class Review(Data):
    """A topic of an earlier session that this one returns to, and what is asked."""

    topic: str
    title: str
    ask: tuple[str, ...]


class PlannedStation(Data):
    """A station of the circuit: its number from 1, how many it takes, the exercise and who can stand in."""

    number: int
    capacity: int
    exercise: Exercise
    stand_ins: tuple[str, ...]


class PlannedCircuit(Data):
    """The circuit of a session. With `together` all do the same exercise at once: nobody moves round.

    `stand_ins` are the exercises that can be done at a station instead and have no station themselves.
    """

    id: str
    name: str
    rounds: int
    ready_seconds: int
    work_seconds: int
    change_seconds: int
    rest_seconds: int
    seconds: int
    together: bool
    stations: tuple[PlannedStation, ...]
    stand_ins: tuple[Exercise, ...]


class Kit(Data):
    """What has to be there: in the hall or beside the facilitator, and with each person at home."""

    hall: tuple[str, ...]
    home: tuple[str, ...]


class SessionPlan(Data):
    """A whole session, everything that a facilitator needs to run it from paper."""

    pack: str
    pack_name: str
    pack_version: str
    notice: str
    number: int
    sessions: int
    title: str
    delivery: Delivery
    length: int
    minutes: SessionMinutes
    themes: tuple[Theme, ...]
    kit: Kit
    delivery_notes: tuple[str, ...]
    facilitator_note: str | None
    arrival: tuple[ArrivalQuestion, ...]
    red_flags: tuple[RedFlag, ...]
    close_support: CloseSupport
    reviews: tuple[Review, ...]
    topics: tuple[PlannedTopic, ...]
    assess: Timepoint | None
    measures: tuple[MeasureDue, ...]
    alarms: tuple[ScoreAlarm, ...]
    warm_up: Sequence
    circuit: PlannedCircuit
    cool_down: Sequence
    relaxation: Sequence | None
    stop_signs: tuple[StopSign, ...]
    sources: tuple[Source, ...]


def session_plan(pack: Pack, sessions: int, number: int, delivery: Delivery) -> SessionPlan:
    """Lay out session `number` of the form with that many sessions; `Refused` where there is none."""
    scheduled = _scheduled(pack, sessions, number)
    topics = tuple(pack.topic(name) for name in scheduled.topics)
    measures = tuple(due for due in pack.measures if scheduled.assess in due.timepoints)
    taken = {due.instrument for due in measures}
    circuit = _circuit(pack, pack.circuit(scheduled.circuit), scheduled.rounds, delivery)
    return SessionPlan(
        pack=pack.id,
        pack_name=pack.name,
        pack_version=pack.version,
        notice=pack.notice,
        number=number,
        sessions=sessions,
        title=scheduled.title,
        delivery=delivery,
        length=scheduled.length,
        minutes=scheduled.minutes,
        themes=_once(theme for topic in topics for theme in topic.themes),
        kit=_kit(circuit, topics, measures, delivery),
        delivery_notes=_delivery_notes(pack, number, delivery),
        facilitator_note=scheduled.facilitator_note,
        arrival=_arrival(pack, number),
        red_flags=pack.red_flags,
        close_support=pack.close_support,
        reviews=tuple(_review(pack.topic(name)) for name in scheduled.reviews),
        topics=tuple(_planned(topic, shared=len(topics) > 1) for topic in topics),
        assess=scheduled.assess,
        measures=measures,
        alarms=tuple(alarm for alarm in pack.alarms if alarm.instrument in taken),
        warm_up=pack.sequence(scheduled.warm_up),
        circuit=circuit,
        cool_down=pack.sequence(scheduled.cool_down),
        relaxation=pack.sequence(scheduled.relaxation) if scheduled.relaxation else None,
        stop_signs=pack.stop_signs,
        sources=tuple(pack.source(name) for name in _once(n for topic in topics for n in topic.sources)),
    )


def _scheduled(pack: Pack, sessions: int, number: int) -> ScheduledSession:
    forms = sorted(len(schedule.sessions) for schedule in pack.schedules)
    if sessions not in forms:
        raise Refused(
            f"This programme has no form of {sessions} sessions.",
            f"Choose {' or '.join(str(form) for form in forms)}.",
        )
    if not 1 <= number <= sessions:
        raise Refused(f"There is no session {number}.", f"Choose a session from 1 to {sessions}.")
    return pack.schedule(sessions).session(number)


def _arrival(pack: Pack, number: int) -> tuple[ArrivalQuestion, ...]:
    """What is asked on arrival; a question that begins later comes last, so that numbers never change."""
    asked = (question for question in pack.arrival if question.from_session <= number)
    return tuple(sorted(asked, key=lambda question: question.from_session))


def _planned(topic: Topic, *, shared: bool) -> PlannedTopic:
    minutes = topic.short if shared and topic.short is not None else topic.minutes
    return PlannedTopic(
        id=topic.id,
        title=topic.title,
        aim=topic.aim,
        opening_question=topic.opening_question,
        key_messages=topic.key_messages,
        prompts=topic.prompts,
        activity=topic.activity,
        worries=topic.worries,
        task=topic.task,
        minutes=minutes,
    )


def _review(topic: Topic) -> Review:
    return Review(topic=topic.id, title=topic.title, ask=topic.review)


def _circuit(pack: Pack, circuit: Circuit, rounds: int, delivery: Delivery) -> PlannedCircuit:
    exercises = tuple(pack.exercise(station.exercise) for station in circuit.stations)
    return PlannedCircuit(
        id=circuit.id,
        name=circuit.name,
        rounds=rounds,
        ready_seconds=circuit.ready_seconds,
        work_seconds=circuit.work_seconds,
        change_seconds=circuit.change_seconds,
        rest_seconds=circuit.rest_seconds,
        seconds=circuit.seconds(rounds),
        together=delivery is Delivery.VIRTUAL,
        stations=tuple(
            PlannedStation(
                number=number,
                capacity=station.capacity,
                exercise=exercise,
                stand_ins=tuple(pack.exercise(name).name for name in exercise.stand_ins),
            )
            for number, (station, exercise) in enumerate(
                zip(circuit.stations, exercises, strict=True), start=1
            )
        ),
        stand_ins=tuple(pack.exercise(name) for name in dict.fromkeys(_stand_ins(exercises))),
    )


def _stand_ins(exercises: tuple[Exercise, ...]) -> Iterator[str]:
    stationed = {exercise.id for exercise in exercises}
    return (name for exercise in exercises for name in exercise.stand_ins if name not in stationed)


def _kit(
    circuit: PlannedCircuit,
    topics: tuple[Topic, ...],
    measures: tuple[MeasureDue, ...],
    delivery: Delivery,
) -> Kit:
    done = [*(station.exercise for station in circuit.stations), *circuit.stand_ins]
    beside = [
        *(item for topic in topics for item in topic.activity.kit),
        *(item for due in measures for item in due.kit),
    ]
    hall = [] if delivery is Delivery.VIRTUAL else [item for exercise in done for item in exercise.kit]
    home = [] if delivery is Delivery.IN_PERSON else [item for exercise in done for item in exercise.home.kit]
    return Kit(hall=_once([*beside, *hall]), home=_once(home))


def _delivery_notes(pack: Pack, number: int, delivery: Delivery) -> tuple[str, ...]:
    notes = next(notes for notes in pack.deliveries if notes.delivery is delivery)
    return (*(notes.before_first if number == 1 else ()), *notes.every_session)


def _once(items: Iterable[_Item]) -> tuple[_Item, ...]:
    return tuple(dict.fromkeys(items))
