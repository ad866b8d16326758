"""The worker: runs the jobs whose numbers arrive from the message broker, and sweeps up those without a holder."""

import importlib
import logging
import os
import signal
import threading
import time
from datetime import timedelta
from types import FrameType

from huey.consumer import Consumer
from sqlalchemy.orm import Session, sessionmaker

from workbench.accounts import tables
from workbench.core.db import UNREACHABLE, Mode, make_engine, sessions, settings_of
from workbench.core.erasure import purge_expired
from workbench.core.jobs.broker import MessageBroker
from workbench.core.jobs.run import run_job
from workbench.core.jobs.tables import LEASE, notify_after_commit, sweep
from workbench.core.jobs.tasks import JobQueue
from workbench.core.storage.disk import DISK_FULL, means_disk_full
from workbench.core.web.tables import delete_old_operations
from workbench.documents.store.bucket import BucketUnavailable
from workbench.documents.store.installation import open_store
from workbench.grants import compose_grants
from workbench.packets.run import files
from workbench.roles.search.tables import index_missing
from workbench.settings import Settings, read_settings

# A print run shows the pay that its planner may see.
compose_grants()

# The modules whose tasks and purges this worker runs.
TASKS = (
    "workbench.roles.documents.tasks",
    "workbench.roles.history.purge",
    "workbench.packets.run.tasks",
    "workbench.packets.erasure.erase",
)
SWEEP_SECONDS = 3.0
CLEANUP_SECONDS = 3600.0
# Each thread has its own press process and its memory.
MAX_PACKET_WORKERS = 4
_UNREACHABLE = "The database does not answer."
_log = logging.getLogger(__name__)


def packet_workers() -> int:
    """Return how many packets a worker prints side by side by default: one for each processor, at most four."""
    return min(os.cpu_count() or 1, MAX_PACKET_WORKERS)


class _WorkerThreads(Consumer):
    """Huey's worker threads for one queue; we handle the signals."""

    def _set_signal_handlers(self) -> None:
        """Leave the signals alone."""


def work(
    settings: Settings,
    *,
    threads: int | None = None,
    stop: threading.Event | None = None,
    lease: timedelta = LEASE,
    sweep_seconds: float = SWEEP_SECONDS,
) -> None:
    """Run jobs until `stop`, SIGTERM or SIGINT. Jobs that run are finished first.

    One thread runs interactive jobs; `threads` others print packets (by default `packet_workers()`).
    """
    for module in TASKS:
        importlib.import_module(module)
    stop = stop or _stop_at_signals()
    engine = make_engine(settings.database_url)
    makers = sessions(engine, Mode.WORK, settings)
    broker = MessageBroker(settings.queue_url)
    broker.on_message = lambda number: _run(makers, number, lease)
    notify_after_commit(makers, broker.notify)
    counts = {JobQueue.INTERACTIVE: 1, JobQueue.BATCH: threads or packet_workers()}
    consumers = [
        _WorkerThreads(queue, workers=counts[name], periodic=False, initial_delay=0.05, max_delay=0.25)
        for name, queue in broker.queues.items()
    ]
    for consumer in consumers:
        consumer.start()
    try:
        _sweep_until(stop, makers, broker, sweep_seconds)
    finally:
        for consumer in consumers:
            consumer.stop()
        for consumer in consumers:
            consumer.stop(graceful=True)
        broker.close()
        engine.dispose()


def main() -> None:
    """Run jobs with the settings of the environment, until SIGTERM or SIGINT."""
    work(read_settings())


def _sweep_until(stop: threading.Event, makers: sessionmaker[Session], broker: MessageBroker, seconds: float) -> None:
    cleaned_at = -CLEANUP_SECONDS
    while True:
        due = time.monotonic() - cleaned_at > CLEANUP_SECONDS  # at the start, and then every hour
        try:
            _sweep(makers, broker, everything=cleaned_at < 0)
            if due:
                _clean_up(makers)
                _sweep_cache(makers)
                cleaned_at = time.monotonic()
        except UNREACHABLE as error:
            _log.exception("%s The next sweep tries again.", DISK_FULL if means_disk_full(error) else _UNREACHABLE)
        if stop.wait(seconds):
            return


def _sweep(makers: sessionmaker[Session], broker: MessageBroker, *, everything: bool) -> None:
    with makers.begin() as session:
        found = sweep(session, everything=everything)
    for number, queue in found.items():
        broker.notify(number, queue=queue)


def _clean_up(makers: sessionmaker[Session]) -> None:
    """Delete old operations and sessions, index roles that no search finds, and erase names that are old enough."""
    with makers.begin() as session:
        delete_old_operations(session)
        tables.delete_expired_sessions(session)
    more = True
    while more:
        with makers.begin() as session:
            more = bool(index_missing(session))
    try:
        with makers.begin() as session:
            purge_expired(session)
    except UNREACHABLE:
        raise
    except Exception:  # noqa: BLE001 - one run that cannot be erased must not end every worker at its start
        _log.exception("The names in old print runs could not be erased; the next hour tries again.")


def _sweep_cache(makers: sessionmaker[Session]) -> None:
    """Delete the files in this machine's cache of a bucket that it does not need."""
    with makers() as session:
        settings = settings_of(session)
    if not settings.bucket:
        return
    try:
        swept = open_store(settings).sweep() + files.sweep_cache(settings)
    except BucketUnavailable:
        _log.exception("The cache of the bucket was not swept; the next hour tries again.")
    else:
        _log.info("Swept %s files out of the cache of the bucket.", swept)


def _run(makers: sessionmaker[Session], number: int, lease: timedelta) -> None:
    state = run_job(makers, number, lease)
    _log.info("Job %s: %s", number, state or "not ours")


def _stop_at_signals() -> threading.Event:
    stop = threading.Event()

    def on_signal(number: int, frame: FrameType | None) -> None:
        del number, frame
        stop.set()

    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, on_signal)
    return stop
