"""Puts files in place so that they are there as a whole or not at all, also after a power cut."""

import os
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from uuid import uuid4


@dataclass(frozen=True, slots=True)
class StoredFile:
    """What lies in a place: its size in bytes, and since when it is there."""

    size: int
    stored_at: datetime


def exists(file: Path) -> bool:
    """Say whether a file is there, also where another machine put it there a moment ago.

    NFS remembers for up to a minute that a file was not there. Opening a folder lets it ask anew (close-to-open).
    """
    if file.is_file():
        return True
    for place in (file.parent.parent, file.parent):
        try:
            os.close(os.open(place, os.O_RDONLY))
        except OSError:
            return False
    return file.is_file()


def write_file(file: Path, data: bytes) -> None:
    """Write a file of this content."""
    draft = file.with_name(f".{uuid4().hex}")
    try:
        draft.write_bytes(data)
        publish_file(draft, file)
    finally:
        draft.unlink(missing_ok=True)


def publish_file(draft: Path, file: Path) -> None:
    """Give a finished draft in the same folder its name, once all of it is on disk."""
    sync(draft)
    draft.replace(file)
    sync(file.parent)


def sync(place: Path) -> None:
    """Have a file on disk, or the names in a folder."""
    opened = os.open(place, os.O_RDONLY)
    try:
        os.fsync(opened)
    finally:
        os.close(opened)
