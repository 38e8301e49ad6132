"""Writing a file so that a crash, a full disk or a flat battery leaves the old one or the new one.

Not for: what SQLite has open; a cohort's file is copied this way only while nobody has it open.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import sys
from pathlib import Path

LEFTOVER_SUFFIX = ".escape-new"
"""What a file is called until it takes its place; one that is found later was left by a crash."""


def write_durably(path: Path, content: bytes) -> None:
    """Write `content` to `path`, readable by its owner alone; on return it is on the disk.

    Killed at any step, `path` holds what it held or all of `content`. Two writers of one file must be kept
    apart (`home_lock`). Raises `OSError` where the machine cannot do it; then `path` is as it was, unless
    the folder alone could not be synced.
    """
    new = path.with_name(path.name + LEFTOVER_SUFFIX)
    new.unlink(missing_ok=True)
    try:
        write_new_file(new, content)
        new.replace(path)
    except OSError:
        with contextlib.suppress(OSError):
            new.unlink(missing_ok=True)
        raise
    sync_folder(path.parent)


def write_new_file(path: Path, content: bytes) -> None:
    """Write a file that is not there yet, readable by its owner alone, and bring it to the disk.

    Its folder is not synced. Raises `FileExistsError` where there is one already, `OSError` where the machine
    cannot do it.
    """
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
    descriptor = os.open(path, flags, 0o600)
    try:
        rest = memoryview(content)
        while rest:
            rest = rest[os.write(descriptor, rest) :]
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def copy_durably(source: Path, path: Path) -> None:
    """Copy a file, however large, to `path`, readable by its owner alone; on return it is on the disk.

    Killed at any step, `path` holds what it held or all of `source`. Raises `OSError` as `write_durably`.
    """
    new = path.with_name(path.name + LEFTOVER_SUFFIX)
    new.unlink(missing_ok=True)
    try:
        os.close(os.open(new, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
        shutil.copyfile(source, new)
        sync_file(new)
        new.replace(path)
    except OSError:
        with contextlib.suppress(OSError):
            new.unlink(missing_ok=True)
        raise
    sync_folder(path.parent)


def sync_file(path: Path) -> None:
    """Bring the content of a file to the disk."""
    descriptor = os.open(path, os.O_RDWR)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def sync_folder(folder: Path) -> None:
    """Bring the names in `folder` to the disk. Windows has no such step and needs none."""
    if sys.platform == "win32":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def discard_leftovers(folder: Path) -> None:
    """Delete what a crash left half written in `folder`. Only for whoever holds the home's lock."""
    for leftover in folder.glob(f"*{LEFTOVER_SUFFIX}"):
        leftover.unlink(missing_ok=True)
