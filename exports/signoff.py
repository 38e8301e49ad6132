"""`data/signoff.json`: who signed a return, in what role, when, with what meaning, over which gaps.

Not for: the signature over it (`signature`). What it says is the signer's claim until that was verified.
"""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Annotated, Final, Literal

from pydantic import AwareDatetime, Field, StringConstraints, ValidationError

from sessions.text import Data

FORMAT_VERSION: Final = 1
MEANING: Final = (
    "I have checked this return against what happened in this cohort. It is complete, save for the gaps "
    "named here, and I answer for it."
)
PRACTICE_MEANING: Final = "PRACTICE. Nothing in this return happened, and nobody answers for it."

_LARGEST: Final = 1_000_000
"""Bytes; some thousands of gaps."""

Sha256 = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]
_Line = Annotated[str, StringConstraints(max_length=400)]


class Gap(Data):
    """Something that was missing when the return was signed: its kind, and where, in codes and ids alone.

    Of somebody who is not in the return the kind alone is told.
    """

    code: _Line
    person_id: _Line | None = None
    session: int | None = None
    instrument: _Line | None = None
    timepoint: _Line | None = None


class SignedReturn(Data):
    """Everything that a signer says with a signature.

    `previous_sha256` is that of the tagmanifest of the revision before, which `amendment_reason` explains;
    both are None for the first. `audit_head` and `audit_length` anchor the cohort's trail.
    """

    format_version: Literal[1] = FORMAT_VERSION
    return_id: _Line
    revision: Annotated[int, Field(ge=1, le=999_999)]
    previous_sha256: Sha256 | None
    amendment_reason: _Line | None
    practice: bool
    site_code: _Line
    cohort_code: _Line
    signer: _Line
    principal: _Line
    key_fingerprint: _Line
    name: _Line
    role: _Line
    meaning: _Line
    signed_at: AwareDatetime
    gaps: tuple[Gap, ...]
    gaps_reason: _Line | None
    audit_length: Annotated[int, Field(ge=0)]
    audit_head: Sha256
    app_version: _Line


def signed_instant(instant: datetime) -> str:
    """An instant as it stands in a return: UTC to the second, with Z."""
    return instant.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def signoff_json(signed: SignedReturn) -> bytes:
    """The file: the same bytes for the same claims."""
    document = signed.model_dump(mode="json") | {"signed_at": signed_instant(signed.signed_at)}
    return (json.dumps(document, ensure_ascii=False, indent=2) + "\n").encode("utf-8")


def read_signoff(content: bytes) -> SignedReturn | None:
    """What the file says, None where it is no sign-off of this format."""
    if len(content) > _LARGEST:
        return None
    try:
        return SignedReturn.model_validate_json(content)
    except ValidationError:
        return None
