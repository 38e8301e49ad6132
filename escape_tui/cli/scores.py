"""Scores as a script reads them.

Not for: scores in words (`instrument_text`).
"""

from __future__ import annotations

from sessions.scoring import ScaleScore


def score_row(one: ScaleScore) -> dict[str, str | float | int | None]:
    """A scale's result in JSON: full precision, null where there is no score."""
    return {
        "scale": one.scale,
        # The nearest floating point number to the exact fraction: full precision, rounded once.
        "score": None if one.score is None else float(one.score),
        "category": one.category,
        "answered": one.answered,
        "items": one.items,
        "why_not_scored": one.why_not_scored,
    }
