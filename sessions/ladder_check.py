"""Hold the levels of one exercise against each other: none missing, each a small step up.

Not for: whether an exercise suits a person (`advice`, and the facilitator).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from sessions.exercise import BANDS, SUPPORTS, Exercise, Level
from sessions.faults import Fault
from sessions.pack_files import Filed
from sessions.rules import Steps


@dataclass(frozen=True, slots=True)
class Harder:
    """One thing that a level asks more of than the level below: what, by how much, and how much may be."""

    what: str
    by: float
    at_most: float


def ladder_faults(filed: Filed[Exercise], exercise: Exercise, steps: Steps) -> Iterator[Fault]:
    """Faults of an exercise's ladder under the pack's rule for steps."""
    numbers = [level.number for level in exercise.levels]
    for missing in sorted(set(range(1, max(numbers) + 1)) - set(numbers)):
        yield filed.fault(
            ("levels",), f"level {missing} is missing.", "Write it, or number the levels from 1 without gap."
        )
    if len(set(numbers)) != len(numbers) or numbers != sorted(numbers):
        yield filed.fault(
            ("levels",), "the levels are not in order, each once.", "Number them from 1 upwards."
        )
    if exercise.start_level not in numbers:
        yield filed.fault(
            ("start_level",),
            f"there is no level {exercise.start_level}.",
            f"Use one of 1 to {max(numbers)}.",
        )
    for index, level in enumerate(exercise.levels):
        if level.reps is None and level.seconds is None:
            yield filed.fault(
                ("levels", index), f"level {level.number} has no dose.", "Give it reps or seconds."
            )
    for index in range(1, len(exercise.levels)):
        yield from _step_faults(filed, index, exercise.levels[index - 1], exercise.levels[index], steps)


def harder(below: Level, level: Level, steps: Steps) -> tuple[Harder, ...]:
    """What `level` asks more of than `below`: seconds, centimetres, kilograms, rungs of support or band."""
    grown = (
        Harder("reps", _growth(below.reps, level.reps), steps.reps),
        Harder("seconds", _growth(below.seconds, level.seconds), steps.seconds),
        Harder("hold_seconds", (level.hold_seconds or 0) - (below.hold_seconds or 0), steps.hold_seconds),
        # A lower seat is harder to rise from, a higher step is harder to climb.
        Harder("seat_cm", _growth(level.seat_cm, below.seat_cm), steps.height_cm),
        Harder("step_cm", _growth(below.step_cm, level.step_cm), steps.height_cm),
        Harder("load_kg", round((level.load_kg or 0) - (below.load_kg or 0), 3), steps.load_kg),
        Harder("band", BANDS.index(level.band or "none") - BANDS.index(below.band or "none"), 1),
        Harder("support", _rungs(below, level), 1),
    )
    return tuple(item for item in grown if item.by > 0)


def _growth(below: int | None, level: int | None) -> int:
    return 0 if below is None or level is None else level - below


def _rungs(below: Level, level: Level) -> int:
    if below.support is None or level.support is None:
        return 0
    return SUPPORTS.index(level.support) - SUPPORTS.index(below.support)


def _step_faults(
    filed: Filed[Exercise], index: int, below: Level, level: Level, steps: Steps
) -> Iterator[Fault]:
    grown = harder(below, level, steps)
    for item in grown:
        if item.by > item.at_most:
            yield filed.fault(
                ("levels", index, item.what),
                f"from level {below.number} to {level.number} it grows by {item.by:g}, "
                f"the pack's step is {item.at_most:g}.",
                "Make the step smaller, or put a level between.",
            )
    if len(grown) > steps.harder_at_once:
        names = ", ".join(item.what for item in grown)
        yield filed.fault(
            ("levels", index),
            f"from level {below.number} to {level.number} {len(grown)} things grow at once: {names}.",
            f"Let at most {steps.harder_at_once} grow, so that the step is plain.",
        )
    if not grown and level.do == below.do:
        yield filed.fault(
            ("levels", index),
            f"level {level.number} asks no more than level {below.number}.",
            "Raise its dose, or say what is done differently.",
        )
