"""Scores of one person's answers, as exact fractions.

Not for: reading answers (`answers`), what a score means (`norms`), change between timepoints or cohorts.
Nothing is rounded here: a score becomes a decimal number where it is written.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import assert_never

from sessions.answers import Answers
from sessions.formula import (
    Classes,
    Mean,
    MeanOfScales,
    OverItems,
    OverScales,
    PercentOfMean,
    RecodedSum,
    Single,
    Sum,
    Table,
)
from sessions.instrument import Instrument, Scale


@dataclass(frozen=True, slots=True)
class ScaleScore:
    """What one scale came to.

    `score` is `None` for a class and where the rule for missing answers forbids one; `why_not_scored` then
    says so. `category` is the class (`risk`: low, medium, high), or what was noted with the answer
    (`arms_used`). `items` counts those that had to be answered and the optional ones that were.
    """

    scale: str
    score: Fraction | None
    category: str | None
    answered: int
    items: int
    why_not_scored: str | None


def score(instrument: Instrument, answers: Answers) -> tuple[ScaleScore, ...]:
    """The result of every scale of `instrument`, in its order.

    `answers` holds one place for each item; `ValueError` where it does not.
    """
    if len(answers) != instrument.item_count:
        raise ValueError(f"{instrument.id} has {instrument.item_count} items, not {len(answers)}")
    results: dict[str, ScaleScore] = {}
    for scale in instrument.scales:
        results[scale.id] = _score_scale(instrument, scale, answers, results)
    return tuple(results.values())


def _score_scale(
    instrument: Instrument, scale: Scale, answers: Answers, before: dict[str, ScaleScore]
) -> ScaleScore:
    numbers = instrument.items_of(scale)
    given = {number: answer for number in numbers if (answer := answers[number - 1]) is not None}
    spared = sum(number in instrument.items_at(number).optional for number in numbers if number not in given)
    answered, items = len(given), len(numbers) - spared
    formula = scale.formula

    def result(points: Fraction | None, category: str | None, why_not: str | None) -> ScaleScore:
        return ScaleScore(scale.id, points, category, answered, items, why_not)

    if isinstance(formula, MeanOfScales | Classes):
        parts = {part: before[part].score for part in formula.scales}
        scored = {part: points for part, points in parts.items() if points is not None}
        if len(scored) < len(parts):
            absent = ", ".join(part for part in parts if part not in scored)
            return result(None, None, f"It rests on {absent}, without a score here.")
        return result(*_of_scales(formula, scored), None)
    if answered < scale.missing.at_least:
        need = scale.missing.at_least
        return result(None, None, f"{answered} of {items} answered, a score needs {need}.")
    category = next((answer.category for answer in given.values() if answer.category), None)
    values = {number: answer.value for number, answer in given.items()}
    return result(_of_items(formula, values), category, None)


def _of_items(formula: OverItems, values: dict[int, Fraction]) -> Fraction:
    """The score of `values` by item number; the rule for missing answers has let them through."""
    total = sum(values.values(), Fraction(0))
    match formula:
        case Sum() | Single():
            return total
        case Mean():
            return total / len(values)
        case PercentOfMean():
            return 100 - 100 * total / len(values) / formula.worst
        case Table():
            return formula.values[int(total) - formula.first]
        case RecodedSum():
            return _recoded(formula, values)
        case _:
            assert_never(formula)


def _recoded(formula: RecodedSum, values: dict[int, Fraction]) -> Fraction:
    counts = {recode.item: recode.counts for recode in formula.recodes}
    return sum(
        (counts[item][int(value)] if item in counts else value for item, value in values.items()), Fraction(0)
    )


def _of_scales(formula: OverScales, scores: dict[str, Fraction]) -> tuple[Fraction | None, str | None]:
    """Score and category of a scale over other scales, all of which have a score."""
    match formula:
        case MeanOfScales():
            return sum(scores.values(), Fraction(0)) / len(scores), None
        case Classes():
            return None, next(
                one.category
                for one in formula.classes
                if all(scores[test.scale] <= test.at_most for test in one.when)
            )
        case _:
            assert_never(formula)
