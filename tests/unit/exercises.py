"""An exercise with five levels and the thresholds of advice, for the tests of levels and advice.

Not for: tests; nothing here asserts.
"""

from __future__ import annotations

from sessions.exercise import Area, Exercise, HomeForm, Level, Tag
from sessions.rules import AdviceRules

RULES = AdviceRules(
    effort_easy_to=3,
    effort_hard_from=8,
    rise_safe_to=3,
    rise_ease_from=6,
    usual_pain_told_from=6,
    settle_hours=24,
    easy_in_a_row=2,
    missed_hold=2,
    missed_ease=4,
    sources=("own",),
)


def exercise(name: str = "sit-to-stand", *, balance: bool = False, seconds: int | None = None) -> Exercise:
    """Levels 1 to 5 of 10 repetitions each, or of `seconds`; the start is level 2."""
    reps = None if seconds else 10
    return Exercise(
        id=name,
        name=name,
        area=Area.LEGS,
        aim="Stronger legs.",
        set_up="A chair against the wall.",
        cues=("Feet flat", "Lean forward", "Stand tall"),
        watch="Knees over the feet.",
        when_it_hurts="Use a higher seat.",
        tags=(Tag.BALANCE,) if balance else (),
        start_level=2,
        levels=tuple(Level(number=n, do="Stand up.", reps=reps, seconds=seconds) for n in range(1, 6)),
        stand_ins=("wall-press",),
        home=HomeForm(kit=("chair",), set_up="A firm chair.", safety="Against a wall."),
    )
