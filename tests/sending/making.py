"""A home with one signed return in its outbox, a centre's key, and receipts as a centre lays them.

Not for: checking anything.
"""

from __future__ import annotations

import shutil
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from escape_tui.outbox import Outbox, ReturnOut, outbox_of
from escape_tui.store.cohort import Cohort
from escape_tui.store.opening import open_home
from escape_tui.store.read import receipts
from escape_tui.syncing import Synced, SyncOrder, sync
from exports.receipts import RECEIPT_SUFFIX, SIGNATURE_SUFFIX, CentreReceipt, receipt_json, sign_receipt
from exports.sending.credentials import Credentials
from exports.signature import RECEIPT_NAMESPACE, OpenKey
from exports.signers import AllowedSigner
from sessions.records import Receipt
from tests.returns.signing_home import SigningHome, change_settings, signing_home
from tests.unit.home_fixtures import PASSPHRASE

BAG = "S042_K26-1_r1"
NAME = f"{BAG}.zip"
RECEIVED = datetime(2026, 12, 3, 9, 0, tzinfo=UTC)
CENTRE_KEY = OpenKey(Ed25519PrivateKey.from_private_bytes(b"c" * 32))
STRANGERS_KEY = OpenKey(Ed25519PrivateKey.from_private_bytes(b"s" * 32))


@dataclass
class Site:
    """A site whose return waits in the outbox; `out` is the folder that it was signed into."""

    made: SigningHome
    out: Path

    @property
    def folder(self) -> Path:
        """The folder of the home."""
        return self.made.home.folder

    @property
    def waiting(self) -> Path:
        """The return's file in the outbox."""
        return self.folder / "outbox" / NAME

    def cohort(self, _: str = "") -> Cohort:
        """The cohort, open."""
        return self.made.cohort()

    def sync(self, to: str | Path, credentials: Credentials | None = None) -> Synced:
        """Send and fetch."""
        order = SyncOrder(
            now=self.made.clock.__call__,
            open_cohort=self.cohort,
            to=str(to),
            credentials=credentials or Credentials(),
        )
        return sync(self.made.home, order)

    def outbox(self) -> Outbox:
        """The outbox as the next program finds it."""
        return outbox_of(self.folder)

    def only(self) -> ReturnOut:
        """The one return in it."""
        (one,) = self.outbox().returns
        return one

    def noted(self) -> tuple[Receipt, ...]:
        """What the cohort knows of the centre's answers."""
        with self.cohort() as cohort:
            return receipts(cohort)

    def receipt(self) -> CentreReceipt:
        """What a centre that took the one return in says of it."""
        (receipt,) = self.receipts()
        return receipt

    def receipts(self) -> tuple[CentreReceipt, ...]:
        """What a centre that took every return in says of them."""
        return tuple(
            CentreReceipt(
                centre="Central team",
                site_code="S042",
                return_id=one.return_id,
                revision=one.revision,
                tagmanifest_sha256=one.tagmanifest_sha256,
                verdict="accepted",
                received_at=RECEIVED,
                counts={row.table: row.sealed for row in one.rows},
            )
            for one in self.outbox().returns
        )

    def copied(self, folder: Path) -> Site:
        """The same site in another folder."""
        shutil.copytree(self.folder, folder)
        home = open_home(folder, lambda: PASSPHRASE)
        return Site(replace(self.made, home=home), self.out)


def make_site(folder: Path, *, practice: bool = False) -> Site:
    """Make the site in `folder`, with its return signed."""
    made = signing_home(folder / "home", practice=practice)
    line = AllowedSigner("central@centre-1", CENTRE_KEY.public, (RECEIPT_NAMESPACE,)).line
    change_settings(made, lambda text: text.replace("receipt_signers = []", f"receipt_signers = ['{line}']"))
    out = folder / "out"
    out.mkdir()
    made.sign(out)
    return Site(made, out)


def lay(folder: Path, receipt: CentreReceipt, *, key: OpenKey = CENTRE_KEY, bag: str = BAG) -> None:
    """Lay a receipt into `folder`, signed."""
    content = receipt_json(receipt)
    (folder / f"{bag}{RECEIPT_SUFFIX}").write_bytes(content)
    (folder / f"{bag}{SIGNATURE_SUFFIX}").write_bytes(sign_receipt(content, key))


def later(receipt: CentreReceipt, **changed: object) -> CentreReceipt:
    """A receipt of a day later, with something changed."""
    at = receipt.received_at + timedelta(days=1)
    return receipt.model_copy(update={"received_at": at, **changed})


def held(folder: Path) -> dict[str, bytes]:
    """Every file in `folder`, but for receipts."""
    return {one.name: one.read_bytes() for one in folder.iterdir() if "receipt" not in one.name}
