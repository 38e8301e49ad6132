"""What is missing or contradicts itself in the measures.

Not for: which measures are asked of whom and when (`sessions.due`).
"""

from __future__ import annotations

from collections.abc import Collection, Iterator

from exports.completeness.found import AtMeasure, Found, Kind, Weight
from exports.held import Held
from sessions.due import Due, OnRecord, measures_due
from sessions.measured import about_a_joint, same_place, scores_of
from sessions.records import MeasureRow, Person


def in_measures(held: Held, people: Collection[Person]) -> Iterator[Found]:
    """Every finding of the measures of `people`, by timepoint and place in the register."""
    by_id = {person.id: person for person in people}
    rows = tuple(row for row in held.measures if row.person in by_id)
    on_record = OnRecord(held.plan, tuple(people), rows)
    for due in measures_due(held.pack, on_record, held.today, held.asked.in_use):
        yield from _of_due(due, by_id[due.person])
    for row in rows:
        yield from _of_row(held, row, by_id[row.person])
    yield from _of_pairs(rows, by_id)


def _of_due(due: Due, person: Person) -> Iterator[Found]:
    what = f"{due.instrument} at {_words(due.timepoint)} of person {person.number}"
    if due.state in {"due", "overdue"}:
        yield _found(
            person, due, Kind.MEASURE_MISSING, "gap", f"There is neither {what} nor a reason why not."
        )
    if due.state == "outside_window":
        days = f"{due.window.first} to {due.window.last}"
        sentence = f"The {what} was taken outside its window, {days}, and counts in no change."
        yield _found(person, due, Kind.MEASURE_OUTSIDE_WINDOW, "gap", sentence)


def _of_row(held: Held, row: MeasureRow, person: Person) -> Iterator[Found]:
    what = f"{row.instrument} at {_words(row.timepoint)} of person {person.number}"
    if row.taken_on is None:
        return
    if row.taken_on > held.today:
        sentence = f"The {what} is dated {row.taken_on}, a day that is still to come."
        yield _found(person, row, Kind.MEASURE_IN_THE_FUTURE, "contradiction", sentence)
    if about_a_joint(row.instrument) and row.joint is None:
        sentence = f"Nothing says which joint and side the {what} is about."
        yield _found(person, row, Kind.PLACE_NOT_FIXED, "note", sentence)
    without = [one.scale for one in scores_of(row) if one.why_not_scored is not None]
    if without:
        sentence = f"Too few answers for a score: {', '.join(without)} of {what}."
        yield _found(person, row, Kind.SCALE_NOT_SCORED, "note", sentence)


def _of_pairs(rows: Collection[MeasureRow], people: dict[str, Person]) -> Iterator[Found]:
    at = {(row.person, row.instrument, row.timepoint): row for row in rows if row.taken_on is not None}
    for (person, instrument, timepoint), end in at.items():
        baseline = at.get((person, instrument, "baseline"))
        if timepoint != "end" or baseline is None:
            continue
        number = people[person].number
        if end.taken_on is not None and baseline.taken_on is not None and end.taken_on <= baseline.taken_on:
            sentence = (
                f"The {instrument} at the end of person {number} is not dated after the one at baseline."
            )
            yield _found(people[person], end, Kind.END_BEFORE_BASELINE, "contradiction", sentence)
        if not same_place(baseline, end):
            sentence = (
                f"The {instrument} of person {number} is about another joint or side at the end than at "
                "baseline, and counts in no change."
            )
            yield _found(people[person], end, Kind.PLACE_CHANGED, "gap", sentence)


def _found(person: Person, at: Due | MeasureRow, kind: Kind, weight: Weight, sentence: str) -> Found:
    return Found(
        kind,
        weight,
        sentence,
        AtMeasure(person.id, at.instrument, at.timepoint),
        person=person.id,
        number=person.number,
        instrument=at.instrument,
        timepoint=at.timepoint,
    )


def _words(timepoint: str) -> str:
    return {"end": "the end", "follow_up_6": "6 months", "follow_up_12": "12 months"}.get(
        timepoint, timepoint
    )
