"""Sending to OpenSSH's own server: pinned to one key, cut off in the middle, receipts fetched."""

from __future__ import annotations

import contextlib
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from exports.sending.address import Server, address_of
from exports.sending.credentials import Credentials
from exports.sending.place import NameTaken, NotDelivered
from exports.sending.sftp import open_sftp
from sessions.errors import Refused
from tests.returns.signing_home import change_settings
from tests.sending.cutting import line_to
from tests.sending.making import NAME, Site, held, lay
from tests.sending.sshd import Sshd, free_port, new_key, sshd_in

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="OpenSSH's server of Windows is a service")


@pytest.fixture(autouse=True)
def nobodys_keys(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing of whoever runs the tests lets anybody in."""
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.delenv("SSH_AUTH_SOCK", raising=False)


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Sshd]:
    """A server with keys of two kinds, of which the settings name the second."""
    with sshd_in(tmp_path_factory.mktemp("server") / "sshd", ("ed25519", "rsa")) as running:
        yield running


def pin(site: Site, fingerprint: str) -> None:
    change_settings(
        site.made,
        lambda text: text.replace('host_fingerprint = ""', f'host_fingerprint = "{fingerprint}"'),
    )


def test_the_bytes_arrive_once_and_the_receipt_comes_home(site: Site, stick: Path, server: Sshd) -> None:
    pin(site, server.fingerprint)
    signed = site.waiting.read_bytes()
    to = server.address(stick)
    assert site.sync(to, Credentials(server.key)).whole
    assert held(stick) == {NAME: signed}
    before = (stick / NAME).stat()
    lay(stick, site.receipt())
    assert site.sync(to, Credentials(server.key)).whole
    assert site.only().state == "accepted"
    assert (stick / NAME).stat().st_ino == before.st_ino
    assert list(held(stick)) == [NAME]


def test_a_changed_host_key_is_refused_and_nothing_is_sent(site: Site, stick: Path, server: Sshd) -> None:
    pin(site, "SHA256:" + "A" * 43)
    with pytest.raises(Refused, match="has not the key that the settings name"):
        site.sync(server.address(stick), Credentials(server.key))
    assert held(stick) == {}
    assert site.only().state == "queued"


def test_a_known_host_of_the_user_is_no_way_around_the_settings(
    site: Site, stick: Path, server: Sshd, tmp_path: Path
) -> None:
    (tmp_path / ".ssh").mkdir()
    known = server.key.with_name("host_ed25519.pub").read_text(encoding="utf-8")
    (tmp_path / ".ssh" / "known_hosts").write_text(f"[127.0.0.1]:{server.port} {known}", encoding="utf-8")
    pin(site, "SHA256:" + "A" * 43)
    with pytest.raises(Refused, match="has not the key"):
        site.sync(server.address(stick), Credentials(server.key))


def test_without_a_fingerprint_in_the_settings_no_server_is_reached(site: Site, stick: Path) -> None:
    with pytest.raises(Refused, match="do not name the fingerprint"):
        site.sync(f"sftp://jk@127.0.0.1:{free_port()}{stick}")


def test_another_user_key_is_not_let_in(site: Site, stick: Path, server: Sshd, tmp_path: Path) -> None:
    pin(site, server.fingerprint)
    with pytest.raises(Refused, match="does not let this user in"):
        site.sync(server.address(stick), Credentials(new_key(tmp_path / "other", "ed25519")))
    assert held(stick) == {}


def test_a_key_file_that_is_not_there_is_told_as_such(
    site: Site, stick: Path, server: Sshd, tmp_path: Path
) -> None:
    pin(site, server.fingerprint)
    with pytest.raises(FileNotFoundError):
        site.sync(server.address(stick), Credentials(tmp_path / "gone"))


def test_with_no_key_at_all_nobody_is_let_in(site: Site, stick: Path, server: Sshd) -> None:
    pin(site, server.fingerprint)
    with pytest.raises(Refused, match="does not let this user in"):
        site.sync(server.address(stick))


def test_a_locked_key_is_opened_by_the_password_that_is_asked_for(
    site: Site, stick: Path, tmp_path: Path
) -> None:
    with sshd_in(tmp_path / "sshd", passphrase="a long passphrase") as server:
        pin(site, server.fingerprint)
        with pytest.raises(Refused, match="does not let this user in"):
            site.sync(server.address(stick), Credentials(server.key))
        assert site.sync(server.address(stick), Credentials(server.key, lambda: "a long passphrase")).whole
    assert list(held(stick)) == [NAME]


def test_cut_off_in_the_middle_it_goes_on_where_it_was_and_nothing_is_doubled(
    site: Site, stick: Path, server: Sshd
) -> None:
    pin(site, server.fingerprint)
    signed = site.waiting.read_bytes()
    with line_to(server.port) as line:
        to = server.address(stick, line.port)
        line.left = 3 * len(signed) // 4
        done = site.sync(to, Credentials(server.key))
        assert not done.whole
        assert done.outbox.fault is not None
        assert "The connection to 127.0.0.1 failed or broke off." in done.outbox.fault
        (begun,) = held(stick).items()
        assert begun[0].endswith(".part")
        assert signed.startswith(begun[1])
        assert len(begun[1]) >= 32 * 1024
        line.up = 0
        assert site.sync(to, Credentials(server.key)).whole
        assert line.up < len(signed)
    assert held(stick) == {NAME: signed}


def test_a_server_that_is_away_is_told_plainly_and_nothing_is_lost(site: Site, stick: Path) -> None:
    pin(site, "SHA256:" + "A" * 43)
    done = site.sync(f"sftp://jk@127.0.0.1:{free_port()}{stick}")
    assert done.outbox.fault is not None
    assert done.outbox.fault.startswith("The connection to 127.0.0.1 failed")
    assert done.outbox.next_try is not None
    assert site.waiting.exists()


def test_a_folder_that_is_not_there_on_the_server_is_told(site: Site, stick: Path, server: Sshd) -> None:
    pin(site, server.fingerprint)
    done = site.sync(server.address(stick / "gone"), Credentials(server.key))
    assert done.outbox.fault is not None
    assert "The folder is not there on the server" in done.outbox.fault
    assert not (stick / "gone").exists()


def test_the_server_writes_nothing_over_and_a_folder_that_goes_away_is_not_taken_for_an_empty_one(
    stick: Path, server: Sshd
) -> None:
    address = address_of(server.address(stick))
    assert isinstance(address, Server)
    place = open_sftp(address, server.fingerprint, Credentials(server.key))
    with contextlib.closing(place):
        place.write("new", b"new", 0)
        place.write("old", b"old", 0)
        with pytest.raises(NameTaken):
            place.rename("new", "old")
        assert held(stick) == {"new": b"new", "old": b"old"}
        stick.rename(stick.with_name("gone"))
        with pytest.raises(NotDelivered, match="The folder is not there"):
            place.size(NAME)
        with pytest.raises(NotDelivered, match="The folder is not there"):
            place.read(NAME, 10)
