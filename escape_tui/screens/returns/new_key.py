"""A signing key for one facilitator: their own passphrase, typed twice.

Not for: renewing or retiring a key: commands do that.
"""

from __future__ import annotations

from typing import ClassVar

from textual import work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.widgets import Input, Static

from escape_tui.screens.base import Dialog
from escape_tui.screens.keyline import COMMON
from escape_tui.screens.text import plain, said
from escape_tui.signers import new_signer
from escape_tui.store.passphrase import new_passphrase_of
from sessions.errors import EscapeError, Refused


class NewKey(Dialog[str], inherit_bindings=False):
    """Ends with the fingerprint of the key that was made, or with None by Esc."""

    HELP = (
        "The passphrase is the signer's own: nobody else types it, and nobody can sign without it. Twelve "
        "characters at least. It is never shown and never kept; a lost one means a new key."
    )
    DEFAULT_CSS: ClassVar[str] = """
    NewKey Input { border: round $accent; }
    NewKey #told { color: $text-warning; height: auto; min-height: 1; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "none", "Go on"),
        Binding("escape", "leave", "Leave it"),
        Binding("f1", "help", "Help", id=f"{COMMON}help"),
    ]
    AUTO_FOCUS = "#first"

    def __init__(self, signer: str) -> None:
        super().__init__()
        self._signer = signer

    def compose_box(self) -> ComposeResult:
        """Two fields."""
        who = next(one.name for one in self.desk.facilitators if one.id == self._signer)
        yield Static(
            said("A signing key for [bold]$who[/]. Let them type a passphrase of their own.", who=who)
        )
        yield Input(password=True, id="first")
        yield Static("Once more")
        yield Input(password=True, id="second")
        yield Static(id="told")

    def on_input_submitted(self, typed: Input.Submitted) -> None:
        """Go on to the second field, then make the key."""
        typed.stop()
        if typed.input.id == "first":
            self.query_exactly_one("#second", Input).focus()
            return
        first = self.query_exactly_one("#first", Input)
        try:
            new_passphrase_of(first.value)
            if first.value != typed.value:
                raise Refused("The two are not the same.", "Type it twice.")
        except EscapeError as error:
            self._refused(error)
            return
        self._tell("One moment …")
        first.disabled = typed.input.disabled = True
        self._make(first.value)

    def action_leave(self) -> None:
        """Make none."""
        self.dismiss(None)

    @work(thread=True, exclusive=True, exit_on_error=False)
    def _make(self, typed: str) -> None:
        # The slow hash of the key's lock takes half a second by design.
        try:
            made = new_signer(
                self.desk.home.folder, self._signer, lambda: new_passphrase_of(typed), self.desk.now()
            )
        except EscapeError as error:
            self.app.call_from_thread(self._refused, error)
            return
        self.app.call_from_thread(self.dismiss, made.key.fingerprint)

    def _refused(self, error: EscapeError) -> None:
        for field in self.query(Input):
            field.value, field.disabled = "", False
        self.query_exactly_one("#first", Input).focus()
        self._tell(f"{error.wrong} {error.remedy}")

    def _tell(self, words: str) -> None:
        self.query_exactly_one("#told", Static).update(plain(words))
