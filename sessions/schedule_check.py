"""Hold a schedule against the pack: what it names exists, its minutes add up, every theme is covered.

Not for: dates; those are a cohort's plan (`plan`).
"""

from __future__ import annotations

from collections.abc import Iterator

from sessions.faults import Fault
from sessions.pack import PackHead, Schedule, ScheduledSession
from sessions.pack_files import Filed, PackParts
from sessions.toml_source import Place
from sessions.topic import Theme, Topic

SECONDS_A_MINUTE = 60


def schedule_faults(filed: Filed[Schedule], parts: PackParts) -> Iterator[Fault]:
    """Faults of one schedule; parts of the pack that could not be read are not held against it."""
    schedule = filed.record
    if schedule is None:
        return
    numbers = [session.number for session in schedule.sessions]
    if numbers != list(range(1, len(numbers) + 1)):
        yield filed.fault(
            ("sessions",), "the sessions are not numbered from 1 without gap.", "Number them in order."
        )
    topics = {topic.stem: topic.record for topic in parts.topics}
    for index, session in enumerate(schedule.sessions):
        place: Place = ("sessions", index)
        yield from _topic_faults(filed, place, session, topics)
        yield from _length_faults(filed, place, session)
        if parts.head.record is not None:
            yield from _exercise_faults(filed, place, session, parts.head.record)
    if all(topics.values()):
        yield from _theme_faults(filed, schedule, topics)


def _topic_faults(
    filed: Filed[Schedule], place: Place, session: ScheduledSession, topics: dict[str, Topic | None]
) -> Iterator[Fault]:
    for key in ("topics", "reviews"):
        for name in getattr(session, key):
            if name not in topics:
                yield filed.fault(
                    (*place, key),
                    f"there is no topic {name}.",
                    "Name a topic of this pack, or write its file.",
                )
    for name in session.reviews:
        topic = topics.get(name)
        if topic is not None and not topic.review:
            yield filed.fault(
                (*place, "reviews"),
                f"the topic {name} has no `review`.",
                "Write in the topic what is asked when a session returns to it.",
            )
    if bool(session.reviews) != bool(session.minutes.review):
        yield filed.fault(
            (*place, "minutes"),
            "a review needs its minutes, and minutes for it need a review.",
            "Give both or neither.",
        )
    yield from _education_faults(filed, place, session, topics)


def _education_faults(
    filed: Filed[Schedule], place: Place, session: ScheduledSession, topics: dict[str, Topic | None]
) -> Iterator[Fault]:
    total = 0
    for name in session.topics:
        topic = topics.get(name)
        if topic is None:
            return
        minutes = topic.minutes if len(session.topics) == 1 else topic.short
        if minutes is None:
            yield filed.fault(
                (*place, "topics"),
                f"the topic {name} shares this session and has no `short` minutes.",
                "Write them in the topic, or give it a session to itself.",
            )
            return
        total += minutes.total
    if total != session.minutes.education:
        yield filed.fault(
            (*place, "minutes", "education"),
            f"education says {session.minutes.education} minutes, its topics add up to {total}.",
            f"Write {total}, or change the topics' minutes.",
        )


def _length_faults(filed: Filed[Schedule], place: Place, session: ScheduledSession) -> Iterator[Fault]:
    if session.minutes.total != session.length:
        yield filed.fault(
            (*place, "length"),
            f"the session says {session.length} minutes, its parts add up to {session.minutes.total}.",
            f"Write {session.minutes.total}, or change the parts.",
        )


def _exercise_faults(
    filed: Filed[Schedule], place: Place, session: ScheduledSession, head: PackHead
) -> Iterator[Fault]:
    circuits = {circuit.id: circuit for circuit in head.circuits}
    sequences = {sequence.id: sequence for sequence in head.sequences}
    seconds = 0
    known = True
    if session.circuit in circuits:
        seconds += circuits[session.circuit].seconds(session.rounds)
    else:
        known = False
        yield filed.fault(
            (*place, "circuit"),
            f"there is no circuit {session.circuit}.",
            f"Use one of: {', '.join(circuits)}.",
        )
    for kind in ("warm_up", "cool_down", "relaxation"):
        name = getattr(session, kind)
        if name is None:
            continue
        if name in sequences and sequences[name].kind == kind:
            seconds += sequences[name].seconds
        else:
            known = False
            fitting = [sequence.id for sequence in head.sequences if sequence.kind == kind]
            yield filed.fault(
                (*place, kind),
                f"there is no sequence {name} of the kind {kind}.",
                f"Use one of: {', '.join(fitting)}.",
            )
    needed = -(-seconds // SECONDS_A_MINUTE)
    if known and needed != session.minutes.exercise:
        yield filed.fault(
            (*place, "minutes", "exercise"),
            f"exercise says {session.minutes.exercise} minutes, its parts take {seconds} seconds.",
            f"Write {needed}, or change the circuit, its rounds or the sequences.",
        )


def _theme_faults(
    filed: Filed[Schedule], schedule: Schedule, topics: dict[str, Topic | None]
) -> Iterator[Fault]:
    covered: set[Theme] = set()
    for session in schedule.sessions:
        for name in session.topics:
            topic = topics.get(name)
            if topic is not None:
                covered.update(topic.themes)
    for theme in Theme:
        if theme not in covered:
            yield filed.fault(
                ("sessions",),
                f"the theme {theme} is never covered.",
                "Give it a topic, and the topic a session; the programme covers every theme.",
            )
