"""How long Today takes to stand, beside a bare Textual app: `python -m bench.first_paint`.

Both start as new processes on a terminal of their own; the clock stops when a word of theirs stands on it.
Today is there when a person would say so: number, day and title of the next session, the strip of all
sessions and the keys, which are painted at once. Who is expected and owes something needs the whole record,
and follows by itself; the second row says when. Today stands on a plain home with one cohort of ten people.
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
ALL_AT_MOST = 3.0
"""Of our own: what follows should not be waited for either."""
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


def measured(runs: int = RUNS) -> list[Compared]:
    """First paint of Today, and the whole of it, against the bare app, in turn, at the median."""
    with tempfile.TemporaryDirectory() as folder:
        home = _home(Path(folder) / "home")
        ours = [sys.executable, "-m", "escape_tui", "--home", str(home)]
        shown = (
            ([sys.executable, "-c", _BARE], b"Everything stands"),
            (ours, b"of 12"),
            (ours, b"10 people"),
        )
        times: list[list[float]] = [[] for _ in shown]
        for run in range(runs + 1):
            for (command, word), taken in zip(shown, times, strict=True):
                seconds = seconds_until(command, word)
                if run:
                    taken.append(seconds)
    bare, first, whole = (statistics.median(taken) for taken in times)
    return [
        Compared("first paint of Today", first, "a bare Textual app", bare, AT_MOST),
        Compared("all of Today", whole, "a bare Textual app", bare, ALL_AT_MOST),
    ]


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
    for compared in measured():
        print(compared.row())
