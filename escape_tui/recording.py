"""Entering one thing at a time: a mark in the register, one sheet of a measure.

Not for: lists of many (`lists_in`), or what an act keeps and refuses (`store.acts`).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from escape_tui.judging import judge_again
from escape_tui.remarks import Remarks, on_measure, on_register
from escape_tui.store.act import Changed
from escape_tui.store.acts.attendance import mark_attendance
from escape_tui.store.acts.measures import correct_measure, record_measure
from escape_tui.store.acts.people import fix_index
from escape_tui.store.cohort import Cohort
from escape_tui.store.read import attendance, cohort_pack, measures, person_of
from sessions.answers import parse_answers
from sessions.dates import day_in_words
from sessions.errors import Refused
from sessions.instrument_files import load_instrument
from sessions.measured import codes_of, only_index
from sessions.records import AttendanceRow, MeasureRow, Mode
from sessions.rules import Timepoint


@dataclass(frozen=True, slots=True)
class Marked:
    """A mark as it stands now, the one that stood before, what the act changed, what should be looked at."""

    mark: AttendanceRow
    before: AttendanceRow | None
    changed: Changed
    remarks: Remarks = ()


@dataclass(frozen=True, slots=True)
class Sheet:
    """One person's sheet as somebody types it: `answers` with commas between.

    Without `on` and `mode` they are as recorded already, else today and `self`.
    """

    person: str
    instrument: str
    timepoint: Timepoint
    answers: str
    on: date | None = None
    mode: Mode | None = None


@dataclass(frozen=True, slots=True)
class Recorded:
    """A measure as it stands now, what the act changed, and what should be looked at."""

    measure: MeasureRow
    changed: Changed
    remarks: Remarks = ()


def today_of(cohort: Cohort) -> date:
    """Today where the laptop stands, by the cohort's clock."""
    return cohort.actor.clock().astimezone().date()


def mark_person(cohort: Cohort, mark: AttendanceRow) -> Marked:
    """Mark somebody in the register; marked otherwise before, this counts and the trail keeps both.

    The same status without a reason keeps the reason there is. Raises as `mark_attendance`.
    """
    before = next((row for row in attendance(cohort, mark.session) if row.person == mark.person), None)
    if before is not None and before.status == mark.status:
        mark = replace(mark, reason=mark.reason or before.reason)
    changed = mark_attendance(cohort, mark)
    return Marked(mark, before, changed, on_register(cohort, [mark]))


def record_sheet(cohort: Cohort, sheet: Sheet) -> Recorded:
    """Record a sheet. The person's first one fixes the joint and side where their record leaves no choice.

    `Refused` for answers that the instrument does not have, for a day in the future, and over anything else
    that is recorded.
    """
    measure = _measure_on(cohort, sheet)
    with cohort.batch():
        fix_index_at_first(cohort, sheet.person)
        recorded = _recorded(cohort, measure, record_measure(cohort, measure))
        judge_where_screened(cohort, [measure])
    return recorded


def record_missing(cohort: Cohort, missing: MeasureRow) -> Recorded:
    """Record why a measure was not taken; `Refused` over answers and over another reason."""
    return _recorded(cohort, missing, record_measure(cohort, missing))


def correct_sheet(cohort: Cohort, sheet: Sheet, why: str) -> Recorded:
    """Put what is recorded right, for a typed reason; the trail keeps what was there.

    Over a reason for no answers, which knows no day, a sheet without one is taken as answered today, with a
    remark. Raises as `record_sheet`, and `Refused` where nothing is recorded.
    """
    before = _on_record(cohort, sheet.person, sheet.instrument, sheet.timepoint)
    measure = _measure_on(cohort, sheet)
    with cohort.batch():
        recorded = _recorded(cohort, measure, correct_measure(cohort, measure, why))
        judge_where_screened(cohort, [measure])
    if sheet.on is None and before is not None and before.taken_on is None:
        return replace(recorded, remarks=(_as_of_today(cohort), *recorded.remarks))
    return recorded


def judge_where_screened(cohort: Cohort, recorded: Iterable[MeasureRow]) -> None:
    """Judge those again whose screening instrument is among the measures `recorded`."""
    pack = cohort_pack(cohort)
    screen = pack.eligibility.screen
    if screen is None:
        return
    for person in dict.fromkeys(row.person for row in recorded if row.instrument == screen.instrument):
        judge_again(cohort, pack, person)


def fix_index_at_first(cohort: Cohort, person: str) -> None:
    """Fix what a person's measures are about, where none was taken yet and their record leaves no choice."""
    record = person_of(cohort, person)
    index = only_index(record)
    taken = any(row.missing_reason is None for row in measures(cohort, person))
    if index is not None and record.index_joint is None and not taken:
        fix_index(cohort, person, *index)


def _measure_on(cohort: Cohort, sheet: Sheet) -> MeasureRow:
    instrument = load_instrument(sheet.instrument)
    codes = codes_of(instrument, parse_answers(instrument, sheet.answers))
    if sheet.on is not None and sheet.on > today_of(cohort):
        raise Refused("This day lies in the future.", "Give the day on which it was answered.")
    before = _on_record(cohort, sheet.person, sheet.instrument, sheet.timepoint)
    day, mode = (before.taken_on, before.mode) if before else (None, None)
    return MeasureRow(
        sheet.person,
        sheet.instrument,
        sheet.timepoint,
        taken_on=sheet.on or day or today_of(cohort),
        mode=sheet.mode or mode or "self",
        answers=codes,
    )


def _as_of_today(cohort: Cohort) -> str:
    return (
        f"No day was on record, so today, {day_in_words(today_of(cohort))}, was put down. "
        "Where it was answered on another day, correct it with that: --on."
    )


def _recorded(cohort: Cohort, said: MeasureRow, changed: Changed) -> Recorded:
    measure = _on_record(cohort, said.person, said.instrument, said.timepoint) or said
    return Recorded(measure, changed, on_measure(cohort, measure))


def _on_record(cohort: Cohort, person: str, instrument: str, timepoint: Timepoint) -> MeasureRow | None:
    rows = measures(cohort, person)
    return next((row for row in rows if (row.instrument, row.timepoint) == (instrument, timepoint)), None)
