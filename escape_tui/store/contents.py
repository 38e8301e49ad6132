"""What a cohort's file holds, as counts and digests of every table: two files that agree hold the same.

Not for: whether what is held is in order (`Connection.check`, `audit`).
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from escape_tui.store.connect import Connection, version_of
from sessions.errors import CannotOpen


@dataclass(frozen=True, slots=True)
class TableContents:
    """One table: its name, how many rows, and the SHA-256 of all of them in whatever order they lie."""

    name: str
    rows: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Contents:
    """All tables by name, the schema's version and the SHA-256 of its text."""

    version: int
    schema_sha256: str
    tables: tuple[TableContents, ...]


def contents_of(connection: Connection) -> Contents:
    """The contents of a file, read in full."""
    schema = connection.rows("SELECT type, name, sql FROM sqlite_master ORDER BY type, name")
    names = [str(row["name"]) for row in schema if row["type"] == "table"]
    return Contents(
        version_of(connection),
        _digest([repr(tuple(row.values())) for row in schema]),
        tuple(_table(connection, name) for name in names),
    )


def prove_same(first: Contents, second: Contents) -> None:
    """`CannotOpen` where two contents differ in a row, a table or the schema."""
    if first != second:
        raise CannotOpen(
            "The copy of this cohort does not hold what the cohort holds, so it was not used.",
            "Do it again; if it happens twice, check the disk with `escape doctor`.",
        )


def _table(connection: Connection, name: str) -> TableContents:
    # Sorted here: tables without a rowid and those with one lie in different orders.
    rows = sorted(repr(tuple(row.values())) for row in connection.rows(f'SELECT * FROM "{name}"'))  # noqa: S608
    return TableContents(name, len(rows), _digest(rows))


def _digest(lines: list[str]) -> str:
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()
