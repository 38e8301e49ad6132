"""A question with two answers, y and n, each with its word.

Not for: questions with more answers (`pick`).
"""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.widgets import Static

from escape_tui.screens.base import Dialog
from escape_tui.screens.text import plain


class Ask(Dialog[bool]):
    """Ends with True for y, False for n and Esc. `question` may hold a person's text, shown as it is."""

    HELP = "Press y or n. Esc is the same as n."
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("y", "answer(True)", "Yes"),
        Binding("n,escape", "answer(False)", "No"),
    ]

    def __init__(self, question: str, *, yes: str = "Yes", no: str = "No") -> None:
        super().__init__()
        self._question = question
        # Enter is left out on purpose: a key that goes on elsewhere must not answer here.
        self._bindings.key_to_bindings["y"] = [Binding("y", "answer(True)", yes)]
        self._bindings.key_to_bindings["n"] = [Binding("n", "answer(False)", no)]

    def compose_box(self) -> ComposeResult:
        """The question."""
        yield Static(plain(self._question))

    def action_answer(self, yes: bool) -> None:
        """Answer."""
        self.dismiss(yes)
