"""Who is on duty: one key a person, Enter goes on.

Not for: adding a facilitator (`escape facilitator add`), nor for who enters, which has a key of its own.
"""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets import Static

from escape_tui.facilitators import Facilitator
from escape_tui.screens.base import Dialog
from escape_tui.screens.text import lines, plain, said

_TEN = 10


class DutyScreen(Dialog[None]):
    """Puts those chosen on duty and ends."""

    HELP = (
        "Press the number of each person who is on duty today, then Enter. Two at once is usual. "
        "The first of them enters; F6 says at any time who enters."
    )
    CSS_PATH = "duty.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("1", "number(1)", "On duty or not", key_display="1-9 0"),
        *(Binding(str(digit), f"number({digit})", show=False) for digit in (2, 3, 4, 5, 6, 7, 8, 9, 0)),
        Binding("down", "step(1)", "Choose", key_display="↑↓"),
        Binding("up", "step(-1)", show=False),
        Binding("space", "here", show=False),
        Binding("enter", "go_on", "Go on"),
        Binding("escape", "leave", "Back"),
    ]

    def __init__(self) -> None:
        super().__init__()
        self._chosen: list[str] = []
        self._at = 0

    def compose_box(self) -> ComposeResult:
        """The question and everyone."""
        yield Static("Who is on duty today?", id="asked")
        yield Static(id="everyone")
        yield Static(id="told")

    def on_mount(self) -> None:
        """Begin with who is on duty already."""
        self._chosen = [one.id for one in self.desk.on_duty]
        self._draw()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Back is there once somebody is on duty."""
        del parameters
        return action != "leave" or bool(self.desk.on_duty)

    def action_number(self, digit: int) -> None:
        """Put the person of that number on duty, or take them off; 0 is the tenth."""
        self._toggle((digit or _TEN) - 1)

    def action_step(self, by: int) -> None:
        """Go up or down."""
        self._at = (self._at + by) % len(self.desk.facilitators)
        self._draw()

    def action_here(self) -> None:
        """Put the person here on duty, or take them off."""
        self._toggle(self._at)

    def action_go_on(self) -> None:
        """Put those chosen on duty."""
        if not self._chosen:
            self._tell("Choose at least one person: press a number.")
            return
        self.desk.go_on_duty(self._chosen)
        self.dismiss(None)

    def action_leave(self) -> None:
        """Leave it as it was."""
        self.dismiss(None)

    def _toggle(self, index: int) -> None:
        everyone = self.desk.facilitators
        if index >= len(everyone):
            return
        self._at = index
        who = everyone[index].id
        if who in self._chosen:
            self._chosen.remove(who)
        else:
            self._chosen.append(who)
        self._draw()

    def _draw(self) -> None:
        rows = [self._row(index, one) for index, one in enumerate(self.desk.facilitators)]
        self.query_exactly_one("#everyone", Static).update(lines(rows))
        chosen = [one for one in self.desk.facilitators if one.id in self._chosen]
        alone = chosen and all(one.scope == "exercise" for one in chosen)
        self._tell("Nobody chosen may lead the education: only the exercise." if alone else "")

    def _row(self, index: int, one: Facilitator) -> Content:
        number = index + 1
        return said(
            "$here [bold]$digit[/] $mark $name  [$text-muted]$role$scope[/]",
            here=">" if index == self._at else " ",
            digit=str(number % _TEN) if number <= _TEN else " ",
            mark="[x]" if one.id in self._chosen else "[ ]",
            name=one.name,
            role=one.role,
            scope=", exercise only" if one.scope == "exercise" else "",
        )

    def _tell(self, words: str) -> None:
        self.query_exactly_one("#told", Static).update(plain(words))
