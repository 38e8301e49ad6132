"""What the keeping of backups does for erasing and handing over, for the home that a command has open.

Not for: erasing (`store.erasing`), nor how a backup is made (`backups`).
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from escape_tui.backups import back_up
from escape_tui.settings import load_settings
from escape_tui.store.cohort import Cohort
from escape_tui.store.erasing import Safeguards
from escape_tui.store.keys import Home
from escape_tui.store.ledger import record_erased_person


def safeguards_of(home: Home, tell: Callable[[str], None]) -> Safeguards:
    """The safeguards of a home; its settings are read only when one of them is called.

    `tell` is given what a person should hear of a backup that was made, such as a stick that is away.
    """

    def prove_backup(cohort: Cohort) -> None:
        settings = load_settings(home.folder).backup
        for word in back_up(home, cohort.code, "erasure", settings, cohort.now()).words:
            tell(word)

    return Safeguards(
        prove_backup=prove_backup,
        record_erased=lambda code, person, on: record_erased_person(home, code, person, on),
        second_copy=lambda: second_copy_of(home),
    )


def second_copy_of(home: Home) -> Path | None:
    """The folder that the settings name for a second copy, whether or not it is there; None for none.

    Raises as `load_settings`.
    """
    named = load_settings(home.folder).backup.second_copy
    return Path(named) if named else None
