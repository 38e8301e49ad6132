"""A terminal of our own that runs the program, takes keys and gives back what stands on it.

Not for: checking anything.
"""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from shlex import quote

from tests.outside import tool

ROOT = Path(__file__).parents[2]
PATIENCE = 30.0
ENDED = "the program has ended with"


@dataclass(frozen=True, slots=True)
class Terminal:
    """One terminal; `socket` is its server's, which ends with it."""

    socket: Path

    def keys(self, *keys: str, times: int = 1) -> None:
        """Press keys by their names in tmux, such as `a`, `Space`, `PageDown`, so many times over."""
        self._tmux("send-keys", "-N", str(times), *keys)

    def types(self, text: str) -> None:
        """Type letters as they are."""
        self._tmux("send-keys", "-l", text)

    @property
    def screen(self) -> str:
        """What stands on it, blanks and line ends as one blank each."""
        return " ".join(self._tmux("capture-pane", "-p").split())

    def wait_for(self, *words: str) -> str:
        """The screen once all these words stand on it. Raises AssertionError where they never do."""
        until = time.monotonic() + PATIENCE
        while time.monotonic() < until:
            shown = self.screen
            if all(word in shown for word in words):
                return shown
            time.sleep(0.05)
        raise AssertionError(f"{words} never stood on the screen:\n{self._tmux('capture-pane', '-p')}")

    def line(self, number: int) -> str:
        """One line of it, from 0."""
        return self._tmux("capture-pane", "-p").split("\n")[number]

    def _tmux(self, *arguments: str) -> str:
        return run_tmux(self.socket, *arguments)


@contextmanager
def program(folder: Path, home: Path, size: tuple[int, int] = (80, 24)) -> Iterator[Terminal]:
    """The program on the home in `home`, in a terminal of that size; both end with the block."""
    socket = folder / "tmux"
    command = f"{quote(sys.executable)} -m escape_tui; echo {quote(ENDED)} $?; sleep 60"
    width, height = size
    run_tmux(
        socket,
        *("-f", "/dev/null", "new-session", "-d", "-x", str(width), "-y", str(height), command),
        environment={"ESCAPE_HOME": str(home)},
    )
    try:
        yield Terminal(socket)
    finally:
        run_tmux(socket, "kill-server")


def run_tmux(socket: Path, *arguments: str, environment: Mapping[str, str] | None = None) -> str:
    """Run tmux on a server of its own, with the least of an environment."""
    known = {"PATH": "/usr/bin:/bin", "HOME": str(socket.parent), "LANG": "C.UTF-8", "TERM": "xterm-256color"}
    done = subprocess.run(
        [tool("tmux"), "-u", "-S", str(socket), *arguments],
        env={**known, **(environment or {})},
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
        timeout=PATIENCE,
    )
    return done.stdout
