"""Rows that say the same twice are one row; rows that contradict each other are a fault.

Not for: people, of whom two may share a reference by mistake (`people`).
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable
from dataclasses import Field, replace
from typing import Any, ClassVar, Protocol, TypeVar

from escape_tui.store.imports.cells import Listing


class Listed(Protocol):
    """A row of a list, as a dataclass that is compared without its line."""

    __dataclass_fields__: ClassVar[dict[str, Field[Any]]]

    @property
    def line(self) -> int:
        """The line of the file on which the row begins."""

    @property
    def person(self) -> str:
        """The reference of the person the row is about."""


Record = TypeVar("Record", bound=Listed)


def each_once(
    listing: Listing, rows: Iterable[Record], about: Callable[[Record], Hashable]
) -> tuple[Record, ...]:
    """The `rows`, one for each thing they are `about`; one that differs from the first is a fault."""
    first: dict[Hashable, Record] = {}
    for row in rows:
        earlier = first.setdefault(about(row), row)
        if not says_the_same(row, earlier):
            listing.fault(
                row.line,
                "person",
                f"line {earlier.line} is about the same and says something else.",
                "Keep the row that is right.",
            )
    return tuple(first.values())


def says_the_same(row: Record, earlier: Record) -> bool:
    """Whether two rows of one person differ in nothing but their lines and how the reference is spelt."""
    return replace(row, person=earlier.person) == earlier
