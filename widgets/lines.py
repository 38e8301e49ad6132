"""What the widgets of plain lines share: lines of `Content` of an exact width, and colours by name.

Not for: the large clock and the counter, which draw blocks.
"""

from __future__ import annotations

from textual.content import Content
from textual.geometry import Size
from textual.style import Style
from textual.widget import Widget

from widgets.cells import fit
from widgets.tones import colour_of

ROOM_TO_SAY = 4


class Lines(Widget, can_focus=False):
    """A widget made of lines; a subclass says which, for a width and the height that there is."""

    DEFAULT_CSS = """
    Lines { width: 1fr; height: auto; text-wrap: nowrap; text-overflow: clip; }
    """

    def lines(self, width: int, height: int | None) -> list[Content]:
        """Lines of at most `width` cells; `height` is None where as many may be had as are wanted."""
        raise NotImplementedError

    def render(self) -> Content:
        """The lines for the present size."""
        return Content("\n").join(self.lines(self.size.width, self.size.height)[: self.size.height])

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """As many rows as there are lines, drawn for the greatest height that the styles allow."""
        most = self.styles.max_height
        limit = None if most is None else int(most.resolve(container, viewport))
        return len(self.lines(width, limit)) if width else 0

    def ink(self, variable: str = "foreground", *, bold: bool = False, reverse: bool = False) -> Style:
        """A style whose colour is a variable of the running theme."""
        return Style(foreground=colour_of(self.app, variable), bold=bold or None, reverse=reverse or None)


def cell(text: str, cells: int, style: Style | None = None) -> Content:
    """Text in exactly so many cells, filled or cut with …, never read as markup."""
    content = Content(fit(text, cells))
    return content.stylize(style) if style else content


def joined(*parts: Content | str) -> Content:
    """Parts one after another; a string is text, not markup."""
    return Content("").join(Content(part) if isinstance(part, str) else part for part in parts)


def window(total: int, chosen: int, height: int | None) -> tuple[slice, int, int]:
    """Which of `total` lines to show the chosen one among them, and how many stay hidden on each side.

    From `ROOM_TO_SAY` lines on, the first and the last can say how many are hidden: the chosen one is then
    neither, unless nothing is hidden on its side.
    """
    if height is None or total <= height:
        return slice(0, total), 0, 0
    first = min(max(0, chosen - height // 2), total - height)
    last = first + height
    return slice(first, last), first, total - last
