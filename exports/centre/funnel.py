"""Sites against each other without a ranking: funnel plots, whose limits widen where there are fewer people.

Control limits of 95 % and 99.8 % around the mean of all, after Spiegelhalter, Statistics in Medicine 2005;
24: 1185-1202. Not for: judging a site; a point outside is a reason to ask, and chance puts some there.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from math import sqrt
from statistics import NormalDist

from exports.centre.grouped import Change, Programme
from exports.report.headlines import headlines

LEVELS = (0.95, 0.998)
"""Of the inner and the outer limits, two-sided."""


@dataclass(frozen=True, slots=True)
class Limits:
    """The inner and outer limits for a site of `n` people."""

    n: int
    inner_low: float
    inner_high: float
    outer_low: float
    outer_high: float


@dataclass(frozen=True, slots=True)
class Point:
    """One site: `n` people, its figure, and the limits for as many people."""

    site_code: str
    n: int
    value: float
    limits: Limits

    @property
    def outside(self) -> str:
        """`no`, `95` beyond the inner limits, `99.8` beyond the outer."""
        if not self.limits.outer_low <= self.value <= self.limits.outer_high:
            return "99.8"
        return "no" if self.limits.inner_low <= self.value <= self.limits.inner_high else "95"


@dataclass(frozen=True, slots=True)
class Funnel:
    """One funnel plot: `figure` is `completed`, or the scale of a mean change. Sites of too few are left out.

    `spread` is the standard deviation of one person's figure, None for a share.
    """

    programme: str
    figure: str
    centre: float
    spread: float | None
    points: tuple[Point, ...]

    def limits(self, n: int) -> Limits:
        """The limits for a site of `n` people, 1 or more. A share stays between 0 and 1."""
        share = self.spread is None
        one = sqrt(self.centre * (1 - self.centre)) if self.spread is None else self.spread
        ends = []
        for level in LEVELS:
            half = NormalDist().inv_cdf((1 + level) / 2) * one / sqrt(n)
            low, high = self.centre - half, self.centre + half
            ends += [max(0.0, low), min(1.0, high)] if share else [low, high]
        return Limits(n, *ends)


def funnels(programme: Programme) -> tuple[Funnel, ...]:
    """Completion, and mean change on the first scale of page one that enough people have twice."""
    found = [_completion(programme)]
    whole = {one.of: one for one in programme.whole.changes if one.row is not None}
    rows = headlines(programme.programme, [one.row for one in whole.values() if one.row is not None])
    for row in rows[:1]:
        found += [_change(programme, one) for one in whole.values() if one.row == row]
    return tuple(one for one in found if one is not None)


def _completion(programme: Programme) -> Funnel | None:
    share = programme.whole.flow.share
    if share is None:
        return None
    funnel = Funnel(programme.programme, "completed", float(share), None, ())
    points = [
        Point(site.name, enrolled, float(site.flow.share), funnel.limits(enrolled))
        for site in programme.sites
        if site.flow.share is not None and (enrolled := site.flow.counts["people_enrolled"])
    ]
    return Funnel(programme.programme, "completed", float(share), None, tuple(points))


def _change(programme: Programme, change: Change) -> Funnel | None:
    row = change.row
    if row is None or row.mean_change is None or row.sd_change is None:
        return None
    figure = f"{row.instrument} {row.scale}"
    funnel = Funnel(programme.programme, figure, float(Fraction(row.mean_change)), float(row.sd_change), ())
    points = [
        Point(site.name, mine.row.n_paired, float(mine.row.mean_change), funnel.limits(mine.row.n_paired))
        for site in programme.sites
        for mine in site.changes
        if mine.of == change.of and mine.row is not None and mine.row.mean_change is not None
    ]
    return Funnel(funnel.programme, figure, funnel.centre, funnel.spread, tuple(points))
