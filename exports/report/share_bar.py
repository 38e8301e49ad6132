"""How many got better, stayed the same, got worse: one bar of three parts, dark, white and grey.

Not for: the numbers, which stand beside it.
"""

from __future__ import annotations

from reportlab.platypus import Flowable

from exports.report.style import DEEP, LINE, SOFT


class ShareBar(Flowable):  # type: ignore[misc]  # reportlab has no types
    """A bar of `better`, `same` and `worse` people, at the right of its place."""

    def __init__(self, better: int, same: int, worse: int, width: float) -> None:
        super().__init__()
        self._parts = (better, same, worse)
        self.width, self.height = width, 9.0

    def wrap(self, _width: float, _height: float) -> tuple[float, float]:
        """Its size in points."""
        return self.width, self.height

    def draw(self) -> None:
        """Draw it on the canvas it was given."""
        canvas, left = self.canv, 0.0
        canvas.setStrokeColor(SOFT)
        canvas.setLineWidth(0.5)
        for part, colour in zip(self._parts, (DEEP, None, LINE), strict=True):
            wide = self.width * part / sum(self._parts)
            if colour is not None:
                canvas.setFillColor(colour)
            canvas.rect(left, 1, wide, 6.5, stroke=1, fill=colour is not None)
            left += wide
