"""Where a score lies: norms of the chair stand by age and sex, and published bands."""

from __future__ import annotations

from fractions import Fraction

import pytest

from sessions.instrument_files import load_instrument
from sessions.norms import band_of, norm_place

STANDS = load_instrument("chair-stand-30s").scale("stands")

BELOW_AVERAGE_UNDER = {
    "male": (14, 12, 12, 11, 10, 8, 7),
    "female": (12, 11, 10, 10, 9, 8, 4),
}
MIDDLE_HALF_UP_TO = {
    "male": (19, 18, 17, 17, 15, 14, 12),
    "female": (17, 16, 15, 15, 14, 13, 11),
}
BANDS = [(sex, place, 60 + 5 * place) for sex in ("male", "female") for place in range(7)]


@pytest.mark.parametrize(("sex", "place", "youngest"), BANDS)
def test_a_stand_under_the_cut_off_is_below_average(sex: str, place: int, youngest: int) -> None:
    cut_off = Fraction(BELOW_AVERAGE_UNDER[sex][place])
    assert norm_place(STANDS, cut_off - 1, youngest, sex) == "below_average"
    assert norm_place(STANDS, cut_off, youngest + 4, sex) == "middle_half"


@pytest.mark.parametrize(("sex", "place", "youngest"), BANDS)
def test_a_stand_over_the_middle_half_is_above_it(sex: str, place: int, youngest: int) -> None:
    top = Fraction(MIDDLE_HALF_UP_TO[sex][place])
    assert norm_place(STANDS, top, youngest, sex) == "middle_half"
    assert norm_place(STANDS, top + 1, youngest + 4, sex) == "above_middle"


@pytest.mark.parametrize(
    ("age", "sex"),
    [(59, "female"), (95, "male"), (None, "female"), (70, "other"), (70, "not_stated"), (70, None)],
)
def test_there_is_no_norm_outside_the_published_ages_and_sexes(age: int | None, sex: str | None) -> None:
    assert norm_place(STANDS, Fraction(12), age, sex) == "no_norm"


def test_a_scale_without_norms_has_no_norm() -> None:
    assert norm_place(load_instrument("tug").scale("seconds"), Fraction(9), 70, "female") == "no_norm"


@pytest.mark.parametrize(
    ("instrument_id", "scale_id", "score", "band"),
    [
        ("hads", "anxiety", 7, "normal"),
        ("hads", "anxiety", 8, "borderline"),
        ("hads", "depression", 10, "borderline"),
        ("hads", "depression", 11, "case"),
        ("phq-4", "anxiety", 2, "negative"),
        ("phq-4", "depression", 3, "positive"),
        ("phq-4", "total", 2, "normal"),
        ("phq-4", "total", 3, "mild"),
        ("phq-4", "total", 6, "moderate"),
        ("phq-4", "total", 9, "severe"),
        ("pseq", "total", 19, "severe"),
        ("pseq", "total", 20, "moderate"),
        ("pseq", "total", 31, "mild"),
        ("pseq", "total", 41, "minimal"),
        ("activity-days", "days", 4, "below_five_days"),
        ("activity-days", "days", 5, "meets_five_days"),
        ("koos", "pain", 50, None),
    ],
)
def test_a_band_begins_where_its_source_says(
    instrument_id: str, scale_id: str, score: int, band: str | None
) -> None:
    assert band_of(load_instrument(instrument_id).scale(scale_id), Fraction(score)) == band
