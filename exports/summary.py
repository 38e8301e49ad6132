"""The summary of a return, worked out from its tables `participants` and `measures` alone.

Not for: the statistics themselves (`sessions.statistics`), nor for who is paired, which the table says.
Whoever signs and whoever verifies use this one function.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from exports.columns import POOLED
from exports.rows import Measure, Summary
from sessions.statistics import Better, PairedSummary, paired_change

POOLED_FROM = ("koos", "hoos")
"""The instruments whose scales of one name are pooled. Who has both twice counts once, with the first."""


@dataclass(frozen=True, slots=True)
class Threshold:
    """The change of a scale that counts as important, in its own unit, and where that comes from."""

    value: Fraction
    source: str


@dataclass(frozen=True, slots=True)
class ScaleOf:
    """One scale of one instrument, as a row of the summary has it."""

    instrument: str
    scale: str


Thresholds = Mapping[ScaleOf, Threshold]


@dataclass(frozen=True, slots=True)
class Gathered:
    """What the figures of one scale rest on: people with a score by timepoint, and the pairs."""

    better: Better
    n_baseline: int
    n_end: int
    pairs: tuple[tuple[Fraction, Fraction], ...]


def summarise(n_enrolled: int, measures: Iterable[Measure], thresholds: Thresholds) -> tuple[Summary, ...]:
    """The rows of `summary`, by instrument and scale: one for each scale that anybody has a score of.

    `n_enrolled` is the number of people in the return. Pooled rows join the scales of KOOS and HOOS. A scale
    without a threshold has no `mcid`.
    """
    gathered = gather(measures)
    return tuple(summary_row(of, n_enrolled, gathered[of], thresholds.get(of)) for of in in_order(gathered))


def gather(measures: Iterable[Measure]) -> dict[ScaleOf, Gathered]:
    """What the figures of each scale rest on, from the measures of one return."""
    by_scale: dict[ScaleOf, list[Measure]] = {}
    for row in measures:
        if row.score is None:
            continue
        by_scale.setdefault(ScaleOf(row.instrument, row.scale), []).append(row)
        if row.instrument in POOLED_FROM:
            by_scale.setdefault(ScaleOf(POOLED, row.scale), []).append(row)
    return {
        of: Gathered(
            "higher" if scored[0].better == "higher" else "lower",
            _people_at("baseline", scored),
            _people_at("end", scored),
            tuple(_pairs(scored)),
        )
        for of, scored in by_scale.items()
    }


def joined(parts: Sequence[Gathered]) -> Gathered:
    """What the figures of one scale rest on in several returns together; there is at least one."""
    return Gathered(
        parts[0].better,
        sum(one.n_baseline for one in parts),
        sum(one.n_end for one in parts),
        tuple(pair for one in parts for pair in one.pairs),
    )


def in_order(scales: Iterable[ScaleOf]) -> list[ScaleOf]:
    """Scales in the order in which a summary has them."""
    return sorted(scales, key=lambda of: (of.instrument, of.scale))


def summary_row(of: ScaleOf, n_enrolled: int, gathered: Gathered, threshold: Threshold | None) -> Summary:
    """The row of one scale."""
    change = paired_change(gathered.pairs, gathered.better, threshold.value if threshold else None)
    return Summary(
        instrument=of.instrument,
        scale=of.scale,
        better=gathered.better,
        n_enrolled=n_enrolled,
        n_baseline=gathered.n_baseline,
        n_end=gathered.n_end,
        n_paired=change.n_paired,
        mean_baseline=change.mean_baseline,
        sd_baseline=change.sd_baseline,
        mean_end=change.mean_end,
        sd_end=change.sd_end,
        mean_change=change.mean_change,
        sd_change=change.sd_change,
        ci95_low=change.ci95.low if change.ci95 else None,
        ci95_high=change.ci95.high if change.ci95 else None,
        dz=change.dz,
        n_better=change.n_better,
        n_same=change.n_same,
        n_worse=change.n_worse,
        share_better=change.share_better,
        share_better_low=_end(change, "low"),
        share_better_high=_end(change, "high"),
        mcid=threshold.value if threshold else None,
        mcid_source=threshold.source if threshold else None,
        n_mcid=change.n_mcid,
    )


def _end(change: PairedSummary, end: str) -> float | None:
    interval = change.share_better_ci95
    if interval is None:
        return None
    return interval.low if end == "low" else interval.high


def _people_at(timepoint: str, scored: Iterable[Measure]) -> int:
    return len({row.person_id for row in scored if row.timepoint == timepoint})


def _pairs(scored: Iterable[Measure]) -> list[tuple[Fraction, Fraction]]:
    """Baseline and end of each person who has both marked as used, by one instrument."""
    used: dict[tuple[str, str], dict[str, Fraction]] = {}
    for row in scored:
        if row.used_in_pair == "yes" and row.score is not None:
            used.setdefault((row.person_id, row.instrument), {})[row.timepoint] = row.score
    whole = {key: scores for key, scores in used.items() if scores.keys() == {"baseline", "end"}}
    first = sorted(whole, key=lambda key: (key[0], key[1] != POOLED_FROM[0], key[1]))
    of_person: dict[str, tuple[Fraction, Fraction]] = {}
    for person, instrument in first:
        scores = whole[person, instrument]
        of_person.setdefault(person, (scores["baseline"], scores["end"]))
    return list(of_person.values())
