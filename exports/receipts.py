"""The centre's receipts: what one says, how it is written, and whether one that came home counts.

Not for: filing returns (`centre`), nor for bringing receipts home (`sending`). A receipt is signed over its
exact bytes, in a namespace of its own, so that no return can pass for one.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Mapping
from datetime import UTC
from typing import Annotated, Final, Literal

from pydantic import AfterValidator, AwareDatetime, Field, StringConstraints, ValidationError

from exports.schema import TABLES
from exports.signature import (
    RECEIPT_NAMESPACE,
    NotASignature,
    Signature,
    SigningKey,
    holds,
    read_signature,
    sign,
)
from exports.signers import AllowedSigner, Claimed, Trusted, read_allowed_signers, standing
from exports.signoff import signed_instant
from sessions.text import Data, without_control_characters

RECEIPT_SUFFIX: Final = ".receipt.json"
SIGNATURE_SUFFIX: Final = ".receipt.json.sig"
LONGEST_RECEIPT: Final = 64 * 1024
"""Bytes; one of ours has some 700."""

ReceiptVerdictWord = Literal["accepted", "refused", "fork"]

_Text = Annotated[str, StringConstraints(max_length=400), AfterValidator(without_control_characters)]
_Sha256 = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]


class NotAReceipt(Exception):
    """What was found is no receipt that counts; the message says why, in words."""


class CentreReceipt(Data):
    """What the centre answers to one bag; `counts` are the rows that it filed, by the name of the table."""

    format_version: Literal[1] = 1
    centre: _Text
    site_code: _Text
    return_id: _Text
    revision: Annotated[int, Field(ge=1)]
    tagmanifest_sha256: _Sha256
    verdict: ReceiptVerdictWord
    reason: _Text | None = None
    received_at: AwareDatetime
    counts: dict[str, Annotated[int, Field(ge=0)]] = Field(default_factory=dict)


def receipt_json(receipt: CentreReceipt) -> bytes:
    """The file: the same bytes for the same receipt."""
    document = receipt.model_dump(mode="json") | {"received_at": signed_instant(receipt.received_at)}
    return (json.dumps(document, ensure_ascii=False, indent=2) + "\n").encode("utf-8")


def sign_receipt(content: bytes, key: SigningKey) -> bytes:
    """The signature beside a receipt, over its exact bytes."""
    return sign(content, RECEIPT_NAMESPACE, key)


def rows_of_tables(files: Mapping[str, bytes]) -> dict[str, int]:
    """How many rows each table of a bag has, by the table's name; `files` by their path in the bag.

    For tables that were judged already: `ValueError` or `csv.Error` where one is none.
    """
    there = {table.name: files.get(f"data/{table.file}") for table in TABLES}
    return {name: _rows(content) for name, content in there.items() if content is not None}


def receipt_signers(lines: Iterable[str]) -> tuple[AllowedSigner, ...]:
    """The keys of the settings that may sign receipts. `FaultyFile` names the first line that is none."""
    return read_allowed_signers("\n".join(lines).encode("utf-8"))


def read_receipt(content: bytes, armour: bytes, signers: Iterable[AllowedSigner]) -> CentreReceipt:
    """The receipt in `content`, where `armour` is a signature over it by one of `signers`.

    `NotAReceipt` for any other: unsigned, altered, signed by a stranger or for something else.
    """
    signature = _signature(content, armour)
    try:
        receipt = CentreReceipt.model_validate_json(content)
    except ValidationError:
        raise NotAReceipt("It is signed, but not in the form of a receipt of version 1.") from None
    at = receipt.received_at.astimezone(UTC)
    allowed = tuple(signers)
    if not any(
        standing(Claimed(one.principal, signature.key, RECEIPT_NAMESPACE, at), Trusted(allowed)) == "valid"
        for one in allowed
    ):
        raise NotAReceipt("It is signed by a key that the settings do not name for receipts.")
    return receipt


def _signature(content: bytes, armour: bytes) -> Signature:
    if len(content) > LONGEST_RECEIPT:
        raise NotAReceipt("It is longer than any receipt can be.")
    try:
        signature = read_signature(armour)
    except NotASignature as error:
        raise NotAReceipt(f"Its signature is none. {error}") from None
    if signature.namespace != RECEIPT_NAMESPACE:
        raise NotAReceipt("It is signed for something else than a receipt.")
    if not holds(signature, content):
        raise NotAReceipt("It was altered after it was signed.")
    return signature


def _rows(content: bytes) -> int:
    lines = csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""), strict=True)
    return sum(1 for _ in lines) - 1
