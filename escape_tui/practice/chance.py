"""Chance that comes out the same every time: one stream for each thing that is left to it.

Not for: keys and ids of real work, which the system's own chance makes.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from random import Random
from typing import Final, TypeVar

_T = TypeVar("_T")
FIRST_SEED: Final = 4
"""Makes a group with two of one first name, one who has left, and one excused from the middle session."""
SHARED = 0.6
"""How much of the scatter in one thing about a person goes with the scatter in the others."""


def chance(seed: int, *of: str | int) -> Random:
    """The stream of `seed` for the thing that `of` names: what one thing draws never moves another."""
    return Random(":".join(map(str, (seed, *of))))  # noqa: S311 - nothing here is secret


def pick(rng: Random, weights: Mapping[_T, float]) -> _T:
    """One of the keys, by their weights."""
    return rng.choices(list(weights), list(weights.values()))[0]


def together(rng: Random, shared: float) -> float:
    """A standard normal value that goes with `shared`, which is another."""
    return math.sqrt(SHARED) * shared + math.sqrt(1 - SHARED) * rng.gauss(0, 1)


def rounded(rng: Random, value: float, lowest: int, highest: int) -> int:
    """A whole number near `value`, whose mean is `value` inside the limits."""
    below = math.floor(value)
    return min(highest, max(lowest, below + (rng.random() < value - below)))
