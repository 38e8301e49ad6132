"""One writer at a time: the lock beside a cohort's file.

Not for: locks inside SQLite. The system holds the lock and drops it when a process ends, however it ends;
what stands in the file only tells others who holds it.
"""

from __future__ import annotations

import contextlib
import json
import os
import sys
from datetime import datetime
from pathlib import Path
from typing import Self

from sessions.dates import day_in_words
from sessions.errors import CannotOpen, MachineFailed

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl

_FAR_BYTE = 1 << 30
"""Windows locks bytes and forbids others to read them: one beyond the text stays out of its way."""
_LONGEST = 200


class Lock:
    """The lock of one cohort, held until `release`."""

    def __init__(self, descriptor: int) -> None:
        self._descriptor: int | None = descriptor

    @classmethod
    def take(cls, path: Path, now: datetime) -> Self:
        """Take the lock in the file `path`, writing who holds it since when.

        `CannotOpen` where another process holds it, naming that process; `MachineFailed` where the folder
        cannot be written. A file left behind by a process that is gone stops nobody.
        """
        try:
            descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
        except OSError as error:
            raise MachineFailed(
                f"The lock of this cohort cannot be written ({error.strerror}).",
                "Check the permissions of the folder and the free space, then try again.",
            ) from None
        try:
            _lock(descriptor)
        except OSError:
            holder = _holder(descriptor)
            os.close(descriptor)
            raise CannotOpen(
                f"This cohort is in use by another program{holder}.",
                "Close it there; entries made there are kept.",
            ) from None
        # Who holds it is a courtesy: a full disk must not keep the cohort shut.
        with contextlib.suppress(OSError):
            os.ftruncate(descriptor, 0)
            told = json.dumps({"pid": os.getpid(), "since": now.isoformat(timespec="seconds")})
            os.write(descriptor, told.encode())
        return cls(descriptor)

    def release(self) -> None:
        """Let go of the lock; a second time changes nothing. The file stays: removing it would race."""
        if self._descriptor is None:
            return
        with contextlib.suppress(OSError):
            os.ftruncate(self._descriptor, 0)
        os.close(self._descriptor)
        self._descriptor = None


def _lock(descriptor: int) -> None:
    if sys.platform == "win32":
        os.lseek(descriptor, _FAR_BYTE, os.SEEK_SET)
        msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
        os.lseek(descriptor, 0, os.SEEK_SET)
    else:
        # flock, not lockf: a lockf lock is lost when the same process closes any other handle of the file.
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)


def _holder(descriptor: int) -> str:
    try:
        os.lseek(descriptor, 0, os.SEEK_SET)
        told = json.loads(os.read(descriptor, _LONGEST))
        since = datetime.fromisoformat(told["since"])
        return f" (process {int(told['pid'])}, since {since:%H:%M} UTC on {day_in_words(since.date())})"
    except (OSError, ValueError, KeyError, TypeError):
        return ""
