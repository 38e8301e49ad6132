"""A screen whose digits are people's numbers; every key acts in the order it was pressed.

Not for: the panes of a session, which are no screens (`session.numbered`).
"""

from __future__ import annotations

from textual import events

from escape_tui.screens.base import EscapeScreen
from widgets.key_echo import EchoKind
from widgets.number_keys import MOST, Chosen, NoSuch, NumberKeys, Waiting


class NumberedScreen(EscapeScreen[None]):
    """Gives each number to `choose`."""

    def __init__(self) -> None:
        super().__init__()
        self._numbers = NumberKeys(MOST)

    def choose(self, number: int) -> None:
        """Somebody's number was pressed."""

    def take(self, key: str) -> bool:
        """Act on a key that is no number; False lets it do what is bound to it."""
        del key
        return False

    async def on_key(self, event: events.Key) -> None:
        """Numbers first, then what is bound; a key typed ahead of a box that opened is nobody's."""
        event.stop()
        event.prevent_default()
        if self.app.screen is not self:
            return
        match self._numbers.press(event.key):
            case Chosen(number):
                self.choose(number)
            case Waiting(typed):
                self.echo(f"{typed} and the digits that are left: a number from 11 on", EchoKind.ASK)
            case NoSuch(number):
                self.echo(f"Nobody here has number {number}.", EchoKind.REFUSED)
            case _ if not self.take(event.key):
                bound = self.active_bindings.get(event.key)
                if bound is not None and bound.enabled:
                    await self.app.run_action(bound.binding.action, bound.node)

    def action_none(self) -> None:
        """Digits are taken before keys are looked up; this stands for them in the line of keys."""
