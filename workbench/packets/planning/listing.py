"""What a run would print, as a list with page counts, before anything runs."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from itertools import accumulate

from workbench.documents.model import Document
from workbench.documents.store.store import Store
from workbench.packets.job import Order
from workbench.packets.model import Entry, Packet, documents
from workbench.packets.recipes.model import Part

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
    """The documents by kind, the packets by reader, and how much of it all has to be printed.

    `covers` are the pages of all covers together, or 0 where they are not counted yet: then each counts as one page.
    """

    kinds: tuple[Kinds, ...]
    packets: tuple[Given, ...]
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


def listing(order: Order, store: Store, count: Count) -> Listing:
    """List what a run prints. Pages of what lies printed are exact; of the rest, `count` is asked once for each kind.

    Documents of one kind differ only in names, so they have as many pages as each other. So do covers, unless the
    shortest and the longest name of a reader make a difference: then each is counted.
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
    covers = _covers(order, store, packets, pages, count)
    copies = Counter(entry for packet in packets for entry in packet.entries)
    return Listing(
        tuple(_kinds(order, entries, ready, copies, pages) for entries in kinds.values()),
        tuple(_given(order, packet, cover, pages) for packet, cover in zip(packets, covers, strict=True)),
        keys,
        sum(covers) if all(covers) else 0,
    )


def _kinds(
    order: Order,
    entries: Sequence[Entry],
    ready: AbstractSet[Entry],
    copies: Mapping[Entry, int],
    pages: Mapping[Entry, int],
) -> Kinds:
    first = entries[0]
    return Kinds(
        "Score sheet" if first.part is Part.SHEETS else order.label(first),
        order.chapter(first),
        len(entries),
        len(ready & set(entries)),
        sum(copies[entry] for entry in entries),
        sum(copies[entry] * pages[entry] for entry in entries),
    )


def _covers(
    order: Order, store: Store, packets: Sequence[Packet], pages: Mapping[Entry, int], count: Count
) -> list[int]:
    """Count the pages of each cover; the contents are the same but for the names, which are one line each."""
    ends = sorted(packets, key=lambda packet: len(order.reader(packet)))
    short, long = (_cover_pages(order, store, packet, pages, count) for packet in (ends[0], ends[-1]))
    if short == long:
        return [short] * len(packets)
    return [_cover_pages(order, store, packet, pages, count) for packet in packets]


def _cover_pages(order: Order, store: Store, packet: Packet, pages: Mapping[Entry, int], count: Count) -> int:
    places = accumulate((pages[entry] for entry in packet.entries), initial=2)
    *starts, last = places
    cover = order.cover(packet, starts, last - 1)
    (key,) = store.keys([cover], order.options.paper)
    return count(cover, key)


def _given(order: Order, packet: Packet, cover: int, pages: Mapping[Entry, int]) -> Given:
    """Count what one reader is given; where each document starts on a sheet of its own, a last page may stay empty."""
    counts = [cover or 1, *(pages[entry] for entry in packet.entries)]
    sheets = sum(-(-count // 2) for count in counts) if order.options.both_sides else -(-sum(counts) // 2)
    return Given(order.reader(packet), len(counts), sum(counts), sheets)
