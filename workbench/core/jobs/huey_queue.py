"""Queues of Huey that carry only the number of a job: loading Huey and Redis takes half a second of CPU time."""

import json
from datetime import datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from huey import Huey, PostgresHuey, RedisHuey, SqliteHuey
from huey.registry import Message
from huey.serializer import Serializer


class _NumberSerializer(Serializer):
    """Write a message as JSON with one number: a process that can write to the queue can name a job, and nothing else."""

    def _serialize(self, data: Any) -> bytes:
        eta = data.eta.isoformat() if data.eta else None
        return json.dumps([data.id, data.name, eta, data.args[0]]).encode()

    def _deserialize(self, data: bytes) -> Any:
        identity, name, eta, number = json.loads(bytes(data))
        when = datetime.fromisoformat(eta) if eta else None
        return Message(identity, name, when, 0, 0, None, (int(number),), {})


def open_queue(url: str, name: str) -> Huey:
    """Open the queue `name` at an address that may hold several.

    The file is not in WAL mode: Huey uses the machine's own SQLite, which may be older than the fix that WAL needs.
    """
    options: dict[str, Any] = {"results": False, "serializer": _NumberSerializer()}
    scheme = urlsplit(url).scheme
    if scheme == "sqlite":
        file = Path(url.removeprefix("sqlite:///"))
        file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        return SqliteHuey(name, filename=str(file), journal_mode="truncate", **options)
    if scheme in {"redis", "rediss"}:
        return RedisHuey(name, url=url, **options)
    return PostgresHuey(name, dsn=url, **options)
