"""Does the jobs: hears numbers from the queue, runs the rows, and sweeps up what nobody holds."""

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
from workbench.core import jobs, operations
from workbench.core.db import AWAY, Mode, make_engine, sessions, settings_of
from workbench.core.jobs import Lane
from workbench.core.queue import Queue
from workbench.core.room import NO_ROOM, no_room
from workbench.documents.store.bucket import BucketUnavailable
from workbench.documents.store.installation import open_store
from workbench.packets.erasure import erase as forgetting
from workbench.packets.run import files
from workbench.settings import Settings, read_settings

TASKS = ("workbench.roles.documents.tasks", "workbench.packets.run.tasks")  # the modules whose tasks this worker knows
SWEEP_SECONDS = 3.0
TIDY_SECONDS = 3600.0
MOST_PACKET_HANDS = 4  # each holds a press of its own, and its memory
_SILENT = "The database does not answer."
_log = logging.getLogger(__name__)


def packet_hands() -> int:
    """Say how many packets a worker prints side by side, unless told otherwise: one for each processor, at most four."""
    return min(os.cpu_count() or 1, MOST_PACKET_HANDS)


class _Hands(Consumer):
    """Huey's worker threads for one lane; signals are ours."""

    def _set_signal_handlers(self) -> None:
        """Leave the signals alone."""


def work(
    settings: Settings,
    *,
    hands: int | None = None,
    stop: threading.Event | None = None,
    lease: timedelta = jobs.LEASE,
    sweep_seconds: float = SWEEP_SECONDS,
) -> None:
    """Work until told to stop: by `stop`, or by SIGTERM or SIGINT. Jobs in hand are finished first.

    One hand is kept for what somebody waits for; `hands` of their own print packets (see `packet_hands`).
    """
    for module in TASKS:
        importlib.import_module(module)
    stop = stop or _stop_at_signals()
    engine = make_engine(settings.database_url)
    makers = sessions(engine, Mode.WORK, settings)
    queue = Queue(settings.queue_url)
    queue.work = lambda number: _perform(makers, number, lease)
    jobs.listen(makers, queue.ring)
    counts = {Lane.PAGES: 1, Lane.PACKETS: hands or packet_hands()}
    all_hands = [
        _Hands(line, workers=counts[lane], periodic=False, initial_delay=0.05, max_delay=0.25)
        for lane, line in queue.lines.items()
    ]
    for each in all_hands:
        each.start()
    try:
        _sweep_until(stop, makers, queue, sweep_seconds)
    finally:
        for each in all_hands:
            each.stop()
        for each in all_hands:
            each.stop(graceful=True)
        queue.close()
        engine.dispose()


def main() -> None:
    """Work as the environment says, until SIGTERM or SIGINT."""
    work(read_settings())


def _sweep_until(stop: threading.Event, makers: sessionmaker[Session], queue: Queue, seconds: float) -> None:
    tidied = -TIDY_SECONDS
    while True:
        tidy = time.monotonic() - tidied > TIDY_SECONDS  # at the start, and then now and again
        try:
            _sweep(makers, queue, everything=tidied < 0)
            if tidy:
                _tidy(makers)
                _sweep_cache(makers)
                tidied = time.monotonic()
        except AWAY as error:
            _log.exception("%s The next sweep tries again.", NO_ROOM if no_room(error) else _SILENT)
        if stop.wait(seconds):
            return


def _sweep(makers: sessionmaker[Session], queue: Queue, *, everything: bool) -> None:
    with makers.begin() as session:
        found = jobs.sweep(session, everything=everything)
    for number, lane in found.items():
        queue.ring(number, lane=lane)


def _tidy(makers: sessionmaker[Session]) -> None:
    """Drop what nobody can use any more."""
    with makers.begin() as session:
        operations.forget_operations(session)
        tables.forget_sessions(session)
    try:
        with makers.begin() as session:
            forgetting.tidy(session)
    except AWAY:
        raise
    except Exception:  # noqa: BLE001 - one run that cannot be forgotten must not end every worker at its start
        _log.exception("The names in old print runs could not be forgotten; the next hour tries again.")


def _sweep_cache(makers: sessionmaker[Session]) -> None:
    """Drop what this machine holds of a bucket and does not need."""
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


def _perform(makers: sessionmaker[Session], number: int, lease: timedelta) -> None:
    state = jobs.perform(makers, number, lease)
    _log.info("Job %s: %s", number, state or "not ours")


def _stop_at_signals() -> threading.Event:
    stop = threading.Event()

    def told(number: int, frame: FrameType | None) -> None:
        del number, frame
        stop.set()

    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, told)
    return stop
