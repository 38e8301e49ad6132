"""Handing a new recovery key to the person: written to a file that they name, or shown once.

Not for: the answer in JSON, which scripts keep in logs: it names the file and never holds the key.
"""

from __future__ import annotations

from pathlib import Path

from escape_tui.cli.output import aside
from escape_tui.store.files import sync_folder, write_new_file
from escape_tui.store.home_key import KeepRecoveryKey
from escape_tui.store.recovery_key import RecoveryKey
from sessions.errors import Refused


def recovery_key_keeper(home: Path, file: Path | None) -> KeepRecoveryKey:
    """What keeps a new recovery key: `file`, readable by its owner alone, or, without one, a person's paper.

    `Refused` where `file` is there already, or lies in the home, where the thief of a laptop would have both.
    """
    if file is None:
        return _show
    if file.resolve().is_relative_to(home.resolve()):
        raise Refused(
            "The recovery key must not lie inside the home.", "Name a file on a stick, or print it."
        )
    if file.exists():
        raise Refused(
            "There is a file of that name already.", "Name another; it may hold another home's key."
        )
    if not file.absolute().parent.is_dir():
        raise Refused("There is no such folder for the recovery key.", "Make it, or name another file.")
    return lambda key: _write(file, key)


def _show(key: RecoveryKey) -> None:
    aside(
        "The recovery key of this home, shown this once. It sets a new passphrase when that one is lost.\n"
        f"\n    {key.in_groups()}\n\n"
        "Write it down and keep it away from this laptop."
    )


def _write(file: Path, key: RecoveryKey) -> None:
    write_new_file(file, f"{key.in_groups()}\n".encode("ascii"))
    sync_folder(file.absolute().parent)
    aside(f"The recovery key is in {file}. Keep it away from this laptop.")
