"""What the centre answers to a return: the receipt, which is signed as it stands.

Not for: deciding what to answer (`centre`), nor for whose receipts count, which a site's settings say.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import UTC
from typing import Annotated, Final, Literal

from pydantic import AwareDatetime, Field, StringConstraints, ValidationError

from exports.signoff import Sha256
from sessions.text import Data

RECEIPT_SUFFIX: Final = ".receipt.json"
SIGNATURE_SUFFIX: Final = ".sig"
"""Behind the receipt's whole name."""
LARGEST: Final = 64 * 1024
"""Bytes; a receipt has some 700."""

ReceiptVerdict = Literal["accepted", "refused", "fork"]
_Line = Annotated[str, StringConstraints(max_length=400)]


class Receipt(Data):
    """What became of one return at the centre.

    It answers exactly the bag whose tagmanifest has this hash. `reason` is empty where it was accepted.
    `received_at` is the instant of this answer; a later one overtakes it. `counts` are the rows of each
    table, none where the return was not accepted.
    """

    format_version: Literal[1] = 1
    centre: _Line
    site_code: _Line
    return_id: _Line
    revision: Annotated[int, Field(ge=1, le=999_999)]
    tagmanifest_sha256: Sha256
    verdict: ReceiptVerdict
    reason: _Line
    received_at: AwareDatetime
    counts: Mapping[str, Annotated[int, Field(ge=0)]]


def receipt_json(receipt: Receipt) -> bytes:
    """The file: the same bytes for the same receipt."""
    at = receipt.received_at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    document = receipt.model_dump(mode="json") | {"received_at": at}
    return (json.dumps(document, ensure_ascii=False, indent=2) + "\n").encode("utf-8")


def read_receipt(content: bytes) -> Receipt | None:
    """What the file says, None where it is no receipt of this format. Nothing was verified then."""
    if len(content) > LARGEST:
        return None
    try:
        return Receipt.model_validate_json(content)
    except ValidationError:
        return None
