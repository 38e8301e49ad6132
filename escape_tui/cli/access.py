"""How a command gets at a cohort: by which passphrase, and who acts.

Not for: what the command does with the open cohort.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from escape_tui.backups import back_up, back_up_in_passing
from escape_tui.cli.acting import by_option
from escape_tui.cli.opened import opened_home
from escape_tui.cli.output import aside
from escape_tui.cli.secrets import passphrase_option
from escape_tui.cohorts import open_by_code
from escape_tui.facilitators import who_acts
from escape_tui.safeguards import safeguards_of
from escape_tui.settings import load_settings
from escape_tui.store.cohort import Actor, Cohort
from escape_tui.store.keys import Home


@dataclass(frozen=True, slots=True)
class Access:
    """The way into the home that a command was given."""

    passphrase_file: Path | None
    by: str | None

    def home(self) -> Home:
        """The home of this command, open."""
        return opened_home(self.passphrase_file)

    def actor(self, home: Home) -> Actor:
        """Who acts in it; `Refused` where the one named is no facilitator."""
        return Actor(by=who_acts(home.folder, self.by))

    @contextmanager
    def cohort(self, code: str) -> Iterator[Cohort]:
        """The cohort of that code, open until the block ends; backed up first where that is due."""
        with self.cohort_in(self.home(), code) as cohort:
            yield cohort

    @contextmanager
    def cohort_in(self, home: Home, code: str) -> Iterator[Cohort]:
        """The cohort of that code in a home that is open, open until the block ends."""
        actor = self.actor(home)
        settings = load_settings(home.folder).backup

        def before_migration() -> None:
            back_up(home, code, "migration", settings, actor.clock())

        with open_by_code(home, code, actor, before_migration, safeguards_of(home, aside)) as cohort:
            for word in back_up_in_passing(home, code, settings, actor.clock()):
                aside(word)
            yield cohort


def with_access(command: Callable[..., None]) -> Callable[..., None]:
    """Give a command `--passphrase-file` and `--by`, and hand it both as `access`."""

    @passphrase_option
    @by_option
    @functools.wraps(command)
    def with_both(*args: Any, passphrase_file: Path | None, by: str | None, **kwargs: Any) -> None:
        command(*args, access=Access(passphrase_file, by), **kwargs)

    return with_both
