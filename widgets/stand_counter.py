"""The face of the chair stand: whose turn it is, the seconds left and the stands counted, both large.

Not for: running the 30 seconds or counting; the screen says what to show.
"""

from __future__ import annotations

from typing import ClassVar

from rich.segment import Segment
from rich.style import Style
from textual.reactive import reactive
from textual.strip import Strip
from textual.widget import Widget

from widgets.cells import fit
from widgets.cells import width as width_of
from widgets.glyphs import draw, drawable, fitting
from widgets.tones import Tone, colour_of

TOP_ROWS = 2
FOOT_ROWS = 1


class StandCounter(Widget, can_focus=False):
    """`time` such as "0:30", `count` of stands, `name` and `number` of the person, `word` such as what to press.

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
        id: str | None = None,  # noqa: A002 - Textual's own word
    ) -> None:
        super().__init__(id=id)
        self.set_reactive(StandCounter.time, time)
        self.set_reactive(StandCounter.count, count)
        self.set_reactive(StandCounter.person, person)
        self.set_reactive(StandCounter.number, number)
        self.set_reactive(StandCounter.word, word)
        self.set_reactive(StandCounter.running, running)

    def render_line(self, y: int) -> Strip:
        """A line of the face."""
        lines = self.text_lines(self.size.width, self.size.height)
        line = lines[y] if y < len(lines) else " " * self.size.width
        tone = Tone.WORK if self.running else Tone.PAUSED
        colour = colour_of(self.app, tone.variable if y >= TOP_ROWS else "foreground")
        style = Style(color=colour.rich_color, bgcolor=self.visual_style.background.rich_color, bold=True)
        return Strip([Segment(line, style)], self.size.width)

    def text_lines(self, width: int, height: int) -> list[str]:
        """Every line, each exactly `width` cells: who, the heads, the figures, the word."""
        tone = Tone.WORK if self.running else Tone.PAUSED
        who = f"{self.number or ''} {self.person}".strip()
        left, right = width // 2, width - width // 2
        heads = _centred(f"{tone.shape} {self.HEADS[0]}", left) + _centred(self.HEADS[1], right)
        rows = max(1, height - TOP_ROWS - FOOT_ROWS)
        figures = zip(_figure(self.time, left, rows), _figure(str(self.count), right, rows), strict=True)
        return [_centred(who, width), heads, *(a + b for a, b in figures), _centred(self.word, width)]


def _figure(text: str, width: int, rows: int) -> list[str]:
    """A figure as large as its half, in the middle of it."""
    size = fitting(text, width - 4, rows) if drawable(text) else None
    drawn = draw(text, size) if size else [text]
    above = (rows - len(drawn)) // 2
    lines = ["" for _ in range(above)] + drawn
    return [_centred(line, width) for line in lines + [""] * (rows - len(lines))]


def _centred(text: str, width: int) -> str:
    return fit(" " * max(0, (width - width_of(text)) // 2) + text, width)
