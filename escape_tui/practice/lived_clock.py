"""The clock of a past that is lived through: it stands where it is set.

Not for: guiding a session, whose clock runs (`pace`).
"""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta


def local(day: date, at: time, *, minutes: float = 0) -> datetime:
    """The instant of a time of day where the laptop stands, `minutes` later, in UTC."""
    moment = datetime.combine(day, at).astimezone().astimezone(UTC)
    return moment + timedelta(minutes=minutes)


class LivedClock:
    """Gives the instant it was last set to."""

    def __init__(self, first: datetime) -> None:
        self._now = first

    def __call__(self) -> datetime:
        """The instant."""
        return self._now

    def stand_at(self, moment: datetime) -> None:
        """Set it. A past is lived in its order: `ValueError` for an instant before the present one."""
        if moment < self._now:
            raise ValueError("a past is lived in its order")
        self._now = moment
