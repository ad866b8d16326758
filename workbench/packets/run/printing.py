"""Print the documents that the store does not have, and the covers of the packets."""

import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass

from workbench.core.digests import sha256_of_text
from workbench.documents.model import Document, Paper, PressFailed, PrintedPdf
from workbench.documents.pdf.linker import LinkSource, first_pages
from workbench.documents.store.store import Press, Store, StoredDocument
from workbench.packets.documents import notice
from workbench.packets.model import Packet, PacketEntry
from workbench.packets.plan import PrintPlan
from workbench.packets.run.linking import linker_parts
from workbench.packets.run.values import PrintResult, Progress, ReportProgress

LOOK_SECONDS, MAX_LOOK_SECONDS = 0.5, 0.05


def print_all(plan: PrintPlan, store: Store, press: Press, report: ReportProgress) -> PrintResult:
    """Print every document of a run that the store does not have, each once.

    A document that cannot be printed is replaced by a page that says so. Raises PressFailed when not even that page
    can be printed, and any exception that `report` raises.
    """
    return _RunPrinter(plan, store, press, report).run()


def print_some(
    plan: PrintPlan, store: Store, press: Press, start: int, count: int, report: Callable[[int], None]
) -> int:
    """Print documents that are missing and that no other worker is printing, and return how many were printed.

    Checks `count` documents from document `start` on, and continues with the first after the last. Before each document
    `report` is called with the number checked so far; an exception from it ends the printing. A document that cannot be
    printed is left to the job of the run.
    """
    paper, entries = plan.job.options.paper, tuple(plan.documents)
    fresh = 0

    def counting_press(document: Document, paper: Paper) -> PrintedPdf:
        nonlocal fresh
        fresh += 1
        return press(document, paper)

    for offset in range(count):
        report(offset)
        entry = entries[(start + offset) % len(entries)]
        key = plan.keys[entry]
        with suppress(PressFailed):
            if not store.has(key):
                store.try_print(plan.documents[entry], paper, counting_press, key)
    return fresh


@dataclass(frozen=True, slots=True)
class _PrintedDocument:
    """A document as it is stored; with a `fault` it is the notice in place of a document that could not be printed."""

    document: Document
    stored: StoredDocument
    fault: str = ""


class _RunPrinter:
    """Prints one run and counts its progress."""

    def __init__(self, plan: PrintPlan, store: Store, press: Press, report: ReportProgress) -> None:
        self.plan, self.store, self.press, self.report = plan, store, press, report
        self.paper = plan.job.options.paper
        self.printed: dict[PacketEntry, _PrintedDocument] = {}
        self.covers: list[_PrintedDocument] = []
        self.missing: list[PacketEntry] = []
        self.fresh_covers = 0
        self.started_at = self.looked_at = time.monotonic()

    def run(self) -> PrintResult:
        """Print the documents, then the covers, whose page numbers are known only then."""
        plan = self.plan
        stored = self.store.find_all(plan.keys.values())
        self.printed = {
            entry: _PrintedDocument(plan.documents[entry], stored[key])
            for entry, key in plan.keys.items()
            if key in stored
        }
        self.missing = [entry for entry in plan.documents if entry not in self.printed]
        self._report()
        # The second pass waits for the documents that other workers were printing during the first.
        for wait in (False, True):
            for entry in self.missing:
                if entry not in self.printed and (document := self._print(entry, wait=wait)):
                    self.printed[entry] = document
                    self._look_ahead()
                    self._report()
        covers = []
        for packet in plan.packets:
            covers.append(self._print_cover(packet))
            self._report(len(covers))
        return self._result(tuple(covers))

    def _result(self, covers: tuple[StoredDocument, ...]) -> PrintResult:
        everything = [*(self.printed[entry] for entry in self.plan.documents), *self.covers]
        return PrintResult(
            {entry: self.printed[entry].stored for entry in self.plan.documents},
            covers,
            {each.stored.key: each.document for each in everything},
            tuple(key for entry, key in self.plan.keys.items() if not self.printed[entry].fault),
            self._count_fresh(),
            tuple(each.fault for each in everything if each.fault),
        )

    def _print(self, entry: PacketEntry, *, wait: bool) -> _PrintedDocument | None:
        """Find or print one document, or a notice in its place; return None where another worker is printing it."""
        document, key = self.plan.documents[entry], self.plan.keys[entry]
        get = self.store.get_or_print if wait else self.store.try_print
        try:
            stored = get(document, self.paper, self.press, key)
        except PressFailed as error:
            return self._print_notice(document, error.reason)
        return _PrintedDocument(document, stored) if stored else None

    def _print_notice(self, document: Document, reason: str) -> _PrintedDocument:
        instead = notice(document, reason)
        stored = self.store.get_or_print(instead, self.paper, self.press)
        return _PrintedDocument(instead, stored, f"{document.title}: {reason}")

    def _look_ahead(self) -> None:
        """Find what other workers have printed, twice a second and briefly, because the store may be remote."""
        now = time.monotonic()
        if now - self.looked_at < LOOK_SECONDS:
            return
        for entry in self.missing:
            if entry not in self.printed and (stored := self.store.find(self.plan.keys[entry])):
                self.printed[entry] = _PrintedDocument(self.plan.documents[entry], stored)
            if time.monotonic() - now > MAX_LOOK_SECONDS:
                break
        self.looked_at = time.monotonic()

    def _print_cover(self, packet: Packet) -> StoredDocument:
        """Print a cover; page numbers have a column of their own, so a second layout is as long as the first."""
        first = self._get_cover(self._build_cover(packet, 1))
        return first if first.pages == 1 else self._get_cover(self._build_cover(packet, first.pages))

    def _get_cover(self, document: Document) -> StoredDocument:
        """Find or print one cover, or a notice in its place."""
        try:
            cover = _PrintedDocument(document, self.store.get_or_print(document, self.paper, self._press_cover))
        except PressFailed as error:
            cover = self._print_notice(document, error.reason)
        self.covers.append(cover)
        return cover.stored

    def _press_cover(self, document: Document, paper: Paper) -> PrintedPdf:
        self.fresh_covers += 1
        return self.press(document, paper)

    def _build_cover(self, packet: Packet, pages: int) -> Document:
        stored = {entry: self.printed[entry].stored for entry in packet.entries}
        cover = LinkSource("", "Cover", pages, bytes)
        _, *places, last = first_pages([cover, *linker_parts(self.plan.job, packet, stored)])
        digest = sha256_of_text("".join(stored[entry].key for entry in packet.entries))
        return self.plan.job.cover(packet, places, last, digest)

    def _count_fresh(self) -> int:
        return sum(entry in self.printed for entry in self.missing) + self.fresh_covers

    def _report(self, covers: int = 0) -> None:
        fresh, elapsed = self._count_fresh(), time.monotonic() - self.started_at
        remaining = len(self.missing) + len(self.plan.packets) - fresh
        seconds = round(elapsed / fresh * remaining) if fresh and remaining >= 0 else None
        pages = sum(each.stored.pages for each in (*self.printed.values(), *self.covers))
        total = len(self.plan.documents) + len(self.plan.packets)
        self.report(Progress(len(self.printed) + covers, total, pages, seconds))
