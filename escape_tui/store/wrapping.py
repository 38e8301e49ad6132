"""Keys locked by other keys: AES-256-GCM, and Argon2id where a passphrase or recovery key does the locking.

Not for: where locked keys are kept (`key_file`), nor for which key locks which (`keys`). Everything here
is `cryptography` and argon2-cffi; both load only when something is locked or opened.
"""

from __future__ import annotations

import json
import secrets
from dataclasses import dataclass
from typing import Annotated

from pydantic import ConfigDict, Field

from sessions.errors import MachineFailed
from sessions.text import Data

KEY_BYTES = 32
_NONCE_BYTES = 12
_SALT_BYTES = 16
_TAG_BYTES = 16

Nonce = Annotated[bytes, Field(min_length=_NONCE_BYTES, max_length=_NONCE_BYTES)]
Salt = Annotated[bytes, Field(min_length=_SALT_BYTES, max_length=_SALT_BYTES)]
LockedBytes = Annotated[bytes, Field(min_length=KEY_BYTES + _TAG_BYTES, max_length=KEY_BYTES + _TAG_BYTES)]


class Stored(Data):
    """A record in which bytes are written as base64."""

    model_config = ConfigDict(ser_json_bytes="base64", val_json_bytes="base64")


class Argon2Cost(Stored):
    """What one guess at a secret costs. The bounds keep a hostile file from asking for all of the machine.

    Decision 2 of the design: 64 MiB, 3 passes, 4 lanes (the second choice of RFC 9106, section 4).
    """

    memory_kib: int = Field(default=64 * 1024, ge=8 * 16, le=512 * 1024)
    passes: int = Field(default=3, ge=1, le=16)
    lanes: int = Field(default=4, ge=1, le=16)


STANDARD_COST = Argon2Cost()


class WrappedKey(Stored):
    """A key of 32 bytes locked by another key."""

    nonce: Nonce
    locked: LockedBytes


class LockedKey(Stored):
    """A key of 32 bytes locked by a passphrase or a recovery key."""

    cost: Argon2Cost
    salt: Salt
    key: WrappedKey


@dataclass(frozen=True, slots=True)
class Purpose:
    """What a locked key is for. It is sealed in with the key: moved to another place, the key opens nothing.

    `subject` is a cohort's id, or which secret locks a home key. `home_key_number` goes up with each new home
    key.
    """

    home_id: str
    practice: bool
    home_key_number: int
    subject: str

    def sealed(self) -> bytes:
        """The purpose as the associated data of AES-GCM; no two purposes give the same bytes."""
        parts = ["escape-tui keys 1", self.home_id, self.practice, self.home_key_number, self.subject]
        return json.dumps(parts, ensure_ascii=True, separators=(",", ":")).encode("ascii")


def new_key() -> bytes:
    """A fresh random key of 32 bytes."""
    return secrets.token_bytes(KEY_BYTES)


def wrap(key: bytes, by: bytes, purpose: Purpose) -> WrappedKey:
    """Lock `key` by the key `by`."""
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    nonce = secrets.token_bytes(_NONCE_BYTES)
    return WrappedKey(nonce=nonce, locked=AESGCM(by).encrypt(nonce, key, purpose.sealed()))


def unwrap(wrapped: WrappedKey, by: bytes, purpose: Purpose) -> bytes | None:
    """Open what `wrap` locked; None where the key, the purpose or a single bit is another."""
    from cryptography.exceptions import InvalidTag
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    try:
        return AESGCM(by).decrypt(wrapped.nonce, wrapped.locked, purpose.sealed())
    except InvalidTag:
        return None


def lock(key: bytes, secret: bytes, purpose: Purpose, cost: Argon2Cost) -> LockedKey:
    """Lock `key` by a passphrase or recovery key, whose every guess then costs `cost`."""
    salt = secrets.token_bytes(_SALT_BYTES)
    return LockedKey(cost=cost, salt=salt, key=wrap(key, _stretched(secret, salt, cost), purpose))


def unlock(locked: LockedKey, secret: bytes, purpose: Purpose) -> bytes | None:
    """Open what `lock` locked; None where the secret or the purpose is another."""
    return unwrap(locked.key, _stretched(secret, locked.salt, locked.cost), purpose)


def _stretched(secret: bytes, salt: bytes, cost: Argon2Cost) -> bytes:
    from argon2.exceptions import HashingError
    from argon2.low_level import Type, hash_secret_raw

    try:
        return hash_secret_raw(secret, salt, cost.passes, cost.memory_kib, cost.lanes, KEY_BYTES, Type.ID)
    except HashingError:
        raise MachineFailed(
            f"The machine has no {cost.memory_kib // 1024} MiB of memory free to open the home.",
            "Close other programs, then do it again.",
        ) from None
