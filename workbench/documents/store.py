"""Printed documents under the key of what they are made from: each is printed once and then only sent."""

import contextlib
import fcntl
import hashlib
import json
import os
from collections.abc import Callable, Iterable, Iterator
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from workbench.core.clock import now
from workbench.documents.keys import key, keys
from workbench.documents.model import Document, Heading, Paper, Pressed, PressFailed
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

    def fragment(self) -> bytes:
        """Read what a packet takes of the document. Raises PressFailed when it is not there."""
        try:
            return _fragment(self.file).read_bytes()
        except FileNotFoundError:
            raise PressFailed(f"The parts of {self.kind} {self.key[:12]} are missing; print it again.") from None


@dataclass(frozen=True, slots=True)
class Pruned:
    """What was taken out of the store: how many documents, and how many bytes they had."""

    documents: int
    size: int


class Store:
    """A folder of printed documents, `ab/abcdef….pdf`, with its fragment and what we know of it (JSON) beside each.

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

    def keys(self, documents: Iterable[Document], paper: Paper) -> tuple[str, ...]:
        """Give the key of each of several documents; what they share is read once."""
        return keys(documents, paper, self.templates)

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
            "fragment": hashlib.sha256(pressed.fragment).hexdigest(),
        }
        file = self.file(key)
        file.parent.mkdir(parents=True, exist_ok=True)
        _place(file.with_suffix(".json"), json.dumps(facts, ensure_ascii=False).encode())
        _place(_fragment(file), pressed.fragment)
        _place(file, pressed.pdf)
        return Kept(key, kind, file, pressed.pages, facts["size"], facts["content"], pressed.headings)

    def printed(self, document: Document, paper: Paper, press: Press, key: str = "") -> Kept:
        """Find a document, or print and keep it; two processes that want the same one print it once.

        Whoever knows the `key` of the document gives it. Raises PressFailed.
        """
        wanted = key or self.key(document, paper)
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

    def prune(self, session: Session, used: AbstractSet[str], days: int, *, dry: bool = False) -> Pruned:
        """Take out what was printed more than `days` ago and is not among the keys that are `used`.

        With `dry` nothing is taken out, only counted. A document that somebody wants again is printed again.
        """
        before = now() - timedelta(days=days)
        rows = {row.key: row for row in all_documents(session)}
        found = [file for file in sorted(self.folder.glob("*/*.pdf")) if file.stem not in used]
        old = [file for file in found if self._since(file, rows.get(file.stem)) < before]
        size = sum(self._take_out(file, dry=dry) for file in old)
        for row in rows.values():
            if not dry and row.key not in used and row.created_at < before:
                session.delete(row)
        return Pruned(len(old), size)

    def beginning(self, digits: Iterable[str]) -> set[str]:
        """Name the documents in the store whose keys begin with one of these; each has two digits or more."""
        return {file.stem for each in digits for file in (self.folder / each[:2]).glob(f"{each}*.pdf")}

    def remove(self, session: Session, keys: Iterable[str]) -> None:
        """Take out documents with their rows, however old they are."""
        for wanted in keys:
            self._take_out(self.file(wanted))
            if row := find_document(session, wanted):
                session.delete(row)

    def sweep(self) -> int:
        """Remove what killed processes left behind more than an hour ago, and say how many files that were.

        These are drafts, and what lies beside a PDF that never came.
        """
        old = now().timestamp() - _HOUR
        beside = [file for file in self.folder.glob("??/*") if not file.with_suffix(".pdf").exists()]
        left = [file for file in beside if file.stat().st_mtime < old]
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
        if file.is_file():
            yield from self._faults_beside(row, file)

    def _faults_beside(self, row: DocumentRow, file: Path) -> Iterator[str]:
        try:
            wanted = json.loads(file.with_suffix(".json").read_text("utf-8"))["fragment"]
            found = hashlib.sha256(_fragment(file).read_bytes()).hexdigest()
        except FileNotFoundError as error:
            yield f"The {Path(error.filename).suffix[1:]} file beside {row.kind} {row.key[:12]} is missing."
        except (ValueError, KeyError):
            yield f"What is known of {row.kind} {row.key[:12]} cannot be read."
        else:
            if found != wanted:
                yield f"The parts of {row.kind} {row.key[:12]} are not those that were printed."

    def _take_out(self, file: Path, *, dry: bool = False) -> int:
        """Remove a document and what lies beside it; give the bytes that this frees."""
        files = (file, _fragment(file), file.with_suffix(".json"))  # the PDF first: without it nothing is there
        size = sum(each.stat().st_size for each in files if each.exists())
        if not dry:
            with self._alone(file.stem):
                for each in files:
                    each.unlink(missing_ok=True)
        return size

    @staticmethod
    def _since(file: Path, row: DocumentRow | None) -> datetime:
        """Tell when a document was printed; one that has no row yet is as old as its file."""
        return row.created_at if row else datetime.fromtimestamp(file.stat().st_mtime, UTC)

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


def _fragment(file: Path) -> Path:
    return file.with_suffix(".fragment")


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
