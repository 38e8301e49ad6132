"""When a cohort of a home is backed up, and what people should hear of it.

Not for: how a backup is made (`store.backup`), or restoring one (`restoring`).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from escape_tui.cohorts import cohort_key, cohort_path
from escape_tui.settings import Backups
from escape_tui.store.backup import Origin, make_backup, present_state, thin
from escape_tui.store.backup_files import BACKUPS_FOLDER, Backup, Why, backups_in, instant_of
from escape_tui.store.cohort import Cohort
from escape_tui.store.keys import Home
from escape_tui.store.retention import backup_is_due
from escape_tui.store.second_copy import copy_small_files, copy_to_second
from sessions.errors import EscapeError


@dataclass(frozen=True, slots=True)
class Backed:
    """A backup of the present state; `words` are what could not be done besides, such as the second copy."""

    backup: Backup
    words: tuple[str, ...] = ()


def backups_folder(home: Home) -> Path:
    """Where the backups of a home lie."""
    return home.folder / BACKUPS_FOLDER


def back_up(home: Home, code: str, why: Why, settings: Backups, now: datetime) -> Backed:
    """Make a backup of a cohort, its second copy, and let older ones go.

    Raises as `make_backup`; what comes after the backup itself never fails, and is told in `words`.
    """
    backup = make_backup(_origin(home, code), backups_folder(home), why, now)
    return Backed(backup, tuple(_after(home, backup, settings, now)))


def back_up_if_changed(home: Home, code: str, why: Why, settings: Backups, now: datetime) -> Backed | None:
    """As `back_up`, where the cohort is not in a backup as it is now; else None, and nothing is made."""
    state = present_state(_origin(home, code))
    for backup in backups_in(backups_folder(home), code):
        if backup.statement is not None and backup.statement.state == state:
            # A stick that was not there when this one was made may be there now; if not, that was told then.
            copy_to_second(home.folder, backup, settings, now)
            return None
    return back_up(home, code, why, settings, now)


def back_up_in_passing(home: Home, code: str, settings: Backups, now: datetime) -> tuple[str, ...]:
    """A backup for a command that opens a cohort: where something changed and the last one is old enough.

    Never raises one of our errors: an evening goes on without a backup, and the words say so.
    """
    instants = (instant_of(path) for path in (backups_folder(home) / code).glob("*.db"))
    last = max((at for at in instants if at is not None and at <= now), default=None)
    if not backup_is_due(now, last, changed=True, every_minutes=settings.every_minutes):
        return ()
    return _attempted(home, code, "opening", settings, now)


class BackupClock:
    """Backups while the app has a cohort open: one on opening, then one every so many minutes of use.

    `tick` may be called as often as it suits, from any one thread, and returns what a person should hear.
    """

    def __init__(self, home: Home, cohort: Cohort, settings: Backups) -> None:
        self._home = home
        self._code = cohort.code
        self._settings = settings
        self._last: datetime | None = None

    def tick(self, now: datetime) -> tuple[str, ...]:
        """Make a backup if it is time for one and something changed since the last; never raises our errors.

        After a failure it is tried again when as many minutes have passed.
        """
        if not backup_is_due(now, self._last, changed=True, every_minutes=self._settings.every_minutes):
            return ()
        why: Why = "opening" if self._last is None else "use"
        self._last = now
        return _attempted(self._home, self._code, why, self._settings, now)


def _attempted(home: Home, code: str, why: Why, settings: Backups, now: datetime) -> tuple[str, ...]:
    try:
        backed = back_up_if_changed(home, code, why, settings, now)
    except EscapeError as error:
        return (f"No backup was made. {error}",)
    return () if backed is None else backed.words


def _after(home: Home, backup: Backup, settings: Backups, now: datetime) -> list[str]:
    words: list[str | None] = []
    folder = backups_folder(home)
    try:
        words.append(copy_small_files(home.folder, folder))
        thin(folder, backup.path.parent.name, settings, now, spare=backup.path)
    except (OSError, EscapeError):
        words.append("The backup was made, but not tidied up after. Check the disk's free space.")
    words.append(copy_to_second(home.folder, backup, settings, now))
    return [word for word in words if word is not None]


def _origin(home: Home, code: str) -> Origin:
    return Origin(home.home_id, home.practice, code, cohort_path(home, code), cohort_key(home, code))
