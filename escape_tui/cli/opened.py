"""Opening the home for a command, and saying what a person should hear about it.

Not for: what is done with the open home.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from escape_tui.cli.context import settled
from escape_tui.cli.output import aside
from escape_tui.cli.secrets import passphrase_from
from escape_tui.left_undone import finish_left_undone
from escape_tui.settings import SETTINGS_NAME, load_settings
from escape_tui.store.key_file import KEYS_NAME
from escape_tui.store.keys import Home
from escape_tui.store.opening import open_home
from escape_tui.store.passphrase import Passphrase
from sessions.faults import FaultyFiles


def opened_home(passphrase_file: Path | None) -> Home:
    """The home of this command, open. Raises as `open_home`."""
    return opened_by(passphrase_from(passphrase_file))


def opened_by(passphrase: Callable[[], Passphrase]) -> Home:
    """The home of this command, opened by what `passphrase` gives. Raises as `open_home`.

    What a crash left undone of an erased cohort or of a signing is done, and a medium seen again is cleaned.
    """
    home = open_home(settled().folder, passphrase)
    tell_of_damage(home)
    for words in finish_left_undone(home, datetime.now(UTC)):
        aside(words)
    return home


def settings_fault(folder: Path) -> str | None:
    """What is wrong with the settings of the home, said on stderr too; None where they are sound."""
    try:
        load_settings(folder)
    except FaultyFiles as error:
        for fault in error.faults:
            aside(fault.sentence())
        aside(f"{error.wrong} {error.remedy}")
        return "damaged"
    if (folder / SETTINGS_NAME).exists():
        return None
    aside(f"The file {SETTINGS_NAME} of this home is gone, so the defaults hold. Put it back from a backup.")
    return "missing"


def tell_of_damage(home: Home) -> None:
    """Say so on stderr where `keys.json` is damaged and the generation before it was taken."""
    if home.from_kept_generation:
        aside(
            f"The file {KEYS_NAME} of this home is damaged or gone; the one kept before it is used. "
            "A cohort that was set up since may not open: make a backup, then compare with your second copy."
        )
