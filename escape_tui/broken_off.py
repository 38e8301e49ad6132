"""Signings that a crash broke off, ended for every cohort that nobody has open.

Not for: the order of steps that makes this possible (`store.outgoing`).
"""

from __future__ import annotations

from datetime import datetime

from escape_tui.cohorts import cohort_codes, cohort_key, cohort_path
from escape_tui.store.backup import reading
from escape_tui.store.cohort import lock_path
from escape_tui.store.connect import text
from escape_tui.store.keys import Home
from escape_tui.store.lock import Lock
from escape_tui.store.outgoing import Left, interrupted, take_up
from sessions.errors import EscapeError


def finish_interrupted(home: Home, now: datetime) -> tuple[Left, ...]:
    """End what a crash interrupted, for every cohort that nobody has open; what came to its end.

    To be called when a home is opened. A cohort that cannot be opened is left for later.
    """
    found = []
    for code in interrupted(home):
        try:
            left = _finish(home, code, now)
        except (EscapeError, OSError):
            continue
        if left is not None:
            found.append(left)
    return tuple(found)


def _finish(home: Home, code: str, now: datetime) -> Left | None:
    if code not in cohort_codes(home):
        # Erased since, so nothing of it may stay.
        return take_up(home, code, frozenset())
    path = cohort_path(home, code)
    lock = Lock.take(lock_path(path), now)
    try:
        with reading(path, cohort_key(home, code)) as connection:
            rows = connection.rows("SELECT tagmanifest_sha256 FROM signoff")
        return take_up(home, code, frozenset(text(row["tagmanifest_sha256"]) for row in rows))
    finally:
        lock.release()
