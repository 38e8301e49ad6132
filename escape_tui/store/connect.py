"""The connection to a cohort's file: the driver, its pragmas, its errors. No other module knows the driver.

Not for: what is in the file (`schema`), keys and where they are kept, or who may open it (`lock`).
"""

from __future__ import annotations

import contextlib
import os
import sqlite3
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, Final, TypeAlias

from escape_tui.store.files import sync_file
from sessions.errors import CannotOpen, EscapeError, MachineFailed, Refused

Value: TypeAlias = str | int | bytes | None
Row: TypeAlias = dict[str, Value]

KEY_BYTES = 32
APPLICATION_ID: Final = 0x45534350
"""Marks a SQLite file as a cohort of this program."""
_PLAIN_HEADER = b"SQLite format 3\0"
_PAGE = 4096
_MACHINE = frozenset(
    {sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR, sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN}
    | {sqlite3.SQLITE_PERM, sqlite3.SQLITE_NOMEM, sqlite3.SQLITE_NOLFS}
)
_DAMAGE = frozenset({sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_FORMAT})
_BUSY = frozenset({sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED, sqlite3.SQLITE_PROTOCOL})
_RULE = frozenset({sqlite3.SQLITE_CONSTRAINT, sqlite3.SQLITE_MISMATCH, sqlite3.SQLITE_TOOBIG})


class Connection:
    """A connection to one cohort's file. Every error of the driver leaves as one of ours.

    `Refused` for what breaks a constraint, `MachineFailed` for a full disk or missing permission,
    `CannotOpen` for damage, a wrong key, and a file that is busy elsewhere.
    """

    def __init__(self, driver: Any, error: type[Exception], path: Path, *, encrypted: bool) -> None:
        self._driver = driver
        self._error = error
        self._depth = 0
        self.path = path
        self.encrypted = encrypted

    @property
    def driver(self) -> Any:
        """The driver's own connection, for `schema` and for backups alone; its errors are not translated."""
        return self._driver

    @property
    def in_transaction(self) -> bool:
        """Whether a transaction is open."""
        return bool(self._driver.in_transaction)

    def run(self, sql: str, values: Sequence[Value] = ()) -> int:
        """Run one statement; gives the rowid that an INSERT made."""
        with self.told():
            return int(self._driver.execute(sql, values).lastrowid or 0)

    def rows(self, sql: str, values: Sequence[Value] = ()) -> list[Row]:
        """Every row of a query, as a mapping from column to value."""
        with self.told():
            cursor = self._driver.execute(sql, values)
            names = [column[0] for column in cursor.description or ()]
            return [dict(zip(names, row, strict=True)) for row in cursor]

    def row(self, sql: str, values: Sequence[Value] = ()) -> Row | None:
        """The first row of a query, or None."""
        found = self.rows(sql, values)
        return found[0] if found else None

    def value(self, sql: str, values: Sequence[Value] = ()) -> Value:
        """The first column of the first row; None where there is no row."""
        found = self.row(sql, values)
        return next(iter(found.values())) if found else None

    @contextlib.contextmanager
    def transaction(self) -> Iterator[None]:
        """Everything in the block is kept, durably, or nothing is; inside another, it is a part of that."""
        nested = self._depth > 0
        self._settle(nested=nested)
        self.run("SAVEPOINT act" if nested else "BEGIN IMMEDIATE")
        self._depth += 1
        try:
            yield
            self._settle(nested=True)
            self.run("RELEASE act" if nested else "COMMIT")
        except BaseException:
            if self.in_transaction:
                for statement in ("ROLLBACK TO act", "RELEASE act") if nested else ("ROLLBACK",):
                    self.run(statement)
            raise
        finally:
            self._depth -= 1

    def _settle(self, *, nested: bool) -> None:
        # A failing disk makes SQLite end a transaction by itself, or keeps one from being ended. Overlooked,
        # an entry would be acknowledged and lost, or a batch torn.
        if nested and not self.in_transaction:
            raise _disk_failed()
        if self.in_transaction and not nested:
            self.run("ROLLBACK")

    @contextlib.contextmanager
    def snapshot(self) -> Iterator[None]:
        """Everything read in the block is of one instant, whatever is written elsewhere meanwhile."""
        self.run("BEGIN")
        try:
            yield
        finally:
            if self.in_transaction:
                self.run("ROLLBACK")

    def copy_all_into(self, other: Connection) -> None:
        """Copy every page into another file that is open. `MachineFailed` where it cannot be written."""
        try:
            self._driver.backup(other.driver)
        except self._error as error:
            # One of the drivers gives no code here; what was just read can hardly be what failed.
            raise _ours(error) or _disk_failed() from None

    def empty_wal(self) -> None:
        """Bring the write-ahead log into the file and empty it, so that nothing deleted lingers there."""
        self.run("PRAGMA wal_checkpoint(TRUNCATE)")

    def check(self) -> None:
        """Read the whole file; `CannotOpen` where a page, an index or a reference is not in order."""
        if not self.is_sound():
            raise _damaged()

    def is_sound(self) -> bool:
        """Whether every page, index and reference is in order; damage that cannot be read past raises."""
        whole = [str(next(iter(row.values()))) for row in self.rows("PRAGMA integrity_check")]
        return whole == ["ok"] and not self.rows("PRAGMA foreign_key_check")

    def close(self) -> None:
        """Close the file. What was acknowledged is in it whether or not this succeeds."""
        with contextlib.suppress(self._error):
            self._driver.close()

    @contextlib.contextmanager
    def told(self) -> Iterator[None]:
        """Let errors of the driver leave the block as ours, without SQL or anybody's text."""
        try:
            yield
        except self._error as error:
            ours = _ours(error)
            if ours is None:
                raise
            raise ours from None
        except (OverflowError, UnicodeEncodeError):
            raise _broken_rule() from None


def whole(value: Value) -> int:
    """A value of a column that holds whole numbers and nothing else."""
    if not isinstance(value, int):
        raise TypeError("not a whole number")
    return value


def text(value: Value) -> str:
    """A value of a column that holds text and nothing else."""
    if not isinstance(value, str):
        raise TypeError("not text")
    return value


def open_file(path: Path, key: bytes | None, newest: int) -> Connection:
    """Open a cohort's file that is there: encrypted with a key of 32 bytes, plain without one.

    `CannotOpen` where it is missing, damaged, of another key, not a cohort's, of a version above `newest`, or
    plain where a key is given and the other way round. Nothing in the file is changed.
    """
    connection = _connect_to_cohort(path, key)
    try:
        # Before the pragmas, one of which may write.
        _check_version(connection, newest)
        _set_pragmas(connection)
    except BaseException:
        connection.close()
        raise
    return connection


def open_at_rest(path: Path, key: bytes | None, newest: int) -> Connection:
    """As `open_file`, for reading a file that nobody has open: much quicker, and nothing is locked.

    Raises `CannotOpen` too where somebody opens it meanwhile and a page is read in the middle of its writing.
    """
    connection = _connect_to_cohort(path, key, "mode=ro&immutable=1")
    try:
        _check_version(connection, newest)
    except BaseException:
        connection.close()
        raise
    return connection


def is_at_rest(path: Path) -> bool:
    """Whether nobody has the file open or broke off while they had: it has no log beside it."""
    return not log_of(path).exists()


def log_of(path: Path) -> Path:
    """Where the write-ahead log of a cohort's file lies while it is open."""
    return path.with_name(f"{path.name}-wal")


def open_to_copy(path: Path, key: bytes | None) -> Connection:
    """Open a file to read all of it, by the driver that can attach an encrypted file to a plain one.

    `CannotOpen` where it is missing, damaged, or of another key. It looks at no version. Not for a plain file
    that this process has open: two drivers do not know of each other's locks.
    """
    must_exist(path)
    from sqlcipher3 import dbapi2

    return _tried(dbapi2, f"{path.absolute().as_uri()}?mode=rw", path, key)


def make_file(path: Path, key: bytes | None) -> Connection:
    """Make a new, empty file for a cohort, readable by its owner alone, and open it.

    `Refused` where a file of that name is there; `MachineFailed` where it cannot be written.
    """
    _make_empty(path)
    with contextlib.ExitStack() as failed:
        failed.callback(remove_files, path)
        connection = _connect(path, key)
        failed.callback(connection.close)
        connection.run(f"PRAGMA page_size = {_PAGE}")
        _set_pragmas(connection)
        failed.pop_all()
    return connection


def copy_file(source: Connection, path: Path, key: bytes | None) -> None:
    """Copy all of `source` into a new file under `key`, on the disk on return.

    Both are encrypted, or both are plain. `MachineFailed` where the disk is full or cannot be written; then
    nothing is left of the copy.
    """
    _make_empty(path)
    with contextlib.ExitStack() as failed:
        failed.callback(remove_files, path)
        copy = _connect(path, key)
        failed.callback(copy.close)
        # A copy that fails is taken away whole, so nothing needs to be rolled back.
        copy.rows("PRAGMA journal_mode = OFF")
        source.copy_all_into(copy)
        copy.close()
        with told_by_the_disk():
            sync_file(path)
        failed.pop_all()


@contextlib.contextmanager
def told_by_the_disk() -> Iterator[None]:
    """Let `OSError` leave the block as `MachineFailed`."""
    try:
        yield
    except OSError:
        raise _disk_failed() from None


def make_folder(folder: Path) -> None:
    """Make the folder for cohorts, open to its owner alone; `MachineFailed` where it cannot be made."""
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise MachineFailed(
            f"The folder of the cohorts cannot be made ({error.strerror}).",
            "Check the permissions of the home and the free space, then try again.",
        ) from None


def must_exist(path: Path) -> None:
    """`CannotOpen` where there is no file."""
    if not path.is_file():
        raise CannotOpen("The file of this cohort is missing.", "Restore the cohort from its last backup.")


def version_of(connection: Connection) -> int:
    """The version of the schema that the file says it has."""
    return whole(connection.value("PRAGMA user_version"))


def look_at_file(connection: Connection, key: bytes | None, newest: int) -> Connection:
    """Look at a file that was just made and open it anew: with a key, it may not bear SQLite's plain header.

    `CannotOpen` where it does, for then encryption silently did not happen.
    """
    connection.close()
    if key is not None and _header(connection.path) == _PLAIN_HEADER:
        raise CannotOpen(
            "The new file was not encrypted.", "Install the program again: its encryption is not working."
        )
    return open_file(connection.path, key, newest)


def remove_files(path: Path) -> None:
    """Remove a cohort's file with its log; what is not there is passed over."""
    for name in (path, log_of(path), path.with_name(f"{path.name}-shm")):
        name.unlink(missing_ok=True)


def _make_empty(path: Path) -> None:
    try:
        os.close(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
    except FileExistsError:
        raise Refused("There is a cohort of this code already.", "Choose another code.") from None
    except OSError as error:
        raise MachineFailed(
            f"The file of the cohort cannot be written ({error.strerror}).",
            "Check the permissions of the folder and the free space, then try again.",
        ) from None


def _connect_to_cohort(path: Path, key: bytes | None, how: str = "mode=rw") -> Connection:
    must_exist(path)
    _check_length(path)
    try:
        return _connect(path, key, how)
    except CannotOpen:
        _tell_key_from_damage(path, key)
        raise


def _connect(path: Path, key: bytes | None, how: str = "mode=rw") -> Connection:
    uri = f"{path.absolute().as_uri()}?{how}"
    if key is None:
        return _tried(sqlite3, uri, path, None)
    if len(key) != KEY_BYTES:
        raise ValueError("a cohort's key has 32 bytes")
    # Imported here: a plain home never needs it.
    from sqlcipher3 import dbapi2

    return _tried(dbapi2, uri, path, key)


def _tried(driver: Any, uri: str, path: Path, key: bytes | None) -> Connection:
    try:
        opened = driver.connect(uri, uri=True, isolation_level=None)
    except driver.Error as error:
        raise _ours(error) or error from None
    connection = Connection(opened, driver.Error, path, encrypted=key is not None)
    try:
        if key is not None:
            _set_key(connection, key)
        connection.run("PRAGMA temp_store = MEMORY")
        connection.rows("SELECT count(*) FROM sqlite_master")
    except BaseException:
        connection.close()
        raise
    return connection


def _set_key(connection: Connection, key: bytes) -> None:
    digits = key.hex()
    # One digit fewer and SQLCipher takes the digits for a passphrase.
    if len(digits) != 2 * KEY_BYTES:
        raise ValueError("a cohort's key has 64 hex digits")
    # First of all: a wrong key would print over the screen.
    connection.rows("PRAGMA cipher_log_level = NONE")
    connection.rows(f"PRAGMA key = \"x'{digits}'\"")
    if not connection.value("PRAGMA cipher_version"):
        raise CannotOpen(
            "This program was built without encryption.", "Install it again with its exact requirements."
        )
    connection.rows("PRAGMA cipher_compatibility = 4")


def _set_pragmas(connection: Connection) -> None:
    if connection.value("PRAGMA journal_mode = WAL") != "wal":
        raise MachineFailed(
            "This folder cannot hold a cohort safely: the disk knows no write-ahead log.",
            "Move the home to a disk of this laptop.",
        )
    for pragma in ("synchronous = FULL", "foreign_keys = ON", "secure_delete = ON", "trusted_schema = OFF"):
        connection.rows(f"PRAGMA {pragma}")


def _check_length(path: Path) -> None:
    # SQLite fills a last page that was cut with zeros. With a log beside it, the log mends such a page.
    if path.stat().st_size % _PAGE and is_at_rest(path):
        raise _damaged()


def _tell_key_from_damage(path: Path, key: bytes | None) -> None:
    header = _header(path)
    if key is not None and header == _PLAIN_HEADER:
        raise CannotOpen(
            "The file of this cohort is not encrypted, though its home is.",
            "Restore the cohort from its last backup.",
        ) from None
    if key is None and header != _PLAIN_HEADER:
        raise CannotOpen(
            "The file of this cohort is encrypted or damaged, and no key is given.",
            "Open it in the home it belongs to, or restore the cohort from its last backup.",
        ) from None


def _check_version(connection: Connection, newest: int) -> None:
    if connection.value("PRAGMA application_id") != APPLICATION_ID:
        raise CannotOpen(
            "This file is not a cohort of this program.", "Restore the cohort from its last backup."
        )
    if version_of(connection) > newest:
        raise CannotOpen(
            "This cohort was written by a newer version of the program.",
            "Install that version; nothing in the cohort was changed.",
        )


def _header(path: Path) -> bytes:
    # Never of a file that this process has open: closing any handle of it drops the locks that SQLite holds,
    # and the next program to close the file would take the log away from under it.
    try:
        with path.open("rb") as file:
            return file.read(len(_PLAIN_HEADER))
    except OSError as error:
        raise MachineFailed(
            f"The file of this cohort cannot be read ({error.strerror}).", "Check its permissions."
        ) from None


def _ours(error: Exception) -> EscapeError | None:
    # The extended codes, which only one of the drivers gives, keep the plain one in the lowest byte.
    code = (getattr(error, "sqlite_errorcode", None) or 0) & 0xFF
    if code in _MACHINE:
        return _disk_failed()
    if code in _DAMAGE:
        return _damaged()
    if code in _BUSY:
        return CannotOpen("This cohort is in use by another program.", "Close it there, then try again.")
    return _broken_rule() if code in _RULE else None


def _disk_failed() -> MachineFailed:
    return MachineFailed(
        "The disk is full or cannot be written.",
        "What was entered before is kept. Make room, check the permissions, and do this again.",
    )


def _damaged() -> CannotOpen:
    return CannotOpen(
        "The file of this cohort is damaged, or its key is another.",
        "Restore the cohort from its last backup.",
    )


def _broken_rule() -> Refused:
    return Refused("This entry breaks a rule of the record.", "Check its values, then enter it again.")
