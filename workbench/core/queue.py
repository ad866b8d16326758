"""The queue that carries job numbers to workers: a file by default, Redis or PostgreSQL by one setting."""

import json
import logging
import time
import weakref
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from huey import Huey, PostgresHuey, RedisHuey, SqliteHuey
from huey.registry import Message
from huey.serializer import Serializer

from workbench.core.jobs import Lane

_NAME = "workbench"
_AT_ONCE = 1.0  # seconds
_log = logging.getLogger(__name__)


class Queue:
    """Job numbers on their way to the workers, a line for each lane; whoever does work sets `work`, all may `ring`."""

    def __init__(self, url: str) -> None:
        self.lines = {lane: _open(url, f"{_NAME}-{lane}") for lane in Lane}
        self.work: Callable[[int], Any] = _no_worker
        self._hear = {lane: line.task(name="hear")(self._heard) for lane, line in self.lines.items()}
        for line in self.lines.values():
            weakref.finalize(self, line.storage.close)  # nobody closes the queue of an application that is let go

    def ring(self, number: int, after: float = 0, lane: Lane = Lane.PAGES) -> None:
        """Tell the workers of a job; where the queue is out of reach, the next sweep finds the row.

        What fails at once is tried a second time: where the queue was away and is back, only the connection is dead. What
        took its time is not, for somebody waits.
        """
        for tries_left in (True, False):
            began = time.monotonic()
            try:
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
        for line in self.lines.values():
            line.storage.close()

    def _heard(self, number: int) -> None:
        self.work(number)


class _NumbersOnly(Serializer):
    """Messages as JSON that holds one number: who can write to the queue can name a job, and nothing else."""

    def _serialize(self, data: Any) -> bytes:
        eta = data.eta.isoformat() if data.eta else None
        return json.dumps([data.id, data.name, eta, data.args[0]]).encode()

    def _deserialize(self, data: bytes) -> Any:
        identity, name, eta, number = json.loads(bytes(data))
        when = datetime.fromisoformat(eta) if eta else None
        return Message(identity, name, when, 0, 0, None, (int(number),), {})


def _open(url: str, name: str) -> Huey:
    """Open one line of the queue at its address; lines of several names lie side by side.

    The file is not in WAL mode: Huey uses the machine's own SQLite, which may be older than the fix that WAL needs.
    """
    options: dict[str, Any] = {"results": False, "serializer": _NumbersOnly()}
    scheme = urlsplit(url).scheme
    if scheme == "sqlite":
        file = Path(url.removeprefix("sqlite:///"))
        file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        return SqliteHuey(name, filename=str(file), journal_mode="truncate", **options)
    if scheme in {"redis", "rediss"}:
        return RedisHuey(name, url=url, **options)
    if scheme in {"postgresql", "postgres"}:
        return PostgresHuey(name, dsn=url, **options)
    raise ValueError(f"WORKBENCH_QUEUE_URL must begin with sqlite:, redis: or postgresql:, not “{scheme}:”.")


def _no_worker(number: int) -> None:
    raise RuntimeError(f"Job {number} was heard by a process that does no work.")
