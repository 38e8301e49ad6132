"""A centre, an inbox, and small returns in it, sealed by keys of the tests.

Not for: checking anything.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from escape_tui.centre_keys import make_centre, open_centre_key
from exports.centre.judging import lists_of
from exports.centre.receive import Outcome, Receiving, receive
from exports.receipts import CentreReceipt, read_receipt
from exports.signature import RECEIPT_NAMESPACE, OpenKey, PublicKey
from exports.signers import AllowedSigner, Trusted
from tests.returns.sealing import Sealed, allowed, replace_claims, sealed
from tests.unit.home_fixtures import PASSPHRASE

FIRST, SECOND = "S042_K26-1_r1.zip", "S042_K26-1_r2.zip"
NOW = datetime(2026, 12, 1, 9, 0, tzinfo=UTC)


@dataclass
class Clinic:
    """A centre and its inbox."""

    folder: Path
    inbox: Path
    key: OpenKey
    signers: tuple[AllowedSigner, ...]
    revoked: frozenset[PublicKey] = frozenset()
    identity: bytes | None = None
    now: datetime = NOW
    asked: list[str] = field(default_factory=list)

    def order(self, key: Callable[[], OpenKey] | None = None) -> Receiving:
        """The order to receive all that lies in the inbox."""
        lists = lists_of(Trusted(self.signers, self.revoked), self.identity)
        return Receiving(
            self.inbox,
            self.folder,
            "Central team",
            lists,
            key or self._key,
            lambda: self.now,
            lambda *_: None,
        )

    def receive(self) -> Outcome:
        """Receive all that lies in the inbox."""
        return receive(self.order())

    def verdicts(self) -> dict[str, str]:
        """The verdict on each file, after receiving."""
        return {one.file: one.verdict for one in self.receive().received}

    def _key(self) -> OpenKey:
        self.asked.append("key")
        return self.key


def a_clinic(parent: Path) -> Clinic:
    """A centre whose inbox is empty and who knows the signer of the tests."""
    folder, inbox = parent / "centre", parent / "inbox"
    inbox.mkdir(parents=True)
    made = make_centre(folder, "Central team", lambda: PASSPHRASE, rounds=1)
    return Clinic(folder, inbox, open_centre_key(made, PASSPHRASE), (allowed(),))


def a_revision(number: int, before: Sealed | None = None, **changed: object) -> Sealed:
    """Revision `number`, which names the one before."""
    from hashlib import sha256

    previous = None if before is None else sha256(before.files["tagmanifest-sha256.txt"]).hexdigest()
    return sealed(replace_claims(revision=number, previous_sha256=previous, **changed))


def a_rival(number: int = 1, before: Sealed | None = None) -> Sealed:
    """Another return of the same revision, signed by the same key a minute later."""
    return a_revision(number, before, audit_length=99)


def rows(clinic: Clinic, table: str) -> list[tuple[object, ...]]:
    """Every row of a table of the centre."""
    with sqlite3.connect(clinic.folder / "returns.db") as connection:
        found = connection.execute(f"SELECT * FROM {table}").fetchall()  # noqa: S608
    connection.close()
    return found


def receipt(clinic: Clinic, name: str = "S042_K26-1_r1") -> CentreReceipt:
    """The receipt beside a bag, as a site reads it that knows the centre's key."""
    line = AllowedSigner("centre@here", clinic.key.public, (RECEIPT_NAMESPACE,))
    path = clinic.inbox / f"{name}.receipt.json"
    return read_receipt(path.read_bytes(), path.with_name(f"{path.name}.sig").read_bytes(), [line])


def no_receipt(clinic: Clinic) -> bool:
    """Whether nothing in the inbox was answered."""
    return not list(clinic.inbox.rglob("*receipt*"))


def everything(clinic: Clinic) -> dict[str, bytes]:
    """Every byte of the centre and its inbox."""
    parent = clinic.folder.parent
    return {str(one): one.read_bytes() for one in sorted(parent.rglob("*")) if one.is_file()}
