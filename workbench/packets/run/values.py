"""The values of a print run: its progress, what was printed, and the files that it hands over."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from workbench.documents.model import Document
from workbench.documents.store.store import StoredDocument
from workbench.packets.model import PacketEntry


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a run is: documents and pages that are ready, of how many, and the seconds left once that is known."""

    documents: int
    total: int
    pages: int
    seconds: int | None


ReportProgress = Callable[[Progress], None]  # whatever it raises ends the run


@dataclass(frozen=True, slots=True)
class PrintResult:
    """Every document of a run as it lies in the store; `faults` tells which ones a notice stands for, and why.

    `keys` are the documents that were printed, `papers` all that the store gave, by their keys: notices and covers too.
    """

    kept: Mapping[PacketEntry, StoredDocument]
    covers: tuple[StoredDocument, ...]
    papers: Mapping[str, Document]
    keys: tuple[str, ...]
    fresh: int
    faults: tuple[str, ...]

    @property
    def documents(self) -> int:
        """Count the documents, covers too."""
        return len(self.kept) + len(self.covers)


@dataclass(frozen=True, slots=True)
class OutputFile:
    """A finished file: its name, its pages (all of them, for an archive), its size in bytes, and what lies in it."""

    name: str
    pages: int
    size: int
    members: tuple["OutputFile", ...] = ()


@dataclass(frozen=True, slots=True)
class Output:
    """What a run hands over: the folder, its files, and one sha256 of all names and bytes."""

    folder: Path
    files: tuple[OutputFile, ...]
    digest: str
