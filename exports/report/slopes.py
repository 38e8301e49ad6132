"""One scale of each person, from baseline to end: a line a person, with the person's number at both ends.

Not for: a return, in which no single person is shown.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from reportlab.platypus import Flowable

from exports.report.style import BOLD, DEEP, INK, LINE, REGULAR, SOFT, fitted

_TOP, _BOTTOM, _NUMBERS = 26.0, 14.0, 44.0
_APART = 7.5


@dataclass(frozen=True, slots=True)
class Slope:
    """One person's two scores, and which way they went: 1 better, 0 the same, -1 worse."""

    number: int
    baseline: float
    end: float
    way: int


class Slopes(Flowable):  # type: ignore[misc]  # reportlab has no types
    """All slopes of one scale, over the range from the lowest to the highest of them."""

    def __init__(self, title: str, better: str, slopes: Sequence[Slope], width: float) -> None:
        super().__init__()
        self._title, self._better, self._slopes = title, better, tuple(slopes)
        self.width, self.height = width, 190.0
        values = [value for one in slopes for value in (one.baseline, one.end)]
        self._lowest, self._highest = min(values), max(values)

    def wrap(self, _width: float, _height: float) -> tuple[float, float]:
        """Its size in points."""
        return self.width, self.height

    def draw(self) -> None:
        """Draw it on the canvas it was given."""
        canvas = self.canv
        canvas.setFillColor(DEEP)
        canvas.setFont(BOLD, 9)
        canvas.drawString(0, self.height - 9, fitted(self._title, BOLD, 9, self.width))
        canvas.setFillColor(SOFT)
        canvas.setFont(REGULAR, 7.5)
        canvas.drawString(0, self.height - 18, f"{self._better} is better")
        left, right = _NUMBERS, self.width - _NUMBERS
        canvas.drawCentredString(left, 2, "before")
        canvas.drawCentredString(right, 2, "at the end")
        canvas.setStrokeColor(LINE)
        canvas.line(left, _BOTTOM, left, self.height - _TOP)
        canvas.line(right, _BOTTOM, right, self.height - _TOP)
        for one in self._slopes:
            self._slope(one, left, right)
        self._labels(
            [(self._y(one.baseline), one.number, one.baseline) for one in self._slopes], left, before=True
        )
        self._labels([(self._y(one.end), one.number, one.end) for one in self._slopes], right, before=False)

    def _slope(self, one: Slope, left: float, right: float) -> None:
        """Better is a whole line, worse a dashed one, the same a thin one."""
        canvas = self.canv
        canvas.saveState()
        canvas.setStrokeColor(DEEP if one.way > 0 else INK)
        canvas.setLineWidth(0.6 if one.way == 0 else 1.2)
        if one.way < 0:
            canvas.setDash(3, 2)
        canvas.line(left, self._y(one.baseline), right, self._y(one.end))
        canvas.restoreState()

    def _labels(self, places: Sequence[tuple[float, int, float]], x: float, *, before: bool) -> None:
        """Numbers of people with their scores, pushed apart where they would lie on each other."""
        canvas, last = self.canv, 0.0
        canvas.setFillColor(INK)
        canvas.setFont(REGULAR, 7)
        for y, number, score in sorted(places):
            at = max(y, last + _APART)
            last = at
            words = f"no. {number}: {score:.1f}"
            if before:
                canvas.drawRightString(x - 4, at - 2.5, words)
            else:
                canvas.drawString(x + 4, at - 2.5, words)

    def _y(self, value: float) -> float:
        # Room above is kept for labels that were pushed upwards.
        room = max(self.height - _TOP - _BOTTOM - 3 * _APART, 1)
        span = self._highest - self._lowest
        return _BOTTOM + 6 + (room * (value - self._lowest) / span if span else room / 2)
