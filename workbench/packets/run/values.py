"""The values of a print run: its progress, its printed documents, and its files."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from workbench.documents.model import Document
from workbench.documents.store.store import StoredDocument
from workbench.packets.model import PacketEntry


@dataclass(frozen=True, slots=True)
class Progress:
    """The progress of a run: documents and pages that are ready, the total, and the seconds left once they are known."""

    documents: int
    total: int
    pages: int
    seconds: int | None


ReportProgress = Callable[[Progress], None]  # an exception that it raises ends the run


@dataclass(frozen=True, slots=True)
class PrintResult:
    """Every document of a run as it is stored; `faults` names those that a notice replaces, with the reason.

    `keys` are those of the documents that were printed. `documents` holds every document of the run by
    its key in the store, with notices and covers. `fresh` counts the documents that were printed for this run.
    """

    stored: Mapping[PacketEntry, StoredDocument]
    covers: tuple[StoredDocument, ...]
    documents: Mapping[str, Document]
    keys: tuple[str, ...]
    fresh: int
    faults: tuple[str, ...]

    @property
    def total(self) -> int:
        """Return how many documents the run has, with its covers."""
        return len(self.stored) + len(self.covers)


@dataclass(frozen=True, slots=True)
class OutputFile:
    """A finished file: its name, its pages (the sum, for an archive), its size in bytes, and the files inside it."""

    name: str
    pages: int
    size: int
    members: tuple["OutputFile", ...] = ()


@dataclass(frozen=True, slots=True)
class Output:
    """The output of a run: its folder, its files, and one sha256 of all names and bytes."""

    folder: Path
    files: tuple[OutputFile, ...]
    digest: str
