"""A line between a client and a server that breaks once, after so many bytes went up.

Not for: checking anything. Loopback only.
"""

from __future__ import annotations

import contextlib
import socket
import struct
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field

_RESET = struct.pack("ii", 1, 0)


@dataclass
class Line:
    """The line: `port` to reach the server by, `left` the bytes until it breaks, None for never."""

    server: int
    port: int = 0
    left: int | None = None
    up: int = 0
    open: list[socket.socket] = field(default_factory=list)

    def carry(self, client: socket.socket) -> None:
        """Carry one connection."""
        with contextlib.suppress(OSError):
            server = socket.create_connection(("127.0.0.1", self.server), timeout=10)
            self.open += [client, server]
            back = threading.Thread(target=self._copy, args=(server, client), daemon=True)
            back.start()
            self._up(client, server)

    def _up(self, client: socket.socket, server: socket.socket) -> None:
        while piece := client.recv(4096):
            self.up += len(piece)
            if self.left is not None:
                self.left -= len(piece)
                if self.left <= 0:
                    self.left = None
                    self._break(client, server)
                    return
            server.sendall(piece)
        self._break(server)

    def _copy(self, server: socket.socket, client: socket.socket) -> None:
        with contextlib.suppress(OSError):
            while piece := server.recv(65536):
                client.sendall(piece)
        self._break(client)

    def _break(self, *ends: socket.socket) -> None:
        for end in ends:
            with contextlib.suppress(OSError):
                end.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _RESET)
                end.shutdown(socket.SHUT_RDWR)


@contextlib.contextmanager
def line_to(server: int) -> Iterator[Line]:
    """A line to the port `server` of this machine."""
    line = Line(server)
    with socket.create_server(("127.0.0.1", 0)) as listening:
        line.port = listening.getsockname()[1]
        stopped = threading.Event()

        def accept() -> None:
            while not stopped.is_set():
                try:
                    client, _ = listening.accept()
                except OSError:
                    return
                threading.Thread(target=line.carry, args=(client,), daemon=True).start()

        taking = threading.Thread(target=accept, daemon=True)
        taking.start()
        try:
            yield line
        finally:
            stopped.set()
            with contextlib.suppress(OSError):
                listening.shutdown(socket.SHUT_RDWR)
            taking.join(timeout=5)
    for end in line.open:
        end.close()
