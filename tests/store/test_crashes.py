"""A flat battery at any moment: what was acknowledged is there, the file is sound, nothing leaks."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import IO

import pytest

from escape_tui.store.audit import verify_chain
from escape_tui.store.read import identities, people
from tests.store.making import KEY, make, reopen

IN_CI = os.environ.get("CI") == "true"
KILLS = int(os.environ.get("KILLS", "150" if IN_CI else "20"))
"""On each of the two drivers."""
SIGNALS = (signal.SIGKILL, signal.SIGKILL, signal.SIGTERM, signal.SIGHUP)


class Nursery:
    """Bears victims in a process of its own and kills them."""

    def __init__(self, path: Path, key: bytes | None) -> None:
        arguments = [str(path), key.hex()] if key else [str(path)]
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.store.victims", "nursery", *arguments],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )

    def kill_one(self, after: float, with_signal: signal.Signals) -> list[str]:
        """Let a victim work, kill it `after` seconds from its first entry on; what it acknowledged."""
        print("go", file=_pipe(self._process.stdin), flush=True)
        lines = _pipe(self._process.stdout)
        pid = int(lines.readline().removeprefix("pid "))
        acknowledged = [lines.readline().strip()]
        time.sleep(after)
        os.kill(pid, with_signal)
        while (line := lines.readline().strip()) != "gone":
            acknowledged.append(line)
        return acknowledged

    def end(self) -> str:
        """End it; gives all that it and its victims said on stderr."""
        _, errors = self._process.communicate(timeout=10)
        return str(errors)


def _pipe(pipe: IO[str] | None) -> IO[str]:
    assert pipe is not None
    return pipe


def test_every_acknowledged_entry_outlives_a_kill(path: Path, key: bytes | None) -> None:
    make(path, key).close()
    nursery = Nursery(path, key)
    chance = random.Random(7)  # noqa: S311
    expected: list[str] = []
    for kill in range(KILLS):
        told = nursery.kill_one(chance.uniform(0, 0.05), SIGNALS[kill % len(SIGNALS)])
        with reopen(path, key) as cohort:
            assert cohort.connection.is_sound()
            there = [identity.reference for identity in identities(cohort)]
        expected += told
        # The entry that the kill met may be there without having been acknowledged.
        assert there[: len(expected)] == expected
        assert len(there) - len(expected) in {0, 1}
        expected = [str(reference) for reference in there]
    assert nursery.end() == ""
    with reopen(path, key) as cohort:
        assert len(people(cohort)) == len(expected) > KILLS
        assert verify_chain(cohort.connection).sound


def test_after_a_crash_nothing_of_anybody_is_readable_in_any_file(path: Path) -> None:
    make(path, KEY).close()
    nursery = Nursery(path, KEY)
    nursery.kill_one(0.02, signal.SIGKILL)
    files = {one.name: one.read_bytes() for one in path.parent.iterdir()}
    assert files.keys() == {"K26-1.db", "K26-1.db-wal", "K26-1.db-shm", "K26-1.lock"}
    said = nursery.end().encode()
    for planted in (b"Zwanhild", b"Quastenfloss", b"1957-03-14", b"07700900123", b"SQLite format", b"CREATE"):
        assert [name for name, content in files.items() if planted in content] == []
        assert planted not in said


@pytest.mark.skipif(sys.platform == "win32", reason="the bits of a file are POSIX's")
def test_only_its_owner_can_read_a_cohort(path: Path, key: bytes | None) -> None:
    with make(path, key):
        modes = {one.name: one.stat().st_mode & 0o777 for one in path.parent.iterdir()}
    assert set(modes.values()) == {0o600}
    assert path.parent.stat().st_mode & 0o777 == 0o700
