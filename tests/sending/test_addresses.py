"""Addresses that returns may be sent to, and those that are refused before anything is reached."""

from __future__ import annotations

from pathlib import Path

import pytest

from exports.sending.address import FolderAddress, Server, address_of
from sessions.errors import Refused


def test_a_folder_is_taken_as_a_full_path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert address_of("stick") == FolderAddress(tmp_path / "stick")


@pytest.mark.parametrize(
    ("text", "server"),
    [
        ("sftp://jk@centre.example/in/box", Server("sftp", "centre.example", None, "jk", "/in/box")),
        ("SFTP://centre.example:2222/", Server("sftp", "centre.example", 2222, "", "/")),
        ("https://centre.example/dav/a%20b", Server("https", "centre.example", None, "", "/dav/a b")),
        ("https://jk@[2001:db8::1]:8443/x", Server("https", "2001:db8::1", 8443, "jk", "/x")),
        ("http://127.0.0.1:8080/", Server("http", "127.0.0.1", 8080, "", "/")),
        ("http://[::1]:8080/", Server("http", "::1", 8080, "", "/")),
    ],
)
def test_an_address_is_read(text: str, server: Server) -> None:
    assert address_of(text) == server


@pytest.mark.parametrize(
    "text",
    [
        "sftp://jk:secret-word@centre.example/in",
        "SFTP://jk:secret-word@centre.example/in",
        "https://jk:secret-word@centre.example/in",
        "https://jk:secret-w@rd@centre.example/in",
        "https://:secret-word@centre.example/",
        "webdav://jk:secret-word@centre.example/",
        "https://jk:secret/word@centre.example/in",
    ],
)
def test_an_address_with_a_password_is_refused_and_never_repeated(text: str) -> None:
    with pytest.raises(Refused) as refused:
        address_of(text)
    assert "secret" not in str(refused.value)


@pytest.mark.parametrize(
    "text", ["http://centre.example/in", "http://127.0.0.1.example/", "http://10.0.0.1/"]
)
def test_http_without_tls_is_refused_but_on_this_machine(text: str) -> None:
    with pytest.raises(Refused, match="unencrypted"):
        address_of(text)


@pytest.mark.parametrize(
    "text",
    [
        "ftp://centre.example/",
        "file:///tmp",
        "https:///x",
        "https://centre.example/?key=x",
        "https://centre.example/#x",
        "https://centre.example:99999/",
        "sftp://centre.example/\n",
        "",
    ],
)
def test_what_is_no_address_is_refused(text: str) -> None:
    with pytest.raises(Refused):
        address_of(text)
