"""A pane whose digits choose people, and which may ask for something with single keys.

Not for: what the chosen person's key does; each pane says so.
"""

from __future__ import annotations

from escape_tui.guiding.guide import Guide
from escape_tui.guiding.told import Told
from escape_tui.screens.session.asking import Asking
from escape_tui.screens.session.panes import Pane
from sessions.errors import EscapeError
from widgets.number_keys import Chosen, NoSuch, NumberKeys, Waiting


class NumberedPane(Pane):
    """Gives each number to `choose`; `asking`, while there is one, gets the keys first."""

    def __init__(self, guide: Guide) -> None:
        super().__init__(guide)
        most = max((one.number for one in guide.people), default=0)
        self.numbers = NumberKeys(most)
        self.asking: Asking | None = None
        self.selected: str | None = None
        """The person whom the next keys are about."""

    @property
    def asked(self) -> Asking | None:
        """What is still asked."""
        return None if self.asking is None or self.asking.over else self.asking

    def choose(self, number: int) -> None:
        """Somebody's number was pressed, and nothing else was asked."""

    def draw(self) -> None:
        """Draw what is known; reads nothing."""

    def ask(self, asking: Asking | None) -> None:
        """Ask for something with single keys, or for nothing more."""
        self.asking = asking
        self.draw()

    def take(self, key: str) -> bool:
        """Answers first, then numbers; every other key goes its way."""
        try:
            return self._take(key)
        except EscapeError as error:
            self.say(Told(f"{error.wrong} {error.remedy}", "refused"))
            return True

    def _take(self, key: str) -> bool:
        asked = self.asking
        if asked is not None:
            if asked.take(key):
                if asked.over and self.asking is asked:
                    self.ask(None)
                self.draw()
                return True
            if key == "escape":
                self.ask(None)
                return True
            if asked.stays:
                return False
            self.ask(None)
        outcome = self.numbers.press(key)
        match outcome:
            case Chosen(number):
                self.choose(number)
            case Waiting(typed):
                self.say(Told(f"{typed} and the digits that are left: a number from 11 on", "ask"))
            case NoSuch(number):
                self.say(Told(f"Nobody here has number {number}.", "refused"))
            case _:
                return outcome.given_up
        return True

    def id_of(self, number: int) -> str | None:
        """Who has that number on the register."""
        row = self.guide.register.numbered(number)
        if row is None:
            self.say(Told(f"Nobody here has number {number}.", "refused"))
            return None
        return row.person.id
