"""The page that is signed: who, in what role, with what meaning, over what; then the passphrase.

Not for: what signing does, or in which order (`escape_tui.signing`).
"""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from textual import work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.widgets import ProgressBar, Static

from escape_tui.screens.base import EscapeScreen
from escape_tui.screens.facts import Facts
from escape_tui.screens.pick import Pick, Row
from escape_tui.screens.returns.typed import TypedLine
from escape_tui.screens.returns.words import page_of
from escape_tui.screens.text import plain, said
from escape_tui.signers import read_signers
from escape_tui.signing import (
    Ready,
    Sealed,
    SignedOut,
    SigningOrder,
    bring_out,
    ready_to_sign,
    refuse_as_reason,
    seal,
    to_be_signed,
)
from escape_tui.store.cohort import Cohort
from escape_tui.store.passphrase import passphrase_of
from sessions.errors import EscapeError, MachineFailed, Refused

if TYPE_CHECKING:
    from exports.held import Held
    from exports.rows import Tables
    from exports.signoff import SignedReturn

_STEPS = ("Opening the key …", "Making the tables and the report …", "Sealing it, and judging it once more …")
_NOBODY = (
    "Nobody is named here who could sign. Leave with Ctrl+Q and name somebody, with a key of their own: "
    'escape signer new ID --name "NAME" --role ROLE'
)
_NO_KEY = (
    "There is no signing key yet. Press n to make one for somebody, or do it in a terminal: "
    "escape signer new ID"
)
_UNFORESEEN = MachineFailed(
    "The return could not be made; nothing was signed.", "Try it with `escape return sign --debug`."
)


class SignOffScreen(EscapeScreen[SignedOut]):
    """One page; ends with what was signed, or with None where somebody goes back."""

    TITLE = "Sign off"
    HELP = (
        "All that is signed stands on this page. g: why gaps are accepted. o: the folder for the return. "
        "w: who signs. n: a signing key for somebody who has none. s asks for the signer's own passphrase "
        "and signs: then the cohort is locked and the return lies in the folder and in the outbox."
    )
    CSS_PATH = "sign_off.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("s", "sign", "Sign"),
        Binding("g", "gaps", "Why the gaps"),
        Binding("o", "folder", "The folder"),
        Binding("w", "who", "Who signs"),
        Binding("n", "new_key", "A new key"),
        Binding("escape", "leave", "Back"),
    ]

    def __init__(self) -> None:
        super().__init__()
        self.ready: Ready | None = None
        """What would be signed; None while it cannot be told who signs."""
        self._signer: str | None = None
        self._why: str | None = None
        self._out: Path | None = None
        self._with_key: frozenset[str] = frozenset()
        self._signs = False
        self._done: SignedOut | None = None

    def compose_body(self) -> ComposeResult:
        """The page, what is wrong, how far signing came."""
        yield Static(id="asked")
        with VerticalScroll(id="page", can_focus=False):
            yield Facts()
        yield Static(id="told")
        with VerticalScroll(id="goes-on", can_focus=False):
            yield Static(id="step")
            yield ProgressBar(total=len(_STEPS) + 1, show_eta=False)

    def look_again(self) -> None:
        """Work out what would be signed now, and draw it."""
        if self._done is not None:
            # It was signed while another screen stood over this one.
            self.dismiss(self._done)
        elif not self._signs:
            self.ready, told = None, ""
            try:
                told = self._read()
            except EscapeError as error:
                told = f"{error.wrong} {error.remedy}"
            self._draw(told)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """What there is nothing for has no key; while it is being signed, nothing has."""
        if self._signs and action not in {"emergency", "help"}:
            return False
        there = {
            "sign": self.ready is not None,
            "folder": self.ready is not None,
            "gaps": self.ready is not None and bool(self.ready.gaps),
            "who": len(self._with_key) > 1,
            "new_key": len(self._with_key) < len(self.desk.facilitators),
            "undo": False,
        }
        return there[action] if action in there else super().check_action(action, parameters)

    def action_gaps(self) -> None:
        """Ask why the gaps are accepted."""
        self._ask_why()

    def action_folder(self) -> None:
        """Ask where the return goes."""
        self.app.push_screen(
            TypedLine("The folder for the return, such as a stick's.", _refuse_no_folder, self._where()),
            self._take_folder,
        )

    def action_who(self) -> None:
        """Choose who signs, among those who have a key."""
        rows = [Row(one.id, one.name, one.role) for one in self.desk.facilitators if one.id in self._with_key]
        self.app.push_screen(Pick("Who signs?", rows, self._signer), self._take_signer)

    def action_new_key(self) -> None:
        """Choose whom a signing key is made for."""
        rows = [
            Row(one.id, one.name, one.role) for one in self.desk.facilitators if one.id not in self._with_key
        ]
        self.app.push_screen(Pick("A signing key for whom?", rows), self._make_key)

    def action_sign(self) -> None:
        """Ask for what is still missing, then for the passphrase; then sign."""
        ready = self.ready
        if ready is None:
            return
        if ready.gaps and self._why is None:
            self._ask_why()
        elif self._out is None:
            self.action_folder()
        else:
            # Refused before somebody types a secret for nothing.
            self.ready = ready_to_sign(self.desk.cohort, self.desk.home, self._order(""))
            question = f"The passphrase of {ready.signed.name}, their own, not that of the home."
            self.app.push_screen(TypedLine(question, _refuse_nothing, secret=True), self._sign)

    def action_leave(self) -> None:
        """Go back; nothing was signed."""
        self.dismiss(None)

    def _order(self, passphrase: str) -> SigningOrder:
        if self._signer is None or self._out is None:
            raise RuntimeError("nobody signs without a signer and a folder")
        return SigningOrder(self._signer, self._out, lambda: passphrase_of(passphrase), self._why)

    def _sign(self, passphrase: str | None) -> None:
        if passphrase is None:
            return
        with self.trying():
            order = self._order(passphrase)
            # Anew, for the instant that is signed.
            ready = self.ready = ready_to_sign(self.desk.cohort, self.desk.home, order)
            self._signs = True
            self._draw("")
            self._step(0)
            self._seal(self.desk.cohort, ready, order)

    @work(thread=True, exclusive=True, group="signing", exit_on_error=False)
    def _seal(self, cohort: Cohort, ready: Ready, order: SigningOrder) -> None:
        """Everything that takes time and needs no cohort; the cohort is locked where it is open."""
        from exports.report.returned import report_pdf

        def report(held: Held, tables: Tables, signed: SignedReturn) -> bytes:
            self.app.call_from_thread(self._step, 1)
            made = report_pdf(held, tables, signed)
            self.app.call_from_thread(self._step, 2)
            return made

        try:
            sealed = seal(ready, self.desk.home, order, report)
        except EscapeError as error:
            self.app.call_from_thread(self._not_signed, error)
        except BaseException:
            self.app.call_from_thread(self._not_signed, _UNFORESEEN)
            raise
        else:
            self.app.call_from_thread(self._bring_out, cohort, sealed, order.out)

    def _bring_out(self, cohort: Cohort, sealed: Sealed, out: Path) -> None:
        try:
            if not self.desk.is_open or self.desk.cohort is not cohort:
                raise Refused("Another cohort was opened meanwhile.", "Open this one and sign it again.")
            self._done = bring_out(cohort, self.desk.home, sealed, out)
        except EscapeError as error:
            self._not_signed(error)
            return
        self._copy_keys()
        if self.is_current:
            self.dismiss(self._done)

    @work(thread=True, group="keys", exit_on_error=False)
    def _copy_keys(self) -> None:
        """The ledger goes into every copy of the keys."""
        from escape_tui.store.second_copy import copies_of_keys

        for words in copies_of_keys(self.desk.home.folder, self.desk.settings.backup):
            self.desk.tell(words)

    def _not_signed(self, error: EscapeError) -> None:
        self._signs = False
        self.look_again()
        self.ours.echo_error(error)

    def _step(self, number: int) -> None:
        self.query_exactly_one("#step", Static).update(plain(_STEPS[number]))
        self.query_exactly_one(ProgressBar).update(progress=number + 1)

    def _read(self) -> str:
        """Who can sign, and what they would; gives what stands in the way."""
        now = self.desk.now()
        keys = read_signers(self.desk.home.folder)
        self._with_key = frozenset(one.id for one in keys if one.state(now) == "valid")
        self._signer = self._signer or self._first_signer()
        if self._signer is None:
            return _NO_KEY if self.desk.facilitators else _NOBODY
        self.ready = to_be_signed(self.desk.cohort, self.desk.home, self._signer, self._why)
        return ""

    def _first_signer(self) -> str | None:
        """Who enters, where they have a key; else the first on the site's list who has one."""
        first = [self.desk.by, *(one.id for one in self.desk.facilitators)]
        return next((one for one in first if one in self._with_key), None)

    def _ask_why(self) -> None:
        cohort = self.desk.cohort
        question = (
            "Why are the gaps accepted? The reason leaves with the return: at most 200 characters, and "
            "nothing of a participant."
        )
        self.app.push_screen(
            TypedLine(question, partial(refuse_as_reason, cohort), self._why or ""), self._take_why
        )

    def _take_why(self, why: str | None) -> None:
        if why is not None:
            self._why = why
            self.look_again()

    def _take_folder(self, folder: str | None) -> None:
        if folder is not None:
            self._out = _folder_of(folder)
            self.look_again()

    def _take_signer(self, signer: str | None) -> None:
        if signer is not None:
            self._signer = signer
            self.look_again()

    def _make_key(self, signer: str | None) -> None:
        if signer is None:
            return
        from escape_tui.screens.returns.new_key import NewKey

        self.app.push_screen(NewKey(signer), self._key_made)

    def _key_made(self, fingerprint: str | None) -> None:
        if fingerprint is None:
            return
        self._copy_keys()
        self._signer = None
        self.look_again()
        self.echo(f"Made: {fingerprint}. Compare it with the clinic by telephone.")

    def _where(self) -> str:
        return str(self._out or Path.home())

    def _draw(self, told: str) -> None:
        self.query_exactly_one("#asked", Static).update(
            said("[bold $primary]This is what is signed.[/] Read it, then press [bold]s[/].")
            if self.ready
            else said("[bold $primary]Sign off[/]")
        )
        self.query_exactly_one(Facts).facts = tuple(page_of(self.ready, self._out)) if self.ready else ()
        self.query_exactly_one("#told", Static).update(plain(told))
        self.query_exactly_one("#goes-on").display = self._signs
        self.refresh_bindings()


def _folder_of(text: str) -> Path:
    return Path(text.strip()).expanduser().absolute()


def _refuse_no_folder(text: str) -> None:
    if not text.strip() or not _folder_of(text).is_dir():
        raise Refused("There is no such folder.", "Make it, or name another one.")


def _refuse_nothing(text: str) -> None:
    if not text:
        raise Refused("Nothing was typed.", "Type the passphrase, or press Esc.")
