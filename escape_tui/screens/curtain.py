"""The covered screen while nobody is there: what an emergency needs stays readable, nothing of anybody does.

Not for: locking the home; the cohort stays open, and nothing is lost.
"""

from __future__ import annotations

from typing import ClassVar

from textual import work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets import Input, Static

from escape_tui.screens.base import Dialog
from escape_tui.screens.text import lines, plain, said
from escape_tui.store.keys import UnlockedHome
from escape_tui.store.opening import open_home
from escape_tui.store.passphrase import passphrase_of
from sessions.errors import EscapeError


class Curtain(Dialog[None]):
    """Covers all; the passphrase lifts it, in a plain home any of its keys."""

    HELP = "The screen was covered because nobody used it. Nothing is lost."
    CSS_PATH = "curtain.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [Binding("enter,space", "lift", "Go on")]
    AUTO_FOCUS = "Input"

    def compose_box(self) -> ComposeResult:
        """What to do, and what an ambulance needs."""
        yield Static("The screen is covered. What was entered is safe.", id="asked")
        if self._asks:
            yield Input(password=True, placeholder="Passphrase, then Enter", id="passphrase")
            yield Static(id="told")
        yield Static(lines(self._in_an_emergency()), id="emergency")

    @property
    def _asks(self) -> bool:
        return isinstance(self.desk.home, UnlockedHome)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Without a passphrase a key lifts it; what an emergency needs stands here."""
        del parameters
        return action != "emergency" and (action != "lift" or not self._asks)

    def action_lift(self) -> None:
        """Lift it."""
        self.dismiss(None)

    def action_emergency(self) -> None:
        """What is needed stands here; the rest is behind the passphrase."""

    def on_input_submitted(self, typed: Input.Submitted) -> None:
        """Try the passphrase."""
        typed.stop()
        if typed.value:
            typed.input.disabled = True
            self._try(typed.value)

    @work(thread=True, exclusive=True, exit_on_error=False)
    def _try(self, typed: str) -> None:
        try:
            open_home(self.desk.home.folder, lambda: passphrase_of(typed))
        except EscapeError as error:
            self.app.call_from_thread(self._refused, f"{error.wrong} {error.remedy}")
            return
        self.app.call_from_thread(self.dismiss, None)

    def _refused(self, words: str) -> None:
        field = self.query_exactly_one(Input)
        field.value, field.disabled = "", False
        field.focus()
        self.query_exactly_one("#told", Static).update(plain(words))

    def _in_an_emergency(self) -> list[Content | str]:
        site = self.desk.settings.site
        # The name of the site is often the first line of its address.
        where = [line for line in dict.fromkeys((site.name, *site.address)) if line]
        defibrillator = [f"Defibrillator: {site.defibrillator}"] if site.defibrillator else []
        return [said("[bold]In an emergency call 999 or 112.[/]"), *where, *defibrillator]
