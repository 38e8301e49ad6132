"""Rows for people: one line each, columns aligned, every text shown exactly as it was typed.

Not for: scripts, which read JSON.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator, Sequence


def aligned(rows: Iterable[Sequence[str]]) -> Iterator[str]:
    """The rows as lines, each column but the last as wide as its widest cell."""
    kept = [tuple(row) for row in rows]
    widths = [max(map(width, column)) for column in zip(*kept, strict=True)]
    for *first, last in kept:
        yield (
            "".join(
                f"{cell}{' ' * (wide - width(cell))}  " for cell, wide in zip(first, widths, strict=False)
            )
            + last
        )


def width(text: str) -> int:
    """How many places of a terminal `text` takes: two for a wide sign, none for a mark upon a letter."""
    return sum(map(_places, text))


def _places(sign: str) -> int:
    if unicodedata.combining(sign) or unicodedata.category(sign) in {"Cf", "Me"}:
        return 0
    return 2 if unicodedata.east_asian_width(sign) in {"W", "F"} else 1
