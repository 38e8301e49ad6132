"""The board: people by timepoint and instrument, what has become of each sheet, and whom to catch next.

Every state comes from `sessions.due`, as in `escape measure due`. Nothing of what people answered stands on
the board but that they did.

Not for: drawing it (`screens.measures.board`), or typing a sheet (`keeping`).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Literal

from escape_tui.guiding.expected import expected_at
from escape_tui.guiding.names import names_of
from escape_tui.settings import Settings
from escape_tui.store.cohort import Cohort
from escape_tui.store.drafts import drafts
from escape_tui.store.read import cohort_pack, identities, measures, people, plan_of
from sessions.dates import day_in_words
from sessions.due import TIMEPOINTS, Due, DueState, OnRecord, measures_due
from sessions.pack import Pack
from sessions.plan import CohortPlan, SessionStatus
from sessions.rules import Timepoint

TIMEPOINT_WORDS: dict[Timepoint, str] = {
    "baseline": "Baseline",
    "end": "End",
    "follow_up_6": "After 6 months",
    "follow_up_12": "After 12 months",
}
STATE_WORDS: dict[DueState, str] = {
    "not_yet": "not yet",
    "due": "due",
    "overdue": "overdue",
    "recorded": "done",
    "outside_window": "outside its window",
    "missing": "missing",
}
NameUse = Literal["desk", "paper"]


@dataclass(frozen=True, slots=True)
class SheetKey:
    """Which sheet: whose, of which instrument, for which timepoint."""

    person: str
    instrument: str
    timepoint: Timepoint


@dataclass(frozen=True, slots=True)
class Cell:
    """One sheet on the board. `half`: it is half typed. `to_check`: the second entry is still to be made."""

    due: Due
    half: bool = False
    to_check: bool = False

    @property
    def key(self) -> SheetKey:
        """Which sheet it is."""
        return SheetKey(self.due.person, self.due.instrument, self.due.timepoint)

    @property
    def is_wanted(self) -> bool:
        """Whether it is to be got now: due or overdue."""
        return self.due.state in {"due", "overdue"}


@dataclass(frozen=True, slots=True)
class Column:
    """One instrument at one timepoint."""

    timepoint: Timepoint
    instrument: str


@dataclass(frozen=True, slots=True)
class BoardRow:
    """One person. `name` is data of a person. `catch`: owes something that can be got at the next session."""

    person: str
    number: int
    name: str
    catch: bool
    cells: tuple[Cell | None, ...]

    @property
    def wanted(self) -> int:
        """How many sheets are to be got now."""
        return sum(cell is not None and cell.is_wanted for cell in self.cells)


@dataclass(frozen=True, slots=True)
class NextSession:
    """The next session at which people can be caught."""

    number: int
    on: date


@dataclass(frozen=True, slots=True)
class Board:
    """The board of one cohort on one day: whom to catch first, then who owes, then everyone by number."""

    cohort: str
    day: date
    next: NextSession | None
    columns: tuple[Column, ...]
    rows: tuple[BoardRow, ...]

    @property
    def people_to_catch(self) -> int:
        """How many people owe something that can be got at the next session."""
        return sum(row.catch for row in self.rows)

    def cell(self, key: SheetKey) -> Cell | None:
        """The sheet of that key, None where it is not asked for."""
        return next((cell for cell in self.cells if cell.key == key), None)

    @property
    def cells(self) -> tuple[Cell, ...]:
        """Every sheet, by row."""
        return tuple(cell for row in self.rows for cell in row.cells if cell is not None)

    def pile(self, column: Column) -> tuple[SheetKey, ...]:
        """The sheets of a column that nobody has recorded, by people's numbers: one pile of paper."""
        return tuple(
            cell.key
            for row in sorted(self.rows, key=lambda row: row.number)
            for cell in row.cells
            if cell is not None
            and (cell.key.timepoint, cell.key.instrument) == (column.timepoint, column.instrument)
            and cell.due.owed
        )


def board_of(cohort: Cohort, settings: Settings, today: date, names: NameUse = "desk") -> Board:
    """The board of a cohort as it stands `today`."""
    plan, pack, everyone = plan_of(cohort), cohort_pack(cohort), people(cohort)
    on_record = OnRecord(plan, everyone, measures(cohort))
    used = settings.instruments.in_use
    found = measures_due(pack, on_record, today, used)
    coming = _coming(plan)
    columns = _columns(found, pack)
    cells = _cells(found, cohort, second_entry=settings.instruments.second_entry)
    to_catch = (
        _to_catch(cohort, coming, measures_due(pack, on_record, coming.on, used), settings) if coming else ()
    )
    shown = names_of(
        everyone, identities(cohort), settings.names.paper if names == "paper" else settings.names.desk
    )
    rows = [
        BoardRow(
            person.id,
            person.number,
            shown.of(person.id),
            person.id in to_catch,
            tuple(cells.get((person.id, column)) for column in columns),
        )
        for person in everyone
    ]
    rows = [row for row in rows if any(row.cells)]
    rows.sort(key=lambda row: (not row.catch, not row.wanted, row.number))
    return Board(cohort.code, today, coming, columns, tuple(rows))


def board_as_text(board: Board) -> str:
    """The board as plain text to be printed: a line a sheet that is not done, whom to catch first."""
    from escape_tui.cli.rows import aligned

    head = f"{board.cohort}: measures on {day_in_words(board.day)}"
    lines = [
        (_who(row), *_printed(cell)) for row in board.rows for cell in row.cells if cell and _is_open(cell)
    ]
    catch = f"Catch at session {board.next.number}, {day_in_words(board.next.on)}: *" if board.next else ""
    done = sum(cell.due.state == "recorded" for cell in board.cells)
    return "\n".join([head, catch, f"{done} of {len(board.cells)} sheets done.", "", *aligned(lines), ""])


def _who(row: BoardRow) -> str:
    return f"{'*' if row.catch else ' '} {row.number:>2} {row.name}"


def _is_open(cell: Cell) -> bool:
    return cell.due.state != "recorded" or cell.half or cell.to_check


def _printed(cell: Cell) -> tuple[str, ...]:
    due, window = cell.due, cell.due.window
    return (
        TIMEPOINT_WORDS[due.timepoint],
        due.instrument,
        f"{window.first} to {window.last}",
        state_in_words(cell),
    )


def state_in_words(cell: Cell) -> str:
    """What has become of a sheet, with the reason where it is missing."""
    words = STATE_WORDS[cell.due.state]
    if cell.due.row is not None and cell.due.row.missing_reason is not None:
        words += f" ({cell.due.row.missing_reason.replace('_', ' ')})"
    if cell.half:
        words += ", half typed"
    return f"{words}, second entry to be made" if cell.to_check else words


def _coming(plan: CohortPlan) -> NextSession | None:
    """The first session by day that is still to be held."""
    coming = next((one for one in plan.standing() if one.status is SessionStatus.PLANNED), None)
    return None if coming is None else NextSession(coming.number, coming.on)


def _columns(found: Iterable[Due], pack: Pack) -> tuple[Column, ...]:
    order = [measure.instrument for measure in pack.measures]
    asked = {Column(due.timepoint, due.instrument) for due in found}
    return tuple(
        sorted(asked, key=lambda one: (TIMEPOINTS.index(one.timepoint), order.index(one.instrument)))
    )


def _cells(found: Iterable[Due], cohort: Cohort, *, second_entry: bool) -> dict[tuple[str, Column], Cell]:
    half = {(one.person, one.instrument, one.timepoint, one.kind == "first") for one in drafts(cohort)}
    return {
        (due.person, Column(due.timepoint, due.instrument)): Cell(
            due,
            half=(due.person, due.instrument, due.timepoint, due.row is None) in half,
            to_check=second_entry and due.row is not None and _may_be_checked(due),
        )
        for due in found
    }


def _may_be_checked(due: Due) -> bool:
    return due.row is not None and due.row.missing_reason is None and not due.row.entered_twice


def _to_catch(cohort: Cohort, coming: NextSession, then: Iterable[Due], settings: Settings) -> frozenset[str]:
    """Who is expected at the next session and owes something on its day."""
    expected = {one.id for one in expected_at(cohort, coming.number, settings.names)}
    return frozenset(_owing(then) & expected)


def _owing(then: Iterable[Due]) -> set[str]:
    return set(_wanted_by(then))


def _wanted_by(then: Iterable[Due]) -> Iterator[str]:
    return (due.person for due in then if due.state in {"due", "overdue"})
