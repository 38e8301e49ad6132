"""An evening guided by a script: lines that are typed, and seconds that go by between them.

Not for: checking anything.
"""

from __future__ import annotations

from collections.abc import Iterable

from escape_tui.guiding.guide import Guide
from escape_tui.guiding.plain import guide_plainly
from sessions.clock import FakeClock

Spoken = str | float
"""A line that is typed, or seconds in which nothing is."""


class Script:
    """`Lines` by a script; the fake clock goes on while it waits."""

    def __init__(self, clock: FakeClock, spoken: Iterable[Spoken]) -> None:
        self._clock = clock
        self._spoken = list(spoken)

    def next(self, seconds: float) -> str | None:
        """As `Lines.next`."""
        if not self._spoken:
            raise EOFError
        first = self._spoken.pop(0)
        if isinstance(first, str):
            return first
        waited = min(seconds, first)
        self._clock.advance(waited)
        if first > waited:
            self._spoken.insert(0, first - waited)
        return None


def evening(guide: Guide, clock: FakeClock, *spoken: Spoken) -> list[str]:
    """Every line that was told while the script was played."""
    told: list[str] = []
    guide_plainly(guide, Script(clock, spoken), told.append)
    return told
