"""What a report may say of few people: breakdowns under 5 are hidden, so that no subtraction tells them.

Not for: working figures out. A breakdown is a partition: each person is in exactly one cell, and the reader
knows how many there are in all. Of one question only one partition is ever printed: two would tell more than
either.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

FEWEST = 5
"""Cells, means and intervals of fewer people are not shown."""
FEW = f"<{FEWEST}"
"""Stands for 1 to 4."""
ENOUGH = f"{FEWEST}+"
"""Stands for 5 or more: a second cell that is hidden because it would tell a first one."""


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell of a breakdown as it is printed: a number, `<5`, or `5+`."""

    name: str
    shown: str

    @property
    def hidden(self) -> bool:
        """Whether it does not say the number."""
        return self.shown in {FEW, ENOUGH}


@dataclass(frozen=True, slots=True)
class Breakdown:
    """A breakdown as it is printed. `cells` is empty where any of them would tell too much."""

    total: int
    cells: tuple[Cell, ...]

    @property
    def withheld(self) -> bool:
        """Whether there was something to break down and nothing of it is shown."""
        return self.total > 0 and not self.cells

    @property
    def whole(self) -> bool:
        """Whether every cell says its number."""
        return not self.withheld and not any(cell.hidden for cell in self.cells)

    def at_least(self, name: str) -> int:
        """The lowest number that the cell of that name can be, as any reader can work out.

        `KeyError` where it is not printed.
        """
        shown = self.shown(name)
        if shown is None:
            raise KeyError(name)
        if shown == FEW:
            return 1
        if shown != ENOUGH:
            return int(shown)
        others = [cell.shown for cell in self.cells if cell.name != name]
        if ENOUGH in others:
            return FEWEST
        told = sum(FEWEST - 1 if other == FEW else int(other) for other in others)
        return max(FEWEST, self.total - told)

    def shown(self, name: str) -> str | None:
        """What stands in the cell of that name; None where it is not printed."""
        return next((cell.shown for cell in self.cells if cell.name == name), None)


def few(count: int) -> bool:
    """Whether so many people are too few to be shown as a number: 1 to 4. Nobody is not few."""
    return 0 < count < FEWEST


def shown_count(count: int) -> str:
    """A number of people that no other figure tells: the number, or `<5`."""
    return FEW if few(count) else str(count)


def break_down(counts: Mapping[str, int]) -> Breakdown:
    """The breakdown `counts` as it may be printed, in the same order; `ValueError` for a count below 0.

    Cells of 1 to 4 read `<5`. Where total and other cells would tell one of them, the smallest cells of 5 or
    more read `5+`, one after the other until each `<5` could be at least two numbers. Where that is not
    enough, or fewer than 5 people are broken down, nothing is shown.
    """
    if any(count < 0 for count in counts.values()):
        raise ValueError("a cell holds fewer than nobody")
    total = sum(counts.values())
    if few(total):
        return Breakdown(total, ())
    second: set[str] = set()
    larger = sorted((name for name in counts if counts[name] >= FEWEST), key=lambda name: counts[name])
    while told := _told(counts, second):
        if not larger:
            return Breakdown(total, ())
        second.add(larger.pop(0))
    del told
    return Breakdown(total, tuple(Cell(name, _mark(counts[name], name in second)) for name in counts))


def _mark(count: int, hide: bool) -> str:
    if few(count):
        return FEW
    return ENOUGH if hide else str(count)


def _told(counts: Mapping[str, int], second: Iterable[str]) -> bool:
    """Whether the printed cells and the total leave a cell of `<5` only one number that it can be."""
    small = [count for count in counts.values() if few(count)]
    if not small:
        return False
    large = [counts[name] for name in second]
    rest = sum(small) + sum(large)
    others_lowest = len(small) - 1 + FEWEST * len(large)
    highest = min(FEWEST - 1, rest - others_lowest)
    # Cells of 5 or more have no upper end, so that with one of them the lowest of the small cell is 1.
    lowest = 1 if large else max(1, rest - (FEWEST - 1) * (len(small) - 1))
    return highest <= lowest
