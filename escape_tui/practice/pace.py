"""A clock that runs faster, for practice: a session of 90 minutes in a few.

Not for: real evenings; only practice may open with it.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from sessions.clock import Clock, Instant
from sessions.errors import Refused

SLOWEST: Final = 0.1
FASTEST: Final = 600.0


class PacedClock:
    """Both readings of another clock, `pace` times faster from the first reading on.

    `Refused` for a pace below 0.1 or above 600.
    """

    def __init__(self, clock: Clock, pace: float) -> None:
        if not SLOWEST <= pace <= FASTEST:
            raise Refused("The clock cannot run at that pace.", f"Choose from {SLOWEST:g} to {FASTEST:g}.")
        self._clock = clock
        self._pace = pace
        self._origin = clock.now()

    def now(self) -> Instant:
        """Read both clocks."""
        present = self._clock.now()
        return Instant(
            self._origin.wall + self._faster(present.wall - self._origin.wall),
            self._origin.monotonic + self._faster(present.monotonic - self._origin.monotonic),
            present.era,
        )

    def _faster(self, gone: timedelta) -> timedelta:
        return gone * self._pace
