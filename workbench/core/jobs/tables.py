"""The rows of jobs: enqueue, claim, renew, finish and sweep them."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, Index, String, Text, and_, event, or_, select, text, update
from sqlalchemy.orm import Mapped, Session, mapped_column, sessionmaker

from workbench.core.clock import now
from workbench.core.db import Base, end_when_idle, enum_type, moment, retry_on_conflict
from workbench.core.jobs.tasks import JobQueue, queue_of

# Renewed every five seconds; the job of a killed worker waits this long.
LEASE = timedelta(seconds=15)
RETRY_DELAY = timedelta(seconds=5)
TRANSIENT_DELAY = timedelta(seconds=15)
MAX_ATTEMPTS = 3
REOFFER_AFTER = timedelta(seconds=30)

# A job's number, the seconds until it is due, and its queue.
Notify = Callable[[int, float, JobQueue], None]


class JobState(StrEnum):
    """The state of a job; a job that failed once and will be tried again is still running."""

    QUEUED = "queued"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"


class LeaseLost(RuntimeError):
    """Another worker holds this job now, so nothing of this attempt is stored."""


class JobRow(Base):
    """One piece of work: its task and payload, its holder, its progress and its result.

    `transient_failures` counts the attempts that failed for a passing reason and do not count as attempts.
    """

    __tablename__ = "job"
    __table_args__ = (
        Index(
            "uq_job_key_queued",
            "key",
            unique=True,
            sqlite_where=text("state = 'queued'"),
            postgresql_where=text("state = 'queued'"),
        ),
        Index("ix_job_state_due_at", "state", "due_at"),
        Index("ix_job_key", "key"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    task: Mapped[str] = mapped_column(String(80))
    key: Mapped[str | None] = mapped_column(String(200))
    payload: Mapped[dict[str, Any]]
    state: Mapped[JobState] = mapped_column(enum_type(JobState, "state"), default=JobState.QUEUED)
    attempt: Mapped[int] = mapped_column(default=0)
    transient_failures: Mapped[int] = mapped_column(default=0)
    lease_until: Mapped[datetime | None]
    due_at: Mapped[datetime]
    offered_at: Mapped[datetime]
    progress: Mapped[int] = mapped_column(default=0)
    total: Mapped[int] = mapped_column(default=0)
    result: Mapped[dict[str, Any] | None]
    error: Mapped[str] = mapped_column(Text, default="")
    created_at: Mapped[datetime] = mapped_column(default=now)
    done_at: Mapped[datetime | None]


@dataclass(frozen=True, slots=True)
class Claim:
    """The right to do one job; `attempt` is the fencing token that every later write must still match."""

    id: int
    attempt: int
    task: str
    payload: dict[str, Any] = field(default_factory=dict)
    transient_failures: int = 0

    @property
    def is_last(self) -> bool:
        """Return whether no other attempt follows when this one fails."""
        return self.attempt - self.transient_failures >= MAX_ATTEMPTS


def enqueue(session: Session, name: str, *, key: str | None = None, after: float = 0, **payload: Any) -> int:
    """Add a job that runs when this transaction is committed and `after` seconds have passed; return its number.

    With a `key`, a job that still waits under it gets the new payload and time instead, so that many small changes
    in a row end in one run.
    """
    due_at = moment(session) + timedelta(seconds=after)
    session.flush()

    def write() -> int:
        number = _postpone(session, name, key, due_at, payload) if key else None
        if number is None:
            row = JobRow(task=name, key=key, payload=payload, due_at=due_at, offered_at=due_at)
            session.add(row)
            session.flush()
            number = row.id
        return number

    number = retry_on_conflict(session, write)
    session.info.setdefault("new_jobs", []).append((number, after, queue_of(name)))
    return number


def notify_after_commit(maker: sessionmaker[Session], notify: Notify) -> None:
    """Call `notify` for the jobs that a commit of one of these sessions has stored."""

    def announce(session: Session) -> None:
        # The end of a savepoint is no commit yet.
        if not session.in_nested_transaction():
            for number, after, queue in session.info.pop("new_jobs", []):
                notify(number, after, queue)

    def discard(session: Session) -> None:
        if not session.in_nested_transaction():
            session.info.pop("new_jobs", None)

    event.listen(maker, "after_commit", announce)
    event.listen(maker, "after_rollback", discard)


def claim(session: Session, number: int, lease: timedelta = LEASE) -> Claim | None:
    """Claim a job that is due and has no holder, in one statement; return None where there is nothing to claim."""
    moment_now = _short_write(session)
    row = session.execute(
        update(JobRow)
        .where(JobRow.id == number, JobRow.attempt - JobRow.transient_failures < MAX_ATTEMPTS, _is_free(moment_now))
        .values(state=JobState.RUNNING, attempt=JobRow.attempt + 1, lease_until=moment_now + lease)
        .returning(JobRow.id, JobRow.attempt, JobRow.task, JobRow.payload, JobRow.transient_failures)
        .execution_options(synchronize_session=False)
    ).one_or_none()
    return Claim(*row) if row else None


def renew(session: Session, job: Claim, lease: timedelta = LEASE) -> None:
    """Renew the lease of a job. Raise LeaseLost."""
    _update_as_holder(session, job, lease_until=_short_write(session) + lease)


def finish(session: Session, job: Claim, result: dict[str, Any] | None = None) -> None:
    """End a job in the same transaction as what it wrote. Raise LeaseLost; all of it must then be rolled back."""
    ended = {"state": JobState.DONE, "lease_until": None, "done_at": _short_write(session)}
    _update_as_holder(session, job, result=result, error="", **ended)


def record_failure(session: Session, job: Claim, reason: str, *, transient: bool = False) -> None:
    """Record that an attempt failed: the job is free again shortly, or failed for good after the third attempt.

    A `transient` failure, such as a full disk, does not count as an attempt.
    """
    if transient:
        free_at = _short_write(session) + TRANSIENT_DELAY
        _update_as_holder(
            session, job, error=reason, transient_failures=job.transient_failures + 1, lease_until=free_at
        )
    elif job.is_last:
        ended = {"state": JobState.FAILED, "lease_until": None, "done_at": _short_write(session)}
        _update_as_holder(session, job, error=reason, **ended)
    else:
        _update_as_holder(session, job, error=reason, lease_until=_short_write(session) + RETRY_DELAY * job.attempt)


def record_progress(session: Session, job: Claim, progress: int, total: int) -> None:
    """Store how far a job is. Raise LeaseLost."""
    _update_as_holder(session, job, progress=progress, total=total)


def sweep(session: Session, *, everything: bool = False) -> dict[int, JobQueue]:
    """Return the jobs that wait without a holder, with their queues, and fail those that died three times.

    A job that was offered to the queue a moment ago is left out, unless a worker has just started (`everything`).
    """
    moment_now = _short_write(session)
    session.execute(
        update(JobRow)
        .where(JobRow.state == JobState.RUNNING, JobRow.lease_until < moment_now)
        .where(JobRow.attempt - JobRow.transient_failures >= MAX_ATTEMPTS)
        .values(
            state=JobState.FAILED,
            lease_until=None,
            done_at=moment_now,
            error="The worker stopped in the middle of this, three times.",
        )
    )
    has_old_offer = JobRow.offered_at < (moment_now if everything else moment_now - REOFFER_AFTER)
    has_lost_lease = and_(JobRow.state == JobState.RUNNING, JobRow.offered_at < JobRow.lease_until)
    waiting_jobs = (
        select(JobRow.id, JobRow.task)
        .where(_is_free(moment_now), or_(has_old_offer, has_lost_lease))
        .order_by(JobRow.due_at)
    )
    found = {number: queue_of(name) for number, name in session.execute(waiting_jobs)}
    if found:
        session.execute(update(JobRow).where(JobRow.id.in_(found)).values(offered_at=moment_now))
    return found


def has_unfinished_job(session: Session, keys: Sequence[str]) -> bool:
    """Return whether a job under one of these keys is still to be done or being done."""
    unfinished = JobRow.state.in_([JobState.QUEUED, JobState.RUNNING])
    return session.scalar(select(JobRow.id).where(JobRow.key.in_(keys), unfinished).limit(1)) is not None


def failure_reason(session: Session, keys: Sequence[str]) -> str:
    """Return why the newest job under one of these keys failed for good; empty where it did not."""
    newest = session.execute(
        select(JobRow.state, JobRow.error).where(JobRow.key.in_(keys)).order_by(JobRow.id.desc()).limit(1)
    ).one_or_none()
    return newest.error if newest and newest.state == JobState.FAILED else ""


def _short_write(session: Session) -> datetime:
    """Return the time at the start of a write that ends at once; a worker paused in its middle must not block others."""
    end_when_idle(session)
    return moment(session)


def _is_free(moment_now: datetime) -> ColumnElement[bool]:
    return or_(
        and_(JobRow.state == JobState.QUEUED, JobRow.due_at <= moment_now),
        and_(JobRow.state == JobState.RUNNING, JobRow.lease_until < moment_now),
    )


def _update_as_holder(session: Session, job: Claim, **values: Any) -> None:
    changed = session.execute(
        update(JobRow)
        .where(JobRow.id == job.id, JobRow.attempt == job.attempt, JobRow.state == JobState.RUNNING)
        .values(**values)
        .returning(JobRow.id)
        .execution_options(synchronize_session=False)
    ).one_or_none()
    if changed is None:
        raise LeaseLost(f"Job {job.id} is no longer held by attempt {job.attempt}.")


def _postpone(session: Session, name: str, key: str | None, due_at: datetime, payload: dict[str, Any]) -> int | None:
    return session.execute(
        update(JobRow)
        .where(JobRow.key == key, JobRow.task == name, JobRow.state == JobState.QUEUED)
        .values(payload=payload, due_at=due_at, offered_at=due_at, created_at=now())
        .returning(JobRow.id)
    ).scalar_one_or_none()
