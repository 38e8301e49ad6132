"""A day, a number and a reason as somebody types them into a dialog.

Not for: how a day may be written (`store.imports.dates`).
"""

from __future__ import annotations

from datetime import date

from escape_tui.store.imports.dates import read_date
from sessions.errors import Refused


def day_typed(text: str, today: date) -> date:
    """The day in `text`, day first or ISO. `Refused` for what is no day, and for a day after `today`."""
    day = read_date(text)
    if day > today:
        raise Refused("This day lies in the future.", "Give the day on which it was answered.")
    return day


def number_typed(text: str, most: int) -> int:
    """The number in `text`. `Refused` for what is none from 1 to `most`."""
    typed = text.strip()
    if not (typed.isascii() and typed.isdigit() and len(typed) <= len(str(most)) and 1 <= int(typed) <= most):
        raise Refused("There is no such item.", f"Give a number from 1 to {most}.")
    return int(typed)


def reason_typed(text: str) -> str:
    """The reason in `text`. `Refused` where it is blank."""
    if not text.strip():
        raise Refused("The reason is empty.", "Write why.")
    return text
