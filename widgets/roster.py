"""The group as numbered rows: for the register and for sweeps from person to person.

Not for: changing anything; a screen turns keys into acts and gives new rows.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from textual import events
from textual.content import Content
from textual.message import Message
from textual.reactive import reactive

from widgets.cells import width as width_of
from widgets.key_echo import EchoKind
from widgets.lines import ROOM_TO_SAY, Lines, cell, joined, window

TWO_COLUMNS_FROM = 76
NAME_LEAST, NAME_MOST = 10, 34
MARK_MOST = 14
BETWEEN = 2


class RowState(StrEnum):
    """Where a person stands in the register."""

    NOT_MARKED = "not marked"
    HERE = "here"
    LATE = "late"
    AWAY = "away"
    LEFT = "left"
    STOPPED = "stopped"

    @property
    def sign(self) -> str:
        """One character for each state."""
        return {"not marked": "·", "here": "✓", "late": "→", "away": "-", "left": "←", "stopped": "■"}[
            self.value
        ]

    @property
    def variable(self) -> str:
        """The theme's variable of this state."""
        return {"here": "success", "late": "success", "stopped": "error", "not marked": "foreground"}.get(
            self.value, "foreground-muted"
        )


@dataclass(frozen=True, slots=True)
class Mark:
    """A short word in a column of a row; `kind` gives it a colour and, before the text, a sign."""

    text: str = ""
    kind: EchoKind | None = None

    @property
    def said(self) -> str:
        """Sign and text."""
        return f"{self.kind.sign} {self.text}".strip() if self.kind else self.text


@dataclass(frozen=True, slots=True)
class RosterRow:
    """A person: number, name, state, its word (the state's own where empty), a mark for each column."""

    number: int
    name: str
    state: RowState = RowState.NOT_MARKED
    status: str = ""
    marks: tuple[Mark, ...] = ()

    @property
    def said(self) -> str:
        """The word of the status."""
        return self.status or self.state.value


class Roster(Lines):
    """`rows` in the order of their numbers; `headings` stand over the marks."""

    DEFAULT_CSS = """
    Roster { height: 1fr; }
    """

    rows: reactive[tuple[RosterRow, ...]] = reactive(())
    headings: reactive[tuple[str, ...]] = reactive(())
    selected: reactive[int | None] = reactive(None)

    class Picked(Message):
        """A person's row was clicked."""

        def __init__(self, number: int) -> None:
            super().__init__()
            self.number = number

    def __init__(
        self,
        rows: tuple[RosterRow, ...] = (),
        headings: tuple[str, ...] = (),
        selected: int | None = None,
        *,
        id: str | None = None,
    ) -> None:
        super().__init__(id=id)
        self._places: list[tuple[int, ...]] = []
        self.set_reactive(Roster.rows, rows)
        self.set_reactive(Roster.headings, headings)
        self.set_reactive(Roster.selected, selected)

    def move(self, by: int) -> None:
        """Select the row so many further on; it stops at both ends."""
        if not self.rows:
            return
        numbers = [row.number for row in self.rows]
        at = (
            numbers.index(self.selected) + by
            if self.selected in numbers
            else (0 if by > 0 else len(numbers) - 1)
        )
        self.selected = numbers[min(len(numbers) - 1, max(0, at))]

    def lines(self, width: int, height: int | None) -> list[Content]:
        """One column, or two where the rows are more than the height and fit side by side."""
        self._places = []
        if not self.rows or width <= 0:
            return []
        head = int(bool(self.headings))
        room = None if height is None else max(1, height - head)
        columns = 2 if room is not None and len(self.rows) > room and width >= TWO_COLUMNS_FROM else 1
        each = (width - BETWEEN * (columns - 1)) // columns
        per_column = -(-len(self.rows) // columns)
        chosen = next((at for at, row in enumerate(self.rows) if row.number == self.selected), 0)
        shown, above, below = window(per_column, chosen % per_column, room)
        lines = [joined(*self._across([self._heading(each)] * columns))] if head else []
        self._places += [()] * head
        for at in range(per_column)[shown]:
            rows = [self.rows[i] for i in range(at, len(self.rows), per_column)]
            lines.append(joined(*self._across([self._row(row, each) for row in rows])))
            self._places.append(tuple(row.number for row in rows))
        for at, hidden in ((head, above), (-1, below)):
            if hidden and room is not None and room >= ROOM_TO_SAY:
                lines[at] = cell(f"   … {hidden + 1} more", width, self.ink("foreground-muted"))
                self._places[at] = ()
        return lines

    def on_click(self, event: events.Click) -> None:
        """Tell whose row was clicked."""
        if 0 <= event.y < len(self._places) and (numbers := self._places[event.y]):
            at = min(len(numbers) - 1, event.x * (2 if len(numbers) > 1 else 1) // max(1, self.size.width))
            self.post_message(self.Picked(numbers[at]))

    @staticmethod
    def _across(parts: list[Content]) -> list[Content]:
        return [
            piece
            for at, part in enumerate(parts)
            for piece in ([Content(" " * BETWEEN)] if at else []) + [part]
        ]

    def _widths(self, width: int) -> tuple[int, int, list[int]]:
        """Cells of the name, of the status and of each mark that has room; the name keeps its least."""
        status = max(width_of(row.said) for row in self.rows) + 2
        count = max((len(row.marks) for row in self.rows), default=0)
        wanted = [
            min(
                MARK_MOST,
                max(
                    width_of(self.headings[at]) if at < len(self.headings) else 0,
                    *(width_of(row.marks[at].said) if at < len(row.marks) else 0 for row in self.rows),
                ),
            )
            for at in range(count)
        ]
        longest = min(NAME_MOST, max(width_of(row.name) for row in self.rows))
        left = width - 4 - 1
        status = min(status, max(2, left - NAME_LEAST))
        name = min(longest, max(NAME_LEAST, left - status - sum(mark + 1 for mark in wanted)))
        left -= name + status
        marks: list[int] = []
        for mark in wanted:
            if mark + 1 > left:
                break
            marks.append(mark)
            left -= mark + 1
        return name, status, marks

    def _heading(self, width: int) -> Content:
        name, status, marks = self._widths(width)
        titles = [
            cell(self.headings[at] if at < len(self.headings) else "", mark) for at, mark in enumerate(marks)
        ]
        line = joined(" " * (4 + name + 1 + status), *(joined(" ", title) for title in titles))
        return joined(line, " " * (width - line.cell_length)).stylize(self.ink("foreground-muted"))

    def _row(self, row: RosterRow, width: int) -> Content:
        name, status, marks = self._widths(width)
        chosen = row.number == self.selected
        away = row.state in {RowState.AWAY, RowState.LEFT}
        cells = [
            joined(" ", cell(mark.said, size, self.ink(mark.kind.variable) if mark.kind else None))
            for mark, size in zip(row.marks, marks, strict=False)
        ]
        line = joined(
            Content("►" if chosen else " ").stylize(self.ink("primary", bold=True)),
            Content(f"{row.number:>2} ").stylize(self.ink("accent", bold=True)),
            cell(row.name, name, self.ink("foreground-muted" if away else "foreground", bold=chosen)),
            " ",
            cell(
                f"{row.state.sign} {row.said}",
                status,
                self.ink(row.state.variable, bold=row.state is RowState.STOPPED),
            ),
            *cells,
        )
        line = joined(line, " " * (width - line.cell_length))
        return line.stylize(self.ink("primary", reverse=True)) if chosen else line
