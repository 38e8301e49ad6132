"""What keeps stray keys and stray eyes out: what passes locked keys, and how long nobody has touched any.

Not for: what is shown meanwhile (`curtain`).
"""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any, Final

from textual import events
from textual.screen import Screen

_ALWAYS: Final = frozenset({"ctrl+k", "f12"})
_MINUTE: Final = 60.0


def is_let_through(event: events.Event, screen: Screen[Any]) -> bool:
    """Whether an input passes while the keys are locked: unlocking, the emergency, and all there."""
    if getattr(screen, "WORKS_UNDER_LOCK", False):
        return True
    if not isinstance(event, events.Key):
        # A mouse that only moves does nothing; a click does what a key would.
        return isinstance(event, events.MouseMove)
    return event.key in _ALWAYS


class Idle:
    """How long nobody has touched a key or the mouse, by a clock in seconds that never goes back."""

    def __init__(self, seconds: Callable[[], float] = time.monotonic) -> None:
        self._seconds = seconds
        self._last = seconds()

    def touch(self) -> None:
        """Somebody is there."""
        self._last = self._seconds()

    def is_over(self, minutes: int, *, clock_runs: bool) -> bool:
        """Whether to lock: after `minutes` (0 is never); a running clock counts as somebody."""
        if clock_runs:
            self.touch()
        return minutes > 0 and self._seconds() - self._last >= minutes * _MINUTE
