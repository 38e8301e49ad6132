"""Text cut and filled to a number of terminal cells, never to a number of characters.

A name may hold letters two cells wide, marks that take none, or writing from right to left.
Not for: styling; `Content` does that, from text that is never read as markup.
"""

from __future__ import annotations

from rich.cells import cell_len, set_cell_size
from textual.content import Content


def fit(text: str, cells: int) -> str:
    """`text` in exactly so many cells: filled with spaces, or cut with … at its end."""
    text = plain(text)
    if cell_len(text) <= cells:
        return set_cell_size(text, cells)
    return set_cell_size(text, cells - 1) + "…" if cells > 0 else ""


def cut(text: str, cells: int) -> str:
    """`text` in at most so many cells, cut with … where it is longer."""
    text = plain(text)
    return text if cell_len(text) <= cells else fit(text, cells)


def plain(text: str) -> str:
    """`text` on one line, without the control characters that would move the cursor."""
    return "".join(" " if char in "\n\r\t\v\f" else char for char in Content(text).plain)


def width(text: str) -> int:
    """How many cells `text` takes."""
    return cell_len(plain(text))
