"""A home with a cohort in it, on either driver, for what goes on between a home and its cohorts."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from escape_tui.cohorts import make_cohort, open_by_code
from escape_tui.settings import Backups
from escape_tui.store.cohort import Actor, Cohort
from escape_tui.store.keys import Home
from escape_tui.store.opening import make_plain_home
from escape_tui.store.read import people
from tests.store.making import Clock, new_cohort, someone
from tests.unit.home_fixtures import cheap_home

CODE = "K26-1"
EVERY = Backups()


def a_home(folder: Path, *, encrypted: bool, practice: bool = False) -> Home:
    """A fresh home without cohorts."""
    return (
        cheap_home(folder, practice=practice)[0] if encrypted else make_plain_home(folder, practice=practice)
    )


def fill(home: Home, *references: str, code: str = CODE, clock: Callable[[], datetime] | None = None) -> None:
    """Make the cohort and enrol one person for each reference."""
    new = new_cohort(code=code, practice=home.practice)
    with make_cohort(home, new, Actor("jk", clock or Clock())) as cohort:
        for reference in references:
            someone(cohort, reference)


def enter(home: Home, code: str = CODE, clock: Callable[[], datetime] | None = None) -> Cohort:
    """The cohort, open."""
    return open_by_code(home, code, Actor("jk", clock or Clock()), lambda: None)


def count(home: Home, code: str = CODE) -> int:
    """How many people are on the list."""
    with enter(home, code) as cohort:
        return len(people(cohort))
