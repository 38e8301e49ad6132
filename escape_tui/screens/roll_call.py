"""The roll call: who has to be found in the building, ticked off by number.

Not for: the register; a tick here is kept nowhere, and stops no clock.
"""

from __future__ import annotations

from collections.abc import Iterator
from string import ascii_lowercase
from typing import ClassVar, Final

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Static

from escape_tui.guiding.emergency import OnRoll, RollCall, roll_call
from escape_tui.screens.numbered_screen import NumberedScreen
from escape_tui.screens.text import lines, plain, said
from widgets.key_echo import EchoKind
from widgets.number_keys import keys_of

LETTERS: Final = "".join(letter for letter in ascii_lowercase if letter not in "eru")
"""For those on duty, who have no number; without the keys that work everywhere."""
_CANNOT = "The list cannot be shown just now: call the names you know, and count."


class RollCallScreen(NumberedScreen):
    """Everyone to be found; a number ticks a person off, and a second time takes the tick back."""

    CSS_PATH = "emergency.tcss"
    TITLE = "Roll call"
    WORKS_UNDER_LOCK = True
    HELP = (
        "Call the names. A number ticks a person off, a letter one on duty; the same key again takes the "
        "tick back. Who has no mark in the register may have come in unseen: ask for them too. Nothing of "
        "this is kept, and the session's clock runs on; e holds it."
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("1", "none", "Found", key_display="1-9 0 a"),
        Binding("escape", "back", "Back", key_display="Esc"),
    ]

    def __init__(self) -> None:
        super().__init__()
        self._roll: RollCall | None = None

    def compose_body(self) -> ComposeResult:
        """Where it stands, and the names."""
        yield Static(id="stands")
        with VerticalScroll(id="people", can_focus=False):
            yield Static(id="names")

    def on_mount(self) -> None:
        """Find who has to be found."""
        super().on_mount()
        try:
            self._roll = self._everyone()
        except Exception:  # noqa: BLE001 - a fault nobody foresaw must not end a roll call
            self._roll = None
        self._draw()

    def look_again(self) -> None:
        """The names stay as they were when the roll call began."""

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Nothing is taken back here but ticks."""
        if action in {"roll_call", "undo"}:
            return False
        return super().check_action(action, parameters)

    def take(self, key: str) -> bool:
        """Tick off somebody on duty, by their letter."""
        duty = dict(zip(LETTERS, _on_duty(self._roll), strict=False)) if self._roll is not None else {}
        if key in duty:
            self._tick(duty[key])
        return key in duty

    def choose(self, number: int) -> None:
        """Tick the person of that number off, or take the tick back."""
        roll = self._roll
        one = None if roll is None else next((one for one in roll.people if one.number == number), None)
        if one is None:
            self.echo(f"Nobody to be found has number {number}.", EchoKind.REFUSED)
        else:
            self._tick(one)

    def action_back(self) -> None:
        """Go back."""
        self.dismiss()

    def _everyone(self) -> RollCall:
        guide = self.ours.guiding
        if guide is not None:
            return roll_call(guide)
        from escape_tui.guiding.emergency_anytime import roll_of_cohort

        cohort = self.desk.cohort if self.desk.is_open else None
        return roll_of_cohort(cohort, self.desk.settings.names, self.desk.on_duty)

    def _tick(self, one: OnRoll) -> None:
        if self._roll is not None:
            self._roll = self._roll.tick(one.id)
            found = one.id in self._roll.found
            number = f"{one.number} " if one.number is not None else ""
            words = "found" if found else "not found yet"
            self.echo(f"{number}{one.name}: {words}", EchoKind.DONE if found else EchoKind.WARN)
            self._draw()

    def _draw(self) -> None:
        roll = self._roll
        if roll is None:
            self.query_exactly_one("#stands", Static).update(plain(_CANNOT))
            return
        all_found = not roll.missing and not roll.unsure
        self.query_exactly_one("#stands", Static).update(
            said(
                "[bold $success]✓ $words Nobody is missing.[/]"
                if all_found
                else "[bold $warning]! $words[/]",
                words=roll.words,
            )
        )
        self.query_exactly_one("#names", Static).update(lines(_names(roll)))


def _names(roll: RollCall) -> Iterator[Content]:
    letters = {one.id: letter for letter, one in zip(LETTERS, _on_duty(roll), strict=False)}
    for one in roll.people:
        found = one.id in roll.found
        key = letters.get(one.id, "") if one.number is None else keys_of(one.number)
        words = "found" if found else ("not found yet" if one.sure else "no mark: did anybody see them?")
        template = (
            "[bold $accent]$key[/] [dim]✓ $name: $words[/]"
            if found
            else "[bold $accent]$key[/] [bold]· $name[/]: $words"
        )
        yield said(template, key=key.rjust(3), name=one.name, words=words)


def _on_duty(roll: RollCall) -> list[OnRoll]:
    return [one for one in roll.people if one.number is None]
