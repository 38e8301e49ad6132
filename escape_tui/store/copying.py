"""Writing a cohort's file anew under another key, proven before it takes anybody's place.

Not for: backups, which keep the key, nor for which key a cohort has (`keys`).
"""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from escape_tui.store.cohort import Cohort, lock_path
from escape_tui.store.connect import (
    APPLICATION_ID,
    Connection,
    open_file,
    open_to_copy,
    remove_files,
    version_of,
)
from escape_tui.store.digests import TableDigest, digests
from escape_tui.store.files import LEFTOVER_SUFFIX, sync_file, sync_folder
from escape_tui.store.schema import SCHEMA_VERSION
from sessions.errors import CannotOpen


def leftover_of(path: Path) -> Path:
    """Where the new file of a cohort is written until it takes its place."""
    return path.with_name(path.name + LEFTOVER_SUFFIX)


def transit_of(path: Path) -> Path:
    """Where a cohort lies while it is packed or unpacked for handing over."""
    return path.with_name(f"{path.name}.escape-transit")


def discard_beside(path: Path) -> None:
    """Delete what a crash left half written beside a cohort's file. Only for whoever holds its lock."""
    with contextlib.suppress(OSError):
        for leftover in (*path.parent.glob(f"{path.name}.escape-*"), lock_path(transit_of(path))):
            leftover.unlink(missing_ok=True)


def copy_under(source: Path, source_key: bytes | None, target: Path, target_key: bytes | None) -> None:
    """Write all of the cohort in `source` to a new file `target` under another key.

    On return the copy is on the disk, whole and proven: every table agrees. Nothing that was ever deleted is
    in it. What lies at `target` goes; where the copy fails, nothing lies there. Nobody may have `source` open
    in this process. `CannotOpen` where the copy is not the same, `MachineFailed` where it cannot be written.
    """
    with contextlib.ExitStack() as failed:
        failed.callback(remove_files, target)
        remove_files(target)
        os.close(os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
        _prove(target, target_key, _export(source, source_key, target, target_key))
        failed.pop_all()


def move_file(cohort: Cohort, key: bytes | None, new_key: bytes | None) -> None:
    """Move an open cohort from the file under `key` to one under `new_key`. It stays open and locked.

    Killed at any step, the file is whole under the one key or the other. Raises as `copy_under`; the cohort
    then stays as it was.
    """
    path = cohort.connection.path
    with file_closed(cohort, key) as closed:
        new = leftover_of(path)
        copy_under(path, key, new, new_key)
        put_in_place(new, path, key)
        closed.key = new_key


@dataclass(slots=True)
class Closed:
    """A cohort's file that is closed for now: with which key it is to be opened again."""

    key: bytes | None


@contextlib.contextmanager
def file_closed(cohort: Cohort, key: bytes | None) -> Iterator[Closed]:
    """Have the file of an open cohort closed until the block ends; it stays locked against other programs."""
    closed = Closed(key)
    cohort.connection.close()
    try:
        yield closed
    finally:
        cohort.connection = open_file(cohort.connection.path, closed.key, SCHEMA_VERSION)


def put_in_place(new: Path, path: Path, key: bytes | None) -> None:
    """Put the file `new` where the cohort's file under `key` lies, durably.

    `CannotOpen` where another program reads that file just now.
    """
    if path.exists():
        _end_log(path, key)
    new.replace(path)
    sync_folder(path.parent)


def opens_with(path: Path, key: bytes | None) -> bool:
    """Whether that key opens the file; it is read by its first page alone."""
    try:
        open_to_copy(path, key).close()
    except CannotOpen:
        return False
    return True


def _export(
    source: Path, source_key: bytes | None, target: Path, target_key: bytes | None
) -> tuple[TableDigest, ...]:
    connection = open_to_copy(source, source_key)
    try:
        connection.rows("PRAGMA cipher_log_level = NONE")
        connection.run(f'ATTACH ? AS fresh KEY "{_named(target_key)}"', (str(target),))
        connection.rows("SELECT sqlcipher_export('fresh')")
        connection.rows(f"PRAGMA fresh.user_version = {version_of(connection)}")
        connection.rows(f"PRAGMA fresh.application_id = {APPLICATION_ID}")
        connection.run("DETACH fresh")
        return digests(connection)
    finally:
        connection.close()


def _prove(target: Path, key: bytes | None, held: tuple[TableDigest, ...]) -> None:
    connection = open_file(target, key, SCHEMA_VERSION)
    try:
        connection.check()
        if digests(connection) != held:
            raise CannotOpen(
                "The copy of this cohort does not hold what the cohort holds, so it was not used.",
                "Do it again; if it happens twice, check the disk with `escape doctor`.",
            )
        _leave_log(connection)
    finally:
        connection.close()
    sync_file(target)


def _end_log(path: Path, key: bytes | None) -> None:
    """Leave no log beside the file: the next one there would be taken for part of the new file."""
    connection = open_file(path, key, SCHEMA_VERSION)
    try:
        _leave_log(connection)
    finally:
        connection.close()


def _leave_log(connection: Connection) -> None:
    # SQLite gives up the log only to whoever is alone with the file.
    if connection.value("PRAGMA journal_mode = DELETE") != "delete":
        raise CannotOpen("This cohort is in use by another program.", "Close it there, then try again.")


def _named(key: bytes | None) -> str:
    return "" if key is None else f"x'{key.hex()}'"
