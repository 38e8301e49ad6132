"""Ages and their bands."""

from __future__ import annotations

from datetime import date

import pytest

from sessions.ages import age_band, age_on


@pytest.mark.parametrize(
    ("born", "on", "age"),
    [
        (date(1957, 3, 14), date(2026, 3, 13), 68),
        (date(1957, 3, 14), date(2026, 3, 14), 69),
        (date(1960, 2, 29), date(2026, 2, 28), 65),
        (date(1960, 2, 29), date(2026, 3, 1), 66),
        (date(1960, 2, 29), date(2028, 2, 29), 68),
    ],
)
def test_a_year_of_age_is_full_on_the_birthday(born: date, on: date, age: int) -> None:
    assert age_on(born, on) == age


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
        (104, "90+"),
    ],
)
def test_a_return_has_bands_of_five_years_with_open_ends(age: int, band: str | None) -> None:
    assert age_band(age) == band
