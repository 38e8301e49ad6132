"""What invented people answer before and after: with real scatter, on average as was published.

Not for: other instruments than those of the shipped programmes, which nobody fills in here.

Where `FIGURES` name no source, the figure is this project's own: nothing was found that fits the group.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from random import Random
from typing import Final

from escape_tui.practice.chance import pick, rounded, together
from escape_tui.practice.people import Character
from sessions.formula import PercentOfMean, Single, Sum
from sessions.instrument import Instrument
from sessions.instrument_files import load_instrument
from sessions.rules import Timepoint


@dataclass(frozen=True, slots=True)
class Figure:
    """What is aimed at for one scale: mean and SD before, mean and SD of the change, in the scale's points.

    The SDs of the changes are chosen so that the share who improve comes near what was published: pain 84.8,
    function 75.8, quality of life 81.8 % (virtual delivery, knee).
    """

    mean: float
    spread: float
    change: float
    change_spread: float
    source: str = ""


_LEISURE = "change: leisure centres, 41 of them, 1,386 people"
_BACKS = "before and change: backs, four trusts, 286 people"
FIGURES: Final[Mapping[str, Mapping[str, Figure]]] = {
    "koos": {
        "symptoms": Figure(52, 16, 7, 11),
        "pain": Figure(47, 15, 10, 10, _LEISURE),
        "adl": Figure(51, 16, 9, 12.5, _LEISURE),
        "sport": Figure(25, 17, 8, 14),
        "qol": Figure(33, 15, 10, 11, _LEISURE),
    },
    "hoos": {
        "symptoms": Figure(50, 16, 7, 11),
        "pain": Figure(48, 15, 10, 10, _LEISURE),
        "adl": Figure(50, 16, 9, 12.5, _LEISURE),
        "sport": Figure(31, 17, 8, 14),
        "qol": Figure(34, 15, 10, 11, _LEISURE),
    },
    "msk-hq": {"total": Figure(25.6, 8.5, 9.3, 8, _BACKS)},
    # Lifted a little where the form ends at 0 and at 7, so that 2.5 and 1.1 come out.
    "activity-days": {"days": Figure(2.46, 1.9, 1.22, 2, _BACKS)},
    "chair-stand-30s": {"stands": Figure(9.5, 3, 2, 2.2)},
    "pain-nrs": {"pain": Figure(6, 1.6, -1.5, 1.7)},
}
_BLANK = 0.012
"""Share of the items of a long form that are left blank."""
_LONG_FORM = 10
_ARMS_BELOW = 4.5
"""Who would stand up fewer times than this in half a minute needs the arms."""
_RISK = {"medium": 0.86, "low": 0.12, "high": 0.02}


def answers_of(rng: Random, character: Character, instrument: str) -> dict[Timepoint, str]:
    """A person's answers by timepoint, with commas between; empty for an unknown instrument."""
    if instrument == "start-back":
        return {"baseline": _start_back(rng)}
    if instrument not in FIGURES:
        return {}
    form = load_instrument(instrument)
    before: dict[int, str] = {}
    after: dict[int, str] = {}
    for scale, figure in FIGURES[instrument].items():
        first, last = _scores(rng, character, figure, lower_is_better=_lower(form, scale))
        for score, cells in ((first, before), (last, after)):
            cells.update(_cells(rng, form, scale, score))
    return {"baseline": _line(before), "end": _line(after)}


def _scores(
    rng: Random, character: Character, figure: Figure, *, lower_is_better: bool
) -> tuple[float, float]:
    """What a scale comes to before and after, in points, before the limits of the form."""
    better = -1 if lower_is_better else 1
    before = figure.mean + better * figure.spread * together(rng, character.wellness)
    change = figure.change + better * figure.change_spread * together(rng, character.gain)
    return before, before + change


def _lower(form: Instrument, scale: str) -> bool:
    return next(one.better for one in form.scales if one.id == scale) == "lower"


def _cells(rng: Random, form: Instrument, scale: str, score: float) -> dict[int, str]:
    """The answers to the items of a scale that come to about `score`, by item number."""
    formula = next(one.formula for one in form.scales if one.id == scale)
    if not isinstance(formula, PercentOfMean | Single | Sum):
        raise TypeError("a figure is of a scale that adds items up")
    numbers = [number for items in form.items if items.group in formula.groups for number in items.numbers]
    most = int(form.items_at(numbers[0]).range.highest)
    if formula.kind == "single":
        if form.id == "chair-stand-30s" and score < _ARMS_BELOW:
            return {numbers[0]: "0 arms"}
        return {numbers[0]: str(rounded(rng, score, 0, most))}
    of_all = len(numbers) * most
    points = (1 - score / 100) * of_all if formula.kind == "percent-of-mean" else score
    marks = _spread(rng, rounded(rng, points, 0, of_all), len(numbers), most)
    blank = _BLANK if form.item_count >= _LONG_FORM and formula.kind == "percent-of-mean" else 0
    return {
        number: "" if rng.random() < blank else str(mark) for number, mark in zip(numbers, marks, strict=True)
    }


def _spread(rng: Random, points: int, items: int, most: int) -> list[int]:
    """`points` over so many items, unevenly, as people answer."""
    low, more = divmod(points, items)
    marks = [low + (number < more) for number in range(items)]
    rng.shuffle(marks)
    for _ in range(items):
        giver, taker = rng.randrange(items), rng.randrange(items)
        if marks[giver] > 0 and marks[taker] < most and giver != taker:
            marks[giver] -= 1
            marks[taker] += 1
    return marks


def _start_back(rng: Random) -> str:
    """Nine answers that make the class which this programme mostly takes."""
    risk = pick(rng, _RISK)
    worries = rng.choice((4, 5)) if risk == "high" else rng.randrange(1, 4) if risk == "medium" else 1
    limits = rng.randrange(0, 3) if risk == "low" else rng.randrange(max(0, 4 - worries), 5)
    bothered = rng.random() < worries / 5 or worries == 5
    first = _spread(rng, limits, 4, 1)
    second = _spread(rng, worries - bothered, 4, 1)
    return ",".join(map(str, [*first, *second, rng.choice((3, 4)) if bothered else rng.randrange(3)]))


def _line(cells: dict[int, str]) -> str:
    return ",".join(cells[number] for number in sorted(cells))
