"""The recovery key: 160 random bits that open a home whose passphrase is lost, in a form made for paper.

Not for: what it locks (`wrapping`), nor for where it is kept: that is nowhere in the home.
"""

from __future__ import annotations

import base64
import hashlib
import secrets
from binascii import Error as NotBase32
from dataclasses import dataclass, field

from sessions.errors import CannotOpen

KEY_BYTES = 20
_CHECK_BYTES = 5
_GROUP = 5
_BYTE_ORDER_MARK = "\N{ZERO WIDTH NO-BREAK SPACE}"
REMARK = "#"
"""Begins a line for people in a recovery key's file."""

# Crockford's alphabet of base32: it lacks I, L, O and U, so that what a hand makes of 1 and 0 reads rightly.
_TO_PAPER = str.maketrans("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567", "0123456789ABCDEFGHJKMNPQRSTVWXYZ")
_FROM_PAPER = str.maketrans(
    "0123456789ABCDEFGHJKMNPQRSTVWXYZ" + "OIL" + "U",
    "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567" + "ABB" + "!",
    " \t\r\n-\N{HYPHEN}\N{EN DASH}\N{NO-BREAK SPACE}\N{ZERO WIDTH NO-BREAK SPACE}",
)


@dataclass(frozen=True, slots=True)
class RecoveryKey:
    """A recovery key. It shows itself only when it is asked for its groups."""

    raw: bytes = field(repr=False)

    def in_groups(self) -> str:
        """The key for paper: 8 groups of 5 letters and digits, its checksum at the end."""
        text = base64.b32encode(self.raw + _checksum(self.raw)).decode("ascii").translate(_TO_PAPER)
        return "-".join(text[at : at + _GROUP] for at in range(0, len(text), _GROUP))


def new_recovery_key() -> RecoveryKey:
    """A fresh random key."""
    return RecoveryKey(secrets.token_bytes(KEY_BYTES))


def recovery_key_of(text: str) -> RecoveryKey:
    """The key that was read off paper: O counts as 0, I and L as 1; case, spaces and hyphens do not count.

    A line that begins with `REMARK` is not of the key.

    `CannotOpen` where a character or more is wrong, missing or too many, which the checksum tells (a slip
    passes it once in 2^40).
    """
    lines = (line for line in text.removeprefix(_BYTE_ORDER_MARK).splitlines() if not line.startswith(REMARK))
    try:
        whole = base64.b32decode("".join(lines).upper().translate(_FROM_PAPER))
    except (NotBase32, ValueError):
        whole = b""
    raw, check = whole[:KEY_BYTES], whole[KEY_BYTES:]
    if len(whole) != KEY_BYTES + _CHECK_BYTES or check != _checksum(raw):
        raise CannotOpen(
            "That is not a recovery key as it was written down: a character is wrong or missing.",
            "Compare it with the paper, group by group.",
        )
    return RecoveryKey(raw)


def _checksum(raw: bytes) -> bytes:
    return hashlib.sha256(b"escape-tui recovery key\x00" + raw).digest()[:_CHECK_BYTES]
