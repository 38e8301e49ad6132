"""An instrument as data: its items by number, its scales, and what is known of how to read them.

Not for: the wording of items, which is licensed and which a site attaches; reading the files
(`instrument_files`), taking answers (`answers`), or working scores out (`scoring`).

`unchecked = true` on any element says that it is general knowledge that nobody held against a source;
`ours = true` says that the element is this product's own because no source was found.
"""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction
from itertools import pairwise
from typing import Literal, Self

from pydantic import Field, model_validator

from sessions.formula import (
    Category,
    Classes,
    Exact,
    Formula,
    Mean,
    MeanOfScales,
    PercentOfMean,
    RecodedSum,
    Single,
    Table,
)
from sessions.text import Data, Id, Line, Text

Better = Literal["higher", "lower"]
Unit = Literal["points", "stands", "days", "minutes", "seconds"]


class Range(Data):
    """The lowest and the highest value, both allowed. `ours`: a limit against slips of the hand."""

    lowest: Exact
    highest: Exact
    ours: bool = False
    unchecked: bool = False

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.lowest >= self.highest:
            raise ValueError("highest must be above lowest")
        return self

    def codes(self) -> range:
        """Every whole number of the range, upwards."""
        return range(int(self.lowest), int(self.highest) + 1)


class Boxes(Data):
    """The codes of the printed boxes, counted from the left, or from the top where they stand in a column."""

    codes: tuple[int, ...] = Field(min_length=2)
    unchecked: bool = False


class Word(Data):
    """A word that may follow the answer `answer`, and the category that it gives the scale."""

    word: Id
    answer: Exact
    category: Category


class Items(Data):
    """Items that are answered alike. `better` is the direction in which an answer is better.

    `optional` items are answered where the form uses them. `boxes` is absent where a number is written.
    """

    group: Id
    numbers: tuple[int, ...] = Field(min_length=1)
    optional: tuple[int, ...] = ()
    range: Range
    better: Better
    decimals: bool = False
    boxes: Boxes | None = None
    words: tuple[Word, ...] = ()
    unchecked: bool = False

    @model_validator(mode="after")
    def _boxes_are_the_codes(self) -> Self:
        if self.boxes and sorted(self.boxes.codes) != list(self.range.codes()):
            raise ValueError("boxes must hold every code of the range once")
        if not set(self.optional) <= set(self.numbers):
            raise ValueError("optional names an item that is not in numbers")
        return self


class PaperItems(Data):
    """Items that stand on the paper alone, where subscale totals are entered, and their boxes."""

    numbers: tuple[int, ...] = Field(min_length=1)
    boxes: Boxes


class Missing(Data):
    """How many items must be answered for a score; of a scale made of scales, how many of those."""

    at_least: int = Field(ge=1)
    source: Text | None = None
    ours: bool = False
    unchecked: bool = False


class Threshold(Data):
    """A change that somebody published as large enough to matter, or to be more than error.

    `value` is what a change in the better direction is held against (at least so much). Of a published
    range it is the upper end, `low_end` the lower. The one `in_use` decides in reports.
    """

    kind: Literal["important", "moderate", "large", "error", "rule-of-thumb"]
    value: Exact = Field(gt=0)
    low_end: Exact | None = None
    unit: Literal[Unit, "percent"]
    measure: Line
    population: Text | None = None
    source: Text
    in_use: bool = False
    unchecked: bool = False


class Band(Data):
    """A published name for scores from `lowest` to `highest`, both included."""

    name: Category
    lowest: Exact
    highest: Exact
    source: Text
    unchecked: bool = False


class Norm(Data):
    """For one sex and ages in whole years: average begins at `average_from`; the middle half of people."""

    sex: Literal["female", "male"]
    from_age: int = Field(ge=0)
    to_age: int = Field(le=120)
    average_from: Exact
    middle_to: Exact


class Norms(Data):
    """Norms by age and sex; outside of them there is none."""

    source: Text
    middle_source: Text
    table: tuple[Norm, ...] = Field(min_length=1)


class Code(Data):
    """A code of a public terminology. `category`: for that class of the scale alone."""

    system: Literal["loinc", "loinc-answer", "snomed", "snomed-uk"]
    code: Line
    of: Line | None = None
    category: Category | None = None
    ucum: Line | None = None
    unchecked: bool = False


class Note(Data):
    """Something a reader of the scores should know."""

    text: Text
    source: Text | None = None
    unchecked: bool = False


class Scale(Data):
    """One score of an instrument. A scale that is a class has no `range`.

    Exactly one threshold is in use, or `no_threshold` says why none is.
    """

    id: Id
    better: Better
    unit: Unit = "points"
    range: Range | None = None
    formula: Formula
    missing: Missing
    no_threshold: Text | None = None
    thresholds: tuple[Threshold, ...] = ()
    bands: tuple[Band, ...] = ()
    norms: Norms | None = None
    codes: tuple[Code, ...] = ()

    @property
    def threshold_in_use(self) -> Threshold | None:
        """The change that counts as important in reports, in the scale's own unit."""
        return next((threshold for threshold in self.thresholds if threshold.in_use), None)

    @model_validator(mode="after")
    def _one_threshold_in_use(self) -> Self:
        used = [threshold for threshold in self.thresholds if threshold.in_use]
        if len(used) + (self.no_threshold is not None) != 1:
            raise ValueError("set one threshold in_use, or say in no_threshold why none is")
        if used and used[0].unit != self.unit:
            raise ValueError("the threshold in use must have the scale's unit")
        return self

    @model_validator(mode="after")
    def _range_and_bands(self) -> Self:
        if (self.range is None) != isinstance(self.formula, Classes):
            raise ValueError("give a range, save for a class, which has none")
        if any(later.lowest <= earlier.highest for earlier, later in pairwise(self.bands)):
            raise ValueError("bands must follow each other upwards without overlap")
        return self


class Marks(Data):
    """What a paper form's own guide says of a mark outside the boxes and of two marks on one item."""

    outside_a_box: Line | None = None
    two_marks: Text
    source: Text


class Licence(Data):
    """What is known of the permission to use the instrument, in a sentence of ours."""

    notice: Text
    source: Text | None = None
    unchecked: bool = False


class Version(Data):
    """Which edition of the form the items follow."""

    label: Line
    unchecked: bool = False


class Instrument(Data):
    """An instrument: items numbered from 1 in the order in which answers are given, and scales over them."""

    id: Id
    name: Line
    version: Version | None = None
    completion: Text
    licence: Licence
    marks: Marks | None = None
    items: tuple[Items, ...] = Field(min_length=1)
    paper: tuple[PaperItems, ...] = ()
    scales: tuple[Scale, ...] = Field(min_length=1)
    codes: tuple[Code, ...] = ()
    notes: tuple[Note, ...] = ()

    @property
    def item_count(self) -> int:
        """How many answers a full sheet has."""
        return sum(len(items.numbers) for items in self.items)

    @property
    def worded_items(self) -> tuple[int, ...]:
        """The numbers of the items that have wording: the paper's own, where totals are entered."""
        return _numbers(self.paper or self.items)

    def items_at(self, number: int) -> Items:
        """The items that `number` belongs to; `KeyError` where there is no such item."""
        for items in self.items:
            if number in items.numbers:
                return items
        raise KeyError(number)

    def scale(self, scale_id: str) -> Scale:
        """The scale of that id; `KeyError` where there is none."""
        for scale in self.scales:
            if scale.id == scale_id:
                return scale
        raise KeyError(scale_id)

    def items_of(self, scale: Scale) -> tuple[int, ...]:
        """The numbers of the items that `scale` rests on, upwards, each once."""
        formula = scale.formula
        if isinstance(formula, MeanOfScales | Classes):
            return tuple(sorted({n for part in formula.scales for n in self.items_of(self.scale(part))}))
        return _numbers(items for items in self.items if items.group in formula.groups)

    @model_validator(mode="after")
    def _whole(self) -> Self:
        if _numbers(self.items) != tuple(range(1, self.item_count + 1)):
            raise ValueError("items must be numbered from 1 without a gap, each once")
        if _numbers(self.paper) != tuple(range(1, len(_numbers(self.paper)) + 1)):
            raise ValueError("paper items must be numbered from 1 without a gap, each once")
        known: set[str] = set()
        for scale in self.scales:
            if scale.id in known:
                raise ValueError(f"scale {scale.id} stands twice")
            _check_parts(self, scale, known)
            known.add(scale.id)
        return self


def _numbers(groups: Iterable[Items | PaperItems]) -> tuple[int, ...]:
    return tuple(sorted(number for group in groups for number in group.numbers))


def _check_parts(instrument: Instrument, scale: Scale, scales_before: set[str]) -> None:
    """Raise `ValueError` where `scale` rests on what is not there, or asks for more than there is."""
    formula = scale.formula
    if isinstance(formula, MeanOfScales | Classes):
        if not set(formula.scales) <= scales_before:
            raise ValueError(f"scale {scale.id} rests on a scale that does not stand before it")
        parts = len(formula.scales)
    else:
        if not set(formula.groups) <= {items.group for items in instrument.items}:
            raise ValueError(f"scale {scale.id} rests on a group of items that does not exist")
        parts = len(instrument.items_of(scale))
    least = scale.missing.at_least
    if least > parts or (least < parts and not isinstance(formula, PercentOfMean | Mean)):
        raise ValueError(f"scale {scale.id} cannot be made of {least} of its {parts} parts")
    _check_formula(instrument, scale)


def _check_formula(instrument: Instrument, scale: Scale) -> None:
    """Raise `ValueError` where a formula's own figures do not fit the ranges of its items."""
    formula, numbers = scale.formula, instrument.items_of(scale)
    ranges = {number: instrument.items_at(number).range for number in numbers}
    match formula:
        case PercentOfMean() if {(r.lowest, r.highest) for r in ranges.values()} != {
            (Fraction(0), formula.worst)
        }:
            raise ValueError(f"the items of scale {scale.id} must go from 0 to its worst answer")
        case Single() if len(numbers) != 1:
            raise ValueError(f"scale {scale.id} is a single value over {len(numbers)} items")
        case Table():
            lowest = sum(one.lowest for one in ranges.values())
            highest = sum(one.highest for one in ranges.values())
            if (formula.first, formula.first + len(formula.values) - 1) != (lowest, highest):
                raise ValueError(f"the table of scale {scale.id} must go from {lowest} to {highest}")
        case RecodedSum():
            for recode in formula.recodes:
                if recode.item not in ranges or len(recode.counts) != len(ranges[recode.item].codes()):
                    raise ValueError(f"scale {scale.id} recodes item {recode.item} wrongly")
