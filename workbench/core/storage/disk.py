"""Detects a full disk behind an error, and says in plain words what people can do about it."""

import errno
import os
from collections.abc import Iterator
from pathlib import Path

DISK_FULL = (
    "There is no room left on the disk where the workbench keeps its files. Ask the administrator of the workbench to "
    "free some space; as soon as there is room, this continues automatically."
)
_FULL = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})
# FULL; IOERR_WRITE, which is raised for an exceeded quota; IOERR_SHMSIZE.
_SQLITE_FULL = frozenset({13, 778, 4874})
_POSTGRESQL_FULL = "53100"
# Enough for a page of the database and its log.
_MIN_FREE_BYTES = 64 * 1024


def means_disk_full(error: BaseException) -> bool:
    """Return whether a full disk, a quota or a limit on file size caused an error, however the error was wrapped."""
    return any(_is_full_error(each) for each in _causes(error))


def is_full(folder: Path) -> bool:
    """Return whether the disk of a folder is full; False for a place that does not answer."""
    try:
        status = os.statvfs(folder)
    except OSError:
        return False
    return status.f_bavail * status.f_frsize < _MIN_FREE_BYTES


def _is_full_error(error: BaseException) -> bool:
    return (
        (isinstance(error, OSError) and error.errno in _FULL)
        or getattr(error, "sqlite_errorcode", None) in _SQLITE_FULL
        or getattr(error, "sqlstate", None) == _POSTGRESQL_FULL
    )


def _causes(error: BaseException) -> Iterator[BaseException]:
    """Yield an error and every error that led to it."""
    seen: set[int] = set()
    open_errors: list[BaseException | None] = [error]
    while open_errors:
        each = open_errors.pop()
        if each is None or id(each) in seen:
            continue
        seen.add(id(each))
        yield each
        # SQLAlchemy keeps the error of the driver here.
        inner = getattr(each, "orig", None)
        open_errors += [each.__cause__, each.__context__, inner if isinstance(inner, BaseException) else None]
