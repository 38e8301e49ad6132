"""A list to choose one thing of: by its number, or by the arrows and Enter.

Not for: people of a session, whose numbers are their own.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from escape_tui.screens.base import Dialog
from escape_tui.screens.text import plain, said

_TEN = 10


@dataclass(frozen=True, slots=True)
class Row:
    """One thing to choose: what it is for the program, its words, and what stands beside them as they are."""

    key: str
    words: str
    beside: str = ""


class Pick(Dialog[str]):
    """Ends with the key of the row chosen, or with None by Esc."""

    HELP = "Press the number of a row, or go to it with the arrows and press Enter. Esc leaves all as it is."
    DEFAULT_CSS: ClassVar[str] = """
    Pick OptionList, Pick OptionList:focus {
        height: auto; max-height: 14; margin-top: 1; border: none; padding: 0; background: $surface;
    }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("1,2,3,4,5,6,7,8,9,0", "number", "Choose", key_display="1-9 0"),
        Binding("escape", "leave", "Leave as it is"),
    ]
    AUTO_FOCUS = "OptionList"

    def __init__(self, question: str, rows: Sequence[Row], at: str | None = None) -> None:
        super().__init__()
        self._question = question
        self._rows = tuple(rows)
        self._at = at
        for digit in "1234567890":
            self._bindings.key_to_bindings[digit] = [
                Binding(digit, f"number({digit})", "Choose", key_display="1-9 0", show=digit == "1")
            ]

    def compose_box(self) -> ComposeResult:
        """The question and the rows."""
        yield Static(plain(self._question))
        options = [Option(_row(number, row), id=None) for number, row in enumerate(self._rows, start=1)]
        yield OptionList(*options)

    def on_mount(self) -> None:
        """Begin at the row that holds now."""
        keys = [row.key for row in self._rows]
        self.query_exactly_one(OptionList).highlighted = keys.index(self._at) if self._at in keys else 0

    def on_option_list_option_selected(self, chosen: OptionList.OptionSelected) -> None:
        """Take the row under the arrows."""
        chosen.stop()
        self.dismiss(self._rows[chosen.option_index].key)

    def action_number(self, digit: int) -> None:
        """Take the row of that number; 0 is the tenth."""
        index = (digit or _TEN) - 1
        if index < len(self._rows):
            self.dismiss(self._rows[index].key)

    def action_leave(self) -> None:
        """Choose nothing."""
        self.dismiss(None)


def _row(number: int, row: Row) -> Content:
    digit = str(number % _TEN) if number <= _TEN else " "
    return said("[bold]$digit[/]  $words  $beside", digit=digit, words=row.words, beside=row.beside)
