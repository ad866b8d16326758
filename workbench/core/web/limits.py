"""Rate limits: counts of tries that all web processes share and that a restart does not reset."""

import logging
import time
from collections.abc import Callable
from typing import Any, TypeVar, cast

from flask import Flask, current_app, request
from limits import parse
from limits.errors import StorageError
from limits.storage import Storage, storage_from_string
from limits.strategies import FixedWindowRateLimiter
from sqlalchemy import Engine, delete, select, update
from sqlalchemy.exc import IntegrityError, SQLAlchemyError
from sqlalchemy.orm import Session
from werkzeug.exceptions import TooManyRequests

from workbench.core.db import Mode, sessions
from workbench.core.web.options import Limit, options_of, request_options, with_options
from workbench.core.web.tables import LimitRow

View = TypeVar("View", bound=Callable[..., Any])
_log = logging.getLogger(__name__)
_REDIS_SECONDS = 2


class DatabaseStorage(Storage):
    """Stores the counts in our own database, for installations without Redis.

    Memory would not do: each web process would allow the full number, and a restart would reset all counts.
    """

    STORAGE_SCHEME = ["workbench"]  # noqa: RUF012 - the library reads it like this

    def __init__(self, uri: str | None = None, *, wrap_exceptions: bool = False, engine: Any = None, **_: Any) -> None:
        super().__init__(uri, wrap_exceptions=wrap_exceptions)
        self._write = sessions(engine, Mode.WRITE)
        self._read = sessions(engine, Mode.READ)

    @property
    def base_exceptions(self) -> type[Exception]:
        """Return what a database that does not answer raises."""
        return SQLAlchemyError

    def incr(self, key: str, expiry: int, amount: int = 1) -> int:
        """Count one more try, and return the number of tries in this window."""
        with self._write.begin() as session:
            session.execute(delete(LimitRow).where(LimitRow.ends_at <= _second()))
            tries = _increase(session, key, amount)
            if tries is None:
                try:
                    with session.begin_nested():
                        session.add(LimitRow(key=key, tries=amount, ends_at=_second() + expiry))
                    tries = amount
                except IntegrityError:
                    # Another process opened the window in the same moment.
                    tries = _increase(session, key, amount) or amount
            return tries

    def get(self, key: str) -> int:
        """Return the number of tries in this window."""
        with self._read() as session:
            return session.scalar(select(LimitRow.tries).where(LimitRow.key == key, LimitRow.ends_at > _second())) or 0

    def get_expiry(self, key: str) -> float:
        """Return the moment at which this window ends."""
        with self._read() as session:
            return session.scalar(select(LimitRow.ends_at).where(LimitRow.key == key)) or _second()

    def check(self) -> bool:
        """Return whether the database answers."""
        with self._read() as session:
            return session.scalar(select(1)) == 1

    def reset(self) -> int | None:
        """Delete all counts, and return how many there were."""
        with self._write.begin() as session:
            return len(session.execute(delete(LimitRow).returning(LimitRow.key)).all())

    def clear(self, key: str) -> None:
        """Delete the count of one key."""
        with self._write.begin() as session:
            session.execute(delete(LimitRow).where(LimitRow.key == key))


def rate_limit(
    times: str, key: Callable[[], str] | None = None, methods: tuple[str, ...] = ("POST",)
) -> Callable[[View], View]:
    """Limit how often a view may be used (`5 per minute`) for each `key`, by default for each network address."""
    limit = Limit(parse(times), key or _address, methods)
    return lambda view: with_options(view, limits=(*options_of(view).limits, limit))


def set_up(app: Flask) -> None:
    """Count tries before each request.

    The counting writes in a transaction of its own, so it must come before the request's transaction begins.
    """
    app.before_request(_count)


def connect(app: Flask, engine: Engine, queue_url: str) -> None:
    """Store the counts in Redis where there is one and it answers, else in the database."""
    counters = [FixedWindowRateLimiter(DatabaseStorage(engine=engine))]
    if queue_url.startswith(("redis://", "rediss://")):
        timeouts = {"socket_connect_timeout": _REDIS_SECONDS, "socket_timeout": _REDIS_SECONDS}
        redis = storage_from_string(queue_url, wrap_exceptions=True, **cast("Any", timeouts))
        counters.insert(0, FixedWindowRateLimiter(cast("Storage", redis)))
    app.extensions["limits"] = counters


def _count() -> None:
    for limit in request_options().limits:
        if request.method in limit.methods and (ends_at := _find_window_end(limit)):
            raise TooManyRequests(retry_after=max(1, int(ends_at - time.time()) + 1))


def _find_window_end(limit: Limit) -> float | None:
    """Count one try, and return the moment at which the window ends where that was one too many."""
    *preferred, fallback = current_app.extensions["limits"]
    for counter in preferred:
        try:
            return _window_end(counter, limit)
        except StorageError:
            _log.warning("Redis does not answer; tries are counted in the database in the meantime.")
    return _window_end(fallback, limit)


def _window_end(counter: FixedWindowRateLimiter, limit: Limit) -> float | None:
    window = (limit.item, request.endpoint or "", limit.key())
    return None if counter.hit(*window) else counter.get_window_stats(*window).reset_time


def _address() -> str:
    return request.remote_addr or "nowhere"


def _increase(session: Session, key: str, amount: int) -> int | None:
    return session.execute(
        update(LimitRow).where(LimitRow.key == key).values(tries=LimitRow.tries + amount).returning(LimitRow.tries)
    ).scalar_one_or_none()


def _second() -> int:
    return int(time.time())
