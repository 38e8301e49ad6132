"""What a cohort's file holds, as a count and a digest of every table: equal wherever the content is equal.

Not for: soundness of the file itself (`Connection.check`), nor the trail's own chain (`audit`). Pages, their
order and the file's key have no part in a digest, so a copy under another key has the same ones.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import Final

from escape_tui.store.audit import canonical
from escape_tui.store.connect import Connection, Row, Value, text

SCHEMA: Final = "sqlite_master"
"""Stands for the tables, triggers and indexes themselves, as their SQL."""


@dataclass(frozen=True, slots=True)
class TableDigest:
    """One table: how many rows, and SHA-256 over the rows in an order of their own."""

    table: str
    rows: int
    sha256: str


def digests(connection: Connection) -> tuple[TableDigest, ...]:
    """The digest of the schema, then of every table by name. Inside `snapshot`, all are of one instant."""
    tables = connection.rows("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name")
    return (
        _digest(SCHEMA, connection.rows("SELECT type, name, tbl_name, sql FROM sqlite_master")),
        *(_table(connection, text(row["name"])) for row in tables),
    )


def _table(connection: Connection, name: str) -> TableDigest:
    return _digest(name, connection.rows(f'SELECT * FROM "{name}"'))  # noqa: S608 - a name in the file's schema


def _digest(table: str, rows: list[Row]) -> TableDigest:
    # Sorted digests of rows: the order in which a file happens to give its rows has no part in it.
    each = sorted(hashlib.sha256(canonical(list(map(_told, row.values()))).encode()).digest() for row in rows)
    return TableDigest(table, len(each), hashlib.sha256(b"".join(each)).hexdigest())


def _told(value: Value) -> object:
    return {"bytes": value.hex()} if isinstance(value, bytes) else value
