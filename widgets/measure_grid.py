"""A grid of people by columns in groups: a sign in each cell, one cell chosen and always to be seen.

Not for: what a sign means; the screen says so beneath it.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby

from textual.content import Content
from textual.reactive import reactive

from widgets.cells import width as width_of
from widgets.lines import Lines, cell, joined, window

COLUMN = 9
"""Cells of a column: the longest short name of an instrument, and a gap."""
NAME_LEAST, NAME_MOST = 12, 32
HEAD_LINES = 2
FEWEST_ROWS = 3


@dataclass(frozen=True, slots=True)
class GridColumn:
    """A column: the group it stands in, and its own short head."""

    group: str
    head: str


@dataclass(frozen=True, slots=True)
class GridSign:
    """What stands in a cell: one or two signs, and the theme's variable of its colour."""

    sign: str
    variable: str = "foreground"
    bold: bool = False


@dataclass(frozen=True, slots=True)
class GridRow:
    """A line: who (data, shown as it is), a mark before it, and a sign for each column, None for none."""

    number: str
    name: str
    mark: str
    signs: tuple[GridSign | None, ...]


class MeasureGrid(Lines):
    """`columns` and `rows`; the cell at (`row`, `column`) is chosen and always to be seen."""

    DEFAULT_CSS = """
    MeasureGrid { height: 1fr; }
    """

    columns: reactive[tuple[GridColumn, ...]] = reactive(())
    rows: reactive[tuple[GridRow, ...]] = reactive(())
    row: reactive[int] = reactive(0)
    column: reactive[int] = reactive(0)

    def lines(self, width: int, height: int | None) -> list[Content]:
        """Two heads, then the rows round the chosen one, with how many are not shown."""
        if not self.rows or not self.columns or width <= 0:
            return []
        name = self._name_width(width)
        first, last = self._columns_shown(width - name)
        room = None if height is None else max(FEWEST_ROWS, height - HEAD_LINES)
        shown, above, below = window(len(self.rows), self.row, room)
        drawn = [self._line(at, name, first, last) for at in range(*shown.indices(len(self.rows)))]
        muted = self.ink("foreground-muted")
        if above:
            drawn[0] = cell(f"   ↑ {above + 1} more", width, muted)
        if below:
            drawn[-1] = cell(f"   ↓ {below + 1} more", width, muted)
        return [*self._heads(name, first, last), *drawn]

    def _name_width(self, width: int) -> int:
        longest = max(width_of(f"{row.number} {row.name}") for row in self.rows) + 4
        return max(NAME_LEAST, min(NAME_MOST, longest, width - COLUMN))

    def _columns_shown(self, room: int) -> tuple[int, int]:
        """From which column to which, so that the chosen one is seen, and its whole group where that fits."""
        fit = max(1, room // COLUMN)
        if fit >= len(self.columns):
            return 0, len(self.columns)
        groups = [column.group for column in self.columns]
        first = groups.index(groups[self.column])
        if self.column >= first + fit:
            first = self.column - fit + 1
        first = min(first, len(self.columns) - fit)
        return first, first + fit

    def _heads(self, name: int, first: int, last: int) -> list[Content]:
        """The groups, then the columns; at the left how many columns are not shown."""
        shown, muted = self.columns[first:last], self.ink("foreground-muted")
        more = len(self.columns) - last
        left = cell(f"← {first} more" if first else "", name, muted)
        right = cell(f"{more} more →" if more else "", name, muted)
        groups = [
            cell(group, COLUMN * len(list(columns)), self.ink("primary", bold=True))
            for group, columns in groupby(shown, key=lambda column: column.group)
        ]
        heads = [cell(column.head, COLUMN, muted) for column in shown]
        return [joined(left, *groups), joined(right, *heads)]

    def _line(self, at: int, name: int, first: int, last: int) -> Content:
        row = self.rows[at]
        here = at == self.row
        who = joined(
            Content("►" if here else " ").stylize(self.ink("primary", bold=True)),
            Content(row.mark or " ").stylize(self.ink("accent", bold=True)),
            cell(f"{row.number:>3} {row.name}", name - 3, self.ink("foreground", bold=here)),
            " ",
        )
        return joined(who, *(self._cell(at, column) for column in range(first, last)))

    def _cell(self, at: int, column: int) -> Content:
        sign = self.rows[at].signs[column]
        chosen = (at, column) == (self.row, self.column)
        drawn = f" {sign.sign}" if sign else ""
        if chosen:
            drawn = f"[{sign.sign if sign else ' '}]"
        ink = self.ink(sign.variable if sign else "foreground", bold=bool(sign and sign.bold), reverse=chosen)
        shown = Content(drawn).stylize(ink)
        return joined(shown, " " * (COLUMN - shown.cell_length))
