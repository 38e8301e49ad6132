"""A centre, an inbox, and small returns in it, sealed by keys of the tests.

Not for: checking anything.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from escape_tui.centre_keys import make_centre, open_centre_key
from exports.centre.judging import lists_of
from exports.centre.receive import Outcome, Receiving, receive
from exports.signature import OpenKey, PublicKey
from exports.signers import AllowedSigner, Trusted
from tests.returns.sealing import Sealed, allowed, replace_claims, sealed
from tests.unit.home_fixtures import PASSPHRASE

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
