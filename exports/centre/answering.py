"""Receipts: one for each bag of a known signer whose place is known, signed, and laid beside the bag.

Not for: the form of a receipt (`receipts`), nor for deciding what to answer. What is laid beside a bag is
kept in the ledger, so that it can be laid there again byte for byte.
"""

from __future__ import annotations

import contextlib
import json
import os
import stat
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final, cast

from exports.centre.inbox import Item
from exports.centre.ledger import Bag, Ledger, ReceiptFiles
from exports.receipts import RECEIPT_SUFFIX, CentreReceipt, ReceiptVerdictWord, receipt_json, sign_receipt
from exports.signature import SigningKey

_AT_ONCE: Final = 200
_ANSWERED: Final = frozenset({"accepted", "refused", "fork"})
"""What waits is answered when its turn has come."""


@dataclass(frozen=True, slots=True)
class Answering:
    """Who answers, with which key, and when."""

    centre: str
    key: Callable[[], SigningKey]
    now: Callable[[], datetime]


def answer(ledger: Ledger, answering: Answering) -> None:
    """Make a receipt for every bag whose last one says something else, or that has none."""
    due = [bag for bag in ledger.bags().values() if bag.state in _ANSWERED and bag.answered != _told(bag)]
    for begins in range(0, len(due), _AT_ONCE):
        with ledger.database.transaction():
            for bag in due[begins : begins + _AT_ONCE]:
                at = _instant(bag, answering.now())
                content = receipt_json(_receipt(bag, answering.centre, at))
                signature = sign_receipt(content, answering.key())
                ledger.answer(bag, _told(bag), at, ReceiptFiles(content, signature))


def lay_beside(ledger: Ledger, answered: Iterable[tuple[Item, Bag]]) -> None:
    """Lay the receipt of each bag beside its file, the signature first; what lies there already is left.

    Raises `OSError` where the inbox cannot be written; nothing is lost then, the next run does it.
    """
    receipts = dict(ledger.receipts())
    taken: dict[Path, int] = {}
    for item, bag in answered:
        files = receipts.get(bag.id)
        if files is None:
            continue
        path = item.receipt
        if taken.setdefault(path, bag.id) != bag.id:
            # Two bags of one name, as a zip and as an age file: each has a receipt under its full name.
            path = item.path.with_name(item.path.name + RECEIPT_SUFFIX)
        _lay(path.with_name(path.name + ".sig"), files.signature)
        _lay(path, files.receipt)


def _told(bag: Bag) -> str:
    return f"{bag.state} {bag.why_code}".strip()


def _instant(bag: Bag, now: datetime) -> datetime:
    """The instant of this answer: after the one before, which it overtakes."""
    now = now.replace(microsecond=0)
    return now if bag.answered_at is None else max(now, bag.answered_at + timedelta(seconds=1))


def _receipt(bag: Bag, centre: str, at: datetime) -> CentreReceipt:
    accepted = bag.state == "accepted" and bag.counts is not None
    return CentreReceipt(
        centre=centre,
        site_code=bag.sender.site_code,
        return_id=bag.sender.return_id,
        revision=bag.sender.revision,
        tagmanifest_sha256=bag.sender.tagmanifest_sha256,
        verdict=cast("ReceiptVerdictWord", bag.state),
        reason=bag.why or None,
        received_at=at,
        counts=json.loads(bag.counts) if accepted and bag.counts else {},
    )


def _lay(path: Path, content: bytes) -> None:
    if _lies_there(path, content):
        return
    part = path.with_name(f".{path.name}.part")
    # Whoever may write into the inbox could have laid a link there.
    with contextlib.suppress(FileNotFoundError):
        os.unlink(part)  # noqa: PTH108 - one kind of call for all steps
    try:
        descriptor = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o644)
        try:
            rest = memoryview(content)
            while rest:
                rest = rest[os.write(descriptor, rest) :]
        finally:
            os.close(descriptor)
        os.replace(part, path)  # noqa: PTH105
    except OSError:
        with contextlib.suppress(OSError):
            part.unlink(missing_ok=True)
        raise


def _lies_there(path: Path, content: bytes) -> bool:
    try:
        status = path.lstat()
        return (
            stat.S_ISREG(status.st_mode) and status.st_size == len(content) and path.read_bytes() == content
        )
    except OSError:
        return False
