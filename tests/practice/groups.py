"""Practice groups for tests: a home on a day that stands still, and everything a cohort holds."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

from escape_tui.cohorts import open_by_code
from escape_tui.practice.home import practice_code, practice_home
from escape_tui.practice.making import Asked, make_practice_cohort
from escape_tui.store.cohort import Actor, Cohort
from escape_tui.store.connect import Row
from escape_tui.store.keys import Home

TODAY = date(2026, 11, 23)
"""A Monday; no public holiday within the three weeks before."""


def group(folder: Path, asked: Asked, today: date = TODAY) -> Home:
    """A practice home below `folder` with the cohort that was asked for."""
    home = practice_home(folder)
    make_practice_cohort(home, asked, today)
    return home


@contextmanager
def opened(home: Home) -> Iterator[Cohort]:
    """The practice cohort, open."""
    with open_by_code(home, practice_code(home), Actor("command line"), lambda: None) as cohort:
        yield cohort


def everything(home: Home) -> dict[str, list[Row]]:
    """Every row of every table, in the order of the file."""
    with opened(home) as cohort:
        found = cohort.connection.rows("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name")
        tables = [str(row["name"]) for row in found]
        # Those that a library keeps for itself say when the tables were made.
        own = [name for name in tables if not name.startswith("_")]
        return {name: cohort.connection.rows(f"SELECT * FROM {name}") for name in own}  # noqa: S608
