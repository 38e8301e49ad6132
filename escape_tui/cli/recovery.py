"""Handing a new recovery key to the person: written to a file that they name, or shown once.

Not for: the answer in JSON, which scripts keep in logs: it names the file and never holds the key.
"""

from __future__ import annotations

import contextlib
import sys
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from escape_tui.cli.output import aside
from escape_tui.settings import Site
from escape_tui.store.files import sync_folder, write_new_file
from escape_tui.store.home_key import KeepRecoveryKey
from escape_tui.store.opening import recovery_key_opens
from escape_tui.store.recovery_key import REMARK, RecoveryKey
from sessions.errors import Refused


@contextlib.contextmanager
def recovery_key_keeper(home: Path, file: Path | None, site: Site) -> Iterator[KeepRecoveryKey]:
    """What keeps a new recovery key: `file`, readable by its owner alone, or, without one, a person's paper.

    The file says of which `site` it is, of which day, and for what.

    Where the block fails, a key that opens nothing is taken back. `Refused` where `file` is there already, or
    lies in the home, where the thief of a laptop would have both; `OSError` where the file cannot be written.
    """
    if file is not None:
        _refuse_unfit(home, file)
        _try(file)
    handed_out: list[RecoveryKey] = []

    def keep(key: RecoveryKey) -> None:
        handed_out.append(key)
        if file is None:
            _show(key)
        else:
            _write(file, key, site)

    try:
        yield keep
    except FileExistsError:
        # Somebody else's file came first: it is not ours to delete.
        raise
    except BaseException:
        for key in handed_out:
            _take_back(home, file, key)
        raise


def _refuse_unfit(home: Path, file: Path) -> None:
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


def _try(file: Path) -> None:
    """Whether the file can be written is known before anybody types and before a home is made."""
    write_new_file(file, b"")
    file.unlink()


def _show(key: RecoveryKey) -> None:
    aside(
        "The recovery key of this home, shown this once. It sets a new passphrase when that one is lost.\n"
        f"\n    {key.in_groups()}\n\n"
        "Write it down and keep it away from this laptop."
    )
    if not sys.stderr.isatty():
        aside("It was not shown at a terminal: see that no log keeps it, or give --recovery-file next time.")


def _write(file: Path, key: RecoveryKey, site: Site) -> None:
    whose = f"{site.name} ({site.code})" if site.code else "a home of ESCAPE-pain groups"
    remarks = (
        f"Recovery key of {whose}, made on {datetime.now().astimezone():%d/%m/%Y}.",
        "It sets a new passphrase when that one is lost: escape passphrase recover --recovery-file FILE",
        "Keep it away from the laptop.",
    )
    text = "".join(f"{REMARK} {line}\n" for line in remarks)
    write_new_file(file, f"{text}{key.in_groups()}\n".encode())
    sync_folder(file.absolute().parent)
    aside(f"The recovery key is in {file}. Keep it away from this laptop.")


def _take_back(home: Path, file: Path | None, key: RecoveryKey) -> None:
    if recovery_key_opens(home, key):
        aside("The keys were changed only in part: keep the new recovery key, and one from before as well.")
        return
    if file is not None:
        with contextlib.suppress(OSError):
            file.unlink(missing_ok=True)
    aside("The new recovery key opens nothing, for it came to no new keys; one from before still holds.")
