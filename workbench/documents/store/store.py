"""Printed documents under the key of what they are made from: each is printed once and then only sent."""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from workbench.core.clock import now
from workbench.core.digests import sha256
from workbench.core.storage.locks import KeyedLock, file_lock
from workbench.documents.model import AccessibilityFinding, Document, Heading, Paper, PressFailed, PrintedPdf
from workbench.documents.page.html import template_dir
from workbench.documents.store import disk
from workbench.documents.store.disk import StoredFile
from workbench.documents.store.keys import key, keys
from workbench.documents.store.tables import DocumentRow, find_document, list_documents, list_keys

HOUR = 3600
PARTS = (".json", ".fragment", ".pdf")
Press = Callable[[Document, Paper], PrintedPdf]


@dataclass(frozen=True, slots=True)
class StoredDocument:
    """A document that lies in the store: its file, pages, size in bytes, sha256 of its bytes, headings and findings."""

    key: str
    kind: str
    file: Path
    pages: int
    size: int
    content: str
    headings: tuple[Heading, ...]
    findings: tuple[AccessibilityFinding, ...]

    def fragment(self) -> bytes:
        """Read what a packet takes of the document. Raises PressFailed when it is not there."""
        try:
            return self.file.with_suffix(".fragment").read_bytes()
        except FileNotFoundError:
            raise PressFailed(f"The parts of {self.kind} {self.key[:12]} are missing; print it again.") from None


@dataclass(frozen=True, slots=True)
class PruneResult:
    """What was taken out of the store: how many documents, and how many bytes they had."""

    documents: int
    size: int


class Store:
    """A folder of printed documents, `ab/abcdef….pdf`, with its fragment and what we know of it (JSON) beside each.

    The files are the truth and the rows an index of them. A PDF is put in place by one rename after all else is on
    disk, so whoever is killed at any moment leaves either nothing or the whole document. `templates` is the folder
    that the keys are made from (ours by default); `alone` sees to it that a document is printed by one at a time.
    Machines may share the folder, where their file system locks files for all of them (NFS 4 does).
    """

    def __init__(self, folder: Path, templates: Path | None = None, alone: KeyedLock | None = None) -> None:
        self.folder = folder
        self.templates = templates or template_dir()
        self._alone = alone or file_lock(folder / "locks")

    def key(self, document: Document, paper: Paper) -> str:
        """Give the key under which a document lies, or would lie."""
        return key(document, paper, self.templates)

    def keys(self, documents: Iterable[Document], *papers: Paper) -> tuple[str, ...]:
        """Give the keys of several documents, each on every paper; what they share is read once."""
        return keys(documents, *papers, folder=self.templates)

    def file(self, key: str) -> Path:
        """Give the place of a document's PDF, whether it is there or not."""
        return self.folder / key[:2] / f"{key}.pdf"

    def find(self, key: str) -> StoredDocument | None:
        """Find a stored document by its key."""
        file = self.file(key)
        if not disk.exists(file):
            return None
        facts = json.loads(file.with_suffix(".json").read_text("utf-8"))
        headings = tuple(Heading(*heading) for heading in facts["headings"])
        findings = tuple(AccessibilityFinding(*finding) for finding in facts["findings"])
        return StoredDocument(
            key, facts["kind"], file, facts["pages"], facts["size"], facts["content"], headings, findings
        )

    def has(self, key: str) -> bool:
        """Say whether a document lies in the store."""
        return disk.exists(self.file(key))

    def find_all(self, keys: Iterable[str]) -> dict[str, StoredDocument]:
        """Find several documents; those that are not there are left out."""
        return {key: kept for key in keys if (kept := self.find(key))}

    def share(self, key: str) -> None:
        """See to it that all machines find a document that lies here; those that share a folder do."""

    def keep(self, key: str, kind: str, pressed: PrintedPdf) -> StoredDocument:
        """Put a printed document into the store; one that is there already stays as it is."""
        if found := self.find(key):
            return found
        facts: dict[str, Any] = {
            "kind": kind,
            "pages": pressed.pages,
            "size": len(pressed.pdf),
            "content": sha256(pressed.pdf),
            "headings": pressed.headings,
            "findings": pressed.findings,
            "fragment": sha256(pressed.fragment),
        }
        known = json.dumps(facts, ensure_ascii=False).encode()
        self._put(key, {".json": known, ".fragment": pressed.fragment, ".pdf": pressed.pdf})
        told = pressed.headings, pressed.findings
        return StoredDocument(key, kind, self.file(key), pressed.pages, facts["size"], facts["content"], *told)

    def get_or_print(self, document: Document, paper: Paper, press: Press, key: str = "") -> StoredDocument:
        """Find a document, or print and keep it; two processes that want the same one print it once.

        Whoever knows the `key` of the document gives it. Raises PressFailed.
        """
        wanted = key or self.key(document, paper)
        if found := self.find(wanted):
            return found
        with self._alone(wanted):
            return self.find(wanted) or self.keep(wanted, document.kind, press(document, paper))

    def try_print(self, document: Document, paper: Paper, press: Press, key: str) -> StoredDocument | None:
        """Find a document, or print and keep it; None where somebody else prints it just now. Raises PressFailed."""
        if found := self.find(key):
            return found
        with self._alone(key, wait=False) as free:
            return (self.find(key) or self.keep(key, document.kind, press(document, paper))) if free else None

    def ensure(self, session: Session, document: Document, paper: Paper, press: Press, key: str = "") -> DocumentRow:
        """Give the row of a document, printed now if it never was.

        The database is asked only after the printing, so that no lock of it is held meanwhile. Whoever writes many rows
        at once gives their keys, so that the lock is held for as little time as may be. Raises PressFailed.
        """
        kept = self.get_or_print(document, paper, press, key)
        if row := find_document(session, kept.key):
            return row
        row = DocumentRow(
            key=kept.key,
            kind=kept.kind,
            pages=kept.pages,
            size=kept.size,
            content=kept.content,
            outline=[list(heading) for heading in kept.headings],
            checked=[list(finding) for finding in kept.findings],
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
        return tuple(fault for row in list_documents(session) for fault in self._faults(row))

    def prune(self, session: Session, used: AbstractSet[str], days: int, *, dry: bool = False) -> PruneResult:
        """Take out what was printed more than `days` ago and is not among the keys that are `used`.

        One that has no row yet is as old as its file. With `dry` nothing is taken out, only counted. A document that
        somebody wants again is printed again.
        """
        before = now() - timedelta(days=days)
        rows = list_documents(session)
        since = {row.key: row.created_at for row in rows}
        found = {key: lying for key, lying in self._stored_files().items() if key not in used}
        old = {key: lying.size for key, lying in found.items() if since.get(key, lying.stored_at) < before}
        if not dry:
            for each in old:
                self._remove_locked(each)
            for row in rows:
                if row.key not in used and row.created_at < before:
                    session.delete(row)
        return PruneResult(len(old), sum(old.values()))

    def keys_without_row(self, session: Session) -> set[str]:
        """Name the documents that have no row: of work that broke off, and of what is being printed just now."""
        return set(self._stored_files()) - list_keys(session)

    def remove(self, session: Session, keys: Iterable[str]) -> None:
        """Take out documents with their rows, however old they are."""
        for wanted in keys:
            self._remove_locked(wanted)
            if row := find_document(session, wanted):
                session.delete(row)

    def sweep(self) -> int:
        """Remove what killed processes left behind more than an hour ago, and say how many files that were.

        These are drafts, and what lies beside a PDF that never came.
        """
        old = now().timestamp() - HOUR
        beside = [file for file in self.folder.glob("??/*") if not file.with_suffix(".pdf").exists()]
        left = [file for file in beside if file.stat().st_mtime < old]
        for file in left:
            file.unlink(missing_ok=True)
        return len(left)

    def _faults(self, row: DocumentRow) -> Iterator[str]:
        yield from faults_of(
            row, {at: file.read_bytes() for at, file in self._parts(row.key).items() if file.is_file()}
        )

    def _parts(self, key: str) -> dict[str, Path]:
        """Give the files of a document by their endings, the PDF last: without it nothing is there."""
        file = self.file(key)
        return {suffix: file.with_suffix(suffix) for suffix in PARTS}

    def _put(self, key: str, parts: Mapping[str, bytes]) -> None:
        self.file(key).parent.mkdir(parents=True, exist_ok=True)
        for suffix, file in self._parts(key).items():
            disk.write_file(file, parts[suffix])

    def _stored_files(self) -> dict[str, StoredFile]:
        """Tell of each document in the store: the bytes of all its files, and since when it is there."""
        found = {}
        for file in sorted(self.folder.glob("*/*.pdf")):
            size = sum(each.stat().st_size for each in self._parts(file.stem).values() if each.exists())
            found[file.stem] = StoredFile(size, datetime.fromtimestamp(file.stat().st_mtime, UTC))
        return found

    def _remove_locked(self, key: str) -> None:
        with self._alone(key):
            self._remove(key)

    def _remove(self, key: str) -> None:
        for file in reversed(self._parts(key).values()):
            file.unlink(missing_ok=True)


def is_complete(parts: Mapping[str, bytes]) -> bool:
    """Say whether the files of a document, by their endings, are all there and as they were printed."""
    try:
        facts = json.loads(parts[".json"])
        return (facts["content"], facts["fragment"]) == (sha256(parts[".pdf"]), sha256(parts[".fragment"]))
    except (ValueError, KeyError):
        return False


def faults_of(row: DocumentRow, parts: Mapping[str, bytes], where: str = "") -> Iterator[str]:
    """Tell in words how the files of a document, by their endings, differ from what its row says was printed."""
    name = f"{row.kind} {row.key[:12]}{where}"
    if ".pdf" not in parts:
        yield f"The file of {name} is missing."
        return
    if len(parts[".pdf"]) != row.size:
        yield f"The file of {name} has another size than was printed."
    elif sha256(parts[".pdf"]) != row.content:
        yield f"The file of {name} has other bytes than were printed."
    lacking = [suffix for suffix in PARTS if suffix not in parts]
    for suffix in lacking:
        yield f"The {suffix[1:]} file beside {name} is missing."
    if lacking:
        return
    try:
        wanted = json.loads(parts[".json"])["fragment"]
    except (ValueError, KeyError):
        yield f"What is known of {name} cannot be read."
    else:
        if sha256(parts[".fragment"]) != wanted:
            yield f"The parts of {name} are not those that were printed."
