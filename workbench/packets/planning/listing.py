"""What a run would print, as a list with page counts, before anything runs."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from itertools import accumulate

from workbench.documents.model import Document
from workbench.documents.store.store import Store
from workbench.packets.job import PrintJob
from workbench.packets.model import Packet, PacketEntry, distinct_entries
from workbench.packets.recipes.model import DocumentKind

CountPages = Callable[[Document, str], int]  # of a document and its key


@dataclass(frozen=True, slots=True)
class DocumentGroup:
    """The documents of one kind and role: how many differ, and how many of those lie printed.

    `copies` and `pages` count them in all packets together; where they are not counted yet there are 0 pages.
    """

    title: str
    role: str
    documents: int
    ready: int
    copies: int
    pages: int


@dataclass(frozen=True, slots=True)
class PacketSummary:
    """One packet: for whom, of how many documents with the cover, about how many pages, and sheets on both sides."""

    reader: str
    documents: int
    pages: int
    sheets: int


@dataclass(frozen=True, slots=True)
class RunListing:
    """The documents by kind, the packets by reader, and how much of it all has to be printed.

    `covers` are the pages of all covers together, or 0 where they are not counted yet: then each counts as one page.
    """

    kinds: tuple[DocumentGroup, ...]
    packets: tuple[PacketSummary, ...]
    keys: tuple[str, ...]
    covers: int

    @property
    def documents(self) -> int:
        """Count the different documents, covers left out."""
        return sum(kind.documents for kind in self.kinds)

    @property
    def ready(self) -> int:
        """Count those that lie printed."""
        return sum(kind.ready for kind in self.kinds)

    @property
    def pages(self) -> int:
        """Count the pages of all packets together."""
        return sum(packet.pages for packet in self.packets)

    @property
    def sheets(self) -> int:
        """Count the sheets of paper that all packets take when they are printed on both sides."""
        return sum(packet.sheets for packet in self.packets)

    @property
    def counted(self) -> bool:
        """Say whether the pages of every document are known."""
        return bool(self.covers) and all(kind.pages for kind in self.kinds)


def list_documents(print_job: PrintJob, store: Store, count: CountPages) -> RunListing:
    """List what a run prints. Pages of what lies printed are exact; of the rest, `count` is asked once for each kind.

    Documents of one kind differ only in names, so they have as many pages as each other. So do covers, unless the
    shortest and the longest name of a reader make a difference: then each is counted.
    """
    packets = print_job.packets()
    pages: dict[PacketEntry, int] = {}
    kinds: dict[tuple[DocumentKind, int | None], list[PacketEntry]] = {}
    guessed: dict[tuple[DocumentKind, int | None], int] = {}
    ready: set[PacketEntry] = set()
    wanted = {entry: print_job.document(entry) for entry in distinct_entries(packets)}
    keys = store.keys(wanted.values(), print_job.options.paper)
    printed = store.find_all(keys)
    for (entry, document), key in zip(wanted.items(), keys, strict=True):
        kind = (entry.part, entry.role)
        kinds.setdefault(kind, []).append(entry)
        if kept := printed.get(key):
            ready.add(entry)
            pages[entry] = guessed[kind] = kept.pages
        else:
            if kind not in guessed:
                guessed[kind] = count(document, key)
            pages[entry] = guessed[kind]
    covers = _covers(print_job, store, packets, pages, count)
    copies = Counter(entry for packet in packets for entry in packet.entries)
    return RunListing(
        tuple(_group_documents(print_job, entries, ready, copies, pages) for entries in kinds.values()),
        tuple(
            _summarize_packet(print_job, packet, cover, pages) for packet, cover in zip(packets, covers, strict=True)
        ),
        keys,
        sum(covers) if all(covers) else 0,
    )


def _group_documents(
    print_job: PrintJob,
    entries: Sequence[PacketEntry],
    ready: AbstractSet[PacketEntry],
    copies: Mapping[PacketEntry, int],
    pages: Mapping[PacketEntry, int],
) -> DocumentGroup:
    first = entries[0]
    return DocumentGroup(
        "Score sheet" if first.part is DocumentKind.SHEETS else print_job.label(first),
        print_job.chapter(first),
        len(entries),
        len(ready & set(entries)),
        sum(copies[entry] for entry in entries),
        sum(copies[entry] * pages[entry] for entry in entries),
    )


def _covers(
    print_job: PrintJob, store: Store, packets: Sequence[Packet], pages: Mapping[PacketEntry, int], count: CountPages
) -> list[int]:
    """Count the pages of each cover; the contents are the same but for the names, which are one line each."""
    ends = sorted(packets, key=lambda packet: len(print_job.reader(packet)))
    short, long = (_cover_pages(print_job, store, packet, pages, count) for packet in (ends[0], ends[-1]))
    if short == long:
        return [short] * len(packets)
    return [_cover_pages(print_job, store, packet, pages, count) for packet in packets]


def _cover_pages(
    print_job: PrintJob, store: Store, packet: Packet, pages: Mapping[PacketEntry, int], count: CountPages
) -> int:
    places = accumulate((pages[entry] for entry in packet.entries), initial=2)
    *starts, last = places
    cover = print_job.cover(packet, starts, last - 1)
    (key,) = store.keys([cover], print_job.options.paper)
    return count(cover, key)


def _summarize_packet(
    print_job: PrintJob, packet: Packet, cover: int, pages: Mapping[PacketEntry, int]
) -> PacketSummary:
    """Count what one reader is given; where each document starts on a sheet of its own, a last page may stay empty."""
    counts = [cover or 1, *(pages[entry] for entry in packet.entries)]
    sheets = sum(-(-count // 2) for count in counts) if print_job.options.both_sides else -(-sum(counts) // 2)
    return PacketSummary(print_job.reader(packet), len(counts), sum(counts), sheets)
