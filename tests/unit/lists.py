"""What the tests of lists share: the lists themselves, small ones made on the spot, and their faults."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from pathlib import Path

import pytest

from escape_tui.store.imports.people import ListedPerson, PeopleList, read_people
from sessions.faults import Fault, FaultyFiles

DATA = Path(__file__).parent.parent / "data"
TODAY = date(2026, 11, 22)
HEADINGS = (
    "person",
    "given_name",
    "family_name",
    "birth_date",
    "sex",
    "pain_site",
    "side",
    "pain_months",
    "referral_source",
)
IDA = ("A1", "Ida", "Marsh", "1956-05-14", "female", "knee", "both", "40", "gp")


def lines(*rows: Iterable[str]) -> bytes:
    """A list of those rows with commas between the cells; no cell is quoted."""
    return "".join(",".join(row) + "\n" for row in rows).encode()


def ida(**changed: str) -> tuple[str, ...]:
    """Ida's row with some cells written otherwise."""
    return tuple(changed.get(name, cell) for name, cell in zip(HEADINGS, IDA, strict=True))


def people(*rows: Iterable[str], headings: Iterable[str] = HEADINGS) -> PeopleList:
    """The people of a list with those rows."""
    return read_people(lines(headings, *rows), TODAY)


def only(people_list: PeopleList) -> ListedPerson:
    """The one person of a list of one."""
    (person,) = people_list.people
    return person


def faults_of(read: Callable[[], object]) -> tuple[Fault, ...]:
    """The faults that `read` raises."""
    with pytest.raises(FaultyFiles) as raised:
        read()
    return raised.value.faults


def places_of(read: Callable[[], object]) -> list[tuple[int | None, str]]:
    """The line and the place of every fault that `read` raises."""
    return [(fault.line, fault.place) for fault in faults_of(read)]
