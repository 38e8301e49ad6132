"""Ages in whole years, and the bands of five years that a return has.

Not for: whom a programme takes by age, which the pack's rules say.
"""

from __future__ import annotations

from datetime import date


def age_on(birth_date: date, day: date) -> int:
    """Age in whole years on `day`; born on 29 February, a birthday falls on 1 March in other years."""
    return day.year - birth_date.year - ((day.month, day.day) < (birth_date.month, birth_date.day))


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
