"""The list of what a run would print, with page counts, before anything is printed."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from itertools import accumulate

from workbench.documents.model import Document
from workbench.documents.store.store import Store
from workbench.packets.job import PrintJob
from workbench.packets.model import Packet, PacketEntry
from workbench.packets.plan import PrintPlan
from workbench.packets.recipes.model import DocumentKind

CountPages = Callable[[Document, str], int]  # of a document and its key


@dataclass(frozen=True, slots=True)
class DocumentGroup:
    """The documents of one kind and role: how many differ, and how many of those are printed already.

    `copies` and `pages` count them in all packets together; documents that are not counted yet have 0 pages.
    `has_short_end` says whether the last page of a printed one is nearly empty.
    """

    title: str
    role: str
    documents: int
    ready: int
    copies: int
    pages: int
    has_short_end: bool = False


@dataclass(frozen=True, slots=True)
class PacketSummary:
    """One packet: its reader, its documents with the cover, its pages, and its sheets when printed on both sides."""

    reader: str
    documents: int
    pages: int
    sheets: int


@dataclass(frozen=True, slots=True)
class RunListing:
    """The documents by kind, the packets by reader, and how much has to be printed.

    `covers` are the pages of all covers together. They are 0 where they are not counted yet; then each counts as one.
    """

    kinds: tuple[DocumentGroup, ...]
    packets: tuple[PacketSummary, ...]
    keys: tuple[str, ...]
    covers: int

    @property
    def documents(self) -> int:
        """Return how many different documents there are, without the covers."""
        return sum(kind.documents for kind in self.kinds)

    @property
    def ready(self) -> int:
        """Return how many of those are printed already."""
        return sum(kind.ready for kind in self.kinds)

    @property
    def pages(self) -> int:
        """Return the pages of all packets together."""
        return sum(packet.pages for packet in self.packets)

    @property
    def sheets(self) -> int:
        """Return the sheets of paper for all packets when they are printed on both sides."""
        return sum(packet.sheets for packet in self.packets)

    @property
    def is_exact(self) -> bool:
        """Return whether the pages of every document are known."""
        return bool(self.covers) and all(kind.pages for kind in self.kinds)


def list_documents(plan: PrintPlan, store: Store, count: CountPages) -> RunListing:
    """Return what a run prints. Pages of stored documents are exact; of the rest, `count` is called once for each kind.

    Documents of one kind differ only in names, so they have as many pages as each other. So do covers, unless the
    shortest and the longest name of a reader make a difference: then each is counted.
    """
    pages: dict[PacketEntry, int] = {}
    kinds: dict[tuple[DocumentKind, int | None], list[PacketEntry]] = {}
    estimates: dict[tuple[DocumentKind, int | None], int] = {}
    ready: set[PacketEntry] = set()
    short: set[PacketEntry] = set()
    stored = store.find_all(plan.keys.values())
    for entry, document in plan.documents.items():
        kind = (entry.part, entry.role)
        kinds.setdefault(kind, []).append(entry)
        if stored_document := stored.get(plan.keys[entry]):
            ready.add(entry)
            short |= {entry} if stored_document.has_short_end else set()
            estimates[kind] = stored_document.pages
        elif kind not in estimates:
            estimates[kind] = count(document, plan.keys[entry])
        pages[entry] = estimates[kind]
    covers = _count_cover_pages(plan, store, pages, count)
    copies = Counter(entry for packet in plan.packets for entry in packet.entries)
    return RunListing(
        tuple(_group_documents(plan.job, entries, ready, short, copies, pages) for entries in kinds.values()),
        tuple(
            _summarize_packet(plan.job, packet, cover, pages)
            for packet, cover in zip(plan.packets, covers, strict=True)
        ),
        tuple(plan.keys.values()),
        sum(covers) if all(covers) else 0,
    )


def _group_documents(
    job: PrintJob,
    entries: Sequence[PacketEntry],
    ready: AbstractSet[PacketEntry],
    short: AbstractSet[PacketEntry],
    copies: Mapping[PacketEntry, int],
    pages: Mapping[PacketEntry, int],
) -> DocumentGroup:
    first = entries[0]
    return DocumentGroup(
        "Score sheet" if first.part is DocumentKind.SHEETS else job.label(first),
        job.chapter(first),
        len(entries),
        len(ready & set(entries)),
        sum(copies[entry] for entry in entries),
        sum(copies[entry] * pages[entry] for entry in entries),
        not short.isdisjoint(entries),
    )


def _count_cover_pages(plan: PrintPlan, store: Store, pages: Mapping[PacketEntry, int], count: CountPages) -> list[int]:
    """Return the pages of each cover; the contents are the same but for the names, which are one line each."""

    def count_cover(packet: Packet) -> int:
        *starts, last = accumulate((pages[entry] for entry in packet.entries), initial=2)
        cover = plan.job.cover(packet, starts, last - 1)
        (key,) = store.keys([cover], plan.job.options.paper)
        return count(cover, key)

    by_name = sorted(plan.packets, key=lambda packet: len(plan.job.reader(packet)))
    short, long = count_cover(by_name[0]), count_cover(by_name[-1])
    return [short] * len(plan.packets) if short == long else [count_cover(packet) for packet in plan.packets]


def _summarize_packet(job: PrintJob, packet: Packet, cover: int, pages: Mapping[PacketEntry, int]) -> PacketSummary:
    """Return the counts of one packet; where each document starts on a sheet of its own, a last page may be empty."""
    counts = [cover or 1, *(pages[entry] for entry in packet.entries)]
    sheets = sum(-(-count // 2) for count in counts) if job.options.both_sides else -(-sum(counts) // 2)
    return PacketSummary(job.reader(packet), len(counts), sum(counts), sheets)
