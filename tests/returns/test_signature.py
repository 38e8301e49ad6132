"""Signatures against OpenSSH's own tool, in both directions, and the one spelling that counts."""

from __future__ import annotations

import base64
import random
import subprocess
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from exports.signature import (
    RETURN_NAMESPACE,
    NotASignature,
    OpenKey,
    holds,
    public_key_of,
    read_signature,
    sign,
)
from tests.outside import tool

KEY = OpenKey(Ed25519PrivateKey.from_private_bytes(bytes(range(32))))
CONTENT = b"the tagmanifest\n"


def key_file(folder: Path) -> Path:
    path = folder / "key"
    path.write_bytes(KEY.private.private_bytes(Encoding.PEM, PrivateFormat.OpenSSH, NoEncryption()))
    path.chmod(0o600)
    return path


def test_the_bytes_are_those_that_ssh_keygen_writes(tmp_path: Path) -> None:
    ran = subprocess.run(
        [tool("ssh-keygen"), "-Y", "sign", "-f", key_file(tmp_path), "-n", RETURN_NAMESPACE],
        input=CONTENT,
        capture_output=True,
        check=True,
    )
    assert sign(CONTENT, RETURN_NAMESPACE, KEY) == ran.stdout
    signature = read_signature(ran.stdout)
    assert signature.namespace == RETURN_NAMESPACE
    assert signature.key == KEY.public
    assert holds(signature, CONTENT)


def test_ssh_keygen_finds_no_fault_in_ours(tmp_path: Path) -> None:
    path = tmp_path / "sig"
    path.write_bytes(sign(CONTENT, RETURN_NAMESPACE, KEY))
    command = [tool("ssh-keygen"), "-Y", "check-novalidate", "-n", RETURN_NAMESPACE, "-s", str(path)]
    good = subprocess.run(command, input=CONTENT, capture_output=True, check=False)
    assert good.returncode == 0
    assert b"Good" in good.stdout
    assert KEY.public.fingerprint.encode() in good.stdout
    assert subprocess.run(command, input=b"else\n", capture_output=True, check=False).returncode != 0


def test_a_signature_holds_for_its_bytes_its_key_and_its_namespace_alone() -> None:
    armour = sign(CONTENT, RETURN_NAMESPACE, KEY)
    signature = read_signature(armour)
    assert not holds(signature, CONTENT + b"\n")
    relabelled = armour_with(signature.namespace.encode(), b"practice@escape".ljust(17, b"-"), armour)
    assert not holds(read_signature(relabelled), CONTENT)
    other = OpenKey(Ed25519PrivateKey.from_private_bytes(bytes(32)))
    borrowed = armour_with(KEY.public.raw, other.public.raw, armour)
    assert not holds(read_signature(borrowed), CONTENT)


def test_no_single_byte_of_a_signature_can_change() -> None:
    armour = sign(CONTENT, RETURN_NAMESPACE, KEY)
    chance = random.Random(3)  # noqa: S311
    for place in range(len(armour)):
        changed = bytearray(armour)
        changed[place] ^= chance.randrange(1, 256)
        try:
            signature = read_signature(bytes(changed))
        except NotASignature:
            continue
        assert not holds(signature, CONTENT), place


@pytest.mark.parametrize(
    "spoil",
    [
        lambda text: text.replace(b"\n", b"\r\n"),
        lambda text: b"\n" + text,
        lambda text: text + b"\n",
        lambda text: text.rstrip(b"\n"),
        lambda text: text[:100] + text[100:].replace(b"\n", b"", 1),
        lambda text: text * 2,
        lambda text: text[: len(text) // 2],
        lambda _: b"",
        lambda _: b"-----BEGIN SSH SIGNATURE-----\n-----END SSH SIGNATURE-----\n",
        lambda _: b"-----BEGIN SSH SIGNATURE-----\n" + b"A" * 100_000 + b"\n-----END SSH SIGNATURE-----\n",
    ],
)
def test_another_spelling_of_a_signature_is_none(spoil: object) -> None:
    assert callable(spoil)
    with pytest.raises(NotASignature):
        read_signature(spoil(sign(CONTENT, RETURN_NAMESPACE, KEY)))


@pytest.mark.parametrize(
    ("was", "becomes"),
    [
        (b"SSHSIG\x00\x00\x00\x01", b"SSHSIG\x00\x00\x00\x02"),
        (b"\x00\x00\x00\x00\x00\x00\x00\x06sha512", b"\x00\x00\x00\x01x\x00\x00\x00\x06sha512"),
        (b"sha512", b"sha256"),
        (b"ssh-ed25519", b"ssh-ed25518"),
    ],
)
def test_version_reserved_hash_and_kind_are_fixed(was: bytes, becomes: bytes) -> None:
    with pytest.raises(NotASignature):
        read_signature(armour_with(was, becomes, sign(CONTENT, RETURN_NAMESPACE, KEY)))


def test_a_key_has_one_spelling() -> None:
    assert public_key_of(KEY.public.text) == KEY.public
    for spelt in (
        KEY.public.text + " a comment",
        KEY.public.text.replace(" ", "  "),
        "ssh-rsa AAAA",
        "ssh-ed25519 =",
    ):
        with pytest.raises(ValueError, match=r"ssh-ed25519|spelt"):
            public_key_of(spelt)


def armour_with(was: bytes, becomes: bytes, armour: bytes) -> bytes:
    """The armour of the same signature with these bytes in the place of those."""
    lines = armour.splitlines()
    blob = base64.b64decode(b"".join(lines[1:-1]))
    assert was in blob
    text = base64.b64encode(blob.replace(was, becomes))
    body = [text[start : start + 70] for start in range(0, len(text), 70)]
    return b"\n".join([lines[0], *body, lines[-1]]) + b"\n"
