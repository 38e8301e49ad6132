"""One change of a home's small files at a time, by whichever program: keys, facilitators, settings.

Not for: keeping a second program off a cohort; that lock is held for hours, this one for milliseconds.
"""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sessions.errors import CannotOpen

LOCK_NAME = "home.lock"
_PAUSE_SECONDS = 0.02


@contextmanager
def alone_in(folder: Path, patience_seconds: float = 5.0) -> Iterator[None]:
    """Be the only one who changes the small files of the home in `folder`, until the block ends.

    The system lets go of the lock when its holder dies, so a stale one stops nobody. `CannotOpen` where
    another program holds it for longer than `patience_seconds`; `OSError` where the folder cannot be
    written. Not to be nested.
    """
    descriptor = _held(folder / LOCK_NAME, time.monotonic() + patience_seconds)
    try:
        yield
    finally:
        # Closing lets go; the file itself stays.
        os.close(descriptor)


def remove_lonely_lock(folder: Path) -> None:
    """Delete the lock of `folder` where nothing else is in it, so that it can go. Raises as `alone_in`."""
    lock = folder / LOCK_NAME
    with alone_in(folder, patience_seconds=0):
        if list(folder.iterdir()) == [lock]:
            lock.unlink()


def _held(path: Path, deadline: float) -> int:
    """The lock at `path`, open and held."""
    while True:
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
        try:
            _wait_for(descriptor, deadline)
            if _is_still_at(path, descriptor):
                return descriptor
        except BaseException:
            os.close(descriptor)
            raise
        # Its holder deleted it while we waited: whoever came after us would hold another one.
        os.close(descriptor)


def _is_still_at(path: Path, descriptor: int) -> bool:
    try:
        return os.path.samestat(path.stat(), os.fstat(descriptor))
    except FileNotFoundError:
        return False


def _wait_for(descriptor: int, deadline: float) -> None:
    while not _taken(descriptor):
        if time.monotonic() >= deadline:
            raise CannotOpen(
                "Another program is changing this home just now.", "Close it or wait, then do it again."
            )
        time.sleep(_PAUSE_SECONDS)


if sys.platform == "win32":

    def _taken(descriptor: int) -> bool:
        import msvcrt

        try:
            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True

else:

    def _taken(descriptor: int) -> bool:
        import fcntl

        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True
