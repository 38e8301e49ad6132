"""A day on the command line: written as 2026-10-05, and what day it is today.

Not for: dates in lists, which come in many ways (`store.imports.dates`).
"""

from __future__ import annotations

import re
from datetime import date, datetime

import click

_ISO = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", re.ASCII)


class Day(click.ParamType[date]):
    """A day as `YYYY-MM-DD`; anything else is wrong usage. What was typed is never repeated."""

    name = "date"

    def convert(self, value: str | date, param: click.Parameter | None, ctx: click.Context | None) -> date:
        """The day that `value` names."""
        if isinstance(value, date):
            return value
        if not _ISO.fullmatch(value):
            raise click.BadParameter("That is not a day. Write it as 2026-10-05.", ctx, param)
        try:
            return date.fromisoformat(value)
        except ValueError:
            pass
        raise click.BadParameter("There is no such day. Write one of the calendar.", ctx, param)


class Days(click.ParamType[tuple[date, ...]]):
    """Several days, a comma between them."""

    name = "date"

    def convert(
        self, value: str | tuple[date, ...], param: click.Parameter | None, ctx: click.Context | None
    ) -> tuple[date, ...]:
        """The days that `value` names."""
        if isinstance(value, tuple):
            return value
        return tuple(DAY.convert(part.strip(), param, ctx) for part in value.split(","))


DAY, DAYS = Day(), Days()


def today() -> date:
    """The day it is here, by the laptop's own zone."""
    return datetime.now().astimezone().date()
