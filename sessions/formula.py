"""The closed set of ways in which a scale's score comes from answers, as records.

Not for: working a score out (`scoring`).
"""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from itertools import pairwise
from typing import Annotated, Literal, Self

from pydantic import Field, PlainSerializer, PlainValidator, StringConstraints, model_validator

from sessions.text import Data, Id


def _exact(value: object) -> Fraction:
    match value:
        case bool():
            pass
        case int() | Fraction():
            return Fraction(value)
        case Decimal() if value.is_finite():
            return Fraction(value)
    raise ValueError("must be a finite number")


def _plain(value: Fraction) -> int | float:
    return value.numerator if value.denominator == 1 else float(value)


Exact = Annotated[Fraction, PlainValidator(_exact), PlainSerializer(_plain, return_type=int | float)]
"""A number kept as the exact fraction of the digits in the file; a float is refused."""

Category = Annotated[str, StringConstraints(pattern=r"^[a-z]+(_[a-z]+)*$", max_length=40)]
"""The name of a class that stands in a table: lower case words, underscores between."""

Groups = Annotated[tuple[Id, ...], Field(min_length=1)]
"""Groups of items that a formula takes together."""


class PercentOfMean(Data):
    """100 less the mean answer as a percentage of the `worst` answer: 100 is best, 0 is worst."""

    kind: Literal["percent-of-mean"]
    groups: Groups
    worst: Exact


class Sum(Data):
    """The plain sum of the answers."""

    kind: Literal["sum"]
    groups: Groups


class Mean(Data):
    """The mean of the items answered."""

    kind: Literal["mean"]
    groups: Groups


class Table(Data):
    """The sum of the answers, looked up: `values` begins at the raw sum `first` and goes up by one."""

    kind: Literal["table"]
    groups: Groups
    first: int
    values: tuple[Exact, ...] = Field(min_length=2)

    @model_validator(mode="after")
    def _strictly_monotone(self) -> Self:
        steps = {(after > before) - (after < before) for before, after in pairwise(self.values)}
        if steps not in ({1}, {-1}):
            raise ValueError("values must rise, or fall, at every step")
        return self


class Single(Data):
    """The one answer of a group of one item, as it is."""

    kind: Literal["single"]
    group: Id

    @property
    def groups(self) -> tuple[Id, ...]:
        """The group, as every formula over items names its groups."""
        return (self.group,)


class Recode(Data):
    """What the answers of one item count: `counts` begins at its lowest code and goes up by one."""

    item: int = Field(ge=1)
    counts: tuple[Exact, ...] = Field(min_length=2)


class RecodedSum(Data):
    """The sum of the answers, some of them recoded first."""

    kind: Literal["recoded-sum"]
    groups: Groups
    recodes: tuple[Recode, ...] = Field(min_length=1)


class MeanOfScales(Data):
    """The mean of scales that stand before this one."""

    kind: Literal["mean-of-scales"]
    scales: tuple[Id, ...] = Field(min_length=2)


class AtMost(Data):
    """That a scale's score is at most so much."""

    scale: Id
    at_most: Exact


class Class(Data):
    """A class and what must hold for it; the last class of a list asks for nothing."""

    category: Category
    when: tuple[AtMost, ...] = ()


class Classes(Data):
    """The first class whose conditions hold on scales that stand before this one."""

    kind: Literal["class"]
    classes: tuple[Class, ...] = Field(min_length=2)

    @model_validator(mode="after")
    def _only_the_last_asks_for_nothing(self) -> Self:
        if [bool(one.when) for one in self.classes] != [True] * (len(self.classes) - 1) + [False]:
            raise ValueError("every class but the last needs a condition, and the last has none")
        return self

    @property
    def scales(self) -> tuple[str, ...]:
        """The scales that decide, each once."""
        return tuple(dict.fromkeys(test.scale for one in self.classes for test in one.when))


OverItems = PercentOfMean | Sum | Mean | Table | Single | RecodedSum
OverScales = MeanOfScales | Classes
Formula = Annotated[OverItems | OverScales, Field(discriminator="kind")]
