"""Age to the day, and the bands of a return at their borders."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sessions.ages import age_band, age_on

DAY = date(2026, 11, 22)


@pytest.mark.parametrize(
    ("born", "day", "years"),
    [
        (date(1960, 2, 29), date(2026, 2, 28), 65),
        (date(1960, 2, 29), date(2026, 3, 1), 66),
        (date(1960, 2, 29), date(2028, 2, 29), 68),
        (DAY, DAY, 0),
        (date(1956, 11, 23), DAY, 69),
        (date(1956, 11, 22), DAY, 70),
    ],
)
def test_age_is_in_whole_years_to_the_day(born: date, day: date, years: int) -> None:
    assert age_on(born, day) == years


@given(st.dates(date(1900, 1, 1), date(2026, 1, 1)), st.dates(date(2026, 1, 1), date(2100, 1, 1)))
def test_age_grows_by_one_a_year(born: date, day: date) -> None:
    later = date(day.year + 1, day.month, min(day.day, 28) if day.month == 2 else day.day)
    assert age_on(born, later) - age_on(born, day) in ({0, 1} if (day.month, day.day) == (2, 29) else {1})


def test_nobody_has_an_age_before_birth() -> None:
    with pytest.raises(ValueError, match="before birth"):
        age_on(DAY, date(2026, 11, 21))


@pytest.mark.parametrize(
    ("age", "band"),
    [
        (17, None),
        (18, "18-24"),
        (24, "18-24"),
        (25, "25-29"),
        (69, "65-69"),
        (70, "70-74"),
        (89, "85-89"),
        (90, "90+"),
        (101, "90+"),
    ],
)
def test_a_band_is_five_years_wide_but_for_the_youngest_and_the_oldest(age: int, band: str | None) -> None:
    assert age_band(age) == band
