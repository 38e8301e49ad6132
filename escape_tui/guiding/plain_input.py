"""Lines that somebody types while a clock runs: waiting for one never keeps the clock waiting.

Not for: what the lines mean (`plain`).
"""

from __future__ import annotations

from typing import Protocol


class Lines(Protocol):
    """Whatever gives lines one after another."""

    def next(self, seconds: float) -> str | None:
        """The next line without its end, waiting at most so long; None where there was none.

        `EOFError` where there will be no more.
        """
