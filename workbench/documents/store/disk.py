"""Write files so that each exists as a whole or not at all, even after a power failure."""

import os
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from uuid import uuid4


@dataclass(frozen=True, slots=True)
class StoredFile:
    """A stored file or object: its size in bytes, and when it was stored."""

    size: int
    stored_at: datetime


def exists(file: Path) -> bool:
    """Return whether a file exists, even if another machine wrote it a moment ago.

    NFS caches for up to a minute that a file was missing. Opening its folder makes NFS check again (close-to-open).
    """
    if file.is_file():
        return True
    for folder in (file.parent.parent, file.parent):
        try:
            os.close(os.open(folder, os.O_RDONLY))
        except OSError:
            return False
    return file.is_file()


def write_file(file: Path, data: bytes) -> None:
    """Write a file as a whole."""
    draft = file.with_name(f".{uuid4().hex}")
    try:
        draft.write_bytes(data)
        publish_file(draft, file)
    finally:
        draft.unlink(missing_ok=True)


def publish_file(draft: Path, file: Path) -> None:
    """Rename a finished draft in the same folder, once its content is on disk."""
    sync(draft)
    draft.replace(file)
    sync(file.parent)


def sync(folder: Path) -> None:
    """Wait until a file, or the names in a folder, are on disk."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
