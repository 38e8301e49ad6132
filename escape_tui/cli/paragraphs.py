"""Plain text for a terminal or a printer: headings, wrapped paragraphs, lists, at 80 columns.

Not for: screens, and not for anything that a script reads.
"""

from __future__ import annotations

import textwrap
from collections.abc import Iterable

WIDTH = 80


def heading(title: str, note: str = "") -> str:
    """A section's title in capitals over a rule, with a note at the right margin."""
    gap = " " * max(2, WIDTH - len(title) - len(note))
    line = f"{title.upper()}{gap}{note}" if note else title.upper()
    return f"\n{line}\n{'-' * WIDTH}"


def paragraph(text: str, indent: int = 0, lead: str = "") -> str:
    """`text` wrapped; the first line begins with `lead`, the others stand under its text."""
    margin = " " * indent
    return textwrap.fill(
        text,
        WIDTH,
        initial_indent=margin + lead,
        subsequent_indent=margin + " " * len(lead),
        break_long_words=False,
        break_on_hyphens=False,
    )


def points(items: Iterable[str], indent: int = 0, mark: str = "- ") -> str:
    """A list, one point a paragraph."""
    return "\n".join(paragraph(item, indent, mark) for item in items)


def clock(seconds: int) -> str:
    """Seconds as minutes and seconds, `4:05`."""
    return f"{seconds // 60}:{seconds % 60:02d}"
