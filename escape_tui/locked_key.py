"""An Ed25519 signing key in OpenSSH's format, locked under a passphrase of its own.

Not for: whose key it is (`signers`, `centre_keys`), nor what it signs.
"""

from __future__ import annotations

import re
from typing import Final, Literal

from escape_tui.store.passphrase import Passphrase
from exports.signature import OpenKey, PublicKey

KDF_ROUNDS: Final = 64
"""Of bcrypt; about half a second on a laptop for each guess at a passphrase."""
_MOST_ROUNDS: Final = 1024


def new_key() -> OpenKey:
    """A new random key."""
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    return OpenKey(Ed25519PrivateKey.generate())


def locked(key: OpenKey, passphrase: Passphrase, rounds: int = KDF_ROUNDS) -> str:
    """The key as OpenSSH writes one under a passphrase."""
    from cryptography.hazmat.primitives.serialization import Encoding, PrivateFormat

    lock = PrivateFormat.OpenSSH.encryption_builder().kdf_rounds(rounds).build(passphrase.encoded)
    return key.private.private_bytes(Encoding.PEM, PrivateFormat.OpenSSH, lock).decode("ascii")


def opened(
    text: str | None, public: PublicKey, passphrase: Passphrase
) -> OpenKey | Literal["damaged", "another_passphrase"]:
    """The key that `text` locks, whose public half is `public`; else why it cannot be had."""
    from cryptography.exceptions import UnsupportedAlgorithm
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
    from cryptography.hazmat.primitives.serialization import load_ssh_private_key

    if text is None or _rounds_in(text) > _MOST_ROUNDS:
        return "damaged"
    try:
        private = load_ssh_private_key(text.encode("ascii"), passphrase.encoded)
    except (ValueError, TypeError, UnsupportedAlgorithm):
        return "another_passphrase"
    if not isinstance(private, Ed25519PrivateKey) or OpenKey(private).public != public:
        return "damaged"
    return OpenKey(private)


def _rounds_in(text: str) -> int:
    """The rounds of bcrypt that opening this key takes; a tampered file could ask for hours of them."""
    import base64
    import binascii

    body = re.sub(r"-----[A-Z ]+-----|\s", "", text)
    try:
        blob = base64.b64decode(body)
        _, _, options = _fields(blob[len(b"openssh-key-v1\0") :], 3)
        return int.from_bytes(options[-4:], "big")
    except (binascii.Error, ValueError):
        return 0


def _fields(blob: bytes, count: int) -> list[bytes]:
    fields = []
    for _ in range(count):
        length = int.from_bytes(blob[:4], "big")
        fields.append(blob[4 : 4 + length])
        blob = blob[4 + length :]
    return fields
