"""What happened over the sessions, in aggregate: people present as bars, levels, effort and pain as lines.

Not for: a single person, whose levels only the site's own report shows.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fractions import Fraction
from itertools import pairwise
from math import ceil, floor

from reportlab.lib.colors import Color
from reportlab.platypus import Flowable

from exports.report.figures import SessionFigures
from exports.report.style import BOLD, DEEP, INK, LINE, REGULAR, SOFT, TINT, WIDTH
from exports.report.wording import STATUSES

_LEFT, _BOTTOM = 30.0, 24.0


class _OverSessions(Flowable):  # type: ignore[misc]  # reportlab has no types
    """A drawing with a place for each session on its lower axis."""

    def __init__(self, sessions: Sequence[SessionFigures], width: float = WIDTH, lowest: float = 0.0) -> None:
        super().__init__()
        self._lowest = lowest
        self._sessions = tuple(sessions)
        self.width, self.height = width, 118.0

    def wrap(self, _width: float, _height: float) -> tuple[float, float]:
        """Its size in points."""
        return self.width, self.height

    @property
    def _place(self) -> float:
        return (self.width - _LEFT) / max(len(self._sessions), 1)

    def _x(self, place: int) -> float:
        return _LEFT + self._place * (place + 0.5)

    def _y(self, value: float, most: float) -> float:
        return _BOTTOM + (self.height - _BOTTOM - 12) * (value - self._lowest) / (most - self._lowest)

    def _axes(self, most: float, marks: Sequence[float]) -> None:
        canvas = self.canv
        canvas.setFont(REGULAR, 7.5)
        for mark in marks:
            canvas.setStrokeColor(LINE)
            canvas.setLineWidth(0.3)
            canvas.line(_LEFT, self._y(mark, most), self.width, self._y(mark, most))
            canvas.setFillColor(SOFT)
            canvas.drawRightString(_LEFT - 4, self._y(mark, most) - 2.5, f"{mark:g}")
        for place, session in enumerate(self._sessions):
            canvas.setFillColor(INK)
            canvas.setFont(REGULAR, 8)
            canvas.drawCentredString(self._x(place), _BOTTOM - 10, str(session.session))
            canvas.setFillColor(SOFT)
            canvas.setFont(REGULAR, 6.5)
            said = (
                STATUSES[session.status]
                if session.status != "delivered"
                else "extra"
                if session.extra
                else ""
            )
            canvas.drawCentredString(self._x(place), _BOTTOM - 18, said)
        canvas.setFont(REGULAR, 7.5)
        canvas.drawString(0, _BOTTOM - 10, "session")


class Presence(_OverSessions):
    """People present at each session as bars, under a line of those enrolled."""

    def __init__(self, sessions: Sequence[SessionFigures], enrolled: int, width: float = WIDTH) -> None:
        super().__init__(sessions, width)
        self._enrolled = enrolled

    def draw(self) -> None:
        """Draw it on the canvas it was given."""
        canvas = self.canv
        most = max([self._enrolled, 1, *(one.present or 0 for one in self._sessions)])
        self._axes(most, [0])
        wide = min(self._place * 0.62, 26)
        for place, session in enumerate(self._sessions):
            if session.present is None:
                continue
            canvas.setFillColor(TINT)
            canvas.rect(
                self._x(place) - wide / 2, _BOTTOM, wide, self._y(session.present, most) - _BOTTOM, 0, 1
            )
            canvas.setFillColor(INK)
            canvas.setFont(BOLD, 8.5)
            canvas.drawCentredString(
                self._x(place), max(self._y(session.present, most) - 10, _BOTTOM + 2), str(session.present)
            )
        canvas.setStrokeColor(DEEP)
        canvas.setLineWidth(0.9)
        canvas.setDash(3, 2)
        height = self._y(self._enrolled, most)
        canvas.line(_LEFT, height, self.width, height)
        canvas.setFillColor(DEEP)
        canvas.setFont(BOLD, 7.5)
        canvas.drawRightString(self.width, height + 3, f"{self._enrolled} enrolled")


class Course(_OverSessions):
    """Lines over the sessions, each with a mark of its own shape so that they are told apart in grey."""

    def __init__(
        self,
        sessions: Sequence[SessionFigures],
        series: Sequence[tuple[str, Callable[[SessionFigures], Fraction | None]]],
        most: float,
        width: float = WIDTH,
    ) -> None:
        values = [float(value) for _, of in series for one in sessions if (value := of(one)) is not None]
        super().__init__(sessions, width, float(floor(min([0.0, *values]))))
        self._series = tuple(series)
        self._most = max([most, *(float(ceil(value)) for value in values)])

    def draw(self) -> None:
        """Draw it on the canvas it was given."""
        self._axes(self._most, sorted({self._lowest, 0.0, self._most / 2, self._most}))
        for place, (name, of) in enumerate(self._series):
            self._one(place, name, of)

    def _one(self, place: int, name: str, of: Callable[[SessionFigures], Fraction | None]) -> None:
        canvas, colour = self.canv, (DEEP, SOFT)[place % 2]
        points = [
            (self._x(at), self._y(float(value), self._most))
            for at, one in enumerate(self._sessions)
            if (value := of(one)) is not None
        ]
        canvas.setStrokeColor(colour)
        canvas.setLineWidth(1.4)
        canvas.setDash(*((), (3, 2))[place % 2] or (1, 0))
        for (x, y), (to_x, to_y) in pairwise(points):
            canvas.line(x, y, to_x, to_y)
        canvas.setDash(1, 0)
        for x, y in points:
            self._mark(place, x, y, colour)
        if points:
            canvas.setFillColor(colour)
            canvas.setFont(BOLD, 8)
            canvas.drawString(_LEFT + 12 + 130 * place, self.height - 7, name)
            self._mark(place, _LEFT + 4 + 130 * place, self.height - 4.5, colour)

    def _mark(self, place: int, x: float, y: float, colour: Color) -> None:
        self.canv.setFillColor(colour)
        if place % 2:
            self.canv.rect(x - 2.4, y - 2.4, 4.8, 4.8, stroke=0, fill=1)
        else:
            self.canv.circle(x, y, 2.8, stroke=0, fill=1)
