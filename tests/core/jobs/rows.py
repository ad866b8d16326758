"""Put jobs into a database, and read them."""

from datetime import UTC, datetime, timedelta

from sqlalchemy import func, select

from tests.support.servers.databases import Database
from workbench.accounts.audit import AuditRow
from workbench.core.jobs.tables import (
    JobRow,
    enqueue,
)

LEASE = timedelta(seconds=30)


def job(database: Database, number: int) -> JobRow:
    with database.read() as session:
        return session.get_one(JobRow, number)


def lines(database: Database, act: str) -> int:
    with database.read() as session:
        return session.scalar(select(func.count()).where(AuditRow.act == act))


def put(database: Database, name: str = "test-copy", **options: object) -> int:
    with database.write.begin() as session:
        return enqueue(session, name, **{"words": "hello"} | options)


def put_bare(database: Database, name: str) -> int:
    with database.write.begin() as session:
        return enqueue(session, name)


def lapse(database: Database, number: int) -> None:
    """Let the lease of a job run out, as if its worker had died a while ago."""
    with database.write.begin() as session:
        session.get_one(JobRow, number).lease_until = datetime(2020, 1, 1, tzinfo=UTC)
