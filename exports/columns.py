"""What a table of a return is made of: columns with their meaning, kind, unit, range and codes; keys.

Not for: which tables there are (`schema`), or writing and reading them (`writing`, `reading`).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from sessions.due import TIMEPOINTS
from sessions.text import ID_PATTERN

YES_NO = ("yes", "no")
AGE_BANDS = ("18-24", *(f"{age}-{age + 4}" for age in range(25, 90, 5)), "90+")
PAIN_DURATIONS = ("<6", "6-11", "12-23", "24-59", "60+")
POOLED = "koos-hoos"
"""The instrument of the rows that pool KOOS and HOOS."""
LIST_MARK = ";"
"""Stands between the codes of a cell that holds several."""
MOST_MINUTES = 600
"""The most that education or exercise of one session can take."""
HASH = r"[0-9a-f]{64}"
CATEGORY = r"[a-z]+(_[a-z]+)*"
INSTRUMENT = "The questionnaire or test, by its id."

Kind = Literal["text", "code", "integer", "number", "date", "instant"]
"""`text` is free and guarded against formulas; a `code` is one of a fixed set, or has a fixed form."""


@dataclass(frozen=True, slots=True)
class Column:
    """One column. `lowest` and `highest` are allowed themselves; `required` cells are never empty.

    `pattern` is the form of a code without a fixed set. `empty` says what an empty cell means.
    """

    name: str
    kind: Kind
    meaning: str
    unit: str = ""
    lowest: int | None = None
    highest: int | None = None
    codes: tuple[str, ...] = ()
    pattern: str = ""
    required: bool = False
    empty: str = ""


@dataclass(frozen=True, slots=True)
class Reference:
    """The values of `column` stand in the column `to` of the table `table`."""

    column: str
    table: str
    to: str


@dataclass(frozen=True, slots=True)
class Table:
    """One table: what a row is, its columns in order, its key, and which other tables it points to.

    An `optional` table is in a return only where the site's settings ask for it.
    """

    name: str
    meaning: str
    columns: tuple[Column, ...]
    key: tuple[str, ...] = ()
    references: tuple[Reference, ...] = ()
    optional: bool = False

    @property
    def file(self) -> str:
        """The name of its file in the folder `data` of a bag."""
        return f"{self.name}.csv"

    @property
    def heading(self) -> tuple[str, ...]:
        """The names of the columns, in their order."""
        return tuple(column.name for column in self.columns)

    @property
    def sorted_by(self) -> tuple[str, ...]:
        """The columns that order the rows: the key, or all of them where there is none."""
        return self.key or self.heading


def count(name: str, meaning: str) -> Column:
    """A column that counts people, never empty."""
    return Column(name, "integer", meaning, unit="people", lowest=0, required=True)


def id_of(name: str, meaning: str) -> Column:
    """A column that names a thing of the content by its id."""
    return Column(name, "code", meaning, pattern=ID_PATTERN, required=True)


def session_number(name: str, meaning: str) -> Column:
    """A column that names a session of the plan."""
    return Column(name, "integer", meaning, lowest=1, highest=99, required=True)


def person_id() -> Column:
    """The column that names a person."""
    meaning = "A random sign for one person, the same in every revision; the key to it never leaves the site."
    return Column("person_id", "code", meaning, pattern=r"P[A-Z2-7]{10}", required=True)


def timepoint() -> Column:
    """The column that says when a measure belongs to."""
    meaning = "Which of the programme's measurements it belongs to."
    return Column("timepoint", "code", meaning, codes=tuple(sorted(TIMEPOINTS)), required=True)
