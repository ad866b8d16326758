"""Lets one process at a time do a thing: by a file for whoever shares a folder, by PostgreSQL for all machines."""

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

PATIENCE = 45.0  # seconds: longer than the press gives a document, and what a stopped worker delays others by
_LOOK_AGAIN = 0.02
_log = logging.getLogger(__name__)


class Alone(Protocol):
    """A lock for each key; whoever does not `wait` is told False where somebody else holds it, and leaves it alone."""

    def __call__(self, key: str, *, wait: bool = True) -> AbstractContextManager[bool]:
        """Hold the lock of a key; what is given tells whether the thing may be done now."""


def by_file(folder: Path, patience: float = PATIENCE) -> Alone:
    """Give a lock for each key in a folder; the system lets go of it when its holder dies.

    Keys share 256 lock files, which are never removed: removing a lock file lets two holders in. Whoever has waited
    for `patience` seconds goes on without the lock, for the holder was stopped by somebody; so what is done under
    it may be done twice, and must give the same both times.
    """

    @contextlib.contextmanager
    def held(key: str, *, wait: bool = True) -> Iterator[bool]:
        folder.mkdir(parents=True, exist_ok=True)
        with (folder / key[:2]).open("ab") as lock:
            yield _wait(lock, key, time.monotonic() + patience) if wait else _taken(lock)

    return held


def by_database(url: str, name: str, patience: float = PATIENCE) -> Alone:
    """Give a lock for each key that all machines on one PostgreSQL share, on a connection of its own.

    The server lets go of it when its holder dies, and within a minute when the holder's machine falls silent. A
    holder that loses its connection does not learn of it, so two may be in there at once, as after `patience`
    seconds of waiting: what is done under it must give the same both times. `name` keeps the keys of one use apart
    from those of another. Needs a connection to the server itself, not to a pooler that shares connections.
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
    def held(key: str, *, wait: bool = True) -> Iterator[bool]:
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
                _overdue(key)
            yield True

    return held


def _wait(lock: IO[bytes], key: str, until: float) -> bool:
    while not _taken(lock):
        if time.monotonic() > until:
            _overdue(key)
            break
        time.sleep(_LOOK_AGAIN)
    return True


def _taken(lock: IO[bytes]) -> bool:
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _overdue(key: str) -> None:
    _log.warning("Somebody has held %s for too long; going on without waiting.", key[:12])
