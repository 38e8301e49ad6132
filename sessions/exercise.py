"""One exercise of a pack: its ladder of levels, its cues, its form at home.

Not for: where it stands in a circuit (`pack`), or which level a person is at (`levels`).
"""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, Literal

from pydantic import Field

from sessions.text import Cue, Data, Id, Line, Text


class Area(StrEnum):
    """What an exercise trains; a circuit is balanced over these."""

    LEGS = "legs"
    TRUNK = "trunk"
    BALANCE = "balance"
    MOBILITY = "mobility"
    ENDURANCE = "endurance"


class Tag(StrEnum):
    """What can rule an exercise out for a person, or asks for care."""

    BALANCE = "balance"
    KNEELING = "kneeling"
    OVERHEAD = "overhead"
    IMPACT = "impact"
    HANDS_ON = "hands-on"
    FLOOR = "floor"
    STEPPING = "stepping"
    DEEP_BEND = "deep-bend"
    TWISTING = "twisting"
    STANDING = "standing"


Support = Literal["two_hands", "one_hand", "fingertips", "none"]
Band = Literal["none", "light", "medium", "strong"]
SUPPORTS: tuple[Support, ...] = ("two_hands", "one_hand", "fingertips", "none")
"""From most to least help: each rung is one step harder."""
BANDS: tuple[Band, ...] = ("none", "light", "medium", "strong")
"""From no resistance to most: each rung is one step harder."""


class Level(Data):
    """One rung of an exercise's ladder: what to do, and the dose.

    `reps` counts movements and `seconds` is time on; a level has at least one of them. `hold_seconds` is
    how long each repetition is held. `each_side` says that the dose is for each leg or arm in turn.
    Heights are in centimetres (of a seat: higher is easier; of a step: higher is harder), loads in
    kilograms. `home` says how the same level is done with household things, where that differs.
    """

    number: int = Field(ge=1, le=9)
    do: Line
    reps: int | None = Field(default=None, ge=1, le=60)
    seconds: int | None = Field(default=None, ge=5, le=600)
    hold_seconds: int | None = Field(default=None, ge=1, le=60)
    each_side: bool = False
    seat_cm: int | None = Field(default=None, ge=30, le=80)
    step_cm: int | None = Field(default=None, ge=5, le=40)
    load_kg: float | None = Field(default=None, gt=0, le=20)
    band: Band | None = None
    support: Support | None = None
    home: Line | None = None


class HomeForm(Data):
    """The exercise at home, over a screen: a chair, tins, a towel, and its own safety line."""

    kit: tuple[Line, ...]
    set_up: Text
    safety: Text


class Exercise(Data):
    """One exercise with its ladder of levels.

    `hand` says that a person who needs close support needs a hand nearby at it. `stand_ins` are gentler
    exercises that can be done at the same station instead, best first; following them comes to an end.
    """

    id: Id
    name: Line
    area: Area
    aim: Text
    kit: tuple[Line, ...] = ()
    set_up: Text
    cues: Annotated[tuple[Cue, ...], Field(min_length=3, max_length=3)]
    watch: Text
    when_it_hurts: Text
    tags: tuple[Tag, ...] = ()
    hand: bool = False
    start_level: int = Field(ge=1, le=9)
    levels: Annotated[tuple[Level, ...], Field(min_length=5, max_length=9)]
    stand_ins: tuple[Id, ...] = ()
    home: HomeForm

    def level(self, number: int) -> Level:
        """The level of that number; `KeyError` where the ladder has none."""
        for level in self.levels:
            if level.number == number:
                return level
        raise KeyError(number)

    @property
    def up_needs_confirming(self) -> bool:
        """Whether "up" is confirmed first: on a balance exercise a wrong step is a fall."""
        return Tag.BALANCE in self.tags or self.area is Area.BALANCE
