"""The flow of people as a drawn line that narrows: referred, eligible, enrolled, started, completed.

Not for: the counts, which the table `cohort` holds.
"""

from __future__ import annotations

from collections.abc import Sequence

from reportlab.platypus import Flowable

from exports.report.rounding import percent_of
from exports.report.style import BOLD, DEEP, INK, REGULAR, SOFT, TINT, WIDTH

Step = tuple[str, int]
"""What it is, and how many people."""


class FlowLine(Flowable):  # type: ignore[misc]  # reportlab has no types
    """`steps` from left to right, each with its number and its share of the first."""

    def __init__(self, steps: Sequence[Step], width: float = WIDTH) -> None:
        super().__init__()
        self._steps = tuple(steps)
        self.width, self.height = width, 94.0

    def wrap(self, _width: float, _height: float) -> tuple[float, float]:
        """Its size in points."""
        return self.width, self.height

    def draw(self) -> None:
        """Draw it on the canvas it was given."""
        places = [self.width * (place + 0.5) / len(self._steps) for place in range(len(self._steps))]
        self._band(places)
        for (name, count), x in zip(self._steps, places, strict=True):
            self._step(name, count, x)

    def _band(self, places: Sequence[float]) -> None:
        most = max((count for _, count in self._steps), default=0) or 1
        halves = [max(0.8, 13 * count / most) for _, count in self._steps]
        middle = 44.0
        path = self.canv.beginPath()
        path.moveTo(places[0], middle + halves[0])
        for x, half in zip(places[1:], halves[1:], strict=True):
            path.lineTo(x, middle + half)
        for x, half in zip(reversed(places), reversed(halves), strict=True):
            path.lineTo(x, middle - half)
        path.close()
        self.canv.setFillColor(TINT)
        self.canv.drawPath(path, stroke=0, fill=1)
        self.canv.setStrokeColor(DEEP)
        self.canv.setLineWidth(1)
        self.canv.line(places[0], middle, places[-1], middle)
        self.canv.setFillColor(DEEP)
        for x in places:
            self.canv.circle(x, middle, 3.2, stroke=0, fill=1)

    def _step(self, name: str, count: int, x: float) -> None:
        canvas = self.canv
        canvas.setFillColor(INK)
        canvas.setFont(BOLD, 20)
        canvas.drawCentredString(x, 66, str(count))
        canvas.setFont(BOLD, 9.5)
        canvas.drawCentredString(x, 17, name)
        first = self._steps[0][1]
        if first and name != self._steps[0][0]:
            canvas.setFont(REGULAR, 8)
            canvas.setFillColor(SOFT)
            canvas.drawCentredString(x, 7, f"{percent_of(count, first)} of those {self._steps[0][0]}")
