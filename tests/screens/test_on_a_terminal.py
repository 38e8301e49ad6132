"""The app on a real terminal: what a person sees, and what an end from outside leaves."""

from __future__ import annotations

import contextlib
import itertools
import os
import shlex
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PATIENCE_SECONDS = 20
_NUMBERS = itertools.count()
"""A terminal that has just ended may still keep its socket."""

pytestmark = pytest.mark.skipif(shutil.which("tmux") is None, reason="tmux is not here")


class Terminal:
    """A terminal of 80x24 that runs `escape` with these words; afterwards it stays, with the exit code."""

    def __init__(self, *words: str | Path) -> None:
        self._socket = f"escape-{os.getpid()}-{next(_NUMBERS)}"
        typed = shlex.join([sys.executable, "-m", "escape_tui", *map(str, words)])
        command = f"{typed}; echo ended with $?; exec sleep 60"
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
    with contextlib.closing(Terminal("--home", home)) as opened:
        yield opened


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


def test_practice_opens_the_app_at_the_session_asked_for(tmp_path: Path) -> None:
    practice = ("--home", tmp_path, "practice", "--at", "3", "--people", "3")
    with contextlib.closing(Terminal(*practice)) as terminal:
        shown = terminal.wait_for("Session 3")
        assert "PRACTICE" in shown
        terminal.press("C-q")
        terminal.wait_for("ended with 0")
