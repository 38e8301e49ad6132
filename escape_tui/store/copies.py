"""Where copies of this home lie outside it, and what was erased here and not yet there: `copies.json`.

Not for: making copies, which backups do, nor for cleaning them (`cleaning`).
"""

from __future__ import annotations

import contextlib
import json
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from pydantic import ValidationError

from escape_tui.store.files import write_durably
from escape_tui.store.home_lock import alone_in
from escape_tui.store.key_file import CohortId, Instant
from escape_tui.store.keys import Home, UnlockedHome
from sessions.errors import CannotOpen
from sessions.text import Data

COPIES_NAME = "copies.json"
MEDIUM_NAME = "escape-medium.txt"
"""Beside a copy: which medium it is, for two sticks can come to lie in one folder by turns."""
_ID_BYTES = 16


class Mark(Data):
    """Something erased: a cohort, or one person of it by their id, and when that was asked for."""

    cohort: CohortId
    person: str | None = None
    since: Instant


class Place(Data):
    """A folder with copies; `medium` is empty where it was never seen. It may still hold the `uncleaned`."""

    medium: str = ""
    folder: str
    uncleaned: tuple[Mark, ...] = ()

    @property
    def present(self) -> bool:
        """Whether this very medium lies in its folder now."""
        folder = Path(self.folder)
        with contextlib.suppress(OSError):
            return folder.is_dir() and (not self.medium or _medium_in(folder) == self.medium)
        return False


class Copies(Data):
    """Every place with copies; `here` are the erasures that this home itself has not come to the end of."""

    version: Literal[1] = 1
    here: tuple[Mark, ...] = ()
    places: tuple[Place, ...] = ()


@dataclass(frozen=True, slots=True)
class Uncleaned:
    """A copy that may still hold what was erased; `present` where it could be cleaned now."""

    folder: Path
    cohort: str
    person: str | None
    present: bool


def read_copies(home: Path) -> Copies:
    """Where copies lie. `CannotOpen` where the file is damaged or of a newer version."""
    try:
        return Copies.model_validate_json((home / COPIES_NAME).read_bytes())
    except FileNotFoundError:
        return Copies()
    except ValidationError:
        pass
    raise CannotOpen(
        f"The file {COPIES_NAME} of this home is damaged, or a newer version wrote it.",
        "Move it away; then clean sticks with older backups of erased cohorts yourself.",
    )


def is_unsettled(home: Home, code: str) -> bool:
    """Whether an erasing of persons, or a move to a new key, was broken off in that cohort."""
    moving = isinstance(home, UnlockedHome) and home.next_cohort_key(code) is not None
    return moving or any(mark.cohort == code for mark in read_copies(home.folder).here)


def something_is_left(home: Path) -> bool:
    """Whether an erasing was broken off here, or a copy is still to be cleaned. Raises as `read_copies`."""
    copies = read_copies(home)
    return bool(copies.here) or any(place.uncleaned for place in copies.places)


def uncleaned(home: Path, cohort: str | None = None) -> tuple[Uncleaned, ...]:
    """Which copies may still hold what was erased: of one cohort, or of all."""
    return tuple(
        Uncleaned(Path(place.folder), mark.cohort, mark.person, place.present)
        for place in read_copies(home).places
        for mark in place.uncleaned
        if cohort in {None, mark.cohort}
    )


def remember_place(home: Path, folder: Path) -> None:
    """Remember that copies of this home lie in `folder`, which is there: to be called with each copy made.

    The medium gets a name of its own the first time. `OSError` where it cannot be written.
    """
    medium = _medium_in(folder) or _named(folder)
    places = read_copies(home).places
    if any((place.medium, place.folder) == (medium, str(folder)) for place in places):
        return

    def remember(copies: Copies) -> Copies:
        def is_it(place: Place) -> bool:
            return place.medium == medium or (not place.medium and place.folder == str(folder))

        same = [place for place in copies.places if is_it(place)]
        marks = tuple(dict.fromkeys(mark for place in same for mark in place.uncleaned))
        others = tuple(place for place in copies.places if not is_it(place))
        new = Place(medium=medium, folder=str(folder), uncleaned=marks)
        return copies.model_copy(update={"places": (*others, new)})

    _change(home, remember)


def mark_everywhere(home: Path, mark: Mark, second_copy: Path | None) -> None:
    """Note durably, before it is erased, what every copy has to lose: here and in each place ever used.

    `second_copy` is the folder that the settings name, which may never have been seen.
    """
    if second_copy is not None and second_copy.is_dir():
        remember_place(home, second_copy)

    def note(copies: Copies) -> Copies:
        places = copies.places
        if second_copy is not None and all(place.folder != str(second_copy) for place in places):
            places = (*places, Place(folder=str(second_copy)))
        return copies.model_copy(
            update={
                "here": (*_without(copies.here, mark), mark),
                "places": tuple(
                    place.model_copy(update={"uncleaned": (*_without(place.uncleaned, mark), mark)})
                    for place in places
                ),
            }
        )

    _change(home, note)


def unmark_here(home: Path, mark: Mark) -> None:
    """The home itself has nothing left of what was erased."""
    _change(home, lambda copies: copies.model_copy(update={"here": _without(copies.here, mark)}))


def unmark_place(home: Path, place: Place, mark: Mark) -> None:
    """That place has nothing left of what was erased."""

    def cleaned(other: Place) -> Place:
        if (other.medium, other.folder) != (place.medium, place.folder):
            return other
        return other.model_copy(update={"uncleaned": _without(other.uncleaned, mark)})

    _change(
        home,
        lambda copies: copies.model_copy(update={"places": tuple(cleaned(each) for each in copies.places)}),
    )


def unmark_everywhere(home: Path, mark: Mark) -> None:
    """Nothing was erased after all."""
    _change(
        home,
        lambda copies: copies.model_copy(
            update={
                "here": _without(copies.here, mark),
                "places": tuple(
                    place.model_copy(update={"uncleaned": _without(place.uncleaned, mark)})
                    for place in copies.places
                ),
            }
        ),
    )


def _without(marks: tuple[Mark, ...], mark: Mark) -> tuple[Mark, ...]:
    return tuple(one for one in marks if (one.cohort, one.person) != (mark.cohort, mark.person))


def _change(home: Path, edit: Callable[[Copies], Copies]) -> None:
    with alone_in(home):
        copies = read_copies(home)
        changed = edit(copies)
        if changed != copies:
            document = json.dumps(changed.model_dump(mode="json"), indent=1) + "\n"
            write_durably(home / COPIES_NAME, document.encode("utf-8"))


def _medium_in(folder: Path) -> str | None:
    try:
        return (folder / MEDIUM_NAME).read_text(encoding="ascii", errors="replace").strip() or None
    except FileNotFoundError:
        return None


def _named(folder: Path) -> str:
    medium = secrets.token_hex(_ID_BYTES)
    write_durably(folder / MEDIUM_NAME, f"{medium}\n".encode("ascii"))
    return medium
