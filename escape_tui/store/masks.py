"""Private values as the trail may keep them: HMAC-SHA-256 under a random key of the person or the cohort.

Not for: keeping anything secret in the file itself. A plain digest of a birth date can be guessed; once the
person's key is deleted, these cannot.
"""

from __future__ import annotations

import hashlib
import hmac

from escape_tui.store.connect import Connection, Row, Value
from escape_tui.store.shapes import SHAPES

KEY_BYTES = 32


class Masks:
    """Masks rows and reasons; reads each key once, so it is to live no longer than one act or one check."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._keys: dict[str | None, bytes | None] = {}

    def row(self, table: str, row: Row, columns: Row) -> dict[str, str | int | None]:
        """`columns` of a row without what is hidden, and masked where private."""
        shape = SHAPES[table]
        person = row[shape.person] if shape.person else None
        return {
            name: self.text(str(person) if person else None, f"{table}.{name}", value)
            if name in shape.private
            else _plain(value)
            for name, value in columns.items()
            if name not in shape.hidden
        }

    def text(self, person: str | None, place: str, value: Value) -> str | None:
        """A value that stands in `place`, under the key of `person`, or the cohort's where there is none."""
        if value is None:
            return None
        key = self._key(person)
        if key is None:
            return "erased"
        return hmac.new(key, f"{place}\0{value!s}".encode(), hashlib.sha256).hexdigest()

    def _key(self, person: str | None) -> bytes | None:
        if person not in self._keys:
            key = (
                self._connection.value("SELECT audit_key FROM cohort")
                if person is None
                else self._connection.value("SELECT audit_key FROM person WHERE id = ?", (person,))
            )
            self._keys[person] = key if isinstance(key, bytes) else None
        return self._keys[person]


def _plain(value: Value) -> str | int | None:
    if isinstance(value, bytes):
        raise TypeError("bytes never enter the trail")
    return value
