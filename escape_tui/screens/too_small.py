"""What covers a screen in a window that is too small, and the classes that say how large it is.

Not for: drawing for one size or another; a screen's own `.tcss` does that by the classes.
"""

from __future__ import annotations

from typing import ClassVar, Final

from textual.app import RenderResult
from textual.content import Content
from textual.widget import Widget

LEAST_WIDTH: Final = 80
LEAST_HEIGHT: Final = 24
BREADTHS: Final[list[tuple[int, str]]] = [
    (0, "-too-narrow"), (LEAST_WIDTH, "-narrow"), (120, "-wide"), (200, "-very-wide"),
]  # fmt: skip
HEIGHTS: Final[list[tuple[int, str]]] = [(0, "-too-low"), (LEAST_HEIGHT, "-low"), (40, "-high")]


class TooSmall(Widget):
    """Covers everything while the window is too small (`app.tcss`); keys go on working underneath."""

    DEFAULT_CSS: ClassVar[str] = """
    TooSmall {
        display: none; layer: over; overlay: screen; offset: 0 0;
        width: 100vw; height: 100vh; content-align: center middle;
        background: $background; color: $foreground;
    }
    """

    def render(self) -> RenderResult:
        """The request."""
        now = self.app.size
        return Content(
            f"This window has {now.width} by {now.height}.\n"
            f"Please make it {LEAST_WIDTH} by {LEAST_HEIGHT} or larger,\n"
            "or the letters smaller.\nNothing is lost; e and F12 work."
        )
