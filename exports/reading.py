"""Reading a return's tables from bytes that nobody vouches for.

Not for: what the figures in them should be (`recount`). Everything is bounded, and whatever is not as the
schema has it is a fault with its line; a fault never repeats what stood in a cell.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from fractions import Fraction
from functools import cache, partial
from itertools import pairwise

from exports.columns import Column, Table
from exports.rows import ROW_OF, Cell, Row, Tables
from exports.schema import TABLES, table_named
from exports.writing import BOM, GUARD, guarded, sort_key

MOST_ROWS = 100_000
"""More than any cohort has: 40 sessions of 40 people at 16 stations are 25,600 rows."""
MOST_FAULTS = 20
_Reader = tuple[str, Callable[[str], Cell]]
"""The name of a column, and what reads its cells."""
_INTEGER = re.compile(r"-?[0-9]{1,9}")
_NUMBER = re.compile(r"-?[0-9]{1,12}(\.[0-9]{1,6})?")
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_INSTANT = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z")


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with a file of a table; `line` counts rows, the heading is 1; None for the whole."""

    file: str
    line: int | None
    message: str


class FaultyTables(Exception):
    """The tables are not those of a return; `faults` says why, at most 20 of them."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        super().__init__(f"{len(faults)} faults in the tables")
        self.faults = tuple(faults[:MOST_FAULTS])


def read_tables(files: Mapping[str, bytes]) -> Tables:
    """The tables in `files`, which are named `cohort.csv` and so on; files of other names are passed over.

    `FaultyTables` where one is missing or not as the schema has it: heading, cells, keys in order and each
    once, references that lead somewhere.
    """
    faults: list[Fault] = []
    found: dict[str, tuple[Row, ...] | None] = {}
    for table in TABLES:
        data = files.get(table.file)
        found[table.name] = None if data is None else _rows_in(table, data, faults)
        if data is None and not table.optional:
            faults.append(Fault(table.file, None, "The file is missing."))
    if not faults:
        faults += _dangling({name: rows or () for name, rows in found.items()})
    if not faults and len(found["cohort"] or ()) != 1:
        faults.append(Fault("cohort.csv", None, "It does not have exactly one row."))
    if faults:
        raise FaultyTables(faults)
    return Tables(**found)  # type: ignore[arg-type]  # each was made of its own kind of row


def _rows_in(table: Table, data: bytes, faults: list[Fault]) -> tuple[Row, ...]:
    rows: list[Row] = []
    # Most cells of a column stand in it many times.
    readers = [(column.name, cache(partial(read_cell, column))) for column in table.columns]
    try:
        lines = _lines(data)
        _check_heading(table, next(lines, []))
        for line, cells in enumerate(lines, start=2):
            _check_bounds(line, faults)
            row = _row(table, readers, (line, cells), faults)
            rows += [] if row is None else [row]
    except ValueError as error:
        faults.append(Fault(table.file, None, str(error)))
    faults += _out_of_order(table, rows)
    return tuple(rows)


def _check_heading(table: Table, cells: Sequence[str]) -> None:
    if tuple(cells) != table.heading:
        raise ValueError("The heading is not that of this table.")


def _check_bounds(line: int, faults: Sequence[Fault]) -> None:
    if line > MOST_ROWS + 1:
        raise ValueError("There are more rows than any cohort has.")
    if len(faults) >= MOST_FAULTS:
        raise ValueError("The rest was not read.")


def _lines(data: bytes) -> Iterator[list[str]]:
    """The rows of a CSV file; `ValueError` with a sentence of our own where it is none."""
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        raise ValueError("The file is not UTF-8.") from None
    if not text.startswith(BOM):
        raise ValueError("The file does not begin with a byte order mark.")
    lines = csv.reader(io.StringIO(text.removeprefix(BOM), newline=""), strict=True)
    try:
        yield from lines
    except csv.Error:
        raise ValueError("The file is not CSV as RFC 4180 has it.") from None


def _row(
    table: Table, readers: Sequence[_Reader], numbered: tuple[int, Sequence[str]], faults: list[Fault]
) -> Row | None:
    line, cells = numbered
    if len(cells) != len(table.columns):
        faults.append(Fault(table.file, line, "The row has another number of cells than the heading."))
        return None
    values: list[Cell] = []
    for (name, read), text in zip(readers, cells, strict=True):
        try:
            values.append(read(text))
        except ValueError as error:
            faults.append(Fault(table.file, line, f"{name} {error}."))
    return ROW_OF[table.name](*values) if len(values) == len(cells) else None  # type: ignore[arg-type]


def read_cell(column: Column, text: str) -> Cell:
    """What a cell of `column` holds; `ValueError` says what is wrong with it."""
    if text == "":
        if column.required:
            raise ValueError("is empty")
        return None
    value = _READERS[column.kind](text)
    if isinstance(value, str):
        _check_code(column, value)
    if isinstance(value, int | Fraction) and not _within(column, value):
        raise ValueError("is out of its range")
    return value


def _check_code(column: Column, value: str) -> None:
    known = value in column.codes if column.codes else True
    formed = re.fullmatch(column.pattern, value) if column.pattern else True
    if not (known and formed):
        raise ValueError("holds no code of its own")


def _within(column: Column, value: int | Fraction) -> bool:
    low, high = column.lowest, column.highest
    return (low is None or value >= low) and (high is None or value <= high)


def _text(text: str) -> str:
    """The text behind a guard; `ValueError` where one is missing, or stands where none is needed."""
    plain = text.removeprefix(GUARD)
    if guarded(plain) != text:
        raise ValueError("is not guarded against formulas as it must be")
    return plain


def _formed(pattern: re.Pattern[str], text: str, what: str) -> str:
    if not pattern.fullmatch(text):
        raise ValueError(f"is no {what}")
    return text


def _date(text: str) -> date:
    try:
        return date.fromisoformat(_formed(_DATE, text, "date"))
    except ValueError:
        raise ValueError("is no date") from None


def _instant(text: str) -> datetime:
    try:
        return datetime.fromisoformat(_formed(_INSTANT, text, "instant"))
    except ValueError:
        raise ValueError("is no instant in UTC") from None


_READERS: Mapping[str, Callable[[str], Cell]] = {
    "text": _text,
    "code": str,
    "integer": lambda text: int(_formed(_INTEGER, text, "whole number")),
    "number": lambda text: Fraction(_formed(_NUMBER, text, "number")),
    "date": _date,
    "instant": _instant,
}


def _out_of_order(table: Table, rows: Sequence[Row]) -> list[Fault]:
    keys = [*map(sort_key(table), rows)]
    for earlier, later in pairwise(keys):
        if earlier > later:
            return [Fault(table.file, None, "The rows are not sorted by their key.")]
        if table.key and earlier == later:
            return [Fault(table.file, None, "A key stands twice.")]
    return []


def _dangling(rows: Mapping[str, Sequence[Row]]) -> list[Fault]:
    faults = []
    for table in TABLES:
        for reference in table.references:
            known = {getattr(row, reference.to) for row in rows[table_named(reference.table).name]}
            if any(getattr(row, reference.column) not in known for row in rows[table.name]):
                message = f"{reference.column} names what is not in {reference.table}."
                faults.append(Fault(table.file, None, message))
    return faults
