"""Homes for tests, locked cheaply: the real cost of Argon2 is tested once, and paid only there."""

from __future__ import annotations

from pathlib import Path

from escape_tui.store.keys import Home, UnlockedHome
from escape_tui.store.opening import make_home, open_home
from escape_tui.store.passphrase import Passphrase, new_passphrase_of
from escape_tui.store.recovery_key import RecoveryKey
from escape_tui.store.wrapping import Argon2Cost

CHEAP = Argon2Cost(memory_kib=128, passes=1, lanes=1)
WORDS = "copper kettle on the hob"
OTHER_WORDS = "seven herons at the weir"
PASSPHRASE = new_passphrase_of(WORDS)
OTHER = new_passphrase_of(OTHER_WORDS)


def cheap_home(folder: Path, *, practice: bool = False) -> tuple[UnlockedHome, RecoveryKey]:
    """An encrypted home in `folder` and its recovery key."""
    shown: list[RecoveryKey] = []
    home = make_home(folder, PASSPHRASE, shown.append, practice=practice, cost=CHEAP)
    return home, shown[0]


def opened(folder: Path, passphrase: Passphrase = PASSPHRASE) -> UnlockedHome:
    """The encrypted home in `folder`, opened anew."""
    home: Home = open_home(folder, lambda: passphrase)
    assert isinstance(home, UnlockedHome)
    return home
