"""Setting a home up and opening it: by the passphrase, by the recovery key, or without where it is plain.

Not for: what is done with an open home (`keys`), nor for its cohorts.
"""

from __future__ import annotations

import contextlib
import secrets
from collections.abc import Callable, Iterator
from pathlib import Path

from escape_tui.store.files import discard_leftovers, sync_folder
from escape_tui.store.home_key import (
    KeepRecoveryKey,
    home_key_by_passphrase,
    home_key_by_recovery_key,
    new_home_key,
)
from escape_tui.store.home_lock import alone_in, remove_lonely_lock
from escape_tui.store.key_file import (
    FoundKeys,
    Keys,
    generations,
    keys_are_there,
    read_keys,
    write_first_keys,
)
from escape_tui.store.keys import Home, PlainHome, UnlockedHome
from escape_tui.store.passphrase import Passphrase
from escape_tui.store.recovery_key import RecoveryKey
from escape_tui.store.wrapping import STANDARD_COST, Argon2Cost
from sessions.errors import CannotOpen, EscapeError, Refused

COHORTS_FOLDER = "cohorts"
SIGNING_FOLDER = "signing"
"""Where a return lies while it is being signed; not there before the first."""
FACILITATORS_NAME = "facilitators.json"
"""The facilitators of a home; only a home that was set up has them."""

Around = Callable[[], contextlib.AbstractContextManager[None]]
"""What is written with the first keys: it is entered before them, alone in the home, and left after them."""


def make_home(  # noqa: PLR0913 - the last three are named, and have defaults
    folder: Path,
    passphrase: Passphrase,
    keep_recovery_key: KeepRecoveryKey,
    *,
    practice: bool = False,
    cost: Argon2Cost = STANDARD_COST,
    around: Around = contextlib.nullcontext,
) -> UnlockedHome:
    """Make the keys of an encrypted home in `folder`, durable on return, and open it.

    `around` holds what must be there before the keys are. `Refused` where a home is there, or cohorts whose
    keys are gone; no recovery key is handed out then. `OSError` where the machine cannot write.
    """
    home_id = _new_home_id()
    home_key = new_home_key(home_id, practice=practice)

    def keys() -> Keys:
        by_passphrase, by_recovery_key = home_key.locked_both_ways(passphrase, keep_recovery_key, cost)
        return Keys(
            home_id=home_id,
            practice=practice,
            encrypted=True,
            home_key_number=home_key.number,
            by_passphrase=by_passphrase,
            by_recovery_key=by_recovery_key,
        )

    return UnlockedHome(folder, _made(folder, keys, around), home_key)


def make_plain_home(
    folder: Path, *, practice: bool = False, around: Around = contextlib.nullcontext
) -> PlainHome:
    """Make a home in `folder` that is not encrypted, and open it. Raises as `make_home`."""
    keys = Keys(home_id=_new_home_id(), practice=practice, encrypted=False, home_key_number=1)
    return PlainHome(folder, _made(folder, lambda: keys, around))


def make_folder(folder: Path) -> None:
    """Make the folder of a home, open to its owner alone; one that is there stays as it is."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    sync_folder(folder.parent)


def refuse_where_a_home_is(folder: Path) -> None:
    """`Refused` where `folder` holds a home, or what is left of one, or is no folder."""
    if file_in_the_way(folder):
        raise Refused("There is a file where the home should be.", "Name another folder with --home.")
    if keys_are_there(folder):
        raise Refused(
            "There is a home in that folder already.", "Use it, or name another folder with --home."
        )
    if _cohorts_are_there(folder):
        raise Refused(
            "That folder holds cohorts whose keys are gone; new keys would not open them.",
            "Put keys.json back from a backup or from your second copy, or name another folder with --home.",
        )


def file_in_the_way(folder: Path) -> bool:
    """Whether `folder`, or what it should lie in, is no folder, so that no home can be there."""
    nearest = next((place for place in (folder, *folder.parents) if place.exists()), None)
    return nearest is not None and not nearest.is_dir()


def open_home(folder: Path, passphrase: Callable[[], Passphrase]) -> Home:
    """Open the home in `folder`; `passphrase` is asked for only where the home is encrypted.

    `CannotOpen` where there is no home, the passphrase is another, the keys are damaged beyond the generation
    kept, or a newer program wrote them. Nothing is changed, but for what a crash left half written.
    """
    found = _found(folder)
    if not found.keys.encrypted:
        return PlainHome(folder, found)
    return UnlockedHome(folder, found, home_key_by_passphrase(found.keys, passphrase()))


def recover_home(folder: Path, recovery_key: Callable[[], RecoveryKey]) -> UnlockedHome:
    """Open the home in `folder` by its recovery key. `Refused` where it is plain; raises as `open_home`."""
    found = _found(folder)
    if not found.keys.encrypted:
        raise no_passphrase_here()
    return UnlockedHome(folder, found, home_key_by_recovery_key(found.keys, recovery_key()))


def recovery_key_opens(folder: Path, recovery_key: RecoveryKey) -> bool:
    """Whether any keys in `folder` are locked by `recovery_key`; True too where that cannot be told."""
    try:
        for keys in generations(folder):
            with contextlib.suppress(CannotOpen):
                home_key_by_recovery_key(keys, recovery_key)
                return True
    except (OSError, EscapeError):
        return True
    return False


def no_passphrase_here() -> Refused:
    """The refusal of whatever needs a passphrase in a plain home."""
    return Refused(
        "This home is not encrypted, so it has no passphrase.",
        "Set up another with `escape --home FOLDER init` to have one.",
    )


def require_home(folder: Path) -> None:
    """`CannotOpen` where there is no home in `folder`."""
    if keys_are_there(folder):
        return
    if file_in_the_way(folder):
        raise CannotOpen(
            f"There can be no home in {folder}, for a part of that path is a file.",
            "Name the home's folder with --home.",
        )
    if _cohorts_are_there(folder):
        raise CannotOpen(
            f"The keys of the home in {folder} are gone.",
            "Put keys.json back from a backup or from your second copy.",
        )
    if (folder / FACILITATORS_NAME).exists():
        raise CannotOpen(
            f"The keys of the home in {folder} are gone.",
            "Put keys.json back from a backup; if no cohort was ever in it, set it up again: `escape init`.",
        )
    raise CannotOpen(
        f"There is no home in {folder}.", "Set one up with `escape init`, or name another with --home."
    )


def _found(folder: Path) -> FoundKeys:
    require_home(folder)
    found = read_keys(folder)
    # Tidying must not keep anybody out: a folder that can only be read, or a busy one, opens all the same.
    with contextlib.suppress(OSError, EscapeError), alone_in(folder, patience_seconds=0):
        discard_leftovers(folder)
    return found


def _made(folder: Path, make_keys: Callable[[], Keys], around: Around) -> FoundKeys:
    refuse_where_a_home_is(folder)
    with _folder_of(folder), alone_in(folder):
        refuse_where_a_home_is(folder)
        with around():
            keys = make_keys()
            write_first_keys(folder, keys)
    return FoundKeys(keys, kept=False)


@contextlib.contextmanager
def _folder_of(folder: Path) -> Iterator[None]:
    """The folder of a new home, made where it is missing; where the block fails, what was made goes again."""
    missing = [path for path in (folder, *folder.parents) if not path.exists()]
    try:
        make_folder(folder)
        yield
    except BaseException:
        if missing:
            with contextlib.suppress(OSError, EscapeError):
                remove_lonely_lock(folder)
        for path in missing:
            # One that others have used since, or that was never made, is left as it is.
            with contextlib.suppress(OSError):
                path.rmdir()
        raise


def _cohorts_are_there(folder: Path) -> bool:
    return any((folder / COHORTS_FOLDER).glob("*.db"))


def _new_home_id() -> str:
    return secrets.token_hex(16)
