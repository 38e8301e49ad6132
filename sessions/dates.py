"""Weekdays and dates in the words of the job: `mon`, `thu`, "Monday 5 October 2026", the week of a cohort.

Not for: which dates a cohort meets on (`plan`), nor for public holidays (`public_holidays`).
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Literal

from sessions.errors import Refused

Weekday = Literal["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
WEEKDAYS: tuple[Weekday, ...] = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
"""In the order of `date.weekday()`: Monday is 0."""

# The standard library's names follow the machine's locale; a plan reads the same on every laptop.
_DAY_NAMES = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_MONTH_NAMES = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip


def weekday_of(day: date) -> Weekday:
    """The weekday of a date."""
    return WEEKDAYS[day.weekday()]


def weekdays_in_order(names: Sequence[str]) -> tuple[Weekday, ...]:
    """The weekdays named, Monday first; `Refused` for none, for one named twice, and for no weekday."""
    wanted = [_weekday(name) for name in names]
    if not wanted:
        raise Refused("No weekday was given.", f"Name the days the group meets on, of {_listed(WEEKDAYS)}.")
    for weekday in WEEKDAYS:
        if wanted.count(weekday) > 1:
            raise Refused(f"The weekday {weekday} was given twice.", "Name each day once.")
    return tuple(sorted(wanted, key=WEEKDAYS.index))


def day_in_words(day: date) -> str:
    """A date as it is read out: "Monday 5 October 2026"."""
    return f"{_DAY_NAMES[day.weekday()]} {day.day} {_MONTH_NAMES[day.month - 1]} {day.year}"


def weekdays_in_words(weekdays: Sequence[Weekday]) -> str:
    """Weekdays as they are read out: "Monday and Thursday"."""
    return _listed([_DAY_NAMES[WEEKDAYS.index(weekday)] for weekday in weekdays])


def week_of(start: date, day: date) -> int:
    """Whole weeks from `start` to `day`: 0 for the first seven days, negative before the start."""
    return (day - start).days // 7


def _weekday(name: str) -> Weekday:
    for weekday in WEEKDAYS:
        if name.strip().lower() == weekday:
            return weekday
    raise Refused(f"“{name}” is no weekday.", f"Write {_listed(WEEKDAYS)}.")


def _listed(words: Sequence[str]) -> str:
    *most, last = words
    return f"{', '.join(most)} and {last}" if most else last
