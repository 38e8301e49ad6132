"""A form of lines: a word, what is typed, and beside it what was understood or may be typed.

Not for: which lines there are and how they are read (`escape_tui.people_form`), or what is kept and when
(`newcomer`, `putting_right`).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar, TypeVar

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, VerticalScroll
from textual.widgets import Input, Static

from escape_tui.people_form import FaultyForm, FormField, understood, value_of
from escape_tui.screens.keyline import COMMON
from escape_tui.screens.people.asks import AskingScreen
from escape_tui.screens.text import plain, said

ResultT = TypeVar("ResultT")


class FormLine(Horizontal):
    """One line of a form."""

    def __init__(self, field: FormField, text: str) -> None:
        super().__init__(id=f"line-{field.name}")
        self.field = field
        self.kept = text
        """What stood there at first, or was kept last."""

    def compose(self) -> ComposeResult:
        """Word, line to type in, what is said beside it."""
        yield Static(self.field.words, classes="word")
        yield Input(self.kept, compact=True, select_on_focus=False, id=self.field.name)
        yield Static(classes="beside")

    @property
    def typed(self) -> Input:
        """Where it is typed."""
        return self.query_exactly_one(Input)

    def put(self, text: str) -> None:
        """Show what is kept now, unless that is what was kept before: then it may be typed in."""
        if text != self.kept:
            self.kept = text
            self.typed.value = text

    def tell(self, words: str, style: str = "$text-muted") -> None:
        """Say something beside the line."""
        self.query_exactly_one(".beside", Static).update(said(f"[{style}]$words[/]", words=words))


class FormLines(VerticalScroll, can_focus=False, inherit_bindings=False):
    """The lines; the arrows go from line to line and do not scroll."""


class FormScreen(AskingScreen[ResultT], inherit_bindings=False):
    """A form whose lines are gone through with Enter and the arrows; letters go into the lines."""

    CSS_PATH = "form.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("down,tab", "line(1)", "Next line", key_display="Enter ↑↓"),
        Binding("up,shift+tab", "line(-1)", "Line before", show=False),
        Binding("escape", "back", "Back"),
        Binding("f1", "help", "Help", id=f"{COMMON}help"),
    ]
    AUTO_FOCUS = "Input"

    def fields(self) -> tuple[FormField, ...]:
        """The lines."""
        raise NotImplementedError

    def texts(self) -> Mapping[str, str]:
        """What stands in the lines at first."""
        return {}

    def left(self, line: FormLine) -> bool:
        """A line is gone from; whether that may be."""
        self.say_beside(line)
        return True

    def compose_body(self) -> ComposeResult:
        """Heading and lines."""
        yield Static(id="heading")
        before = self.texts()
        with FormLines(id="lines"):
            for field in self.fields():
                yield FormLine(field, before.get(field.name, ""))

    def on_mount(self) -> None:
        """Say beside each line what was understood, or may be typed."""
        for line in self.query(FormLine):
            self.say_beside(line)

    def on_descendant_focus(self, event: events.DescendantFocus) -> None:
        """Keep the line that is typed in seen."""
        line = event.widget.parent
        if isinstance(line, FormLine):
            line.scroll_visible(animate=False)

    def on_input_changed(self, changed: Input.Changed) -> None:
        """Say what is understood so far; what cannot be read is told only once the line is left."""
        changed.stop()
        line = changed.input.parent
        if isinstance(line, FormLine):
            try:
                self._say_understood(line)
            except FaultyForm:
                line.tell(line.field.hint)

    def on_input_submitted(self, entered: Input.Submitted) -> None:
        """Go to the next line."""
        entered.stop()
        self.action_line(1)

    def action_line(self, by: int) -> None:
        """Go to another line, where the one gone from may be left."""
        lines = list(self.query(FormLine))
        here = next((at for at, line in enumerate(lines) if line.typed.has_focus), None)
        if here is None:
            lines[0].typed.focus()
            return
        if self.left(lines[here]):
            lines[min(len(lines) - 1, max(0, here + by))].typed.focus()

    def action_back(self) -> None:
        """Leave the form."""
        self.dismiss(None)

    def line(self, name: str) -> FormLine:
        """The line of that name."""
        return self.query_exactly_one(f"#line-{name}", FormLine)

    def say_beside(self, line: FormLine) -> bool:
        """Say what was understood, or what is wrong; whether it can be read."""
        try:
            self._say_understood(line)
        except FaultyForm as faulty:
            line.tell(f"✗ {faulty.wrong} {faulty.remedy}", "bold $text-error")
            return False
        return True

    def heading(self, words: str) -> None:
        """Say above the lines what the form is for."""
        self.query_exactly_one("#heading", Static).update(plain(words))

    def understood(self, name: str, value: object) -> str:
        """What to say beside a line that can be read."""
        words = understood(name, value, self.desk.now().astimezone().date())
        return f"= {words}" if words else ""

    def _say_understood(self, line: FormLine) -> None:
        value = value_of(line.field.name, line.typed.value)
        if value is None:
            line.tell(line.field.hint)
            return
        words = self.understood(line.field.name, value)
        line.tell("" if words == f"= {line.typed.value.strip()}" else words, "$text-success")
