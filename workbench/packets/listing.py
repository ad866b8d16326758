"""What a run would print, as a list with page counts, before anything runs."""

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from workbench.documents.model import Document
from workbench.documents.store import Store
from workbench.packets.model import Entry, Packet, Part, documents
from workbench.packets.order import Order

Count = Callable[[Document, str], int]  # of a document and its key


@dataclass(frozen=True, slots=True)
class Kinds:
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
class Given:
    """One packet: for whom, of how many documents with the cover, about how many pages, and sheets on both sides."""

    reader: str
    documents: int
    pages: int
    sheets: int


@dataclass(frozen=True, slots=True)
class Listing:
    """The documents by kind, the packets by reader, and how much of it all has to be printed."""

    kinds: tuple[Kinds, ...]
    packets: tuple[Given, ...]
    keys: tuple[str, ...]

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
        return all(kind.pages for kind in self.kinds)


def listing(order: Order, store: Store, count: Count) -> Listing:
    """List what a run prints. Pages of what lies printed are exact; of the rest, `count` is asked once for each kind.

    Documents of one kind differ only in names, so they have as many pages as each other, and a cover has one.
    """
    packets = order.packets()
    pages: dict[Entry, int] = {}
    kinds: dict[tuple[Part, int | None], list[Entry]] = {}
    guessed: dict[tuple[Part, int | None], int] = {}
    ready: set[Entry] = set()
    wanted = {entry: order.document(entry) for entry in documents(packets)}
    keys = store.keys(wanted.values(), order.options.paper)
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
    copies = Counter(entry for packet in packets for entry in packet.entries)
    return Listing(
        tuple(
            Kinds(
                "Score sheet" if part is Part.SHEETS else order.label(entries[0]),
                order.chapter(entries[0]),
                len(entries),
                len(ready.intersection(entries)),
                sum(copies[entry] for entry in entries),
                sum(copies[entry] * pages[entry] for entry in entries),
            )
            for (part, _), entries in kinds.items()
        ),
        tuple(_given(order, packet, pages) for packet in packets),
        keys,
    )


def _given(order: Order, packet: Packet, pages: Mapping[Entry, int]) -> Given:
    """Count what one reader is given; where each document starts on a sheet of its own, a last page may stay empty."""
    counts = [1, *(pages[entry] for entry in packet.entries)]
    sheets = sum(-(-count // 2) for count in counts) if order.options.both_sides else -(-sum(counts) // 2)
    return Given(order.reader(packet), len(counts), sum(counts), sheets)
