"""How long Today takes to its first paint, beside a bare Textual app: `python -m bench.first_paint`.

Both start as new processes on a terminal of their own; the clock stops when a word of theirs stands on it.
Today stands on a plain home with one cohort of ten people.
Not for: Windows, which has no such terminal to measure on.
"""

from __future__ import annotations

import os
import pty
import select
import signal
import statistics
import sys
import tempfile
import termios
import time
from pathlib import Path

from bench.compare import ROOT, Compared
from escape_tui.cohorts import make_cohort
from escape_tui.facilitators import add_facilitator, facilitator_of
from escape_tui.store.cohort import Actor
from escape_tui.store.opening import make_plain_home
from tests.store.making import new_cohort, someone

RUNS = 21
AT_MOST = 1.5
PEOPLE = 10
ROWS, COLUMNS = 30, 100
PATIENCE_SECONDS = 30
_BARE = """
from textual.app import App
from textual.widgets import Digits, Footer, Header, Static

class Bare(App[None]):
    BINDINGS = [("q", "quit", "Quit")]
    def compose(self):
        yield Header()
        yield Digits("18:55")
        yield Static("Everything stands")
        yield Footer()

Bare().run()
"""


def measured(runs: int = RUNS) -> Compared:
    """First paint of Today against the bare app, in turn, at the median."""
    with tempfile.TemporaryDirectory() as folder:
        home = _home(Path(folder) / "home")
        ours = [sys.executable, "-m", "escape_tui", "--home", str(home)]
        bare = [sys.executable, "-c", _BARE]
        times: tuple[list[float], list[float]] = ([], [])
        for run in range(runs + 1):
            for command, word, taken in ((ours, b"of 12", times[0]), (bare, b"Everything stands", times[1])):
                seconds = seconds_until(command, word)
                if run:
                    taken.append(seconds)
    ours_at, bare_at = statistics.median(times[0]), statistics.median(times[1])
    return Compared("first paint of Today", ours_at, "a bare Textual app", bare_at, AT_MOST)


def seconds_until(command: list[str], word: bytes) -> float:
    """Seconds from the start of `command` on a terminal of its own until `word` stands there."""
    start = time.perf_counter()
    child, terminal = pty.fork()
    if child == 0:
        os.chdir(ROOT)
        termios.tcsetwinsize(0, (ROWS, COLUMNS))
        os.execve(command[0], command, os.environ | {"TERM": "xterm-256color"})  # noqa: S606
    shown = b""
    try:
        while word not in shown:
            if not select.select([terminal], [], [], PATIENCE_SECONDS)[0]:
                raise RuntimeError(f"it never showed {word!r}, but {shown[-400:]!r}")
            shown += os.read(terminal, 65536)
        return time.perf_counter() - start
    except OSError:
        raise RuntimeError(f"it ended before it showed {word!r}: {shown[-400:]!r}") from None
    finally:
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        os.close(terminal)


def _home(folder: Path) -> Path:
    home = make_plain_home(folder)
    add_facilitator(folder, facilitator_of("jk", "Jo King", "physiotherapist", "all"))
    with make_cohort(home, new_cohort(), Actor("jk")) as cohort:
        for number in range(1, PEOPLE + 1):
            someone(cohort, f"R{number}", given_name=f"Person{number}")
    return folder


if __name__ == "__main__":
    print(measured().row())
