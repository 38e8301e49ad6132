"""Writing a return's tables as CSV: RFC 4180, UTF-8 with BOM, safe to open in a spreadsheet.

Not for: what stands in the cells (`tables`), or reading them again (`reading`).
"""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, date, datetime
from fractions import Fraction
from math import floor
from operator import attrgetter

from exports.columns import Table
from exports.rows import Cell, Number, Row, Tables
from exports.schema import TABLES

BOM = "\ufeff"
GUARD = "'"
GUARDED = frozenset("=+-@'" + "＝＋－＠＇" + "\t\r\n")  # noqa: RUF001 - the full-width forms are meant
"""What begins a formula in some spreadsheet, or the guard itself. A reader takes one guard away."""
DECIMALS = 6


def files_of(tables: Tables) -> dict[str, bytes]:
    """The content of every file, by its name; tables that are not in this return have none."""
    files = {}
    for table in TABLES:
        rows: Sequence[Row] | None = getattr(tables, table.name)
        if rows is not None:
            files[table.file] = csv_of(table, rows)
    return files


def csv_of(table: Table, rows: Iterable[Row]) -> bytes:
    """A table as the bytes of its file, its rows sorted by their key."""
    ordered = sorted(rows, key=sort_key(table))
    cells_of = attrgetter(*table.heading)
    return csv_bytes([table.heading, *([written(cell) for cell in cells_of(row)] for row in ordered)])


def csv_bytes(lines: Iterable[Sequence[str]]) -> bytes:
    """Lines of cells as a file."""
    out = io.StringIO()
    csv.writer(out, lineterminator="\r\n").writerows(lines)
    return (BOM + out.getvalue()).encode("utf-8")


def sort_key(table: Table) -> Callable[[Row], tuple[tuple[bool, Cell], ...]]:
    """What gives the key that rows of a table are sorted by; an empty cell stands before any other."""
    names = table.sorted_by

    def key(row: Row) -> tuple[tuple[bool, Cell], ...]:
        cells: list[Cell] = [getattr(row, name) for name in names]
        return tuple([(cell is not None, cell) for cell in cells])

    return key


def written(cell: Cell) -> str:
    """One cell: empty where nothing is known, ISO dates, instants in UTC, at most 6 decimals."""
    match cell:
        case None:
            return ""
        case str():
            return guarded(cell)
        case datetime():
            return cell.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
        case date():
            return cell.isoformat()
        case int():
            return str(cell)
        case _:
            return number(cell)


def guarded(text: str) -> str:
    """A text that no spreadsheet takes for a formula."""
    return GUARD + text if text[:1] in GUARDED else text


def number(value: Number) -> str:
    """A number with at most 6 decimals, halves upwards.

    Rounded so, two scores that differ by a change of at most 6 decimals still do, whatever they are: ties and
    thresholds survive the rounding.
    """
    millionths = floor(Fraction(value) * 10**DECIMALS + Fraction(1, 2))
    whole, rest = divmod(abs(millionths), 10**DECIMALS)
    decimals = f"{rest:0{DECIMALS}d}".rstrip("0")
    return f"{'-' if millionths < 0 else ''}{whole}{'.' if decimals else ''}{decimals}"
