"""The clinic's files: what is taken from them, what OpenSSH makes of the same lines, and what is refused."""

from __future__ import annotations

import subprocess
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from exports.bag import SIGNATURE, TAGMANIFEST
from exports.signature import PRACTICE_NAMESPACE, RETURN_NAMESPACE, PublicKey
from exports.signers import (
    AllowedSigner,
    Claimed,
    FaultyFile,
    Standing,
    Trusted,
    read_allowed_signers,
    read_revoked,
    standing,
)
from tests.outside import tool
from tests.returns.sealing import KEY, OTHER_KEY, SIGNED_AT, Sealed, a_practice_return, a_return, allowed

LINE = allowed().line


def keygen(
    tmp_path: Path,
    bag: Sealed,
    *lines: str,
    namespace: str = RETURN_NAMESPACE,
    at: datetime = SIGNED_AT,
    **more: Path,
) -> subprocess.CompletedProcess[bytes]:
    """OpenSSH's own verdict on the bag."""
    signers = tmp_path / "allowed_signers"
    signers.write_text("".join(f"{line}\n" for line in lines))
    signature = tmp_path / "sig"
    signature.write_bytes(bag.files[SIGNATURE])
    revoked = [word for path in more.values() for word in ("-r", path)]
    return subprocess.run(
        [
            *(tool("ssh-keygen"), "-Y", "verify", "-f", signers, "-I", "jk@S042", "-n", namespace),
            *("-s", signature, f"-Overify-time={at:%Y%m%d%H%M%SZ}", *revoked),
        ],
        input=bag.files[TAGMANIFEST],
        capture_output=True,
        check=False,
    )


def standing_of(
    *lines: AllowedSigner, at: datetime = SIGNED_AT, revoked: frozenset[PublicKey] = frozenset()
) -> Standing:
    """Our verdict on the signer of the tests."""
    return standing(Claimed("jk@S042", KEY.public, RETURN_NAMESPACE, at), Trusted(lines, revoked))


def test_ssh_keygen_calls_a_return_good_by_our_line(tmp_path: Path) -> None:
    found = keygen(tmp_path, a_return(), LINE)
    assert found.returncode == 0, found.stderr
    assert b'Good "return@escape-tui" signature for jk@S042' in found.stdout


def test_ssh_keygen_calls_practice_good_as_practice_alone(tmp_path: Path) -> None:
    line = allowed(namespaces=(PRACTICE_NAMESPACE,)).line
    assert keygen(tmp_path, a_practice_return(), line, namespace=PRACTICE_NAMESPACE).returncode == 0
    assert keygen(tmp_path, a_practice_return(), line).returncode != 0
    assert keygen(tmp_path, a_return(), line).returncode != 0


@pytest.mark.parametrize("seconds", [-864_001, -864_000, 864_000, 864_001])
def test_ssh_keygen_and_we_agree_on_both_ends_of_a_signers_time(tmp_path: Path, seconds: int) -> None:
    at = SIGNED_AT + timedelta(seconds=seconds)
    ours = standing_of(*read_allowed_signers(LINE.encode()), at=at)
    assert (ours == "valid") == (keygen(tmp_path, a_return(), LINE, at=at).returncode == 0)


def test_ssh_keygen_and_we_agree_on_who_is_unknown_and_who_is_revoked(tmp_path: Path) -> None:
    for line in (allowed(principal="pb@S042"), allowed(key=OTHER_KEY.public)):
        assert keygen(tmp_path, a_return(), line.line).returncode != 0
        assert standing_of(line) == "unknown"
    revoked = tmp_path / "revoked"
    revoked.write_text(f"{OTHER_KEY.public.text}\n")
    assert keygen(tmp_path, a_return(), LINE, revoked=revoked).returncode == 0
    revoked.write_text(f"# lost in March\n{OTHER_KEY.public.text}\n{KEY.public.text} jk\n")
    assert keygen(tmp_path, a_return(), LINE, revoked=revoked).returncode != 0
    keys = read_revoked(revoked.read_bytes())
    assert standing_of(allowed(), revoked=keys) == "revoked"


def test_a_line_reads_back_as_what_it_was_written_from() -> None:
    for one in (allowed(), allowed(valid_after=None, valid_before=None), allowed(namespaces=("a@b", "c@d"))):
        assert read_allowed_signers(f"{one.line}\n".encode()) == (one,)


def test_comments_blank_lines_and_windows_line_ends_are_passed_over() -> None:
    text = f"\ufeff# the signers\r\n\r\n  {LINE} Jo Kent\r\n\t# end"
    assert read_allowed_signers(text.encode()) == (allowed(),)


def test_days_and_minutes_in_utc_are_taken() -> None:
    line = LINE.replace('valid-after="20261112180000Z"', 'valid-after="20261112Z"')
    (read,) = read_allowed_signers(
        line.replace('before="20261202180000Z"', 'before="202612021800Z"').encode()
    )
    assert read.valid_after == datetime(2026, 11, 12, tzinfo=UTC)
    assert read.valid_before == datetime(2026, 12, 2, 18, tzinfo=UTC)


@pytest.mark.parametrize(
    ("was", "becomes"),
    [
        ("jk@S042", "*@S042"),
        ("jk@S042", "jk@S04?"),
        ("jk@S042", "!jk@S042"),
        ("jk@S042", "jk@S042,pb@S042"),
        ("jk@S042", '"jk@S042"'),
        ('namespaces="return@escape-tui",', ""),
        ('namespaces="return@escape-tui"', 'namespaces="*"'),
        ('namespaces="return@escape-tui"', 'namespaces=""'),
        ('namespaces="return@escape-tui"', "namespaces=return@escape-tui"),
        ("20261112180000Z", "20261112180000"),
        ("20261112180000Z", "20261332000000Z"),
        ("20261112180000Z", "tomorrow"),
        ("namespaces", "cert-authority,namespaces"),
        ("valid-after", "valid-since"),
        ("valid-before", "valid-after"),
        (",valid-before", " valid-before"),
        (",valid-before", ",,valid-before"),
        ("ssh-ed25519", "ssh-rsa"),
        ("AAAAC3", "AAAAC4"),
    ],
)
def test_a_line_with_two_meanings_or_none_is_refused_with_its_number(was: str, becomes: str) -> None:
    assert was in LINE
    with pytest.raises(FaultyFile) as error:
        read_allowed_signers(f"# first\n{LINE}\n{LINE.replace(was, becomes)}\n".encode())
    assert error.value.line == 3


@pytest.mark.parametrize("content", [b"\xff\xfe\x00", b"SSHKRL\n\0", b"SHA256:abc\n", b"x" * 1_000_001])
def test_a_list_of_revoked_keys_that_cannot_be_read_is_never_taken_for_an_empty_one(content: bytes) -> None:
    with pytest.raises(FaultyFile):
        read_revoked(content)


def test_one_of_two_lines_for_a_key_is_enough() -> None:
    past = allowed(valid_before=SIGNED_AT - timedelta(days=1))
    assert standing_of(past, replace(past, valid_before=None)) == "valid"
