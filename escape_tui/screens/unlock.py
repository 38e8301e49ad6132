"""The home's passphrase, typed once at the beginning.

Not for: setting a home up, changing the passphrase or recovering it: commands do that.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from textual import work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.widgets import Input, Static

from escape_tui.screens.base import Dialog
from escape_tui.screens.text import plain
from sessions.errors import EscapeError

if TYPE_CHECKING:
    from escape_tui.store.keys import Home  # noqa: F401 - what the screen ends with


class UnlockScreen(Dialog["Home"]):
    """Ends with the open home, or with None where somebody leaves."""

    HELP = (
        "Type the passphrase of this laptop's home and press Enter. It is never shown and never kept. "
        "If it is lost, leave and run `escape passphrase recover` with the recovery key."
    )
    CSS_PATH = "unlock.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "leave", "Leave"),
    ]
    AUTO_FOCUS = "Input"

    def __init__(self, folder: Path) -> None:
        super().__init__()
        self._folder = folder

    def compose_box(self) -> ComposeResult:
        """The field."""
        yield Static("Type the passphrase of this home, then press Enter.", id="asked")
        yield Input(password=True, id="passphrase")
        yield Static(id="told")

    def on_mount(self) -> None:
        """Load what opening takes while the passphrase is typed."""
        self.call_after_refresh(self.ours.load)

    def on_input_submitted(self, typed: Input.Submitted) -> None:
        """Try it."""
        typed.stop()
        if typed.value:
            typed.input.disabled = True
            self._tell("One moment …")
            self._open(typed.value)

    def action_leave(self) -> None:
        """Leave the app."""
        self.dismiss(None)

    @work(thread=True, exclusive=True, exit_on_error=False)
    def _open(self, typed: str) -> None:
        from escape_tui.desk import home_in
        from escape_tui.store.passphrase import passphrase_of

        # Deriving the key takes a good part of a second by design: the screen stays alive meanwhile.
        try:
            home = home_in(self._folder, lambda: passphrase_of(typed))
        except EscapeError as error:
            self.app.call_from_thread(self._refused, f"{error.wrong} {error.remedy}")
            return
        self.app.call_from_thread(self.dismiss, home)

    def _refused(self, words: str) -> None:
        field = self.query_exactly_one(Input)
        field.value, field.disabled = "", False
        field.focus()
        self._tell(words)

    def _tell(self, words: str) -> None:
        self.query_exactly_one("#told", Static).update(plain(words))
