"""Tells a full disk from other troubles, and says in plain words what people can do about it."""

import errno
import os
from collections.abc import Iterator
from pathlib import Path

NO_ROOM = (
    "There is no room left on the disk where the workbench keeps its files. Whoever looks after the workbench can make "
    "some; as soon as there is room, this goes on by itself."
)
_FULL = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})
_SQLITE_FULL = frozenset({13, 778, 4874})  # FULL; IOERR_WRITE, which is what a quota gives; IOERR_SHMSIZE
_POSTGRESQL_FULL = "53100"
_TOO_LITTLE = 64 * 1024  # bytes: a page of the database and its log need as much


def no_room(error: BaseException) -> bool:
    """Say whether a full disk, a quota or a limit on the size of files is behind an error, however it was wrapped."""
    return any(_says_full(each) for each in _behind(error))


def is_full(place: Path) -> bool:
    """Say whether the disk of a folder has no room left; of a place that does not answer nobody can tell."""
    try:
        facts = os.statvfs(place)
    except OSError:
        return False
    return facts.f_bavail * facts.f_frsize < _TOO_LITTLE


def _says_full(error: BaseException) -> bool:
    return (
        (isinstance(error, OSError) and error.errno in _FULL)
        or getattr(error, "sqlite_errorcode", None) in _SQLITE_FULL
        or getattr(error, "sqlstate", None) == _POSTGRESQL_FULL
    )


def _behind(error: BaseException) -> Iterator[BaseException]:
    """Give an error and all that led to it."""
    seen: set[int] = set()
    waiting: list[BaseException | None] = [error]
    while waiting:
        each = waiting.pop()
        if each is None or id(each) in seen:
            continue
        seen.add(id(each))
        yield each
        inner = getattr(each, "orig", None)  # SQLAlchemy keeps the error of the driver here
        waiting += [each.__cause__, each.__context__, inner if isinstance(inner, BaseException) else None]
