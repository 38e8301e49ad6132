"""A funnel plot: sites by the number of their people, between limits that narrow as there are more.

Not for: the figures and limits, which `exports.centre.funnel` works out.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from reportlab.platypus import Flowable

from exports.report.style import BOLD, DEEP, INK, LINE, REGULAR, SOFT, WIDTH, fitted

_LEFT, _BOTTOM, _TOP, _RIGHT = 46.0, 30.0, 18.0, 8.0
_STEPS = 60
"""Of each limit's line."""


@dataclass(frozen=True, slots=True)
class Dot:
    """One site: its people, its figure, its code where it is to be named, filled where it lies outside."""

    n: int
    value: float
    name: str
    outside: bool


@dataclass(frozen=True, slots=True)
class Plot:
    """What is drawn. `limits` gives inner low, inner high, outer low, outer high for a number of people.

    `bounds` are what the figure cannot go beyond, None where there is no such thing.
    """

    title: str
    centre: float
    dots: Sequence[Dot]
    limits: Callable[[int], tuple[float, float, float, float]]
    shown: Callable[[float], str]
    bounds: tuple[float, float] | None
    people: str


class FunnelPlot(Flowable):  # type: ignore[misc]  # reportlab has no types
    """One plot over the width of the page."""

    def __init__(self, plot: Plot, width: float = WIDTH) -> None:
        super().__init__()
        self._plot = plot
        self.width, self.height = width, 230.0
        self._most = max(dot.n for dot in plot.dots) * 1.08
        self._least = max(1, min(dot.n for dot in plot.dots) - 1)
        ends = [*plot.limits(self._least + 1), *(dot.value for dot in plot.dots)]
        room = (max(ends) - min(ends)) * 0.05 or 0.5
        self._low, self._high = min(ends) - room, max(ends) + room
        if plot.bounds is not None:
            self._low, self._high = max(self._low, plot.bounds[0]), min(self._high, plot.bounds[1])

    def wrap(self, _width: float, _height: float) -> tuple[float, float]:
        """Its size in points."""
        return self.width, self.height

    def draw(self) -> None:
        """Draw it on the canvas it was given."""
        canvas = self.canv
        canvas.setFillColor(DEEP)
        canvas.setFont(BOLD, 9)
        canvas.drawString(0, self.height - 9, fitted(self._plot.title, BOLD, 9, self.width))
        self._axes()
        for place, (dash, wide) in enumerate(((4, 0.9), (4, 0.9), (0, 0.9), (0, 0.9))):
            self._limit(place, dash, wide)
        canvas.setStrokeColor(INK)
        canvas.setLineWidth(0.8)
        y = self._y(self._plot.centre)
        canvas.line(_LEFT, y, self.width - _RIGHT, y)
        for dot in self._plot.dots:
            self._dot(dot)

    def _axes(self) -> None:
        canvas = self.canv
        canvas.setStrokeColor(LINE)
        canvas.setLineWidth(0.5)
        canvas.line(_LEFT, _BOTTOM, self.width - _RIGHT, _BOTTOM)
        canvas.line(_LEFT, _BOTTOM, _LEFT, self.height - _TOP)
        canvas.setFont(REGULAR, 7.5)
        canvas.setFillColor(SOFT)
        for part in range(5):
            value = self._low + (self._high - self._low) * part / 4
            canvas.drawRightString(_LEFT - 4, self._y(value) - 2.5, self._plot.shown(value))
        for people in sorted(
            {round(self._least + (self._most - self._least) * part / 4) for part in range(5)}
        ):
            canvas.drawCentredString(self._x(people), _BOTTOM - 10, str(people))
        canvas.drawRightString(self.width - _RIGHT, _BOTTOM - 22, self._plot.people)

    def _limit(self, place: int, dash: int, wide: float) -> None:
        canvas = self.canv
        canvas.saveState()
        canvas.setStrokeColor(SOFT)
        canvas.setLineWidth(wide)
        if dash:
            canvas.setDash(dash, 2)
        path = canvas.beginPath()
        for step in range(_STEPS + 1):
            n = self._least + (self._most - self._least) * step / _STEPS
            value = min(max(self._plot.limits(max(1, round(n)))[place], self._low), self._high)
            (path.moveTo if step == 0 else path.lineTo)(self._x(max(1, round(n))), self._y(value))
        canvas.drawPath(path, stroke=1, fill=0)
        canvas.restoreState()

    def _dot(self, dot: Dot) -> None:
        canvas = self.canv
        canvas.setStrokeColor(DEEP)
        canvas.setFillColor(DEEP)
        x, y = self._x(dot.n), self._y(dot.value)
        # Outside is told by its filling and its name, not by colour.
        canvas.circle(x, y, 2.6, stroke=1, fill=1 if dot.outside else 0)
        if dot.outside:
            canvas.setFont(REGULAR, 7.5)
            canvas.setFillColor(INK)
            canvas.drawString(x + 4, y - 2.5, dot.name)

    def _x(self, n: float) -> float:
        span = self.width - _LEFT - _RIGHT
        return _LEFT + span * (n - self._least) / (self._most - self._least)

    def _y(self, value: float) -> float:
        span = self.height - _BOTTOM - _TOP
        return _BOTTOM + span * (value - self._low) / (self._high - self._low)
