"""OpenSSH's own server with its SFTP subsystem, on loopback, started and stopped by a test.

Not for: checking anything.
"""

from __future__ import annotations

import contextlib
import getpass
import os
import socket
import subprocess
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from tests.outside import tool

_SECONDS = 10.0


@dataclass(frozen=True, slots=True)
class Sshd:
    """The server: its port, its key's fingerprint, and the key that it lets in."""

    port: int
    fingerprint: str
    key: Path

    def address(self, folder: Path, port: int | None = None) -> str:
        """The address of a folder on it, by way of `port`."""
        return f"sftp://{getpass.getuser()}@127.0.0.1:{port or self.port}{folder}"


@contextlib.contextmanager
def sshd_in(folder: Path, kinds: tuple[str, ...] = ("ed25519",), passphrase: str = "") -> Iterator[Sshd]:
    """A server whose files lie in `folder`, with host keys of these kinds; the last one's fingerprint."""
    server = tool("sshd")
    folder.mkdir()
    hosts = [new_key(folder / f"host_{kind}", kind) for kind in kinds]
    key = new_key(folder / "user", "ed25519", passphrase)
    if os.geteuid() == 0:
        # Where the system's own server was never started, nobody has made it yet.
        Path("/run/sshd").mkdir(mode=0o755, exist_ok=True)
    port = free_port()
    config = folder / "sshd_config"
    config.write_text(
        f"ListenAddress 127.0.0.1:{port}\n"
        + "".join(f"HostKey {host}\n" for host in hosts)
        + f"AuthorizedKeysFile {key}.pub\n"
        "PidFile none\nStrictModes no\nUsePAM no\nPasswordAuthentication no\n"
        "KbdInteractiveAuthentication no\nPermitRootLogin prohibit-password\nSubsystem sftp internal-sftp\n",
        encoding="utf-8",
    )
    with (folder / "log").open("wb") as log:
        running = subprocess.Popen([server, "-D", "-e", "-f", config], stdout=log, stderr=log)
        try:
            wait_for(port, running, folder / "log")
            yield Sshd(port, fingerprint_of(hosts[-1]), key)
        finally:
            running.terminate()
            running.wait(timeout=_SECONDS)


def new_key(path: Path, kind: str, passphrase: str = "") -> Path:
    """A new key, as ssh-keygen makes one."""
    bits = ["-b", "3072"] if kind == "rsa" else []
    subprocess.run(
        [tool("ssh-keygen"), "-q", "-t", kind, *bits, "-a", "1", "-N", passphrase, "-f", path], check=True
    )
    return path


def fingerprint_of(key: Path) -> str:
    """The fingerprint, as ssh-keygen tells it."""
    told = subprocess.run(
        [tool("ssh-keygen"), "-lf", f"{key}.pub"], check=True, capture_output=True, text=True
    )
    return told.stdout.split()[1]


def free_port() -> int:
    """A port of this machine that nobody has."""
    with socket.create_server(("127.0.0.1", 0)) as one:
        return int(one.getsockname()[1])


def wait_for(port: int, running: subprocess.Popen[bytes], log: Path) -> None:
    """Wait until the server answers."""
    deadline = time.monotonic() + _SECONDS
    while time.monotonic() < deadline and running.poll() is None:
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1) as one:
            if one.recv(4) == b"SSH-":
                return
        time.sleep(0.05)
    raise AssertionError(f"sshd did not start: {log.read_text()}")
