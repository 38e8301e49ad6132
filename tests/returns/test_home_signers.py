"""The signing keys of a home: OpenSSH opens them by their passphrase alone; their times follow each other."""

from __future__ import annotations

import json
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from escape_tui.locked_key import KDF_ROUNDS
from escape_tui.signers import (
    SIGNERS_NAME,
    VALID_FOR,
    Signer,
    allowed_signers,
    new_signer,
    open_key,
    read_signers,
    renew_signer,
    retire_signer,
    signer_of,
)
from escape_tui.store.passphrase import Passphrase
from exports.signature import PRACTICE_NAMESPACE, RETURN_NAMESPACE
from sessions.errors import CannotOpen, Refused
from tests.killed import dies_at
from tests.outside import tool
from tests.unit.home_fixtures import OTHER, OTHER_WORDS, PASSPHRASE, WORDS

NOW = datetime(2026, 11, 22, 18, 0, 0, 500_000, tzinfo=UTC)
WHOLE = NOW.replace(microsecond=0)
CHEAP = 1
"""Rounds of bcrypt; the real cost is paid in one test."""


def made(home: Path, signer: str = "jk", at: datetime = NOW, passphrase: Passphrase = PASSPHRASE) -> Signer:
    return new_signer(home, signer, lambda: passphrase, at, CHEAP)


def test_openssh_opens_the_key_by_its_passphrase_alone_at_the_full_cost(tmp_path: Path) -> None:
    signer = new_signer(tmp_path, "jk", lambda: PASSPHRASE, NOW)
    path = tmp_path / "key"
    path.write_text(str(signer.private_key))
    path.chmod(0o600)
    keygen = [tool("ssh-keygen"), "-y", "-f", str(path)]
    opened = subprocess.run([*keygen, "-P", WORDS], capture_output=True, text=True, check=False)
    assert opened.stdout.split()[:2] == signer.public_key.split()
    assert subprocess.run([*keygen, "-P", OTHER_WORDS], capture_output=True, check=False).returncode != 0
    assert KDF_ROUNDS == 64
    assert b"\0\0\0\x40" in _blob(str(signer.private_key))[:120]


def test_a_key_opens_by_its_passphrase_and_by_no_other(tmp_path: Path) -> None:
    signer = made(tmp_path)
    assert open_key(signer, PASSPHRASE).public == signer.key
    with pytest.raises(Refused, match="does not open the signing key of jk"):
        open_key(signer, OTHER)


def test_a_key_is_good_from_now_on_and_for_two_years(tmp_path: Path) -> None:
    made(tmp_path)
    (line,) = allowed_signers(tmp_path, "S042", practice=False)
    assert (line.principal, line.namespaces) == ("jk@S042", (RETURN_NAMESPACE,))
    assert (line.valid_after, line.valid_before) == (WHOLE, WHOLE + VALID_FOR)
    assert signer_of(tmp_path, "jk", NOW).id == "jk"
    with pytest.raises(Refused, match="good no longer"):
        signer_of(tmp_path, "jk", NOW + VALID_FOR + timedelta(seconds=1))
    with pytest.raises(Refused, match="not good yet"):
        signer_of(tmp_path, "jk", NOW - timedelta(days=1))


def test_a_practice_home_gives_lines_for_practice_alone(tmp_path: Path) -> None:
    made(tmp_path)
    assert allowed_signers(tmp_path, "S042", practice=True)[0].namespaces == (PRACTICE_NAMESPACE,)


def test_renewing_takes_the_passphrase_and_ends_the_first_keys_time(tmp_path: Path) -> None:
    first = made(tmp_path)
    later = NOW + timedelta(days=100)
    with pytest.raises(Refused, match="does not open"):
        renew_signer(tmp_path, "jk", lambda: OTHER, later, CHEAP)
    assert read_signers(tmp_path) == (first,)
    second = renew_signer(tmp_path, "jk", lambda: PASSPHRASE, later, CHEAP)
    assert (second.number, second.public_key != first.public_key) == (2, True)
    old, new = allowed_signers(tmp_path, "S042", practice=False)
    assert (old.key, old.valid_before) == (first.key, later.replace(microsecond=0))
    assert new.valid_after == old.valid_before
    assert read_signers(tmp_path)[0].private_key is None
    assert signer_of(tmp_path, "jk", later) == second


def test_an_expired_key_can_be_renewed_and_its_time_is_not_drawn_out(tmp_path: Path) -> None:
    first = made(tmp_path)
    later = NOW + VALID_FOR + timedelta(days=30)
    renew_signer(tmp_path, "jk", lambda: PASSPHRASE, later, CHEAP)
    assert allowed_signers(tmp_path, "S042", practice=False)[0].valid_before == first.valid_until


def test_a_retired_key_signs_no_more_and_its_line_stays_with_its_end(tmp_path: Path) -> None:
    made(tmp_path)
    later = NOW + timedelta(days=3)
    assert retire_signer(tmp_path, "jk", later).private_key is None
    with pytest.raises(Refused, match="no signing key of jk"):
        signer_of(tmp_path, "jk", later)
    assert b"OPENSSH PRIVATE KEY" not in (tmp_path / SIGNERS_NAME).read_bytes()
    assert allowed_signers(tmp_path, "S042", practice=False)[0].valid_before == later.replace(microsecond=0)
    assert made(tmp_path, at=later, passphrase=OTHER).number == 2


def test_a_second_key_for_somebody_who_has_one_is_refused_before_a_passphrase_is_asked_for(
    tmp_path: Path,
) -> None:
    first = made(tmp_path)

    def never() -> Passphrase:
        raise AssertionError("asked for")

    with pytest.raises(Refused, match="already"):
        new_signer(tmp_path, "jk", never, NOW, CHEAP)
    made(tmp_path, "pb")
    assert [one.id for one in read_signers(tmp_path)] == ["jk", "pb"]
    assert read_signers(tmp_path)[0] == first


@pytest.mark.skipif(sys.platform == "win32", reason="the bits of a file are POSIX's")
def test_only_its_owner_can_read_the_keys(tmp_path: Path) -> None:
    made(tmp_path)
    assert (tmp_path / SIGNERS_NAME).stat().st_mode & 0o777 == 0o600


@pytest.mark.skipif(sys.platform == "win32", reason="a process that is killed is forked")
def test_killed_while_a_key_is_renewed_one_key_signs(tmp_path: Path) -> None:
    step = 0
    killed = True
    while killed:
        step += 1
        home = tmp_path / str(step)
        home.mkdir()
        made(home)
        killed = dies_at(step, lambda: renew_signer(home, "jk", lambda: PASSPHRASE, NOW, CHEAP))  # noqa: B023
        assert open_key(signer_of(home, "jk", NOW), PASSPHRASE)
        assert len([one for one in read_signers(home) if one.private_key]) == 1
    assert step > 3


@pytest.mark.parametrize("content", ["", "{}", "[]", '{"version": 2, "signers": []}', "\0"])
def test_a_damaged_file_is_never_taken_for_an_empty_one(tmp_path: Path, content: str) -> None:
    (tmp_path / SIGNERS_NAME).write_text(content)
    with pytest.raises(CannotOpen, match=SIGNERS_NAME):
        read_signers(tmp_path)


@pytest.mark.parametrize(
    "spoil", [lambda _: "", lambda key: key[:100], lambda key: key.replace("-----BEGIN", "x")]
)
def test_a_damaged_key_is_refused(tmp_path: Path, spoil: object) -> None:
    assert callable(spoil)
    signer = made(tmp_path)
    with pytest.raises((CannotOpen, Refused)):
        open_key(signer.model_copy(update={"private_key": spoil(str(signer.private_key))}), PASSPHRASE)


def test_a_key_that_asks_for_hours_of_work_is_refused_at_once(tmp_path: Path) -> None:
    signer = made(tmp_path)
    hours = _recoded(str(signer.private_key), b"\0\0\0\x01", b"\x7f\xff\xff\xff")
    with pytest.raises(CannotOpen, match="damaged"):
        open_key(signer.model_copy(update={"private_key": hours}), PASSPHRASE)


def test_a_key_in_the_place_of_another_is_refused(tmp_path: Path) -> None:
    mine, theirs = made(tmp_path), made(tmp_path, "pb")
    with pytest.raises(CannotOpen, match="damaged"):
        open_key(mine.model_copy(update={"private_key": theirs.private_key}), PASSPHRASE)


def test_the_file_names_its_version(tmp_path: Path) -> None:
    made(tmp_path)
    assert json.loads((tmp_path / SIGNERS_NAME).read_bytes())["version"] == 1


def _blob(private_key: str) -> bytes:
    import base64

    return base64.b64decode("".join(private_key.splitlines()[1:-1]))


def _recoded(private_key: str, was: bytes, becomes: bytes) -> str:
    import base64

    blob = _blob(private_key)
    place = blob.index(b"bcrypt")
    changed = blob[:place] + blob[place:].replace(was, becomes, 1)
    text = base64.b64encode(changed).decode()
    return f"-----BEGIN OPENSSH PRIVATE KEY-----\n{text}\n-----END OPENSSH PRIVATE KEY-----\n"
