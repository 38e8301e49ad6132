"""What a list is held against while it is read: the cohort it is for, so that all faults are told at once.

Not for: reading a cohort; whoever imports a list knows it and says here what fits.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TypeVar

from escape_tui.store.imports.cells import Listing
from escape_tui.store.imports.once import Listed

Record = TypeVar("Record", bound=Listed)


@dataclass(frozen=True, slots=True)
class Objection:
    """What in a row does not fit the cohort: the field, what is wrong with it, and the remedy."""

    field: str
    wrong: str
    remedy: str


Check = Callable[[Record], Iterable[Objection]]
"""Everything in one row that does not fit what the cohort has on record."""


def _as_it_is(value: str) -> str:
    return value


def _the_number(value: int) -> int:
    return value


def _the_level(_: str, level: int) -> int:
    return level


def _the_answers(_: str, answers: str) -> str:
    return answers


@dataclass(frozen=True, slots=True)
class Against:
    """What single cells are held against; each gives what is meant, or raises `Refused`.

    `person` takes a reference and gives what names the person from then on. `level` takes the exercise with
    the level, `answers` the instrument with the answers. Without a cohort every cell stands as it is.
    """

    person: Callable[[str], str] = _as_it_is
    session: Callable[[int], int] = _the_number
    level: Callable[[str, int], int] = _the_level
    answers: Callable[[str, str], str] = _the_answers


NOTHING = Against()


def no_objection(_: Listed) -> tuple[Objection, ...]:
    """The check of a list that is held against no record."""
    return ()


def note_objections(listing: Listing, rows: Iterable[Record], check: Check[Record]) -> None:
    """Note everything that `check` has against the `rows` among the faults of the list."""
    for row in rows:
        for objection in check(row):
            listing.fault(row.line, objection.field, objection.wrong, objection.remedy)
