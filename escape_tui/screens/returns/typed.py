"""A box in which one line is typed: a reason that leaves with a return, a folder, a passphrase.

Not for: choosing (`pick`). Esc leaves all as it was.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.widgets import Input, Static

from escape_tui.screens.base import Dialog
from escape_tui.screens.keyline import COMMON
from escape_tui.screens.text import plain
from sessions.errors import EscapeError

Check = Callable[[str], object]
"""Raises an error of ours for a line that cannot be taken."""


class TypedLine(Dialog[str], inherit_bindings=False):
    """Ends with the line as it was typed, once `check` takes it, or with None by Esc.

    `text` stands there at first. A `secret` is never shown.
    """

    HELP = "Type, then press Enter. Esc leaves all as it was. F12 is the emergency."
    DEFAULT_CSS: ClassVar[str] = """
    TypedLine Input { border: round $accent; margin-top: 1; }
    TypedLine #told { color: $text-warning; height: auto; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "none", "Take it"),
        Binding("escape", "leave", "Leave as it was"),
        Binding("f1", "help", "Help", id=f"{COMMON}help"),
    ]
    AUTO_FOCUS = "Input"

    def __init__(self, question: str, check: Check, text: str = "", *, secret: bool = False) -> None:
        super().__init__()
        self._question = question
        self._check = check
        self._text = text
        self._secret = secret

    def compose_box(self) -> ComposeResult:
        """The question and the line."""
        yield Static(plain(self._question), id="question")
        yield Input(self._text, password=self._secret)
        yield Static(id="told")

    def on_input_submitted(self, entered: Input.Submitted) -> None:
        """End with what was typed, or say why it cannot be taken."""
        entered.stop()
        try:
            self._check(entered.value)
        except EscapeError as error:
            self.query_exactly_one("#told", Static).update(plain(f"{error.wrong} {error.remedy}"))
            return
        self.dismiss(entered.value)

    def action_leave(self) -> None:
        """Leave all as it was."""
        self.dismiss(None)
