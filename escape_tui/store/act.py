"""One act while it happens: what it writes, and the trail and the images for undo that go with it.

Not for: transactions and who may act (`cohort`), nor the acts themselves (`acts`).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from escape_tui.store.audit import Head, Image, canonical, link
from escape_tui.store.connect import Connection, Row, Value
from escape_tui.store.masks import Masks
from escape_tui.store.shapes import SHAPES

KEPT_STEPS: Final = 50
"""How many acts, a batch as one, can be undone."""


@dataclass(frozen=True, slots=True)
class Touched:
    """A row that an act touched, by table and key. Of an anonymous table the key is empty."""

    table: str
    row: tuple[Value, ...]


@dataclass(frozen=True, slots=True)
class Changed:
    """What an act changed, so that a screen redraws only that. `act` is its number in the trail.

    Where nothing was different afterwards, `act` is None, nothing is touched and the trail has no entry.
    """

    name: str
    act: int | None = None
    touched: tuple[Touched, ...] = ()
    people: tuple[str, ...] = ()

    @property
    def tables(self) -> frozenset[str]:
        """The tables touched."""
        return frozenset(one.table for one in self.touched)


@dataclass(frozen=True, slots=True)
class _Change:
    table: str
    key: tuple[Value, ...]
    before: Row | None
    after: Row | None


class Act:
    """The writing hand of one act, only inside `Cohort.act`; afterwards, `changed` says what it did."""

    def __init__(self, connection: Connection, name: str) -> None:
        self._connection = connection
        self._masks = Masks(connection)
        self._changes: list[_Change] = []
        self._anonymous: set[str] = set()
        self._reason: tuple[str, str] | None = None
        self._detail: str | None = None
        self.changed = Changed(name)

    def row(self, table: str, *key: Value) -> Row | None:
        """The row of that key, or None."""
        return self._connection.row(f"SELECT * FROM {table} WHERE {_where(table)}", key)  # noqa: S608

    def rows(self, sql: str, *values: Value) -> list[Row]:
        """Every row of a query of the act's own."""
        return self._connection.rows(sql, values)

    def put(self, table: str, **values: Value) -> None:
        """Write these columns of the row whose key is among them; what is so already is not written."""
        key = tuple(values[name] for name in SHAPES[table].key)
        before = self.row(table, *key)
        if before is None:
            self._insert(table, values)
            self._note(table, key, None, self.row(table, *key))
            return
        different = {name: value for name, value in values.items() if before[name] != value}
        if different:
            columns = ", ".join(f"{name} = ?" for name in different)
            self._connection.run(
                f"UPDATE {table} SET {columns} WHERE {_where(table)}",  # noqa: S608
                (*different.values(), *key),
            )
            self._note(table, key, before, {**before, **different})

    def add(self, table: str, **values: Value) -> int:
        """Write a new row of a table that numbers its own rows; gives the number."""
        number = self._insert(table, values)
        self._note(table, (number,), None, self.row(table, number))
        return number

    def remove(self, table: str, *key: Value) -> None:
        """Take a row out; where there is none, nothing happens."""
        before = self.row(table, *key)
        if before is not None:
            self._connection.run(f"DELETE FROM {table} WHERE {_where(table)}", key)  # noqa: S608
            self._note(table, key, before, None)

    def because(self, reason: str, person: str) -> None:
        """Keep the typed reason of this act on a person; it goes when they are erased."""
        self._reason = (person, reason)

    def detail(self, detail: str) -> None:
        """Say in the trail what the changes do not, in codes and numbers, never anybody's text.

        An act that says so has an entry even where no row of the record changed.
        """
        self._detail = detail

    def write_trail(self, previous: Head, at: str, by: str, step: int | None) -> None:
        """End the act: write its entry after `previous`, and its images for undo where `step` is given."""
        if not self._changes and not self._anonymous and self._detail is None:
            return
        entry: Row = {
            "id": previous.length + 1,
            "at": at,
            "by": by,
            "act": self.changed.name,
            "detail": self._detail,
            "reason": self._masks.text(self._reason[0], "reason", self._reason[1]) if self._reason else None,
            "changes": canonical([*map(self._told, self._changes), *map(_nothing_told, self._anonymous)]),
        }
        entry["hash"] = link(previous.hash, entry)
        self._insert("audit", entry)
        if self._reason:
            self._insert("reason", {"audit": entry["id"], "person": self._reason[0], "text": self._reason[1]})
        if step is not None and self._changes:
            images = canonical([_image(change) for change in self._changes])
            self._insert("undo", {"audit": entry["id"], "step": step, "images": images})
            self._connection.run("DELETE FROM undo WHERE step <= ?", (step - KEPT_STEPS,))
        self.changed = Changed(
            name=self.changed.name,
            act=previous.length + 1,
            touched=tuple(
                [Touched(change.table, change.key) for change in self._changes]
                + [Touched(table, ()) for table in sorted(self._anonymous)]
            ),
            people=tuple(dict.fromkeys(_people(self._changes))),
        )

    def _insert(self, table: str, values: Row) -> int:
        places = ", ".join("?" * len(values))
        return self._connection.run(
            f"INSERT INTO {table} ({', '.join(values)}) VALUES ({places})",  # noqa: S608
            tuple(values.values()),
        )

    def _note(self, table: str, key: tuple[Value, ...], before: Row | None, after: Row | None) -> None:
        if SHAPES[table].anonymous:
            self._anonymous.add(table)
        else:
            self._changes.append(_Change(table, key, before, after))

    def _told(self, change: _Change) -> dict[str, object]:
        return {
            "table": change.table,
            "row": change.key,
            "old": self._side(change.table, change.before, change.after),
            "new": self._side(change.table, change.after, change.before),
        }

    def _side(self, table: str, row: Row | None, other: Row | None) -> Image | None:
        if row is None:
            return None
        told = {name: row[name] for name in row if other is None or other[name] != row[name]}
        return self._masks.row(table, row, told)


def _nothing_told(table: str) -> dict[str, object]:
    return {"table": table, "row": [], "old": None, "new": None}


def _image(change: _Change) -> dict[str, object]:
    return {
        "table": change.table,
        "row": change.key,
        "before": _shown(change.table, change.before),
        "after": _shown(change.table, change.after),
    }


def _shown(table: str, row: Row | None) -> Row | None:
    hidden = SHAPES[table].hidden
    return None if row is None else {name: value for name, value in row.items() if name not in hidden}


def _people(changes: list[_Change]) -> list[str]:
    people = []
    for change in changes:
        column, row = SHAPES[change.table].person, change.after or change.before or {}
        if column and row.get(column):
            people.append(str(row[column]))
    return people


def _where(table: str) -> str:
    return " AND ".join(f"{name} = ?" for name in SHAPES[table].key)
