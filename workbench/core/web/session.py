"""The database session of a request, and small writes that follow it in a transaction of their own."""

from collections.abc import Callable
from typing import Any, cast

from flask import current_app, g, request
from sqlalchemy import Engine
from sqlalchemy.orm import Session, sessionmaker

from workbench.core.db import Mode, sessions
from workbench.core.jobs.tables import Notify, notify_after_commit
from workbench.settings import Settings

Work = Callable[[Session], Any]
SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})


def makers_of(engine: Engine, notify: Notify, settings: Settings | None) -> dict[Mode, sessionmaker[Session]]:
    """Return the makers of the sessions that only read and of those that write."""
    makers = {mode: sessions(engine, mode, settings) for mode in (Mode.READ, Mode.WRITE)}
    notify_after_commit(makers[Mode.WRITE], notify)
    return makers


def session() -> Session:
    """Return the database session of this request; that of a GET can only read, the database itself refuses writes."""
    if "session" not in g:
        g.session = maker(Mode.READ if request.method in SAFE_METHODS else Mode.WRITE)()
    return cast("Session", g.session)


def read_session() -> Session:
    """Return a session that only reads, also while a write is being answered; the caller closes it."""
    return maker(Mode.READ)()


def maker(mode: Mode) -> sessionmaker[Session]:
    """Return the maker of sessions of a mode."""
    makers = cast("dict[Mode, sessionmaker[Session]]", current_app.extensions["workbench"])
    return makers[mode]


def roll_back() -> None:
    """Roll back what this request has written so far."""
    if "session" in g:
        g.session.rollback()


def close(_: BaseException | None) -> None:
    """Close the session of this request, if it has one."""
    if "session" in g:
        g.pop("session").close()


def after_response(work: Work, *, required: bool = True) -> None:
    """Run a small write of its own after this request is answered and its transaction has ended, whatever the answer.

    Use it for facts about the request itself: a person was seen, printed something, or failed to sign in. Where a
    `required` fact cannot be written, the answer becomes an error.
    """
    g.setdefault("after_response", []).append((work, required))


def database_up() -> bool:
    """Return whether a page may query the database; False on the page of an internal error."""
    return bool(g.get("database_up", True))


def actor() -> str:
    """Return the id of the person who sends this request, as text; empty for a visitor who is not signed in."""
    return str(g.get("actor", ""))
