"""The cohorts of a home: where each file lies, its key, opening it for whoever acts.

Not for: what is in a cohort (`store.read`), or what can be done to it (`store.acts`).
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from escape_tui.store.cohort import Actor, Cohort, open_cohort
from escape_tui.store.copies import is_unsettled, something_is_left
from escape_tui.store.copying import discard_beside
from escape_tui.store.keys import Home, UnlockedHome
from escape_tui.store.opening import COHORTS_FOLDER
from escape_tui.store.read import Glance, glance, peek
from sessions.errors import EscapeError, Refused
from sessions.records import CohortHead
from sessions.text import is_code

if (
    TYPE_CHECKING
):  # what erases and what makes cohorts is loaded only by who needs it: opening one is daily work
    from escape_tui.store.acts.cohorts import NewCohort
    from escape_tui.store.erasing import Safeguards


def cohort_path(home: Home, code: str) -> Path:
    """Where the file of that cohort lies, whether or not it is there; `Refused` for what is no code."""
    if not is_code(code) and not (home.practice and code == "PRACTICE"):
        raise Refused(
            "That cannot be a cohort's code.",
            "A code has up to 16 capital letters and digits, with single hyphens between, such as K24-1.",
        )
    return home.folder / COHORTS_FOLDER / f"{code}.db"


def cohort_codes(home: Home) -> tuple[str, ...]:
    """The codes of the cohorts that have a file in this home, in alphabetical order; none that was erased."""
    there = {path.stem for path in (home.folder / COHORTS_FOLDER).glob("*.db")}
    return tuple(sorted(there - {tombstone.cohort_id for tombstone in home.tombstones}))


def cohort_key(home: Home, code: str) -> bytes | None:
    """The key that opens a cohort's file; None in a plain home."""
    if not isinstance(home, UnlockedHome):
        return None
    from escape_tui.store.erasing import key_that_opens

    return key_that_opens(home, code).raw


def cohort_head(home: Home, code: str) -> CohortHead:
    """What a cohort is, read without locking it."""
    return peek(_path_of(home, code), cohort_key(home, code))


@dataclass(frozen=True, slots=True)
class ListedCohort:
    """One cohort of a home: what a list shows of it, or why it cannot be opened."""

    code: str
    glance: Glance | None
    cannot_open: EscapeError | None


def listed_cohorts(home: Home) -> tuple[ListedCohort, ...]:
    """Every cohort of this home by its code, read without locking it; one that is damaged hides no other."""
    return tuple(_listed(home, code) for code in cohort_codes(home))


def make_cohort(home: Home, new: NewCohort, actor: Actor) -> Cohort:
    """Make a cohort in this home and open it; its key is durable before its file exists.

    Raises as `create_cohort`, and `Refused` where a cohort of that code was erased here.
    """
    from escape_tui.store.acts.cohorts import create_cohort

    path = cohort_path(home, new.code)
    if any(tombstone.cohort_id == new.code for tombstone in home.tombstones):
        raise Refused("A cohort of that code was erased here.", "Choose another code.")
    if path.exists():
        raise Refused("There is a cohort of this code already.", "Choose another code.")
    return create_cohort(path, key_of_new_cohort(home, new.code), new, actor)


def open_by_code(
    home: Home,
    code: str,
    actor: Actor,
    before_migration: Callable[[], None],
    safeguards: Safeguards | None = None,
) -> Cohort:
    """Open a cohort of this home; `Refused` where there is none of that code. Raises as `open_cohort`.

    An erasing that was broken off is brought to its end first, where there are `safeguards` and the machine
    can; where it cannot, the cohort opens all the same, and the next opening tries again.
    """
    path = _path_of(home, code)
    cohort = open_cohort(path, cohort_key(home, code), actor, before_migration)
    discard_beside(path)
    try:
        if safeguards is not None and is_unsettled(home, code):
            from escape_tui.store.erasing import settle

            settle(home, cohort, safeguards)
    except (EscapeError, OSError):
        cohort.close()
        return open_cohort(path, cohort_key(home, code), actor, before_migration)
    except BaseException:
        cohort.close()
        raise
    return cohort


def finish_what_was_left(home: Home) -> None:
    """Bring the erasing of cohorts that was broken off to its end, as `finish_erased_cohorts` does."""
    with contextlib.suppress(OSError, EscapeError):
        if something_is_left(home.folder):
            from escape_tui.store.erasing import finish_erased_cohorts

            finish_erased_cohorts(home)


def _listed(home: Home, code: str) -> ListedCohort:
    try:
        return ListedCohort(code, glance(_path_of(home, code), cohort_key(home, code)), None)
    except EscapeError as error:
        return ListedCohort(code, None, error)


def key_of_new_cohort(home: Home, code: str) -> bytes | None:
    """The key of a cohort that is about to have a file, durable on return; None in a plain home.

    Raises as `UnlockedHome.new_cohort_key`.
    """
    if not isinstance(home, UnlockedHome):
        return None
    # A key without a file is what a crash between the two leaves: it opens nothing yet and can be used.
    key = home.cohort_key(code) if code in home.cohort_ids else home.new_cohort_key(code)
    return key.raw


def _path_of(home: Home, code: str) -> Path:
    path = cohort_path(home, code)
    if not path.exists():
        raise Refused(
            "There is no cohort of that code in this home.", "List the cohorts with `escape cohort list`."
        )
    return path
