"""The database: one Base for every row, engines for SQLite and PostgreSQL, and sessions that read, write or work."""

import sqlite3
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path
from typing import Any, TypeVar

from sqlalchemy import (
    JSON,
    DateTime,
    Dialect,
    Engine,
    Enum,
    MetaData,
    TypeDecorator,
    create_engine,
    event,
    func,
    select,
    text,
)
from sqlalchemy.engine import URL, Connection, make_url
from sqlalchemy.exc import IntegrityError, InternalError, OperationalError
from sqlalchemy.orm import DeclarativeBase, Session, sessionmaker

from workbench.core.clock import now
from workbench.settings import Settings

T = TypeVar("T")

IDLE_SECONDS = 20  # of a transaction, see `end_when_idle`
MAX_CONFLICTS = 5  # see `retry_on_conflict`
# raised where a database does not answer, or has ended an idle transaction
UNREACHABLE = (OperationalError, InternalError)
# With 50 ms, 32 writers were refused a thousand times; with 5 s, never.
BUSY_SECONDS = 5
_POSTGRESQL_KEY_CONFLICT = "23505"  # unique_violation
_NAMES = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}


class NotFoundError(LookupError):
    """A thing that does not exist, or that this person may not know of; a page answers 404."""


class Moment(TypeDecorator[datetime]):
    """A time in UTC: aware in Python, whatever a database stores."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Convert a time to UTC, for SQLite without its zone. Raise ValueError for a time without a zone."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("A stored time needs its zone; use core.clock.now().")
        utc = value.astimezone(UTC)
        return utc.replace(tzinfo=None) if dialect.name == "sqlite" else utc

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Return the time as an aware one."""
        return value and (value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC))


class Base(DeclarativeBase):
    """The base class of every row; constraints have names, so that a migration can find them."""

    metadata = MetaData(naming_convention=_NAMES)
    type_annotation_map = {datetime: Moment(), dict[str, Any]: JSON()}  # noqa: RUF012 - SQLAlchemy reads it like this


def enum_type(kind: type[StrEnum], name: str) -> Enum:
    """Return the column type of an enum: its values as text, with a check constraint called `name`."""
    return Enum(
        kind,
        name=name,
        native_enum=False,
        create_constraint=True,
        validate_strings=True,
        length=20,
        values_callable=lambda members: [member.value for member in members],
    )


class Mode(StrEnum):
    """The purpose of a session, which decides when it takes SQLite's one write lock.

    READ never writes: the database itself refuses. WRITE holds the lock from its first statement, so that a version
    it has read is still true when it writes. WORK takes the lock at its first write, so that a job may compute for long.
    """

    READ = "read"
    WRITE = "write"
    WORK = "work"


def make_engine(url: str | URL) -> Engine:
    """Return the engine of a database by its address: `sqlite:///file` or `postgresql://…`.

    Make it after a fork, never before: a shared handle corrupts SQLite and confuses PostgreSQL.
    """
    if make_url(url).get_backend_name() != "sqlite":
        return create_engine(url, pool_pre_ping=True, pool_size=10, max_overflow=10)
    engine = create_engine(url, module=sqlite_module(), connect_args={"timeout": BUSY_SECONDS})
    event.listen(engine, "connect", _prepare_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    event.listen(engine, "before_cursor_execute", _begin_at_first_write)
    return engine


def sessions(engine: Engine, mode: Mode = Mode.WRITE, settings: Settings | None = None) -> sessionmaker[Session]:
    """Return the maker of sessions for one mode; rows remain readable after a commit.

    With `settings`, each session knows the installation that it works for, see `settings_of`.
    """
    bound = engine.execution_options(mode=mode, postgresql_readonly=mode is Mode.READ)
    return sessionmaker(bound, expire_on_commit=False, info={"settings": settings} if settings else {})


def settings_of(session: Session) -> Settings:
    """Return the settings of the installation that a session works for.

    Raise LookupError where its maker has none.
    """
    settings: Settings | None = session.info.get("settings")
    if settings is None:
        raise LookupError("This session was created without the settings of its installation.")
    return settings


def moment(session: Session) -> datetime:
    """Return the time of the clock that all machines share: PostgreSQL's own; with SQLite there is one machine."""
    if session.get_bind().dialect.name == "sqlite":
        return now()
    return session.scalars(select(func.clock_timestamp(type_=Moment()))).one()


def end_when_idle(session: Session) -> None:
    """Set PostgreSQL to end this transaction when it has been idle for IDLE_SECONDS.

    A machine that is paused in the middle of its last statements must not keep rows locked for the next holder.
    """
    if session.get_bind().dialect.name == "postgresql":
        session.execute(text(f"SET LOCAL idle_in_transaction_session_timeout = '{IDLE_SECONDS}s'"))


def retry_on_conflict(session: Session, work: Callable[[], T]) -> T:
    """Return the result of `work`, which reads rows and then inserts one, in a savepoint of its own.

    It runs again where another session has inserted the same key in between. Raise IntegrityError when it was in
    conflict MAX_CONFLICTS times, and at once for an error that is no conflict of keys.
    """
    for _ in range(MAX_CONFLICTS - 1):
        try:
            with session.begin_nested():
                return work()
        except IntegrityError as error:
            if not is_key_conflict(error):
                raise
    with session.begin_nested():
        return work()


def must_exist(value: T | None) -> T:
    """Return a value that was found. Raise NotFoundError for None."""
    if value is None:
        raise NotFoundError
    return value


def is_key_conflict(error: IntegrityError) -> bool:
    """Return whether a unique key that another row has already is the cause of an error."""
    if isinstance(error.orig, sqlite_module().IntegrityError):
        return str(error.orig).startswith("UNIQUE ")  # its code is that of every constraint
    return getattr(error.orig, "sqlstate", None) == _POSTGRESQL_KEY_CONFLICT


def database_file(engine: Engine) -> Path | None:
    """Return the file of an SQLite database, or None for a server."""
    if engine.dialect.name != "sqlite" or not engine.url.database:
        return None
    return Path(engine.url.database).resolve()


def sqlite_module() -> Any:
    """Return the SQLite module that is installed with us; the machine's own may be older than the fix we need."""
    if sys.platform != "linux":
        return sqlite3
    from pysqlite3 import dbapi2  # noqa: PLC0415 - the wheel exists for Linux only

    return dbapi2


def wal_is_safe(version: tuple[int, ...]) -> bool:
    """Return whether this SQLite keeps every acknowledged commit in WAL mode.

    Versions 3.7.0 to 3.51.2 can lose commits when the log is reset while a second connection is open; the fix is in
    3.51.3 and was backported to 3.50.7 and 3.44.6.
    """
    backported = {50: 7, 44: 6}.get(version[1]) if version[0] == 3 else None
    return version >= (3, 51, 3) or (backported is not None and version[2] >= backported)


def _prepare_sqlite(connection: Any, _: Any) -> None:
    connection.isolation_level = None  # we send BEGIN ourselves, see _begin_sqlite
    journal_mode = "WAL" if wal_is_safe(sqlite_module().sqlite_version_info) else "TRUNCATE"
    for pragma in (f"journal_mode={journal_mode}", "synchronous=FULL", "foreign_keys=ON", "trusted_schema=OFF"):
        connection.execute(f"PRAGMA {pragma}").close()


def _begin_sqlite(connection: Connection) -> None:
    """Begin a transaction according to the session's mode.

    A plain BEGIN that writes later fails at once when another session wrote in between, in spite of the busy timeout:
    8 writers were refused 1,413 times in 4,423 tries; with BEGIN IMMEDIATE never.
    """
    mode = connection.get_execution_options().get("mode", Mode.WRITE)
    state = connection.info
    if state.get("query_only", False) is not (mode is Mode.READ):
        state["query_only"] = mode is Mode.READ
        connection.exec_driver_sql(f"PRAGMA query_only={'ON' if mode is Mode.READ else 'OFF'}")
    if mode is not Mode.WORK:
        connection.exec_driver_sql("BEGIN IMMEDIATE" if mode is Mode.WRITE else "BEGIN")


def _begin_at_first_write(
    connection: Connection, cursor: Any, statement: str, parameters: Any, context: Any, executemany: Any
) -> None:
    if connection.get_execution_options().get("mode") is not Mode.WORK or cursor.connection.in_transaction:
        return
    if not statement.lstrip().upper().startswith(("SELECT", "PRAGMA")):
        cursor.execute("BEGIN IMMEDIATE")
