"""The clock that a group reads across a hall: the word of the phase and the time, as large as can be.

Not for: running a clock. The screen says what the time is; this draws it, and only the lines that changed.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from rich.segment import Segment
from textual.geometry import Region
from textual.reactive import reactive
from textual.strip import Strip
from textual.widget import Widget

from widgets.cells import cut, fit
from widgets.cells import width as width_of
from widgets.glyphs import Size, draw, drawable, fitting, of_rows
from widgets.tones import Tone, ink_on

LEAST_ROWS = 7
"""Rows of the time that can be read from four metres on a laptop of 80x24."""
WORD_SHARE = 0.36
SPACE_BETWEEN = 4
NARROW = 0.34
BLOCKS = frozenset(" ▀▄█")


def clock_text(seconds: float) -> str:
    """Minutes and seconds that are left, a begun second counting whole; past the end `+` and the time over.

    Any number of minutes: 125 minutes are 125:00.
    """
    whole = -int(-seconds // 1)
    over = "+" if whole < 0 else ""
    minutes, rest = divmod(abs(whole), 60)
    return f"{over}{minutes}:{rest:02}"


@dataclass(frozen=True, slots=True)
class Layout:
    """How word and time share the space. `word` is None where the word is a plain line of text."""

    time: Size | None
    word: Size | None
    beside: bool = False

    @property
    def time_rows(self) -> int:
        """Rows of the time; 1 where it is plain text."""
        return self.time.rows if self.time else 1


class HallClock(Widget, can_focus=False):
    """Word, shape and time of a phase. `time` is text like "4:05" (see `clock_text`), `word` like "WORK"."""

    DEFAULT_CSS = """
    HallClock { width: 1fr; height: 1fr; min-height: 3; }
    """

    time: reactive[str] = reactive("", repaint=False)
    word: reactive[str] = reactive("", repaint=False)
    tone: reactive[str] = reactive(Tone.PLAIN.value, repaint=False)
    """One of `Tone`; anything else looks plain."""

    def __init__(
        self,
        time: str = "",
        word: str = "",
        tone: str = Tone.PLAIN,
        *,
        id: str | None = None,
        classes: str | None = None,
    ) -> None:
        super().__init__(id=id, classes=classes)
        self._lines: list[str] = []
        self._drawn_for = (0, 0)
        self.set_reactive(HallClock.time, time)
        self.set_reactive(HallClock.word, word)
        self.set_reactive(HallClock.tone, tone)

    def show(self, time: str, word: str, tone: str) -> None:
        """Set all three; what did not change costs nothing."""
        self.time, self.word, self.tone = time, word, tone

    @property
    def layout_now(self) -> Layout:
        """How word and time share the space at the present size."""
        return arrangement(self._said(), self.time, self.size.width, self.size.height)

    def watch_time(self) -> None:
        """Redraw the lines that the new time changes."""
        self._redraw()

    def watch_word(self) -> None:
        """Redraw the lines that the new word changes."""
        self._redraw()

    def watch_tone(self) -> None:
        """Everything changes its colour."""
        self._lines = []
        self.refresh()

    def render_line(self, y: int) -> Strip:
        """One line of blocks, in the colour of the phase."""
        if not self._lines or self._drawn_for != self.size:
            self._lines = self._draw()
        line = self._lines[y] if y < len(self._lines) else " " * self.size.width
        return Strip([Segment(line, ink_on(self, self._tone.variable))], self.size.width)

    @property
    def _tone(self) -> Tone:
        return Tone(self.tone) if self.tone in set(Tone) else Tone.PLAIN

    def _said(self) -> str:
        return f"{self._tone.shape} {self.word}".strip()

    def _redraw(self) -> None:
        if not self.is_attached or not self.size:
            return
        before, self._lines = self._lines, self._draw()
        if len(before) != len(self._lines):
            self.refresh()
            return
        regions = [
            Region(first, y, last - first, 1)
            for y, (old, new) in enumerate(zip(before, self._lines, strict=True))
            for first, last in [_difference(old, new)]
            if last > first
        ]
        if regions:
            self.refresh(*regions)

    def _draw(self) -> list[str]:
        self._drawn_for = self.size
        return lines_of(self._said(), self.time, self.size.width, self.size.height)


def lines_of(said: str, time: str, width: int, height: int) -> list[str]:
    """Every line of the clock, each exactly `width` columns."""
    layout = arrangement(said, time, width, height)
    time_lines = draw(time, layout.time) if layout.time else [cut(time, width)]
    word_lines = draw(said, layout.word) if layout.word else [cut(said, width)]
    if layout.beside:
        lines = [a + " " * SPACE_BETWEEN + b for a, b in zip(word_lines, time_lines, strict=True)]
    else:
        spare = height - len(word_lines) - len(time_lines)
        between = [""] * min(max(1, height // 12), max(0, spare))
        lines = [*word_lines, *between, *time_lines]
    above = max(0, (height - len(lines)) // 2)
    block = [_centred(line, width) for line in lines[:height]]
    blank = " " * width
    return [*[blank] * above, *block, *[blank] * (height - above - len(block))]


def arrangement(said: str, time: str, width: int, height: int) -> Layout:
    """The arrangement of word over time, or beside it, that makes the time largest."""
    return _arrangement(said, re.sub(r"\d", "0", time), width, height)


@lru_cache(maxsize=64)
def _arrangement(said: str, time: str, width: int, height: int) -> Layout:
    over = _over(said, time, width, height)
    beside = _beside(said, time, width, height)
    return beside if beside and beside.time_rows > over.time_rows else over


def _over(said: str, time: str, width: int, height: int) -> Layout:
    space = max(1, height // 12)
    if not time or not drawable(time):
        return Layout(None, _word_size(said, width, height - 1))
    word_rows = round(height * WORD_SHARE) - space
    word = _word_size(said, width, word_rows) if height - space - 3 > LEAST_ROWS else None
    used = (word.rows if word else 1) + space
    if word and height - used < LEAST_ROWS:
        word, used = None, 1 + space
    size = fitting(time, width, max(1, height - used), NARROW) or fitting(time, width, height - 1, NARROW)
    if size and word:
        # The width held the time back: what it leaves goes to the word, which stays the smaller of the two.
        word = _word_size(said, width, min(height - size.rows - space, max(word.rows, size.rows * 2 // 3)))
    return Layout(size, word)


def _beside(said: str, time: str, width: int, height: int) -> Layout | None:
    if not (said and time and drawable(said) and drawable(time)):
        return None
    for rows in range(height, LEAST_ROWS - 1, -1):
        time_size = of_rows(time, width, rows)
        left = width - SPACE_BETWEEN - (time_size.columns_of(time) if time_size else width)
        word_size = of_rows(said, left, rows)
        if time_size and word_size:
            return Layout(time_size, word_size, beside=True)
    return None


def _word_size(said: str, width: int, rows: int) -> Size | None:
    return fitting(said, width, rows, NARROW) if said and drawable(said) and rows >= 3 else None  # noqa: PLR2004


def _centred(line: str, width: int) -> str:
    if set(line) <= BLOCKS:
        return (" " * ((width - len(line)) // 2) + line).ljust(width)  # a cell each: no need to measure
    return fit(" " * max(0, (width - width_of(line)) // 2) + line, width)


def _difference(old: str, new: str) -> tuple[int, int]:
    """The first column that differs and the one after the last."""
    if old == new:
        return 0, 0
    apart = [x for x, (a, b) in enumerate(zip(old, new, strict=True)) if a != b]
    return apart[0], apart[-1] + 1
