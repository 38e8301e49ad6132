"""Erasing for good: a whole cohort, or who a person is, here and in every copy within reach.

Not for: the act that erases a person in the file (`acts.erasing`), nor for asking whether it is meant.

What is to go is noted durably first, so that whatever a crash left undone is done at the next opening.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from escape_tui.store.acts.erasing import erase_person
from escape_tui.store.cleaning import clean_here, clean_places, wipe
from escape_tui.store.cohort import Cohort, lock_path
from escape_tui.store.copies import (
    Mark,
    Uncleaned,
    mark_everywhere,
    read_copies,
    uncleaned,
    unmark_everywhere,
    unmark_here,
)
from escape_tui.store.copies import is_unsettled as is_unsettled  # noqa: PLC0414 - others know it from here
from escape_tui.store.copying import move_file, opens_with
from escape_tui.store.files import sync_folder
from escape_tui.store.home_key import CohortKey
from escape_tui.store.keys import Home, UnlockedHome
from escape_tui.store.lock import Lock
from escape_tui.store.opening import COHORTS_FOLDER
from escape_tui.store.read import people, person_of
from sessions.errors import CannotOpen, EscapeError, Refused


@dataclass(frozen=True, slots=True)
class Safeguards:
    """What the keeping of backups does for an erasure.

    `prove_backup` makes a fresh backup of the open cohort and proves it. `record_erased` notes a person, by
    cohort, id and day, so that no restore brings them back. `second_copy` gives the folder that the
    settings name for copies of backups, None for none.
    """

    prove_backup: Callable[[Cohort], None]
    record_erased: Callable[[str, str, date], None]
    second_copy: Callable[[], Path | None] = lambda: None


def erase_cohort(home: Home, code: str, at: datetime, second_copy: Path | None) -> tuple[Uncleaned, ...]:
    """Erase a cohort: its key, its file, its backups, in every copy within reach; a tombstone stays.

    Gives the copies that are out of reach; they are remembered and cleaned when they are seen. A damaged
    cohort can be erased too; one that was erased already is cleaned again. `Refused` where there is no such
    cohort, `CannotOpen` where it is in use, `OSError` where the machine cannot.
    """
    path = _path(home, code)
    if not (path.exists() or _has_key(home, code) or _is_erased(home, code)):
        raise Refused(
            "There is no cohort of that code in this home.", "List the cohorts with `escape cohort list`."
        )
    path.parent.mkdir(mode=0o700, exist_ok=True)
    mark = Mark(cohort=code, since=at)
    lock = Lock.take(lock_path(path), at)
    try:
        mark_everywhere(home.folder, mark, second_copy)
        home.remove_cohort_key(code, at)
        _clean_up(home, mark)
    finally:
        lock.release()
    _end_cleaning(home, mark)
    clean_places(home)
    return uncleaned(home.folder, code)


def erase_person_for_good(
    home: Home, cohort: Cohort, person: str, on: date, safeguards: Safeguards
) -> tuple[Uncleaned, ...]:
    """Erase who a person is, in the cohort's file, its backups and every copy within reach.

    In an encrypted home the cohort moves to a new key and the old one goes, so that no older copy opens; in
    a plain home the backups that name the person are deleted. Gives the copies out of reach. `Refused` where
    there is no such person or the cohort is read-only; nothing is changed then. Should the machine fail on
    the way, it is gone on with at the next opening.
    """
    person_of(cohort, person)
    code = cohort.code
    if is_unsettled(home, code):
        settle(home, cohort, safeguards)
    mark = Mark(cohort=code, person=person, since=cohort.now())
    mark_everywhere(home.folder, mark, safeguards.second_copy())
    try:
        if isinstance(home, UnlockedHome):
            home.renew_cohort_key(code)
        erase_person(cohort, person, on)
    except EscapeError:
        with contextlib.suppress(EscapeError, OSError):
            _undo(home, mark)
        raise
    settle(home, cohort, safeguards)
    return uncleaned(home.folder, code)


def settle(home: Home, cohort: Cohort, safeguards: Safeguards) -> None:
    """Bring what was begun to its end: the new key, a proven backup, then the old key and old copies go.

    What did not come to the erasing itself is forgotten. Raises what stood in the way; the cohort is then
    whole, and as far as it came.
    """
    code = cohort.code
    marks = [mark for mark in read_copies(home.folder).here if mark.cohort == code and mark.person]
    for mark in marks:
        if (on := _erased_on(cohort, mark)) is not None:
            safeguards.record_erased(code, str(mark.person), on)
    moved_to = _move(home, cohort)
    safeguards.prove_backup(cohort)
    if isinstance(home, UnlockedHome) and moved_to is not None:
        home.keep_cohort_key(code, moved_to)
    for mark in marks:
        if _erased_on(cohort, mark) is None:
            unmark_everywhere(home.folder, mark)
        else:
            clean_here(home, mark)
            unmark_here(home.folder, mark)
    clean_places(home)


def finish_erased_cohorts(home: Home) -> None:
    """Bring the erasing of cohorts that was broken off to its end, and clean the copies now within reach.

    One that had not come to the key is forgotten: the cohort is there as before. Never raises for what the
    machine cannot do, nor for a cohort that is in use.
    """
    with contextlib.suppress(OSError, EscapeError):
        copies = read_copies(home.folder)
        for mark in copies.here:
            if mark.person is None:
                _finish(home, mark)
        if any(place.uncleaned for place in copies.places):
            clean_places(home)


def key_that_opens(home: UnlockedHome, code: str) -> CohortKey:
    """The key of a cohort's file: of two, where it is being moved from one to the other, the one it is under.

    Raises as `UnlockedHome.cohort_key`.
    """
    key, moving_to = home.cohort_key(code), home.next_cohort_key(code)
    path = _path(home, code)
    if moving_to is not None and path.exists() and opens_with(path, moving_to.raw):
        return moving_to
    return key


def _path(home: Home, code: str) -> Path:
    return home.folder / COHORTS_FOLDER / f"{code}.db"


def _has_key(home: Home, code: str) -> bool:
    return isinstance(home, UnlockedHome) and code in home.cohort_ids


def _is_erased(home: Home, code: str) -> bool:
    return any(tombstone.cohort_id == code for tombstone in home.tombstones)


def _move(home: Home, cohort: Cohort) -> CohortKey | None:
    """Bring the cohort's file under the key it is moving to; that key, or None where it is not moving."""
    if not isinstance(home, UnlockedHome):
        return None
    path, code = cohort.connection.path, cohort.code
    moving_to = home.next_cohort_key(code)
    if moving_to is not None and not opens_with(path, moving_to.raw):
        move_file(cohort, home.cohort_key(code).raw, moving_to.raw)
    return moving_to


def _erased_on(cohort: Cohort, mark: Mark) -> date | None:
    # A restored cohort may not have the person at all.
    return next((one.erased_on for one in people(cohort) if one.id == mark.person), None)


def _undo(home: Home, mark: Mark) -> None:
    if isinstance(home, UnlockedHome):
        home.keep_cohort_key(mark.cohort, key_that_opens(home, mark.cohort))
    unmark_everywhere(home.folder, mark)


def _finish(home: Home, mark: Mark) -> None:
    path = _path(home, mark.cohort)
    try:
        lock = Lock.take(lock_path(path), mark.since)
    except CannotOpen:
        return  # whoever holds it is at work on it
    erased = _is_erased(home, mark.cohort)
    try:
        if erased:
            _clean_up(home, mark)
        else:
            unmark_everywhere(home.folder, mark)
    finally:
        lock.release()
    if erased:
        _end_cleaning(home, mark)


def _clean_up(home: Home, mark: Mark) -> None:
    path = _path(home, mark.cohort)
    for file in sorted(path.parent.glob(f"{path.name}*")):
        wipe(home, file)
    sync_folder(path.parent)
    clean_here(home, mark)


def _end_cleaning(home: Home, mark: Mark) -> None:
    # Last, when nobody holds it: not every system lets go of an open file.
    lock_path(_path(home, mark.cohort)).unlink(missing_ok=True)
    unmark_here(home.folder, mark)
