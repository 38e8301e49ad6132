"""A day as lists write it: ISO, or the day first. What could be read two ways is refused.

Not for: times of day, nor judging whether a day makes sense where it stands.
"""

from __future__ import annotations

import re
from datetime import date

from sessions.errors import Refused

EARLIEST_YEAR = 1900
LATEST_YEAR = 2199
REMEDY = "Write the day as 2026-10-05 or 05/10/2026, the day before the month and the year in full."

_MIDNIGHT = r"(?:[T ]+00:00(?::00(?:\.0+)?)?)?"
_YEAR_FIRST = re.compile(rf"([0-9]{{4}})([-/.])([0-9]{{1,2}})\2([0-9]{{1,2}}){_MIDNIGHT}")
_RUN_TOGETHER = re.compile(r"((?:19|20)[0-9]{2})()(0[0-9]|1[0-2])([0-3][0-9])")
_DAY_FIRST = re.compile(rf"([0-9]{{1,2}}) ?([-/.]) ?([0-9]{{1,2}}) ?\2 ?([0-9]{{4}}){_MIDNIGHT}")
_MONTH_BY_NAME = re.compile(
    r"([0-9]{1,2})(?:st|nd|rd|th)?[- /.]{1,2}([a-z]{3,9})\.?,?[- /.]{1,2}([0-9]{4})", re.IGNORECASE
)
_SHORT_YEAR = re.compile(
    r"[0-9]{1,2}(?:st|nd|rd|th)?[- /.]{1,2}(?:[0-9]{1,2}|[a-z]{3,9})\.?[- /.]{1,2}'?[0-9]{2}", re.IGNORECASE
)
_SERIAL = re.compile(r"[0-9]{4,5}(?:\.[0-9]+)?")
_MONTH_FIRST = re.compile(r"\bmm?[^a-z]{1,3}dd?\b[^a-z]{1,3}y", re.IGNORECASE)
_DASHES = str.maketrans(dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2212", "-"))
_MONTHS = (
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
)


def read_date(cell: str) -> date:
    """The day that `cell` names: `05/10/2026` is 5 October. Raises `Refused` where it names none."""
    text = " ".join(cell.translate(_DASHES).split())
    if found := _YEAR_FIRST.fullmatch(text) or _RUN_TOGETHER.fullmatch(text):
        return _day(int(found[1]), int(found[3]), int(found[4]))
    if found := _DAY_FIRST.fullmatch(text):
        return _day(int(found[4]), int(found[3]), int(found[1]))
    if (found := _MONTH_BY_NAME.fullmatch(text)) and (month := _month(found[2])):
        return _day(int(found[3]), month, int(found[1]))
    if _SHORT_YEAR.fullmatch(text):
        raise Refused("the year has two digits, so the century is not known.", REMEDY)
    if _SERIAL.fullmatch(text):
        raise Refused(
            "this is a bare number, as spreadsheets keep a day.",
            f"Format the column as a date and save it again. {REMEDY}",
        )
    raise Refused("this is not a date that can be read.", REMEDY)


def says_month_first(heading: str) -> bool:
    """Whether a heading says that its dates have the month first: `DOB (MM/DD/YYYY)`."""
    return _MONTH_FIRST.search(heading) is not None


def _month(name: str) -> int | None:
    name = name.casefold()
    for number, month in enumerate(_MONTHS, start=1):
        if name in (month, month[:3]) or (name == "sept" and month == "september"):
            return number
    return None


def _day(year: int, month: int, day: int) -> date:
    if not EARLIEST_YEAR <= year <= LATEST_YEAR:
        raise Refused(f"the year is not between {EARLIEST_YEAR} and {LATEST_YEAR}.", "Correct the year.")
    if not 1 <= month <= len(_MONTHS):
        raise Refused("there is no such month; the month stands second.", REMEDY)
    try:
        return date(year, month, day)
    except ValueError:
        raise Refused("this day does not exist in that month.", "Correct the day or the month.") from None
