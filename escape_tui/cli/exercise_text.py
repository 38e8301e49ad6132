"""A circuit and its exercises as text: stations, levels, what to watch, what stands in.

Not for: the rest of a session (`plan_text`).
"""

from __future__ import annotations

from collections.abc import Iterator

from escape_tui.cli.paragraphs import clock, paragraph
from sessions.dose import dose_words, home_dose_words
from sessions.exercise import Exercise, Level
from sessions.pack import Delivery
from sessions.session_plan import PlannedCircuit, PlannedStation

INDENT = 5


def circuit_lines(circuit: PlannedCircuit, delivery: Delivery) -> Iterator[str]:
    """The circuit: its times, every station in full, then the exercises that can stand in."""
    rounds = "1 round" if circuit.rounds == 1 else f"{circuit.rounds} rounds"
    yield f"\n{circuit.name} ({rounds}, {clock(circuit.seconds)})"
    together = (
        "All do the same exercise together." if circuit.together else "Groups stay together and move on."
    )
    rest = f", rest {circuit.rest_seconds} s between rounds" if circuit.rounds > 1 else ""
    yield paragraph(
        f"Get ready {circuit.ready_seconds} s, work {circuit.work_seconds} s, change "
        f"{circuit.change_seconds} s{rest}. {together}",
        2,
    )
    for station in circuit.stations:
        yield from _station(station, delivery)
    yield "\nStand-ins, at the same station"
    for exercise in circuit.stand_ins:
        yield f"\n  {exercise.name}"
        yield from _exercise(exercise, delivery)


def _station(station: PlannedStation, delivery: Delivery) -> Iterator[str]:
    places = "" if delivery is Delivery.VIRTUAL else f"  (takes {station.capacity})"
    yield f"\n  {station.number}. {station.exercise.name}{places}"
    yield from _exercise(station.exercise, delivery)
    if station.stand_ins:
        yield paragraph(", ".join(station.stand_ins), INDENT, "Instead: ")


def _exercise(exercise: Exercise, delivery: Delivery) -> Iterator[str]:
    yield paragraph(exercise.aim, INDENT)
    if delivery is not Delivery.VIRTUAL:
        yield paragraph(exercise.set_up, INDENT, "Set up: ")
    if delivery is not Delivery.IN_PERSON:
        yield paragraph(exercise.home.set_up, INDENT, "At home: ")
        yield paragraph(exercise.home.safety, INDENT, "Safe at home: ")
    yield paragraph(" / ".join(exercise.cues), INDENT, "Cues: ")
    for level in exercise.levels:
        yield from _level(level, exercise.start_level, delivery)
    yield paragraph(exercise.watch, INDENT, "Watch: ")
    yield paragraph(exercise.when_it_hurts, INDENT, "If it hurts: ")
    if exercise.hand:
        yield paragraph("A hand nearby for whoever needs close support.", INDENT)


def _level(level: Level, start: int, delivery: Delivery) -> Iterator[str]:
    here = "  (start here)" if level.number == start else ""
    at_home = f"{level.home or level.do}, {home_dose_words(level)}"
    if delivery is Delivery.VIRTUAL:
        yield paragraph(f"{at_home}{here}", INDENT, f"Level {level.number}: ")
        return
    yield paragraph(f"{level.do}, {dose_words(level)}{here}", INDENT, f"Level {level.number}: ")
    if delivery is Delivery.HYBRID and level.home is not None:
        yield paragraph(at_home, INDENT + 9, "At home: ")
