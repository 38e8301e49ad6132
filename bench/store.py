"""What an act costs beside a bare INSERT, and a list of 500 cohorts beside one: `python -m bench.store`.

Not for: the command line's own start (`bench.start`).
"""

from __future__ import annotations

import itertools
import sqlite3
import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from bench.compare import Compared
from escape_tui.cohorts import cohort_head
from escape_tui.store.acts.attendance import correct_attendance, mark_attendance
from escape_tui.store.cohort import Cohort
from escape_tui.store.keys import PlainHome
from escape_tui.store.opening import make_plain_home
from sessions.records import AttendanceRow
from tests.store.making import KEY, make, someone

RUNS = 300
ACT_AT_MOST = 3.0
COHORTS = 500
LIST_AT_MOST_SECONDS = 1.0


def measured() -> list[Compared]:
    """One durable act against a bare INSERT with the same pragmas, in turn; plain and encrypted."""
    with tempfile.TemporaryDirectory() as folder:
        return [_act(Path(folder), None, "an act, plain"), _act(Path(folder), KEY, "an act, encrypted")]


def list_seconds() -> float:
    """Seconds that reading the heads of 500 cohorts takes beyond reading one."""
    with tempfile.TemporaryDirectory() as folder:
        home = make_plain_home(Path(folder) / "home")
        first = home.folder / "cohorts" / "K1.db"
        make(first, None).close()
        for number in range(2, COHORTS + 1):
            first.with_name(f"K{number}.db").write_bytes(first.read_bytes())
        one, all_of_them = _heads(home, 1), _heads(home, COHORTS)
        return all_of_them - one


def _act(folder: Path, key: bytes | None, what: str) -> Compared:
    with make(folder / f"{what}.db", key) as cohort:
        person = someone(cohort)
        act = _marking(cohort, person)
        bare = _inserting(folder / f"{what}, bare.db")
        ours, theirs = [], []
        for _ in range(RUNS):
            theirs.append(_timed(bare))
            ours.append(_timed(act))
    return Compared(
        what, statistics.median(ours), "a bare INSERT", statistics.median(theirs), at_most=ACT_AT_MOST
    )


def _marking(cohort: Cohort, person: str) -> Callable[[], object]:
    mark_attendance(cohort, AttendanceRow(person=person, session=1, status="late", reason=None))
    # Each time another status than the one that stands: an act that changes nothing writes nothing.
    rows = itertools.cycle(
        [
            AttendanceRow(person=person, session=1, status="present", reason=None),
            AttendanceRow(person=person, session=1, status="late", reason=None),
        ]
    )
    return lambda: correct_attendance(cohort, next(rows), "measured")


def _inserting(path: Path) -> Callable[[], object]:
    connection = sqlite3.connect(path, isolation_level=None)
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = FULL")
    connection.execute("PRAGMA foreign_keys = ON")
    connection.execute("CREATE TABLE mark (person TEXT, session INTEGER, status TEXT) STRICT")
    return lambda: connection.execute("INSERT INTO mark VALUES ('P123', 1, 'present')")


def _heads(home: PlainHome, number: int) -> float:
    return _timed(lambda: [cohort_head(home, f"K{n}") for n in range(1, number + 1)])


def _timed(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


if __name__ == "__main__":
    for compared in measured():
        print(compared.row())
    seconds = list_seconds()
    verdict = "ok" if seconds <= LIST_AT_MOST_SECONDS else "OVER"
    print(f"| heads of {COHORTS} cohorts beyond one | {seconds:.2f} s | | | | 1 s | {verdict} |")
