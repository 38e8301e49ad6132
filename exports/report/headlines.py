"""Which changes stand on page one, and which scales may be shown beside each other.

Not for: the figures, which the rows of `summary` hold. The choice rests on the programme and on whether
enough people are paired, never on how a change turned out.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from exports.columns import POOLED
from exports.report.suppression import Breakdown, few
from exports.rows import Summary
from exports.summary import POOLED_FROM

Scale = tuple[str, str]
"""Instrument and scale."""

HEADLINES: Mapping[str, Sequence[Sequence[Scale]]] = {
    "knees-hips": (
        ((POOLED, "pain"), ("koos-12", "pain"), ("hoos-12", "pain"), ("pain-nrs", "pain")),
        ((POOLED, "adl"), ("koos-12", "function"), ("hoos-12", "function"), ("koos-ps", "function")),
        ((POOLED, "qol"), ("koos-12", "qol"), ("hoos-12", "qol"), ("swemwbs", "metric")),
        (("activity-days", "days"), ("activity-minutes", "minutes"), ("chair-stand-30s", "stands")),
    ),
    "backs": (
        (("msk-hq", "total"),),
        (("activity-days", "days"), ("activity-minutes", "minutes")),
        (("chair-stand-30s", "stands"),),
        (("pain-nrs", "pain"),),
    ),
}
"""What the programme's own published results are told by; of each line the first with enough pairs.

Knees and hips: the national figures and the leisure sites report pain, function and quality of life of KOOS
and HOOS; leisure sites add activity a week. Backs: MSK-HQ, active days and the chair stand are the public
set; pain is added because people come for it. HADS and SWEMWBS were once kept centrally too; they stand with
the other scales, since they are optional.
"""
HEADLINES_WHY = {
    "knees-hips": "pain, function and quality of life of KOOS and HOOS, and activity a week, are what "
    "published results of the programme are told by",
    "backs": "MSK-HQ, active days and the chair stand are the measures of the programme's published "
    "results for backs; pain is added because it is what people come for",
}
_OF_A_JOINT = frozenset({"koos", "hoos", "koos-12", "hoos-12", "koos-ps", "hoos-ps"})


def headlines(programme: str, summary: Iterable[Summary]) -> tuple[Summary, ...]:
    """The rows of page one, at most four; one of too few pairs only where no other could take its place."""
    rows = {(row.instrument, row.scale): row for row in summary}
    chosen: list[Summary] = []
    for candidates in HEADLINES[programme]:
        there = [rows[of] for of in candidates if of in rows and rows[of] not in chosen]
        enough = [row for row in there if not too_few(row)]
        chosen += (enough or there)[:1]
    return tuple(chosen)


def too_few(row: Summary) -> bool:
    """Whether fewer than 5 people are paired, so that no mean, interval or share of them is shown."""
    return row.n_paired == 0 or few(row.n_paired)


def shown_scales(summary: Sequence[Summary], pain_sites: Breakdown) -> tuple[Summary, ...]:
    """The rows of `summary` that a report may print beside each other, in their order.

    KOOS and HOOS are a breakdown of their pooled rows by joint: where either is of 1 to 4 people, or the
    breakdown by pain site is not shown whole, neither is shown, since the one would tell the other. Where
    only one of them was used, the pooled row says nothing more and is left out.
    """
    used = {row.instrument for row in summary}
    both = used.issuperset(POOLED_FROM)
    apart = pain_sites.whole and not any(
        few(count)
        for row in summary
        if row.instrument in _OF_A_JOINT
        for count in (row.n_baseline, row.n_end, row.n_paired)
    )
    joints = used & _OF_A_JOINT
    hide = _OF_A_JOINT if len(joints) > 1 and not apart else frozenset[str]()
    if not both:
        hide |= {POOLED}
    return tuple(row for row in summary if row.instrument not in hide)
