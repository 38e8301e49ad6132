"""Sending to a WebDAV server: over TLS, cut off in the middle, receipts fetched, never sent on elsewhere."""

from __future__ import annotations

import contextlib
import datetime
import http.server
import threading
from collections.abc import Iterator
from ipaddress import ip_address
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from exports.sending.address import Server, address_of
from exports.sending.credentials import Credentials
from exports.sending.place import NameTaken
from exports.sending.webdav import open_webdav
from sessions.errors import Refused
from tests.sending.cutting import line_to
from tests.sending.dav import PASSWORD, USER, Dav, dav_in
from tests.sending.making import NAME, Site, held, lay


@pytest.fixture(autouse=True)
def nobodys_settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing of whoever runs the tests lets anybody in; a proxy that is set stands in nobody's way."""
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.delenv("NETRC", raising=False)
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:9")
    monkeypatch.setenv("HTTPS_PROXY", "http://127.0.0.1:9")


@pytest.fixture
def server(stick: Path) -> Iterator[Dav]:
    """A server of the folder `stick`, for anybody."""
    with dav_in(stick) as running:
        yield running


def own_certificate(folder: Path) -> tuple[Path, Path]:
    """A certificate for this machine that it signed itself, and its key."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "127.0.0.1")])
    now = datetime.datetime.now(datetime.UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - datetime.timedelta(hours=1))
        .not_valid_after(now + datetime.timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.1"))]), critical=False)
        .sign(key, hashes.SHA256())
    )
    certificate, private = folder / "cert.pem", folder / "key.pem"
    certificate.write_bytes(made.public_bytes(serialization.Encoding.PEM))
    private.write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
    )
    return certificate, private


def test_the_bytes_arrive_once_and_the_receipt_comes_home(site: Site, stick: Path, server: Dav) -> None:
    signed = site.waiting.read_bytes()
    assert site.sync(server.address()).whole
    assert held(stick) == {NAME: signed}
    lay(stick, site.receipt())
    assert site.sync(server.address()).whole
    assert site.only().state == "accepted"
    assert sum(one.startswith("PUT") for one in server.asked) == 1
    assert list(held(stick)) == [NAME]


def test_another_file_of_that_name_is_never_written_over(site: Site, stick: Path, server: Dav) -> None:
    signed = site.waiting.read_bytes()
    (stick / NAME).write_bytes(b"another")
    assert site.sync(server.address()).whole
    assert held(stick)[NAME] == b"another"
    assert sorted(map(len, held(stick).values())) == [7, len(signed)]


def test_cut_off_in_the_middle_it_is_sent_anew_whole_and_nothing_is_doubled(
    site: Site, stick: Path, server: Dav
) -> None:
    signed = site.waiting.read_bytes()
    with line_to(server.port) as line:
        line.left = len(signed) // 2
        done = site.sync(server.address(line.port))
        assert done.outbox.fault is not None
        assert "The connection to 127.0.0.1 failed or broke off." in done.outbox.fault
        assert NAME not in held(stick)
        assert site.waiting.read_bytes() == signed
        assert site.sync(server.address(line.port)).whole
    assert held(stick) == {NAME: signed}


def test_the_password_is_asked_for_only_where_the_server_wants_one(site: Site, stick: Path) -> None:
    asked: list[str] = []

    def password() -> str:
        asked.append("asked")
        return PASSWORD

    with dav_in(stick, let_in=True) as server:
        with pytest.raises(Refused, match="does not let this user in"):
            site.sync(server.address(user=USER), Credentials(password=lambda: "another"))
        assert site.sync(server.address(user=USER), Credentials(password=password)).whole
    assert asked == ["asked"]
    assert list(held(stick)) == [NAME]
    assert PASSWORD not in (site.folder / "outbox.json").read_text(encoding="utf-8")


def test_netrc_lets_one_in_without_a_question(site: Site, stick: Path, tmp_path: Path) -> None:
    netrc = tmp_path / ".netrc"
    netrc.write_text(f'machine 127.0.0.1 login {USER} password "{PASSWORD}"\n', encoding="utf-8")
    netrc.chmod(0o600)
    with dav_in(stick, let_in=True) as server:
        assert site.sync(server.address()).whole


def test_a_certificate_that_nobody_vouches_for_is_not_trusted(
    site: Site, stick: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    certificate, key = own_certificate(tmp_path)
    with dav_in(stick, certificate=(certificate, key)) as server:
        done = site.sync(server.address(tls=True))
        assert done.outbox.fault is not None
        assert "no certificate that this machine trusts" in done.outbox.fault
        assert held(stick) == {}
        monkeypatch.setenv("REQUESTS_CA_BUNDLE", str(certificate))
        assert site.sync(server.address(tls=True)).whole
    assert list(held(stick)) == [NAME]


def test_a_server_that_sends_one_on_elsewhere_is_not_followed(site: Site, stick: Path) -> None:
    with dav_in(stick) as other:

        class Elsewhere(http.server.BaseHTTPRequestHandler):
            def do_PROPFIND(self) -> None:
                self.send_response(307)
                self.send_header("Location", other.address())
                self.send_header("Content-Length", "0")
                self.end_headers()

            def log_message(self, *_: object) -> None:
                pass

        with http.server.HTTPServer(("127.0.0.1", 0), Elsewhere) as server:
            serving = threading.Thread(target=server.serve_forever, daemon=True)
            serving.start()
            done = site.sync(f"http://127.0.0.1:{server.server_port}/")
            server.shutdown()
            serving.join(timeout=5)
        assert done.outbox.fault is not None
        assert "sends one on to another address" in done.outbox.fault
        assert other.asked == []


def test_a_folder_that_is_not_there_on_the_server_is_told(site: Site, stick: Path, server: Dav) -> None:
    done = site.sync(f"{server.address()}gone")
    assert done.outbox.fault is not None
    assert "The folder is not there on the server" in done.outbox.fault
    assert held(stick) == {}


def test_a_server_that_is_away_is_told_plainly_and_nothing_is_lost(site: Site, stick: Path) -> None:
    with dav_in(stick) as server:
        address = server.address()
    done = site.sync(address)
    assert done.outbox.fault is not None
    assert done.outbox.fault.startswith("The connection to 127.0.0.1 failed")
    assert done.outbox.next_try is not None
    assert done.outbox.next_try > datetime.datetime(2026, 12, 1, tzinfo=datetime.UTC)
    assert site.waiting.exists()


def test_the_server_writes_nothing_over(stick: Path, server: Dav) -> None:
    address = address_of(server.address())
    assert isinstance(address, Server)
    with contextlib.closing(open_webdav(address, Credentials())) as place:
        place.write("new", b"new", 0)
        place.write("old", b"old", 0)
        with pytest.raises(NameTaken):
            place.rename("new", "old")
    assert held(stick) == {"new": b"new", "old": b"old"}
