"""The schema of a cohort's file and its migrations: all of them or none, in one transaction.

Not for: the SQL of a version (`tables_1` and so on), or backing a file up before it is migrated, which the
caller does.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Final

from escape_tui.store.connect import APPLICATION_ID, Connection, version_of
from escape_tui.store.tables_1 import TABLES_1
from escape_tui.store.tables_2 import TABLES_2
from escape_tui.store.tables_3 import TABLES_3
from escape_tui.store.tables_4 import TABLES_4

if TYPE_CHECKING:
    from sqlite_utils import Database


def make_schema(connection: Connection) -> None:
    """Give a new, empty file all tables. Inside a transaction of the caller."""
    _apply(connection)


def migrate(connection: Connection, before: Callable[[], None]) -> None:
    """Bring an older file to this program's schema, after `before`, which has to make a backup.

    All migrations are kept or none is. Where the file is up to date, nothing happens and `before` is not
    called.
    """
    if version_of(connection) == len(MIGRATIONS):
        return
    before()
    with connection.transaction():
        _apply(connection)


def _apply(connection: Connection) -> None:
    # Imported here: it takes longer than opening a file that is up to date.
    from sqlite_utils import Database, Migrations

    migrations = Migrations("cohort")
    for name, function in MIGRATIONS:
        migrations(name=name)(function)
    with connection.told():
        database = Database(connection.driver, execute_plugins=False, recursive_triggers=False)
        migrations.apply(database)
    connection.run(f"PRAGMA application_id = {APPLICATION_ID}")
    connection.run(f"PRAGMA user_version = {len(MIGRATIONS)}")


def _first_tables(database: Database) -> None:
    _run(database, TABLES_1)


def _second_tables(database: Database) -> None:
    _run(database, TABLES_2)


def _third_tables(database: Database) -> None:
    _run(database, TABLES_3)


def _fourth_tables(database: Database) -> None:
    _run(database, TABLES_4)


def _run(database: Database, statements: str) -> None:
    # Raw SQL: sqlite-utils makes no CHECK. One by one: executescript would commit.
    for statement in statements.strip().split("\n\n"):
        database.execute(statement)


MIGRATIONS: tuple[tuple[str, Callable[[Database], None]], ...] = (
    ("m001_first_tables", _first_tables),
    ("m002_whereabouts_and_papers", _second_tables),
    ("m003_drafts", _third_tables),
    ("m004_ruled_out", _fourth_tables),
)
"""In order; new ones are added at the end, and none is changed once released."""
SCHEMA_VERSION: Final = len(MIGRATIONS)
"""The newest version that this program reads and writes; a file says its own in `user_version`."""
