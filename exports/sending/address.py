"""Where returns are sent, as it is written in the settings or after `--to`; what is unsafe is refused.

Not for: reaching it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from ipaddress import ip_address
from pathlib import Path
from typing import Final, Literal
from urllib.parse import SplitResult, unquote, urlsplit

from sessions.errors import Refused

Kind = Literal["sftp", "https", "http"]

_SCHEME: Final = re.compile(r"(?P<scheme>[A-Za-z][A-Za-z0-9+.-]+)://")


@dataclass(frozen=True, slots=True)
class Server:
    """A server's address: `port` None for its usual one, `user` empty for nobody in particular."""

    kind: Kind
    host: str
    port: int | None
    user: str
    path: str

    @property
    def text(self) -> str:
        """The address as it is shown and remembered; it holds no secret."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        port = "" if self.port is None else f":{self.port}"
        user = f"{self.user}@" if self.user else ""
        return f"{self.kind}://{user}{host}{port}{self.path}"

    @property
    def loopback(self) -> bool:
        """Whether it is this machine itself, so that no network is in between."""
        try:
            return ip_address(self.host).is_loopback
        except ValueError:
            return self.host == "localhost"


@dataclass(frozen=True, slots=True)
class FolderAddress:
    """A folder, as a full path."""

    path: Path

    @property
    def text(self) -> str:
        """The address as it is shown and remembered."""
        return str(self.path)


Address = Server | FolderAddress


def address_of(text: str) -> Address:
    """The address that `text` is.

    `Refused` for one that holds a password, is of another kind, or would go over a network unencrypted.
    """
    if not text:
        raise Refused(
            "Nothing says where returns are sent.",
            "Write it into escape.toml, under [outbox], or name it with --to.",
        )
    if not text.isprintable():
        raise _no_address()
    found = _SCHEME.match(text)
    if found is None:
        return FolderAddress(Path(text).expanduser().absolute())
    authority = re.split(r"[/?#]", text[found.end() :], maxsplit=1)[0]
    if ":" in authority.rpartition("@")[0]:
        raise Refused(
            "The address holds a password.",
            "Take it out: use a key file, --server-password-file or the prompt.",
        )
    server = _server(found["scheme"].lower(), urlsplit(text))
    if server.kind == "http" and not server.loopback:
        raise Refused(
            "That address would send returns unencrypted.", "Use https://, or ask whoever runs the server."
        )
    return server


def _server(scheme: str, parts: SplitResult) -> Server:
    kinds: dict[str, Kind] = {"sftp": "sftp", "https": "https", "http": "http"}
    if scheme not in kinds:
        raise Refused(
            "Returns cannot be sent to that kind of address.",
            "Name a folder, or an address that begins sftp:// or https://.",
        )
    try:
        port = parts.port
    except ValueError:
        raise _no_address() from None
    if not parts.hostname or port == 0 or parts.query or parts.fragment:
        raise _no_address()
    return Server(
        kinds[scheme], parts.hostname, port, unquote(parts.username or ""), unquote(parts.path) or "/"
    )


def _no_address() -> Refused:
    return Refused(
        "That is no address that returns can be sent to.",
        "Name a folder, sftp://user@host/path or https://host/path.",
    )
