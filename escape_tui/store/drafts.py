"""Sheets that are half typed, kept durably with every key until they are recorded as measures.

A draft is no part of the record: no list, no count and no return reads it, it has no row in the trail and no
step of undo. It ends when its sheet is recorded (`entry.keeping`), and with the person when they are erased.

Not for: measures (`acts.measures`), nor what a key means (`entry.keying`).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from escape_tui.store.cohort import Cohort
from escape_tui.store.connect import Row
from sessions.records import Mode
from sessions.rules import Timepoint

DraftKind = Literal["first", "second", "correction"]
"""`first`: nothing is recorded yet. `second`: another person's second typing. `correction`: of a record."""
Typed = str | None
"""What was typed of one item: its code, "" where the paper is blank, None where nothing was typed yet."""

_WAITING, _BETWEEN = "?", ","


@dataclass(frozen=True, slots=True)
class Draft:
    """One sheet as far as it was typed, `at` the item that waits (from 0), `pending` a figure half typed."""

    person: str
    instrument: str
    timepoint: Timepoint
    kind: DraftKind
    by: str
    taken_on: date
    mode: Mode
    cells: tuple[Typed, ...]
    at: int = 0
    pending: str = ""


def keep_draft(cohort: Cohort, draft: Draft) -> None:
    """Keep a draft durably in the place of what was kept of it. `Refused` where nothing may be entered."""
    with cohort.connection.transaction():
        cohort.refuse_read_only()
        cohort.connection.run(
            "INSERT OR REPLACE INTO draft"
            " (person, instrument, timepoint, kind, by, taken_on, mode, cells, at, pending)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                draft.person,
                draft.instrument,
                draft.timepoint,
                draft.kind,
                draft.by,
                draft.taken_on.isoformat(),
                draft.mode,
                _BETWEEN.join(_WAITING if cell is None else cell for cell in draft.cells),
                draft.at,
                draft.pending,
            ),
        )


def drop_drafts(cohort: Cohort, person: str, instrument: str, timepoint: Timepoint) -> None:
    """Forget every draft of that sheet; where there is none nothing happens."""
    with cohort.connection.transaction():
        cohort.connection.run(
            "DELETE FROM draft WHERE person = ? AND instrument = ? AND timepoint = ?",
            (person, instrument, timepoint),
        )


def drafts(cohort: Cohort) -> tuple[Draft, ...]:
    """Every draft of the cohort."""
    rows = cohort.connection.rows("SELECT * FROM draft ORDER BY person, timepoint, instrument, kind")
    return tuple(map(_read, rows))


def _read(row: Row) -> Draft:
    cells = str(row["cells"]).split(_BETWEEN)
    return Draft(
        person=str(row["person"]),
        instrument=str(row["instrument"]),
        timepoint=row["timepoint"],  # type: ignore[arg-type]  # the file's own constraints hold the codes
        kind=row["kind"],  # type: ignore[arg-type]
        by=str(row["by"]),
        taken_on=date.fromisoformat(str(row["taken_on"])),
        mode=row["mode"],  # type: ignore[arg-type]
        cells=tuple(None if cell == _WAITING else cell for cell in cells),
        at=int(str(row["at"])),
        pending=str(row["pending"]),
    )
