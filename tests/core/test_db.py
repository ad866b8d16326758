"""The database keeps what it acknowledged, refuses what it should, and two writers wait for each other."""

import threading
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest
from sqlalchemy import String, select, text
from sqlalchemy.exc import IntegrityError, StatementError
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column

from tests.support.servers.databases import Database
from workbench.core.clock import now
from workbench.core.db import (
    Mode,
    Moment,
    database_file,
    make_engine,
    moment,
    sessions,
    sqlite_module,
    wal_is_safe,
)
from workbench.core.web.tables import LimitRow


class Notes(DeclarativeBase):
    """Tables of these tests only."""


class NoteRow(Notes):
    __tablename__ = "note"
    id: Mapped[int] = mapped_column(primary_key=True)
    words: Mapped[str] = mapped_column(String(100), default="")
    at: Mapped[datetime | None] = mapped_column(Moment())


@pytest.fixture
def notes(database: Database) -> Database:
    Notes.metadata.create_all(database.engine)
    return database


def counts(database: Database) -> int:
    with database.read() as session:
        return session.scalar(select(LimitRow.tries).where(LimitRow.key == "count")) or 0


def add_one(session: Session) -> None:
    row = session.get(LimitRow, "count", with_for_update=True)
    row.tries += 1


def test_a_time_comes_back_in_utc_and_aware(notes: Database):
    noon_in_paris = datetime(2027, 3, 31, 12, 30, 15, 250_000, timezone(timedelta(hours=2)))
    with notes.write.begin() as session:
        session.add(NoteRow(id=1, at=noon_in_paris))

    with notes.read() as session:
        stored = session.get_one(NoteRow, 1).at

    assert stored == noon_in_paris
    assert stored.tzinfo is UTC


def test_a_time_without_a_zone_is_refused(notes: Database):
    with notes.write() as session, pytest.raises(StatementError, match="needs its zone"):
        session.add(NoteRow(id=1, at=datetime(2027, 3, 31)))  # noqa: DTZ001 - that is the point
        session.flush()


def test_a_reading_session_cannot_write(notes: Database):
    with notes.read() as session, pytest.raises(Exception, match=r"readonly|read-only"):
        session.execute(text("INSERT INTO note (id, words) VALUES (1, 'x')"))
    with notes.write.begin() as session:  # the same connection, back from the pool
        session.add(NoteRow(id=1))
    with notes.read() as session:
        assert session.scalar(select(NoteRow.id)) == 1


def test_nobodys_count_is_lost_when_six_write_at_once(database: Database):
    with database.write.begin() as session:
        session.add(LimitRow(key="count", tries=0, ends_at=0))

    def work() -> None:
        for _ in range(15):
            with database.write.begin() as session:
                add_one(session)

    threads = [threading.Thread(target=work) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert counts(database) == 90


def test_a_job_may_think_while_others_write(database: Database):
    with database.write.begin() as session:
        session.add(LimitRow(key="count", tries=0, ends_at=0))

    with database.work.begin() as thinking:
        assert thinking.scalar(select(LimitRow.tries)) == 0
        with database.write.begin() as other:
            add_one(other)
        thinking.add(LimitRow(key="result", tries=1, ends_at=0))

    assert counts(database) == 1
    with database.read() as session:
        assert session.get_one(LimitRow, "result").tries == 1


def test_what_a_job_wrote_is_undone_when_it_fails(database: Database):
    with pytest.raises(ZeroDivisionError), database.work.begin() as session:
        session.add(LimitRow(key="half", tries=1, ends_at=0))
        session.flush()
        raise ZeroDivisionError
    with database.read() as session:
        assert session.get(LimitRow, "half") is None


def test_a_reference_to_nobody_is_refused(database: Database):
    with pytest.raises(IntegrityError), database.write.begin() as session:
        session.execute(
            text(
                "INSERT INTO session (digest, person_id, browser, created_at, seen_at, expires_at) "
                "VALUES ('x', 999, '', '2027-01-01', '2027-01-01', '2027-01-01')"
            )
        )


def test_the_machines_share_one_clock(database: Database):
    with database.read() as session:
        assert abs(moment(session) - now()) < timedelta(seconds=60)


def test_sqlite_keeps_its_promises(store: Database):
    engine = make_engine(store.url)  # that of `store` waits for no disk
    with sessions(engine, Mode.WRITE, store.settings())() as session:
        settings = {
            name: session.scalar(text(f"PRAGMA {name}")) for name in ("foreign_keys", "synchronous", "busy_timeout")
        }
        assert settings == {"foreign_keys": 1, "synchronous": 2, "busy_timeout": 5000}
        safe = wal_is_safe(sqlite_module().sqlite_version_info)
        assert session.scalar(text("PRAGMA journal_mode")) == ("wal" if safe else "truncate")
    engine.dispose()


@pytest.mark.parametrize(
    ("version", "safe"),
    [
        ((3, 40, 1), False),
        ((3, 44, 5), False),
        ((3, 44, 6), True),
        ((3, 50, 6), False),
        ((3, 50, 7), True),
        ((3, 51, 2), False),
        ((3, 51, 3), True),
        ((3, 53, 4), True),
        ((4, 0, 0), True),
    ],
)
def test_only_a_mended_sqlite_may_use_the_write_ahead_log(version: tuple[int, ...], safe: bool):
    assert wal_is_safe(version) is safe


def test_only_sqlite_has_a_file(database: Database, tmp_path: Path):
    expected = tmp_path / "workbench.db" if database.url.startswith("sqlite") else None
    assert database_file(database.engine) == expected
