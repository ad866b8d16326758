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
from workbench.packets.job import PrintJob
from workbench.packets.run.files import digest_of, sums_of
from workbench.packets.run.values import Output, OutputFile

_FORBIDDEN = re.compile(r'[\x00-\x1f\x7f/\\:*?"<>|]+')
_MAX_NAME_LENGTH = 60
_MAX_NAME_BYTES = 200  # most systems store 255, and an extension is added


def write_output(place: Path, name: str, fill: Callable[[Path], tuple[OutputFile, ...]]) -> Output:
    """Call `fill` to write files into a folder that appears as a whole, named by `name` and the digest of its contents."""
    place.mkdir(parents=True, exist_ok=True)
    for leftover in place.glob(f".{name}-*"):
        shutil.rmtree(leftover, ignore_errors=True)
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
    return Output(folder, files, digest)


def file_name(reader: str) -> str:
    """Return a person's name as a file name that every system can store."""
    return " ".join(_FORBIDDEN.sub(" ", reader).split())[:_MAX_NAME_LENGTH].strip(". ") or "Nameless"


def shorten_name(name: str) -> str:
    """Return a file name cut to the bytes that systems store; the extension is added to it afterwards."""
    return name.encode()[:_MAX_NAME_BYTES].decode(errors="ignore").strip(". ")


def run_file_name(job: PrintJob) -> str:
    """Return the name of a file of all packets by its contents: `Interviewer packet - Account Manager`.

    Of roles that do not fit, the first is named and the others are counted. The name of the run comes first. The file
    of one person does not have it, because it may go to a candidate.
    """
    roles = ", ".join(job.role_names)
    if len(roles) > _MAX_NAME_LENGTH:
        roles = file_name(job.role_names[0]) + (f" + {len(job.role_names) - 1}" if len(job.role_names) > 1 else "")
    run_name = " ".join(_FORBIDDEN.sub(" ", job.name).split())
    name = (
        f"{run_name} - " * bool(run_name) + f"{file_name(job.title)} - {' '.join(_FORBIDDEN.sub(' ', roles).split())}"
    )
    return shorten_name(name)


@contextmanager
def open_synced(file: Path) -> Iterator[BinaryIO]:
    """Open a new file for writing, and flush all of it to disk at the end."""
    with file.open("xb") as target:
        yield target
        target.flush()
        os.fsync(target.fileno())
