"""Lists are taken apart whatever spreadsheet wrote them, and every row keeps the line it stands on."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from escape_tui.store.imports.table import MOST_BYTES, MOST_HEADINGS, MOST_LINES, Table, is_blank, read_table
from sessions.faults import Fault
from tests.unit.lists import faults_of

HEADINGS = ("person", "session", "status", "reason")


def known(cells: Sequence[str]) -> int:
    return len(set(cells) & set(HEADINGS))


def read(text: str) -> Table:
    return read_table(text.encode(), "list.csv", known)


def fault_in(data: bytes) -> Fault:
    (fault,) = faults_of(lambda: read_table(data, "list.csv", known))
    return fault


CELLS = st.text(
    st.characters(exclude_categories=("Cs", "Cc", "Cn", "Co")) | st.sampled_from('\n\r,;\t"'), max_size=12
)
ROWS = st.lists(st.tuples(CELLS, CELLS, CELLS, CELLS), max_size=6)


@dataclass(frozen=True, slots=True)
class Spreadsheet:
    """How a program writes its lists."""

    delimiter: str
    line_end: str
    encoding: str
    quotes_all: bool
    title: tuple[str, ...]

    def write(self, rows: Iterable[Iterable[str]]) -> bytes:
        file = io.StringIO(newline="")
        # Python's own writer quotes a CR or LF inside a cell only where it ends lines with it.
        all_quoted = self.quotes_all or self.line_end != "\r\n"
        quoting: Literal[0, 1] = csv.QUOTE_ALL if all_quoted else csv.QUOTE_MINIMAL
        writer = csv.writer(file, delimiter=self.delimiter, lineterminator=self.line_end, quoting=quoting)
        writer.writerows([*([self.title] if self.title else []), *rows])
        return file.getvalue().encode(self.encoding)


SPREADSHEETS = st.builds(
    Spreadsheet,
    delimiter=st.sampled_from(",;\t"),
    line_end=st.sampled_from(["\r\n", "\n", "\r"]),
    encoding=st.sampled_from(["utf-8", "utf-8-sig"]),
    quotes_all=st.booleans(),
    title=st.sampled_from([(), ("Referrals, autumn",), ("",)]),
)


@settings(max_examples=150, deadline=None)
@given(SPREADSHEETS, ROWS)
def test_what_a_spreadsheet_writes_reads_back_exactly(
    spreadsheet: Spreadsheet, rows: list[tuple[str, ...]]
) -> None:
    table = read_table(spreadsheet.write([HEADINGS, *rows]), "list.csv", known)
    assert table.headings.cells == HEADINGS
    assert not table.faults
    filled = [row for row in rows if not all(is_blank(cell) for cell in row)]
    assert [row.cells for row in table.rows] == filled


SIGNS = "€ O\u2019Neill “Šárka” \u2013 Åsa"
LATIN = [chr(code) for code in (*range(0x20, 0x7F), *range(0xA1, 0x100))]


@settings(max_examples=80, deadline=None)
@given(st.lists(st.text(st.sampled_from(LATIN), max_size=12), min_size=3, max_size=3))
def test_windows_1252_reads_back_exactly_where_it_could_not_be_utf_8(row: list[str]) -> None:
    file = io.StringIO(newline="")
    csv.writer(file, delimiter=";").writerows([HEADINGS, ["René", *row]])
    data = file.getvalue().encode("cp1252")
    as_utf_8 = data.decode("utf-8", errors="ignore")
    assume(as_utf_8.isascii())
    assert read_table(data, "list.csv", known).rows[0].cells == ("René", *row)


def test_the_signs_of_windows_1252_are_read_beside_its_letters() -> None:
    table = read_table(f"person;session\n{SIGNS};3\n".encode("cp1252"), "list.csv", known)
    assert table.rows[0].cells[0] == SIGNS


def test_a_row_keeps_its_line_below_line_ends_inside_quotes() -> None:
    table = read('person,session,status\r\n"A\r\n1",3,"pre\nsent"\r\nA2,3,late\r\n')
    assert [(row.line, row.cells[0]) for row in table.rows] == [(2, "A\r\n1"), (5, "A2")]


@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
def test_blank_lines_are_passed_over_and_counted(line_end: str) -> None:
    table = read(
        line_end.join(["", "Register", "", "person,session", "", ",", "A1,3", " , ", "A2,4", "", ""])
    )
    assert [(row.line, row.cells) for row in table.rows] == [(7, ("A1", "3")), (9, ("A2", "4"))]


def test_a_title_with_the_marks_of_other_delimiters_does_not_mislead() -> None:
    table = read("Register, autumn, hall 2, Thursdays\nperson;session\nA1;3\n")
    assert table.headings.cells == ("person", "session")


def test_a_row_shorter_than_the_headings_ends_in_blank_cells() -> None:
    assert read("person,session,status\nA1,3\n").rows[0].cells == ("A1", "3", "")


def test_blank_cells_beyond_the_headings_are_left_out() -> None:
    assert read("person,session\nA1,3,, \n").rows[0].cells == ("A1", "3")


def test_a_row_longer_than_the_headings_is_a_fault_on_its_line() -> None:
    table = read("person,session\nA1,3\nCole, Ruth,3\nA2,4\n")
    assert [fault.line for fault in table.faults] == [3]
    assert [row.line for row in table.rows] == [2, 4]


def test_a_quote_that_does_not_close_is_a_fault_on_the_line_where_it_opens() -> None:
    table = read('person,session\nA1,3\n"A2,4\nA3,5\n')
    assert [fault.line for fault in table.faults] == [3]
    assert [row.line for row in table.rows] == [2]


def test_rows_after_one_with_broken_quotes_are_still_read() -> None:
    table = read('person,session\n"A1"x,3\nA2,4\n"A"y,5\n')
    assert [fault.line for fault in table.faults] == [2, 4]
    assert [row.cells for row in table.rows] == [("A2", "4")]


def test_no_row_is_taken_for_a_title_because_a_later_one_looks_more_like_headings() -> None:
    table = read("person,session,visit\nA1,3,x\nperson,session,status\n")
    assert table.headings.line == 1


def test_utf_8_with_a_byte_order_mark_loses_the_mark_alone() -> None:
    table = read_table("\ufeffperson,session\n\ufeffA1,3\n".encode(), "list.csv", known)
    assert table.headings.cells[0] == "person"
    assert table.rows[0].cells[0] == "\ufeffA1"


@pytest.mark.parametrize(
    ("data", "wrong"),
    [
        (b"PK\x03\x04 a workbook", "workbook"),
        (b"\xd0\xcf\x11\xe0 an old workbook", "workbook"),
        ("person,session\n".encode("utf-16"), "UTF-16"),
        ("person,session\n".encode("utf-16-le"), "NUL"),
        (b"person,session\nA\x001,3\n", "NUL"),
        (b"person,session\nA\x81,3\n", "neither UTF-8 nor Windows-1252"),
        (b"person,session\nSi\xc3\xa2n,3\nRen\xe9e,4\n", "damaged"),
        (b"\xef\xbb\xbfperson,session\nRen\xe9e,4\n", "damaged"),
        (b"", "no line with headings"),
        (b"A1,3,present\n", "no line with headings"),
        (b"person session\n", "no line with headings"),
        (b"x" * (MOST_BYTES + 1), "larger than 4 MiB"),
        (b"person,session\n" + b"\n" * MOST_LINES, "lines"),
        (b"person,session," + b"x," * MOST_HEADINGS, "columns"),
    ],
)
def test_what_is_no_list_is_refused_with_its_reason(data: bytes, wrong: str) -> None:
    fault = fault_in(data)
    assert wrong in fault.wrong
    assert fault.remedy


@pytest.mark.parametrize("line_end", [b"\n", b"\r\n", b"\r"])
def test_the_line_of_a_byte_that_cannot_be_text_is_named(line_end: bytes) -> None:
    assert fault_in(line_end.join([b"person,session", b"A1,3", b"A\x81,4", b""])).line == 3


def test_a_heading_with_a_person_under_no_headings_is_not_repeated() -> None:
    assert "Marsh" not in fault_in(b"Ida,Marsh,1956-05-14\n").sentence()
