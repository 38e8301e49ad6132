"""What is possible on a sheet and yet so rare that it is asked about once before it is recorded.

Not for: what is impossible (`answers`), nor for what a change means to a person. The limits for single
figures are this product's own, wide enough that a true one is seldom asked about.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Final

from sessions.instrument import Instrument, Scale
from sessions.scoring import ScaleScore

BEYOND_THE_NORM: Final = Fraction(3, 2)
"""A score of more than so many times the highest figure of its norms, any age, is asked about."""
SELDOM_MORE: Final = {"activity-minutes": Fraction(1260), "tug": Fraction(60)}
"""Three hours of activity a day, a minute for the walk of 3 m: by instrument, of its only scale."""


@dataclass(frozen=True, slots=True)
class Before:
    """The scores of the same instrument at the timepoint before, and that timepoint in words."""

    timepoint: str
    scores: tuple[ScaleScore, ...]


def unlikely(instrument: Instrument, scores: Sequence[ScaleScore], before: Before | None) -> tuple[str, ...]:
    """A sentence for each score that is rare in itself, or has changed by more than its error of measurement.

    The error is the largest published one of the scale that has its unit. A chair stand with the arms is
    compared with nothing.
    """
    changes = () if before is None else _changes(instrument, scores, before)
    return (*_too_high(instrument, scores), *changes)


def detectable(scale: Scale) -> Fraction | None:
    """The largest published error of measurement of a change, in the scale's unit; None for none."""
    return max(
        (one.value for one in scale.thresholds if one.kind == "error" and one.unit == scale.unit),
        default=None,
    )


def _too_high(instrument: Instrument, scores: Sequence[ScaleScore]) -> Iterator[str]:
    for one in scores:
        limit = _limit(instrument, instrument.scale(one.scale))
        if one.score is not None and limit is not None and one.score > limit:
            yield f"{_written(one.score)} {instrument.scale(one.scale).unit} is more than almost anybody has."


def _limit(instrument: Instrument, scale: Scale) -> Fraction | None:
    if scale.norms is not None:
        return BEYOND_THE_NORM * max(norm.middle_to for norm in scale.norms.table)
    return SELDOM_MORE.get(instrument.id)


def _changes(instrument: Instrument, scores: Sequence[ScaleScore], before: Before) -> Iterator[str]:
    earlier = {one.scale: one for one in before.scores}
    for now in scores:
        then, error = earlier.get(now.scale), detectable(instrument.scale(now.scale))
        if then is None or error is None or now.score is None or then.score is None:
            continue
        if now.category is None and then.category is None and abs(now.score - then.score) > error:
            yield (
                f"{now.scale} was {_written(then.score)} at {before.timepoint} and is {_written(now.score)}: "
                f"a change beyond the error of measurement, {_written(error)}."
            )


def _written(value: Fraction) -> str:
    return f"{float(value):.1f}".removesuffix(".0")
