"""Typing one sheet of one person: taken up where it stood, kept with every key, recorded at the end.

A first entry records the sheet. A second entry, by another person and blind, is compared with the record. A
correction replaces the record for a typed reason. What is typed is a draft until then (`store.drafts`).

Not for: what a key means (`keying`), or drawing it (`screens.measures.entry`).
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from escape_tui.entry.board import TIMEPOINT_WORDS, SheetKey
from escape_tui.entry.keying import TypedSheet, empty_sheet, recorded_sheet
from escape_tui.recording import (
    Recorded,
    Sheet,
    correct_sheet,
    judge_where_screened,
    record_missing,
    record_sheet,
    today_of,
)
from escape_tui.remarks import on_measure
from escape_tui.store.act import Changed
from escape_tui.store.acts.measures import correct_measure, record_measure
from escape_tui.store.cohort import NOBODY_NAMED, Cohort
from escape_tui.store.drafts import Draft, DraftKind, drafts, drop_drafts, keep_draft
from escape_tui.store.read import measures
from sessions.due import TIMEPOINTS
from sessions.errors import Refused
from sessions.instrument import Instrument
from sessions.instrument_files import load_instrument
from sessions.measured import scores_of
from sessions.records import MeasureRow, MissingReason, Mode
from sessions.scoring import ScaleScore, score
from sessions.unlikely import Before, unlikely


@dataclass(frozen=True, slots=True)
class How:
    """On which day and how a sheet was filled in; one pile of paper shares it."""

    on: date
    mode: Mode = "self"


@dataclass(frozen=True, slots=True)
class Difference:
    """An item on which two typings differ; None is blank."""

    number: int
    first: str | None
    second: str | None


class SheetEntry:
    """One sheet on the desk. `sheet` and `how` are kept durably whenever they change."""

    def __init__(self, cohort: Cohort, key: SheetKey, kind: DraftKind, how: How | None = None) -> None:
        """Take the sheet up. `Refused` where it cannot be entered in that way, or by who enters now."""
        self._cohort = cohort
        self.key = key
        self.kind: DraftKind = kind
        self.instrument: Instrument = load_instrument(key.instrument)
        self.record = _record(cohort, key)
        self._refuse_wrong_way()
        kept = self._kept_draft()
        self.taken_up = kept is not None
        """Whether it was half typed before."""
        self._how = self._first_how(kept, how)
        self._sheet = self._first_sheet(kept)

    @property
    def sheet(self) -> TypedSheet:
        """The sheet as far as it is typed."""
        return self._sheet

    @property
    def how(self) -> How:
        """The day and the way in which it was filled in."""
        return self._how

    @property
    def scores(self) -> tuple[ScaleScore, ...]:
        """What the answers so far come to."""
        return score(self.instrument, self._sheet.answers)

    def put(self, sheet: TypedSheet) -> None:
        """Go on to this state of the sheet; it is durable when this returns."""
        if sheet != self._sheet:
            self._keep(sheet, self._how)
            self._sheet = sheet

    def say_how(self, how: How) -> None:
        """Say when or how it was filled in. `Refused` for a day to come."""
        if how.on > today_of(self._cohort):
            raise Refused("This day lies in the future.", "Give the day on which it was answered.")
        if self._sheet.typed or self._sheet.pending:
            self._keep(self._sheet, how)
        self._how = how

    def questions(self) -> tuple[str, ...]:
        """What is unlikely on the sheet, to be asked about once before it is recorded."""
        if self.kind == "second":
            return ()
        return unlikely(self.instrument, self.scores, self._before())

    def doubts_of_day(self) -> tuple[str, ...]:
        """What is wrong with the day of a first entry: on it the sheet counts for nothing."""
        if self.kind != "first":
            return ()
        key = self.key
        row = MeasureRow(key.person, key.instrument, key.timepoint, taken_on=self._how.on)
        return on_measure(self._cohort, row)

    def differences(self) -> tuple[Difference, ...]:
        """Where a second entry differs from the record."""
        pairs = zip(self._on_record().answers, self._sheet.codes, strict=True)
        return tuple(
            Difference(number, first, second)
            for number, (first, second) in enumerate(pairs, start=1)
            if first != second
        )

    def record_first(self) -> Recorded:
        """Record a first entry, and forget the draft."""
        with self._cohort.connection.transaction():
            recorded = record_sheet(self._cohort, self._as_typed())
            self._drop()
        return recorded

    def record_correction(self, why: str) -> Recorded:
        """Put the record right for a typed reason; that it was checked twice no longer holds."""
        with self._cohort.connection.transaction():
            recorded = correct_sheet(self._cohort, self._as_typed(), why)
            self._drop()
        return recorded

    def record_settled(self, settled: TypedSheet) -> Recorded:
        """Record what both typings come to, every difference settled on paper: it is checked twice now."""
        record = self._on_record()
        checked = replace(record, answers=settled.codes, entered_twice=True)
        with self._cohort.connection.transaction():
            if settled.codes == record.answers:
                changed: Changed = record_measure(self._cohort, checked)
            else:
                with self._cohort.batch():
                    changed = correct_measure(self._cohort, checked, "second entry, settled on paper")
                    judge_where_screened(self._cohort, [checked])
            self._drop()
        return Recorded(checked, changed, on_measure(self._cohort, checked))

    def give_up(self) -> None:
        """Forget what was typed."""
        self._drop()

    def _on_record(self) -> MeasureRow:
        if self.record is None:
            raise RuntimeError("a second entry has a record")
        return self.record

    def _refuse_wrong_way(self) -> None:
        if self.kind == "first" and self.record is not None:
            raise Refused("This sheet is recorded already.", "Correct it, with a reason, where it is wrong.")
        if self.kind != "first" and self.record is None:
            raise Refused("Nothing is recorded of this sheet.", "Enter it first.")
        if self.kind == "second":
            first_by = entered_by(self._cohort, self.key)
            if first_by in {self._cohort.actor.by, NOBODY_NAMED}:
                raise Refused(
                    "The second entry is made by another person than the first.",
                    "F6 says who enters; `escape facilitator add` names who may.",
                )

    def _kept_draft(self) -> Draft | None:
        """What was typed before; a second entry is taken up only by who began it."""
        key = (self.key.person, self.key.instrument, self.key.timepoint, self.kind)
        for one in drafts(self._cohort):
            if (one.person, one.instrument, one.timepoint, one.kind) == key:
                fits = len(one.cells) == self.instrument.item_count
                mine = self.kind != "second" or one.by == self._cohort.actor.by
                return one if fits and mine else None
        return None

    def _first_how(self, kept: Draft | None, how: How | None) -> How:
        if kept is not None:
            return How(kept.taken_on, kept.mode)
        if self.record is not None and self.record.taken_on is not None and self.record.mode is not None:
            return How(self.record.taken_on, self.record.mode)
        return how or How(today_of(self._cohort))

    def _first_sheet(self, kept: Draft | None) -> TypedSheet:
        if kept is not None:
            return TypedSheet(self.instrument, kept.cells, min(kept.at, len(kept.cells)), kept.pending)
        if self.kind == "correction" and self.record is not None:
            return recorded_sheet(self.instrument, self.record.answers)
        return empty_sheet(self.instrument)

    def _keep(self, sheet: TypedSheet, how: How) -> None:
        draft = Draft(
            self.key.person,
            self.key.instrument,
            self.key.timepoint,
            self.kind,
            self._cohort.actor.by,
            how.on,
            how.mode,
            sheet.cells,
            sheet.at,
            sheet.pending,
        )
        keep_draft(self._cohort, draft)

    def _as_typed(self) -> Sheet:
        answers = ",".join(code or "" for code in self._sheet.codes)
        return Sheet(
            self.key.person, self.key.instrument, self.key.timepoint, answers, self._how.on, self._how.mode
        )

    def _before(self) -> Before | None:
        """The scores at the timepoint before, of the same joint and side."""
        earlier = TIMEPOINTS[: TIMEPOINTS.index(self.key.timepoint)]
        rows = [
            row
            for row in measures(self._cohort, self.key.person)
            if row.instrument == self.key.instrument and row.timepoint in earlier and not row.missing_reason
        ]
        if not rows:
            return None
        last = max(rows, key=lambda row: TIMEPOINTS.index(row.timepoint))
        return Before(TIMEPOINT_WORDS[last.timepoint].lower(), scores_of(last))

    def _drop(self) -> None:
        drop_drafts(self._cohort, self.key.person, self.key.instrument, self.key.timepoint)


def record_as_missing(cohort: Cohort, key: SheetKey, reason: MissingReason) -> Recorded:
    """Record why there is no sheet, and forget what was typed of it. `Refused` over what is recorded."""
    missing = MeasureRow(key.person, key.instrument, key.timepoint, missing_reason=reason)
    with cohort.connection.transaction():
        recorded = record_missing(cohort, missing)
        drop_drafts(cohort, key.person, key.instrument, key.timepoint)
    return recorded


def entered_by(cohort: Cohort, key: SheetKey) -> str | None:
    """Who entered, or last corrected, the sheet that is recorded; None where the trail does not say."""
    place = f'["{key.person}","{key.instrument}","{key.timepoint}"]'
    row = cohort.connection.row(
        "SELECT by FROM audit WHERE act IN ('record_measure', 'correct_measure')"
        " AND instr(changes, ?) ORDER BY id DESC LIMIT 1",
        (f'"row":{place}',),
    )
    return None if row is None else str(row["by"])


def kind_for(cohort: Cohort, key: SheetKey, *, second_entry: bool) -> DraftKind:
    """The way in which a sheet is entered now: first, by a second person, or as a correction."""
    record = _record(cohort, key)
    if record is None:
        return "first"
    by_another = entered_by(cohort, key) not in {cohort.actor.by, NOBODY_NAMED}
    if second_entry and by_another and record.missing_reason is None and not record.entered_twice:
        return "second"
    return "correction"


def _record(cohort: Cohort, key: SheetKey) -> MeasureRow | None:
    rows = measures(cohort, key.person)
    return next(
        (row for row in rows if (row.instrument, row.timepoint) == (key.instrument, key.timepoint)), None
    )
