"""Taking one person's answers: codes in the item order of an instrument, a comma between them.

Not for: what the answers come to (`scoring`).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from fractions import Fraction

from sessions.errors import Refused
from sessions.instrument import Instrument, Items

_NUMBER = re.compile(r"-?[0-9]{1,9}(\.[0-9]{1,9})?")


@dataclass(frozen=True, slots=True)
class Answer:
    """The code of one item; `category` where a word came with it (`0 arms` gives `arms_used`)."""

    value: Fraction
    category: str | None = None


Answers = tuple[Answer | None, ...]
"""One for each item of the instrument, from item 1 on; `None` where it was not answered."""


def parse_answers(instrument: Instrument, text: str) -> Answers:
    """The answers in `text`, comma between, blank = not answered, fewer than items = the rest not answered.

    Raises `Refused`, naming the item and what it allows, for an answer that is no number or out of range,
    and for more answers than items. A comma too many is refused although the last place may be blank: where
    it slipped in earlier it has moved every answer after it.
    """
    cells = text.split(",")
    count = instrument.item_count
    if len(cells) > count:
        raise Refused(
            f"There are {len(cells)} answers and {instrument.id} has {count} items.",
            f"Give at most {count}, in the order of the items, with {count - 1} commas at most between them.",
        )
    given = [
        _answer(instrument, number, cell.strip()) if cell.strip() else None
        for number, cell in enumerate(cells, start=1)
    ]
    return (*given, *[None] * (count - len(given)))


def _answer(instrument: Instrument, number: int, cell: str) -> Answer:
    items = instrument.items_at(number)
    figure, _, added = cell.partition(" ")
    word = next((one for one in items.words if one.word == added.strip().casefold()), None)
    if not _NUMBER.fullmatch(figure) or (added and word is None):
        raise _refused(instrument, number, "is not a number")
    # Most answers are whole, and an int is read many times faster.
    value = Fraction(figure if "." in figure else int(figure))
    if "." in figure and not items.decimals:
        raise _refused(instrument, number, "is not a whole number")
    if not items.range.lowest <= value <= items.range.highest:
        raise _refused(instrument, number, "is out of range")
    if word and value != word.answer:
        raise _refused(instrument, number, f"cannot be more than {word.answer} with the word {word.word}")
    return Answer(value, word.category if word else None)


def _refused(instrument: Instrument, number: int, fault: str) -> Refused:
    items = instrument.items_at(number)
    return Refused(
        f"The answer to item {number} of {instrument.id} ({items.group}) {fault}.",
        f"Give {_allowed(items)}, with a comma between answers, or leave it blank where it was not answered.",
    )


def _allowed(items: Items) -> str:
    kind = "number" if items.decimals else "whole number"
    allowed = f"a {kind} from {items.range.lowest} to {items.range.highest}"
    return " or ".join([allowed, *(f"{word.answer} {word.word}" for word in items.words)])
