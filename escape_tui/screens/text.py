"""People's text on a screen: always data, never markup.

Not for: what a sentence says. Whoever draws a name hands it to one of these; no string with a name in it
is ever given to Textual as markup.
"""

from __future__ import annotations

from collections.abc import Iterable

from textual.content import Content


def plain(text: str) -> Content:
    """Text exactly as it is."""
    return Content(text)


def said(template: str, **values: object) -> Content:
    """A template in Textual's markup, its values as they are: `said("[b]$name[/]", name=n)`.

    The template is a literal of our own; a value is never parsed. One that is `Content` keeps its style.
    """
    return Content.from_markup(template, **values)


def lines(parts: Iterable[Content | str]) -> Content:
    """One under the other; a string is taken exactly as it is."""
    return Content("\n").join([part if isinstance(part, Content) else Content(part) for part in parts])


def in_a_row(parts: Iterable[Content | str], between: str = "  ") -> Content:
    """One beside the other; a string is taken exactly as it is."""
    return Content(between).join([part if isinstance(part, Content) else Content(part) for part in parts])
