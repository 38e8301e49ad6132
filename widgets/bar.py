"""A bar that fills, in eighths of a cell, with marks where something begins.

Not for: telling the time in figures.
"""

from __future__ import annotations

from itertools import groupby
from operator import itemgetter

from textual.content import Content
from textual.reactive import reactive
from textual.style import Style

from widgets.lines import Lines, joined
from widgets.tones import Tone, colour_of

EIGHTHS = " ▏▎▍▌▋▊▉"
TRACK, MARK, PASSED_MARK = "─", "┼", "│"


class TimeBar(Lines):
    """`progress` from 0 to 1; `marks` are places from 0 to 1. Drawn anew only when an eighth is full."""

    DEFAULT_CSS = """
    TimeBar { height: 1; }
    """

    progress: reactive[float] = reactive(0.0, repaint=False)
    marks: reactive[tuple[float, ...]] = reactive(())
    tone: reactive[str] = reactive(Tone.PLAIN.value)

    def __init__(
        self,
        progress: float = 0.0,
        marks: tuple[float, ...] = (),
        tone: str = Tone.PLAIN,
        *,
        id: str | None = None,
    ) -> None:
        super().__init__(id=id)
        self.set_reactive(TimeBar.progress, progress)
        self.set_reactive(TimeBar.marks, marks)
        self.set_reactive(TimeBar.tone, tone)

    def validate_progress(self, progress: float) -> float:
        """Never below 0 or beyond 1."""
        return min(1.0, max(0.0, progress))

    def watch_progress(self, before: float, now: float) -> None:
        """Redraw only where the eye could see it."""
        if eighths(before, self.size.width) != eighths(now, self.size.width):
            self.refresh()

    def lines(self, width: int, height: int | None) -> list[Content]:
        """The bar."""
        full, part = divmod(eighths(self.progress, width), 8)
        marks = {min(width - 1, int(mark * width)) for mark in self.marks}
        tone = Tone(self.tone) if self.tone in set(Tone) else Tone.PLAIN
        colour = colour_of(self.app, tone.variable)
        done, rest = Style(foreground=colour), self.ink("foreground-muted")
        passed = Style(foreground=colour, reverse=True)
        cells = [(PASSED_MARK, passed) if x in marks else ("█", done) for x in range(full)]
        cells += [(EIGHTHS[part], done)] if part else []
        cells += [(MARK if x in marks else TRACK, rest) for x in range(len(cells), width)]
        # Runs of one style, not a piece for each cell: this is drawn every second of an evening.
        runs = ((style, "".join(sign for sign, _ in run)) for style, run in groupby(cells, itemgetter(1)))
        return [joined(*(Content(signs).stylize(style) for style, signs in runs))]


def eighths(progress: float, width: int) -> int:
    """How many eighths of a cell are full; one that has begun shows something, one not over is not full."""
    if progress <= 0:
        return 0
    whole = 8 * width
    return whole if progress >= 1 else max(1, min(whole - 1, int(progress * whole)))
