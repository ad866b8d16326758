"""Store each printed document once, under the key of everything that it depends on."""

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
from workbench.documents.model import (
    AccessibilityFinding,
    Document,
    Paper,
    PdfHeading,
    PressFailed,
    PrintedPdf,
    WideWords,
)
from workbench.documents.page.html import template_dir
from workbench.documents.store import disk
from workbench.documents.store.disk import StoredFile
from workbench.documents.store.keys import key, keys
from workbench.documents.store.tables import DocumentRow, find_document, list_documents, list_keys

HOUR = 3600
MIN_LAST_PAGE = 30  # percent; a last page with less on it is nearly empty
PARTS = (".json", ".fragment", ".pdf")
Press = Callable[[Document, Paper], PrintedPdf]


@dataclass(frozen=True, slots=True)
class StoredDocument:
    """A stored document: its file, pages, size in bytes, sha256 of its bytes, headings, findings, and how it fits its pages."""

    key: str
    kind: str
    file: Path
    pages: int
    size: int
    content: str
    headings: tuple[PdfHeading, ...]
    findings: tuple[AccessibilityFinding, ...]
    last_page: int
    wide_words: tuple[WideWords, ...]

    @property
    def has_short_end(self) -> bool:
        """Return whether the last of several pages is nearly empty."""
        return self.pages > 1 and self.last_page < MIN_LAST_PAGE

    def fragment(self) -> bytes:
        """Read the fragment that a packet links. Raise PressFailed when it does not exist."""
        try:
            return self.file.with_suffix(".fragment").read_bytes()
        except FileNotFoundError:
            raise PressFailed(f"The parts of {self.kind} {self.key[:12]} are missing; print it again.") from None


@dataclass(frozen=True, slots=True)
class PruneResult:
    """The number and the total bytes of the documents that were removed from the store."""

    documents: int
    size: int


class Store:
    """A folder of printed documents, `ab/abcdef….pdf`, each with its fragment and its facts as JSON beside it.

    The files are authoritative and the rows are an index of them. A PDF is renamed into place after everything else is
    on disk, so a killed process leaves either nothing or the whole document. `templates` is the folder that the keys
    are made from (ours by default); `alone` locks a key while its document is printed. Machines may share the folder if
    their file system has locks that work across machines (NFS 4 has).
    """

    def __init__(self, folder: Path, templates: Path | None = None, alone: KeyedLock | None = None) -> None:
        self.folder = folder
        self.templates = templates or template_dir()
        self._alone = alone or file_lock(folder / "locks")

    def key(self, document: Document, paper: Paper) -> str:
        """Return the key of a document."""
        return key(document, paper, self.templates)

    def keys(self, documents: Iterable[Document], *paper_sizes: Paper) -> tuple[str, ...]:
        """Return the key of each document on each paper size; shared parts are computed once."""
        return keys(documents, *paper_sizes, folder=self.templates)

    def file(self, key: str) -> Path:
        """Return the path of a document's PDF, whether it exists or not."""
        return self.folder / key[:2] / f"{key}.pdf"

    def find(self, key: str) -> StoredDocument | None:
        """Find a stored document by its key."""
        file = self.file(key)
        if not disk.exists(file):
            return None
        metadata = json.loads(file.with_suffix(".json").read_text("utf-8"))
        headings = tuple(PdfHeading(*heading) for heading in metadata["headings"])
        findings = tuple(AccessibilityFinding(*finding) for finding in metadata["findings"])
        wide_words = tuple(WideWords(*words) for words in metadata["wide_words"])
        details = metadata["size"], metadata["content"], headings, findings, metadata["last_page"], wide_words
        return StoredDocument(key, metadata["kind"], file, metadata["pages"], *details)

    def has(self, key: str) -> bool:
        """Return whether a document is in the store."""
        return disk.exists(self.file(key))

    def find_all(self, keys: Iterable[str]) -> dict[str, StoredDocument]:
        """Find several documents; missing ones are left out."""
        return {key: document for key in keys if (document := self.find(key))}

    def share(self, key: str) -> None:
        """Make a document available to all machines; machines that share a folder need nothing."""

    def keep(self, key: str, kind: str, printed: PrintedPdf) -> StoredDocument:
        """Store a printed document, unless it is stored already."""
        if found := self.find(key):
            return found
        metadata: dict[str, Any] = {
            "kind": kind,
            "pages": printed.pages,
            "size": len(printed.pdf),
            "content": sha256(printed.pdf),
            "headings": printed.headings,
            "findings": printed.findings,
            "fragment": sha256(printed.fragment),
            "last_page": printed.last_page,
            "wide_words": printed.wide_words,
        }
        content = json.dumps(metadata, ensure_ascii=False).encode()
        self._put(key, {".json": content, ".fragment": printed.fragment, ".pdf": printed.pdf})
        details = printed.headings, printed.findings, printed.last_page, printed.wide_words
        return StoredDocument(key, kind, self.file(key), printed.pages, metadata["size"], metadata["content"], *details)

    def get_or_print(self, document: Document, paper: Paper, press: Press, key: str = "") -> StoredDocument:
        """Find a document, or print and store it; two processes that need the same one print it once.

        A caller that knows the document's key passes it. Raise PressFailed.
        """
        key_of_document = key or self.key(document, paper)
        if found := self.find(key_of_document):
            return found
        with self._alone(key_of_document):
            return self.find(key_of_document) or self.keep(key_of_document, document.kind, press(document, paper))

    def try_print(self, document: Document, paper: Paper, press: Press, key: str) -> StoredDocument | None:
        """Find a document, or print and store it; None while another process prints it. Raise PressFailed."""
        if found := self.find(key):
            return found
        with self._alone(key, wait=False) as free:
            return (self.find(key) or self.keep(key, document.kind, press(document, paper))) if free else None

    def ensure(self, session: Session, document: Document, paper: Paper, press: Press, key: str = "") -> DocumentRow:
        """Return the row of a document, which is printed first if it is not stored.

        The database is read only after printing, so that no lock is held during printing. A caller that writes many rows
        passes the keys, to keep the locks short. Raise PressFailed.
        """
        stored = self.get_or_print(document, paper, press, key)
        if row := find_document(session, stored.key):
            return row
        row = DocumentRow(
            key=stored.key,
            kind=stored.kind,
            pages=stored.pages,
            size=stored.size,
            content=stored.content,
            outline=[list(heading) for heading in stored.headings],
            checked=[list(finding) for finding in stored.findings],
            created_at=now(),
        )
        try:
            with session.begin_nested():
                session.add(row)
        except IntegrityError:
            # Another process wrote the same row in between.
            return session.get_one(DocumentRow, stored.key)
        return row

    def verify(self, session: Session) -> tuple[str, ...]:
        """List every row whose file is missing or changed; empty when the store is sound."""
        return tuple(fault for row in list_documents(session) for fault in self._faults(row))

    def prune(self, session: Session, used: AbstractSet[str], days: int, *, dry: bool = False) -> PruneResult:
        """Remove the documents that were printed more than `days` ago and are not among the keys that are `used`.

        A document without a row is as old as its file. With `dry` nothing is removed, only counted. A removed document
        is printed again when it is needed.
        """
        before = now() - timedelta(days=days)
        rows = list_documents(session)
        since = {row.key: row.created_at for row in rows}
        found = {key: file for key, file in self._list_files().items() if key not in used}
        old = {key: file.size for key, file in found.items() if since.get(key, file.stored_at) < before}
        if not dry:
            for each in old:
                self._remove_locked(each)
            for row in rows:
                if row.key not in used and row.created_at < before:
                    session.delete(row)
        return PruneResult(len(old), sum(old.values()))

    def keys_without_row(self, session: Session) -> set[str]:
        """Return the keys of documents without a row: of interrupted work, and of documents in progress."""
        return set(self._list_files()) - list_keys(session)

    def remove(self, session: Session, keys: Iterable[str]) -> None:
        """Remove documents and their rows, regardless of age."""
        for each in keys:
            self._remove_locked(each)
            if row := find_document(session, each):
                session.delete(row)

    def sweep(self) -> int:
        """Remove what killed processes left more than an hour ago, and return the number of files.

        These are drafts, and files beside a PDF that was never written.
        """
        old = now().timestamp() - HOUR
        incomplete = [file for file in self.folder.glob("??/*") if not file.with_suffix(".pdf").exists()]
        leftovers = [file for file in incomplete if file.stat().st_mtime < old]
        for file in leftovers:
            file.unlink(missing_ok=True)
        return len(leftovers)

    def _faults(self, row: DocumentRow) -> Iterator[str]:
        yield from faults_of(
            row, {at: file.read_bytes() for at, file in self._parts(row.key).items() if file.is_file()}
        )

    def _parts(self, key: str) -> dict[str, Path]:
        """Return the files of a document by suffix, the PDF last: without it the document does not exist."""
        file = self.file(key)
        return {suffix: file.with_suffix(suffix) for suffix in PARTS}

    def _put(self, key: str, parts: Mapping[str, bytes]) -> None:
        self.file(key).parent.mkdir(parents=True, exist_ok=True)
        for suffix, file in self._parts(key).items():
            disk.write_file(file, parts[suffix])

    def _list_files(self) -> dict[str, StoredFile]:
        """Return size and time of each stored document, by key; the size counts all its files."""
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
    """Return whether the files of a document, by suffix, all exist and are unchanged."""
    try:
        metadata = json.loads(parts[".json"])
        return (metadata["content"], metadata["fragment"]) == (sha256(parts[".pdf"]), sha256(parts[".fragment"]))
    except (ValueError, KeyError):
        return False


def faults_of(row: DocumentRow, parts: Mapping[str, bytes], location: str = "") -> Iterator[str]:
    """Yield in words how the files of a document, by suffix, differ from its row."""
    name = f"{row.kind} {row.key[:12]}{location}"
    if ".pdf" not in parts:
        yield f"The file of {name} is missing."
        return
    if len(parts[".pdf"]) != row.size:
        yield f"The file of {name} has another size than was printed."
    elif sha256(parts[".pdf"]) != row.content:
        yield f"The file of {name} has other bytes than were printed."
    missing = [suffix for suffix in PARTS if suffix not in parts]
    for suffix in missing:
        yield f"The {suffix[1:]} file beside {name} is missing."
    if missing:
        return
    try:
        digest = json.loads(parts[".json"])["fragment"]
    except (ValueError, KeyError):
        yield f"The metadata of {name} cannot be read."
    else:
        if sha256(parts[".fragment"]) != digest:
            yield f"The parts of {name} are not those that were printed."
