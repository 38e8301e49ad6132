"""A cohort that is only looked into, as for the figures of a whole site: nothing is locked, nothing changes.

Not for: acting (`cohort`), nor for the cohort that this program has open, which is read as it is.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from pathlib import Path
from typing import NoReturn

from escape_tui.store.cohort import Actor, Cohort
from escape_tui.store.connect import Connection, is_at_rest, open_at_rest, open_file
from escape_tui.store.lock import Lock
from escape_tui.store.schema import SCHEMA_VERSION
from sessions.errors import CannotOpen


class _NoLock(Lock):
    """Holds nothing."""

    def __init__(self) -> None:
        self._descriptor = None


class ReadCohort(Cohort):
    """A cohort without its lock: every act of it is an error of ours."""

    def __init__(self, connection: Connection, actor: Actor) -> None:
        super().__init__(connection, _NoLock(), actor)

    def act(self, name: str, **how: bool) -> NoReturn:
        """There is none."""
        del how
        raise RuntimeError(f"{name} on a cohort that is only read")


@contextlib.contextmanager
def read_cohort(path: Path, key: bytes | None, actor: Actor) -> Iterator[Cohort]:
    """The cohort in the file `path`, to be read until the block ends, while others may be at work on it.

    Raises as `open_file`.
    """
    cohort = ReadCohort(_connection(path, key), actor)
    try:
        yield cohort
    finally:
        cohort.close()


def _connection(path: Path, key: bytes | None) -> Connection:
    if is_at_rest(path):
        # What goes wrong here may be somebody opening it just now, so it is not the last word.
        with contextlib.suppress(CannotOpen):
            return open_at_rest(path, key, SCHEMA_VERSION)
    return open_file(path, key, SCHEMA_VERSION)
