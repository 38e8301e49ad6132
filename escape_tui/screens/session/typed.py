"""A box in which a line or a few are typed: a note, a goal, a place, a reason.

Not for: single keys (`asking`). F12 is the emergency from inside it; Esc leaves all as it was.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.widgets import Input, Static

from escape_tui.screens.base import Dialog
from escape_tui.screens.text import plain


@dataclass(frozen=True, slots=True)
class Field:
    """One line to type: what stands before it, and whether it may stay empty."""

    label: str
    needed: bool = True
    most: int = 500


class Typed(Dialog[tuple[str, ...]]):
    """Ends with what was typed in each field, without the spaces around, or with None by Esc.

    `question` may hold a person's text, shown as it is.
    """

    HELP = "Type, then press Enter. Esc leaves all as it was. F12 is the emergency."
    DEFAULT_CSS: ClassVar[str] = """
    Typed Input { border: round $accent; margin-bottom: 0; }
    Typed #told { color: $error; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "none", "Keep"),
        Binding("escape", "leave", "Leave as it was"),
    ]
    AUTO_FOCUS = "Input"

    def __init__(self, question: str, fields: Sequence[Field]) -> None:
        super().__init__()
        self._question = question
        self._fields = tuple(fields)

    def compose_box(self) -> ComposeResult:
        """The question, and each field under its label."""
        yield Static(plain(self._question), id="question")
        for field in self._fields:
            if field.label:
                yield Static(plain(field.label))
            yield Input(max_length=field.most)
        yield Static(id="told")

    def on_input_submitted(self, entered: Input.Submitted) -> None:
        """Go to the next field, or end with the last."""
        entered.stop()
        inputs = list(self.query(Input))
        place = inputs.index(entered.input)
        if self._fields[place].needed and not entered.value.strip():
            self.query_exactly_one("#told", Static).update(plain("Type something, or press Esc to leave it."))
            return
        if place + 1 < len(inputs):
            inputs[place + 1].focus()
            return
        self.dismiss(tuple(one.value.strip() for one in inputs))

    def action_leave(self) -> None:
        """Leave all as it was."""
        self.dismiss(None)
