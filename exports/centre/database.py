"""The one place that knows SQLite: opening the centre's file, transactions, and errors in our words.

Not for: what stands in it (`ledger`, `shelf`). The file is not encrypted: its folder belongs on a disk that
is.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Final, NoReturn

from sessions.errors import CannotOpen, EscapeError, MachineFailed

DATABASE_NAME: Final = "returns.db"
_APPLICATION: Final = 0x45534350
"""Marks the file as one of ours."""
_VERSION: Final = 1
_BUSY: Final = frozenset({sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED})
_STRANGE: Final = frozenset({sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_CORRUPT})
_PRIMARY: Final = 0xFF

Value = str | int | float | bytes | None


class Database:
    """The centre's file, open. Every statement outside `transaction` is one of its own."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def run(self, sql: str, *values: Value) -> int:
        """Run one statement; the id of the row that it put in."""
        try:
            return self._connection.execute(sql, values).lastrowid or 0
        except sqlite3.Error as error:
            _told(error)

    def run_many(self, sql: str, values: Sequence[Sequence[Value]]) -> None:
        """Run one statement for each of these rows."""
        try:
            self._connection.executemany(sql, values)
        except sqlite3.Error as error:
            _told(error)

    def rows(self, sql: str, *values: Value) -> list[tuple[Value, ...]]:
        """What a query finds."""
        try:
            return self._connection.execute(sql, values).fetchall()
        except sqlite3.Error as error:
            _told(error)

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """All of the block or nothing of it, durable on leaving."""
        self.run("BEGIN IMMEDIATE")
        try:
            yield
            self.run("COMMIT")
        except BaseException:
            if self._connection.in_transaction:
                self._connection.rollback()
            raise


@contextmanager
def opened(folder: Path, made_of: Sequence[str], *, to_write: bool) -> Iterator[Database]:
    """The file in `folder`; with `to_write` it is made of these statements where it is not there.

    Whoever writes is alone in it. `CannotOpen` where somebody else writes, it is of a newer version, damaged,
    or not there; `MachineFailed` where the machine cannot do it.
    """
    path = folder / DATABASE_NAME
    if to_write:
        # Made here, so that nobody else can read it even for a moment.
        os.close(os.open(path, os.O_RDWR | os.O_CREAT, 0o600))
    elif not path.exists():
        raise CannotOpen(
            "Nothing was received in this folder yet.", "Take returns in first: `escape central receive`."
        )
    connection = sqlite3.connect(path, isolation_level=None, timeout=1.0, cached_statements=256)
    try:
        database = Database(connection)
        for pragma in _pragmas(to_write=to_write):
            database.run(f"PRAGMA {pragma}")
        if to_write:
            # Held until the end from here on, whether or not anything is written.
            database.run("BEGIN EXCLUSIVE")
            database.run("COMMIT")
        _set_up(database, made_of if to_write else ())
        yield database
    finally:
        connection.close()


def _pragmas(*, to_write: bool) -> Iterator[str]:
    yield "foreign_keys = ON"
    yield "trusted_schema = OFF"
    if to_write:
        yield "locking_mode = EXCLUSIVE"
        yield "journal_mode = DELETE"
        yield "synchronous = FULL"
        # What is dropped, because somebody withdrew it, has to be gone from the file as well.
        yield "secure_delete = ON"
    else:
        yield "query_only = ON"


def _set_up(database: Database, made_of: Sequence[str]) -> None:
    ((version,),) = database.rows("PRAGMA user_version")
    ((application,),) = database.rows("PRAGMA application_id")
    if version == 0 and made_of:
        with database.transaction():
            for statement in made_of:
                database.run(statement)
            database.run(f"PRAGMA application_id = {_APPLICATION}")
            database.run(f"PRAGMA user_version = {_VERSION}")
    elif version == 0:
        raise CannotOpen(
            "Nothing was received in this folder yet.", "Take returns in first: `escape central receive`."
        )
    elif (application, version) != (_APPLICATION, _VERSION):
        raise CannotOpen(
            f"The file {DATABASE_NAME} was made by a newer version, or by another program.",
            "Bring this program up to date.",
        )


def _told(error: sqlite3.Error) -> NoReturn:
    raise _in_our_words(error) from None


def _in_our_words(error: sqlite3.Error) -> EscapeError:
    code = getattr(error, "sqlite_errorcode", 0) & _PRIMARY
    if code in _BUSY:
        return CannotOpen("Another program is receiving into this folder.", "Wait for it, then do it again.")
    if code in _STRANGE:
        return CannotOpen(
            f"The file {DATABASE_NAME} is damaged, or none of this program.",
            "Put it back from your backup, or receive the whole inbox into a new folder.",
        )
    if code == sqlite3.SQLITE_FULL:
        return MachineFailed(
            "The disk is full.", "Make room, then do it again; nothing that was filed is lost."
        )
    name = getattr(error, "sqlite_errorname", "SQLite")
    return MachineFailed(
        f"The disk could not be read or written ({name}).", "Check it, then do it again; nothing is lost."
    )
