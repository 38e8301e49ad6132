"""The statistics of a cohort: change between two timepoints on the paired people, with its intervals.

Not for: choosing who is paired (windows, instruments, sides), scoring, or rounding for a table. The figures
are those of a before-and-after record without a comparison group: they say nothing of causes.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from math import lcm, sqrt
from statistics import NormalDist
from typing import Literal

Better = Literal["higher", "lower"]
Exact = Fraction | int
"""Scores stay exact until they are written, so that a tie is a tie and an SD of 0 is 0."""

CONFIDENCE = Fraction(95, 100)
"""Of every interval, two-sided."""


@dataclass(frozen=True, slots=True)
class Interval:
    """The two ends of a 95 % interval, in the unit of its figure."""

    low: float
    high: float


@dataclass(frozen=True, slots=True)
class PairedSummary:
    """Change on the paired people of one scale; a figure that is not defined is None, never 0.

    Means and SDs are in points of the scale. `mean_change` is end minus baseline, whichever way is better.
    SDs are of the sample (n - 1), from two pairs on. `ci95` is Student's t interval of the mean change; with
    an SD of 0 it is the mean twice over. `dz` is `mean_change` in units of `sd_change`, undefined for an SD
    of 0. `n_better`, `n_same` and `n_worse` add up to `n_paired`; `share_better` is between 0 and 1, ties not
    counted as better, with Wilson's interval. `n_mcid` changed for the better by the threshold or more; None
    where there is no threshold.
    """

    n_paired: int
    mean_baseline: Fraction | None
    sd_baseline: float | None
    mean_end: Fraction | None
    sd_end: float | None
    mean_change: Fraction | None
    sd_change: float | None
    ci95: Interval | None
    dz: float | None
    n_better: int
    n_same: int
    n_worse: int
    share_better: Fraction | None
    share_better_ci95: Interval | None
    n_mcid: int | None


def paired_change(
    pairs: Sequence[tuple[Exact, Exact]], better: Better, mcid: Exact | None = None
) -> PairedSummary:
    """Sum up (baseline, end) pairs of one scale, on which `better` is the good direction.

    `mcid` is the smallest change that matters, in points, above 0. `TypeError` for a score that is not
    exact, `ValueError` for a threshold that is not above 0.
    """
    _refuse_inexact([score for pair in pairs for score in pair])
    baselines = [Fraction(baseline) for baseline, _ in pairs]
    ends = [Fraction(end) for _, end in pairs]
    changes = [end - baseline for baseline, end in zip(baselines, ends, strict=True)]
    gains = changes if better == "higher" else [-change for change in changes]
    n_better = sum(gain > 0 for gain in gains)
    baseline, end, change = _moments(baselines), _moments(ends), _moments(changes)
    return PairedSummary(
        n_paired=len(pairs),
        mean_baseline=baseline.mean,
        sd_baseline=baseline.sd,
        mean_end=end.mean,
        sd_end=end.sd,
        mean_change=change.mean,
        sd_change=change.sd,
        ci95=_interval_of(change),
        dz=float(change.mean) / change.sd if change.mean is not None and change.sd else None,
        n_better=n_better,
        n_same=sum(gain == 0 for gain in gains),
        n_worse=sum(gain < 0 for gain in gains),
        share_better=Fraction(n_better, len(pairs)) if pairs else None,
        share_better_ci95=wilson_interval(n_better, len(pairs)),
        n_mcid=None if mcid is None else _reaching(gains, mcid),
    )


def t_interval(values: Sequence[Exact]) -> Interval | None:
    """Student's t interval (95 %) of the mean of exact values; None for fewer than two."""
    return _interval_of(_moments(values))


def wilson_interval(successes: int, n: int) -> Interval | None:
    """Wilson's interval (95 %) of a share, without continuity correction; None for n = 0.

    `ValueError` where `successes` does not lie between 0 and `n`.
    """
    if not 0 <= successes <= n:
        raise ValueError(f"{successes} of {n} is no share")
    if n == 0:
        return None
    z = NormalDist().inv_cdf(float((1 + CONFIDENCE) / 2))
    share, z_squared = successes / n, z * z
    middle = (share + z_squared / (2 * n)) / (1 + z_squared / n)
    half = z * sqrt(share * (1 - share) / n + z_squared / (4 * n * n)) / (1 + z_squared / n)
    # At its ends the interval touches 0 and 1 exactly, which the subtraction in floating point would miss.
    low = 0.0 if successes == 0 else middle - half
    high = 1.0 if successes == n else middle + half
    return Interval(low, high)


@cache
def student_t(degrees_of_freedom: int) -> float:
    """The 0.975 quantile of Student's t, to double precision; `ValueError` below one degree of freedom."""
    if degrees_of_freedom < 1:
        raise ValueError(f"{degrees_of_freedom} degrees of freedom")
    # It takes 70 ms to load and is wanted only where there are pairs to sum up.
    import mpmath

    with mpmath.workdps(30):
        outside = mpmath.mpf(1) - mpmath.mpf(CONFIDENCE.numerator) / CONFIDENCE.denominator
        half_df, half = mpmath.mpf(degrees_of_freedom) / 2, mpmath.mpf("0.5")

        def excess(t: mpmath.mpf) -> mpmath.mpf:
            x = degrees_of_freedom / (degrees_of_freedom + t * t)
            return mpmath.betainc(half_df, half, 0, x, regularized=True) - outside

        # Between the normal quantile, 1.96, and that of one degree of freedom, 12.71.
        return float(mpmath.findroot(excess, (1.9, 13), solver="illinois", tol=mpmath.mpf("1e-40")))


def _refuse_inexact(scores: Sequence[Exact]) -> None:
    for score in scores:
        if not isinstance(score, Fraction | int):
            raise TypeError(f"a score is a Fraction or an int, not {type(score).__name__}")


@dataclass(frozen=True, slots=True)
class _Moments:
    """Exact mean of `n` values, and their sample variance; None where either is not defined."""

    n: int
    mean: Fraction | None
    variance: Fraction | None

    @property
    def sd(self) -> float | None:
        return None if self.variance is None else sqrt(self.variance)


def _moments(values: Sequence[Exact]) -> _Moments:
    n = len(values)
    if n == 0:
        return _Moments(n, None, None)
    # Over one denominator it is a sum of whole numbers: as exact, and many times faster.
    unit = lcm(*(value.denominator for value in values))
    whole = [value.numerator * (unit // value.denominator) for value in values]
    total = sum(whole)
    squares = n * sum(one * one for one in whole) - total * total
    variance = Fraction(squares, unit * unit * n * (n - 1)) if n > 1 else None
    return _Moments(n, Fraction(total, unit * n), variance)


def _interval_of(moments: _Moments) -> Interval | None:
    if moments.mean is None or moments.variance is None:
        return None
    half = student_t(moments.n - 1) * sqrt(moments.variance / moments.n)
    return Interval(float(moments.mean) - half, float(moments.mean) + half)


def _reaching(gains: Sequence[Fraction], mcid: Exact) -> int:
    _refuse_inexact([mcid])
    if mcid <= 0:
        raise ValueError("the smallest change that matters is above 0")
    return sum(gain >= mcid for gain in gains)
