"""From the bytes of a list to its headings and rows, with the line of the file on which each row begins.

Not for: what a heading or a cell means; no cell is changed here, not even its blanks.
"""

from __future__ import annotations

import csv
import io
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import islice

from sessions.faults import Fault, FaultyFiles

MOST_BYTES = 4 * 1024 * 1024
MOST_LINES = 50_000
DELIMITERS = (",", ";", "\t")
ROWS_SEARCHED_FOR_HEADINGS = 20
FEWEST_HEADINGS = 2
MOST_HEADINGS = 500

_WORKBOOKS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"%PDF")
_UTF_16 = (b"\xff\xfe", b"\xfe\xff")
_BOM = b"\xef\xbb\xbf"
_SAVE_AGAIN = "Save it again from the spreadsheet as “CSV UTF-8”."

Known = Callable[[tuple[str, ...]], int]
"""How many of a row's cells are headings that somebody asked for."""


@dataclass(frozen=True, slots=True)
class Row:
    """The cells of one row as they stand in the file, and the line on which it begins, from 1."""

    line: int
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """A list taken apart: each row has as many cells as there are headings. Blank rows are left out.

    `faults` are rows that could not be taken apart; they are not among `rows`.
    """

    headings: Row
    rows: tuple[Row, ...]
    faults: tuple[Fault, ...]


def read_table(data: bytes, file: str, known: Known) -> Table:
    """Take the list `data` apart; `file` is its name in faults.

    The delimiter and the row of headings are found together: they are where most headings are known.
    Raises `FaultyFiles` where the bytes are no text or no headings are found.
    """
    text = _decoded(data, file)
    delimiter, headings = _find_headings(text, file, known)
    rows: list[Row] = []
    faults: list[Fault] = []
    for row in _rows(text, delimiter):
        if row.line <= headings.line:
            continue
        if row.cells == _BROKEN:
            faults.append(_broken_quotes(file, row.line))
        elif not all(is_blank(cell) for cell in row.cells[len(headings.cells) :]):
            faults.append(_too_many_cells(file, row.line))
        elif not all(is_blank(cell) for cell in row.cells):
            rows.append(Row(row.line, _fitted(row.cells, len(headings.cells))))
    return Table(headings, tuple(rows), tuple(faults))


def is_blank(text: str) -> bool:
    """Whether nothing in `text` can be seen: it is empty, or holds white space and format marks alone."""
    if text.isascii():
        return not text or text.isspace()
    return all(_is_invisible(character) for character in text)


def _is_invisible(character: str) -> bool:
    return character.isspace() or unicodedata.category(character) == "Cf"


_BROKEN: tuple[str, ...] = ("\0",)
"""Stands for a row whose quotes cannot be followed; a file with a NUL has been refused before."""


def _rows(text: str, delimiter: str) -> Iterator[Row]:
    # newline="" leaves CR, LF and CRLF as they are: those inside quotes belong to the cell.
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    while True:
        line = reader.line_num + 1
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error:
            yield Row(line, _BROKEN)
        else:
            yield Row(line, tuple(cells))


def _find_headings(text: str, file: str, known: Known) -> tuple[str, Row]:
    best_count, best_delimiter, best_row = 0, "", Row(0, ())
    for delimiter in DELIMITERS:
        count, row = _headings_by(text, delimiter, known)
        if count > best_count:
            best_count, best_delimiter, best_row = count, delimiter, row
    if best_count < FEWEST_HEADINGS:
        raise _refused(
            file,
            "no line with headings is found, so the columns cannot be told apart.",
            "Write the headings above the rows, with commas, semicolons or tabs between them.",
        )
    if sum(not is_blank(cell) for cell in best_row.cells) > MOST_HEADINGS:
        raise _refused(
            file,
            f"there are more than {MOST_HEADINGS} columns.",
            "Send the columns that are asked for alone.",
            best_row.line,
        )
    return best_delimiter, best_row


def _headings_by(text: str, delimiter: str, known: Known) -> tuple[int, Row]:
    """The first row that may be the headings, and how many of them are known.

    The first with at least half of the most, not the one with the most: were it a later one, rows of
    people between the two would be passed over as if they were titles.
    """
    filled = (row for row in _rows(text, delimiter) if not all(is_blank(cell) for cell in row.cells))
    counted = [(known(row.cells), row) for row in islice(filled, ROWS_SEARCHED_FOR_HEADINGS)]
    most = max((count for count, _ in counted), default=0)
    for count, row in counted:
        if count >= FEWEST_HEADINGS and 2 * count >= most:
            return count, row
    return 0, Row(0, ())


def _fitted(cells: tuple[str, ...], count: int) -> tuple[str, ...]:
    # Spreadsheets leave out the delimiters of empty cells at the end of a row.
    return (*cells, *[""] * (count - len(cells)))[:count]


def _decoded(data: bytes, file: str) -> str:
    if len(data) > MOST_BYTES:
        raise _refused(
            file,
            f"the file is larger than {MOST_BYTES // 1024**2} MiB.",
            "Send the list alone, without other sheets or pictures.",
        )
    if max(data.count(b"\n"), data.count(b"\r")) > MOST_LINES:
        raise _refused(
            file, f"the file has more than {MOST_LINES} lines.", "Send the list of one cohort at a time."
        )
    if data.startswith(_WORKBOOKS):
        raise _refused(file, "this is a workbook or a document, not a CSV file.", _SAVE_AGAIN)
    if data.startswith(_UTF_16):
        raise _refused(file, "the text is UTF-16.", _SAVE_AGAIN)
    if b"\0" in data:
        line = _line_at(data, data.index(b"\0"))
        raise _refused(file, "there is a NUL byte, so this is not the text of a list.", _SAVE_AGAIN, line)
    try:
        return data.removeprefix(_BOM).decode("utf-8")
    except UnicodeDecodeError as error:
        line = _line_at(data, error.start)
    if data.startswith(_BOM) or _is_damaged_utf_8(data):
        raise _refused(file, "the text is UTF-8 that has been damaged.", _SAVE_AGAIN, line)
    try:
        return data.decode("cp1252")
    except UnicodeDecodeError as error:
        line = _line_at(data, error.start)
        raise _refused(file, "the text is neither UTF-8 nor Windows-1252.", _SAVE_AGAIN, line) from None


def _is_damaged_utf_8(data: bytes) -> bool:
    """Whether there are at least as many UTF-8 letters beyond ASCII as bytes that break UTF-8.

    Text in Windows-1252 hardly ever forms one by chance: a capital with an accent, then a sign.
    """
    text = data.decode("utf-8", errors="replace")
    broken = text.count("\N{REPLACEMENT CHARACTER}")
    return sum(not character.isascii() for character in text) >= 2 * broken


def _line_at(data: bytes, offset: int) -> int:
    before = data[:offset].replace(b"\r\n", b"\n").replace(b"\r", b"\n")
    return before.count(b"\n") + 1


def _broken_quotes(file: str, line: int) -> Fault:
    return Fault(
        file,
        "",
        "the quotes of this row do not close where they should, or a cell is far too long.",
        "Put one quote before and one after the cell, and write a quote inside it twice.",
        line,
    )


def _too_many_cells(file: str, line: int) -> Fault:
    return Fault(
        file,
        "",
        "this row has more cells than there are headings.",
        "Put quotes around a cell that holds the mark between cells, or take the extra cells out.",
        line,
    )


def _refused(file: str, wrong: str, remedy: str, line: int | None = None) -> FaultyFiles:
    return FaultyFiles(file, (Fault(file, "", wrong, remedy, line),))
