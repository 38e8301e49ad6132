"""Putting entries of a person right: each line is kept as it is left, and can be undone.

Not for: consent, rules, goals and notes, which have keys of their own on the page.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

from textual.binding import Binding, BindingType

from escape_tui.entering import put_right
from escape_tui.known_people import known_person
from escape_tui.people_form import FIELDS, FormField, put_line_right, text_of
from escape_tui.screens.keyline import COMMON
from escape_tui.screens.people.form import FormLine, FormScreen
from escape_tui.store.read import plan_of
from sessions.errors import EscapeError


class PuttingRightScreen(FormScreen[None]):
    """The lines of one person."""

    HELP = (
        "Each line is kept as soon as you leave it with Enter, an arrow or Esc; Ctrl+Z takes the last one "
        "back. An empty line says that it is not known. F12 is the emergency."
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("down,tab", "line(1)", "Keep, next line", key_display="Enter ↑↓"),
        Binding("up,shift+tab", "line(-1)", "Line before", show=False),
        Binding("ctrl+z", "undo", "Undo"),
        Binding("escape", "back", "Back"),
        Binding("f1", "help", "Help", id=f"{COMMON}help"),
    ]

    def __init__(self, person: str) -> None:
        super().__init__()
        self._person = person
        self._leaving_anyway = False

    def fields(self) -> tuple[FormField, ...]:
        """Every line."""
        return FIELDS

    def texts(self) -> Mapping[str, str]:
        """What is kept."""
        kept = known_person(self.desk.cohort, self._person).entry()
        return {field.name: text_of(kept, field.name) for field in FIELDS}

    def look_again(self) -> None:
        """Show what is kept now, as after an undo."""
        if self.is_gone(self._person):
            return
        known = known_person(self.desk.cohort, self._person)
        who = known.identity
        name = f"{who.given_name} {who.family_name}".strip() if who else "erased"
        self.heading(f"{known.person.number}  {name}")
        for name, text in self.texts().items():
            self.line(name).put(text)

    def left(self, line: FormLine) -> bool:
        """Keep the line."""
        try:
            return self._kept(line)
        except EscapeError as error:
            self.ours.echo_error(error)
            line.tell(f"✗ {error.wrong}", "bold $text-error")
            return False

    def action_undo(self) -> None:
        """Take back the last act."""
        self.ours.take_back()

    def action_back(self) -> None:
        """Keep the line and go back; what cannot be kept is told once, then left as it was."""
        here = next((line for line in self.query(FormLine) if line.typed.has_focus), None)
        if here is None or self._leaving_anyway or self.left(here):
            self.dismiss(None)
            return
        self._leaving_anyway = True

    def _kept(self, line: FormLine) -> bool:
        cohort, name = self.desk.cohort, line.field.name
        before = known_person(cohort, self._person).entry()
        entered = put_line_right(before, name, line.typed.value)
        if entered is None:
            return self.say_beside(line)
        if entered.entry.joined_at_session is not None:
            plan_of(cohort).session(entered.entry.joined_at_session)
        put_right(cohort, self._person, entered)
        self.look_again()
        self.say_beside(line)
        self.echo(f"{line.field.words}: kept. Ctrl+Z takes it back.")
        return True
