"""Write the files of a run into a folder that appears as a whole, and name them."""

import os
import re
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO
from uuid import uuid4

from workbench.documents.store import disk
from workbench.packets.job import Order
from workbench.packets.run.files import digest_of, sums_of
from workbench.packets.run.values import File, Handed

_NO_NAME = re.compile(r'[\x00-\x1f\x7f/\\:*?"<>|]+')
_LONGEST_NAME = 60
_MOST_NAME_BYTES = 200  # most systems store 255, and an ending comes behind
BEGINNING = (1980, 1, 1, 0, 0, 0)  # the same packets give the same archive


def hand_over(place: Path, name: str, fill: Callable[[Path], tuple[File, ...]]) -> Handed:
    """Let `fill` put files into a folder that appears as a whole, named by `name` and the digest of what is in it."""
    place.mkdir(parents=True, exist_ok=True)
    for left in place.glob(f".{name}-*"):
        shutil.rmtree(left, ignore_errors=True)
    draft = place / f".{name}-{uuid4().hex}"
    draft.mkdir()
    try:
        files = fill(draft)
        digest = digest_of(sums_of(draft))
        folder = place / f"{name}-{digest[:16]}"
        if not folder.exists():
            disk.sync(draft)
            draft.rename(folder)
            disk.sync(place)
    finally:
        shutil.rmtree(draft, ignore_errors=True)
    return Handed(folder, files, digest)


def file_name(reader: str) -> str:
    """Make a name that every system can store of whatever somebody is called."""
    return " ".join(_NO_NAME.sub(" ", reader).split())[:_LONGEST_NAME].strip(". ") or "Nameless"


def stored(name: str) -> str:
    """Cut a name to what systems store, for most letters take two to four bytes; an ending comes behind."""
    return name.encode()[:_MOST_NAME_BYTES].decode(errors="ignore").strip(". ")


def name_of_all(order: Order) -> str:
    """Name a file of all packets by what it holds: `Interviewer packet - Account Manager`.

    Of roles that do not fit, the first is named and the others are counted. The name of the run stands before; the file
    of one person does not have it, because it may go to a candidate.
    """
    roles = ", ".join(order.named)
    if len(roles) > _LONGEST_NAME:
        roles = file_name(order.named[0]) + (f" + {len(order.named) - 1}" if len(order.named) > 1 else "")
    own = " ".join(_NO_NAME.sub(" ", order.name).split())
    whole = f"{own} - " * bool(own) + f"{file_name(order.title)} - {' '.join(_NO_NAME.sub(' ', roles).split())}"
    return stored(whole)


@contextmanager
def synced(file: Path) -> Iterator[BinaryIO]:
    """Open a new file, and have all of it on disk at the end."""
    with file.open("xb") as target:
        yield target
        target.flush()
        os.fsync(target.fileno())
