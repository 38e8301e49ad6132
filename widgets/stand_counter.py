"""The face of the chair stand: whose turn it is, the seconds left and the stands counted, both large.

Not for: running the 30 seconds or counting; the screen says what to show.
"""

from __future__ import annotations

from typing import ClassVar

from rich.segment import Segment
from textual.reactive import reactive
from textual.strip import Strip
from textual.widget import Widget

from widgets.cells import fit
from widgets.cells import width as width_of
from widgets.glyphs import draw, drawable, fitting
from widgets.tones import Tone, ink_on

TOP_ROWS = 2
FOOT_ROWS = 1
MARGIN = 4


class StandCounter(Widget, can_focus=False):
    """`time` like "0:30", `count` of stands, whose (`person`, `number`), `word` for what to press.

    While it is `running` the time has the shape and colour of work, before and after those of a pause.
    """

    DEFAULT_CSS = """
    StandCounter { width: 1fr; height: 1fr; min-height: 8; }
    """

    HEADS: ClassVar[tuple[str, str]] = ("time left", "stands")

    time: reactive[str] = reactive("0:30")
    count: reactive[int] = reactive(0)
    person: reactive[str] = reactive("")
    number: reactive[int] = reactive(0)
    running: reactive[bool] = reactive(False)
    word: reactive[str] = reactive("")

    def __init__(
        self,
        time: str = "0:30",
        count: int = 0,
        person: str = "",
        number: int = 0,
        word: str = "",
        *,
        running: bool = False,
        id: str | None = None,
    ) -> None:
        super().__init__(id=id)
        self.set_reactive(StandCounter.time, time)
        self.set_reactive(StandCounter.count, count)
        self.set_reactive(StandCounter.person, person)
        self.set_reactive(StandCounter.number, number)
        self.set_reactive(StandCounter.word, word)
        self.set_reactive(StandCounter.running, running)

    def render_line(self, y: int) -> Strip:
        """A line of the face: the time in the colour of its phase, the count in another."""
        lines = self.text_lines(self.size.width, self.size.height)
        line = lines[y] if y < len(lines) else " " * self.size.width
        if not TOP_ROWS <= y < self.size.height - FOOT_ROWS:
            return Strip([Segment(line, ink_on(self, "foreground"))], self.size.width)
        half = self.size.width // 2
        return Strip(
            [
                Segment(line[:half], ink_on(self, self._tone.variable)),
                Segment(line[half:], ink_on(self, "accent")),
            ],
            self.size.width,
        )

    @property
    def _tone(self) -> Tone:
        return Tone.WORK if self.running else Tone.PAUSED

    def text_lines(self, width: int, height: int) -> list[str]:
        """Every line, each exactly `width` cells: who, the heads, the figures, the word."""
        who = f"{self.number or ''} {self.person}".strip()
        left, right = width // 2, width - width // 2
        heads = _centred(f"{self._tone.shape} {self.HEADS[0]}", left) + _centred(self.HEADS[1], right)
        rows = max(1, height - TOP_ROWS - FOOT_ROWS)
        alike = min(_rows(self.time, left, rows), _rows(str(self.count), right, rows))
        time, count = _figure(self.time, left, alike), _figure(str(self.count), right, alike)
        above = [" " * width] * ((rows - alike) // 2)
        below = [" " * width] * (rows - alike - len(above))
        figures = [a + b for a, b in zip(time, count, strict=True)]
        return [_centred(who, width), heads, *above, *figures, *below, _centred(self.word, width)]


def _rows(text: str, width: int, rows: int) -> int:
    """How many rows a figure can have in its half; 1 where it has to be plain."""
    size = fitting(text, width - MARGIN, rows) if drawable(text) else None
    return size.rows if size else 1


def _figure(text: str, width: int, rows: int) -> list[str]:
    """A figure in the middle of its half."""
    size = fitting(text, width - MARGIN, rows) if drawable(text) else None
    return [_centred(line, width) for line in (draw(text, size) if size else [text])]


def _centred(text: str, width: int) -> str:
    return fit(" " * max(0, (width - width_of(text)) // 2) + text, width)
