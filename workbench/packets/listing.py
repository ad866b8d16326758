"""What a run would print, as a list with page counts, before anything runs."""

from collections.abc import Callable
from dataclasses import dataclass

from workbench.documents.model import Document
from workbench.documents.store import Store
from workbench.packets.model import Entry, Part, documents
from workbench.packets.order import Order

Count = Callable[[Document, str], int]  # of a document and its key


@dataclass(frozen=True, slots=True)
class Kinds:
    """The documents of one kind and role: how many there are, how many lie printed, and the pages of all together."""

    title: str
    role: str
    documents: int
    ready: int
    pages: int


@dataclass(frozen=True, slots=True)
class Given:
    """One packet: for whom, of how many documents with the cover, and about how many pages."""

    reader: str
    documents: int
    pages: int


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
    return Listing(
        tuple(
            Kinds(
                "Score sheet" if part is Part.SHEETS else order.label(entries[0]),
                order.chapter(entries[0]),
                len(entries),
                len(ready.intersection(entries)),
                sum(pages[entry] for entry in entries),
            )
            for (part, _), entries in kinds.items()
        ),
        tuple(
            Given(packet.reader, 1 + len(packet.entries), 1 + sum(pages[entry] for entry in packet.entries))
            for packet in packets
        ),
        keys,
    )
