"""The queue that carries job numbers to workers: a file by default, Redis or PostgreSQL by one setting."""

import json
import logging
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from huey import Huey, PostgresHuey, RedisHuey, SqliteHuey
from huey.registry import Message
from huey.serializer import Serializer

_NAME = "workbench"
_log = logging.getLogger(__name__)


class Queue:
    """A line of job numbers; whoever does work sets `work`, everybody may `ring`."""

    def __init__(self, url: str) -> None:
        self.huey = _open(url)
        self.work: Callable[[int], Any] = _no_worker
        self._hear = self.huey.task(name="hear")(self._heard)

    def ring(self, number: int, after: float = 0) -> None:
        """Tell the workers of a job; where the queue is out of reach, the next sweep finds the row."""
        try:
            if after:
                self._hear.schedule((number,), delay=after)
            else:
                self._hear(number)
        except Exception:  # noqa: BLE001 - every queue fails in its own way, and the row is stored already
            _log.warning("The queue did not take job %s; the next sweep will find it.", number, exc_info=True)

    def close(self) -> None:
        """Let go of the queue's connection."""
        self.huey.storage.close()

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


def _open(url: str) -> Huey:
    """Open the queue at its address.

    The file is not in WAL mode: Huey uses the machine's own SQLite, which may be older than the fix that WAL needs.
    """
    options: dict[str, Any] = {"results": False, "serializer": _NumbersOnly()}
    scheme = urlsplit(url).scheme
    if scheme == "sqlite":
        file = Path(url.removeprefix("sqlite:///"))
        file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        return SqliteHuey(_NAME, filename=str(file), journal_mode="truncate", **options)
    if scheme in {"redis", "rediss"}:
        return RedisHuey(_NAME, url=url, **options)
    if scheme in {"postgresql", "postgres"}:
        return PostgresHuey(_NAME, dsn=url, **options)
    raise ValueError(f"WORKBENCH_QUEUE_URL must begin with sqlite:, redis: or postgresql:, not “{scheme}:”.")


def _no_worker(number: int) -> None:
    raise RuntimeError(f"Job {number} was heard by a process that does no work.")
