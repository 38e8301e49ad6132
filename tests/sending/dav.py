"""A WebDAV server on loopback, wsgidav on cheroot, for one test.

Not for: checking anything.
"""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from cheroot.ssl.builtin import BuiltinSSLAdapter
from cheroot.wsgi import Server

USER, PASSWORD = "jk", "a password of the server"


@dataclass
class Dav:
    """The server: its port, and what was asked of it (`PUT /name`)."""

    port: int
    asked: list[str] = field(default_factory=list)

    def address(self, port: int | None = None, *, user: str = "", tls: bool = False) -> str:
        """Its address, by way of `port`."""
        return f"http{'s' if tls else ''}://{user and user + '@'}127.0.0.1:{port or self.port}/"


@contextlib.contextmanager
def dav_in(
    folder: Path, *, let_in: bool = False, certificate: tuple[Path, Path] | None = None
) -> Iterator[Dav]:
    """A server of `folder`, for anybody, or for the one user where `let_in`."""
    app = _app(folder, let_in=let_in)
    dav = Dav(0)

    def noted(environ: dict[str, Any], start_response: Any) -> Any:
        dav.asked.append(f"{environ['REQUEST_METHOD']} {environ['PATH_INFO']}")
        return app(environ, start_response)

    server = Server(("127.0.0.1", 0), noted, numthreads=2, timeout=5, shutdown_timeout=2)
    server.error_log = lambda *_, **__: None  # type: ignore[method-assign]
    if certificate is not None:
        server.ssl_adapter = BuiltinSSLAdapter(str(certificate[0]), str(certificate[1]))
    server.prepare()
    dav.port = server.bind_addr[1]
    serving = threading.Thread(target=server.serve, daemon=True)
    serving.start()
    try:
        yield dav
    finally:
        server.stop()
        serving.join(timeout=5)


def _app(folder: Path, *, let_in: bool) -> Any:
    from wsgidav.wsgidav_app import WsgiDAVApp

    users: object = {USER: {"password": PASSWORD}} if let_in else True
    return WsgiDAVApp(
        {
            "provider_mapping": {"/": str(folder)},
            "simple_dc": {"user_mapping": {"*": users}},
            "http_authenticator": {"accept_basic": True, "accept_digest": False, "default_to_digest": False},
            "logging": {"enable": False},
            "verbose": 0,
            "property_manager": False,
            "lock_storage": False,
        }
    )
