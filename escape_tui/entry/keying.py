"""One sheet while it is typed from paper: what each key does to it. Pure: no store, no clock, no screen.

Where boxes are printed, a key is the box counted from the left, and the instrument says which code that is.
Where more than nine are printed they carry figures: the key is that figure, `x` is 10. Where a number is
written, its digits are typed; where none has two digits, the first answers.

Not for: keeping what was typed (`keeping`), or whether an answer is likely (`sessions.unlikely`).
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Final

from escape_tui.store.drafts import Typed
from sessions.answers import Answers
from sessions.errors import Refused
from sessions.instrument import Instrument, Items, Word
from sessions.measured import Codes, answers_in

BLANK: Final = ""
"""An item that was left empty on the paper."""
TEN: Final = "x"
POINT: Final = "."
_KEYS_THAT_COUNT: Final = 9
_DECIMAL_PLACES: Final = 2
_TEN: Final = 10


@dataclass(frozen=True, slots=True)
class TypedSheet:
    """A sheet as far as it is typed. `at` is the index of the item that waits; the count of items for none.

    `pending` are digits of a figure that is not taken yet.
    """

    instrument: Instrument
    cells: tuple[Typed, ...]
    at: int = 0
    pending: str = ""

    @property
    def is_complete(self) -> bool:
        """Whether something was said of every item."""
        return None not in self.cells and not self.pending

    @property
    def items(self) -> Items | None:
        """What the item that waits is like; None where none waits."""
        return self.instrument.items_at(self.at + 1) if self.at < len(self.cells) else None

    @property
    def typed(self) -> int:
        """Of how many items something was said."""
        return sum(cell is not None for cell in self.cells)

    @property
    def answers(self) -> Answers:
        """The answers so far; what is blank and what is not typed yet are None."""
        return answers_in(self.instrument, self.codes)

    @property
    def codes(self) -> Codes:
        """The codes so far, as a record keeps them."""
        return tuple(cell or None for cell in self.cells)


def empty_sheet(instrument: Instrument) -> TypedSheet:
    """A sheet of which nothing is typed."""
    return TypedSheet(instrument, (None,) * instrument.item_count)


def recorded_sheet(instrument: Instrument, codes: Codes) -> TypedSheet:
    """A sheet that is recorded already, to be put right; one that is missing as a whole is empty."""
    if not codes:
        return empty_sheet(instrument)
    return TypedSheet(instrument, tuple(code or BLANK for code in codes), len(codes))


def keys_of(items: Items) -> tuple[str, ...]:
    """The keys that answer an item at once, in the order of `codes_of_keys`; none for a figure."""
    codes = _boxes(items)
    if items.boxes and len(codes) <= _KEYS_THAT_COUNT:
        return tuple(str(box) for box in range(1, len(codes) + 1))
    return tuple(TEN if code == _TEN else str(code) for code in codes)


def codes_of_keys(items: Items) -> tuple[str, ...]:
    """The codes that the keys of `keys_of` give."""
    return tuple(map(str, _boxes(items)))


def word_of(items: Items, key: str) -> Word | None:
    """The word that a letter stands for: its first, such as `a` for `arms`."""
    return next((word for word in items.words if word.word.startswith(key)), None)


def press(sheet: TypedSheet, key: str) -> TypedSheet:
    """The sheet after a digit, `x`, a point or the letter of a word. `Refused` for what is no answer."""
    items = sheet.items
    if items is None:
        raise Refused("Every item has its answer.", "Enter records the sheet; arrows lead to an item.")
    word = word_of(items, key) if key.isalpha() and key != TEN else None
    if word is not None and not sheet.pending:
        return _answered(sheet, f"{word.answer} {word.word}")
    keys = keys_of(items)
    if keys:
        if key not in keys:
            raise Refused(f"{key} is no answer of item {sheet.at + 1}.", _allowed(items))
        return _answered(sheet, codes_of_keys(items)[keys.index(key)])
    return replace(sheet, pending=_figure(items, sheet.pending + key, sheet.at))


def take_figure(sheet: TypedSheet) -> TypedSheet:
    """The sheet with the figure that was typed as the answer. `Refused` where it cannot be one."""
    items = sheet.items
    if items is None or not sheet.pending:
        raise Refused("No figure is typed.", "Type it first, or b where the paper is blank.")
    value = Fraction(sheet.pending.rstrip(POINT) or "0")
    if not items.range.lowest <= value <= items.range.highest:
        raise Refused(f"{sheet.pending} is no answer of item {sheet.at + 1}.", _allowed(items))
    code = sheet.pending.rstrip(POINT)
    return _answered(sheet, code.lstrip("0") or "0" if POINT not in code else code)


def leave_blank(sheet: TypedSheet) -> TypedSheet:
    """The sheet with the item that waits left empty, as it is on the paper."""
    if sheet.items is None:
        raise Refused("Every item has its answer.", "Lead to the item with the arrows first.")
    return _answered(sheet, BLANK)


def go_back(sheet: TypedSheet) -> TypedSheet:
    """Take out the last digit; without one the answer of the item before, which then waits."""
    if sheet.pending:
        return replace(sheet, pending=sheet.pending[:-1])
    at = max(0, sheet.at - 1)
    return replace(sheet, cells=_with(sheet.cells, at, None), at=at)


def step(sheet: TypedSheet, by: int) -> TypedSheet:
    """Go some items on or back and change nothing; a figure half typed is given up."""
    return jump(sheet, min(len(sheet.cells), max(1, sheet.at + 1 + by)))


def jump(sheet: TypedSheet, number: int) -> TypedSheet:
    """Go to the item of that number, from 1. `Refused` where there is none."""
    if not 1 <= number <= len(sheet.cells):
        raise Refused(f"There is no item {number}.", f"The sheet has items 1 to {len(sheet.cells)}.")
    return replace(sheet, at=number - 1, pending="")


def first_waiting(sheet: TypedSheet) -> int | None:
    """The number of the first item of which nothing is typed; None where there is none."""
    return next((number for number, cell in enumerate(sheet.cells, start=1) if cell is None), None)


def _boxes(items: Items) -> tuple[int, ...]:
    if items.boxes:
        return items.boxes.codes
    if items.range.highest <= _KEYS_THAT_COUNT and not items.decimals:
        return tuple(items.range.codes())
    return ()


def _figure(items: Items, typed: str, at: int) -> str:
    """The digits so far. `Refused` where no answer begins so."""
    whole, point, places = typed.partition(POINT)
    may_have_point = items.decimals or not point
    if (
        not (whole + places).isascii()
        or not (whole + places).isdigit()
        or not may_have_point
        or len(whole) > len(str(int(items.range.highest)))
        or len(places) > _DECIMAL_PLACES
        or Fraction(typed.rstrip(POINT) or "0") > items.range.highest
    ):
        raise Refused(f"{typed} is no answer of item {at + 1}.", _allowed(items))
    return typed


def _answered(sheet: TypedSheet, cell: str) -> TypedSheet:
    cells = _with(sheet.cells, sheet.at, cell)
    waiting = [at for at, one in enumerate(cells) if one is None]
    after = next((at for at in waiting if at > sheet.at), waiting[0] if waiting else len(cells))
    return replace(sheet, cells=cells, at=after, pending="")


def _with(cells: tuple[Typed, ...], at: int, cell: Typed) -> tuple[Typed, ...]:
    return (*cells[:at], cell, *cells[at + 1 :])


def _allowed(items: Items) -> str:
    keys = keys_of(items)
    words = [f"{word.word[0]} for {word.word}" for word in items.words]
    if keys:
        shown = f"Keys {keys[0]} to {keys[-1]}" if keys[-1] != TEN else f"Keys {keys[0]} to 9, x for 10"
        return f"{', '.join([shown, *words])}, b for blank."
    figure = f"A figure from {items.range.lowest} to {items.range.highest}"
    return f"{', '.join([figure, *words])}, b for blank."
