"""The queue that carries job numbers to workers: a file by default, Redis or PostgreSQL by one setting."""

import logging
import threading
import time
import weakref
from collections.abc import Callable
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from workbench.core.jobs import Lane

if TYPE_CHECKING:
    from huey import Huey

_NAME = "workbench"
_SCHEMES = {"sqlite", "redis", "rediss", "postgresql", "postgres"}
_AT_ONCE = 1.0  # seconds
_log = logging.getLogger(__name__)


class Queue:
    """Job numbers on their way to the workers, a line for each lane; whoever does work sets `work`, all may `ring`."""

    def __init__(self, url: str) -> None:
        if urlsplit(url).scheme not in _SCHEMES:
            raise ValueError(
                f"WORKBENCH_QUEUE_URL must begin with sqlite:, redis: or postgresql:, not “{urlsplit(url).scheme}:”."
            )
        self.work: Callable[[int], Any] = _no_worker
        self._url = url
        self._opening = threading.Lock()
        self._lines: dict[Lane, Huey] = {}
        self._hear: dict[Lane, Any] = {}

    @property
    def lines(self) -> "dict[Lane, Huey]":
        """Return the queue of each lane."""
        self._open()
        return self._lines

    def ring(self, number: int, after: float = 0, lane: Lane = Lane.PAGES) -> None:
        """Tell the workers of a job; where the queue is out of reach, the next sweep finds the row.

        What fails at once is tried a second time: where the queue was away and is back, only the connection is dead. What
        took its time is not, for somebody waits.
        """
        for tries_left in (True, False):
            began = time.monotonic()
            try:
                self._open()
                if after:
                    self._hear[lane].schedule((number,), delay=after)
                else:
                    self._hear[lane](number)
            except Exception:  # noqa: BLE001 - every queue fails in its own way, and the row is stored already
                if not tries_left or time.monotonic() - began > _AT_ONCE:
                    _log.warning("The queue did not take job %s; the next sweep will find it.", number, exc_info=True)
                    return
            else:
                return

    def waiting(self) -> int:
        """Count the numbers that nobody has heard yet. Raises what the queue raises when it is out of reach."""
        return sum(line.pending_count() for line in self.lines.values())

    def close(self) -> None:
        """Let go of the queue's connections."""
        for line in self._lines.values():
            line.storage.close()

    def _open(self) -> None:
        """Open the queues at their first use: a web process that prints nothing never loads Huey and Redis."""
        with self._opening:
            if self._lines:
                return
            from workbench.core.huey_queue import open_queue  # noqa: PLC0415

            lines = {lane: open_queue(self._url, f"{_NAME}-{lane}") for lane in Lane}
            for line in lines.values():
                weakref.finalize(self, line.storage.close)  # when the application is collected without a close
            self._hear = {lane: line.task(name="hear")(self._heard) for lane, line in lines.items()}
            self._lines = lines

    def _heard(self, number: int) -> None:
        self.work(number)


def _no_worker(number: int) -> None:
    raise RuntimeError(f"Job {number} was heard by a process that does no work.")
