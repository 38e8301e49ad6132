"""A plain session in a real process: on a pipe, on a terminal, and broken off in between."""

from __future__ import annotations

import os
import select
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.guiding.evenings import Hall

ROOT = Path(__file__).parents[2]
PATIENCE = 20.0


def made(hall: Hall) -> Path:
    """A cohort for a process to open, on a day long gone by."""
    hall.open(3).cohort.close()
    return hall.path


def command(path: Path) -> list[str]:
    return [sys.executable, "-m", "tests.guiding.plain_evening", str(path)]


def piped(path: Path, typed: str) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(command(path), cwd=ROOT, input=typed.encode(), capture_output=True, check=False)


class Terminal:
    """What a process shows on a terminal, and what is typed there."""

    def __init__(self, process: subprocess.Popen[bytes], master: int) -> None:
        self.process = process
        self._master = master
        self.shown = ""

    def until(self, words: str) -> None:
        """Wait until `words` are shown beyond what was waited for before."""
        start, deadline = len(self.shown), time.monotonic() + PATIENCE
        while words not in self.shown[start:]:
            ready, _, _ = select.select([self._master], [], [], max(0.0, deadline - time.monotonic()))
            assert ready, f"never shown: {words}\n{self.shown}"
            try:
                self.shown += os.read(self._master, 4096).decode()
            except OSError:
                raise AssertionError(f"ended without: {words}\n{self.shown}") from None

    def type(self, text: str) -> None:
        os.write(self._master, text.encode())


@contextmanager
def terminal(path: Path) -> Iterator[Terminal]:
    pytest.importorskip("pty")
    master, slave = os.openpty()
    process = subprocess.Popen(command(path), cwd=ROOT, stdin=slave, stdout=slave, stderr=slave)
    os.close(slave)
    try:
        yield Terminal(process, master)
    finally:
        process.kill()
        process.wait()
        os.close(master)


def test_a_pipe_is_guided_to_its_last_line_and_told_in_plain_characters(hall: Hall) -> None:
    ran = piped(made(hall), "all\r\nasked\nbegin\nnote Ŵyn asks for the window\nstatus")
    out = ran.stdout.decode()
    assert (ran.returncode, ran.stderr) == (1, b"")
    assert "3 marked here\n" in out
    assert "3 people, " in out
    assert "Session 1. Arrival: " in out
    assert out.endswith("Do the same again to take it up.\n")
    assert [character for character in out if not (character.isprintable() or character == "\n")] == []


def test_what_was_broken_off_is_taken_up_by_doing_the_same_again(hall: Hall) -> None:
    path = made(hall)
    piped(path, "all\nbegin\nskip\n")
    out = piped(path, "end\n1\n").stdout.decode()
    assert "1 Pat Kerr: here" in out
    assert "Taken up where it is." in out
    assert "Discussion: " in out
    assert out.endswith("The session is over. Everything is kept.\n")


def test_the_clock_goes_on_telling_while_nobody_types(hall: Hall) -> None:
    with terminal(made(hall)) as shown:
        shown.until("Type begin")
        shown.type("all\nbegin\nskip\nskip\nskip\n")
        shown.until("Warm-up: Settle and breathe")
        shown.type("less 28\n")
        shown.until("seconds left.")
        shown.until("Warm-up: Easy walk on the spot")
        shown.type("\x04")
        shown.until("take it up.")
        assert shown.process.wait(PATIENCE) == 1


def test_ctrl_c_leaves_politely_and_the_cohort_opens_again(hall: Hall) -> None:
    path = made(hall)
    with terminal(path) as shown:
        shown.until("Type begin")
        shown.type("here 1\nbegin\n")
        shown.until("Arrival, 10 minutes")
        shown.process.send_signal(signal.SIGINT)
        shown.until("take it up.")
        assert shown.process.wait(PATIENCE) == 1
        assert "Traceback" not in shown.shown
    assert "1 Pat Kerr: here" in piped(path, "").stdout.decode()
