"""Where a score lies: in a published band, or among people of the same age and sex.

Not for: change over time, nor classes, which are scores of their own (`scoring`).
"""

from __future__ import annotations

from fractions import Fraction
from typing import Literal

from sessions.instrument import Scale

NormPlace = Literal["below_average", "middle_half", "above_middle", "no_norm"]


def band_of(scale: Scale, score: Fraction) -> str | None:
    """The published band that `score` lies in; `None` where the scale has none there."""
    return next((band.name for band in scale.bands if band.lowest <= score <= band.highest), None)


def norm_place(scale: Scale, score: Fraction, age: int | None, sex: str | None) -> NormPlace:
    """Where `score` lies among people of that age, in whole years at the test, and sex.

    `no_norm` where the scale has none, or none for that age or sex: the chair stand's go from 60 to 94 and
    are for women and men. Below average: CDC STEADI 2017; the middle half of people: Rikli and Jones. A chair
    stand done with the arms counts 0 stands there too; whoever shows its place says that the arms were used.
    """
    if age is None or scale.norms is None:
        return "no_norm"
    for norm in scale.norms.table:
        if norm.sex == sex and norm.from_age <= age <= norm.to_age:
            if score < norm.average_from:
                return "below_average"
            return "middle_half" if score <= norm.middle_to else "above_middle"
    return "no_norm"
