"""A folder to send returns to: a stick, a share, a folder that something else keeps in step.

Not for: making the folder. Where it is not there, the stick is out, and nothing is written in its stead.
"""

from __future__ import annotations

import contextlib
import errno
import os
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

from exports.sending.place import NameTaken, NotDelivered

_REMEDY = "Nothing is lost: the return waits in the outbox. Run `escape sync` again."


class Folder:
    """A folder that is there; `NotDelivered` where it is not."""

    resumes = True

    def __init__(self, path: Path) -> None:
        self._path = path
        with self._told():
            if not path.is_dir():
                raise FileNotFoundError(errno.ENOENT, "not there", str(path))

    def size(self, name: str) -> int | None:
        """As `Place.size`."""
        with self._told(), contextlib.suppress(FileNotFoundError):
            return self._file(name).stat().st_size
        return None

    def read(self, name: str, most: int) -> bytes | None:
        """As `Place.read`."""
        with self._told(), contextlib.suppress(FileNotFoundError), self._file(name).open("rb") as file:
            return file.read(most)
        return None

    def write(self, name: str, content: bytes, start: int) -> None:
        """As `Place.write`; on return it is on the medium. `NotDelivered` where there is not room for it."""
        with self._told():
            if _free(self._path) < len(content) - start:
                raise OSError(errno.ENOSPC, "full")
            _write(self._file(name), content, start)

    def rename(self, old: str, new: str) -> None:
        """As `Place.rename`; on return it is on the medium."""
        with self._told():
            if self._file(new).exists():
                raise NameTaken
            self._file(old).replace(self._file(new))
            _sync(self._path)

    def close(self) -> None:
        """Nothing is held."""

    def _file(self, name: str) -> Path:
        # An empty mount point must not take what is meant for the stick; a folder that went away must not
        # read as an empty one.
        if not self._path.is_dir():
            raise NotADirectoryError(errno.ENOTDIR, "gone", str(self._path))
        return self._path / name

    @contextlib.contextmanager
    def _told(self) -> Iterator[None]:
        try:
            yield
        except OSError as error:
            raise NotDelivered(self._words(error), _REMEDY) from None

    def _words(self, error: OSError) -> str:
        if error.errno in {errno.ENOENT, errno.ENOTDIR, errno.ENODEV, errno.ENXIO}:
            return f"The folder {self._path} is not there; a stick may be out, or a share away."
        if error.errno in {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}:
            return f"There is not room enough in {self._path}."
        if error.errno in {errno.EACCES, errno.EPERM, errno.EROFS}:
            return f"Nothing may be written in {self._path}."
        return f"The folder {self._path} does not answer ({error.strerror or type(error).__name__})."


def _free(folder: Path) -> int:
    return shutil.disk_usage(folder).free


def _write(path: Path, content: bytes, start: int) -> None:
    flags = os.O_WRONLY | os.O_CREAT | getattr(os, "O_BINARY", 0)
    descriptor = os.open(path, flags if start else flags | os.O_TRUNC, 0o600)
    try:
        os.lseek(descriptor, start, os.SEEK_SET)
        rest = memoryview(content)[start:]
        while rest:
            rest = rest[os.write(descriptor, rest) :]
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _sync(folder: Path) -> None:
    """Bring the names in it to the medium. Some shares know no such step, and need none."""
    if sys.platform == "win32":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        with contextlib.suppress(OSError):
            os.fsync(descriptor)
    finally:
        os.close(descriptor)
