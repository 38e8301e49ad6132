"""Age in whole years, and the five-year band of a return.

Not for: whom a programme takes by age (`eligibility`).
"""

from __future__ import annotations

from datetime import date


def age_on(birth_date: date, day: date) -> int:
    """The age in whole years on `day`; who was born on 29 February is a year older on 1 March.

    Raises `ValueError` for a day before birth.
    """
    if day < birth_date:
        raise ValueError("the day lies before birth")
    had_no_birthday_yet = (day.month, day.day) < (birth_date.month, birth_date.day)
    return day.year - birth_date.year - had_no_birthday_yet


def age_band(age: int) -> str | None:
    """The five-year band of a return for an age in years: `18-24` youngest, then `25-29` …, `90+`.

    None under 18, for which a return has no band.
    """
    if age < 18:  # noqa: PLR2004 - the youngest age a return knows
        return None
    if age < 25:  # noqa: PLR2004
        return "18-24"
    if age >= 90:  # noqa: PLR2004
        return "90+"
    lowest = age - age % 5
    return f"{lowest}-{lowest + 4}"
