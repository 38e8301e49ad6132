"""Faults in a file that somebody wrote: where each one is, what is wrong, what to do.

Not for: deciding what is a fault; readers and checkers do, and collect all of them before they speak.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass

from sessions.errors import Refused


@dataclass(frozen=True, slots=True)
class Fault:
    """One fault: the file, the place inside it, what is wrong and the remedy.

    `place` is a path in the file's own words (`levels 3 → reps`); `line` counts from 1 and is None
    where the fault is not on one line.
    """

    file: str
    place: str
    wrong: str
    remedy: str
    line: int | None = None

    def sentence(self) -> str:
        """The fault as a line for people."""
        line = f", line {self.line}" if self.line is not None else ""
        place = f", {self.place}" if self.place else ""
        return f"{self.file}{line}{place}: {self.wrong} {self.remedy}"

    def as_row(self) -> dict[str, str | int | None]:
        """The fault as it is written in JSON."""
        return asdict(self)


class FaultyFiles(Refused):
    """Files that cannot be taken as they are; `faults` has every fault found, not only the first."""

    def __init__(self, what: str, faults: tuple[Fault, ...]) -> None:
        count = "1 fault" if len(faults) == 1 else f"{len(faults)} faults"
        super().__init__(f"{what} has {count}.", "Mend each place that is named, then check again.")
        self.faults = faults
