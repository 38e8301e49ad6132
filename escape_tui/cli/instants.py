"""An instant that is typed on the command line.

Not for: days (`dates`).
"""

from __future__ import annotations

from datetime import UTC, datetime

import click


class _Instant(click.ParamType[datetime]):
    """ISO, such as `2026-11-22T18:00Z`; without a zone it is UTC, a day alone is its beginning."""

    name = "instant"

    def convert(
        self, value: str | datetime, param: click.Parameter | None, ctx: click.Context | None
    ) -> datetime:
        """The instant that `value` names, in UTC."""
        if isinstance(value, datetime):
            return value
        try:
            typed = datetime.fromisoformat(value)
        except ValueError:
            self.fail("It is no instant; write it as 2026-11-22T18:00:00Z.", param, ctx)
        return typed.replace(tzinfo=UTC) if typed.tzinfo is None else typed.astimezone(UTC)


INSTANT = _Instant()
