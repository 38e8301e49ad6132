"""A level's dose in words."""

from __future__ import annotations

import pytest

from sessions.dose import dose_words, home_dose_words
from sessions.exercise import Level


@pytest.mark.parametrize(
    ("level", "words"),
    [
        (
            Level(number=1, do="x", reps=5, seat_cm=55, support="two_hands"),
            "5 times, seat 55 cm, both hands for support",
        ),
        (Level(number=1, do="x", seconds=20, each_side=True, support="none"), "20 s each side, no support"),
        (Level(number=1, do="x", reps=8, hold_seconds=3, load_kg=0.5), "8 times, hold 3 s, 0.5 kg"),
        (Level(number=1, do="x", reps=6, step_cm=15, band="light"), "6 times, step 15 cm, light band"),
        (Level(number=1, do="x", reps=6, band="none"), "6 times, no band"),
    ],
)
def test_a_dose_reads_as_people_say_it(level: Level, words: str) -> None:
    assert dose_words(level) == words


def test_at_home_the_halls_seat_step_and_support_are_not_named() -> None:
    level = Level(number=1, do="x", reps=6, step_cm=15, support="none", home="Press the bottom stair")
    assert home_dose_words(level) == "6 times"
    assert home_dose_words(level.model_copy(update={"home": None})) == "6 times, step 15 cm, no support"
