"""Taking out of copies what was erased: keys that went, and backups that would bring it back.

Not for: remembering where copies lie (`copies`), nor for erasing itself (`erasing`).

A copy lies as backups lay it: `keys.json`, and a folder of backups for each cohort.
"""

from __future__ import annotations

import os
import shutil
from pathlib import Path

from escape_tui.store.backup_files import BACKUPS_FOLDER
from escape_tui.store.connect import open_to_copy
from escape_tui.store.copies import Mark, Place, read_copies, unmark_place
from escape_tui.store.files import sync_folder
from escape_tui.store.key_file import home_of_copy
from escape_tui.store.keys import Home, UnlockedHome
from escape_tui.store.outgoing import in_outbox, take_up
from escape_tui.store.restore import SCRATCH_FOLDER, scratch_folder
from sessions.errors import CannotOpen, EscapeError

_BLOCK = 1 << 20


def clean_here(home: Home, mark: Mark) -> None:
    """Clean the home's own backups of what was erased, and what a broken restore left lying.

    A whole cohort's returns go out of the outbox too.

    `OSError` and `MachineFailed` where the machine cannot, `CannotOpen` while something is being restored.
    """
    if (home.folder / SCRATCH_FOLDER).exists():
        with scratch_folder(home.folder, mark.since):
            pass  # entering it empties it
    folder = home.folder / BACKUPS_FOLDER
    if folder.is_dir():
        _clean(home, folder, mark)
    if mark.person is None:
        _clear_outbox(home, mark.cohort)


def clean_places(home: Home) -> None:
    """Clean every copy within reach of what was erased and is settled here; the others stay remembered."""
    copies = read_copies(home.folder)
    unsettled = {(mark.cohort, mark.person) for mark in copies.here}
    for place in copies.places:
        for mark in place.uncleaned:
            if (mark.cohort, mark.person) not in unsettled and place.present and _cleaned(home, place, mark):
                unmark_place(home.folder, place, mark)


def wipe(home: Home, path: Path) -> None:
    """Delete a file; in a plain home overwrite it first, as far as the disk lets anybody do that."""
    if not isinstance(home, UnlockedHome) and path.is_file() and not path.is_symlink():
        _overwrite(path)
    path.unlink(missing_ok=True)


def _clear_outbox(home: Home, cohort: str) -> None:
    # Nothing of it was ever signed any more: what is on its way is undone.
    take_up(home, cohort, frozenset())
    for file in in_outbox(home, cohort):
        wipe(home, file)


def _cleaned(home: Home, place: Place, mark: Mark) -> bool:
    try:
        _clean(home, Path(place.folder), mark)
    except (OSError, EscapeError):
        return False
    return True


def _clean(home: Home, folder: Path, mark: Mark) -> None:
    own = folder == home.folder / BACKUPS_FOLDER
    if not own and home_of_copy(folder) not in {home.home_id, None}:
        # Another site's copies: whatever was ours there was overwritten.
        return
    home.forget_in_copy(folder, mark.cohort)
    backups = folder / mark.cohort
    if mark.person is None:
        (folder / f"{mark.cohort}.lock").unlink(missing_ok=True)
        _wipe_folder(home, backups)
    elif backups.is_dir():
        _clean_backups(home, backups, mark.cohort, mark.person)


def _clean_backups(home: Home, backups: Path, cohort: str, person: str) -> None:
    key = home.cohort_key(cohort).raw if isinstance(home, UnlockedHome) else None
    for path in sorted(backups.glob("*.db")):
        if _holds(path, key, person):
            # A log may lie beside it, and what was written down holds digests, by which to guess a name.
            for beside in sorted(backups.glob(f"{path.stem}.*")):
                wipe(home, beside)
    sync_folder(backups)


def _holds(path: Path, key: bytes | None, person: str) -> bool:
    """Whether a backup says who the person is, or is one that nobody can read any more."""
    try:
        connection = open_to_copy(path, key)
    except CannotOpen:
        return True
    try:
        return connection.value("SELECT 1 FROM identity WHERE person = ?", (person,)) is not None
    except CannotOpen:
        return True
    finally:
        connection.close()


def _wipe_folder(home: Home, folder: Path) -> None:
    if not folder.is_dir():
        return
    for path in sorted(folder.rglob("*")):
        if path.is_file() or path.is_symlink():
            wipe(home, path)
    shutil.rmtree(folder)
    sync_folder(folder.parent)


def _overwrite(path: Path) -> None:
    with path.open("r+b") as file:
        left = path.stat().st_size
        while left > 0:
            left -= file.write(bytes(min(left, _BLOCK)))
        file.flush()
        os.fsync(file.fileno())
