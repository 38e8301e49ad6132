"""Restoring a cohort from a backup, proving that it can be done, bringing a whole home back.

Not for: making backups (`backups`), or the single steps (`store.restore`).
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from escape_tui.backups import back_up, backups_folder
from escape_tui.cohorts import cohort_codes, cohort_key, cohort_path
from escape_tui.settings import Backups
from escape_tui.store.backup import reading
from escape_tui.store.backup_files import (
    Backup,
    Statement,
    backups_in,
    codes_in,
    instant_of,
    key_mark,
    read_statement,
    state_of,
)
from escape_tui.store.cohort import Actor, Cohort, instant, lock_path
from escape_tui.store.connect import make_folder, open_file, remove_files, text
from escape_tui.store.digests import TableDigest, digests
from escape_tui.store.files import write_durably
from escape_tui.store.home_key import HomeKey
from escape_tui.store.key_file import KEYS_NAME, FoundKeys, Keys, keys_are_there, read_keys, write_first_keys
from escape_tui.store.keys import Home, PlainHome, UnlockedHome
from escape_tui.store.ledger import merge_ledger, read_ledger
from escape_tui.store.lock import Lock
from escape_tui.store.opening import make_folder as make_home_folder
from escape_tui.store.opening import refuse_where_a_home_is
from escape_tui.store.restore import (
    Remembered,
    Repeated,
    copy_of,
    exchange,
    has_log,
    keep_raw,
    looks_like_plain_cohort,
    proven_tables,
    remembered_in,
    repeat,
    scratch_folder,
)
from escape_tui.store.schema import SCHEMA_VERSION, migrate
from escape_tui.store.second_copy import SMALL_FILES
from sessions.errors import CannotOpen, EscapeError, MachineFailed, Refused

_COUNTED = ("person", "attendance", "exercise_log", "measure")


@dataclass(frozen=True, slots=True)
class Restored:
    """A cohort that was restored. `kept` is where what it replaced lies, None where there was no file.

    `repeated` is what had to be done again to the copy; `tables` is what the backup holds.
    """

    code: str
    file: Path
    kept: Path | None
    repeated: Repeated
    tables: tuple[TableDigest, ...]
    words: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Drilled:
    """What a drill found of one cohort: `proven` where its newest backup restores to what it was made of."""

    code: str
    file: Path | None
    proven: bool
    message: str
    tables: tuple[TableDigest, ...] = ()


@dataclass(frozen=True, slots=True)
class BroughtBack:
    """What a folder of copies brought back: cohorts restored, and a word for each that was not."""

    home_id: str
    restored: tuple[Restored, ...]
    missing: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class _Entering:
    actor: Actor
    lock: Lock
    said: str


def restore_cohort(home: Home, file: Path, actor: Actor, settings: Backups) -> Restored:
    """Put the cohort in `file`, a backup or a cohort's file of this home, in the place of the present one.

    The trail says who restored what. What it replaces is kept as a backup. People who were erased are erased
    in it again, revisions that were signed are marked again. `Refused` where the file is no backup, of
    another home, of practice and the home is not (or the other way round), of an erased cohort, or of a key
    that is gone; `CannotOpen` where it is damaged or the cohort is in use. Killed at any step, the cohort is
    as before or as after; nothing changed where anything is raised.
    """
    if not file.is_file():
        raise Refused("There is no such backup.", "List them with `escape backup list`.")
    statement = read_statement(file)
    _refuse_what_it_says(home, statement)
    now = actor.clock().astimezone(UTC)
    with scratch_folder(home.folder, now) as folder:
        copy = copy_of(file, folder)
        code = _code_of(home, copy, _likely(file, statement), statement)
        path, key = cohort_path(home, code), cohort_key(home, code)
        make_folder(path.parent)
        lock = Lock.take(lock_path(path), now)
        try:
            tables = proven_tables(copy, key, file)
            damaged, remembered = _remembered(home, code, actor, lock)
            repeated = _repeat(copy, key, _Entering(actor, lock, _said(file, statement, tables)), remembered)
            sound = damaged is None and path.exists()
            backed = back_up(home, code, "restore", settings, now) if sound else None
            exchange(copy, path, log_is_empty=sound)
        finally:
            lock.release()
    if backed is None:
        return Restored(code, file, damaged, repeated, tables)
    return Restored(code, file, backed.backup.path, repeated, tables, backed.words)


def drill(home: Home, code: str, now: datetime) -> Drilled:
    """Restore the newest backup of a cohort into a scratch folder, prove it, and take it away again.

    Proven: it opens, is sound, and every row count and digest is that written down when it was made; and that
    of the cohort itself, where nothing changed since. `MachineFailed` where there is no room.
    """
    newest = next(iter(backups_in(backups_folder(home), code)), None)
    if newest is None:
        return Drilled(code, None, proven=False, message="There is no backup of this cohort.")
    with scratch_folder(home.folder, now) as folder:
        try:
            tables = proven_tables(copy_of(newest.path, folder), cohort_key(home, code), newest.path)
        except MachineFailed:
            raise
        except EscapeError as error:
            return Drilled(code, newest.path, proven=False, message=str(error))
    if newest.statement is None:
        message = "The backup opens, but what was written down beside it is gone."
        return Drilled(code, newest.path, proven=False, message=message, tables=tables)
    agrees = _present_tables(home, code, newest.statement)
    if agrees is not None and agrees != tables:
        message = "The backup does not hold what the cohort holds."
        return Drilled(code, newest.path, proven=False, message=message, tables=tables)
    return Drilled(code, newest.path, proven=True, message="Counts and digests agree.", tables=tables)


def keys_of_copies(folder: Path) -> Keys:
    """The keys that lie in a folder of copies; `Refused` where there are none, `CannotOpen` where damaged."""
    if not keys_are_there(folder):
        raise Refused(
            f"There is no {KEYS_NAME} in that folder, so nothing in it can be opened.",
            "Name the folder of the second copy itself, the one that holds it.",
        )
    return read_keys(folder).keys


def new_home_of_copies(folder: Path, copies: Path, home_key: Callable[[Keys], HomeKey]) -> Home:
    """Make the home in `folder` from a folder of copies, without its cohorts, and open it.

    `home_key` opens the keys; where it cannot, nothing is made. `Refused` where there is a home in `folder`.
    Killed at any step, doing it again goes on.
    """
    keys = keys_of_copies(copies)
    refuse_where_a_home_is(folder)
    opened = home_key(keys) if keys.encrypted else None
    make_home_folder(folder)
    for name in SMALL_FILES:
        if (copies / name).exists() and not (folder / name).exists():
            write_durably(folder / name, (copies / name).read_bytes())
    write_first_keys(folder, keys)
    found = FoundKeys(keys, kept=False)
    return PlainHome(folder, found) if opened is None else UnlockedHome(folder, found, opened)


def bring_back(home: Home, copies: Path, actor: Actor, settings: Backups) -> BroughtBack:
    """Restore every cohort that lies in a folder of copies and has no file in this home, each its newest.

    A cohort that is here is left alone. A backup that cannot be restored gives way to the one before it.
    `Refused` where the copies are another home's; `MachineFailed` where there is no room: doing it again goes
    on.
    """
    if keys_of_copies(copies).home_id != home.home_id:
        raise Refused("Those copies are of another home.", "Name the folder of this home's second copy.")
    merge_ledger(home.folder, read_ledger(copies))
    gone = {tombstone.cohort_id for tombstone in home.tombstones}
    here = set(cohort_codes(home)) | gone
    keyed = home.cohort_ids if isinstance(home, UnlockedHome) else ()
    restored, missing = [], []
    for code in sorted({*codes_in(copies), *keyed} - here):
        one = _newest_that_restores(home, backups_in(copies, code), actor, settings)
        if isinstance(one, Restored):
            restored.append(one)
        else:
            missing.append((code, one))
    return BroughtBack(home.home_id, tuple(restored), tuple(missing))


def _newest_that_restores(
    home: Home, backups: tuple[Backup, ...], actor: Actor, settings: Backups
) -> Restored | str:
    word = "There is no backup of this cohort in that folder."
    for backup in backups:
        try:
            return restore_cohort(home, backup.path, actor, settings)
        except MachineFailed:
            raise
        except EscapeError as error:
            word = str(error)
    return word


def _refuse_what_it_says(home: Home, statement: Statement | None) -> None:
    if statement is None:
        return
    if statement.home_id != home.home_id:
        raise Refused("This backup is of another home.", "Restore it in the home that it was made in.")
    _refuse_practice(home, practice=statement.practice)
    _refuse_erased(home, statement.code)


def _refuse_practice(home: Home, *, practice: bool) -> None:
    if practice != home.practice:
        raise Refused(
            "Practice and real cohorts never mix: this backup is of the other kind.",
            "Restore it in the home that it was made in.",
        )


def _refuse_erased(home: Home, code: str) -> None:
    if any(tombstone.cohort_id == code for tombstone in home.tombstones):
        raise Refused("This cohort was erased here, and stays so.", "Its backups can be thrown away.")


def _likely(file: Path, statement: Statement | None) -> str:
    """The code that the file's surroundings name: what was written down, its folder, its own name."""
    if statement is not None:
        return statement.code
    return file.stem if file.parent.name == "cohorts" else file.parent.name


def _code_of(home: Home, copy: Path, likely: str, statement: Statement | None) -> str:
    """The code of the cohort in `copy`, which the home can open; the likely one is tried first."""
    if not isinstance(home, UnlockedHome):
        if statement is None and not looks_like_plain_cohort(copy):
            raise Refused(
                "That file is no backup that this home can read.", "List them with `escape backup list`."
            )
        return _code_in(home, copy, None)
    _refuse_erased(home, likely)
    codes = home.cohort_ids
    for code in sorted(codes, key=lambda one: one != likely):
        key = cohort_key(home, code)
        mark = statement.state.key_mark if statement else None
        try:
            return _code_in(home, copy, key)
        except CannotOpen:
            if mark == key_mark(key):
                raise
    raise Refused(
        "No key of this home opens this backup: it is damaged, of another home, or older than an erasure.",
        "Take another one; `escape backup list` says which can be read.",
    )


def _code_in(home: Home, copy: Path, key: bytes | None) -> str:
    with reading(copy, key) as connection:
        row = connection.row("SELECT code, practice FROM cohort")
    if row is None:
        raise CannotOpen("This file holds no cohort.", "Take another one.")
    _refuse_practice(home, practice=bool(row["practice"]))
    code = text(row["code"])
    _refuse_erased(home, code)
    if cohort_key(home, code) != key:
        raise Refused("This backup lies under the key of another cohort.", "Take another one.")
    return code


def _remembered(home: Home, code: str, actor: Actor, lock: Lock) -> tuple[Path | None, Remembered]:
    """What ledger and present file remember; and where the bytes of the latter are kept if it is damaged."""
    ledger = read_ledger(home.folder)
    known = Remembered(ledger.erased_in(code), ledger.signed, None)
    path = cohort_path(home, code)
    if not path.exists():
        return None, known
    raw = backups_folder(home) / code / f"damaged-{actor.clock().astimezone(UTC):%Y-%m-%dT%H-%M-%S}Z.db"
    # Before it is opened: SQLite takes the log of a damaged file away when it closes it.
    kept = keep_raw(path, raw) if has_log(path) else None
    try:
        here = _remembered_here(home, code, actor, lock)
    except CannotOpen:
        return kept or keep_raw(path, raw), known
    if kept is not None:
        remove_files(kept)
    return None, Remembered((*known.erased, *here.erased), (*known.signed, *here.signed), here.handed_over)


def _remembered_here(home: Home, code: str, actor: Actor, lock: Lock) -> Remembered:
    with reading(cohort_path(home, code), cohort_key(home, code)) as present:
        present.check()
        return remembered_in(Cohort(present, lock, actor))


def _said(file: Path, statement: Statement | None, tables: tuple[TableDigest, ...]) -> str:
    """What the trail says of a backup: when it was made, and how much it holds; no word of a file's name."""
    made_at = statement.made_at if statement else instant_of(file)
    made = f"backup of {instant(made_at)}" if made_at else "backup of an unknown day"
    counted = {table.table: table.rows for table in tables}
    return ", ".join([made, *(f"{counted.get(name, 0)} rows of {name}" for name in _COUNTED)])


def _repeat(copy: Path, key: bytes | None, entering: _Entering, remembered: Remembered) -> Repeated:
    connection = open_file(copy, key, SCHEMA_VERSION)
    with closing(connection):
        migrate(connection, lambda: None)
        cohort = Cohort(connection, entering.lock, entering.actor)
        repeated = repeat(cohort, remembered, entering.said)
        connection.check()
        connection.empty_wal()
    return repeated


def _present_tables(home: Home, code: str, statement: Statement) -> tuple[TableDigest, ...] | None:
    """The tables of the cohort's own file, where nothing changed in it since the backup; else None."""
    path, key = cohort_path(home, code), cohort_key(home, code)
    if not path.exists():
        return None
    with reading(path, key) as connection, connection.snapshot():
        return digests(connection) if state_of(connection, key) == statement.state else None
