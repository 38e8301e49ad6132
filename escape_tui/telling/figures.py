"""What the measures of one person tell: each scale over time, the change, the threshold, the norm.

Not for: scoring, windows, pairs and thresholds, which are those of a return (`exports`), nor for a cohort's
figures (`summed`).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from exports.held import Held
from exports.rows import Measure
from exports.summary import ScaleOf, Threshold
from exports.tables.measured import measure_rows
from exports.thresholds import thresholds_for
from sessions.ages import age_on
from sessions.due import TIMEPOINTS
from sessions.instrument import Scale
from sessions.instrument_files import load_instrument
from sessions.measured import same_place
from sessions.norms import NormPlace, norm_place
from sessions.records import Identity, MeasureRow, Person
from sessions.rules import Timepoint
from sessions.statistics import paired_change


@dataclass(frozen=True, slots=True)
class Change:
    """From baseline to a later timepoint, as a pair of a return: both in their windows, of the same joint.

    `by` is later minus baseline, in points of the scale. `better` is None for no change. `reaches` says
    whether it is for the better by the threshold or more; None where the scale has no threshold.
    """

    by: Fraction
    better: bool | None
    reaches: bool | None


@dataclass(frozen=True, slots=True)
class At:
    """A scale at one timepoint: its score or class, or why it is missing; what changed since baseline."""

    row: Measure
    taken_on: date | None
    change: Change | None
    norm: NormPlace | None


@dataclass(frozen=True, slots=True)
class ScaleTold:
    """One scale of one instrument over time.

    `threshold` is the one in use, with its source; where there is none, `no_threshold` says why. A norm is
    told only of a scale that has any for somebody: `no_norm` where it has none for this age or sex.
    """

    instrument: str
    name: str
    scale: Scale
    at: Mapping[Timepoint, At]
    threshold: Threshold | None
    no_threshold: str | None


def scales_of(held: Held, person: Person, identity: Identity | None) -> tuple[ScaleTold, ...]:
    """Every scale that a person has anything on record of, in the order of the instruments' ids."""
    measures = [measure for measure in held.measures if measure.person == person.id]
    taken = {(one.instrument, one.timepoint): one for one in measures}
    rows = {(row.instrument, row.scale, row.timepoint): row for row in measure_rows(held, (person,))}
    told = []
    for of in sorted({(instrument, scale) for instrument, scale, _ in rows}, key=_in_file_order):
        instrument = load_instrument(of[0])
        scale = instrument.scale(of[1])
        threshold = thresholds_for([ScaleOf(*of)]).get(ScaleOf(*of))
        at = {
            timepoint: _at(rows, taken, (*of, timepoint), scale, threshold, _About(person, identity))
            for timepoint in TIMEPOINTS
            if (*of, timepoint) in rows
        }
        told.append(ScaleTold(of[0], instrument.name, scale, at, threshold, scale.no_threshold))
    return tuple(told)


@dataclass(frozen=True, slots=True)
class _About:
    person: Person
    identity: Identity | None


_Rows = Mapping[tuple[str, str, str], Measure]
_Taken = Mapping[tuple[str, Timepoint], MeasureRow]


def _in_file_order(of: tuple[str, str]) -> tuple[str, int]:
    return of[0], [scale.id for scale in load_instrument(of[0]).scales].index(of[1])


def _at(  # noqa: PLR0913, PLR0917 - what was read once is handed on
    rows: _Rows,
    taken: _Taken,
    of: tuple[str, str, Timepoint],
    scale: Scale,
    threshold: Threshold | None,
    about: _About,
) -> At:
    row = rows[of]
    taken_on = taken[of[0], of[2]].taken_on
    return At(
        row,
        taken_on,
        None if of[2] == "baseline" else _change(rows, taken, of, scale, threshold),
        _norm(row, scale, taken_on, about),
    )


def _change(
    rows: _Rows, taken: _Taken, of: tuple[str, str, Timepoint], scale: Scale, threshold: Threshold | None
) -> Change | None:
    before, after = rows.get((of[0], of[1], "baseline")), rows[of]
    if before is None or before.score is None or after.score is None:
        return None
    if before.in_window != "yes" or after.in_window != "yes":
        return None
    if not same_place(taken[of[0], "baseline"], taken[of[0], of[2]]):
        return None
    summed = paired_change(
        [(before.score, after.score)], scale.better, threshold.value if threshold else None
    )
    return Change(
        by=after.score - before.score,
        better=None if summed.n_same else summed.n_better == 1,
        reaches=None if summed.n_mcid is None else summed.n_mcid == 1,
    )


def _norm(row: Measure, scale: Scale, taken_on: date | None, about: _About) -> NormPlace | None:
    if scale.norms is None or row.score is None or taken_on is None:
        return None
    birth = about.identity.birth_date if about.identity else None
    age = age_on(birth, taken_on) if birth is not None and birth <= taken_on else None
    return norm_place(scale, row.score, age, about.person.sex)
