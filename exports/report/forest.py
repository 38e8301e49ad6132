"""Mean change with its 95 % interval for each scale, drawn so that better lies to the right.

Not for: the figures, which the rows of `summary` hold and which stand beside each line in words.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil, floor, log10

from reportlab.platypus import Flowable

from exports.report.style import BOLD, DEEP, INK, LINE, PALE, REGULAR, SOFT, WIDTH, fitted

_ROW, _HEAD, _AXIS = 17.0, 15.0, 25.0
_LABEL, _FIGURES = 0.34, 0.29


@dataclass(frozen=True, slots=True)
class Line:
    """One scale. `mean`, `low`, `high` and `threshold` point towards better; `figures` is what is printed."""

    label: str
    mean: float
    low: float | None
    high: float | None
    threshold: float | None
    figures: str
    paired: str


@dataclass(frozen=True, slots=True)
class Panel:
    """Scales that share an axis, with what its unit is."""

    title: str
    unit: str
    lines: tuple[Line, ...]


class Forest(Flowable):  # type: ignore[misc]  # reportlab has no types
    """One panel: a line a scale, the axis below, the line of no change through it."""

    def __init__(self, panel: Panel, width: float = WIDTH) -> None:
        super().__init__()
        self._panel = panel
        self.width = width
        self.height = _HEAD + _ROW * len(panel.lines) + _AXIS
        self._left, self._right = width * _LABEL, width * (1 - _FIGURES)
        self._from, self._to, self._step = _axis(panel.lines)

    def wrap(self, _width: float, _height: float) -> tuple[float, float]:
        """Its size in points."""
        return self.width, self.height

    def draw(self) -> None:
        """Draw it on the canvas it was given."""
        self._heading()
        self._scale()
        for place, line in enumerate(self._panel.lines):
            self._line(line, self.height - _HEAD - _ROW * (place + 0.5))

    def _heading(self) -> None:
        canvas, y = self.canv, self.height - 9
        canvas.setFillColor(DEEP)
        canvas.setFont(BOLD, 9)
        canvas.drawString(0, y, fitted(self._panel.title, BOLD, 9, self._left - 6))
        canvas.setFillColor(SOFT)
        canvas.setFont(BOLD, 8)
        canvas.drawRightString(self.width - 34, y, "mean change (95\N{NO-BREAK SPACE}% interval)")
        canvas.drawRightString(self.width, y, "paired")

    def _scale(self) -> None:
        canvas, bottom, top = self.canv, _AXIS, self.height - _HEAD
        zero = self._x(0)
        canvas.setFillColor(PALE)
        canvas.rect(zero, bottom, self._right - zero, top - bottom, stroke=0, fill=1)
        canvas.setLineWidth(0.4)
        canvas.setFont(REGULAR, 7.5)
        for number in range(round(self._from / self._step), round(self._to / self._step) + 1):
            mark = number * self._step
            canvas.setStrokeColor(LINE)
            canvas.line(self._x(mark), bottom, self._x(mark), bottom - 3)
            canvas.setFillColor(SOFT)
            canvas.drawCentredString(self._x(mark), bottom - 10, f"{abs(mark):g}")
        canvas.setStrokeColor(LINE)
        canvas.line(self._left, bottom, self._right, bottom)
        canvas.setStrokeColor(INK)
        canvas.setLineWidth(0.9)
        canvas.line(zero, bottom, zero, top)
        canvas.setFillColor(INK)
        canvas.setFont(BOLD, 7.5)
        canvas.drawRightString(self._right, bottom - 20, f"better, {self._panel.unit} \N{RIGHTWARDS ARROW}")
        if zero - self._left > 40:  # noqa: PLR2004 - room for the word
            canvas.drawString(self._left, bottom - 20, "\N{LEFTWARDS ARROW} worse")

    def _line(self, line: Line, y: float) -> None:
        canvas = self.canv
        canvas.setFillColor(INK)
        canvas.setFont(REGULAR, 8.8)
        canvas.drawString(0, y - 3, fitted(line.label, REGULAR, 8.8, self._left - 6))
        canvas.drawRightString(self.width - 34, y - 3, line.figures)
        canvas.drawRightString(self.width, y - 3, line.paired)
        if line.threshold is not None:
            self._threshold(line.threshold, y)
        canvas.setStrokeColor(DEEP)
        canvas.setFillColor(DEEP)
        if line.low is not None and line.high is not None:
            low, high = sorted((self._x(line.low), self._x(line.high)))
            canvas.setLineWidth(1.6)
            canvas.line(low, y, high, y)
            canvas.line(low, y - 3, low, y + 3)
            canvas.line(high, y - 3, high, y + 3)
        canvas.circle(self._x(line.mean), y, 3.4, stroke=0, fill=1)

    def _threshold(self, value: float, y: float) -> None:
        """An upright dashed stroke where the published change is."""
        self.canv.saveState()
        self.canv.setStrokeColor(INK)
        self.canv.setLineWidth(1)
        self.canv.setDash(2, 1.5)
        self.canv.line(self._x(value), y - _ROW / 2 + 1, self._x(value), y + _ROW / 2 - 1)
        self.canv.restoreState()

    def _x(self, value: float) -> float:
        inside = min(max(value, self._from), self._to)
        return self._left + (self._right - self._left) * (inside - self._from) / (self._to - self._from)


def _axis(lines: Sequence[Line]) -> tuple[float, float, float]:
    """From, to and step of an axis that holds every line and no change."""
    values = [
        value
        for line in lines
        for value in (line.mean, line.low, line.high, line.threshold)
        if value is not None
    ]
    lowest, highest = min(0.0, *values, 0.0), max(0.0, *values, 0.0)
    span = max(highest - lowest, 1.0)
    rough = span / 5
    size = 10 ** floor(log10(rough))
    step = next(size * factor for factor in (1, 2, 5, 10) if size * factor >= rough)
    return step * floor(lowest / step - 0.15), step * ceil(highest / step + 0.15), step
