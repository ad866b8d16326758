"""One run from order to files: what is missing from the store is printed, then the packets are linked."""

import hashlib
import os
import re
import shutil
import time
import zipfile
from bisect import bisect_right
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from itertools import accumulate
from pathlib import Path
from typing import BinaryIO, cast
from uuid import uuid4

from workbench.documents.linker import Linked, Part, link, starts
from workbench.documents.model import Document, Paper, Pressed, PressFailed
from workbench.documents.stamps import can_draw
from workbench.documents.store import Kept, Press, Store
from workbench.packets.documents import cover, notice
from workbench.packets.files import digest_of, sums_of
from workbench.packets.model import Delivery, Entry, Packet, documents
from workbench.packets.order import Order
from workbench.packets.papers import About, Chapter, Cover, Item

_NO_NAME = re.compile(r'[\x00-\x1f\x7f/\\:*?"<>|]+')
_LONGEST_NAME = 60
LANGUAGE = "en"
_BEGINNING = (1980, 1, 1, 0, 0, 0)  # the same packets give the same archive


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a run is: documents and pages that are ready, of how many, and the seconds left once that is known."""

    documents: int
    total: int
    pages: int
    seconds: int | None


Tell = Callable[[Progress], None]  # whatever it raises ends the run


@dataclass(frozen=True, slots=True)
class Printed:
    """Every document of a run as it lies in the store; `faults` tells which ones a notice stands for, and why.

    `keys` are the documents that were printed, `taken` all that the store gave: notices and covers too.
    """

    kept: Mapping[Entry, Kept]
    covers: tuple[Kept, ...]
    papers: tuple[Document, ...]
    keys: tuple[str, ...]
    taken: tuple[str, ...]
    fresh: int
    faults: tuple[str, ...]

    @property
    def documents(self) -> int:
        """Count the documents, covers too."""
        return len(self.kept) + len(self.covers)


@dataclass(frozen=True, slots=True)
class File:
    """A finished file: its name, its pages (all of them, for an archive) and its size in bytes, and what lies in it."""

    name: str
    pages: int
    size: int
    members: tuple["File", ...] = ()


@dataclass(frozen=True, slots=True)
class Handed:
    """What a run hands over: the folder, its files, and one sha256 of all names and bytes."""

    folder: Path
    files: tuple[File, ...]
    digest: str


def keys_of(order: Order, store: Store) -> tuple[str, ...]:
    """Give the key of each document of a run, covers left out, as it would be printed now."""
    return store.keys(map(order.document, documents(order.packets())), order.options.paper)


def print_all(order: Order, store: Store, press: Press, tell: Tell) -> Printed:
    """Print what the store does not have, each document once.

    A document that cannot be printed is replaced by a page that says so. Raises PressFailed when not even that page
    can be printed, and whatever `tell` raises.
    """
    return _Printing(order, store, press, tell).done()


class _Printing:
    """One run in the printing."""

    def __init__(self, order: Order, store: Store, press: Press, tell: Tell) -> None:
        self.order, self.store, self.press, self.tell = order, store, press, tell
        self.packets = order.packets()
        self.kept: dict[Entry, Kept] = {}
        self.papers: list[Document] = []
        self.keys: list[str] = []
        self.taken: list[str] = []
        self.faults: list[str] = []
        self.fresh = self.pages = 0
        self.began = time.monotonic()

    def done(self) -> Printed:
        """Print the documents, then the covers, whose page numbers are known only then."""
        wanted = {entry: self.order.document(entry) for entry in documents(self.packets)}
        keys = dict(zip(wanted, self.store.keys(wanted.values(), self.order.options.paper), strict=True))
        missing = set(keys.values()) - self.store.find_all(keys.values()).keys()
        self.missing = len(self.packets) + len(missing)
        self.total = len(wanted) + len(self.packets)
        self._tell()
        for entry, document in wanted.items():
            sound = len(self.faults)
            self.kept[entry] = self._printed(document, keys[entry])
            self.keys += [keys[entry]] if len(self.faults) == sound else []
            self._tell()
        covers = []
        for packet in self.packets:
            covers.append(self._cover(packet))
            self._tell(len(covers))
        papers, right, taken = tuple(self.papers), tuple(self.keys), tuple(dict.fromkeys(self.taken))
        return Printed(self.kept, tuple(covers), papers, right, taken, self.fresh, tuple(self.faults))

    def _printed(self, document: Document, key: str = "") -> Kept:
        """Find or print one document, or a notice in its place."""
        try:
            kept = self.store.printed(document, self.order.options.paper, self._pressed, key)
        except PressFailed as error:
            self.faults.append(f"{document.title}: {error.reason}")
            document = notice(document, error.reason)
            kept = self.store.printed(document, self.order.options.paper, self.press)
        self.papers.append(document)
        self.taken.append(kept.key)
        self.pages += kept.pages
        return kept

    def _pressed(self, document: Document, paper: Paper) -> Pressed:
        self.fresh += 1
        return self.press(document, paper)

    def _cover(self, packet: Packet) -> Kept:
        """Print a cover; its numbers stand in a column of their own, so a second one is as long as the first."""
        first = self._printed(self._cover_paper(packet, 1))
        return first if first.pages == 1 else self._printed(self._cover_paper(packet, first.pages))

    def _cover_paper(self, packet: Packet, pages: int) -> Document:
        front = Part("", "Cover", pages, bytes)
        parts = [front, *_parts(self.order, packet, self.kept)]
        _, *places, last = starts(parts)
        chapters: dict[str, list[Item]] = {}
        for entry, place in zip(packet.entries, places, strict=True):
            chapters.setdefault(self.order.chapter(entry), []).append(Item(self.order.label(entry), place))
        digest = hashlib.sha256("".join(self.kept[entry].key for entry in packet.entries).encode()).hexdigest()
        paper = Cover(
            self.order.recipe.title,
            packet.reader,
            tuple(About(chosen.role.title, chosen.stamp.edition) for chosen in self.order.chosen),
            tuple(Chapter(title, tuple(items)) for title, items in chapters.items()),
            last,
        )
        made = cover(paper, replace(self.order.stamp, digest=digest), self.order.options.language)
        return replace(made, large=self.order.options.large)

    def _tell(self, covers: int = 0) -> None:
        done = len(self.kept) + covers
        left = self.missing - self.fresh
        spent = time.monotonic() - self.began
        seconds = round(spent / self.fresh * left) if self.fresh and left >= 0 else None
        self.tell(Progress(done, self.total, self.pages, seconds))


def write(order: Order, printed: Printed, place: Path, name: str) -> Handed:
    """Link the packets of a run into `place`, in a folder whose name is `name` and the digest of what is in it.

    The folder appears as a whole or not at all; the same run gives the same folder, whoever writes it and however
    often. What a killed worker left of the same run is removed first.
    """
    place.mkdir(parents=True, exist_ok=True)
    for left in place.glob(f".{name}-*"):
        shutil.rmtree(left, ignore_errors=True)
    draft = place / f".{name}-{uuid4().hex}"
    draft.mkdir()
    try:
        files = tuple(_written(order, printed, draft))
        digest = digest_of(sums_of(draft))
        folder = place / f"{name}-{digest[:16]}"
        if not folder.exists():
            draft.rename(folder)
    finally:
        shutil.rmtree(draft, ignore_errors=True)
    return Handed(folder, files, digest)


@dataclass(frozen=True, slots=True)
class _Bundle:
    """One packet ready to be linked: its place among the packets from 1, its reader, its file name and its parts."""

    number: int
    reader: str
    name: str
    parts: tuple[Part, ...]


def _written(order: Order, printed: Printed, folder: Path) -> Iterator[File]:
    bundles = _bundles(order, printed)
    title = order.recipe.title
    if order.options.delivery is Delivery.ONE_FILE:
        with _synced(folder / f"{title}.pdf") as target:
            linked = _link_all(bundles, title, target)
        yield File(f"{title}.pdf", linked.pages, linked.size)
    elif order.options.delivery is Delivery.FILE_EACH:
        for bundle in bundles:
            with _synced(folder / bundle.name) as target:
                linked = _link_one(bundle, len(bundles), title, target)
            yield File(bundle.name, linked.pages, linked.size)
    else:
        yield _zipped(bundles, title, folder / f"{title}.zip")


def _zipped(bundles: Sequence[_Bundle], title: str, archive: Path) -> File:
    members = []
    with _synced(archive) as whole, zipfile.ZipFile(whole, "w") as zipped:
        for bundle in bundles:
            with zipped.open(zipfile.ZipInfo(bundle.name, _BEGINNING), "w", force_zip64=True) as target:
                linked = _link_one(bundle, len(bundles), title, cast("BinaryIO", target))
            members.append(File(bundle.name, linked.pages, linked.size))
    return File(archive.name, sum(file.pages for file in members), archive.stat().st_size, tuple(members))


def _bundles(order: Order, printed: Printed) -> list[_Bundle]:
    packets = order.packets()
    wide = len(str(len(packets)))
    return [
        _Bundle(
            number,
            packet.reader,
            f"{number:0{wide}d} {file_name(packet.reader)} - {order.recipe.title}.pdf",
            (_part("", "Cover", front, order), *_parts(order, packet, printed.kept)),
        )
        for number, (packet, front) in enumerate(zip(packets, printed.covers, strict=True), 1)
    ]


def file_name(reader: str) -> str:
    """Make a name that every system can store of whatever somebody is called."""
    return " ".join(_NO_NAME.sub(" ", reader).split())[:_LONGEST_NAME].strip(". ") or "Nameless"


def _parts(order: Order, packet: Packet, kept: Mapping[Entry, Kept]) -> tuple[Part, ...]:
    return tuple(_part(order.chapter(entry), order.label(entry), kept[entry], order) for entry in packet.entries)


def _part(group: str, label: str, kept: Kept, order: Order) -> Part:
    options = order.options
    return Part(group, label, kept.pages, kept.fragment, right_hand=options.both_sides, large=options.large)


def _link_one(bundle: _Bundle, of: int, title: str, target: BinaryIO) -> Linked:
    def words(page: int, pages: int) -> str:
        return _words(bundle, of, page, pages)

    return link(bundle.parts, f"{title}: {bundle.reader}", LANGUAGE, target, words)


def _link_all(bundles: Sequence[_Bundle], title: str, target: BinaryIO) -> Linked:
    """Write all packets into one file; each counts its own pages, and is found in the bookmarks by its reader."""
    parts = [
        replace(part, group=bundle.reader, label=f"{part.group}: {part.label}" if part.group else part.label)
        for bundle in bundles
        for part in bundle.parts
    ]
    *places, _ = starts(parts)
    counts = [len(bundle.parts) for bundle in bundles]
    firsts = [places[at] for at in (0, *accumulate(counts))[:-1]]
    lengths = [starts(bundle.parts)[-1] for bundle in bundles]

    def words(page: int, _: int) -> str:
        at = bisect_right(firsts, page) - 1
        return _words(bundles[at], len(bundles), page - firsts[at] + 1, lengths[at])

    return link(parts, title, LANGUAGE, target, words)


def _words(bundle: _Bundle, of: int, page: int, pages: int) -> str:
    """Say at the foot of a page whose it is; a blank page after the end of a packet says nothing.

    The number of the packet stands for a name that a stamp cannot draw.
    """
    if page > pages:
        return ""
    which = f"Packet {bundle.number} of {of} \u00b7 " if of > 1 else ""
    whose = f"{bundle.reader} \u00b7 " if can_draw(bundle.reader) else ""
    return f"{which}{whose}page {page} of {pages}"


@contextmanager
def _synced(file: Path) -> Iterator[BinaryIO]:
    """Open a new file, and have all of it on disk at the end."""
    with file.open("xb") as target:
        yield target
        target.flush()
        os.fsync(target.fileno())
