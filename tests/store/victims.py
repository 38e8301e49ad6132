"""Programs of their own for the tests: one to be killed, one whose disk fills up.

Not for: pytest to collect. `python -m tests.store.victims nursery|fill PATH [KEY]`.
"""

from __future__ import annotations

import os
import resource
import signal
import sys
from pathlib import Path

from escape_tui.store.acts.cohorts import create_cohort
from escape_tui.store.cohort import Actor
from escape_tui.store.read import people
from sessions.errors import MachineFailed
from tests.store.making import Clock, new_cohort, reopen, someone


def nursery(path: Path, key: bytes | None) -> None:
    """Bear one victim for every line on stdin, which enrols people until it is killed, telling each."""
    for _ in sys.stdin:
        pid = os.fork()
        if pid == 0:
            _enrol_for_ever(path, key)
        os.waitpid(pid, 0)
        _tell("gone")


def _enrol_for_ever(path: Path, key: bytes | None) -> None:
    # Whoever started the tests may have had signals ignored, and a process inherits that.
    for mortal in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(mortal, signal.SIG_DFL)
    _tell(f"pid {os.getpid()}")
    with reopen(path, key) as cohort:
        number = len(people(cohort))
        while True:
            number += 1
            someone(cohort, f"R{number}")
            _tell(f"R{number}")


def fill(path: Path, key: bytes | None) -> None:
    """Enrol people under a limit on the size of files that grows page by page; every refusal is told."""
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    most = resource.getrlimit(resource.RLIMIT_FSIZE)[1]
    kept = 0
    with reopen(path, key) as cohort:
        wal = path.with_name(f"{path.name}-wal")
        for step in range(60):
            resource.setrlimit(resource.RLIMIT_FSIZE, (wal.stat().st_size + 1000 * step, most))
            try:
                someone(cohort, f"R{step}")
                kept += 1
            except MachineFailed:
                _tell("full")
            resource.setrlimit(resource.RLIMIT_FSIZE, (most, most))
            if len(people(cohort)) != kept:
                _tell(f"{len(people(cohort))} people where {kept} were acknowledged")
        someone(cohort, "with room again")
        _tell(f"kept {kept + 1}")
    resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, most))
    try:
        create_cohort(path.with_name("B.db"), key, new_cohort(code="B"), Actor("jk", Clock()))
    except MachineFailed:
        _tell(f"left behind: {sorted(one.name for one in path.parent.glob('B.db*'))}")


def _tell(line: str) -> None:
    # One write, so that a kill never tears a line.
    os.write(1, f"{line}\n".encode())


if __name__ == "__main__":
    named, where, *rest = sys.argv[1:]
    {"nursery": nursery, "fill": fill}[named](Path(where), bytes.fromhex(rest[0]) if rest else None)
