"""How figures are printed: points to one decimal, shares in whole per cent, from the tables' cells.

Not for: working figures out.
"""

from __future__ import annotations

from fractions import Fraction
from math import floor

from exports.rows import Number
from exports.writing import number

STATED = (
    "Figures are rounded from the cells of the tables in this return: means, standard deviations, changes "
    "and intervals to one decimal, dz to two, shares to whole per cent, halves upwards. Thresholds stand "
    "as published."
)
MINUS = "\N{MINUS SIGN}"
HARD_SPACE = "\N{NO-BREAK SPACE}"


def points(value: Number) -> str:
    """A score, mean or SD with one decimal."""
    return _decimals(value, 1)


def change(value: Number) -> str:
    """A change with one decimal and its sign; no sign where it is rounded to nothing."""
    return _signed(points(value))


def effect(value: Number) -> str:
    """A change in standard deviations with two decimals and its sign."""
    return _signed(_decimals(value, 2))


def interval(low: Number, high: Number) -> str:
    """Both ends of an interval of changes."""
    return f"{change(low)} to {change(high)}"


def percent(share: Number) -> str:
    """A share of 0 to 1 in whole per cent."""
    return f"{floor(_written(share) * 100 + Fraction(1, 2))}{HARD_SPACE}%"


def percent_of(part: int, whole: int) -> str:
    """`part` of `whole` in whole per cent; `ValueError` where there is no whole."""
    if whole <= 0:
        raise ValueError(f"{part} of {whole} is no share")
    return percent(Fraction(part, whole))


def as_published(value: Number) -> str:
    """A threshold with the decimals that it was published with."""
    return number(value)


def _decimals(value: Number, decimals: int) -> str:
    units = floor(_written(value) * 10**decimals + Fraction(1, 2))
    whole, rest = divmod(abs(units), 10**decimals)
    return f"{MINUS if units < 0 else ''}{whole}.{rest:0{decimals}d}"


def _signed(shown: str) -> str:
    return shown if shown.startswith(MINUS) or not shown.strip("0.") else f"+{shown}"


def _written(value: Number) -> Fraction:
    """The number as it stands in the table, so that whoever rounds that gets the same."""
    return Fraction(number(value))
