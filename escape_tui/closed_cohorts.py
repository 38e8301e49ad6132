"""How long a cohort that is over is kept: when it is due for erasing, and the reminder.

Not for: erasing, which nothing but a person does.
"""

from __future__ import annotations

from calendar import monthrange
from datetime import date

from sessions.dates import day_in_words
from sessions.records import CohortHead

_MONTHS = 12


def due_for_erasing(head: CohortHead, signed_on: date | None, months: int, today: date) -> date | None:
    """Since when a cohort is due for erasing; None where it is not.

    It counts from the day it was closed or its last return was signed, whichever is later, `months` calendar
    months on; 0 is never. One that was reopened is not over. The months are the site's own setting.
    """
    ended = [day for day in (head.closed_on, signed_on) if day is not None]
    if months == 0 or head.state == "open" or not ended:
        return None
    due = _months_later(max(ended), months)
    return due if due <= today else None


def reminder(head: CohortHead, signed_on: date | None, months: int, today: date) -> str | None:
    """What a person is told of a cohort that is due for erasing; None where it is not."""
    due = due_for_erasing(head, signed_on, months, today)
    if due is None:
        return None
    return (
        f"Cohort {head.code} has been due for erasing since {day_in_words(due)}. "
        f"Erase it with `escape cohort erase {head.code}`, or keep it for longer by your organisation's rule."
    )


def _months_later(day: date, months: int) -> date:
    years, month = divmod(day.month - 1 + months, _MONTHS)
    year, month = day.year + years, month + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))
