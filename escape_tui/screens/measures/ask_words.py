"""A question whose answer is typed: a reason, a day, a number, a file.

Not for: judging the answer; whoever asks does, and the dialog stays where that refuses.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.widgets import Input, Static

from escape_tui.screens.base import Dialog
from escape_tui.screens.text import plain
from sessions.errors import EscapeError

Judge = Callable[[str], object]
"""Raises an `EscapeError` for an answer that will not do."""


class AskWords(Dialog[str]):
    """Ends with what was typed, or with None by Esc."""

    HELP = "Type the answer and press Enter. Esc leaves all as it is."
    DEFAULT_CSS: ClassVar[str] = """
    AskWords Input { margin-top: 1; }
    AskWords #wrong { height: auto; }
    AskWords #wrong.-wrong { color: $error; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "leave", "Leave as it is"),
    ]
    AUTO_FOCUS = "Input"

    def __init__(self, question: str, *, at: str = "", judge: Judge | None = None) -> None:
        super().__init__()
        self._question, self._at, self._judge = question, at, judge

    def compose_box(self) -> ComposeResult:
        """The question and the line."""
        yield Static(plain(self._question))
        yield Input(self._at)
        yield Static("Enter takes it.", id="wrong")

    def on_input_submitted(self, submitted: Input.Submitted) -> None:
        """Take the answer, unless it is refused."""
        submitted.stop()
        typed = submitted.value
        try:
            if self._judge is not None:
                self._judge(typed)
        except EscapeError as error:
            wrong = self.query_exactly_one("#wrong", Static)
            wrong.update(plain(f"✗ {error.wrong} {error.remedy}"))
            wrong.add_class("-wrong")
            return
        self.dismiss(typed)

    def action_leave(self) -> None:
        """Give no answer."""
        self.dismiss(None)
