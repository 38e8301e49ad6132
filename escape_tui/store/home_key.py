"""The home key: it locks each cohort's key, and is locked itself by the passphrase and by the recovery key.

Not for: files; what is locked here is kept by `key_file`, and changed through `keys`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from escape_tui.store.key_file import Keys
from escape_tui.store.passphrase import Passphrase
from escape_tui.store.recovery_key import RecoveryKey, new_recovery_key
from escape_tui.store.wrapping import (
    Argon2Cost,
    LockedKey,
    Purpose,
    WrappedKey,
    lock,
    new_key,
    unlock,
    unwrap,
    wrap,
)
from sessions.errors import CannotOpen

_DAILY_LOCK = "home key by passphrase"
_SPARE_LOCK = "home key by recovery key"

KeepRecoveryKey = Callable[[RecoveryKey], None]
"""Shows a new recovery key or writes it down; called before any key that it opens is on the disk."""


@dataclass(frozen=True, slots=True)
class CohortKey:
    """The key of a cohort's file: 32 random bytes. It shows itself only when it is asked for its digits."""

    raw: bytes = field(repr=False)

    @property
    def hex_digits(self) -> str:
        """The key as 64 hexadecimal digits."""
        return self.raw.hex()


def new_cohort_key() -> CohortKey:
    """A fresh random key for a cohort."""
    return CohortKey(new_key())


@dataclass(frozen=True, slots=True)
class HomeKey:
    """A home key, in memory alone. `number` goes up with each new one of the same home, from 1."""

    raw: bytes = field(repr=False)
    home_id: str
    practice: bool
    number: int = 1

    def renewed(self) -> HomeKey:
        """Another random key to follow this one in the same home."""
        return HomeKey(new_key(), self.home_id, self.practice, self.number + 1)

    def wrapped(self, cohort_id: str, key: CohortKey) -> WrappedKey:
        """The key of a cohort, locked by this key."""
        return wrap(key.raw, self.raw, self._purpose(f"cohort {cohort_id}"))

    def unwrapped(self, cohort_id: str, wrapped: WrappedKey) -> CohortKey:
        """The key of a cohort, opened. `CannotOpen` where it was locked for another or tampered with."""
        raw = unwrap(wrapped, self.raw, self._purpose(f"cohort {cohort_id}"))
        if raw is None:
            raise CannotOpen(
                "The key of that cohort was not made by this home.",
                "Put keys.json back from a backup or from your second copy.",
            )
        return CohortKey(raw)

    def locked_by_passphrase(self, passphrase: Passphrase, cost: Argon2Cost) -> LockedKey:
        """The home key, locked by a passphrase."""
        return lock(self.raw, passphrase.encoded, self._purpose(_DAILY_LOCK), cost)

    def locked_both_ways(
        self, passphrase: Passphrase, keep_recovery_key: KeepRecoveryKey, cost: Argon2Cost
    ) -> tuple[LockedKey, LockedKey]:
        """The home key, locked by a passphrase and by a new recovery key, handed to `keep_recovery_key`."""
        recovery_key = new_recovery_key()
        locks = (
            self.locked_by_passphrase(passphrase, cost),
            lock(self.raw, recovery_key.raw, self._purpose(_SPARE_LOCK), cost),
        )
        keep_recovery_key(recovery_key)
        return locks

    def _purpose(self, subject: str) -> Purpose:
        return Purpose(self.home_id, self.practice, self.number, subject)


def new_home_key(home_id: str, *, practice: bool) -> HomeKey:
    """The first home key of a new home."""
    return HomeKey(new_key(), home_id, practice)


def home_key_by_passphrase(keys: Keys, passphrase: Passphrase) -> HomeKey:
    """The home key in `keys`. `CannotOpen` where the passphrase is another or the file was changed."""
    opened = _opened(keys, keys.by_passphrase, passphrase.encoded, _DAILY_LOCK)
    if opened is None:
        raise CannotOpen(
            "The passphrase does not open this home.",
            "Type it again; if it is lost, the recovery key sets a new one: `escape passphrase recover`.",
        )
    return opened


def home_key_by_recovery_key(keys: Keys, recovery_key: RecoveryKey) -> HomeKey:
    """The home key in `keys`. `CannotOpen` where the recovery key is another or the file was changed."""
    opened = _opened(keys, keys.by_recovery_key, recovery_key.raw, _SPARE_LOCK)
    if opened is None:
        raise CannotOpen(
            "That recovery key is not the one of this home.",
            "Look for the one that was shown when this home was set up, or its keys last renewed.",
        )
    return opened


def _opened(keys: Keys, locked: LockedKey | None, secret: bytes, subject: str) -> HomeKey | None:
    purpose = Purpose(keys.home_id, keys.practice, keys.home_key_number, subject)
    raw = None if locked is None else unlock(locked, secret, purpose)
    return None if raw is None else HomeKey(raw, keys.home_id, keys.practice, keys.home_key_number)
