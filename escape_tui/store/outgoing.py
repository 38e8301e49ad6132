"""A signed return on its way out of the program: with the cohort locked and all of it there, or not at all.

Not for: making and signing it (`signing`). The order: the sealed bytes and a note of them are durable in the
home, and room for them is taken in the folder that was named; then the cohort is locked, which is the one
step that decides; then ledger, outbox and folder get what is ready. After a crash the note tells the rest.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Literal

from pydantic import ValidationError

from escape_tui.store.files import LEFTOVER_SUFFIX, sync_folder, write_durably, write_new_file
from escape_tui.store.keys import Home
from escape_tui.store.ledger import LEDGER_NAME, SignedRevision, record_signed_revision
from escape_tui.store.opening import SIGNING_FOLDER
from sessions.errors import EscapeError, MachineFailed, Refused
from sessions.text import Data

OUTBOX_FOLDER: Final = "outbox"
_NOTE: Final = "leaving.json"
_BALLAST: Final = "ballast"
_ROOM: Final = 64 * 1024
"""Bytes beside the ledger's own, so that a disk that fills up meanwhile stops nothing."""


@dataclass(frozen=True, slots=True)
class Outgoing:
    """A sealed return: what its file is called, its bytes, and the revision that the ledger will know."""

    file_name: str
    content: bytes
    revision: SignedRevision


class _Note(Data):
    version: Literal[1] = 1
    file_name: str
    sha256: str
    out: str
    revision: SignedRevision


@dataclass(frozen=True, slots=True)
class Left:
    """Where a signed return lies now; `placed` is None where the folder named could not be reached."""

    outbox: Path
    placed: Path | None
    revision: SignedRevision


def send_out(
    home: Home,
    outgoing: Outgoing,
    out: Path,
    lock_cohort: Callable[[], object],
    signed: Callable[[], frozenset[str]],
) -> Left:
    """Lock the cohort by `lock_cohort` and bring the return into the outbox and into the folder `out`.

    For whoever holds the cohort open; `signed` tells what the cohort says, as `take_up` needs it.
    Where this raises, nothing left and the cohort is not locked, but for `MachineFailed` that says the return
    is signed: then the disk failed at the last steps. `Refused` where `out` holds another file of that name.
    """
    code = outgoing.revision.code
    refuse_another_file(out, outgoing.file_name)
    try:
        _stage(home, outgoing, out)
        lock_cohort()
    except BaseException as error:
        if _taken_up(home, code, signed) is None and isinstance(error, OSError):
            raise MachineFailed(
                f"The return could not be written ({error.strerror}); the cohort is as it was.",
                "Make room or check the folder, then sign again.",
            ) from None
        raise
    left = _taken_up(home, code, signed)
    if left is None:
        raise MachineFailed(
            "The return is signed, but the disk failed before all of it was in place.",
            f"Make room, then run `escape return list {code}`, which brings it to its end.",
        )
    if left.placed is None:
        raise MachineFailed(
            f"The return is signed and lies in the outbox, but it could not be written to {out}.",
            f"Copy it from {left.outbox}.",
        )
    return left


def take_up(home: Home, code: str, signed: frozenset[str]) -> Left | None:
    """End what a crash interrupted for the cohort `code`, which the caller holds; None where nothing left.

    `signed` are the SHA-256 of the tagmanifests that the cohort says were signed: a return that is among them
    is brought out, any other never was.
    """
    staging = home.folder / SIGNING_FOLDER / code
    if not staging.is_dir():
        return None
    note = _note_in(staging)
    if note is None or note.revision.tagmanifest_sha256 not in signed:
        _undo(staging)
        return None
    return _finished(home, staging, note)


def interrupted(home: Home) -> tuple[str, ...]:
    """The codes of the cohorts of which a return may be on its way."""
    folder = home.folder / SIGNING_FOLDER
    return tuple(sorted(one.name for one in folder.iterdir())) if folder.is_dir() else ()


def in_outbox(home: Home, code: str) -> tuple[Path, ...]:
    """Every file of the cohort `code` that lies in the outbox."""
    from exports.bag import bag_name_of

    folder = home.folder / OUTBOX_FOLDER
    files = sorted(folder.iterdir()) if folder.is_dir() else []
    named = [(file, bag_name_of(file.name.partition(".")[0])) for file in files]
    return tuple(file for file, name in named if name is not None and name.cohort_code == code)


def refuse_another_file(out: Path, file_name: str) -> None:
    """`Refused` where the folder `out` is not there, or holds another file of the return's name."""
    if not out.is_dir():
        raise Refused("The folder for the return is not there.", "Make it, or name another one with --out.")
    if (out / file_name).exists():
        raise Refused(
            f"There is a file {file_name} in that folder already.",
            "Move it away, or name another folder with --out.",
        )


def _taken_up(home: Home, code: str, signed: Callable[[], frozenset[str]]) -> Left | None:
    """As `take_up`, as far as the machine lets us; what cannot be done now is done at the next opening."""
    with contextlib.suppress(OSError, EscapeError):
        return take_up(home, code, signed())
    return None


def _stage(home: Home, outgoing: Outgoing, out: Path) -> None:
    """Everything that takes room, durably: the note, then the bytes, room for the ledger and in `out`."""
    staging = home.folder / SIGNING_FOLDER / outgoing.revision.code
    for folder in (home.folder / OUTBOX_FOLDER, staging.parent, staging):
        if not folder.is_dir():
            folder.mkdir(mode=0o700)
            sync_folder(folder.parent)
    ledger = home.folder / LEDGER_NAME
    known = ledger.stat().st_size if ledger.exists() else 0
    note = _Note(
        file_name=outgoing.file_name,
        sha256=hashlib.sha256(outgoing.content).hexdigest(),
        out=str(out.absolute()),
        revision=outgoing.revision,
    )
    # Without the note nobody could take away what is begun in `out`.
    write_durably(staging / _NOTE, note.model_dump_json().encode())
    write_durably(staging / outgoing.file_name, outgoing.content)
    write_durably(staging / _BALLAST, bytes(known + _ROOM))
    # Zeros: until the cohort is locked nothing that verifies may lie outside the home.
    reserved = _reserved(note)
    reserved.unlink(missing_ok=True)
    write_new_file(reserved, bytes(len(outgoing.content)))
    sync_folder(out)


def _finished(home: Home, staging: Path, note: _Note) -> Left:
    (staging / _BALLAST).unlink(missing_ok=True)
    record_signed_revision(home, note.revision)
    outbox = home.folder / OUTBOX_FOLDER
    kept = outbox / note.file_name
    staged = staging / note.file_name
    if staged.exists():
        staged.replace(kept)
        sync_folder(outbox)
    # Gone already where it was sent on before a crash let us take the note away.
    placed = _placed(note, kept.read_bytes()) if kept.exists() else None
    _clear(staging)
    return Left(kept, placed, note.revision)


def _placed(note: _Note, content: bytes) -> Path | None:
    """Where the return lies in the folder that was named; None where that cannot be reached any more."""
    target, reserved = Path(note.out) / note.file_name, _reserved(note)
    try:
        if not target.exists():
            _fill(reserved, content)
            reserved.replace(target)
            sync_folder(target.parent)
        elif hashlib.sha256(target.read_bytes()).hexdigest() != note.sha256:
            return None
    except OSError:
        with contextlib.suppress(OSError):
            reserved.unlink(missing_ok=True)
        return None
    return target


def _fill(path: Path, content: bytes) -> None:
    """Write into the room that was taken, without giving it back first."""
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | getattr(os, "O_BINARY", 0), 0o600)
    try:
        rest = memoryview(content)
        while rest:
            rest = rest[os.write(descriptor, rest) :]
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _undo(staging: Path) -> None:
    """Take away all that was begun, as far as the machine lets us; what stays is taken up later."""
    note = _note_in(staging)
    if note is not None:
        with contextlib.suppress(OSError):
            _reserved(note).unlink(missing_ok=True)
    _clear(staging)


def _clear(staging: Path) -> None:
    """Empty the folder and remove it, the note last: as long as it is there, somebody goes on from it."""
    with contextlib.suppress(OSError):
        for file in sorted(staging.iterdir(), key=lambda one: one.name == _NOTE):
            file.unlink()
        staging.rmdir()


def _note_in(staging: Path) -> _Note | None:
    try:
        return _Note.model_validate_json((staging / _NOTE).read_bytes())
    except (OSError, ValidationError):
        return None


def _reserved(note: _Note) -> Path:
    return Path(note.out) / f"{note.file_name}{LEFTOVER_SUFFIX}"
