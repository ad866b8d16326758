"""Work for later: a job is a row, written together with its cause; a queue only says its number aloud.

A lost message or a killed worker is a delay, never a loss: the row knows who holds it (`attempt`) and until when
(`lease_until`), and `sweep()` offers again what nobody holds. Whoever finishes must still be the holder, so a worker
that was paused and overtaken stores nothing.
"""

import logging
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any, TypeVar, cast

from sqlalchemy import ColumnElement, Index, String, Text, and_, event, or_, select, text, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Mapped, Session, mapped_column, sessionmaker

from workbench.core.clock import now
from workbench.core.db import AWAY, Base, end_in_silence, moment
from workbench.core.room import NO_ROOM, no_room

LEASE = timedelta(seconds=15)  # renewed every five seconds; what a killed worker held waits this long
RETRY = timedelta(seconds=5)
HELD_UP = timedelta(seconds=15)
MOST_ATTEMPTS = 3
OFFERED_AGAIN = timedelta(seconds=30)

_log = logging.getLogger(__name__)


class Lane(StrEnum):
    """A line that jobs wait in; a worker has hands for each, so that long work never stands before short work."""

    PAGES = "pages"  # somebody waits for it in front of a page
    PACKETS = "packets"  # may take minutes


Task = TypeVar("Task", bound=Callable[..., Any])
Bell = Callable[[int, float, Lane], None]  # a job's number, the seconds until it is due, and the line it waits in
TASKS: dict[str, Callable[..., Any]] = {}
_LANES: dict[str, Lane] = {}


class State(StrEnum):
    """Where a job stands; one that failed once and will be tried again is still running."""

    QUEUED = "queued"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"


class Overtaken(RuntimeError):
    """Another worker holds this job now, so nothing of this attempt is stored."""


class JobRow(Base):
    """One piece of work: what to do, with what, who holds it, how far it is and what came of it.

    `spared` counts the attempts that do not count, for what they failed of passes by itself.
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
    state: Mapped[str] = mapped_column(String(10), default=State.QUEUED)
    attempt: Mapped[int] = mapped_column(default=0)
    spared: Mapped[int] = mapped_column(default=0)
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
    spared: int = 0

    @property
    def last(self) -> bool:
        """Say whether no other attempt follows when this one fails."""
        return self.attempt - self.spared >= MOST_ATTEMPTS


def task(name: str, lane: Lane = Lane.PAGES) -> Callable[[Task], Task]:
    """Register `fn(session, **payload)` as the work called `name`; it may give back a small dict as its result.

    It may run twice (a worker can die after the last line), so it must be able to: what it writes through `session`
    is stored once, with the job's end; files are written under a name that follows from their content.
    The session takes SQLite's write lock only at its first write, so think first and write last.
    """

    def registered(work: Task) -> Task:
        if name in TASKS:
            raise ValueError(f"There are two tasks called {name}.")
        TASKS[name], _LANES[name] = work, lane
        return work

    return registered


def lane_of(name: str) -> Lane:
    """Say in which line the work called `name` waits; what nobody registered here waits in the first."""
    return _LANES.get(name, Lane.PAGES)


def later(session: Session, name: str, *, key: str | None = None, after: float = 0, **payload: Any) -> int:
    """Put a job beside its cause, to run when both are committed and `after` seconds are over; give its number.

    With a `key`, a job that still waits under it is given the new payload and time instead: many small changes in a
    row end in one run.
    """
    due_at = moment(session) + timedelta(seconds=after)
    session.flush()
    number = _postponed(session, name, key, due_at, payload) if key else None
    if number is None:
        row = JobRow(task=name, key=key, payload=payload, due_at=due_at, offered_at=due_at)
        try:
            with session.begin_nested():
                session.add(row)
            number = row.id
        except IntegrityError:  # somebody else put one under this key in the same moment
            number = _postponed(session, name, key, due_at, payload)
            if number is None:
                raise
    session.info.setdefault("new_jobs", []).append((number, after, lane_of(name)))
    return number


def listen(maker: sessionmaker[Session], bell: Bell) -> None:
    """Let each commit of these sessions ring the bell for the jobs that it stored."""

    def ring(session: Session) -> None:
        if not session.in_nested_transaction():  # the end of a savepoint is no commit yet
            for number, after, lane in session.info.pop("new_jobs", []):
                bell(number, after, lane)

    def forget(session: Session) -> None:
        if not session.in_nested_transaction():
            session.info.pop("new_jobs", None)

    event.listen(maker, "after_commit", ring)
    event.listen(maker, "after_rollback", forget)


def claim(session: Session, number: int, lease: timedelta = LEASE) -> Claim | None:
    """Take a job that is due and that nobody holds, in one statement; give None when there is nothing to take."""
    moment_now = _short_write(session)
    row = session.execute(
        update(JobRow)
        .where(JobRow.id == number, JobRow.attempt - JobRow.spared < MOST_ATTEMPTS, _free(moment_now))
        .values(state=State.RUNNING, attempt=JobRow.attempt + 1, lease_until=moment_now + lease)
        .returning(JobRow.id, JobRow.attempt, JobRow.task, JobRow.payload, JobRow.spared)
        .execution_options(synchronize_session=False)
    ).one_or_none()
    return Claim(*row) if row else None


def renew(session: Session, held: Claim, lease: timedelta = LEASE) -> None:
    """Say that the holder is alive. Raises Overtaken."""
    _as_holder(session, held, lease_until=_short_write(session) + lease)


def finish(session: Session, held: Claim, result: dict[str, Any] | None = None) -> None:
    """End a job in the same transaction as what it wrote. Raises Overtaken, and then all of it must be undone."""
    done = {"state": State.DONE, "result": result, "lease_until": None, "done_at": _short_write(session), "error": ""}
    _as_holder(session, held, **done)


def stumble(session: Session, held: Claim, reason: str, *, passes: bool = False) -> None:
    """Note that an attempt failed: the job is free again shortly, or failed for good after the third time.

    What it failed of may be something that `passes`, such as a full disk: then this attempt does not count.
    """
    if passes:
        free_at = _short_write(session) + HELD_UP
        _as_holder(session, held, error=reason, spared=held.spared + 1, lease_until=free_at)
    elif held.last:
        ended = {"state": State.FAILED, "lease_until": None, "done_at": _short_write(session)}
        _as_holder(session, held, error=reason, **ended)
    else:
        _as_holder(session, held, error=reason, lease_until=_short_write(session) + RETRY * held.attempt)


def report(session: Session, progress: int, total: int, *, together: bool = False) -> None:
    """Tell from inside a task how far it is, at once and for all to see. Raises Overtaken.

    With `together`, the task's own transaction tells it, so that what else stands in it is stored by the holder alone.
    """
    tell: Callable[[Session | None, int, int], None] | None = session.info.get("report")
    if tell:
        tell(session if together else None, progress, total)


def sweep(session: Session, *, everything: bool = False) -> dict[int, Lane]:
    """Name the jobs that wait although nobody holds them, with their lines, and fail those that died three times.

    A job that was offered to the queue a moment ago is left out, unless a worker has just started (`everything`).
    """
    moment_now = _short_write(session)
    session.execute(
        update(JobRow)
        .where(JobRow.state == State.RUNNING, JobRow.lease_until < moment_now)
        .where(JobRow.attempt - JobRow.spared >= MOST_ATTEMPTS)
        .values(
            state=State.FAILED,
            lease_until=None,
            done_at=moment_now,
            error="The worker stopped in the middle of this, three times.",
        )
    )
    quiet = JobRow.offered_at < (moment_now if everything else moment_now - OFFERED_AGAIN)
    lapsed = and_(JobRow.state == State.RUNNING, JobRow.offered_at < JobRow.lease_until)
    waiting = select(JobRow.id, JobRow.task).where(_free(moment_now), or_(quiet, lapsed)).order_by(JobRow.due_at)
    found = {number: lane_of(name) for number, name in session.execute(waiting)}
    if found:
        session.execute(update(JobRow).where(JobRow.id.in_(found)).values(offered_at=moment_now))
    return found


@contextmanager
def heartbeat(makers: sessionmaker[Session], held: Claim, lease: timedelta = LEASE) -> Iterator[None]:
    """Renew the lease from a thread of its own while the work goes on."""
    over = threading.Event()

    def beat() -> None:
        while not over.wait(lease.total_seconds() / 3):
            try:
                with makers.begin() as session:
                    renew(session, held, lease)
            except Overtaken:
                return
            except AWAY:
                _log.warning("The lease of job %s was not renewed; the next beat tries again.", held.id, exc_info=True)

    thread = threading.Thread(target=beat, name=f"heartbeat of job {held.id}", daemon=True)
    thread.start()
    try:
        yield
    finally:
        over.set()
        thread.join()


def perform(makers: sessionmaker[Session], number: int, lease: timedelta = LEASE) -> State | None:
    """Do one job from claim to end; give the state it was left in, or None when it was not ours to do.

    `makers` makes sessions in the mode WORK.
    """
    with makers.begin() as session:
        held = claim(session, number, lease)
    if held is None:
        return None
    try:
        with heartbeat(makers, held, lease), makers() as session:  # a task may end its transaction and think
            session.info["report"] = _reporter(makers, held)
            result = TASKS[held.task](session, **held.payload)
            finish(session, held, cast("dict[str, Any] | None", result))
            session.commit()
    except Overtaken:
        return None
    except Exception as error:  # noqa: BLE001 - whatever a task raises is kept with its job, for people to read
        return _stumbled(makers, held, error)
    return State.DONE


def _stumbled(makers: sessionmaker[Session], held: Claim, error: Exception) -> State | None:
    full = no_room(error)
    passes = full or bool(getattr(error, "passes", False))
    own_words = str(getattr(error, "reason", ""))  # an error that has words for people brings them along
    told = NO_ROOM if full else own_words
    try:
        with makers.begin() as session:
            stumble(session, held, told or f"{type(error).__name__}: {error}", passes=passes)
    except Overtaken:
        return None
    return State.FAILED if held.last and not passes else State.RUNNING


def _reporter(makers: sessionmaker[Session], held: Claim) -> Callable[[Session | None, int, int], None]:
    def tell(given: Session | None, progress: int, total: int) -> None:
        with nullcontext(given) if given else makers.begin() as session:
            if not given:
                end_in_silence(session)
            _as_holder(session, held, progress=progress, total=total)

    return tell


def _short_write(session: Session) -> datetime:
    """Give the time at the start of a write that ends at once; a worker paused in its middle must not hold up others."""
    end_in_silence(session)
    return moment(session)


def _free(moment_now: datetime) -> ColumnElement[bool]:
    return or_(
        and_(JobRow.state == State.QUEUED, JobRow.due_at <= moment_now),
        and_(JobRow.state == State.RUNNING, JobRow.lease_until < moment_now),
    )


def _as_holder(session: Session, held: Claim, **values: Any) -> None:
    changed = session.execute(
        update(JobRow)
        .where(JobRow.id == held.id, JobRow.attempt == held.attempt, JobRow.state == State.RUNNING)
        .values(**values)
        .returning(JobRow.id)
        .execution_options(synchronize_session=False)
    ).one_or_none()
    if changed is None:
        raise Overtaken(f"Job {held.id} is no longer held by attempt {held.attempt}.")


def _postponed(session: Session, name: str, key: str | None, due_at: datetime, payload: dict[str, Any]) -> int | None:
    return session.execute(
        update(JobRow)
        .where(JobRow.key == key, JobRow.task == name, JobRow.state == State.QUEUED)
        .values(payload=payload, due_at=due_at, offered_at=due_at, created_at=now())
        .returning(JobRow.id)
    ).scalar_one_or_none()


def waiting(session: Session, keys: Sequence[str]) -> bool:
    """Say whether a job under one of these keys is still to be done or being done."""
    unfinished = JobRow.state.in_([State.QUEUED, State.RUNNING])
    return session.scalar(select(JobRow.id).where(JobRow.key.in_(keys), unfinished).limit(1)) is not None


def failure(session: Session, keys: Sequence[str]) -> str:
    """Say why the newest job under one of these keys failed for good; nothing where it did not."""
    newest = session.execute(
        select(JobRow.state, JobRow.error).where(JobRow.key.in_(keys)).order_by(JobRow.id.desc()).limit(1)
    ).one_or_none()
    return newest.error if newest and newest.state == State.FAILED else ""
