"""A home whose keys are open: the key of each cohort, new passphrases and home keys, what was erased.

Not for: making or opening a home (`opening`), for cohorts' files, nor for asking anybody for a passphrase.

A random home key locks a random key for each cohort, and is itself locked twice: by the passphrase and by the
recovery key. Whoever holds an `UnlockedHome` holds the home key, in memory alone.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import NoReturn, TypeAlias

from escape_tui.store.home_key import CohortKey, HomeKey, KeepRecoveryKey, new_cohort_key
from escape_tui.store.home_lock import alone_in
from escape_tui.store.key_file import (
    KEYS_NAME,
    CohortEntry,
    FoundKeys,
    Keys,
    Tombstone,
    forget_in_copy,
    read_keys,
    write_keys,
    write_keys_everywhere,
)
from escape_tui.store.passphrase import Passphrase
from escape_tui.store.wrapping import STANDARD_COST, Argon2Cost, WrappedKey
from sessions.errors import CannotOpen, Refused

_Signature: TypeAlias = tuple[int, int, int] | None


class _Home:
    """What every open home can do. It follows what other programs write into `keys.json`."""

    def __init__(self, folder: Path, found: FoundKeys) -> None:
        self.folder = folder
        self._found = found
        self._signature: _Signature = None

    def __repr__(self) -> str:
        return f"<{type(self).__name__} {self.home_id}>"

    @property
    def home_id(self) -> str:
        """Which home it is: 32 hexadecimal digits, random."""
        return self._found.keys.home_id

    @property
    def practice(self) -> bool:
        """Whether it is a practice home. That never changes."""
        return self._found.keys.practice

    @property
    def from_kept_generation(self) -> bool:
        """Whether `keys.json` is damaged, so that the generation kept before it was read."""
        return self._found.kept

    @property
    def tombstones(self) -> tuple[Tombstone, ...]:
        """The cohorts that were erased, in that order."""
        return self._latest().erased

    def forget_in_copy(self, folder: Path, cohort_id: str) -> None:
        """Bring the copy of `keys.json` in `folder` to what this home knows of a cohort: no key that went.

        Raises as `key_file.forget_in_copy`.
        """
        forget_in_copy(folder, self._latest(), cohort_id)

    def remove_cohort_key(self, cohort_id: str, erased_at: datetime) -> None:
        """Forget the keys of a cohort in every file of this home and leave a tombstone, durably.

        In a plain home there is no key, and the tombstone is left all the same; the first one of a cohort
        stays. Copies of `keys.json` elsewhere are not reached. `erased_at` has a time zone. Raises
        `CannotOpen` where the keys were renewed elsewhere, or are held by another program for long, and
        `OSError` where the machine cannot write; then the key is there still.
        """
        tombstone = Tombstone(cohort_id=cohort_id, erased_at=erased_at)

        def bury(keys: Keys) -> Keys:
            erased = keys.erased if keys.tombstone(cohort_id) else (*keys.erased, tombstone)
            others = tuple(entry for entry in keys.cohorts if entry.cohort_id != cohort_id)
            return keys.model_copy(update={"cohorts": others, "erased": erased})

        self._change(bury, everywhere=True)

    def _latest(self) -> Keys:
        """The keys as they are on the disk now; read again only where they were written since."""
        signature = _signature(self.folder)
        if signature is None or signature != self._signature:
            self._take(read_keys(self.folder))
            self._signature = signature
        return self._found.keys

    def _change(self, edit: Callable[[Keys], Keys], *, everywhere: bool = False) -> Keys:
        """Write what `edit` makes of the latest keys; with `everywhere` into the kept generation as well."""
        with alone_in(self.folder):
            self._take(read_keys(self.folder))
            keys = edit(self._found.keys)
            if everywhere:
                write_keys_everywhere(self.folder, keys)
            else:
                write_keys(self.folder, keys, self._found)
            self._found = FoundKeys(keys, kept=False)
            self._signature = _signature(self.folder)
        return keys

    def _take(self, found: FoundKeys) -> None:
        was, now = self._found.keys, found.keys
        if (was.home_id, was.practice, was.encrypted) != (now.home_id, now.practice, now.encrypted):
            raise CannotOpen("Another home lies in the folder now.", "Leave the program and start it again.")
        if was.home_key_number != now.home_key_number:
            raise CannotOpen(
                "The keys of this home were renewed by another program.",
                "Leave the program and start it again with the passphrase that was set then.",
            )
        self._found = found


class PlainHome(_Home):
    """A home that is not encrypted, by choice. It has no keys to give."""


class UnlockedHome(_Home):
    """An encrypted home, open. The home key is in memory alone and goes with the object.

    What changes keys is durable on return. It raises `CannotOpen` where the keys were renewed elsewhere or
    another program holds them for long, and `OSError` where the machine cannot write; nothing is changed
    then. A cohort's id is 1 to 64 letters, digits and hyphens (`ValueError`).
    """

    def __init__(self, folder: Path, found: FoundKeys, home_key: HomeKey) -> None:
        super().__init__(folder, found)
        self._home_key = home_key

    def __reduce__(self) -> NoReturn:
        raise TypeError("an unlocked home is never written down")

    @property
    def cohort_ids(self) -> tuple[str, ...]:
        """The cohorts that have a key, in the order in which they came."""
        return tuple(entry.cohort_id for entry in self._latest().cohorts)

    def new_cohort_key(self, cohort_id: str) -> CohortKey:
        """Make the key of a new cohort. `Refused` where that id has a key, or was erased."""
        key = new_cohort_key()
        entry = CohortEntry(cohort_id=cohort_id, key=self._home_key.wrapped(cohort_id, key))

        def add(keys: Keys) -> Keys:
            if keys.tombstone(cohort_id):
                raise Refused("A cohort of that code was erased here.", "Choose another code.")
            if keys.entry(cohort_id):
                raise Refused("A cohort of that code has a key already.", "Choose another code.")
            return keys.model_copy(update={"cohorts": (*keys.cohorts, entry)})

        self._change(add)
        return key

    def cohort_key(self, cohort_id: str) -> CohortKey:
        """The key of a cohort. `CannotOpen` where it was erased, has none, or its lock was tampered with."""
        return self._home_key.unwrapped(cohort_id, _entry(self._latest(), cohort_id).key)

    def next_cohort_key(self, cohort_id: str) -> CohortKey | None:
        """The key to which the cohort's file is being moved, None where it is not. Raises as `cohort_key`."""
        wrapped = _entry(self._latest(), cohort_id).next_key
        return None if wrapped is None else self._home_key.unwrapped(cohort_id, wrapped)

    def renew_cohort_key(self, cohort_id: str) -> CohortKey:
        """Make the key to which the cohort's file is to be moved; the one it has stays as well.

        `keep_cohort_key` ends the move. Where one was broken off, its key is given again. Raises as
        `cohort_key`.
        """
        fresh = self._home_key.wrapped(cohort_id, new_cohort_key())

        def add(entry: CohortEntry) -> CohortEntry:
            return entry if entry.next_key else entry.model_copy(update={"next_key": fresh})

        entry = self._change_entry(cohort_id, add)
        return self._home_key.unwrapped(cohort_id, entry.next_key or fresh)

    def keep_cohort_key(self, cohort_id: str, kept: CohortKey) -> None:
        """Keep `kept` alone of a cohort's two keys; the other goes from every file of this home.

        `ValueError` where it is neither. Raises as `cohort_key`.
        """

        def settle(entry: CohortEntry) -> CohortEntry:
            for wrapped in (entry.key, entry.next_key):
                if wrapped is not None and self._home_key.unwrapped(cohort_id, wrapped) == kept:
                    return CohortEntry(cohort_id=cohort_id, key=wrapped)
            raise ValueError("a cohort keeps only a key that it has")

        self._change_entry(cohort_id, settle, everywhere=True)

    def change_passphrase(self, new: Passphrase, cost: Argon2Cost = STANDARD_COST) -> None:
        """Lock the home by `new` in place of its passphrase. The recovery key stays.

        A copy of `keys.json` elsewhere opens with the old passphrase still.
        """
        locked = self._home_key.locked_by_passphrase(new, cost)
        self._change(lambda keys: keys.model_copy(update={"by_passphrase": locked}), everywhere=True)

    def rotate(
        self, new: Passphrase, keep_recovery_key: KeepRecoveryKey, cost: Argon2Cost = STANDARD_COST
    ) -> None:
        """Make a new home key, locked by `new` and by a new recovery key, and lock every cohort's key by it.

        The old passphrase, recovery key and home key open nothing made from now on. A copy of `keys.json`
        elsewhere still opens with them and gives the keys of the cohorts that were there.
        """
        renewed = self._home_key.renewed()

        def relock(keys: Keys) -> Keys:
            by_passphrase, by_recovery_key = renewed.locked_both_ways(new, keep_recovery_key, cost)
            return keys.model_copy(
                update={
                    "home_key_number": renewed.number,
                    "by_passphrase": by_passphrase,
                    "by_recovery_key": by_recovery_key,
                    "cohorts": tuple(self._relocked(entry, renewed) for entry in keys.cohorts),
                }
            )

        self._change(relock, everywhere=True)
        self._home_key = renewed

    def _relocked(self, entry: CohortEntry, by: HomeKey) -> CohortEntry:
        def relocked(wrapped: WrappedKey) -> WrappedKey:
            return by.wrapped(entry.cohort_id, self._home_key.unwrapped(entry.cohort_id, wrapped))

        return CohortEntry(
            cohort_id=entry.cohort_id,
            key=relocked(entry.key),
            next_key=relocked(entry.next_key) if entry.next_key else None,
        )

    def _change_entry(
        self, cohort_id: str, edit: Callable[[CohortEntry], CohortEntry], *, everywhere: bool = False
    ) -> CohortEntry:
        def change(keys: Keys) -> Keys:
            changed = edit(_entry(keys, cohort_id))
            entries = (changed if entry.cohort_id == cohort_id else entry for entry in keys.cohorts)
            return keys.model_copy(update={"cohorts": tuple(entries)})

        return _entry(self._change(change, everywhere=everywhere), cohort_id)


Home: TypeAlias = UnlockedHome | PlainHome
"""An open home. Only an encrypted one has keys to give, so that no cohort is left plain by an oversight."""


def _entry(keys: Keys, cohort_id: str) -> CohortEntry:
    if keys.tombstone(cohort_id):
        raise CannotOpen("That cohort was erased here.", "Its data cannot be read any more.")
    entry = keys.entry(cohort_id)
    if entry is None:
        raise CannotOpen(
            "This home has no key for that cohort.",
            "Put back the keys.json that lay beside it, from a backup or from your second copy.",
        )
    return entry


def _signature(folder: Path) -> _Signature:
    try:
        status = (folder / KEYS_NAME).stat()
    except FileNotFoundError:
        return None
    return status.st_ino, status.st_mtime_ns, status.st_size
