"""Making a backup of a cohort that may be in use: copied by SQLite, proven, and only then given its name.

Not for: when one is made (`escape_tui.backups`), the second copy (`second_copy`), or restoring (`restore`).
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from escape_tui.settings import Backups
from escape_tui.store.backup_files import (
    HELD,
    Backup,
    State,
    Statement,
    Why,
    backups_in,
    free_path,
    remove_backup,
    state_of,
    write_statement,
)
from escape_tui.store.connect import (
    Connection,
    copy_file,
    open_file,
    remove_files,
    told_by_the_disk,
    whole,
)
from escape_tui.store.digests import TableDigest, digests
from escape_tui.store.files import LEFTOVER_SUFFIX, sync_folder
from escape_tui.store.lock import Lock
from escape_tui.store.retention import kept
from escape_tui.store.schema import SCHEMA_VERSION
from sessions.errors import MachineFailed

_CLOCK_WAS_WRONG = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Origin:
    """Which cohort of which home is backed up: its file and its key, None in a plain home."""

    home_id: str
    practice: bool
    code: str
    path: Path
    key: bytes | None


def make_backup(origin: Origin, folder: Path, why: Why, now: datetime) -> Backup:
    """Copy the cohort into `folder / <CODE>`, prove the copy, and give it its name; on the disk on return.

    Others may read and write the cohort meanwhile: the backup is of one instant. `CannotOpen` where the
    cohort cannot be read or another backup of it is being made, `MachineFailed` where the disk is full or
    the copy differs. Then no backup was made, and the cohort is as it was.
    """
    with _alone_in(folder, origin.code, now), told_by_the_disk():
        path = free_path(folder / origin.code, now)
        new = path.with_name(path.name + LEFTOVER_SUFFIX)
        try:
            statement = _copied(origin, new, why, now)
            prove(new, origin.key, statement.tables)
            write_statement(path, statement)
            new.replace(path)
        except BaseException:
            remove_files(new)
            remove_backup(path)
            raise
        sync_folder(path.parent)
    return Backup(path, now, statement)


def present_state(origin: Origin) -> State:
    """The state of the cohort's file now. Raises as `open_file`."""
    with reading(origin.path, origin.key) as connection:
        return state_of(connection, origin.key)


def prove(path: Path, key: bytes | None, tables: tuple[TableDigest, ...]) -> None:
    """Open a copy, check all of it and compare every table.

    `CannotOpen` where it is damaged, `MachineFailed` where a row count or a digest is another.
    """
    with reading(path, key) as copy:
        copy.check()
        if digests(copy) != tables:
            raise MachineFailed(
                "A copy of the cohort does not hold what was to be copied.",
                "Check the disk, then do this again; the cohort itself was not changed.",
            )


@contextlib.contextmanager
def reading(path: Path, key: bytes | None) -> Iterator[Connection]:
    """A cohort's file, open to be read until the block ends. Raises as `open_file`."""
    connection = open_file(path, key, SCHEMA_VERSION)
    try:
        yield connection
    finally:
        connection.close()


def thin(folder: Path, code: str, counts: Backups, now: datetime, *, spare: Path) -> None:
    """Remove the backups of a cohort below `folder` that the settings do not keep, but never `spare`.

    `OSError` where the folder cannot be written.
    """
    for backup in superfluous(backups_in(folder, code), counts, now):
        if backup.path != spare:
            remove_backup(backup.path)


def superfluous(backups: Iterable[Backup], counts: Backups, now: datetime) -> list[Backup]:
    """Those of a cohort's backups that may go.

    An empty cohort never displaces one with people, nor a key another key, for one of the two may open
    nothing: each kind is thinned by itself. What was asked for, or something else took the place of, stays
    for as many days as the settings keep, and what seems to come from the future stays: a clock was wrong.
    """
    kinds: dict[tuple[str | None, bool] | None, dict[datetime, Backup]] = {}
    for backup in backups:
        if not _is_spared(backup, counts, now):
            kinds.setdefault(_kind(backup), {})[backup.made_at] = backup
    return [
        backup
        for of_a_kind in kinds.values()
        for at, backup in of_a_kind.items()
        if at not in kept(of_a_kind, counts)
    ]


@contextlib.contextmanager
def _alone_in(folder: Path, code: str, now: datetime) -> Iterator[None]:
    """Be the only one who makes backups of a cohort below `folder`, which is made if need be."""
    with told_by_the_disk():
        (folder / code).mkdir(mode=0o700, parents=True, exist_ok=True)
    lock = Lock.take(folder / f"{code}.lock", now)
    try:
        for leftover in (folder / code).glob(f"*{LEFTOVER_SUFFIX}*"):
            leftover.unlink(missing_ok=True)
        yield
    finally:
        lock.release()


def _kind(backup: Backup) -> tuple[str | None, bool] | None:
    said = backup.statement
    return None if said is None else (said.state.key_mark, said.people == 0)


def _is_spared(backup: Backup, counts: Backups, now: datetime) -> bool:
    if backup.made_at > now + _CLOCK_WAS_WRONG:
        return True
    held = backup.statement is not None and backup.statement.why in HELD
    return held and backup.made_at > now - timedelta(days=counts.keep_daily)


def _copied(origin: Origin, new: Path, why: Why, now: datetime) -> Statement:
    with reading(origin.path, origin.key) as source, source.snapshot():
        statement = Statement(
            home_id=origin.home_id,
            code=origin.code,
            practice=origin.practice,
            made_at=now,
            why=why,
            people=whole(source.value("SELECT count(*) FROM person")),
            state=state_of(source, origin.key),
            tables=digests(source),
        )
        copy_file(source, new, origin.key)
    return statement
