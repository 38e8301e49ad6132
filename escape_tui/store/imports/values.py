"""Cells that are neither codes nor days: references, names, telephone numbers, whole numbers, months.

Each reader raises `Refused`, which never repeats the cell. Not for: blank cells, which say nothing.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from fractions import Fraction

from escape_tui.store.imports.words import YES_NO
from sessions.errors import Refused

LONGEST_TEXT = 200
MOST_PAIN_MONTHS = 120 * 12

_ROUNDED_NUMBER = re.compile(r"[0-9](?:[.,][0-9]+)?[Ee]\+?[0-9]{1,2}")
_MONTHS = re.compile(r"([0-9]{1,4}(?:\.[0-9]{1,2})?) ?([a-z]*)\.?", re.IGNORECASE)
_MONTH_UNITS = frozenset({"m", "mo", "mos", "mth", "mths", "month", "months"})
_YEAR_UNITS = frozenset({"y", "yr", "yrs", "year", "years"})


def text(cell: str) -> str:
    """`cell` as it stands, white space drawn together; at most 200 characters, no control character."""
    cell = " ".join(cell.split())
    if not cell.isprintable() and any(unicodedata.category(character) == "Cc" for character in cell):
        raise Refused("there is a control character in this cell.", "Type the cell again.")
    if len(cell) > LONGEST_TEXT:
        raise Refused(f"this is longer than {LONGEST_TEXT} characters.", "Shorten it.")
    return cell


def number_like_text(cell: str) -> str:
    """A reference or telephone number, kept as text; refused where a spreadsheet has rounded it."""
    if _ROUNDED_NUMBER.fullmatch(cell.strip()):
        raise Refused(
            "a spreadsheet has turned this into a rounded number, so digits are lost.",
            "Format the column as text, enter it again and save.",
        )
    return text(cell)


def need(cell: str) -> str:
    """What a person needs: `yes`, `no`, or words of its own (`loop`, `Polish`)."""
    return YES_NO.understand(cell) or text(cell)


def whole_number(lowest: int, highest: int, before: str = "") -> Callable[[str], int]:
    """A reader of whole numbers from `lowest` to `highest`, with or without the word `before` in front."""
    pattern = re.compile(rf"(?:{before} ?)?([0-9]{{1,6}})(?:\.0+)?", re.IGNORECASE)

    def read(cell: str) -> int:
        found = pattern.fullmatch(" ".join(cell.split()))
        if found is None or not lowest <= int(found[1]) <= highest:
            raise Refused(
                "this is not a number that fits here.", f"Give a whole number from {lowest} to {highest}."
            )
        return int(found[1])

    return read


def months(cell: str) -> int:
    """Whole months from 0 to 1440: `18`, `18 months`, `1.5 years`."""
    found = _MONTHS.fullmatch(" ".join(cell.split()))
    unit = found[2].casefold() if found else ""
    if found and unit in _YEAR_UNITS:
        count = Fraction(found[1]) * 12
    elif found and (not unit or unit in _MONTH_UNITS):
        count = Fraction(found[1])
    else:
        count = Fraction(-1)
    if count.denominator != 1 or not 0 <= count <= MOST_PAIN_MONTHS:
        raise Refused(
            "this is not a number of months.",
            f"Give whole months from 0 to {MOST_PAIN_MONTHS}, or leave the cell blank.",
        )
    return int(count)
