"""Locks by key: between the processes that share a folder by files, between all machines by PostgreSQL."""

import contextlib
import fcntl
import hashlib
import logging
import time
from collections.abc import Iterator
from contextlib import AbstractContextManager
from pathlib import Path
from typing import IO, Protocol

from sqlalchemy import NullPool, create_engine, text
from sqlalchemy.exc import OperationalError

# Seconds: longer than the press may take for a document, and the longest delay by a stopped worker.
PATIENCE = 45.0
_POLL_SECONDS = 0.02
_log = logging.getLogger(__name__)


class KeyedLock(Protocol):
    """A lock for each key; without `wait` the context yields False where another process holds the lock."""

    def __call__(self, key: str, *, wait: bool = True) -> AbstractContextManager[bool]:
        """Hold the lock of a key; the context yields whether the work may be done now."""


def file_lock(folder: Path, patience: float = PATIENCE) -> KeyedLock:
    """Return a lock for each key in a folder; the system releases it when its holder dies.

    Keys share 256 lock files, which are never removed: removing a lock file lets two holders in. After `patience`
    seconds of waiting the work goes on without the lock, for its holder has been stopped; so the work may be done
    twice, and must have the same result both times.
    """

    @contextlib.contextmanager
    def hold(key: str, *, wait: bool = True) -> Iterator[bool]:
        folder.mkdir(parents=True, exist_ok=True)
        with (folder / key[:2]).open("ab") as lock:
            yield _wait(lock, key, time.monotonic() + patience) if wait else _try_lock(lock)

    return hold


def advisory_lock(url: str, name: str, patience: float = PATIENCE) -> KeyedLock:
    """Return a lock for each key that all machines on one PostgreSQL share, on a connection of its own.

    The server releases it when its holder dies, and within a minute when the holder's machine falls silent. A holder
    that loses its connection is not informed, so two may hold it at once, as after `patience` seconds of waiting: the
    work must have the same result both times. `name` keeps the keys of one use apart from those of another. It needs a
    connection to the server itself, not to a pooler that shares connections.
    """
    engine = create_engine(url, poolclass=NullPool, pool_reset_on_return=None, isolation_level="AUTOCOMMIT")
    limits = {
        "tcp_keepalives_idle": 30,
        "tcp_keepalives_interval": 10,
        "tcp_keepalives_count": 3,
        "lock_timeout": round(patience * 1000),
    }
    prepare = text("; ".join(f"SET {limit} = {value}" for limit, value in limits.items()))

    @contextlib.contextmanager
    def hold(key: str, *, wait: bool = True) -> Iterator[bool]:
        number = int.from_bytes(hashlib.sha256(f"{name}:{key}".encode()).digest()[:8], "big", signed=True)
        with engine.connect() as connection:
            connection.execute(prepare)
            if not wait:
                yield bool(connection.scalar(text("SELECT pg_try_advisory_lock(:number)"), {"number": number}))
                return
            try:
                connection.execute(text("SELECT pg_advisory_lock(:number)"), {"number": number})
            except OperationalError as error:
                if getattr(error.orig, "sqlstate", "") != "55P03":  # lock_not_available
                    raise
                _warn_overdue(key)
            yield True

    return hold


def _wait(lock: IO[bytes], key: str, until: float) -> bool:
    while not _try_lock(lock):
        if time.monotonic() > until:
            _warn_overdue(key)
            break
        time.sleep(_POLL_SECONDS)
    return True


def _try_lock(lock: IO[bytes]) -> bool:
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _warn_overdue(key: str) -> None:
    _log.warning("Another process has held %s for too long; going on without waiting.", key[:12])
