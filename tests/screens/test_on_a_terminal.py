"""The app on a real terminal: what a person sees, and what an end from outside leaves."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from itertools import count
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PATIENCE_SECONDS = 20
_NUMBERS = count()

pytestmark = pytest.mark.skipif(shutil.which("tmux") is None, reason="tmux is not here")


class Terminal:
    """A terminal of 80x24 that runs the app; afterwards a shell stays in it."""

    def __init__(self, home: Path) -> None:
        # One of its own each: a server that is just ending would take the next terminal with it.
        self._socket = f"escape-{os.getpid()}-{next(_NUMBERS)}"
        command = f"{sys.executable} -m escape_tui --home {home}; echo ended with $?; exec sleep 60"
        self._tmux("new-session", "-d", "-x", "80", "-y", "24", "-c", str(ROOT), command)

    def wait_for(self, words: str) -> str:
        """What is shown once `words` are among it."""
        end = time.monotonic() + PATIENCE_SECONDS
        while words not in (shown := self._tmux("capture-pane", "-p")):
            assert time.monotonic() < end, shown
            time.sleep(0.05)
        return shown

    def press(self, *keys: str) -> None:
        """Press keys."""
        self._tmux("send-keys", *keys)

    def end_app(self, number: signal.Signals) -> None:
        """Send the app a signal."""
        shell = self._tmux("display-message", "-p", "#{pane_pid}").strip()
        found = subprocess.run(["pgrep", "-P", shell], capture_output=True, text=True, check=True)
        os.kill(int(found.stdout.split()[0]), number)

    def close(self) -> None:
        """End the terminal."""
        self._tmux("kill-server")

    def _tmux(self, *words: str) -> str:
        command = ["tmux", "-L", self._socket, "-f", os.devnull, *words]
        return subprocess.run(command, capture_output=True, text=True, check=True).stdout


@pytest.fixture
def terminal(home: Path) -> Iterator[Terminal]:
    """The app on a home, in a terminal."""
    opened = Terminal(home)
    yield opened
    opened.close()


def test_the_app_opens_at_today_and_leaves_the_terminal_as_it_was(terminal: Terminal) -> None:
    terminal.wait_for("Session 1 of 12")
    terminal.press("C-q")
    shown = terminal.wait_for("ended with 0")
    assert "Session 1 of 12" not in shown


def test_an_end_from_outside_leaves_the_terminal_clean(terminal: Terminal) -> None:
    terminal.wait_for("Session 1 of 12")
    terminal.end_app(signal.SIGTERM)
    shown = terminal.wait_for("ended with 143")
    assert "Session 1 of 12" not in shown
    assert "Traceback" not in shown
