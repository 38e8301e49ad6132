"""The rows of the measures: scores, whether they count in a pair, and single answers.

Not for: scoring (`sessions.scoring`), windows (`sessions.due`), or change (`exports.summary`).
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import replace
from datetime import date

from exports import rows
from exports.held import Held
from sessions.due import window_of
from sessions.instrument_files import load_instrument
from sessions.measured import same_place, scores_of
from sessions.records import MeasureRow, Person

_DAYS_A_WEEK = 7


def measure_rows(held: Held, people: Collection[Person]) -> tuple[rows.Measure, ...]:
    """One row a person, timepoint, instrument and scale; a measure that is missing has its rows too."""
    by_id = {person.id: person for person in people}
    there = [measure for measure in held.measures if measure.person in by_id]
    made = [row for measure in there for row in _rows_of(held, measure, by_id[measure.person])]
    same = _about_the_same(there)
    paired = _pairs(made, same)
    return tuple(replace(row, used_in_pair="yes") if _half_of(row) in paired else row for row in made)


def response_rows(held: Held, people: Collection[Person]) -> tuple[rows.Response, ...]:
    """One row a single answer, those left out as well; none of a measure that is missing."""
    there = {person.id for person in people}
    return tuple(
        rows.Response(measure.person, measure.timepoint, measure.instrument, item, value)
        for measure in held.measures
        if measure.person in there
        for item, value in enumerate(measure.answers, start=1)
    )


def whole_weeks(since: date, day: date) -> int:
    """Whole weeks from a day to another, negative before it: the day before is week -1."""
    return (day - since).days // _DAYS_A_WEEK


def is_in_window(held: Held, measure: MeasureRow, person: Person) -> bool:
    """Whether a measure that was taken counts for its timepoint."""
    window = window_of(measure.timepoint, held.pack.windows, held.plan, person.joined_at_session)
    return measure.taken_on is not None and measure.taken_on in window


def _rows_of(held: Held, measure: MeasureRow, person: Person) -> Iterator[rows.Measure]:
    instrument = load_instrument(measure.instrument)
    scores = {one.scale: one for one in scores_of(measure)}
    taken = measure.taken_on
    for scale in instrument.scales:
        result = scores.get(scale.id)
        yield rows.Measure(
            person_id=person.id,
            timepoint=measure.timepoint,
            instrument=measure.instrument,
            scale=scale.id,
            score=result.score if result else None,
            category=result.category if result else None,
            better=scale.better,
            answered=result.answered if result else None,
            items=result.items if result else None,
            week=whole_weeks(held.plan.start, taken) if taken else None,
            mode=measure.mode,
            in_window=_yes_no(is_in_window(held, measure, person)) if taken else None,
            used_in_pair="no",
            missing_reason=measure.missing_reason,
        )


_Half = tuple[str, str, str, str]
_Pair = tuple[str, str]


def _half_of(row: rows.Measure) -> _Half:
    return row.person_id, row.instrument, row.scale, row.timepoint


def _about_the_same(measures: Collection[MeasureRow]) -> Mapping[_Pair, bool]:
    """By person and instrument, whether baseline and end are about the same joint and side."""
    at = {(one.person, one.instrument, one.timepoint): one for one in measures}
    return {
        (person, instrument): same_place(baseline, end)
        for (person, instrument, timepoint), baseline in at.items()
        if timepoint == "baseline" and (end := at.get((person, instrument, "end"))) is not None
    }


def _pairs(made: Collection[rows.Measure], same: Mapping[_Pair, bool]) -> set[_Half]:
    """The rows that make a pair: baseline and end, both scored and in their windows."""
    fit = {_half_of(row) for row in made if row.score is not None and row.in_window == "yes"}
    whole = set()
    for person, instrument, scale, timepoint in fit:
        end = (person, instrument, scale, "end")
        if timepoint == "baseline" and end in fit and same[person, instrument]:
            whole |= {(person, instrument, scale, "baseline"), end}
    return whole


def _yes_no(said: bool) -> str:
    return "yes" if said else "no"
