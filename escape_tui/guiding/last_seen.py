"""The last instant at which a session was watched, kept beside the cohort for whoever takes it up again.

Not for: the events of the run, which are in the cohort. The file holds two clocks' readings and a number,
nothing of anybody; without it a session taken up again asks for the time since its last event.
"""

from __future__ import annotations

import contextlib
import json
from datetime import datetime, timedelta
from pathlib import Path

from sessions.clock import Instant


class LastSeen:
    """The file of one cohort; `every` is the least time between two writings."""

    def __init__(self, path: Path, session: int, every: timedelta = timedelta(seconds=2)) -> None:
        self._path = path
        self._session = session
        self._every = every
        self._written: Instant | None = None

    def write(self, seen: Instant) -> None:
        """Keep the instant where the last one kept is old enough. Never raises: the session goes on."""
        before = self._written
        if before is not None and before.era == seen.era and seen.monotonic - before.monotonic < self._every:
            return
        self._written = seen
        said = {
            "session": self._session,
            "wall": seen.wall.isoformat(),
            "monotonic": seen.monotonic.total_seconds(),
            "era": seen.era,
        }
        unfinished = self._path.with_suffix(".seen.part")
        with contextlib.suppress(OSError):
            unfinished.write_text(json.dumps(said), encoding="utf-8")
            unfinished.replace(self._path)

    def read(self) -> Instant | None:
        """The instant kept of this session; None where there is none, or it cannot be read."""
        try:
            said = json.loads(self._path.read_text(encoding="utf-8"))
            if said["session"] != self._session:
                return None
            return Instant(
                datetime.fromisoformat(said["wall"]),
                timedelta(seconds=float(said["monotonic"])),
                str(said["era"]),
            )
        except (OSError, ValueError, KeyError, TypeError):
            return None

    def forget(self) -> None:
        """Drop the file: the session is over."""
        with contextlib.suppress(OSError):
            self._path.unlink(missing_ok=True)
