"""A WebDAV server to send returns to, over TLS.

Not for: going on within a file. HTTP has no agreed way to add to one, so what was broken off is sent anew,
under the name for what is unfinished.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from http import HTTPStatus
from typing import TYPE_CHECKING, Final
from urllib.parse import quote

from exports.sending.address import Server
from exports.sending.credentials import Credentials
from exports.sending.place import NameTaken, NotDelivered
from sessions.errors import Refused

if TYPE_CHECKING:
    import requests

_PATIENCE: Final = (10.0, 60.0)
"""Seconds to connect, and for each answer."""
_PIECE: Final = 64 * 1024
_NO_PROXY: Final = {"http": "", "https": "", "all": ""}
"""None stands between this machine and itself, whatever the system's settings say."""
_REMEDY: Final = "Nothing is lost: the returns wait in the outbox. Run `escape sync` again."


def open_webdav(server: Server, credentials: Credentials) -> WebDav:
    """The folder at the server; it is reached here once, so that a fault is told before anything is sent."""
    try:
        import requests
    except ImportError:
        requests = None  # type: ignore[assignment]
    if requests is None:
        raise Refused(
            "Returns go to a WebDAV server, and this program was installed without WebDAV.",
            "Install it with the extra `webdav`: escape-tui[webdav].",
        )
    session = requests.Session()
    session.headers["Accept-Encoding"] = "identity"
    place = WebDav(server, session, credentials)
    try:
        place.check()
    except BaseException:
        session.close()
        raise
    return place


class WebDav:
    """The folder of an address, on a server."""

    resumes = False

    def __init__(self, server: Server, session: requests.Session, credentials: Credentials) -> None:
        self._server = server
        self._session = session
        self._credentials = credentials
        host = f"[{server.host}]" if ":" in server.host else server.host
        port = "" if server.port is None else f":{server.port}"
        self._url = f"{server.kind}://{host}{port}{quote(server.path.rstrip('/'))}/"
        self._host = server.host

    def check(self) -> None:
        """Whether the folder is there and lets us in."""
        answer = self._ask("PROPFIND", "", headers={"Depth": "0"})
        if answer.status_code == HTTPStatus.UNAUTHORIZED and self._log_in():
            answer = self._ask("PROPFIND", "", headers={"Depth": "0"})
        self._refuse(answer)
        if answer.status_code != HTTPStatus.MULTI_STATUS:
            raise self._failed(answer)

    def size(self, name: str) -> int | None:
        """As `Place.size`."""
        answer = self._ask("HEAD", name)
        if answer.status_code == HTTPStatus.NOT_FOUND:
            return None
        if answer.status_code == HTTPStatus.OK:
            length = answer.headers.get("Content-Length", "")
            if length.isdecimal():
                return int(length)
        raise self._failed(answer)

    def read(self, name: str, most: int) -> bytes | None:
        """As `Place.read`."""
        with self._told(), self._request("GET", name, stream=True) as answer:
            if answer.status_code == HTTPStatus.NOT_FOUND:
                return None
            if answer.status_code != HTTPStatus.OK:
                raise self._failed(answer)
            found = bytearray()
            for piece in answer.iter_content(_PIECE):
                found += piece
                if len(found) >= most:
                    break
            return bytes(found[:most])

    def write(self, name: str, content: bytes, start: int) -> None:  # noqa: ARG002 - it cannot go on
        """As `Place.write`, from the start."""
        answer = self._ask("PUT", name, data=content)
        if answer.status_code not in {HTTPStatus.OK, HTTPStatus.CREATED, HTTPStatus.NO_CONTENT}:
            raise self._failed(answer)

    def rename(self, old: str, new: str) -> None:
        """As `Place.rename`."""
        headers = {"Destination": f"{self._url}{quote(new)}", "Overwrite": "F"}
        answer = self._ask("MOVE", old, headers=headers)
        if answer.status_code == HTTPStatus.PRECONDITION_FAILED:
            raise NameTaken
        if answer.status_code not in {HTTPStatus.CREATED, HTTPStatus.NO_CONTENT}:
            raise self._failed(answer)

    def close(self) -> None:
        """As `Place.close`."""
        with contextlib.suppress(Exception):
            self._session.close()

    def _ask(
        self, method: str, name: str, headers: dict[str, str] | None = None, data: bytes | None = None
    ) -> requests.Response:
        with self._told():
            return self._request(method, name, headers=headers, data=data)

    def _request(
        self,
        method: str,
        name: str,
        *,
        headers: dict[str, str] | None = None,
        data: bytes | None = None,
        stream: bool = False,
    ) -> requests.Response:
        # A server that sends one on may send one out of TLS, or to another server.
        return self._session.request(
            method,
            f"{self._url}{quote(name)}",
            headers=headers,
            data=data,
            stream=stream,
            timeout=_PATIENCE,
            allow_redirects=False,
            proxies=_NO_PROXY if self._server.loopback else None,
        )

    def _log_in(self) -> bool:
        """Whether there is a password to try, for the user of the address."""
        if not self._server.user or self._credentials.password is None:
            return False
        user, password = self._server.user, self._credentials.password()
        self._session.auth = (user.encode("utf-8"), password.encode("utf-8"))  # type: ignore[assignment]
        return True

    def _refuse(self, answer: requests.Response) -> None:
        if answer.status_code in {HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN}:
            raise Refused(
                f"The server {self._host} does not let this user in; nothing was sent.",
                "Check the user in the address, and the password.",
            )

    def _failed(self, answer: requests.Response) -> NotDelivered:
        status = answer.status_code
        if status in {HTTPStatus.NOT_FOUND, HTTPStatus.CONFLICT}:
            return NotDelivered(f"The folder is not there on the server {self._host}.", _REMEDY)
        if status in {HTTPStatus.INSUFFICIENT_STORAGE, HTTPStatus.REQUEST_ENTITY_TOO_LARGE}:
            return NotDelivered(f"The server {self._host} has not room enough.", _REMEDY)
        if HTTPStatus.MULTIPLE_CHOICES <= status < HTTPStatus.BAD_REQUEST:
            return NotDelivered(
                f"The server {self._host} sends one on to another address.",
                "Ask whoever runs it for the address of the folder itself.",
            )
        return NotDelivered(f"The server {self._host} did not take it (its answer was {status}).", _REMEDY)

    @contextlib.contextmanager
    def _told(self) -> Iterator[None]:
        import requests

        try:
            yield
        except requests.exceptions.SSLError:
            raise NotDelivered(
                f"The server {self._host} has no certificate that this machine trusts; nothing was sent.",
                "Ask whoever runs it, or your own IT.",
            ) from None
        except requests.exceptions.Timeout:
            raise NotDelivered(f"The server {self._host} does not answer.", _REMEDY) from None
        except (requests.exceptions.RequestException, OSError):
            raise NotDelivered(f"The connection to {self._host} failed or broke off.", _REMEDY) from None
