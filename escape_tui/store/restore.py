"""The steps of restoring a cohort's file: a copy to work on, what time must not take back, the exchange.

Not for: which file may be restored in which home (`escape_tui.restoring`). Until the exchange, which is one
step, the cohort's own file is as it was.
"""

from __future__ import annotations

import contextlib
import shutil
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Final

from escape_tui.store.acts.cohorts import hand_over, take_back
from escape_tui.store.acts.erasing import erase_person
from escape_tui.store.acts.signoff import amend, record_signoff
from escape_tui.store.audit import head
from escape_tui.store.backup import reading
from escape_tui.store.backup_files import read_statement
from escape_tui.store.cohort import Cohort
from escape_tui.store.connect import APPLICATION_ID, remove_files, told_by_the_disk
from escape_tui.store.digests import TableDigest, digests
from escape_tui.store.files import copy_durably, sync_file, sync_folder
from escape_tui.store.ledger import ErasedPerson, SignedRevision
from escape_tui.store.lock import Lock
from escape_tui.store.read import cohort_head, people, signoffs
from sessions.errors import CannotOpen
from sessions.records import Signoff

SCRATCH_FOLDER: Final = "restoring"
_SQLITE, _APPLICATION_ID_AT = b"SQLite format 3\0", 68
"""How SQLite's file format begins, and where it keeps the program's number: 4 bytes, the highest first."""
_REASON = "Restored from a backup that was made before this revision was signed."


@dataclass(frozen=True, slots=True)
class Remembered:
    """What restoring must not take back: who was erased, which revisions were signed, who writes the cohort.

    `handed_over` is None where it is not known; then the backup is believed.
    """

    erased: tuple[ErasedPerson, ...]
    signed: tuple[SignedRevision, ...]
    handed_over: bool | None


@dataclass(frozen=True, slots=True)
class Repeated:
    """What was done to a restored copy so that nothing is taken back."""

    erased: tuple[str, ...]
    revisions: tuple[int, ...]


@contextlib.contextmanager
def scratch_folder(home: Path, now: datetime) -> Iterator[Path]:
    """An empty folder in the home, for one program at a time; gone when the block ends.

    `CannotOpen` where another program restores just now, `MachineFailed` where it cannot be made.
    """
    folder = home / SCRATCH_FOLDER
    lock = Lock.take(home / f"{SCRATCH_FOLDER}.lock", now)
    try:
        with told_by_the_disk():
            shutil.rmtree(folder, ignore_errors=True)
            folder.mkdir(mode=0o700)
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)
        lock.release()


def copy_of(file: Path, folder: Path) -> Path:
    """A copy to work on, with the log beside it if there is one: a medium may be read-only, a backup stays.

    `MachineFailed` where there is no room or the file cannot be read.
    """
    copy = folder / "cohort.db"
    with told_by_the_disk():
        remove_files(copy)
        if has_log(file):
            copy_durably(_log_of(file), _log_of(copy))
        copy_durably(file, copy)
    return copy


def looks_like_plain_cohort(copy: Path) -> bool:
    """Whether a copy begins as a cohort's file that is not encrypted, whatever became of the rest of it.

    `MachineFailed` where it cannot be read.
    """
    with told_by_the_disk(), copy.open("rb") as file:
        start = file.read(_APPLICATION_ID_AT + 4)
    return start.startswith(_SQLITE) and start[_APPLICATION_ID_AT:] == APPLICATION_ID.to_bytes(4)


def proven_tables(copy: Path, key: bytes | None, backup: Path) -> tuple[TableDigest, ...]:
    """Check all of a copy; its tables agree with what was written down when the backup was made, if it was.

    `CannotOpen` where it is damaged, of another key, from a newer version, or where they do not agree.
    """
    with reading(copy, key) as connection:
        connection.check()
        tables = digests(connection)
    statement = read_statement(backup)
    if statement is not None and statement.tables != tables:
        raise CannotOpen(
            "This backup does not hold what was written down when it was made.", "Take an older one."
        )
    return tables


def remembered_in(cohort: Cohort) -> Remembered:
    """What the file that is to be replaced knows itself, of what restoring must not take back."""
    now = cohort_head(cohort)
    return Remembered(
        erased=tuple(
            ErasedPerson(code=now.code, person=one.id, on=one.erased_on)
            for one in people(cohort)
            if one.erased_on is not None
        ),
        signed=tuple(
            SignedRevision(
                code=now.code,
                return_id=now.return_id,
                revision=one.revision,
                signer=one.signer,
                signed_at=one.signed_at,
                tagmanifest_sha256=one.tagmanifest_sha256,
            )
            for one in signoffs(cohort)
        ),
        handed_over=now.handed_over,
    )


def repeat(cohort: Cohort, remembered: Remembered, restored: str) -> Repeated:
    """Enter in the trail of a restored copy that it was `restored`, and do again what must not be undone.

    Everyone erased is erased; every signed revision is marked, which locks the cohort until it is amended; it
    is read-only where another laptop has it. Each by the act that did it. A copy that was away and stays so
    gets no entry: its trail must remain the beginning of the one that comes back.
    """
    there = {one.id for one in people(cohort) if one.erased_on is None}
    to_erase = [one for one in _each_person_once(remembered.erased) if one.person in there]
    to_mark = _not_marked(cohort, remembered.signed)
    is_away = cohort_head(cohort).handed_over
    shall_be_away = is_away if remembered.handed_over is None else remembered.handed_over
    if is_away and (to_erase or to_mark or not shall_be_away):
        take_back(cohort)
    if not cohort_head(cohort).handed_over:
        _enter_restored(cohort, restored)
    for erased in to_erase:
        erase_person(cohort, erased.person, erased.on)
    for signed in to_mark:
        _mark(cohort, signed)
    if shall_be_away and not cohort_head(cohort).handed_over:
        hand_over(cohort)
    return Repeated(tuple(one.person for one in to_erase), tuple(one.revision for one in to_mark))


def keep_raw(path: Path, kept: Path) -> Path:
    """Copy a file as it is, with its log, to `kept`: what opens nowhere may be mended one day.

    `MachineFailed` where there is no room.
    """
    with told_by_the_disk():
        kept.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        if has_log(path):
            copy_durably(_log_of(path), _log_of(kept))
        copy_durably(path, kept)
    return kept


def has_log(path: Path) -> bool:
    """Whether a write-ahead log lies beside a file: the last program did not close it, or has it open."""
    return _log_of(path).exists()


def exchange(copy: Path, path: Path, *, log_is_empty: bool) -> None:
    """Put a finished copy in the place of a cohort's file, which was kept elsewhere, in one step.

    A log that lay beside the old file would be read into the new one, so it has to be gone: closing a sound
    file has emptied it, and that of a damaged or missing one is removed. `CannotOpen` where somebody still
    has the sound one open.
    """
    with told_by_the_disk():
        if log_is_empty and has_log(path):
            raise CannotOpen(
                "Another program reads this cohort just now.", "Close it or wait, then do this again."
            )
        for name in (_log_of(path), path.with_name(f"{path.name}-shm")):
            name.unlink(missing_ok=True)
        sync_file(copy)
        copy.replace(path)
        sync_folder(path.parent)


def _enter_restored(cohort: Cohort, restored: str) -> None:
    # A clock that stands wrong must not keep a cohort from being had back.
    accepted, cohort.clock_accepted = cohort.clock_accepted, True
    try:
        with cohort.act("restore", when_signed=True, undoable=False) as act:
            act.detail(restored)
    finally:
        cohort.clock_accepted = accepted


def _mark(cohort: Cohort, signed: SignedRevision) -> None:
    if cohort_head(cohort).state == "signed":
        amend(cohort, _REASON)
    now = head(cohort.connection)
    record_signoff(
        cohort,
        Signoff(
            revision=signed.revision,
            signed_at=signed.signed_at,
            signer=signed.signer,
            tagmanifest_sha256=signed.tagmanifest_sha256,
            gaps_reason=None,
            audit_length=now.length,
            audit_head=now.hash,
        ),
    )


def _not_marked(cohort: Cohort, signed: Iterable[SignedRevision]) -> list[SignedRevision]:
    return_id = cohort_head(cohort).return_id
    last = max((one.revision for one in signoffs(cohort)), default=0)
    ahead = {one.revision: one for one in signed if one.return_id == return_id and one.revision > last}
    return [ahead[revision] for revision in sorted(ahead)]


def _each_person_once(erased: Iterable[ErasedPerson]) -> list[ErasedPerson]:
    return list({one.person: one for one in erased}.values())


def _log_of(path: Path) -> Path:
    return path.with_name(f"{path.name}-wal")
