"""Small charts in a line or a few: levels over sessions, values over time, a mean change with its interval.

Not for: working out any figure.
"""

from __future__ import annotations

from dataclasses import dataclass

from textual.content import Content
from textual.reactive import reactive

from widgets.cells import fit
from widgets.cells import width as width_of
from widgets.lines import Lines, cell, joined

STEPS = "▁▂▃▄▅▆▇█"
NO_VALUE = "·"
NAME_MOST = 28
BRAILLE = 0x2800
DOTS = ((0x01, 0x08), (0x02, 0x10), (0x04, 0x20), (0x40, 0x80))
"""The bits of a braille character, row by row, left and right."""


def spark(values: tuple[float | None, ...], low: float, high: float) -> str:
    """A block a value, as high as it lies between `low` and `high`; a value that was not taken is a dot."""
    span = high - low
    return "".join(
        NO_VALUE if value is None else STEPS[_step(value, low, span, len(STEPS))] for value in values
    )


def forest_line(
    mean: float,
    low: float,
    high: float,
    *,
    least: float,
    most: float,
    width: int,
    threshold: float | None = None,
) -> str:
    """A mean with its interval between `least` and `most`: `├──●──┤`, `│` at nought, `┊` at the threshold.

    An end outside the scale is drawn as `<` or `>`. Raises ValueError unless least < most and
    low <= mean <= high.
    """
    if not (least < most and low <= mean <= high):
        raise ValueError("an interval holds its mean, and a scale goes from less to more")

    def place(value: float) -> int:
        return round((min(most, max(least, value)) - least) / (most - least) * (width - 1))

    cells = [" "] * width
    for at, sign in ((0.0, "│"), (threshold, "┊")):
        if at is not None and least <= at <= most:
            cells[place(at)] = sign
    first, last = place(low), place(high)
    for x in range(first, last + 1):
        cells[x] = "┼" if cells[x] in {"│", "┊"} else "─"
    cells[first] = "├" if low >= least else "<"
    cells[last] = "┤" if high <= most else ">"
    cells[place(mean)] = "●"
    return "".join(cells)


def braille(values: tuple[float | None, ...], low: float, high: float, width: int, height: int) -> list[str]:
    """A line through the values in `width` by `height` cells of 2 by 4 dots; a gap where one is missing."""
    bits = [[0] * width for _ in range(height)]
    across, down = 2 * width - 1, 4 * height - 1
    last = max(1, len(values) - 1)
    dots = [
        None if value is None else (round(at / last * across), down - _step(value, low, high - low, down + 1))
        for at, value in enumerate(values)
    ]
    for start, end in zip(dots, [*dots[1:], None], strict=True):
        for x, y in _between(start, end):
            bits[y // 4][x // 2] |= DOTS[y % 4][x % 2]
    return ["".join(chr(BRAILLE + bit) if bit else " " for bit in row) for row in bits]


def _step(value: float, low: float, span: float, steps: int) -> int:
    share = (value - low) / span if span > 0 else 0.5
    return min(steps - 1, max(0, round(share * (steps - 1))))


def _between(start: tuple[int, int] | None, end: tuple[int, int] | None) -> list[tuple[int, int]]:
    """The dots from one value to the next; the first one alone where the next is missing."""
    if start is None:
        return []
    if end is None:
        return [start]
    steps = max(abs(end[0] - start[0]), abs(end[1] - start[1]), 1)
    return [
        (start[0] + round((end[0] - start[0]) * n / steps), start[1] + round((end[1] - start[1]) * n / steps))
        for n in range(steps + 1)
    ]


class LineChart(Lines):
    """Values over time in braille, the ends of the scale at the left, the first and last label below."""

    DEFAULT_CSS = """
    LineChart { height: 8; }
    """

    values: reactive[tuple[float | None, ...]] = reactive(())
    labels: reactive[tuple[str, str]] = reactive(("", ""))
    ends: reactive[tuple[float, float]] = reactive((0.0, 10.0))

    def __init__(
        self,
        values: tuple[float | None, ...] = (),
        ends: tuple[float, float] = (0.0, 10.0),
        labels: tuple[str, str] = ("", ""),
        *,
        id: str | None = None,
    ) -> None:
        super().__init__(id=id)
        self.set_reactive(LineChart.values, values)
        self.set_reactive(LineChart.ends, ends)
        self.set_reactive(LineChart.labels, labels)

    def lines(self, width: int, height: int | None) -> list[Content]:
        """The scale, the line and the labels."""
        low, high = self.ends
        tall = max(1, (height or 8) - 1)
        scale = max(width_of(f"{low:g}"), width_of(f"{high:g}"))
        room = width - scale - 2
        if room <= 0:
            return []
        muted = self.ink("foreground-muted")
        figures = [f"{high:g}", *[""] * (tall - 2), f"{low:g}"] if tall > 1 else [f"{high:g}"]
        rows = braille(self.values, low, high, room, tall)
        first, last = self.labels
        foot = first + " " * max(1, room - width_of(first) - width_of(last)) + last
        return [
            *(
                joined(
                    Content(f"{figure:>{scale}} │").stylize(muted), Content(row).stylize(self.ink("primary"))
                )
                for figure, row in zip(figures, rows, strict=True)
            ),
            joined(" " * (scale + 2), cell(foot, room, muted)),
        ]


@dataclass(frozen=True, slots=True)
class LevelRow:
    """The level of one exercise session by session (None where it was not done), and its highest level."""

    name: str
    levels: tuple[int | None, ...]
    top: int


class Levels(Lines):
    """A line an exercise: its name, a block a session, and the last level in words."""

    rows: reactive[tuple[LevelRow, ...]] = reactive((), layout=True)

    def __init__(self, rows: tuple[LevelRow, ...] = (), *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.set_reactive(Levels.rows, rows)

    def lines(self, width: int, height: int | None) -> list[Content]:
        """The rows."""
        name = min(NAME_MOST, max((width_of(row.name) for row in self.rows), default=0))
        return [self._row(row, name, width) for row in self.rows]

    def _row(self, row: LevelRow, name: int, width: int) -> Content:
        last = next((level for level in reversed(row.levels) if level is not None), None)
        said = f"  level {last} of {row.top}" if last is not None else "  not yet"
        room = max(0, width - name - 2 - width_of(said))
        blocks = spark(tuple(row.levels[-room:] if room else ()), 1, max(2, row.top))
        return joined(
            Content(fit(row.name, name)),
            "  ",
            Content(blocks).stylize(self.ink("primary")),
            Content(said).stylize(self.ink("foreground-muted")),
        )
