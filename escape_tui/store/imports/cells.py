"""Reading a list row by row while every fault is gathered, each with its line and column.

Not for: what one cell means (`words`, `dates`, `values`), nor which columns there are (`headings`).
A fault names line and column alone: what stands in a cell may be somebody's name.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import TypeVar

from escape_tui.store.imports.dates import says_month_first
from escape_tui.store.imports.headings import Field, count_known, understand
from escape_tui.store.imports.table import Row, is_blank, read_table
from sessions.errors import Refused
from sessions.faults import Fault, FaultyFiles

Value = TypeVar("Value")


class Listing:
    """A list being read: its columns, its rows, and the faults found so far."""

    def __init__(self, data: bytes, file: str, fields: Sequence[Field]) -> None:
        table = read_table(data, file, lambda cells: count_known(cells, fields))
        self.file = file
        self.columns, faults = understand(file, table.headings, table.rows, fields)
        self._rows = table.rows
        self._faults = [*faults, *table.faults]
        if not table.rows and not table.faults:
            self._faults.append(
                Fault(file, "", "there is no row under the headings.", "Send the list with its rows.")
            )

    def rows(self) -> Iterator[Cells]:
        """The rows in the order of the file."""
        for row in self._rows:
            yield Cells(self, row)

    def fault(self, line: int, field: str, wrong: str, remedy: str) -> None:
        """Note a fault in the column of `field` on that line."""
        self._faults.append(Fault(self.file, self.columns.place(field), wrong, remedy, line))

    def refuse_month_first(self, field: str) -> None:
        """Note a fault where the heading of that column of dates says that the month stands first."""
        column = self.columns.find(field)
        if column is not None and says_month_first(column.heading):
            self.fault(
                self.columns.line,
                field,
                "the heading says that the month stands before the day.",
                "Save the list with its dates as 2026-10-05, and put the heading right.",
            )

    def finish(self) -> None:
        """Raise `FaultyFiles` with every fault in the order of the lines, where there is any."""
        if self._faults:
            raise FaultyFiles(self.file, tuple(sorted(self._faults, key=lambda fault: fault.line or 0)))


class Cells:
    """The cells of one row, read by field."""

    def __init__(self, owner: Listing, row: Row) -> None:
        self.line = row.line
        self._list = owner
        self._row = row

    def value(self, field: str, read: Callable[[str], Value], *, needed: bool = False) -> Value | None:
        """What `read` makes of the field's cell; `None` where it is blank or faulty, or there is no column.

        A cell that is blank and `needed`, or that `read` refuses, is noted as a fault.
        """
        column = self._list.columns.find(field)
        if column is None:
            return None
        cell = self._row.cells[column.index]
        if is_blank(cell):
            if needed:
                self.fault(field, "this is blank.", "Fill it in.")
            return None
        try:
            return read(cell)
        except Refused as refused:
            self.fault(field, refused.wrong, refused.remedy)
            return None

    def is_blank(self, field: str) -> bool:
        """Whether the field's cell says nothing, or the list has no such column."""
        column = self._list.columns.find(field)
        return column is None or is_blank(self._row.cells[column.index])

    def fault(self, field: str, wrong: str, remedy: str) -> None:
        """Note a fault in this row's cell of `field`."""
        self._list.fault(self.line, field, wrong, remedy)
