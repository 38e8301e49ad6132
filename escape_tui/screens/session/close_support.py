"""The warning that more people need close support than those on duty may have; it wants an answer.

Not for: counting them (`guiding.register`).
"""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.widgets import Static

from escape_tui.guiding.register import TooManyClose
from escape_tui.screens.base import Dialog
from escape_tui.screens.text import plain

_OTHERWISE = "Fewer people at a time, or more help. If the session goes on all the same, a note says so."


class CloseSupportWarning(Dialog[bool]):
    """Ends with True to go on all the same, with False when somebody else comes on duty; Esc is no answer."""

    HELP = (
        "More people need close support than those on duty may have. Bring another facilitator in (d), let "
        "somebody sit out, or go on all the same (y): a note of the session then says so."
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("d", "answer(False)", "Another facilitator comes on duty"),
        Binding("y", "answer(True)", "Go on all the same"),
    ]

    def __init__(self, warning: TooManyClose) -> None:
        super().__init__()
        self._warning = warning

    def compose_box(self) -> ComposeResult:
        """The warning and what can be done."""
        yield Static(plain(f"! {self._warning.words}"))
        yield Static(plain(_OTHERWISE))

    def action_answer(self, go_on: bool) -> None:
        """Answer."""
        self.dismiss(go_on)
