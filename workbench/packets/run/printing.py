"""Print the documents that the store does not have, and the covers of the packets."""

import hashlib
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass

from workbench.documents.model import Document, Paper, PressFailed, PrintedPdf
from workbench.documents.pdf.linker import LinkSource, first_pages
from workbench.documents.store.store import Press, Store, StoredDocument
from workbench.packets.documents import notice
from workbench.packets.job import PrintJob
from workbench.packets.model import Packet, PacketEntry, distinct_entries
from workbench.packets.run.linking import linker_parts
from workbench.packets.run.values import PrintResult, Progress, ReportProgress

LOOK_SECONDS, MAX_LOOK_SECONDS = 0.5, 0.05  # seconds


def document_keys(print_job: PrintJob, store: Store) -> tuple[str, ...]:
    """Give the key of each document of a run, covers left out, as it would be printed now."""
    return store.keys(map(print_job.document, distinct_entries(print_job.packets())), print_job.options.paper)


def print_all(print_job: PrintJob, store: Store, press: Press, tell: ReportProgress) -> PrintResult:
    """Print what the store does not have, each document once.

    A document that cannot be printed is replaced by a page that says so. Raises PressFailed when not even that page
    can be printed, and whatever `tell` raises.
    """
    return _RunPrinter(print_job, store, press, tell).done()


def print_some(
    print_job: PrintJob, store: Store, press: Press, start: int, most: int, tell: Callable[[int], None]
) -> int:
    """Print what is missing and what nobody else prints just now, from document `start` on; give how many.

    It looks at `most` documents, after the last at the first again. `tell` is told before each how many it has looked
    at, and ends the printing by raising. What cannot be printed is left to whoever prints the run.
    """
    papers = [print_job.document(entry) for entry in distinct_entries(print_job.packets())]
    keys = store.keys(papers, print_job.options.paper)
    fresh = 0

    def pressed(document: Document, paper: Paper) -> PrintedPdf:
        nonlocal fresh
        fresh += 1
        return press(document, paper)

    for looked in range(most):
        tell(looked)
        at = (start + looked) % len(papers)
        with suppress(PressFailed):
            if not store.has(keys[at]):
                store.try_print(papers[at], print_job.options.paper, pressed, keys[at])
    return fresh


@dataclass(frozen=True, slots=True)
class _PrintedDocument:
    """A paper as it lies in the store; with a `fault` it is the notice that stands for what could not be printed."""

    paper: Document
    kept: StoredDocument
    fault: str = ""


class _RunPrinter:
    """One run in the printing."""

    def __init__(self, print_job: PrintJob, store: Store, press: Press, tell: ReportProgress) -> None:
        self.order, self.store, self.press, self.tell = print_job, store, press, tell
        self.packets = print_job.packets()
        self.request = {entry: print_job.document(entry) for entry in distinct_entries(self.packets)}
        self.keys = dict(zip(self.request, store.keys(self.request.values(), print_job.options.paper), strict=True))
        self.made: dict[PacketEntry, _PrintedDocument] = {}
        self.covers: list[_PrintedDocument] = []
        self.missing: list[PacketEntry] = []
        self.fresh_fronts = 0
        self.began = self.looked_at = time.monotonic()

    def done(self) -> PrintResult:
        """Print the documents, then the covers, whose page numbers are known only then."""
        lying = self.store.find_all(self.keys.values())
        self.made = {
            entry: _PrintedDocument(self.request[entry], lying[key]) for entry, key in self.keys.items() if key in lying
        }
        self.missing = [entry for entry in self.request if entry not in self.made]
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

    def _all(self, covers: tuple[StoredDocument, ...]) -> PrintResult:
        made = [*(self.made[entry] for entry in self.request), *self.covers]
        return PrintResult(
            {entry: self.made[entry].kept for entry in self.request},
            covers,
            {each.kept.key: each.paper for each in made},
            tuple(key for entry, key in self.keys.items() if not self.made[entry].fault),
            self._fresh(),
            tuple(each.fault for each in made if each.fault),
        )

    def _printed(self, entry: PacketEntry, *, wait: bool) -> _PrintedDocument | None:
        """Find or print one document, or a notice in its place; leave what others print unless told to wait."""
        document, paper, key = self.request[entry], self.order.options.paper, self.keys[entry]
        try:
            kept = (self.store.get_or_print if wait else self.store.try_print)(document, paper, self.press, key)
        except PressFailed as error:
            return self._notice(document, error.reason)
        return _PrintedDocument(document, kept) if kept else None

    def _notice(self, document: Document, reason: str) -> _PrintedDocument:
        instead = notice(document, reason)
        kept = self.store.get_or_print(instead, self.order.options.paper, self.press)
        return _PrintedDocument(instead, kept, f"{document.title}: {reason}")

    def _look_ahead(self) -> None:
        """Count what others have printed meanwhile; now and again and not for long, for the store may be far away."""
        now = time.monotonic()
        if now - self.looked_at < LOOK_SECONDS:
            return
        for entry in self.missing:
            if entry not in self.made and (kept := self.store.find(self.keys[entry])):
                self.made[entry] = _PrintedDocument(self.request[entry], kept)
            if time.monotonic() - now > MAX_LOOK_SECONDS:
                break
        self.looked_at = time.monotonic()

    def _cover(self, packet: Packet) -> StoredDocument:
        """Print a cover; its numbers stand in a column of their own, so a second one is as long as the first."""
        first = self._front(self._cover_paper(packet, 1))
        return first if first.pages == 1 else self._front(self._cover_paper(packet, first.pages))

    def _front(self, document: Document) -> StoredDocument:
        """Find or print one cover, or a notice in its place."""
        try:
            made = _PrintedDocument(
                document, self.store.get_or_print(document, self.order.options.paper, self._pressed)
            )
        except PressFailed as error:
            made = self._notice(document, error.reason)
        self.covers.append(made)
        return made.kept

    def _pressed(self, document: Document, paper: Paper) -> PrintedPdf:
        self.fresh_fronts += 1
        return self.press(document, paper)

    def _cover_paper(self, packet: Packet, pages: int) -> Document:
        kept = {entry: self.made[entry].kept for entry in packet.entries}
        front = LinkSource("", "Cover", pages, bytes)
        parts = [front, *linker_parts(self.order, packet, kept)]
        _, *places, last = first_pages(parts)
        digest = hashlib.sha256("".join(kept[entry].key for entry in packet.entries).encode()).hexdigest()
        return self.order.cover(packet, places, last, digest)

    def _fresh(self) -> int:
        return sum(entry in self.made for entry in self.missing) + self.fresh_fronts

    def _tell(self, covers: int = 0) -> None:
        fresh, spent = self._fresh(), time.monotonic() - self.began
        left = len(self.missing) + len(self.packets) - fresh
        seconds = round(spent / fresh * left) if fresh and left >= 0 else None
        pages = sum(each.kept.pages for each in (*self.made.values(), *self.covers))
        self.tell(Progress(len(self.made) + covers, len(self.request) + len(self.packets), pages, seconds))
