"""Days as lists write them: ISO or the day first, and nothing that could be read two ways."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from escape_tui.store.imports.dates import read_date, says_month_first
from sessions.errors import Refused

OCTOBER_5 = date(2026, 10, 5)


@pytest.mark.parametrize(
    "cell",
    [
        "2026-10-05",
        "2026/10/05",
        "20261005",
        "05/10/2026",
        "5/10/2026",
        "5.10.2026",
        "5. 10. 2026",
        "5-10-2026",
        "05\u201310\u20132026",
        " 5 Oct 2026 ",
        "05-Oct-2026",
        "5 October 2026",
        "5th october, 2026",
        "5 OCT. 2026",
        "2026-10-05 00:00:00",
        "2026-10-05T00:00:00",
        "05/10/2026 00:00",
    ],
)
def test_the_ways_to_write_the_fifth_of_october_are_read(cell: str) -> None:
    assert read_date(cell) == OCTOBER_5


@given(st.dates(date(1900, 1, 1), date(2199, 12, 31)), st.sampled_from(["%Y-%m-%d", "%d/%m/%Y", "%d.%m.%Y"]))
def test_every_day_reads_back_as_written(day: date, form: str) -> None:
    assert read_date(day.strftime(form)) == day


@pytest.mark.parametrize(
    ("cell", "wrong"),
    [
        ("31/06/1955", "does not exist"),
        ("29/02/1961", "does not exist"),
        ("2026-02-30", "does not exist"),
        ("00/10/2026", "does not exist"),
        ("10/13/2026", "no such month"),
        ("2026-25-12", "no such month"),
        ("05/06/55", "two digits"),
        ("5 Oct 26", "two digits"),
        ("05-Oct-'26", "two digits"),
        ("20588", "bare number"),
        ("20588.0", "bare number"),
        ("05/10/1026", "year is not between"),
        ("05/10/2926", "year is not between"),
        ("05/10-2026", "not a date"),
        ("Oct 5 2026", "not a date"),
        ("5 Foo 2026", "not a date"),
        ("1958-07-03T23:00:00Z", "not a date"),
        ("2026-10-05 14:30", "not a date"),
        ("\u0660\u0665/\u0661\u0660/\u0662\u0660\u0662\u0666", "not a date"),
        ("about 1955", "not a date"),
    ],
)
def test_what_is_no_day_or_could_be_two_is_refused(cell: str, wrong: str) -> None:
    with pytest.raises(Refused, match=wrong) as refused:
        read_date(cell)
    assert cell not in str(refused.value)


def test_29_february_is_read_in_a_leap_year() -> None:
    assert read_date("29/02/1960") == date(1960, 2, 29)


@pytest.mark.parametrize("heading", ["DOB (MM/DD/YYYY)", "Birth date mm-dd-yy", "M/D/YYYY born"])
def test_a_heading_with_the_month_first_is_recognised(heading: str) -> None:
    assert says_month_first(heading)


@pytest.mark.parametrize("heading", ["DOB (DD/MM/YYYY)", "Date of birth", "DOB yyyy-mm-dd", "comm dd y"])
def test_a_heading_with_the_day_first_or_no_form_is_not(heading: str) -> None:
    assert not says_month_first(heading)
