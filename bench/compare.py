"""Time two whole commands in turn, pair by pair, and compare their medians.

Not for: tests; a machine's speed decides nothing there.
"""

from __future__ import annotations

import statistics
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[1]


@dataclass(frozen=True, slots=True)
class Timed:
    """A whole command under a name for the table."""

    name: str
    command: Sequence[str]


@dataclass(frozen=True, slots=True)
class Compared:
    """What was measured: ours and the comparison in seconds at the median, their ratio, the limit asked."""

    what: str
    ours: float
    comparison: str
    theirs: float
    at_most: float

    @property
    def ratio(self) -> float:
        """Ours over theirs."""
        return self.ours / self.theirs

    def row(self) -> str:
        """One line of a table."""
        verdict = "ok" if self.ratio <= self.at_most else "OVER"
        return (
            f"| {self.what} | {self.ours * 1000:.2f} ms | {self.comparison} | {self.theirs * 1000:.2f} ms "
            f"| {self.ratio:.2f} | {self.at_most:g} | {verdict} |"
        )


def python(name: str, *arguments: str) -> Timed:
    """A command that runs this Python with `arguments`."""
    return Timed(name, [sys.executable, *arguments])


def compare(ours: Timed, theirs: Timed, at_most: float, runs: int = 21) -> Compared:
    """Run `ours` and `theirs` in turn `runs` times each after one warm-up, and compare the medians."""
    times: tuple[list[float], list[float]] = ([], [])
    for run in range(runs + 1):
        for timed, taken in zip((ours, theirs), times, strict=True):
            seconds = _seconds(timed.command)
            if run:
                taken.append(seconds)
    return Compared(ours.name, statistics.median(times[0]), theirs.name, statistics.median(times[1]), at_most)


def _seconds(command: Sequence[str]) -> float:
    start = time.perf_counter()
    subprocess.run(command, cwd=ROOT, check=True, stdout=subprocess.DEVNULL)
    return time.perf_counter() - start
