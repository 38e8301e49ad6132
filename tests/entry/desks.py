"""A cohort at a desk, its clock set by hand, and sheets typed into it.

Not for: checking anything.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

from escape_tui.entry import keying
from escape_tui.entry.board import SheetKey
from escape_tui.entry.keeping import SheetEntry
from escape_tui.store.cohort import Cohort
from escape_tui.store.connect import Row, text
from sessions.rules import Timepoint
from tests.store.making import Clock, make


def desk(folder: Path, clock: Clock | None = None) -> Cohort:
    """A plain cohort without people, of a programme that began on 5 October 2026."""
    return make(folder / "K26-1.db", None, clock or Clock())


def koos(person: str, timepoint: Timepoint = "baseline") -> SheetKey:
    return SheetKey(person, "koos", timepoint)


def stands(person: str, timepoint: Timepoint = "baseline") -> SheetKey:
    return SheetKey(person, "chair-stand-30s", timepoint)


def type_in(entry: SheetEntry, keys: Iterable[str]) -> SheetEntry:
    """Press keys one by one, `b` for blank; a figure is taken at the end."""
    for key in keys:
        pressed = keying.leave_blank if key == "b" else None
        entry.put(pressed(entry.sheet) if pressed else keying.press(entry.sheet, key))
    if entry.sheet.pending:
        entry.put(keying.take_figure(entry.sheet))
    return entry


def by(cohort: Cohort, facilitator: str) -> None:
    """Let somebody else enter."""
    cohort.actor = replace(cohort.actor, by=facilitator)


def everything(cohort: Cohort) -> dict[str, list[Row]]:
    """Every row of every table."""
    tables = cohort.connection.rows("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name")
    return {
        text(row["name"]): cohort.connection.rows(f"SELECT * FROM {text(row['name'])} ORDER BY 1, 2")  # noqa: S608
        for row in tables
    }
