"""A cohort with one person in the home of a command's test.

Not for: checking anything.
"""

from __future__ import annotations

from pathlib import Path

from escape_tui.cohorts import make_cohort, open_by_code
from escape_tui.store.cohort import Actor, Cohort
from escape_tui.store.keys import Home
from escape_tui.store.opening import open_home
from tests.store.making import new_cohort, someone
from tests.unit.home_fixtures import PASSPHRASE

CODE = "K26-1"


def hold_cohort(folder: Path) -> str:
    """Make the cohort; the id of its one person, whose reference is R1."""
    with make_cohort(opened(folder), new_cohort(), ACTOR) as cohort:
        return someone(cohort)


def opened(folder: Path) -> Home:
    return open_home(folder, lambda: PASSPHRASE)


def looked_into(folder: Path) -> Cohort:
    return open_by_code(opened(folder), CODE, ACTOR, lambda: None)


ACTOR = Actor("command line")
