"""A database of the last landed state, with rows in every table: what the tests of later migrations begin from."""

import sqlite3
from contextlib import closing
from pathlib import Path

from sqlalchemy import inspect, text

from tests.support.servers.databases import Database
from workbench.migrations import upgrade

REVISION = "0001"
ROWS = Path(__file__).with_name(f"landed_{REVISION}.sql")


def load(database: Database) -> None:
    """Create the tables of `REVISION` in an empty database and insert the rows of `ROWS`; `upgrade` does the rest.

    The rows are SQLite's own, so that PostgreSQL reads each value as text and converts it by the type of its column.
    """
    upgrade(database.url, REVISION)
    with closing(sqlite3.connect(":memory:")) as source:
        _create_tables(source, database)
        source.executescript(ROWS.read_text("utf-8"))
        for (table,) in source.execute("SELECT name FROM sqlite_master ORDER BY rowid").fetchall():
            _copy(source, table, database)


def _create_tables(source: sqlite3.Connection, database: Database) -> None:
    inspector = inspect(database.engine)
    for line in ROWS.read_text("utf-8").splitlines():
        table = line.partition('INSERT INTO "')[2].partition('"')[0]
        if table:
            columns = ", ".join(f'"{column["name"]}"' for column in inspector.get_columns(table))
            source.execute(f'CREATE TABLE IF NOT EXISTS "{table}" ({columns})')


def _copy(source: sqlite3.Connection, table: str, database: Database) -> None:
    found = source.execute(f'SELECT * FROM "{table}"')
    names = [column[0] for column in found.description]
    postgresql = database.engine.dialect.name == "postgresql"
    marker = "%s" if postgresql else "?"
    columns = ", ".join(f'"{name}"' for name in names)
    statement = f'INSERT INTO "{table}" ({columns}) VALUES ({", ".join([marker] * len(names))})'
    with database.engine.begin() as connection:
        if postgresql:
            connection.execute(text("SET LOCAL TIME ZONE 'UTC'"))
        for row in found:
            values = tuple(str(value) if postgresql and isinstance(value, int) else value for value in row)
            connection.exec_driver_sql(statement, values)
        if postgresql and names[0] == "id" and table not in {"company", "example"}:
            connection.execute(
                text(f"SELECT setval(pg_get_serial_sequence('\"{table}\"', 'id'), max(id)) FROM \"{table}\"")
            )
