"""Handing a whole cohort to another laptop, and taking one: at any time one copy of it can be written.

Not for: the file it travels in (`store.handover_file`), nor for returns, which leave names at home.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from escape_tui.cohorts import cohort_key, cohort_path, key_of_new_cohort, open_by_code
from escape_tui.store.acts.cohorts import hand_over, take_back
from escape_tui.store.audit import Head, head
from escape_tui.store.cohort import Actor, Cohort, lock_path, open_cohort
from escape_tui.store.connect import Connection, remove_files
from escape_tui.store.copies import Mark, mark_everywhere
from escape_tui.store.copying import copy_under, file_closed, leftover_of, put_in_place, transit_of
from escape_tui.store.erasing import Safeguards, settle
from escape_tui.store.files import LEFTOVER_SUFFIX, sync_folder, write_new_file
from escape_tui.store.handover_file import (
    About,
    Handover,
    Under,
    is_handover_of,
    read_handover,
    sha256_of,
    write_handover,
)
from escape_tui.store.home_key import new_cohort_key
from escape_tui.store.keys import Home, UnlockedHome
from escape_tui.store.lock import Lock
from escape_tui.store.passphrase import Passphrase
from escape_tui.store.read import cohort_head, people
from sessions.errors import CannotOpen, EscapeError, MachineFailed, Refused


@dataclass(frozen=True, slots=True)
class Taken:
    """A cohort that was taken; `back` where an older copy of it, handed over, was here already."""

    code: str
    back: bool


def give(
    home: Home,
    cohort: Cohort,
    out: Path,
    under: Under,
    safeguards: Safeguards,
) -> None:
    """Write the open cohort to the file `out` under a passphrase, and make the copy here read-only.

    Killed at any step, the cohort can be written here and there is no file, or it is read-only and the file
    is whole; where only its name was missing, giving it again to the same `out` ends it. `Refused` where
    there is a file of that name, or the cohort was handed over; `OSError` and `MachineFailed` where the
    machine cannot, and then nothing is changed.
    """
    waiting = leftover_of(out)
    if cohort_head(cohort).handed_over:
        _end_giving(home, cohort, out, waiting)
        return
    if out.exists() or not out.parent.is_dir():
        raise Refused("There is a file of that name already, or no such folder.", "Give --out another name.")
    safeguards.prove_backup(cohort)
    actor = cohort.actor
    now = cohort.now()
    # The copy that travels and the one that stays must end in the very same entry of the trail.
    cohort.actor = replace(actor, clock=lambda: now)
    try:
        with contextlib.ExitStack() as failed:
            failed.callback(waiting.unlink, missing_ok=True)
            given = _pack(home, cohort, waiting, under)
            _let_go(cohort, given, waiting, out)
            failed.pop_all()
    finally:
        cohort.actor = actor


def take(
    home: Home,
    file: Path,
    passphrase: Callable[[], Passphrase],
    actor: Actor,
    safeguards: Safeguards,
) -> Taken:
    """Take the cohort in a hand-over into this home, under a new key, proven; it can be written here.

    A copy that is here has to be read-only and an older self of it: it is replaced whole. `Refused` for a
    file that is no hand-over, practice into real or the other way, a cohort that was erased here, or is here
    and is no older self; `CannotOpen` for a damaged file or another passphrase. Killed at any step, what was
    here is whole, or what was taken is; taking it again ends it.
    """
    if file.name.endswith(LEFTOVER_SUFFIX):
        raise Refused(
            "The giving of this file was broken off.",
            "Give the cohort again to the same file, then take that.",
        )
    handover = read_handover(file)
    about = handover.about
    _refuse_elsewhere(home, about)
    key = about.unlocked(handover.key, passphrase()).raw
    path = cohort_path(home, about.code)
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    if not path.exists():
        _take_new(home, path, handover, key, actor)
        with open_by_code(home, about.code, actor, lambda: None, safeguards) as cohort:
            safeguards.prove_backup(cohort)
        return Taken(about.code, back=False)
    with open_by_code(home, about.code, actor, lambda: None, safeguards) as cohort:
        _take_back(home, cohort, handover, key, safeguards)
    return Taken(about.code, back=True)


def _pack(home: Home, cohort: Cohort, waiting: Path, under: Under) -> About:
    """Write the whole hand-over to `waiting`, read it back, and say what is in it."""
    key, transit = new_cohort_key(), transit_of(cohort.connection.path)
    opens = cohort_key(home, cohort.code)
    with _transient(transit):
        with file_closed(cohort, opens):
            copy_under(cohort.connection.path, opens, transit, key.raw)
        with open_cohort(transit, key.raw, cohort.actor, lambda: None) as copy:
            hand_over(copy)
            last = head(copy.connection)
        database = transit.read_bytes()
    about = About(
        home_id=home.home_id,
        practice=home.practice,
        code=cohort.code,
        trail_length=last.length,
        trail_head=last.hash,
        database_sha256=sha256_of(database),
    )
    waiting.unlink(missing_ok=True)
    write_handover(waiting, about, about.locked(key, under), database)
    sync_folder(waiting.parent)
    if read_handover(waiting).about != about:
        raise MachineFailed("The file reads back differently.", "Check the medium, or give --out another.")
    return about


def _let_go(cohort: Cohort, given: About, waiting: Path, out: Path) -> None:
    hand_over(cohort)
    try:
        _prove_same_end(cohort, given)
        waiting.replace(out)
    except BaseException:
        take_back(cohort)
        raise
    sync_folder(out.parent)


def _prove_same_end(cohort: Cohort, given: About) -> None:
    if head(cohort.connection) != given.head:
        raise MachineFailed("The copy is not of this cohort as it is now.", "Do it again.")


def _end_giving(home: Home, cohort: Cohort, out: Path, waiting: Path) -> None:
    last = head(cohort.connection)
    if is_handover_of(out, home.home_id, cohort.code, last):
        return
    if not out.exists() and is_handover_of(waiting, home.home_id, cohort.code, last):
        waiting.replace(out)
        sync_folder(out.parent)
        return
    raise Refused(
        "This cohort was handed over already and is read-only here.",
        "To have it back, take the file in which it comes: `escape handover take`.",
    )


def _refuse_elsewhere(home: Home, about: About) -> None:
    if about.practice != home.practice:
        raise Refused(
            "That is a practice cohort, and this home is not for practice; or the other way round.",
            "Practice cohorts and real ones never mix: take it into a home of its kind.",
        )
    if any(tombstone.cohort_id == about.code for tombstone in home.tombstones):
        raise Refused(
            "A cohort of that code was erased here, and nothing brings it back here.",
            "Take it into another home.",
        )


def _take_new(home: Home, path: Path, handover: Handover, key: bytes, actor: Actor) -> None:
    lock = Lock.take(lock_path(path), actor.clock())
    try:
        with _unpacked(path, handover, key, actor) as transit:
            new = leftover_of(path)
            copy_under(transit, key, new, key_of_new_cohort(home, handover.about.code))
            new.replace(path)
            sync_folder(path.parent)
    finally:
        lock.release()


def _take_back(home: Home, cohort: Cohort, handover: Handover, key: bytes, safeguards: Safeguards) -> None:
    """Put what was taken in the place of the open cohort, its older self."""
    path, old_key = cohort.connection.path, cohort_key(home, cohort.code)
    _refuse_unless_away(cohort, handover.about)
    last, known = head(cohort.connection), {one.id for one in people(cohort) if one.erased_on is None}
    with _unpacked(path, handover, key, cohort.actor, last) as transit:
        for person in _erased_in(transit, key, cohort.actor) & known:
            mark = Mark(cohort=cohort.code, person=person, since=cohort.now())
            mark_everywhere(home.folder, mark, safeguards.second_copy())
        new_key = home.renew_cohort_key(cohort.code).raw if isinstance(home, UnlockedHome) else None
        with file_closed(cohort, old_key) as closed:
            new = leftover_of(path)
            copy_under(transit, key, new, new_key)
            put_in_place(new, path, old_key)
            closed.key = new_key
    settle(home, cohort, safeguards)


def _refuse_unless_away(cohort: Cohort, about: About) -> None:
    if cohort_head(cohort).handed_over:
        return
    if _went_through(cohort.connection, about.head):
        raise Refused("This hand-over was taken here already.", "Go on with the cohort that is here.")
    raise Refused(
        "A cohort of that code is here, and it was not handed over.",
        "A cohort has one copy that is written: hand that one over, or take this one into another home.",
    )


@contextlib.contextmanager
def _unpacked(
    path: Path, handover: Handover, key: bytes, actor: Actor, older: Head | None = None
) -> Iterator[Path]:
    """The cohort of a hand-over as a file beside `path`, checked, and such that it can be written."""
    transit = transit_of(path)
    with _transient(transit):
        write_new_file(transit, handover.database)
        with open_cohort(transit, key, actor, lambda: None) as arrived:
            _check(arrived, handover.about)
            if older is not None and not _went_through(arrived.connection, older):
                raise Refused(
                    "The copy of this cohort that is here is not an older self of the one in that file.",
                    "Take the file that was given last, or take this one into another home.",
                )
            take_back(arrived)
        yield transit


def _check(arrived: Cohort, about: About) -> None:
    said = cohort_head(arrived)
    if (said.code, said.practice, head(arrived.connection)) != (about.code, about.practice, about.head):
        raise CannotOpen("This hand-over does not hold what it says.", "Have the cohort given again.")


def _went_through(connection: Connection, older: Head) -> bool:
    return connection.value("SELECT hash FROM audit WHERE id = ?", (older.length,)) == older.hash


def _erased_in(transit: Path, key: bytes, actor: Actor) -> set[str]:
    with open_cohort(transit, key, actor, lambda: None) as arrived:
        return {one.id for one in people(arrived) if one.erased_on is not None}


@contextlib.contextmanager
def _transient(transit: Path) -> Iterator[None]:
    remove_files(transit)
    try:
        yield
    finally:
        # A disk that fails now must not hide what came of the rest.
        with contextlib.suppress(OSError, EscapeError):
            remove_files(transit)
            lock_path(transit).unlink(missing_ok=True)
