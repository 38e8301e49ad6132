"""The returns in groups: all of a programme, and the same by site and by quarter, with what may be shown.

Not for: printing it. Whatever leaves here may be published: a figure of fewer than 5 people is not in it, nor
one that would tell such a figure by subtraction from the total.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Final, Literal

from exports.centre.gathering import FLOW, Counted, together
from exports.columns import POOLED
from exports.report.suppression import ENOUGH, FEW, break_down
from exports.rows import Summary
from exports.summary import POOLED_FROM, Gathered, ScaleOf, Threshold, in_order, joined, summary_row
from exports.thresholds import thresholds_for
from sessions.errors import Refused
from sessions.statistics import Interval, wilson_interval

By = Literal["all", "site", "quarter"]
_NAMES: Final[Mapping[By, Callable[[Counted], str]]] = {
    "all": lambda _: "all",
    "site": lambda one: one.site_code,
    "quarter": lambda one: one.quarter,
}


@dataclass(frozen=True, slots=True)
class Flow:
    """People by step; a step that is hidden is None in `counts`, and `hidden` says `<5` or `5+` of it.

    `share` is that of the enrolled who completed, with its interval; None where either is hidden.
    """

    counts: Mapping[str, int | None]
    hidden: Mapping[str, str]
    share: Fraction | None
    interval: Interval | None


@dataclass(frozen=True, slots=True)
class Change:
    """Change on one scale. `row` is None where too few are paired, or the figures would tell of too few."""

    of: ScaleOf
    better: str
    row: Summary | None
    paired: str


@dataclass(frozen=True, slots=True)
class Lack:
    """How many of how many are missing; both None where it is `hidden`, which then reads `<5` or `5+`."""

    count: int | None
    of: int | None
    hidden: str = ""


@dataclass(frozen=True, slots=True)
class Group:
    """One group of returns of one programme: all, a site, or the quarter in which cohorts began."""

    programme: str
    by: By
    name: str
    returns: int
    flow: Flow
    changes: tuple[Change, ...]
    missing: Mapping[str, Lack]


@dataclass(frozen=True, slots=True)
class Programme:
    """A programme: all its returns together, by site, by quarter, and what is known of its scales."""

    programme: str
    whole: Group
    sites: tuple[Group, ...]
    quarters: tuple[Group, ...]

    @property
    def groups(self) -> tuple[Group, ...]:
        """All of them, the whole first."""
        return (self.whole, *self.sites, *self.quarters)


@dataclass(frozen=True, slots=True)
class _Raw:
    name: str
    members: Sequence[Counted]
    flow: Mapping[str, int]
    summary: Mapping[ScaleOf, Summary]


def programmes(counted: Iterable[Counted]) -> tuple[Programme, ...]:
    """Every programme that there is a return of, by name."""
    of: dict[str, list[Counted]] = {}
    for one in counted:
        of.setdefault(one.programme, []).append(one)
    return tuple(_programme(name, of[name]) for name in sorted(of))


def _programme(name: str, members: Sequence[Counted]) -> Programme:
    thresholds = _thresholds({of for one in members for of in one.scales})
    raw = {by: _groups(members, by, thresholds) for by in _NAMES}
    scales = _scales_shown([one for groups in raw.values() for one in groups])
    shown = {by: tuple(_shown(name, by, groups, scales)) for by, groups in raw.items()}
    return Programme(name, shown["all"][0], shown["site"], shown["quarter"])


def _groups(members: Sequence[Counted], by: By, thresholds: Mapping[ScaleOf, Threshold]) -> list[_Raw]:
    groups: dict[str, list[Counted]] = {}
    for one in members:
        groups.setdefault(_NAMES[by](one), []).append(one)
    return [_raw(name, groups[name], thresholds) for name in sorted(groups)]


def _raw(name: str, members: Sequence[Counted], thresholds: Mapping[ScaleOf, Threshold]) -> _Raw:
    enrolled = sum(one.people for one in members)
    parts: dict[ScaleOf, list[Gathered]] = {}
    for one in members:
        for of, gathered in one.scales.items():
            parts.setdefault(of, []).append(gathered)
    summary = {of: summary_row(of, enrolled, joined(parts[of]), thresholds.get(of)) for of in in_order(parts)}
    return _Raw(name, members, {step: sum(one.flow[step] for one in members) for step in FLOW}, summary)


def _thresholds(scales: Iterable[ScaleOf]) -> dict[ScaleOf, Threshold]:
    """Those of the instruments that this program knows; a site may use others, which have none."""
    found: dict[ScaleOf, Threshold] = {}
    for of in scales:
        if of.instrument == POOLED:
            continue
        try:
            found |= thresholds_for([of])
        except Refused:
            continue
    return found


def _scales_shown(groups: Sequence[_Raw]) -> frozenset[ScaleOf]:
    """Every scale; of KOOS and HOOS the pooled rows alone, since any two of the three tell the third."""
    scales = {of for group in groups for of in group.summary}
    return frozenset(of for of in scales if of.instrument not in POOLED_FROM)


def _shown(programme: str, by: By, groups: Sequence[_Raw], scales: frozenset[ScaleOf]) -> Iterable[Group]:
    flows = {step: _cells({one.name: one.flow[step] for one in groups}) for step in FLOW}
    paired = {
        of: _cells({one.name: one.summary[of].n_paired if of in one.summary else 0 for one in groups})
        for of in scales
    }
    people = _cells({one.name: sum(part.people for part in one.members) for one in groups})
    lacks = {one.name: together([part.missing for part in one.members]) for one in groups}
    lacking = {
        what: _cells({name: lack.get(what, (0, 0))[0] for name, lack in lacks.items()})
        for what in {what for lack in lacks.values() for what in lack if what.startswith("people ")}
    }
    for one in groups:
        yield Group(
            programme,
            by,
            one.name,
            len(one.members),
            _flow(one, {step: flows[step].get(one.name, FEW) for step in FLOW}),
            tuple(
                _change(one.summary[of], paired[of].get(one.name, FEW), people.get(one.name, FEW))
                for of in in_order(scales & one.summary.keys())
            ),
            {
                what: _lack(found, people.get(one.name, FEW), lacking[what].get(one.name, FEW))
                if what in lacking
                else _lack(found, people.get(one.name, FEW), "")
                for what, found in lacks[one.name].items()
            },
        )


def _cells(counts: Mapping[str, int]) -> dict[str, str]:
    """What may be printed of each group's count; empty where nothing may."""
    return {cell.name: cell.shown for cell in break_down(counts).cells}


def _flow(group: _Raw, shown: Mapping[str, str]) -> Flow:
    hidden = {step: mark for step, mark in shown.items() if mark in {FEW, ENOUGH}}
    counts = {step: None if step in hidden else group.flow[step] for step in FLOW}
    enrolled, completed = counts["people_enrolled"], counts["people_completed"]
    if not enrolled or completed is None:
        return Flow(counts, hidden, None, None)
    return Flow(counts, hidden, Fraction(completed, enrolled), wilson_interval(completed, enrolled))


def _change(row: Summary, paired: str, people: str) -> Change:
    of = ScaleOf(row.instrument, row.scale)
    if not row.n_paired or paired in {FEW, ENOUGH}:
        return Change(of, row.better, None, paired)
    if people in {FEW, ENOUGH}:
        return Change(of, row.better, None, FEW if people == FEW else ENOUGH)
    return Change(of, row.better, row, paired)


def _lack(found: tuple[int, int], people: str, count: str) -> Lack:
    """What may be shown of something missing, by the marks of the group's people and of those who lack it."""
    for mark in (people, count):
        if mark in {FEW, ENOUGH}:
            return Lack(None, None, mark)
    return Lack(*found)
