"""The area Measures: the board of who owes what, one key to type a sheet.

Not for: working out what is owed (`entry.board`), the words it shows (`board_view`), or typing (`entry`).
"""

from __future__ import annotations

from typing import ClassVar, cast, get_args

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.widgets import Static

from escape_tui.entry.alarms import Alarm, alarms_without_plan
from escape_tui.entry.board import (
    Board,
    Cell,
    SheetKey,
    board_as_text,
    board_of,
)
from escape_tui.entry.keeping import kind_for, record_as_missing
from escape_tui.recording import today_of
from escape_tui.screens.base import EscapeScreen
from escape_tui.screens.measures import board_view as view
from escape_tui.screens.measures.ask_words import AskWords
from escape_tui.screens.measures.typed_words import reason_typed
from escape_tui.screens.pick import Pick, Row
from escape_tui.store.acts.measures import remove_measure
from escape_tui.store.drafts import DraftKind
from sessions.errors import Refused
from sessions.records import MissingReason
from widgets.key_echo import EchoKind
from widgets.measure_grid import MeasureGrid
from widgets.number_keys import Chosen, NoSuch, NumberKeys, Waiting


class MeasuresScreen(EscapeScreen[None]):
    """The board of the open cohort."""

    TITLE = "Measures"
    HELP = (
        "Everyone by timepoint and instrument. A star marks whom to catch at the next session, first. "
        "Arrows or a person's number choose; from the eleventh person on a comma goes before the number. "
        "Enter types the chosen sheet, p the whole pile of its column. m says why there is none. "
        "What is recorded is put right with c, for a reason."
    )
    CSS_PATH = "board.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "type", "Type it"),
        Binding("p", "pile", "Pile of this column"),
        Binding("m", "missing", "Missing"),
        Binding("c", "correct", "Correct"),
        Binding("delete", "remove", "Not theirs", key_display="Del"),
        Binding("f", "feedback", "Feedback cards"),
        Binding("w", "write", "Print"),
        Binding("v", "private", "Private plans"),
        Binding("down", "step(1, 0)", "Choose", key_display="↑↓←→ 1-9"),
        Binding("up", "step(-1, 0)", show=False),
        Binding("right", "step(0, 1)", show=False),
        Binding("left", "step(0, -1)", show=False),
        Binding("n", "next_wanted", "Next wanted"),
    ]

    def __init__(self) -> None:
        super().__init__()
        self.board: Board | None = None
        """What the screen shows; None where no cohort is open."""
        self._chosen: SheetKey | None = None
        self._alarms: tuple[Alarm, ...] = ()
        self._numbers = NumberKeys(0)
        self._cohort: str | None = None

    def compose_body(self) -> ComposeResult:
        """Whom to catch, the grid, the chosen sheet in words, what the signs mean."""
        yield Static(id="catch")
        yield MeasureGrid()
        yield Static(id="chosen")
        yield Static(id="legend")

    def look_again(self) -> None:
        """Read the cohort and draw it."""
        if not self.ours.is_ready:
            return
        self.board, self._alarms = None, ()
        if self.desk.is_open:
            cohort = self.desk.cohort
            self.board = board_of(cohort, self.desk.settings, today_of(cohort))
            self._alarms = alarms_without_plan(cohort)
            self._numbers.people = max((row.number for row in self.board.rows), default=0)
        if self.desk.code != self._cohort:
            self._cohort, self._chosen = self.desk.code, None
        self._draw()
        self.refresh_bindings()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Keys that have nothing to act on are not there."""
        if not self.ours.is_ready or (
            self.board is None and action not in {"help", "emergency", "roll_call"}
        ):
            return False
        if action in {"pile", "missing"}:
            cell = self.cell
            return cell is not None and cell.due.owed
        if action in {"correct", "remove"}:
            cell = self.cell
            return cell is not None and cell.due.row is not None
        if action == "private":
            return bool(self._alarms)
        return super().check_action(action, parameters)

    @property
    def cell(self) -> Cell | None:
        """The chosen sheet; None where nothing is asked for there."""
        return self.board.cell(self._chosen) if self.board and self._chosen else None

    def on_key(self, event: events.Key) -> None:
        """A number chooses a person."""
        if self.board is None:
            return
        match self._numbers.press(event.key):
            case Chosen(number):
                event.stop()
                self._choose_person(number)
            case Waiting(typed):
                event.stop()
                self.echo(f"Person {typed}…", EchoKind.ASK)
            case NoSuch(number):
                event.stop()
                self.echo(f"There is no person {number}.", EchoKind.REFUSED)

    def action_step(self, rows: int, columns: int) -> None:
        """Choose the sheet so many places on."""
        board, grid = self.board, self.query_exactly_one(MeasureGrid)
        if board is None or not board.rows:
            return
        row = min(len(board.rows) - 1, max(0, grid.row + rows))
        column = min(len(board.columns) - 1, max(0, grid.column + columns))
        self._choose(row, column)

    def action_next_wanted(self) -> None:
        """Choose the next sheet that is to be got now, after the chosen one."""
        board = self.board
        wanted = [cell.key for cell in board.cells if cell.is_wanted] if board else []
        if board is None or not wanted:
            raise Refused("Nothing is due or overdue.", "Choose a sheet with the arrows.")
        keys = [cell.key for cell in board.cells]
        here = keys.index(self._chosen) if self._chosen in keys else -1
        self._choose_key(next((key for key in wanted if keys.index(key) > here), wanted[0]))

    def action_type(self) -> None:
        """Type the chosen sheet: a first time, a second time by another person, or put it right."""
        key = self._the_cell().key
        second = self.desk.settings.instruments.second_entry
        self._type((key,), kind_for(self.desk.cohort, key, second_entry=second))

    def action_correct(self) -> None:
        """Put right what is recorded of the chosen sheet."""
        self._type((self._the_cell().key,), "correction")

    def action_remove(self) -> None:
        """Take out a sheet that is not this person's, for a typed reason."""
        key = self._the_cell().key
        question = f"Take {view.what(key)} of {self._who(key)} out of the record? Why? The trail keeps it."
        self.app.push_screen(AskWords(question, judge=reason_typed), lambda why: self._remove(key, why))

    def action_pile(self) -> None:
        """Type the pile of the chosen column from the chosen person on, then those before."""
        cell, board = self._the_cell(), self.board
        if board is None:
            return
        grid = self.query_exactly_one(MeasureGrid)
        pile = board.pile(board.columns[grid.column])
        at = pile.index(cell.key) if cell.key in pile else 0
        self._type((*pile[at:], *pile[:at]), "first")

    def action_missing(self) -> None:
        """Say why the chosen sheet is missing as a whole."""
        key = self._the_cell().key
        rows = [Row(reason, reason.replace("_", " ").capitalize()) for reason in get_args(MissingReason)]
        question = f"{self._who(key)}: {view.what(key)} is missing. Why?"
        self.app.push_screen(Pick(question, rows), lambda reason: self._record_missing(key, reason))

    def action_feedback(self) -> None:
        """Count feedback cards."""
        from escape_tui.screens.measures.feedback import FeedbackScreen

        self.app.push_screen(FeedbackScreen())

    def action_write(self) -> None:
        """Write the board as plain text into a file that is named."""
        from escape_tui.screens.measures.write_out import ask_where

        cohort = self.desk.cohort
        board = board_of(cohort, self.desk.settings, today_of(cohort), names="paper")
        ask_where(self, board_as_text(board))

    def action_private(self) -> None:
        """Make the private plans that scores have asked for."""
        from escape_tui.screens.measures.private_plan import ask_plans

        ask_plans(self, self._alarms)

    def _type(self, pile: tuple[SheetKey, ...], kind: DraftKind) -> None:
        from escape_tui.screens.measures.entry import EntryScreen

        self.desk.cohort.refuse_read_only()
        self.app.push_screen(EntryScreen(pile, kind), self._came_back)

    def _came_back(self, last: SheetKey | None) -> None:
        """Stand at the next sheet of the same column that is wanted, so that one key goes on."""
        self.look_again()
        if last is None or self.board is None:
            return
        column = [
            cell.key
            for cell in self.board.cells
            if (cell.key.instrument, cell.key.timepoint) == (last.instrument, last.timepoint)
        ]
        wanted = [key for key in column if (cell := self.board.cell(key)) and cell.is_wanted]
        self._choose_key(wanted[0] if wanted else last)

    def _remove(self, key: SheetKey, why: str | None) -> None:
        if why is None:
            return
        with self.trying():
            remove_measure(self.desk.cohort, key.person, key.instrument, key.timepoint, why)
            self.look_again()
            self.echo(f"{self._who(key)}: {view.what(key)} taken out", undo=True)

    def _record_missing(self, key: SheetKey, reason: str | None) -> None:
        if reason is None:
            return
        with self.trying():
            record_as_missing(self.desk.cohort, key, cast("MissingReason", reason))
            self.look_again()
            self.echo(f"{self._who(key)}: {view.what(key)} missing, {reason.replace('_', ' ')}", undo=True)

    def _choose_person(self, number: int) -> None:
        board = self.board
        if board is None:
            return
        at = next((at for at, row in enumerate(board.rows) if row.number == number), None)
        if at is None:
            self.echo(f"Nothing is asked of person {number}.", EchoKind.REFUSED)
            return
        row = board.rows[at]
        column = self.query_exactly_one(MeasureGrid).column
        if row.cells[column] is None:
            asked = [at for at, cell in enumerate(row.cells) if cell is not None]
            column = next((at for at in asked if (cell := row.cells[at]) and cell.is_wanted), asked[0])
        self._choose(at, column)

    def _choose_key(self, key: SheetKey) -> None:
        board = self.board
        if board is None:
            return
        for at, row in enumerate(board.rows):
            for column, cell in enumerate(row.cells):
                if cell is not None and cell.key == key:
                    self._choose(at, column)

    def _choose(self, row: int, column: int) -> None:
        board, grid = self.board, self.query_exactly_one(MeasureGrid)
        if board is None:
            return
        grid.row, grid.column = row, column
        where = board.columns[column]
        self._chosen = SheetKey(board.rows[row].person, where.instrument, where.timepoint)
        self.query_exactly_one("#chosen", Static).update(
            view.chosen(self._chosen, self.cell, self._who(self._chosen))
        )
        self.refresh_bindings()

    def _the_cell(self) -> Cell:
        cell = self.cell
        if cell is None:
            raise Refused(
                "Nothing is asked for there.", "Choose a sheet with the arrows; n leads to the next."
            )
        return cell

    def _who(self, key: SheetKey) -> str:
        rows = self.board.rows if self.board else ()
        return next((f"{row.number} {row.name}" for row in rows if row.person == key.person), "?")

    def _draw(self) -> None:
        board, grid = self.board, self.query_exactly_one(MeasureGrid)
        second_entry = self.desk.is_open and self.desk.settings.instruments.second_entry
        self.query_exactly_one("#catch", Static).update(view.catch(board))
        self.query_exactly_one("#legend", Static).update(view.legend(second_entry=second_entry))
        grid.columns, grid.rows = view.columns(board), view.rows(board)
        self.query_exactly_one("#chosen", Static).update("")
        if board is None or not board.rows:
            return
        if self._chosen is None or not any(row.person == self._chosen.person for row in board.rows):
            self._chosen = _first(board).key
        at = next(at for at, row in enumerate(board.rows) if row.person == self._chosen.person)
        wanted_column = (self._chosen.timepoint, self._chosen.instrument)
        columns = [(column.timepoint, column.instrument) for column in board.columns]
        self._choose(at, columns.index(wanted_column) if wanted_column in columns else 0)


def _first(board: Board) -> Cell:
    """Where to begin: a sheet that was half typed, else one that is wanted, else the first."""
    halves = (cell for cell in board.cells if cell.half)
    wanted = (cell for cell in board.cells if cell.is_wanted)
    return next(halves, None) or next(wanted, None) or board.cells[0]
