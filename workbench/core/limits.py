"""How often somebody may try: counts that all web processes share and that a restart does not reset."""

import time
from typing import Any

from flask import Flask
from flask_limiter import Limiter
from flask_limiter.util import get_remote_address
from limits.storage import Storage
from sqlalchemy import BigInteger, Engine, String, delete, select, update
from sqlalchemy.exc import IntegrityError, SQLAlchemyError
from sqlalchemy.orm import Mapped, Session, mapped_column

from workbench.core.db import Base, Mode, sessions

limits = Limiter(get_remote_address, headers_enabled=True)


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


def limiter(app: Flask, engine: Engine, queue_url: str) -> None:
    """Switch the limits on; they are counted in Redis where there is one, else in the database."""
    redis = queue_url.startswith(("redis://", "rediss://"))
    app.config["RATELIMIT_STORAGE_URI"] = queue_url if redis else "workbench://"
    app.config["RATELIMIT_STORAGE_OPTIONS"] = {} if redis else {"engine": engine}
    limits.init_app(app)


def _counted(session: Session, key: str, amount: int) -> int | None:
    return session.execute(
        update(LimitRow).where(LimitRow.key == key).values(tries=LimitRow.tries + amount).returning(LimitRow.tries)
    ).scalar_one_or_none()


def _second() -> int:
    return int(time.time())
