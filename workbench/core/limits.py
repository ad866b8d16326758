"""How often somebody may try: counts that all web processes share and that a restart does not reset."""

import logging
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar, cast

from flask import Flask, current_app, request
from limits import RateLimitItem, parse
from limits.errors import StorageError
from limits.storage import Storage, storage_from_string
from limits.strategies import FixedWindowRateLimiter
from sqlalchemy import BigInteger, Engine, String, delete, select, update
from sqlalchemy.exc import IntegrityError, SQLAlchemyError
from sqlalchemy.orm import Mapped, Session, mapped_column
from werkzeug.exceptions import TooManyRequests

from workbench.core.db import Base, Mode, sessions

View = TypeVar("View", bound=Callable[..., Any])
_log = logging.getLogger(__name__)
_REDIS_SECONDS = 2


@dataclass(frozen=True, slots=True)
class Limit:
    """So many tries in such a time (`5 per minute`) for each key."""

    item: RateLimitItem
    key: Callable[[], str]
    methods: tuple[str, ...]


class LimitRow(Base):
    """How often one thing was tried in the present window, and when that window ends (seconds since 1970)."""

    __tablename__ = "limit"

    key: Mapped[str] = mapped_column(String(300), primary_key=True)
    tries: Mapped[int]
    ends_at: Mapped[int] = mapped_column(BigInteger, index=True)


class DatabaseStorage(Storage):
    """Keeps the counts in our own database, for installations without Redis.

    Memory would not do: each web process would allow the full number, and a restart would forgive all.
    """

    STORAGE_SCHEME = ["workbench"]  # noqa: RUF012 - the library reads it like this

    def __init__(self, uri: str | None = None, *, wrap_exceptions: bool = False, engine: Any = None, **_: Any) -> None:
        super().__init__(uri, wrap_exceptions=wrap_exceptions)
        self._write = sessions(engine, Mode.WRITE)
        self._read = sessions(engine, Mode.READ)

    @property
    def base_exceptions(self) -> type[Exception]:
        """Name what a database that does not answer raises."""
        return SQLAlchemyError

    def incr(self, key: str, expiry: int, amount: int = 1) -> int:
        """Count one more try, and give the number of them in this window."""
        with self._write.begin() as session:
            session.execute(delete(LimitRow).where(LimitRow.ends_at <= _second()))
            tries = _counted(session, key, amount)
            if tries is None:
                try:
                    with session.begin_nested():
                        session.add(LimitRow(key=key, tries=amount, ends_at=_second() + expiry))
                    tries = amount
                except IntegrityError:  # another process opened the window in the same moment
                    tries = _counted(session, key, amount) or amount
            return tries

    def get(self, key: str) -> int:
        """Give the number of tries in this window."""
        with self._read() as session:
            return session.scalar(select(LimitRow.tries).where(LimitRow.key == key, LimitRow.ends_at > _second())) or 0

    def get_expiry(self, key: str) -> float:
        """Give the moment at which this window ends."""
        with self._read() as session:
            return session.scalar(select(LimitRow.ends_at).where(LimitRow.key == key)) or _second()

    def check(self) -> bool:
        """Say whether the database answers."""
        with self._read() as session:
            return session.scalar(select(1)) == 1

    def reset(self) -> int | None:
        """Forget all tries."""
        with self._write.begin() as session:
            return len(session.execute(delete(LimitRow).returning(LimitRow.key)).all())

    def clear(self, key: str) -> None:
        """Forget the tries of one key."""
        with self._write.begin() as session:
            session.execute(delete(LimitRow).where(LimitRow.key == key))


def at_most(
    times: str, key: Callable[[], str] | None = None, methods: tuple[str, ...] = ("POST",)
) -> Callable[[View], View]:
    """Let a view be asked only so often (`5 per minute`) for each `key`, by default for each network address."""
    limit = Limit(parse(times), key or _address, methods)

    def limited(view: View) -> View:
        cast("Any", view).limits = (*getattr(view, "limits", ()), limit)
        return view

    return limited


def set_up(app: Flask, engine: Engine, queue_url: str) -> None:
    """Count tries before each request: in Redis where there is one and it answers, else in the database.

    The counting writes in a transaction of its own, so it must come before the request's transaction begins.
    """
    counters = [FixedWindowRateLimiter(DatabaseStorage(engine=engine))]
    if queue_url.startswith(("redis://", "rediss://")):
        patience = {"socket_connect_timeout": _REDIS_SECONDS, "socket_timeout": _REDIS_SECONDS}
        redis = storage_from_string(queue_url, wrap_exceptions=True, **cast("Any", patience))
        counters.insert(0, FixedWindowRateLimiter(cast("Storage", redis)))
    app.extensions["limits"] = counters
    app.before_request(_count)


def _count() -> None:
    view = current_app.view_functions.get(request.endpoint or "")
    for limit in getattr(view, "limits", ()):
        if request.method in limit.methods and (ends_at := _exceeded(limit)):
            raise TooManyRequests(retry_after=max(1, int(ends_at - time.time()) + 1))


def _exceeded(limit: Limit) -> float | None:
    """Count one try, and give the moment at which the window ends where that was one too many."""
    *firsts, last = current_app.extensions["limits"]
    for counter in firsts:
        try:
            return _ends_at(counter, limit)
        except StorageError:
            _log.warning("Redis does not answer; tries are counted in the database meanwhile.")
    return _ends_at(last, limit)


def _ends_at(counter: FixedWindowRateLimiter, limit: Limit) -> float | None:
    what = (limit.item, request.endpoint or "", limit.key())
    return None if counter.hit(*what) else counter.get_window_stats(*what).reset_time


def _address() -> str:
    return request.remote_addr or "nowhere"


def _counted(session: Session, key: str, amount: int) -> int | None:
    return session.execute(
        update(LimitRow).where(LimitRow.key == key).values(tries=LimitRow.tries + amount).returning(LimitRow.tries)
    ).scalar_one_or_none()


def _second() -> int:
    return int(time.time())
