"""Sending what the outbox holds, once, and bringing the centre's receipts home.

Not for: showing it (`outbox`, `cli.sync`), nor for how one kind of place is reached (`exports.sending`). The
order, for each return: its receipt is looked for, then it is sent where there is none, and what happened is
durable before the next step. Whatever is broken off, doing it again comes to the same end.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from escape_tui.cohorts import cohort_codes
from escape_tui.outbox import Outbox, change_outbox, outbox_file, outbox_of, read_outbox, sealed_returns
from escape_tui.settings import Settings, load_settings
from escape_tui.store.acts.signoff import record_receipt
from escape_tui.store.cohort import Cohort
from escape_tui.store.files import sync_folder
from escape_tui.store.key_file import keys_are_there
from escape_tui.store.keys import Home
from escape_tui.store.ledger import SealedFile, SignedRevision
from escape_tui.store.lock import Lock
from escape_tui.store.read import receipts, signoffs
from exports.bag import PRACTICE_PREFIX, bag_name_of
from exports.outbox import Delivery, Sending
from exports.receipts import (
    LONGEST_RECEIPT,
    RECEIPT_SUFFIX,
    SIGNATURE_SUFFIX,
    CentreReceipt,
    NotAReceipt,
    read_receipt,
    receipt_signers,
)
from exports.sending.address import Address, FolderAddress, address_of
from exports.sending.credentials import Credentials
from exports.sending.deliver import deliver
from exports.sending.open import open_place
from exports.sending.place import NotDelivered, Place
from exports.signature import LONGEST_ARMOUR
from exports.signers import AllowedSigner, FaultyFile
from sessions.errors import CannotOpen, EscapeError, Refused
from sessions.records import Receipt

LOCK_NAME = "outbox.lock"
_LONGEST_REASON = 200


@dataclass(frozen=True, slots=True)
class SyncOrder:
    """Where to send, the address of the settings where `to` is None; how to be let in there.

    `open_cohort` opens a cohort of the home for its receipt; `told` hears what goes on, for long work.
    """

    now: Callable[[], datetime]
    open_cohort: Callable[[str], AbstractContextManager[Cohort]]
    to: str | None = None
    credentials: Credentials = field(default_factory=Credentials)
    told: Callable[[str], None] = lambda _: None


@dataclass(frozen=True, slots=True)
class Synced:
    """How it went: the outbox after it, what is worth saying besides, and whether all of it went through."""

    to: str
    outbox: Outbox
    words: tuple[str, ...]
    whole: bool


def sync(home: Home, order: SyncOrder) -> Synced:
    """Send what waits in the outbox and fetch receipts.

    A fault of the network or a medium does not raise: the outbox that is returned tells it, and the next try.
    `Refused` for an address that is unsafe, a server that is not the one of the settings or lets nobody in,
    and for a practice home at a real place; nothing was sent then.
    """
    settings = load_settings(home.folder)
    address = address_of(order.to or settings.outbox.to)
    _refuse_inside(home, address)
    _keep_practice_apart(home, address)
    signers = _signers(settings)
    with _alone(home.folder, order.now()):
        run = _Run(home, order, address, signers)
        try:
            place = open_place(address, settings.outbox.host_fingerprint, order.credentials)
            try:
                run.exchange(place)
            finally:
                place.close()
        except NotDelivered as error:
            words = f"{error.wrong} {error.remedy}"
            change_outbox(home.folder, lambda ledger: ledger.stopped(words, order.now()))
            run.whole = False
        else:
            change_outbox(home.folder, lambda ledger: ledger.went_through())
        run.settle()
    return Synced(address.text, outbox_of(home.folder), tuple(run.words), run.whole)


class _Run:
    """One sending, with the place open."""

    def __init__(
        self, home: Home, order: SyncOrder, address: Address, signers: tuple[AllowedSigner, ...]
    ) -> None:
        self._home = home
        self._order = order
        self._to = address.text
        self._signers = signers
        self._returns = sealed_returns(home.folder)
        self.words: list[str] = []
        self.whole = True
        if not signers:
            self.words.append(
                "The settings name no key for receipts, so none counts. Copy the central team's lines into "
                "escape.toml, under [return]."
            )

    def exchange(self, place: Place) -> None:
        """Look for each return's receipt, and send those that wait."""
        for signed, file in self._returns:
            sending = self._sending(signed)
            answered = self._answered(place, sending, signed, file)
            if answered != sending:
                self._keep(answered)
            if answered.answer is None and answered.delivered_to(self._to) is None:
                self._send(place, answered, file)

    def settle(self) -> None:
        """Note the answers in the cohorts, and let go of the files that the centre has accepted."""
        for signed, file in self._returns:
            sending = self._sending(signed)
            if sending.answer is None:
                continue
            if not sending.noted and self._noted(signed, sending.answer):
                self._keep(sending.model_copy(update={"noted": True}))
            kept = outbox_file(self._home.folder, file)
            if sending.answer.verdict == "accepted" and _counts_agree(file, sending.answer) and kept.exists():
                kept.unlink()
                sync_folder(kept.parent)

    def _sending(self, signed: SignedRevision) -> Sending:
        return read_outbox(self._home.folder).of(signed.tagmanifest_sha256)

    def _keep(self, sending: Sending) -> None:
        change_outbox(self._home.folder, lambda ledger: ledger.having(sending))

    def _send(self, place: Place, sending: Sending, file: SealedFile) -> None:
        kept = outbox_file(self._home.folder, file)
        if not kept.exists():
            return
        content = kept.read_bytes()
        if hashlib.sha256(content).hexdigest() != file.sha256:
            self.whole = False
            self.words.append(
                f"The file {file.name} in the outbox is damaged, so it was not sent. "
                "Put the one back that was written when the return was signed."
            )
            return
        self._order.told(f"Sending {file.name} …")
        name = deliver(place, file.name, content)
        delivered = Delivery(to=self._to, name=name, at=self._order.now())
        self._keep(sending.model_copy(update={"deliveries": (*sending.deliveries, delivered)}))

    def _answered(self, place: Place, sending: Sending, signed: SignedRevision, file: SealedFile) -> Sending:
        """What became of a return after every receipt for it at the place was looked at."""
        delivered = sending.delivered_to(self._to)
        for name in _receipt_names(delivered.name if delivered else file.name):
            receipt = self._receipt(place, name)
            if receipt is not None and (receipt.return_id, receipt.revision) == (
                signed.return_id,
                signed.revision,
            ):
                sending = sending.answered(receipt)
        return sending

    def _receipt(self, place: Place, bag: str) -> CentreReceipt | None:
        content = place.read(f"{bag}{RECEIPT_SUFFIX}", LONGEST_RECEIPT + 1)
        armour = None if content is None else place.read(f"{bag}{SIGNATURE_SUFFIX}", LONGEST_ARMOUR + 1)
        if content is None or armour is None or not self._signers:
            return None
        try:
            return read_receipt(content, armour, self._signers)
        except NotAReceipt as error:
            self.words.append(f"The receipt {bag}{RECEIPT_SUFFIX} was passed over. {error}")
        return None

    def _noted(self, signed: SignedRevision, answer: CentreReceipt) -> bool:
        """Whether the answer stands in the cohort, where there still is one."""
        if signed.code not in cohort_codes(self._home):
            return False
        receipt = _as_noted(answer)
        try:
            with self._order.open_cohort(signed.code) as cohort:
                if receipt.tagmanifest_sha256 not in {one.tagmanifest_sha256 for one in signoffs(cohort)}:
                    # Put back from an older backup, it knows no such revision.
                    return False
                known = {one.revision: one for one in receipts(cohort)}.get(receipt.revision)
                if known is None or known.received_at < receipt.received_at:
                    record_receipt(cohort, receipt)
        except EscapeError as error:
            self.words.append(
                f"The answer to {signed.code} could not be noted in the cohort; the next `escape sync` tries "
                f"again. {error}"
            )
            return False
        return True


def _as_noted(answer: CentreReceipt) -> Receipt:
    forked = answer.verdict == "fork"
    reason = answer.reason or ("Another return of this revision was received." if forked else None)
    return Receipt(
        revision=answer.revision,
        tagmanifest_sha256=answer.tagmanifest_sha256,
        verdict="accepted" if answer.verdict == "accepted" else "refused",
        reason=reason[:_LONGEST_REASON] if reason else None,
        received_at=answer.received_at,
    )


def _counts_agree(file: SealedFile, answer: CentreReceipt) -> bool:
    return all(answer.counts.get(one.table, one.rows) == one.rows for one in file.rows)


def _receipt_names(file_name: str) -> tuple[str, str]:
    """What a receipt for that file may be named after: the bag, or the whole file."""
    return file_name.removesuffix(".age").removesuffix(".zip"), file_name


def _signers(settings: Settings) -> tuple[AllowedSigner, ...]:
    try:
        return receipt_signers(settings.returns.receipt_signers)
    except FaultyFile as error:
        raise Refused(
            f"Line {error.line} of receipt_signers in the settings cannot be taken. {error.message}",
            "Copy the central team's lines anew, as `escape central init` printed them.",
        ) from None


def _refuse_inside(home: Home, address: Address) -> None:
    if isinstance(address, FolderAddress) and _is_within(address.path, home.folder):
        raise Refused("That folder lies in the home itself, where nobody fetches returns.", "Name another.")


def _keep_practice_apart(home: Home, address: Address) -> None:
    """`Refused` where a practice home would send to a place of real returns."""
    if not home.practice:
        return
    if not isinstance(address, FolderAddress):
        raise Refused(
            "A practice home sends to no server: practice never mixes with real returns.",
            "Name a folder of your own with --to.",
        )
    if _is_of_real_returns(home.folder, address.path):
        raise Refused(
            "That folder is for real returns, and practice never mixes with them.",
            "Name a folder of your own with --to.",
        )


def _is_of_real_returns(practice: Path, folder: Path) -> bool:
    real = practice.parent
    if keys_are_there(real):
        to = load_settings(real).outbox.to
        if to and "://" not in to and _is_within(folder, Path(to).expanduser()):
            return True
        if _is_within(folder, real):
            return True
    if not folder.is_dir():
        return False
    return any(_is_real_bag(one.name) for one in folder.iterdir())


def _is_within(inner: Path, outer: Path) -> bool:
    return inner.resolve().is_relative_to(outer.resolve())


def _is_real_bag(name: str) -> bool:
    found = bag_name_of(name.partition(".")[0])
    return found is not None and not name.startswith(PRACTICE_PREFIX)


@contextmanager
def _alone(folder: Path, now: datetime) -> Iterator[None]:
    try:
        lock = Lock.take(folder / LOCK_NAME, now)
    except CannotOpen:
        raise CannotOpen(
            "Another program is sending the returns of this home just now.", "Wait until it is done."
        ) from None
    try:
        yield
    finally:
        lock.release()
