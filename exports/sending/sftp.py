"""An SFTP server to send returns to, known by the fingerprint of its key and by nothing else.

Not for: hosts that were seen before. No file of known hosts is read and no key is ever taken on trust: before
anybody is let in, the server has shown the key whose fingerprint stands in the settings.
"""

from __future__ import annotations

import base64
import contextlib
import hashlib
import io
import logging
from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

from exports.sending.address import Server
from exports.sending.credentials import Credentials
from exports.sending.place import NameTaken, NotDelivered
from sessions.errors import EscapeError, Refused

if TYPE_CHECKING:
    import paramiko

_PORT: Final = 22
_PATIENCE: Final = 20
"""Seconds for each answer of the server."""
_PIECE: Final = 32 * 1024
_MOST_KEYS: Final = 5
"""A server has a key of so many kinds at most."""
_REMEDY: Final = "Nothing is lost: the returns wait in the outbox. Run `escape sync` again."


def open_sftp(server: Server, fingerprint: str, credentials: Credentials) -> Sftp:
    """The folder at the server, open. Raises as `open_place`; `OSError` where a key file cannot be read."""
    try:
        import paramiko
    except ImportError:
        paramiko = None
    if paramiko is None:
        raise Refused(
            "Returns go to an SFTP server, and this program was installed without SFTP.",
            "Install it with the extra `sftp`: escape-tui[sftp].",
        )
    if not fingerprint:
        raise Refused(
            "The settings do not name the fingerprint of the SFTP server's key.",
            "Ask whoever runs the server, and write it into escape.toml as host_fingerprint.",
        )
    if credentials.key_file is not None:
        # Here, where a file that is not there is not taken for one of the server's.
        credentials.key_file.open("rb").close()
    # What paramiko logs is told in words by what it raises, and would print over a screen.
    logging.getLogger("paramiko").setLevel(logging.CRITICAL + 1)
    with _told(server):
        client = _connected(server, fingerprint, credentials)
        try:
            sftp = client.open_sftp()
            channel = sftp.get_channel()
            if channel is not None:
                channel.settimeout(_PATIENCE)
            return Sftp(server, client, sftp)
        except BaseException:
            client.close()
            raise


class Sftp:
    """The folder of an address, on a server that let us in."""

    resumes = True

    def __init__(self, server: Server, client: paramiko.SSHClient, sftp: paramiko.SFTPClient) -> None:
        self._server = server
        self._client = client
        self._sftp = sftp
        self._folder = server.path.removeprefix("/~/") if server.path.startswith("/~/") else server.path

    def size(self, name: str) -> int | None:
        """As `Place.size`."""
        with self._told():
            try:
                return self._sftp.stat(self._file(name)).st_size or 0
            except FileNotFoundError:
                # A share behind the server may be gone, which must not read as an empty one.
                self._sftp.stat(self._folder or ".")
        return None

    def read(self, name: str, most: int) -> bytes | None:
        """As `Place.read`."""
        there = self.size(name)
        if there is None:
            return None
        with self._told(), self._sftp.open(self._file(name), "rb") as file:
            file.prefetch(min(there, most))
            return bytes(file.read(min(there, most)))

    def write(self, name: str, content: bytes, start: int) -> None:
        """As `Place.write`."""
        with self._told(), self._sftp.open(self._file(name), "r+b" if start else "wb") as file:
            file.seek(start)
            rest = io.BytesIO(content[start:])
            while piece := rest.read(_PIECE):
                file.write(piece)
            file.flush()

    def rename(self, old: str, new: str) -> None:
        """As `Place.rename`: SFTP's own renaming writes nothing over."""
        with self._told():
            try:
                self._sftp.rename(self._file(old), self._file(new))
            except OSError:
                if self.size(new) is not None:
                    raise NameTaken from None
                raise

    def close(self) -> None:
        """As `Place.close`."""
        with contextlib.suppress(Exception):
            self._client.close()

    def _file(self, name: str) -> str:
        return f"{self._folder.rstrip('/')}/{name}" if self._folder else name

    def _told(self) -> contextlib.AbstractContextManager[None]:
        return _told(self._server)


def _connected(server: Server, fingerprint: str, credentials: Credentials) -> paramiko.SSHClient:
    """A client that was let in. A server has keys of several kinds, and the pinned one is one of them."""
    others: list[str] = []
    while True:
        try:
            return _client(server, fingerprint, credentials, others)
        except _AnotherKey as error:
            others += [error.kind]
            if len(others) == _MOST_KEYS:
                raise _wrong_key(server) from None


def _client(
    server: Server, fingerprint: str, credentials: Credentials, others: list[str]
) -> paramiko.SSHClient:
    import paramiko

    client = paramiko.SSHClient()
    client.set_missing_host_key_policy(_pinned(fingerprint))
    try:
        _connect(client, server, credentials, others)
    except paramiko.ssh_exception.IncompatiblePeer:
        client.close()
        if others:
            raise _wrong_key(server) from None
        raise
    except BaseException:
        client.close()
        raise
    return client


def _connect(client: paramiko.SSHClient, server: Server, credentials: Credentials, others: list[str]) -> None:
    import paramiko

    def connect(password: str | None) -> None:
        client.connect(
            server.host,
            port=server.port or _PORT,
            username=server.user or None,
            password=password,
            key_filename=str(credentials.key_file) if credentials.key_file else None,
            timeout=_PATIENCE,
            banner_timeout=_PATIENCE,
            auth_timeout=_PATIENCE,
            channel_timeout=_PATIENCE,
            disabled_algorithms={"keys": _spellings(others)},
        )

    try:
        try:
            connect(None)
        except paramiko.SSHException as error:
            if credentials.password is None or not _wants_password(error):
                raise
            connect(credentials.password())
    except paramiko.SSHException as error:
        if _wants_password(error):
            raise _not_let_in(server) from None
        raise


def _wants_password(error: paramiko.SSHException) -> bool:
    """Whether the keys that there are let nobody in, a locked key file included."""
    import paramiko

    # With no key at all to try, paramiko has words for it and no type.
    return isinstance(error, paramiko.AuthenticationException) or "authentication methods" in str(error)


def _spellings(kinds: list[str]) -> list[str]:
    """The names under which keys of these kinds are offered."""
    return [*kinds, *(["rsa-sha2-512", "rsa-sha2-256"] if "ssh-rsa" in kinds else [])]


class _AnotherKey(Exception):
    """The server showed another key than the pinned one, of that kind."""

    def __init__(self, kind: str) -> None:
        super().__init__(kind)
        self.kind = kind


def _pinned(fingerprint: str) -> paramiko.MissingHostKeyPolicy:
    import paramiko

    class Pinned(paramiko.MissingHostKeyPolicy):  # type: ignore[misc]  # untyped
        """Lets no server through but the one of the fingerprint."""

        def missing_host_key(self, client: object, hostname: str, key: paramiko.PKey) -> None:  # noqa: ARG002
            shown = base64.b64encode(hashlib.sha256(key.asbytes()).digest()).decode().rstrip("=")
            if f"SHA256:{shown}" != fingerprint:
                raise _AnotherKey(key.get_name())

    return Pinned()


def _wrong_key(server: Server) -> Refused:
    return Refused(
        f"The server {server.host} has not the key that the settings name; nothing was sent.",
        "Ask whoever runs it, by telephone, whether its key was changed; it may be another server.",
    )


def _not_let_in(server: Server) -> Refused:
    return Refused(
        f"The server {server.host} does not let this user in; nothing was sent.",
        "Check the user in the address, and the key or the password.",
    )


@contextlib.contextmanager
def _told(server: Server) -> Iterator[None]:
    """Faults of the network and the server, in words."""
    import paramiko

    try:
        yield
    except (EscapeError, NameTaken):
        raise
    except PermissionError:
        raise NotDelivered(
            f"The server {server.host} lets nothing be written in that folder.", _REMEDY
        ) from None
    except FileNotFoundError:
        raise NotDelivered(f"The folder is not there on the server {server.host}.", _REMEDY) from None
    except TimeoutError:
        raise NotDelivered(f"The server {server.host} does not answer.", _REMEDY) from None
    except (OSError, EOFError, paramiko.SSHException):
        raise NotDelivered(f"The connection to {server.host} failed or broke off.", _REMEDY) from None
