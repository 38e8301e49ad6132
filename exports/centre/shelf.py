"""The rows of the returns that count, one row a row, in tables of fixed types made from the schema.

Not for: which return counts (`line`), nor the list of what came in (`ledger`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date, datetime
from fractions import Fraction
from typing import Final, TypeVar

from exports.centre.database import Database, Value
from exports.columns import Column, Table
from exports.rows import ROW_OF, Cell, Row, Tables
from exports.schema import TABLES, table_named
from exports.writing import DECIMALS

_TYPES: Final = {
    "text": "TEXT",
    "code": "TEXT",
    "integer": "INTEGER",
    "number": "REAL",
    "date": "TEXT",
    "instant": "TEXT",
}
_MILLION: Final = 10**DECIMALS
_R = TypeVar("_R", bound=Row)


def statements() -> Iterator[str]:
    """What makes the tables: the columns of the format, after the bag that a row comes from."""
    for table in TABLES:
        columns = "".join(f",\n  {_declared(column)}" for column in table.columns)
        yield f"CREATE TABLE {table.name} (\n  bag INTEGER NOT NULL REFERENCES bag (id){columns}\n) STRICT"
        yield f"CREATE INDEX {table.name}_of_bag ON {table.name} (bag)"


def put(database: Database, bag: int, tables: Tables) -> None:
    """File every row of a return under the bag that it came in."""
    for table in TABLES:
        rows: Sequence[Row] = getattr(tables, table.name) or ()
        places = ", ".join("?" * (1 + len(table.columns)))
        values = [(bag, *(_stored(getattr(row, name)) for name in table.heading)) for row in rows]
        # The names are those of the schema, never of a return.
        database.run_many(f"INSERT INTO {table.name} VALUES ({places})", values)  # noqa: S608


def drop(database: Database, bag: int) -> None:
    """Take every row of a bag off the shelf. Nothing of it is left in the file."""
    for table in TABLES:
        database.run(f"DELETE FROM {table.name} WHERE bag = ?", bag)  # noqa: S608 - a name of the schema


def rows_of(database: Database, kind: type[_R], bag: int) -> list[_R]:
    """The rows of one table of a bag, as they were filed."""
    make: Callable[..., _R] = kind
    table = next(table_named(name) for name, row in ROW_OF.items() if row is kind)
    columns = ", ".join(map(_quoted, table.heading))
    found = database.rows(f"SELECT {columns} FROM {table.name} WHERE bag = ? ORDER BY rowid", bag)  # noqa: S608
    return [make(*_read(table, row)) for row in found]


def tables_of(database: Database, bag: int) -> Tables:
    """Everything that was filed of a bag."""
    kinds = {table.name: rows_of(database, ROW_OF[table.name], bag) for table in TABLES}
    make: Callable[..., Tables] = Tables
    return make(**{name: tuple(rows) for name, rows in kinds.items()})


def _declared(column: Column) -> str:
    return f"{_quoted(column.name)} {_TYPES[column.kind]}{' NOT NULL' if column.required else ''}"


def _quoted(name: str) -> str:
    return f'"{name}"'


def _stored(cell: Cell) -> Value:
    match cell:
        case None | str() | int() | float():
            return cell
        case datetime():
            return cell.strftime("%Y-%m-%dT%H:%M:%SZ")
        case date():
            return cell.isoformat()
        case _:
            return float(cell)


def _read(table: Table, values: Sequence[Value]) -> Iterator[Cell]:
    for column, value in zip(table.columns, values, strict=True):
        if value is None:
            yield None
        elif column.kind == "number" and isinstance(value, float):
            # Six decimals at most were written: this is that number again, exactly.
            yield Fraction(round(value * _MILLION), _MILLION)
        elif column.kind == "date":
            yield date.fromisoformat(str(value))
        elif column.kind == "instant":
            yield datetime.fromisoformat(str(value))
        else:
            yield value if isinstance(value, int) else str(value)
