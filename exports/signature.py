"""Signatures in OpenSSH's SSHSIG format, by Ed25519 alone, as `ssh-keygen -Y sign` writes and verifies them.

Not for: who may sign (`signers`), nor for where private keys lie. One signature has one spelling here: the
armour that OpenSSH writes, byte for byte.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import struct
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Protocol

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

RETURN_NAMESPACE: Final = "return@escape-tui"
PRACTICE_NAMESPACE: Final = "practice@escape-tui"
RECEIPT_NAMESPACE: Final = "receipt@escape-tui"

LONGEST_ARMOUR: Final = 2048
"""Bytes; a signature of ours has some 300."""

_KEY_TYPE: Final = b"ssh-ed25519"
_HASH: Final = b"sha512"
_KEY_BYTES: Final = 32
_SIGNATURE_BYTES: Final = 64
_LENGTH: Final = struct.Struct(">I")
_MAGIC: Final = b"SSHSIG"
_VERSION: Final = 1
_BEGIN: Final = b"-----BEGIN SSH SIGNATURE-----\n"
_END: Final = b"-----END SSH SIGNATURE-----\n"
_LINE: Final = 70


class NotASignature(Exception):
    """What was given is no SSHSIG signature of the one kind that counts; the message says why, in words."""


class SigningKey(Protocol):
    """A private key that can sign; it never leaves whoever holds it."""

    @property
    def public(self) -> PublicKey:
        """Its public half."""

    def sign(self, message: bytes) -> bytes:
        """The raw Ed25519 signature, 64 bytes."""


@dataclass(frozen=True, slots=True)
class PublicKey:
    """An Ed25519 public key, 32 bytes."""

    raw: bytes

    @property
    def blob(self) -> bytes:
        """The key as SSH's wire format has it."""
        return _string(_KEY_TYPE) + _string(self.raw)

    @property
    def text(self) -> str:
        """The key as it stands in files: `ssh-ed25519 AAAA…`."""
        return f"{_KEY_TYPE.decode()} {base64.b64encode(self.blob).decode()}"

    @property
    def fingerprint(self) -> str:
        """What is compared by telephone: `SHA256:…`, as OpenSSH prints it."""
        digest = base64.b64encode(hashlib.sha256(self.blob).digest()).decode()
        return f"SHA256:{digest.rstrip('=')}"


@dataclass(frozen=True, slots=True)
class Signature:
    """What a signature says of itself, before anything was checked."""

    key: PublicKey
    namespace: str
    raw: bytes


def public_key_of(text: str) -> PublicKey:
    """The key of `ssh-ed25519 AAAA…`, in its one spelling; `ValueError` for any other kind or spelling."""
    kind, _, encoded = text.partition(" ")
    if kind != _KEY_TYPE.decode():
        raise ValueError("is no ssh-ed25519 key")
    try:
        blob = base64.b64decode(encoded, validate=True)
        key = _key_in(blob)
    except (binascii.Error, NotASignature) as error:
        raise ValueError("is no ssh-ed25519 key") from error
    if key.text != text:
        raise ValueError("is not spelt as OpenSSH spells a key")
    return key


def sign(content: bytes, namespace: str, key: SigningKey) -> bytes:
    """The armoured signature over `content`: the same bytes each time, and those of `ssh-keygen -Y sign`."""
    return _armoured(Signature(key.public, namespace, key.sign(_signed_data(content, namespace))))


def read_signature(armour: bytes) -> Signature:
    """What the armoured signature says; `NotASignature` for anything that OpenSSH would not have written.

    Nothing was verified then: `holds` does that.
    """
    if len(armour) > LONGEST_ARMOUR or not (armour.startswith(_BEGIN) and armour.endswith(_END)):
        raise NotASignature("It is not in OpenSSH's armour.")
    try:
        blob = base64.b64decode(armour[len(_BEGIN) : -len(_END)].replace(b"\n", b""), validate=True)
    except binascii.Error:
        raise NotASignature("Its armour is damaged.") from None
    signature = _signature_in(blob)
    if _armoured(signature) != armour:
        raise NotASignature("It is not in the one form that OpenSSH writes.")
    return signature


def holds(signature: Signature, content: bytes) -> bool:
    """Whether the signature was made by its key, in its namespace, over exactly `content`."""
    from cryptography.exceptions import InvalidSignature
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

    try:
        key = Ed25519PublicKey.from_public_bytes(signature.key.raw)
        key.verify(signature.raw, _signed_data(content, signature.namespace))
    except (InvalidSignature, ValueError):
        return False
    return True


@dataclass(frozen=True, slots=True)
class OpenKey:
    """A private key in memory; never shown, never written."""

    private: Ed25519PrivateKey

    def __repr__(self) -> str:
        return "<OpenKey>"

    @property
    def public(self) -> PublicKey:
        """Its public half."""
        return PublicKey(self.private.public_key().public_bytes_raw())

    def sign(self, message: bytes) -> bytes:
        """The raw Ed25519 signature, 64 bytes."""
        return self.private.sign(message)


def _signed_data(content: bytes, namespace: str) -> bytes:
    digest = hashlib.sha512(content).digest()
    return _MAGIC + _string(namespace.encode()) + _string(b"") + _string(_HASH) + _string(digest)


def _armoured(signature: Signature) -> bytes:
    blob = (
        _MAGIC
        + _LENGTH.pack(_VERSION)
        + _string(signature.key.blob)
        + _string(signature.namespace.encode())
        + _string(b"")
        + _string(_HASH)
        + _string(_string(_KEY_TYPE) + _string(signature.raw))
    )
    text = base64.b64encode(blob)
    lines = [text[start : start + _LINE] for start in range(0, len(text), _LINE)]
    return _BEGIN + b"\n".join(lines) + b"\n" + _END


def _signature_in(blob: bytes) -> Signature:
    head = _MAGIC + _LENGTH.pack(_VERSION)
    if not blob.startswith(head):
        raise NotASignature("It is no SSHSIG signature of version 1.")
    fields = _strings(blob[len(head) :], 5)
    key, namespace, _, hashed_by, signed = fields
    if hashed_by != _HASH:
        raise NotASignature("It hashes by something else than sha512.")
    kind, raw = _strings(signed, 2)
    if kind != _KEY_TYPE or len(raw) != _SIGNATURE_BYTES:
        raise NotASignature("It is not an Ed25519 signature.")
    try:
        return Signature(_key_in(key), namespace.decode("ascii"), raw)
    except UnicodeDecodeError:
        raise NotASignature("Its namespace is not plain text.") from None


def _key_in(blob: bytes) -> PublicKey:
    kind, raw = _strings(blob, 2)
    if kind != _KEY_TYPE or len(raw) != _KEY_BYTES:
        raise NotASignature("It is not by an Ed25519 key.")
    return PublicKey(raw)


def _string(content: bytes) -> bytes:
    return _LENGTH.pack(len(content)) + content


def _strings(blob: bytes, count: int) -> list[bytes]:
    """Exactly `count` strings of SSH's wire format, with nothing after them."""
    found = []
    for _ in range(count):
        if len(blob) < _LENGTH.size:
            raise NotASignature("It is cut short.")
        (length,) = _LENGTH.unpack_from(blob)
        ends = _LENGTH.size + length
        if len(blob) < ends:
            raise NotASignature("It is cut short.")
        found.append(blob[_LENGTH.size : ends])
        blob = blob[ends:]
    if blob:
        raise NotASignature("Something follows its end.")
    return found
