"""Run one job from claim to end: renew its lease, report its progress, and store its result or its failure."""

import logging
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from datetime import timedelta
from typing import Any, cast

from sqlalchemy.orm import Session, sessionmaker

from workbench.core.db import UNREACHABLE, end_when_idle
from workbench.core.jobs.tables import (
    LEASE,
    Claim,
    JobState,
    LeaseLost,
    claim,
    finish,
    record_failure,
    record_progress,
    renew,
)
from workbench.core.jobs.tasks import TASKS
from workbench.core.storage.disk import DISK_FULL, means_disk_full

_log = logging.getLogger(__name__)


def run_job(makers: sessionmaker[Session], number: int, lease: timedelta = LEASE) -> JobState | None:
    """Run one job from claim to end; return the state it was left in, or None where it could not be claimed.

    `makers` makes sessions in the mode WORK.
    """
    with makers.begin() as session:
        job = claim(session, number, lease)
    if job is None:
        return None
    try:
        # A task may end its transaction and compute.
        with heartbeat(makers, job, lease), makers() as session:
            session.info["report"] = _reporter(makers, job)
            result = TASKS[job.task](session, **job.payload)
            finish(session, job, cast("dict[str, Any] | None", result))
            session.commit()
    except LeaseLost:
        return None
    except Exception as error:  # noqa: BLE001 - whatever a task raises is stored with its job, for people to read
        return _store_failure(makers, job, error)
    return JobState.DONE


def report(session: Session, progress: int, total: int, *, in_transaction: bool = False) -> None:
    """Report from inside a task how far it is, at once and visible to all. Raise LeaseLost.

    With `in_transaction`, the task's own transaction stores the report, so that its other writes are stored by the
    holder alone.
    """
    reporter: Callable[[Session | None, int, int], None] | None = session.info.get("report")
    if reporter:
        reporter(session if in_transaction else None, progress, total)


@contextmanager
def heartbeat(makers: sessionmaker[Session], job: Claim, lease: timedelta = LEASE) -> Iterator[None]:
    """Renew the lease from a thread of its own while the work goes on."""
    finished = threading.Event()

    def beat() -> None:
        while not finished.wait(lease.total_seconds() / 3):
            try:
                with makers.begin() as session:
                    renew(session, job, lease)
            except LeaseLost:
                return
            except UNREACHABLE:
                _log.warning("The lease of job %s was not renewed; the next beat tries again.", job.id, exc_info=True)

    thread = threading.Thread(target=beat, name=f"heartbeat of job {job.id}", daemon=True)
    thread.start()
    try:
        yield
    finally:
        finished.set()
        thread.join()


def _store_failure(makers: sessionmaker[Session], job: Claim, error: Exception) -> JobState | None:
    full = means_disk_full(error)
    transient = full or bool(getattr(error, "transient", False))
    # An error with a sentence for people has it in `reason`.
    sentence = DISK_FULL if full else str(getattr(error, "reason", ""))
    try:
        with makers.begin() as session:
            record_failure(session, job, sentence or f"{type(error).__name__}: {error}", transient=transient)
    except LeaseLost:
        return None
    return JobState.FAILED if job.is_last and not transient else JobState.RUNNING


def _reporter(makers: sessionmaker[Session], job: Claim) -> Callable[[Session | None, int, int], None]:
    def store(own: Session | None, progress: int, total: int) -> None:
        with nullcontext(own) if own else makers.begin() as session:
            if not own:
                end_when_idle(session)
            record_progress(session, job, progress, total)

    return store
