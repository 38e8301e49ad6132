"""Hold the parts of a pack against each other and name every fault at once, with file, place and remedy.

Not for: the ladder of one exercise (`ladder_check`), the sums of a schedule (`schedule_check`), or whether
the content is good, which a trained facilitator judges.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

from sessions.exercise import Exercise
from sessions.faults import Fault, FaultyFiles
from sessions.instrument_files import instrument_ids
from sessions.ladder_check import ladder_faults
from sessions.pack import Circuit, Delivery, PackHead, Sequence
from sessions.pack_files import Filed, PackParts, read_parts, read_source
from sessions.schedule_check import schedule_faults
from sessions.toml_source import Place
from sessions.topic import Topic


def check_pack(folder: Path) -> None:
    """Check the pack in `folder`; `FaultyFiles` with every fault there is, `Refused` if it is no pack."""
    parts = read_parts(read_source(folder))
    faults = (*pack_faults(parts), *_folder_faults(folder, parts))
    if faults:
        raise FaultyFiles(f"The pack in {folder}", faults)


def pack_faults(parts: PackParts) -> tuple[Fault, ...]:
    """Every fault of a pack, those of single files first.

    What hangs on a file that cannot be read is passed over: it is checked once that file is mended.
    """
    head = parts.head.record
    return (
        *parts.faults,
        *_misnamed(parts),
        *(_head_faults(parts.head, head, parts) if head else ()),
        *(fault for filed in parts.topics for fault in _topic_faults(filed, head)),
        *(fault for filed in parts.exercises for fault in _exercise_faults(filed, parts)),
        *_stand_in_loops(parts.exercises),
        *(fault for filed in parts.schedules for fault in schedule_faults(filed, parts)),
    )


def _folder_faults(folder: Path, parts: PackParts) -> Iterator[Fault]:
    head = parts.head.record
    if head is not None and head.id != folder.resolve().name:
        yield parts.head.fault(
            ("id",),
            f"the id is {head.id}, the folder is called {folder.resolve().name}.",
            "Give both the same name.",
        )


def _misnamed(parts: PackParts) -> Iterator[Fault]:
    named: list[tuple[Filed[Topic] | Filed[Exercise], str]] = [
        *((topic, topic.record.id) for topic in parts.topics if topic.record),
        *((exercise, exercise.record.id) for exercise in parts.exercises if exercise.record),
    ]
    for filed, name in named:
        if name != filed.stem:
            yield filed.fault(
                ("id",), f"the id is {name}, the file is called {filed.stem}.", "Give both the same name."
            )
    for schedule in parts.schedules:
        if schedule.record and schedule.stem != str(len(schedule.record.sessions)):
            yield schedule.fault(
                ("sessions",),
                f"it has {len(schedule.record.sessions)} sessions, the file is called {schedule.stem}.toml.",
                "Name the file by the number of its sessions, or add what is missing.",
            )


def _head_faults(filed: Filed[PackHead], head: PackHead, parts: PackParts) -> Iterator[Fault]:
    for table in ("sources", "arrival", "red_flags", "stop_signs", "circuits", "sequences"):
        yield from _twice(filed, table, (item.id for item in getattr(head, table)))
    flags = {flag.id for flag in head.red_flags}
    for index, question in enumerate(head.arrival):
        if question.red_flag is not None and question.red_flag not in flags:
            yield filed.fault(
                ("arrival", index, "red_flag"),
                f"there is no red flag {question.red_flag}.",
                f"Use one of: {', '.join(sorted(flags))}.",
            )
    yield from _unknown_instruments(filed, head)
    yield from _delivery_faults(filed, head)
    exercises = {exercise.stem for exercise in parts.exercises}
    for index, circuit in enumerate(head.circuits):
        yield from _circuit_faults(filed, index, circuit, exercises, parts)
    for index, sequence in enumerate(head.sequences):
        yield from _sequence_faults(filed, index, sequence)
    for place, names in _cited(head):
        yield from _unknown_sources(filed, place, names, head)


def _cited(head: PackHead) -> Iterator[tuple[Place, tuple[str, ...]]]:
    yield ("eligibility", "sources"), head.eligibility.sources
    yield ("close_support", "sources"), head.close_support.sources
    yield ("advice", "sources"), head.advice.sources
    for index, flag in enumerate(head.red_flags):
        yield ("red_flags", index, "sources"), flag.sources
    for index, sign in enumerate(head.stop_signs):
        yield ("stop_signs", index, "sources"), sign.sources
    for index, alarm in enumerate(head.alarms):
        yield ("alarms", index, "sources"), alarm.sources


def _unknown_instruments(filed: Filed[PackHead], head: PackHead) -> Iterator[Fault]:
    known = instrument_ids()
    named: list[tuple[Place, str]] = [
        *((("measures", index, "instrument"), due.instrument) for index, due in enumerate(head.measures)),
        *((("alarms", index, "instrument"), alarm.instrument) for index, alarm in enumerate(head.alarms)),
    ]
    if head.eligibility.screen is not None:
        named.append((("eligibility", "screen", "instrument"), head.eligibility.screen.instrument))
    for place, instrument in named:
        if instrument not in known:
            yield filed.fault(
                place, f"there is no instrument {instrument}.", f"Use one of: {', '.join(known)}."
            )


def _delivery_faults(filed: Filed[PackHead], head: PackHead) -> Iterator[Fault]:
    counted = Counter(notes.delivery for notes in head.deliveries)
    for delivery in Delivery:
        if counted[delivery] != 1:
            yield filed.fault(
                ("deliveries",),
                f"the delivery {delivery} stands there {counted[delivery]} times.",
                "Give each of in_person, virtual and hybrid once.",
            )


def _circuit_faults(
    filed: Filed[PackHead], index: int, circuit: Circuit, exercises: set[str], parts: PackParts
) -> Iterator[Fault]:
    place: Place = ("circuits", index, "stations")
    for at, station in enumerate(circuit.stations):
        if station.exercise not in exercises:
            yield filed.fault(
                (*place, at, "exercise"),
                f"there is no exercise {station.exercise}.",
                "Name an exercise of this pack, or write its file.",
            )
    for name, count in Counter(station.exercise for station in circuit.stations).items():
        if count > 1:
            yield filed.fault(
                place, f"{name} stands at {count} stations.", "Give each station an exercise of its own."
            )
    stationed = {station.exercise for station in circuit.stations}
    for exercise in parts.exercises:
        if exercise.record and exercise.stem in stationed:
            yield from _station_faults(exercise, exercise.record, circuit)


def _station_faults(filed: Filed[Exercise], exercise: Exercise, circuit: Circuit) -> Iterator[Fault]:
    if not exercise.stand_ins:
        yield filed.fault(
            ("stand_ins",),
            f"it stands in the circuit {circuit.id} and has no stand-in.",
            "Name at least one gentler exercise that can be done at the same place.",
        )
    for index, level in enumerate(exercise.levels):
        seconds = (level.seconds or 0) * (2 if level.each_side else 1)
        if seconds > circuit.work_seconds:
            yield filed.fault(
                ("levels", index, "seconds"),
                f"{seconds} seconds do not fit the {circuit.work_seconds} of the circuit {circuit.id}.",
                "Shorten the level, or give the circuit more time.",
            )


def _sequence_faults(filed: Filed[PackHead], index: int, sequence: Sequence) -> Iterator[Fault]:
    added = sum(step.seconds for step in sequence.steps)
    if added != sequence.seconds:
        yield filed.fault(
            ("sequences", index, "seconds"),
            f"{sequence.id} says {sequence.seconds} seconds, its steps add up to {added}.",
            f"Write {added}, or change the steps.",
        )


def _topic_faults(filed: Filed[Topic], head: PackHead | None) -> Iterator[Fault]:
    if filed.record is not None and head is not None:
        yield from _unknown_sources(filed, ("sources",), filed.record.sources, head)


def _exercise_faults(filed: Filed[Exercise], parts: PackParts) -> Iterator[Fault]:
    exercise = filed.record
    if exercise is None:
        return
    known = {other.stem for other in parts.exercises}
    for name in exercise.stand_ins:
        if name not in known:
            yield filed.fault(
                ("stand_ins",),
                f"there is no exercise {name} to stand in.",
                "Name an exercise of this pack, or write its file.",
            )
    if parts.head.record is not None:
        yield from ladder_faults(filed, exercise, parts.head.record.steps)


def _stand_in_loops(exercises: tuple[Filed[Exercise], ...]) -> Iterator[Fault]:
    """A loop leaves a person without a gentler exercise; each is named once, at its first exercise."""
    stand_ins = {filed.stem: filed.record.stand_ins for filed in exercises if filed.record}
    for filed in exercises:
        loop = _loop_from(filed.stem, stand_ins)
        if loop and min(loop) == filed.stem:
            yield filed.fault(
                ("stand_ins",),
                f"the stand-ins go round in a loop: {' → '.join((*loop, loop[0]))}.",
                "Let each stand-in be gentler, so that following them comes to an end.",
            )


def _loop_from(start: str, stand_ins: dict[str, tuple[str, ...]]) -> tuple[str, ...]:
    """The shortest way from `start` back to it, or nothing."""
    ways: list[tuple[str, ...]] = [(start,)]
    seen: set[str] = set()
    for way in ways:
        for name in stand_ins.get(way[-1], ()):
            if name == start:
                return way
            if name not in seen:
                seen.add(name)
                ways.append((*way, name))
    return ()


def _unknown_sources(
    filed: Filed[PackHead] | Filed[Topic], place: Place, names: tuple[str, ...], head: PackHead
) -> Iterator[Fault]:
    known = {source.id for source in head.sources}
    for name in names:
        if name not in known:
            yield filed.fault(
                place, f"there is no source {name}.", "Name one of `sources` in pack.toml, or add it there."
            )


def _twice(filed: Filed[PackHead], table: str, ids: Iterable[str]) -> Iterator[Fault]:
    for name, count in Counter(ids).items():
        if count > 1:
            yield filed.fault((table,), f"the id {name} stands {count} times.", "Give each its own id.")
