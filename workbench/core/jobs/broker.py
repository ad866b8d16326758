"""The message broker that carries job numbers to workers: a file by default, Redis or PostgreSQL by one setting."""

import logging
import threading
import time
import weakref
from collections.abc import Callable
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from workbench.core.jobs.tasks import JobQueue

if TYPE_CHECKING:
    from huey import Huey

_NAME = "workbench"
_SCHEMES = {"sqlite", "redis", "rediss", "postgresql", "postgres"}
_QUICK = 1.0  # seconds
_log = logging.getLogger(__name__)


class MessageBroker:
    """Job numbers on their way to the workers, one Huey queue for each JobQueue.

    A worker sets `on_message`; every process may `notify`.
    """

    def __init__(self, url: str) -> None:
        if urlsplit(url).scheme not in _SCHEMES:
            raise ValueError(
                f"WORKBENCH_QUEUE_URL must begin with sqlite:, redis: or postgresql:, not “{urlsplit(url).scheme}:”."
            )
        self.on_message: Callable[[int], Any] = _refuse_message
        self._url = url
        self._opening = threading.Lock()
        self._queues: dict[JobQueue, Huey] = {}
        self._send: dict[JobQueue, Any] = {}

    @property
    def queues(self) -> "dict[JobQueue, Huey]":
        """Return the Huey queue of each JobQueue."""
        self._open()
        return self._queues

    def notify(self, number: int, after: float = 0, queue: JobQueue = JobQueue.INTERACTIVE) -> None:
        """Send a job's number to the workers; where the broker is out of reach, the next sweep finds the row.

        A quick failure is tried a second time: where the broker was away and is back, only the connection is dead. A slow
        failure is not, for a person waits.
        """
        for tries_left in (True, False):
            started = time.monotonic()
            try:
                self._open()
                if after:
                    self._send[queue].schedule((number,), delay=after)
                else:
                    self._send[queue](number)
            except Exception:  # noqa: BLE001 - every broker fails in its own way, and the row is stored already
                if not tries_left or time.monotonic() - started > _QUICK:
                    _log.warning("The queue did not take job %s; the next sweep will find it.", number, exc_info=True)
                    return
            else:
                return

    def count_waiting(self) -> int:
        """Return how many numbers wait for a worker. Raise what the broker raises when it is out of reach."""
        return sum(queue.pending_count() for queue in self.queues.values())

    def close(self) -> None:
        """Close the broker's connections."""
        for queue in self._queues.values():
            queue.storage.close()

    def _open(self) -> None:
        """Open the queues at their first use: a web process that prints nothing never loads Huey and Redis."""
        with self._opening:
            if self._queues:
                return
            from workbench.core.jobs.huey_queue import open_queue  # noqa: PLC0415

            queues = {name: open_queue(self._url, f"{_NAME}-{name}") for name in JobQueue}
            for queue in queues.values():
                # Runs if the application is garbage-collected without being closed.
                weakref.finalize(self, queue.storage.close)
            self._send = {name: queue.task(name="job")(self._receive) for name, queue in queues.items()}
            self._queues = queues

    def _receive(self, number: int) -> None:
        self.on_message(number)


def _refuse_message(number: int) -> None:
    raise RuntimeError(f"Job {number} was received by a process that runs no jobs.")
