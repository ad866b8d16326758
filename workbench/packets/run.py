"""One run from order to files: what is missing from the store is printed, then the packets are linked."""

import hashlib
import os
import re
import shutil
import time
import zipfile
from bisect import bisect_right
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from itertools import accumulate
from pathlib import Path
from typing import BinaryIO, cast
from uuid import uuid4

from workbench.core.translation import Words
from workbench.documents.model import Document, Paper, Pressed, PressFailed
from workbench.documents.pdf.linker import Linked, Part, link, starts
from workbench.documents.pdf.stamps import can_draw
from workbench.documents.store import disk
from workbench.documents.store.store import Kept, Press, Store
from workbench.packets.documents import notice
from workbench.packets.files import digest_of, sums_of
from workbench.packets.model import Delivery, Entry, Packet, Reader, documents
from workbench.packets.order import Order

_NO_NAME = re.compile(r'[\x00-\x1f\x7f/\\:*?"<>|]+')
_LONGEST_NAME = 60
_MOST_NAME_BYTES = 200  # most systems store 255, and an ending comes behind
LOOK_EVERY, LOOK_FOR = 0.5, 0.05  # seconds
BEGINNING = (1980, 1, 1, 0, 0, 0)  # the same packets give the same archive


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

    `keys` are the documents that were printed, `papers` all that the store gave, by their keys: notices and covers too.
    """

    kept: Mapping[Entry, Kept]
    covers: tuple[Kept, ...]
    papers: Mapping[str, Document]
    keys: tuple[str, ...]
    fresh: int
    faults: tuple[str, ...]

    @property
    def documents(self) -> int:
        """Count the documents, covers too."""
        return len(self.kept) + len(self.covers)


@dataclass(frozen=True, slots=True)
class File:
    """A finished file: its name, its pages (all of them, for an archive), its size in bytes, and what lies in it."""

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


def print_some(order: Order, store: Store, press: Press, start: int, most: int, tell: Callable[[int], None]) -> int:
    """Print what is missing and what nobody else prints just now, from document `start` on; give how many.

    It looks at `most` documents, after the last at the first again. `tell` is told before each how many it has looked
    at, and ends the printing by raising. What cannot be printed is left to whoever prints the run.
    """
    papers = [order.document(entry) for entry in documents(order.packets())]
    keys = store.keys(papers, order.options.paper)
    fresh = 0

    def pressed(document: Document, paper: Paper) -> Pressed:
        nonlocal fresh
        fresh += 1
        return press(document, paper)

    for looked in range(most):
        tell(looked)
        at = (start + looked) % len(papers)
        with suppress(PressFailed):
            if not store.has(keys[at]):
                store.printed_now(papers[at], order.options.paper, pressed, keys[at])
    return fresh


@dataclass(frozen=True, slots=True)
class _Made:
    """A paper as it lies in the store; with a `fault` it is the notice that stands for what could not be printed."""

    paper: Document
    kept: Kept
    fault: str = ""


class _Printing:
    """One run in the printing."""

    def __init__(self, order: Order, store: Store, press: Press, tell: Tell) -> None:
        self.order, self.store, self.press, self.tell = order, store, press, tell
        self.packets = order.packets()
        self.wanted = {entry: order.document(entry) for entry in documents(self.packets)}
        self.keys = dict(zip(self.wanted, store.keys(self.wanted.values(), order.options.paper), strict=True))
        self.made: dict[Entry, _Made] = {}
        self.fronts: list[_Made] = []
        self.missing: list[Entry] = []
        self.fresh_fronts = 0
        self.began = self.looked_at = time.monotonic()

    def done(self) -> Printed:
        """Print the documents, then the covers, whose page numbers are known only then."""
        lying = self.store.find_all(self.keys.values())
        self.made = {entry: _Made(self.wanted[entry], lying[key]) for entry, key in self.keys.items() if key in lying}
        self.missing = [entry for entry in self.wanted if entry not in self.made]
        self._tell()
        for wait in (False, True):  # at last for what others have in hand
            for entry in self.missing:
                if entry not in self.made and (made := self._printed(entry, wait=wait)):
                    self.made[entry] = made
                    self._look_ahead()
                    self._tell()
        covers = []
        for packet in self.packets:
            covers.append(self._cover(packet))
            self._tell(len(covers))
        return self._all(tuple(covers))

    def _all(self, covers: tuple[Kept, ...]) -> Printed:
        made = [*(self.made[entry] for entry in self.wanted), *self.fronts]
        return Printed(
            {entry: self.made[entry].kept for entry in self.wanted},
            covers,
            {each.kept.key: each.paper for each in made},
            tuple(key for entry, key in self.keys.items() if not self.made[entry].fault),
            self._fresh(),
            tuple(each.fault for each in made if each.fault),
        )

    def _printed(self, entry: Entry, *, wait: bool) -> _Made | None:
        """Find or print one document, or a notice in its place; leave what others print unless told to wait."""
        document, paper, key = self.wanted[entry], self.order.options.paper, self.keys[entry]
        try:
            kept = (self.store.printed if wait else self.store.printed_now)(document, paper, self.press, key)
        except PressFailed as error:
            return self._notice(document, error.reason)
        return _Made(document, kept) if kept else None

    def _notice(self, document: Document, reason: str) -> _Made:
        instead = notice(document, reason)
        kept = self.store.printed(instead, self.order.options.paper, self.press)
        return _Made(instead, kept, f"{document.title}: {reason}")

    def _look_ahead(self) -> None:
        """Count what others have printed meanwhile; now and again and not for long, for the store may be far away."""
        now = time.monotonic()
        if now - self.looked_at < LOOK_EVERY:
            return
        for entry in self.missing:
            if entry not in self.made and (kept := self.store.find(self.keys[entry])):
                self.made[entry] = _Made(self.wanted[entry], kept)
            if time.monotonic() - now > LOOK_FOR:
                break
        self.looked_at = time.monotonic()

    def _cover(self, packet: Packet) -> Kept:
        """Print a cover; its numbers stand in a column of their own, so a second one is as long as the first."""
        first = self._front(self._cover_paper(packet, 1))
        return first if first.pages == 1 else self._front(self._cover_paper(packet, first.pages))

    def _front(self, document: Document) -> Kept:
        """Find or print one cover, or a notice in its place."""
        try:
            made = _Made(document, self.store.printed(document, self.order.options.paper, self._pressed))
        except PressFailed as error:
            made = self._notice(document, error.reason)
        self.fronts.append(made)
        return made.kept

    def _pressed(self, document: Document, paper: Paper) -> Pressed:
        self.fresh_fronts += 1
        return self.press(document, paper)

    def _cover_paper(self, packet: Packet, pages: int) -> Document:
        kept = {entry: self.made[entry].kept for entry in packet.entries}
        front = Part("", "Cover", pages, bytes)
        parts = [front, *_parts(self.order, packet, kept)]
        _, *places, last = starts(parts)
        digest = hashlib.sha256("".join(kept[entry].key for entry in packet.entries).encode()).hexdigest()
        return self.order.cover(packet, places, last, digest)

    def _fresh(self) -> int:
        return sum(entry in self.made for entry in self.missing) + self.fresh_fronts

    def _tell(self, covers: int = 0) -> None:
        fresh, spent = self._fresh(), time.monotonic() - self.began
        left = len(self.missing) + len(self.packets) - fresh
        seconds = round(spent / fresh * left) if fresh and left >= 0 else None
        pages = sum(each.kept.pages for each in (*self.made.values(), *self.fronts))
        self.tell(Progress(len(self.made) + covers, len(self.wanted) + len(self.packets), pages, seconds))


def write(order: Order, printed: Printed, place: Path, name: str) -> Handed:
    """Link the packets of a run into `place`, in a folder whose name is `name` and the digest of what is in it.

    The folder appears as a whole or not at all; the same run gives the same folder, whoever writes it and however
    often. What a killed worker left of the same run is removed first.
    """
    return hand_over(place, name, lambda draft: tuple(_written(order, printed, draft)))


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


@dataclass(frozen=True, slots=True)
class _Bundle:
    """One packet ready to be linked: its place among all packets in words, its reader, its file name and its parts."""

    place: str
    reader: str
    name: str
    parts: tuple[Part, ...]


def _written(order: Order, printed: Printed, folder: Path) -> Iterator[File]:
    bundles = _bundles(order, printed)
    title, name = order.title, name_of_all(order)
    if order.options.delivery is Delivery.ONE_FILE:
        with synced(folder / f"{name}.pdf") as target:
            linked = _link_all(bundles, title, order.say, target)
        yield File(f"{name}.pdf", linked.pages, linked.size)
    elif order.options.delivery is Delivery.FILE_EACH:
        for bundle in bundles:
            with synced(folder / bundle.name) as target:
                linked = _link_one(bundle, title, order.say, target)
            yield File(bundle.name, linked.pages, linked.size)
    else:
        yield _zipped(bundles, title, order.say, folder / f"{name}.zip")


def _zipped(bundles: Sequence[_Bundle], title: str, say: Words, archive: Path) -> File:
    members = []
    with synced(archive) as whole, zipfile.ZipFile(whole, "w") as zipped:
        for bundle in bundles:
            with zipped.open(zipfile.ZipInfo(bundle.name, BEGINNING), "w", force_zip64=True) as target:
                linked = _link_one(bundle, title, say, cast("BinaryIO", target))
            members.append(File(bundle.name, linked.pages, linked.size))
    return File(archive.name, sum(file.pages for file in members), archive.stat().st_size, tuple(members))


def _bundles(order: Order, printed: Printed) -> list[_Bundle]:
    packets = order.packets()
    wide = len(str(len(packets)))
    alone = len(packets) == 1 or order.recipe.reader is Reader.CANDIDATE  # who is not told how many others there are
    return [
        _Bundle(
            "" if alone else order.say("Packet {number} of {all}", number=number, all=len(packets)),
            order.reader(packet),
            stored(f"{number:0{wide}d} {file_name(order.reader(packet))} - {file_name(order.title)}") + ".pdf",
            (_part("", order.say("Cover"), front, order), *_parts(order, packet, printed.kept)),
        )
        for number, (packet, front) in enumerate(zip(packets, printed.covers, strict=True), 1)
    ]


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


def _parts(order: Order, packet: Packet, kept: Mapping[Entry, Kept]) -> tuple[Part, ...]:
    return tuple(_part(order.chapter(entry), order.label(entry), kept[entry], order) for entry in packet.entries)


def _part(group: str, label: str, kept: Kept, order: Order) -> Part:
    options = order.options
    return Part(group, label, kept.pages, kept.fragment, right_hand=options.both_sides, large=options.large)


def _link_one(bundle: _Bundle, title: str, say: Words, target: BinaryIO) -> Linked:
    def words(page: int, pages: int) -> str:
        return _words(bundle, page, pages, say)

    return link(bundle.parts, f"{title}: {bundle.reader}", say.language, target, words)


def _link_all(bundles: Sequence[_Bundle], title: str, say: Words, target: BinaryIO) -> Linked:
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
        return _words(bundles[at], page - firsts[at] + 1, lengths[at], say)

    return link(parts, title, say.language, target, words)


def _words(bundle: _Bundle, page: int, pages: int, say: Words) -> str:
    """Say at the foot of a page whose it is; a blank page after the end of a packet says nothing.

    The place of the packet stands for a name that a stamp cannot draw.
    """
    if page > pages:
        return ""
    where = say("page {page} of {pages}", page=page, pages=pages)
    whose = bundle.reader if can_draw(bundle.reader) else ""
    return " \u00b7 ".join(words for words in (bundle.place, whose, where) if words)


@contextmanager
def synced(file: Path) -> Iterator[BinaryIO]:
    """Open a new file, and have all of it on disk at the end."""
    with file.open("xb") as target:
        yield target
        target.flush()
        os.fsync(target.fileno())
