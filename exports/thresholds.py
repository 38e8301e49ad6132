"""The changes that count as important in a return's summary, and where each comes from.

Not for: choosing among published thresholds, which the instruments' own files do.
"""

from __future__ import annotations

from collections.abc import Iterable

from exports.columns import POOLED
from exports.summary import POOLED_FROM, ScaleOf, Threshold
from sessions.instrument_files import load_instrument


def thresholds_for(scales: Iterable[ScaleOf]) -> dict[ScaleOf, Threshold]:
    """The threshold in use of each of these scales that has one; pooled scales are among the answers.

    Of KOOS and HOOS together it is the higher of the two, so that a share past it is never flattered.
    """
    found: dict[ScaleOf, Threshold] = {}
    for of in scales:
        own = _own(of)
        if own is None:
            continue
        found[of] = own
        if of.instrument in POOLED_FROM:
            pooled = [one for name in POOLED_FROM if (one := _own(ScaleOf(name, of.scale))) is not None]
            highest = max(pooled, key=lambda one: one.value)
            found[ScaleOf(POOLED, of.scale)] = Threshold(
                highest.value, f"the higher of two: {highest.source}"
            )
    return found


def _own(of: ScaleOf) -> Threshold | None:
    scale = next((one for one in load_instrument(of.instrument).scales if one.id == of.scale), None)
    used = None if scale is None else scale.threshold_in_use
    if used is None:
        return None
    told = (used.measure, used.population, used.source)
    return Threshold(used.value, "; ".join(part for part in told if part))
