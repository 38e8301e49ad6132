"""What the board shows, as words and signs: whom to catch, a sign a sheet, the chosen sheet, the legend.

Not for: what its keys do (`board`), or what a sheet's state is (`entry.board`).
"""

from __future__ import annotations

from datetime import date
from typing import Final

from textual.content import Content

from escape_tui.entry.board import TIMEPOINT_WORDS, Board, Cell, SheetKey, state_in_words
from escape_tui.screens.text import plain, said
from sessions.due import DueState
from sessions.instrument_files import load_instrument
from sessions.rules import Timepoint
from widgets.measure_grid import GridColumn, GridRow, GridSign

_SIGNS: Final[dict[DueState, GridSign]] = {
    "recorded": GridSign("✓", "success"),
    "due": GridSign("○", "accent", bold=True),
    "overdue": GridSign("!", "error", bold=True),
    "missing": GridSign("-", "foreground-muted"),
    "outside_window": GridSign("≈", "warning"),
    "not_yet": GridSign("·", "foreground-muted"),
}
_HEADS: Final[dict[Timepoint, str]] = {
    "baseline": "Baseline",
    "end": "End",
    "follow_up_6": "6 months",
    "follow_up_12": "12 months",
}
_LEGEND = (
    ("✓", "done", "success"),
    ("○", "due", "accent"),
    ("!", "overdue", "error"),
    ("-", "missing", "foreground-muted"),
    ("≈", "out of window", "warning"),
    ("·", "not yet", "foreground-muted"),
    ("½", "begun", "warning"),
)


def what(key: SheetKey) -> str:
    """A sheet by instrument and timepoint."""
    return f"{key.instrument}, {TIMEPOINT_WORDS[key.timepoint].lower()}"


def columns(board: Board | None) -> tuple[GridColumn, ...]:
    """The columns of the grid."""
    shown = board.columns if board else ()
    return tuple(GridColumn(_HEADS[one.timepoint], _short(one.instrument)) for one in shown)


def rows(board: Board | None) -> tuple[GridRow, ...]:
    """The rows of the grid."""
    return tuple(
        GridRow(str(row.number), row.name, "*" if row.catch else "", tuple(map(_sign, row.cells)))
        for row in (board.rows if board else ())
    )


def legend(*, second_entry: bool) -> Content:
    """What the signs mean."""
    parts = [
        said(f"[bold ${variable}]$sign[/] $word", sign=sign, word=word) for sign, word, variable in _LEGEND
    ]
    if second_entry:
        parts.append(said("[bold $success]✓1[/] $word", word="to enter again"))
    return Content("  ").join(parts)


def chosen(key: SheetKey, cell: Cell | None, who: str) -> Content:
    """The chosen sheet in words; `who` is data of a person."""
    if cell is None:
        return said("[bold]$who[/]: $what is not asked for.", who=who, what=what(key))
    window = cell.due.window
    return said(
        "[bold]$who[/]: $what. [bold]$state[/], counts from $first to $last. $more",
        who=who,
        what=f"{load_instrument(key.instrument).name}, {TIMEPOINT_WORDS[key.timepoint].lower()}",
        state=state_in_words(cell),
        first=_short_day(window.first),
        last=_short_day(window.last),
        more=_taken(cell),
    )


def catch(board: Board | None) -> Content:
    """How much is owed, and whom to catch at the next session."""
    if board is None:
        return plain("There is no cohort open.")
    wanted = sum(cell.is_wanted for cell in board.cells)
    sheets = f"{_count(wanted, 'sheet')} due or overdue"
    if board.next is None:
        return said("[bold]$sheets[/]. All sessions are over.", sheets=sheets)
    return said(
        "[bold]$sheets[/]. To catch at session $number, $day: [bold $accent]$people[/]",
        sheets=sheets,
        number=str(board.next.number),
        day=_short_day(board.next.on),
        people=f"{_count(board.people_to_catch, 'person', 'people')} *",
    )


def _count(number: int, one: str, more: str = "") -> str:
    return f"{number or 'no'} {one if number == 1 else more or one + 's'}"


def _sign(cell: Cell | None) -> GridSign | None:
    if cell is None:
        return None
    sign = _SIGNS[cell.due.state]
    if cell.half:
        return GridSign(f"{sign.sign}½", "warning", bold=True)
    return GridSign(f"{sign.sign}1", sign.variable, bold=True) if cell.to_check else sign


def _taken(cell: Cell) -> str:
    """The day on which it was taken; its scores stand in no row that others may look at."""
    row = cell.due.row
    return "" if row is None or row.taken_on is None else f"Taken {_short_day(row.taken_on)}."


def _short(instrument: str) -> str:
    words = {
        "chair-stand-30s": "stands",
        "activity-days": "days",
        "activity-minutes": "minutes",
        "pain-nrs": "pain",
    }
    return words.get(instrument, instrument[:8])


def _short_day(day: date) -> str:
    return f"{day:%d.%m.%Y}"
