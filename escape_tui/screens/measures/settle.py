"""Two typings of one sheet that differ: item by item, with the paper in hand, which of them is right.

Not for: comparing them (`entry.keeping`).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets import Static

from escape_tui.entry import keying
from escape_tui.entry.keeping import Difference
from escape_tui.screens.base import Dialog
from escape_tui.screens.text import lines, plain, said
from sessions.instrument import Instrument

Settled = tuple[tuple[int, str | None], ...]
_SHOWN = 8


class Settle(Dialog[Settled]):
    """Ends with the code of every item that differed, or with None by Esc."""

    HELP = (
        "The two typings differ here. Look at the paper. 1: the first typing is right. 2: the second. "
        "Where neither is, Esc leads back to the sheet, where the item is typed again."
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("1", "take(1)", "First is right"),
        Binding("2", "take(2)", "Second is right"),
        Binding("backspace", "back", "Back", key_display="⌫"),
        Binding("escape", "leave", "Back to the sheet"),
    ]

    def __init__(self, instrument: Instrument, differences: Sequence[Difference]) -> None:
        super().__init__()
        self._instrument = instrument
        self._differences = tuple(differences)
        self._taken: list[int] = []

    def compose_box(self) -> ComposeResult:
        """The items that differ, the one to be settled marked."""
        yield Static(id="differences")

    def look_again(self) -> None:
        """Draw."""
        self.query_exactly_one("#differences", Static).update(self._drawn())

    def action_take(self, which: int) -> None:
        """Take the first or the second typing of the item, and go on."""
        self._taken.append(which)
        if len(self._taken) == len(self._differences):
            self.dismiss(tuple(map(_code, self._differences, self._taken)))
        else:
            self.look_again()

    def action_back(self) -> None:
        """Settle the item before once more."""
        if self._taken:
            self._taken.pop()
        self.look_again()

    def action_leave(self) -> None:
        """Settle nothing."""
        self.dismiss(None)

    def _drawn(self) -> Content:
        here = len(self._taken)
        first = max(0, min(here - _SHOWN // 2, len(self._differences) - _SHOWN))
        shown = range(first, min(len(self._differences), first + _SHOWN))
        count = len(self._differences)
        title = (
            f"{count} {'item differs' if count == 1 else 'items differ'}. Look at the paper: which is right?"
        )
        return lines([plain(title), plain(""), *(self._line(at, here) for at in shown)])

    def _line(self, at: int, here: int) -> Content:
        one = self._differences[at]
        taken = f"  {self._taken[at]} is right" if at < here else ""
        return said(
            "[bold $primary]$mark[/] Item [bold]$number[/]   1: $first   2: $second[$success]$taken[/]",
            mark="►" if at == here else " ",
            number=str(one.number),
            first=self._shown(one.number, one.first),
            second=self._shown(one.number, one.second),
            taken=taken,
        )

    def _shown(self, number: int, code: str | None) -> str:
        """A code with the box that it stands for."""
        if code is None:
            return "blank"
        items = self._instrument.items_at(number)
        codes = keying.codes_of_keys(items)
        if not items.boxes or code not in codes:
            return code
        return f"box {codes.index(code) + 1} (code {code})"


def _code(difference: Difference, which: int) -> tuple[int, str | None]:
    return difference.number, difference.first if which == 1 else difference.second
