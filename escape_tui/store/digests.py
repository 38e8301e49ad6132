"""What a cohort's file holds, as a count and a digest of every table: equal wherever the content is equal.

The digests stand beside encrypted backups, so they are keyed by a secret that the file itself holds: that of
a table with one person in it could be guessed otherwise, birth date by birth date.

Not for: soundness of the file itself (`Connection.check`), nor the trail's own chain (`audit`). Pages, their
order and the file's key have no part in a digest, so a copy under another key has the same ones.
"""

from __future__ import annotations

import hmac
from dataclasses import dataclass
from typing import Final

from escape_tui.store.audit import canonical
from escape_tui.store.connect import Connection, Row, Value, text

SCHEMA: Final = "sqlite_master"
"""Stands for the tables, triggers and indexes themselves, as their SQL."""


@dataclass(frozen=True, slots=True)
class TableDigest:
    """One table: how many rows, and HMAC-SHA-256 over the rows in an order of their own."""

    table: str
    rows: int
    hmac_sha256: str


def digests(connection: Connection) -> tuple[TableDigest, ...]:
    """The digest of the schema, then of every table by name. Inside `snapshot`, all are of one instant."""
    tables = connection.rows("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name")
    secret = _secret(connection)
    schema = connection.rows("SELECT type, name, tbl_name, sql FROM sqlite_master")
    return (
        _digest(SCHEMA, schema, secret),
        *(
            _digest(name, _all_rows(connection, name), secret)
            for name in (text(row["name"]) for row in tables)
        ),
    )


def _secret(connection: Connection) -> bytes:
    secret = connection.value("SELECT audit_key FROM cohort")
    if not isinstance(secret, bytes):
        raise TypeError("a cohort has a secret of its own")
    return secret


def _all_rows(connection: Connection, table: str) -> list[Row]:
    return connection.rows(f'SELECT * FROM "{table}"')  # noqa: S608 - a name in the file's schema


def _digest(table: str, rows: list[Row], secret: bytes) -> TableDigest:
    def keyed(content: bytes) -> bytes:
        return hmac.digest(secret, content, "sha256")

    # Sorted digests of rows: the order in which a file happens to give its rows has no part in it.
    each = sorted(keyed(canonical(list(map(_told, row.values()))).encode()) for row in rows)
    return TableDigest(table, len(each), keyed(b"".join(each)).hex())


def _told(value: Value) -> object:
    return {"bytes": value.hex()} if isinstance(value, bytes) else value
