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
    AskWords #wrong { color: $error; height: auto; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "take", "Take it", show=True),
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
        yield Static(id="wrong")

    def on_input_submitted(self, submitted: Input.Submitted) -> None:
        """Take the answer, unless it is refused."""
        submitted.stop()
        self.action_take()

    def action_take(self) -> None:
        """Take the answer, unless it is refused."""
        typed = self.query_exactly_one(Input).value
        try:
            if self._judge is not None:
                self._judge(typed)
        except EscapeError as error:
            self.query_exactly_one("#wrong", Static).update(plain(f"✗ {error.wrong} {error.remedy}"))
            return
        self.dismiss(typed)

    def action_leave(self) -> None:
        """Give no answer."""
        self.dismiss(None)
