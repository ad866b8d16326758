"""Printed documents under the key of what they are made from: each is printed once and then only sent."""

import contextlib
import fcntl
import hashlib
import json
import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import uuid4

from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from workbench.core.clock import now
from workbench.documents.keys import key
from workbench.documents.model import Document, Heading, Paper, Pressed
from workbench.documents.page import template_dir
from workbench.documents.tables import DocumentRow, all_documents, find_document

_HOUR = 3600
Press = Callable[[Document, Paper], Pressed]


@dataclass(frozen=True, slots=True)
class Kept:
    """A document that lies in the store: its file, pages, size in bytes, sha256 of its bytes, and headings."""

    key: str
    kind: str
    file: Path
    pages: int
    size: int
    content: str
    headings: tuple[Heading, ...]


class Store:
    """A folder of printed documents, `ab/abcdef….pdf`, with what we know of each beside it as JSON.

    The files are the truth and the rows an index of them. A PDF is put in place by one rename after all else is on
    disk, so whoever is killed at any moment leaves either nothing or the whole document. `templates` is the folder
    that the keys are made from (ours by default).
    """

    def __init__(self, folder: Path, templates: Path | None = None) -> None:
        self.folder = folder
        self.templates = templates or template_dir()

    def key(self, document: Document, paper: Paper) -> str:
        """Give the key under which a document lies, or would lie."""
        return key(document, paper, self.templates)

    def file(self, key: str) -> Path:
        """Give the place of a document's PDF, whether it is there or not."""
        return self.folder / key[:2] / f"{key}.pdf"

    def find(self, key: str) -> Kept | None:
        """Find a stored document by its key."""
        file = self.file(key)
        if not file.is_file():
            return None
        facts = json.loads(file.with_suffix(".json").read_text("utf-8"))
        headings = tuple(Heading(*heading) for heading in facts["headings"])
        return Kept(key, facts["kind"], file, facts["pages"], facts["size"], facts["content"], headings)

    def keep(self, key: str, kind: str, pressed: Pressed) -> Kept:
        """Put a printed document into the store; one that is there already stays as it is."""
        if found := self.find(key):
            return found
        facts: dict[str, Any] = {
            "kind": kind,
            "pages": pressed.pages,
            "size": len(pressed.pdf),
            "content": hashlib.sha256(pressed.pdf).hexdigest(),
            "headings": pressed.headings,
        }
        file = self.file(key)
        file.parent.mkdir(parents=True, exist_ok=True)
        _place(file.with_suffix(".json"), json.dumps(facts, ensure_ascii=False).encode())
        _place(file, pressed.pdf)
        return Kept(key, kind, file, pressed.pages, facts["size"], facts["content"], pressed.headings)

    def printed(self, document: Document, paper: Paper, press: Press) -> Kept:
        """Find a document, or print and keep it; two processes that want the same one print it once.

        Raises PressFailed.
        """
        wanted = self.key(document, paper)
        if found := self.find(wanted):
            return found
        with self._alone(wanted):
            return self.find(wanted) or self.keep(wanted, document.kind, press(document, paper))

    def ensure(self, session: Session, document: Document, paper: Paper, press: Press) -> DocumentRow:
        """Give the row of a document, printed now if it never was.

        The database is asked only after the printing, so that no lock of it is held meanwhile. Raises PressFailed.
        """
        kept = self.printed(document, paper, press)
        if row := find_document(session, kept.key):
            return row
        row = DocumentRow(
            key=kept.key,
            kind=kept.kind,
            pages=kept.pages,
            size=kept.size,
            content=kept.content,
            outline=[list(heading) for heading in kept.headings],
            created_at=now(),
        )
        try:
            with session.begin_nested():
                session.add(row)
        except IntegrityError:  # another process wrote the same row in between
            return session.get_one(DocumentRow, kept.key)
        return row

    def verify(self, session: Session) -> tuple[str, ...]:
        """Name every row whose file is missing or is not what was printed; empty when the store is sound."""
        return tuple(fault for row in all_documents(session) for fault in self._faults(row))

    def sweep(self) -> int:
        """Remove what killed processes left behind more than an hour ago, and say how many files that were."""
        old = now().timestamp() - _HOUR
        left = [file for file in self.folder.glob("*/.*") if file.stat().st_mtime < old]
        for file in left:
            file.unlink(missing_ok=True)
        return len(left)

    def _faults(self, row: DocumentRow) -> Iterator[str]:
        file = self.file(row.key)
        if not file.is_file():
            yield f"The file of {row.kind} {row.key[:12]} is missing."
        elif file.stat().st_size != row.size:
            yield f"The file of {row.kind} {row.key[:12]} has another size than was printed."
        elif hashlib.sha256(file.read_bytes()).hexdigest() != row.content:
            yield f"The file of {row.kind} {row.key[:12]} has other bytes than were printed."

    @contextlib.contextmanager
    def _alone(self, key: str) -> Iterator[None]:
        """Hold a lock for one key; the system lets go of it when its holder dies.

        Keys share 256 lock files, which are never removed: removing a lock file lets two holders in.
        """
        locks = self.folder / "locks"
        locks.mkdir(parents=True, exist_ok=True)
        with (locks / key[:2]).open("ab") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield


def _place(file: Path, data: bytes) -> None:
    """Write a file so that it is there as a whole or not at all, also after a power cut."""
    draft = file.with_name(f".{uuid4().hex}")
    try:
        with draft.open("xb") as target:
            target.write(data)
            target.flush()
            os.fsync(target.fileno())
        draft.replace(file)
    finally:
        draft.unlink(missing_ok=True)
    folder = os.open(file.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)
