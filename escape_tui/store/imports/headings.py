"""Which column says what: headings are understood by their words, in any order and case.

Not for: the words that each list's columns go by (`people`, `attendance`, `exercise`, `measures` name
them), nor for what stands in the cells.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from itertools import chain

from escape_tui.store.imports.table import MOST_HEADINGS, Row, is_blank
from escape_tui.store.imports.words import fold
from sessions.faults import Fault

LONGEST_HEADING = 200
LONGEST_SHOWN = 60

_PASSED_OVER = (
    "the of a an is are was in for or and if any your their his her please select dd mm yyyy yy format "
    "patient person participant client customer member"
)
_YES_OR_NO = re.compile(r"\b(yes no|y n|true false)\b")
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")


@dataclass(frozen=True, slots=True)
class Field:
    """One thing a list can say, by the name the contract gives it, and the headings it is known by.

    A heading means this field where it is the name itself, or where one of the `rules` holds and it has no
    word of `never`. A rule is words that must all be there, in any order, `|` between words of which one
    is enough; words it does not mention are passed over. A rule that begins with `=` allows no others.
    """

    name: str
    rules: tuple[str, ...] = ()
    never: str = ""
    required: bool = False

    def is_meant_by(self, words: Sequence[str]) -> bool:
        """Whether a heading of these `words` means this field by one of its rules."""
        if not _words(self.never).isdisjoint(words):
            return False
        return any(_holds(rule, words) for rule in self.rules)


PERSON = Field(
    "person",
    (
        "ref|refno|reference|id|identifier|urn|uid",
        "patient|person|participant|client|customer|member|booking|case|referral|list "
        "number|no|num|code|record",
    ),
    never="nhs chi national hospital mrn ubrn gp practice referrer clinician therapist staff facilitator "
    "consent phone telephone tel mobile contact email address name date type checked verified seen "
    "session exercise instrument measure post postcode age",
    required=True,
)
"""The list's own reference. Identifiers of the health service stay where they are: nobody needs them here."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column that is read: its field, its place from 0, and its heading as the file has it."""

    field: str
    index: int
    heading: str


@dataclass(frozen=True, slots=True)
class Columns:
    """What the columns of a list were taken for. `ignored` names, in order, those nobody asked for."""

    line: int
    read: tuple[Column, ...]
    ignored: tuple[str, ...]

    def find(self, field: str) -> Column | None:
        """The column of that field; `None` where the list has none."""
        for column in self.read:
            if column.field == field:
                return column
        return None

    def place(self, field: str) -> str:
        """Where a fault in that field stands, by the heading the file gives it."""
        column = self.find(field)
        return f"column {column.heading if column else field}"


def count_known(cells: Sequence[str], fields: Sequence[Field]) -> int:
    """How many different fields the `cells` name, taken as headings."""
    read = cells[:MOST_HEADINGS]
    return len({field.name for cell in read if (field := field_of(cell, fields)) is not None})


def field_of(heading: str, fields: Sequence[Field]) -> Field | None:
    """The first of `fields` that `heading` means; `None` where it means none of them."""
    if is_blank(heading) or len(heading) > LONGEST_HEADING:
        return None
    known = _vocabulary(tuple(fields))
    for written in (heading, _CAMEL.sub(" ", heading)):
        words = _YES_OR_NO.sub("", fold(written)).split()
        if known.isdisjoint(words):
            continue
        for field in fields:
            if words == _folded(field.name):
                return field
        for field in fields:
            if field.is_meant_by(words):
                return field
    return None


def understand(
    file: str, headings: Row, rows: Sequence[Row], fields: Sequence[Field]
) -> tuple[Columns, tuple[Fault, ...]]:
    """What each heading means, and the faults: two columns of one field, a required field without one.

    A field that two columns claim is read from neither.
    """
    claims: dict[str, list[Column]] = {field.name: [] for field in fields}
    ignored: list[str] = []
    has_person = any(fold(cell) == "person" for cell in headings.cells)
    for index, cell in enumerate(headings.cells):
        field = field_of(cell, fields)
        # Our own lists have both the list's reference, `person`, and our `person_id`.
        if field is None or (has_person and fold(cell) == "person id"):
            if not is_blank(cell) or any(not is_blank(row.cells[index]) for row in rows):
                ignored.append(shown(cell, index))
        else:
            claims[field.name].append(Column(field.name, index, shown(cell, index)))
    faults = [_claimed_twice(file, headings.line, columns) for columns in claims.values() if len(columns) > 1]
    faults += [_missing(file, headings.line, f) for f in fields if f.required and not claims[f.name]]
    read = tuple(columns[0] for columns in claims.values() if len(columns) == 1)
    return Columns(headings.line, read, tuple(ignored)), tuple(faults)


def shown(heading: str, index: int) -> str:
    """A heading as it can be named to people: one line, not too long, its place where it has no words."""
    text = " ".join("".join(c if c.isprintable() else " " for c in heading).split())
    return text[:LONGEST_SHOWN] or f"{index + 1} (without a heading)"


def _holds(rule: str, words: Sequence[str]) -> bool:
    parts = _parts(rule)
    if rule.startswith("="):
        words = [word for word in words if word not in _words(_PASSED_OVER)]
        if len(words) != len(parts):
            return False
    return all(not part.isdisjoint(words) for part in parts)


# Our own words are taken apart once: every cell of the first rows is tried as a heading, by every rule.
@cache
def _parts(rule: str) -> tuple[frozenset[str], ...]:
    return tuple(frozenset(part.split("|")) for part in rule.removeprefix("=").split())


@cache
def _vocabulary(fields: tuple[Field, ...]) -> frozenset[str]:
    """Every word by which one of the fields can be known; most cells have none of them."""
    names = (_folded(field.name) for field in fields)
    rules = (word for field in fields for rule in field.rules for part in _parts(rule) for word in part)
    return frozenset(chain(rules, *names))


@cache
def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


@cache
def _folded(name: str) -> list[str]:
    return fold(name).split()


def _claimed_twice(file: str, line: int, columns: Sequence[Column]) -> Fault:
    named = " and ".join(f"{column.index + 1} ({column.heading})" for column in columns)
    return Fault(
        file,
        f"column {columns[0].field}",
        f"more than one column says this: {named}.",
        "Keep one of them, or give the others headings that say what else they are.",
        line,
    )


def _missing(file: str, line: int, field: Field) -> Fault:
    return Fault(
        file,
        f"column {field.name}",
        "no heading says this.",
        f"Give the column that holds it the heading {field.name}.",
        line,
    )
