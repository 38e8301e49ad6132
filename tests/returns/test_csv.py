"""Tables as CSV: any text reads back exactly by tools nobody here wrote, and no cell starts a formula."""

from __future__ import annotations

import csv
import io
import subprocess
import sys
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import duckdb
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from exports.codebook import datapackage
from exports.reading import read_cell, read_tables
from exports.rows import Tables
from exports.schema import table_named
from exports.writing import csv_of, files_of, number, written
from tests.returns.making import held, tables

STARTS = ("=", "+", "-", "@", "'", "＝", "＋", "－", "＠", "＇", "\t", "\r", "\n")  # noqa: RUF001 - these are meant
HOSTILE = (
    *(f"{start}1+1" for start in STARTS),
    '=HYPERLINK("http://x","y")',
    "'quoted'",
    '"quoted"',
    'a "b", c',
    "comma, comma",
    "semi;colon",
    "two\r\nlines",
    "Ŵyŷ 🏴󠁧󠁢󠁷󠁬󠁳󠁿 שלום",
    " blank first",
    "e\u0301",
    "-5",
    "NULL",
    "nan",
)
TEXT = table_named("cohort").columns[8]


def of_site(name: str) -> Tables:
    return tables(replace(held(), asked=replace(held().asked, site_name=name, provider=name)))


def unguarded(cell: str) -> str:
    return cell.removeprefix("'")


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_site_name_reads_back_exactly_and_starts_no_formula(name: str, tmp_path: Path) -> None:
    data = files_of(of_site(name))["cohort.csv"]
    (row,) = csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline=""))
    assert unguarded(row["site_name"]) == unguarded(row["provider"]) == name
    assert row["site_name"][0] not in STARTS or row["site_name"][0] == "'"
    (tmp_path / "cohort.csv").write_bytes(data)
    read = duckdb.read_csv(
        str(tmp_path / "cohort.csv"), header=True, all_varchar=True, sep=",", quotechar='"'
    )
    found = read.select("site_name").fetchall()
    assert [unguarded(cell) for (cell,) in found] == [name]


@given(st.text(st.characters(blacklist_categories=["Cs"], blacklist_characters="\0"), min_size=1))
@settings(max_examples=200, deadline=None)
def test_any_text_is_what_the_csv_module_and_our_reader_get_back(text: str) -> None:
    data = csv_of(table_named("cohort"), (replace(tables_of_nobody().cohort[0], site_name=text),))
    (row,) = csv.DictReader(io.StringIO(data.decode("utf-8").removeprefix("\ufeff"), newline=""))
    assert read_cell(TEXT, row["site_name"]) == text
    assert row["site_name"][0] not in STARTS or row["site_name"] == f"'{text}"


def tables_of_nobody() -> Tables:
    return tables(
        replace(held(), people=(), attendance=(), exercise=(), measures=(), levels=(), incidents=())
    )


@given(st.fractions(min_value=-(10**6), max_value=10**6), st.fractions(min_value=-100, max_value=100))
@settings(max_examples=300)
def test_a_number_has_at_most_six_decimals_and_is_the_nearest_of_them(
    value: Fraction, other: Fraction
) -> None:
    text = number(value)
    assert abs(Fraction(text) - value) <= Fraction(1, 2 * 10**6)
    assert len(text.partition(".")[2]) <= 6
    assert "e" not in text.lower()
    change = Fraction(number(other))
    assert Fraction(number(value + change)) - Fraction(text) == change


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (Fraction(125, 3), "41.666667"),
        (Fraction(-1, 3), "-0.333333"),
        (Fraction(-1, 10**9), "0"),
        (Fraction(5), "5"),
        (0.1 + 0.2, "0.3"),
        (None, ""),
        (-3, "-3"),
        ("-3", "'-3"),
    ],
)
def test_cells_are_written_plainly(value: Fraction | float | str | None, text: str) -> None:
    assert written(value) == text


def test_a_file_has_a_byte_order_mark_and_lines_that_end_as_rfc_4180_says() -> None:
    for data in files_of(tables()).values():
        assert data.startswith(b"\xef\xbb\xbf")
        assert data.endswith(b"\r\n")
        assert data.count(b"\n") == data.count(b"\r\n")


def test_the_same_records_give_the_same_bytes_in_whatever_order_they_are_held() -> None:
    turned = replace(
        held(),
        people=held().people[::-1],
        attendance=held().attendance[::-1],
        measures=held().measures[::-1],
        exercise=held().exercise[::-1],
    )
    assert files_of(tables(turned)) == files_of(tables())


def test_what_is_written_reads_back_as_it_was() -> None:
    made = tables()
    again = read_tables(files_of(made))
    assert again.cohort == made.cohort
    assert again.sessions == made.sessions
    assert sorted(again.attendance, key=str) == sorted(made.attendance, key=str)
    assert files_of(again) == files_of(made)


@pytest.mark.parametrize("name", ['\uff1d1+1 "x", y', "=1+1"])
def test_frictionless_finds_every_table_valid_whatever_the_site_is_called(name: str, tmp_path: Path) -> None:
    made = of_site(name)
    files = files_of(made)
    for file, data in files.items():
        (tmp_path / file).write_bytes(data)
    (tmp_path / "datapackage.json").write_bytes(datapackage(made.cohort[0], files))
    run = validated(tmp_path)
    assert run.returncode == 0, run.stdout
    assert run.stdout.count('"valid": true') >= len(files)
    read = subprocess.run(
        [sys.executable, "-m", "frictionless", "extract", "cohort.csv", "--json"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )
    assert f"'{name}".replace('"', '\\"') in read.stdout


def validated(folder: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "frictionless", "validate", "datapackage.json", "--json"],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
    )


def test_frictionless_refuses_a_code_that_the_schema_does_not_have(tmp_path: Path) -> None:
    files = files_of(tables())
    files["attendance.csv"] = files["attendance.csv"].replace(b"present", b"there", 1)
    for file, data in files.items():
        (tmp_path / file).write_bytes(data)
    (tmp_path / "datapackage.json").write_bytes(datapackage(tables().cohort[0], files))
    assert validated(tmp_path).returncode == 1
