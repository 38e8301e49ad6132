"""What time it is: an instant on two clocks, and what is to be made of a gap between two readings.

Not for: counting a session down (`run`), nor for dates in a calendar. `SystemClock` is the one reader of the
machine's time in this package; everything else is handed a clock.
"""

from __future__ import annotations

import secrets
import time
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from typing import Protocol

ZERO = timedelta(0)
AWAY_LIMIT = timedelta(seconds=10)
"""More than this between two readings is time nobody watched. A shorter stop does no harm: after it the
session goes on where the clock stands, and a shorter sleep leaves it at most this far behind the wall."""
SET_BACK_LIMIT = timedelta(seconds=2)
"""The wall clock may fall this far behind the monotonic one unremarked, as when a machine corrects it."""


@dataclass(frozen=True, slots=True)
class Instant:
    """One reading: `wall` in UTC, and `monotonic`, which nobody can set.

    `era` names the span, one process, within which monotonic readings can be held against each other.
    Raises `ValueError` for a wall time that is not in UTC.
    """

    wall: datetime
    monotonic: timedelta
    era: str

    def __post_init__(self) -> None:
        if self.wall.utcoffset() != ZERO:
            raise ValueError("an instant's wall time is in UTC")

    def plus(self, time_on: timedelta) -> Instant:
        """The instant that lies `time_on` later on both clocks."""
        return Instant(self.wall + time_on, self.monotonic + time_on, self.era)


class Clock(Protocol):
    """Whatever can be asked for the present instant."""

    def now(self) -> Instant:
        """Read both clocks."""


def difference(earlier: Instant, later: Instant) -> timedelta:
    """Time from `earlier` to `later`; negative when they come the other way round.

    Within an era the monotonic clock alone counts, so that a wall clock set back or forward harms nothing.
    Between eras the wall clock is all there is.
    """
    if earlier.era == later.era:
        return later.monotonic - earlier.monotonic
    return later.wall - earlier.wall


def elapsed(earlier: Instant, later: Instant) -> timedelta:
    """Time from `earlier` to `later`, never negative."""
    return max(ZERO, difference(earlier, later))


def away(earlier: Instant, later: Instant) -> timedelta:
    """Time that went by unwatched between two readings, never negative.

    The longer of what the two clocks say: on some systems the monotonic clock stands still in sleep.
    """
    return max(elapsed(earlier, later), later.wall - earlier.wall)


class GapKind(StrEnum):
    """What two successive readings tell.

    `AWAY`: asleep, shut down, or the wall clock set forward, which look the same from inside; somebody has
    to be asked. `SET_BACK`: the wall clock was set back; the run is unharmed, stamps of the day may not be.
    """

    AWAY = "away"
    SET_BACK = "set_back"


@dataclass(frozen=True, slots=True)
class Gap:
    """A gap after the reading `since`; `length` is the time away, or how far the wall clock went back."""

    kind: GapKind
    since: Instant
    length: timedelta


def gap_between(earlier: Instant, later: Instant) -> Gap | None:
    """The gap between two successive readings, or None where time went by as it should.

    Meant for a program that reads at least once a second, and for its first reading after a new start.
    """
    gone = away(earlier, later)
    if gone > AWAY_LIMIT:
        return Gap(GapKind.AWAY, earlier, gone)
    back = elapsed(earlier, later) - (later.wall - earlier.wall)
    if back > SET_BACK_LIMIT:
        return Gap(GapKind.SET_BACK, earlier, back)
    return None


class SystemClock:
    """The machine's own clocks; each one made is an era of its own."""

    def __init__(self) -> None:
        self._era = secrets.token_hex(8)

    def now(self) -> Instant:
        """Read both clocks."""
        monotonic = timedelta(microseconds=time.monotonic_ns() // 1000)
        return Instant(datetime.now(UTC), monotonic, self._era)


class FakeClock:
    """A clock that stands until it is moved, for practice and tests."""

    def __init__(self, wall: datetime, *, era: str = "first", monotonic: timedelta = ZERO) -> None:
        self._wall = wall
        self._monotonic = monotonic
        self._era = era

    def now(self) -> Instant:
        """Read both clocks."""
        return Instant(self._wall, self._monotonic, self._era)

    def advance(self, seconds: float) -> Instant:
        """Let time go by on both clocks; give the instant reached."""
        self._monotonic += timedelta(seconds=seconds)
        return self.set_wall(seconds)

    def sleep(self, seconds: float) -> Instant:
        """Sleep as a laptop does whose monotonic clock stands still meanwhile."""
        return self.set_wall(seconds)

    def set_wall(self, seconds: float) -> Instant:
        """Set the wall clock alone forward, or back with negative `seconds`."""
        self._wall += timedelta(seconds=seconds)
        return self.now()

    def restart(self, era: str, seconds: float = 0) -> Instant:
        """Begin a new era after `seconds` of wall time, as a program does that was killed."""
        self._monotonic, self._era = ZERO, era
        return self.set_wall(seconds)
