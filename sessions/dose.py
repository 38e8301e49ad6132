"""A level's dose in words, the same on screen, paper and in the command line.

Not for: what a dose means for advice (`advice`).
"""

from __future__ import annotations

from sessions.exercise import Level

SUPPORT_WORDS = {
    "two_hands": "both hands for support",
    "one_hand": "one hand for support",
    "fingertips": "fingertips for support",
    "none": "no support",
}


def dose_words(level: Level) -> str:
    """The dose as people read it: `8 times each side, seat 50 cm`."""
    words = [_amount(level)]
    if level.seat_cm is not None:
        words.append(f"seat {level.seat_cm} cm")
    if level.step_cm is not None:
        words.append(f"step {level.step_cm} cm")
    if level.load_kg is not None:
        words.append(f"{level.load_kg:g} kg")
    if level.band is not None:
        words.append("no band" if level.band == "none" else f"{level.band} band")
    if level.support is not None:
        words.append(SUPPORT_WORDS[level.support])
    return ", ".join(words)


def home_dose_words(level: Level) -> str:
    """The dose at home: how often or how long alone, for the hall's seat, step and support are not there."""
    return _amount(level) if level.home is not None else dose_words(level)


def _amount(level: Level) -> str:
    amounts: list[str] = []
    if level.reps is not None:
        amounts.append(f"{level.reps} times")
    if level.seconds is not None:
        amounts.append(f"{level.seconds} s")
    each_side = " each side" if level.each_side else ""
    hold = f", hold {level.hold_seconds} s" if level.hold_seconds is not None else ""
    return f"{' in '.join(amounts)}{each_side}{hold}"
