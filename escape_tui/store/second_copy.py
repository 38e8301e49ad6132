"""Copies of a home's backups and small files in its backups folder and in another one: a stick, a share.

Not for: making backups (`backup`), or bringing a home back from such a folder (`escape_tui.bringing_back`).
Nothing here fails an evening: what could not be done is told in a plain word.
"""

from __future__ import annotations

import hashlib
from datetime import datetime
from pathlib import Path
from typing import Final

from escape_tui.facilitators import FACILITATORS_NAME
from escape_tui.settings import SETTINGS_NAME, Backups
from escape_tui.signers import SIGNERS_NAME
from escape_tui.store.backup import thin
from escape_tui.store.backup_files import BACKUPS_FOLDER, Backup, write_statement
from escape_tui.store.copies import COPIES_NAME, remember_place
from escape_tui.store.files import copy_durably, write_durably
from escape_tui.store.key_file import KEPT_NAME, KEYS_NAME, FoundKeys, Keys, keys_are_there, read_keys
from escape_tui.store.ledger import LEDGER_NAME
from sessions.errors import EscapeError

SMALL_FILES: Final = (SETTINGS_NAME, FACILITATORS_NAME, SIGNERS_NAME, LEDGER_NAME, COPIES_NAME)
"""What a home needs besides its keys and cohorts to be whole again."""


def copy_to_second(home: Path, backup: Backup, counts: Backups, now: datetime) -> str | None:
    """Bring a backup and the small files into the folder that the settings name; a word where that failed.

    None where it is there, or no folder is named.
    """
    if not counts.second_copy:
        return None
    folder = Path(counts.second_copy)
    try:
        if not folder.is_dir():
            return (
                f"There is no second copy: the folder {folder} is not there. Plug in the stick or the share."
            )
        word = copy_small_files(home, folder)
        if word is None:
            # Before the copy: a medium that is taken away now must be known when somebody is erased.
            remember_place(home, folder)
            _copy(backup, folder / backup.path.parent.name)
            thin(folder, backup.path.parent.name, counts, now, spare=folder / _below(backup))
    except OSError as error:
        return f"The second copy in {folder} could not be written ({error.strerror}). Check its free space."
    except EscapeError as error:
        return f"The second copy in {folder} could not be made. {error}"
    return word


def copy_small_files(home: Path, folder: Path) -> str | None:
    """Bring keys, settings, facilitators and ledger into `folder`; a word where it is not this home's.

    Keys that know more than the home's own are never written over: they may be the last of their kind.
    `OSError` where the folder cannot be written, `CannotOpen` where the home's keys cannot be read.
    """
    found = read_keys(home)
    if keys_are_there(folder):
        theirs = _keys_in(folder)
        if theirs is None:
            return f"The {KEYS_NAME} in {folder} cannot be read, so nothing was copied there. Take it away."
        if theirs.home_id != found.keys.home_id:
            return f"The folder {folder} holds copies of another home. Name a folder of its own for this one."
        if _knows_more(theirs, found.keys):
            return (
                f"The {KEYS_NAME} in {folder} knows more than the one of this home, so it was left as it is. "
                "Compare the two: the home's may have been put back from an old copy."
            )
    _bring(home / _name_of(found), folder / KEYS_NAME)
    for name in SMALL_FILES:
        if (home / name).exists():
            _bring(home / name, folder / name)
    return None


def copies_of_keys(home: Path, counts: Backups) -> list[str]:
    """Bring the small files into every copy of them, once they changed; a word for each copy not reached."""
    folders = [folder for folder in (home / BACKUPS_FOLDER,) if folder.is_dir()]
    words = []
    if counts.second_copy:
        second = Path(counts.second_copy)
        if _is_there(second):
            folders.append(second)
        else:
            words.append(f"The folder {second} is not there; its {KEYS_NAME} is as it was.")
    for folder in folders:
        try:
            word = copy_small_files(home, folder)
        except OSError as error:
            word = (
                f"The {KEYS_NAME} in {folder} could not be written ({error.strerror}). Check its free space."
            )
        if word is not None:
            words.append(word)
    return words


def _is_there(folder: Path) -> bool:
    """Whether a folder is there and answers: a stick may be out, a share may hang."""
    try:
        return folder.is_dir()
    except OSError:
        return False


def _copy(backup: Backup, folder: Path) -> None:
    target = folder / backup.path.name
    if target.exists() or backup.statement is None:
        return
    folder.mkdir(mode=0o700, exist_ok=True)
    write_statement(target, backup.statement)
    copy_durably(backup.path, target)
    if _sha256(target) != _sha256(backup.path):
        target.unlink()
        raise OSError(None, "it reads back differently")


def _below(backup: Backup) -> Path:
    return Path(backup.path.parent.name) / backup.path.name


def _bring(source: Path, target: Path) -> None:
    content = source.read_bytes()
    if not target.exists() or target.read_bytes() != content:
        write_durably(target, content)


def _keys_in(folder: Path) -> Keys | None:
    try:
        return read_keys(folder).keys
    except EscapeError:
        return None


def _knows_more(theirs: Keys, ours: Keys) -> bool:
    known = {entry.cohort_id for entry in ours.cohorts} | {one.cohort_id for one in ours.erased}
    return (
        theirs.home_key_number > ours.home_key_number
        or not {entry.cohort_id for entry in theirs.cohorts} <= known
        or not {one.cohort_id for one in theirs.erased} <= {one.cohort_id for one in ours.erased}
    )


def _name_of(found: FoundKeys) -> str:
    return KEPT_NAME if found.kept else KEYS_NAME


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
