"""A box in which one line is typed, such as a note, a reason, a day.

Not for: a person's entries, which have a form (`form`). Esc leaves all as it was.
"""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.widgets import Input, Static

from escape_tui.screens.base import Dialog
from escape_tui.screens.keyline import COMMON
from escape_tui.screens.text import plain


class TypedLine(Dialog[str], inherit_bindings=False):
    """Ends with the line exactly as it was typed, or with None by Esc.

    `question` may hold a person's text, shown as it is; `text` is what stands there at first; with
    `over` the first key writes over it.
    """

    HELP = "Type, then press Enter. Esc leaves all as it was. F12 is the emergency."
    DEFAULT_CSS: ClassVar[str] = """
    TypedLine Input { border: round $accent; margin-top: 1; }
    TypedLine #told { color: $text-error; height: auto; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "none", "Keep"),
        Binding("escape", "leave", "Leave as it was"),
        Binding("f1", "help", "Help", id=f"{COMMON}help"),
    ]
    AUTO_FOCUS = "Input"

    def __init__(self, question: str, text: str = "", *, over: bool = False) -> None:
        super().__init__()
        self._question = question
        self._text = text
        self._over = over

    def compose_box(self) -> ComposeResult:
        """The question and the line."""
        yield Static(plain(self._question), id="question")
        yield Input(self._text, select_on_focus=self._over)
        yield Static(id="told")

    def on_input_submitted(self, entered: Input.Submitted) -> None:
        """End with what was typed."""
        entered.stop()
        if not entered.value.strip():
            self.query_exactly_one("#told", Static).update("Type something, or press Esc to leave it.")
            return
        self.dismiss(entered.value)

    def action_leave(self) -> None:
        """Leave all as it was."""
        self.dismiss(None)
