"""Measures taken on paper or elsewhere: a person's answers at a timepoint, or why there are none.

Not for: taking the answers apart, which needs the instrument (`sessions.answers`); they stay text here.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass, field
from datetime import date

from escape_tui.store.imports.against import NOTHING, Against, Check, no_objection, note_objections
from escape_tui.store.imports.cells import Cells, Listing
from escape_tui.store.imports.dates import read_date
from escape_tui.store.imports.headings import PERSON, Columns, Field
from escape_tui.store.imports.once import each_once
from escape_tui.store.imports.people import reference_key
from escape_tui.store.imports.values import number_like_text, text
from escape_tui.store.imports.words import (
    MISSING_REASON,
    MODE,
    TIMEPOINT,
)
from sessions.errors import Refused
from sessions.records import MissingReason, Mode
from sessions.rules import Timepoint

FIELDS = (
    PERSON,
    Field("timepoint", ("timepoint", "time point", "=occasion", "=stage"), required=True),
    Field("instrument", ("instrument|questionnaire|measure",), never="date score total mode", required=True),
    Field("taken_on", ("taken|completed on|date", "=date", "=taken"), never="birth entered", required=True),
    Field("answers", ("answer|response",), never="date number missing", required=True),
    Field("missing_reason", ("missing reason|why", "=missing", "=reason")),
    Field("mode", ("=mode", "mode completion|administration|answering", "how taken|completed|given")),
)


@dataclass(frozen=True, slots=True)
class ListedMeasure:
    """One measure, taken or missing; `None` is a blank, which overwrites nothing.

    `instrument` is its id. `answers` are as the list has them. A new measure without `mode` was answered
    by the person.
    """

    line: int = field(compare=False)
    person: str
    timepoint: Timepoint
    instrument: str
    taken_on: date | None
    answers: str | None
    missing_reason: MissingReason | None
    mode: Mode | None


@dataclass(frozen=True, slots=True)
class MeasureList:
    """The measures of a list, each once."""

    measures: tuple[ListedMeasure, ...]
    columns: Columns


def read_measures(  # noqa: PLR0913 - what is read, and all that it is held against
    data: bytes,
    today: date,
    instruments: Collection[str],
    file: str = "measures.csv",
    *,
    against: Against = NOTHING,
    check: Check[ListedMeasure] = no_objection,
) -> MeasureList:
    """The measures on the list `data`; `instruments` are the ids there are, `file` the list's name in faults.

    Cells are held `against` a cohort, whole rows against what `check` knows of its record. Raises
    `FaultyFiles` with every fault. The same row twice is one row; two that differ are a fault.
    """
    listing = Listing(data, file, FIELDS)
    listing.refuse_month_first("taken_on")
    instrument = _instrument_reader(instruments)
    read = [one for cells in listing.rows() if (one := _read(cells, today, instrument, against)) is not None]
    measures = each_once(
        listing, read, lambda one: (reference_key(one.person), one.timepoint, one.instrument)
    )
    note_objections(listing, measures, check)
    listing.finish()
    return MeasureList(measures, listing.columns)


def _read(
    cells: Cells, today: date, read_instrument: Callable[[str], str], against: Against
) -> ListedMeasure | None:
    person = cells.value("person", lambda cell: against.person(number_like_text(cell)), needed=True)
    timepoint = cells.value("timepoint", TIMEPOINT.read, needed=True)
    instrument = cells.value("instrument", read_instrument, needed=True)
    answers = cells.value("answers", lambda cell: _answers(cell, instrument, against))
    answered = not cells.is_blank("answers")
    taken_on = cells.value("taken_on", lambda cell: _taken_on(cell, today), needed=answered)
    missing_reason = cells.value("missing_reason", MISSING_REASON.read)
    mode = cells.value("mode", MODE.read)
    if answered and missing_reason is not None:
        cells.fault(
            "missing_reason",
            "there are answers and a reason why they are missing.",
            "Keep the one that is right.",
        )
    if not answered and cells.is_blank("missing_reason"):
        cells.fault(
            "answers",
            "there are no answers and no reason why they are missing.",
            "Give the answers, or a missing_reason, or take the row out.",
        )
    if person is None or timepoint is None or instrument is None:
        return None
    return ListedMeasure(cells.line, person, timepoint, instrument, taken_on, answers, missing_reason, mode)


def _answers(cell: str, instrument: str | None, against: Against) -> str:
    return text(cell) if instrument is None else against.answers(instrument, text(cell))


def _taken_on(cell: str, today: date) -> date:
    day = read_date(cell)
    if day > today:
        raise Refused("this day lies in the future.", "Correct the date.")
    return day


def _instrument_reader(instruments: Collection[str]) -> Callable[[str], str]:
    ids = {_joined(instrument): instrument for instrument in instruments}

    def read(cell: str) -> str:
        instrument = ids.get(_joined(cell))
        if instrument is None:
            raise Refused("this is not an instrument that is known.", f"Use one of {', '.join(instruments)}.")
        return instrument

    return read


def _joined(name: str) -> str:
    # KOOS12, KOOS-12 and koos 12 are one.
    return "".join(character for character in name.casefold() if character.isalnum())
