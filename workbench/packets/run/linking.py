"""Link the printed documents of a run into its packets."""

import zipfile
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate
from pathlib import Path
from typing import BinaryIO, cast

from workbench.core.text.translation import Words
from workbench.documents.pdf.linker import LinkResult, LinkSource, first_pages, link
from workbench.documents.pdf.stamps import can_draw
from workbench.documents.store.store import StoredDocument
from workbench.packets.job import Order
from workbench.packets.model import Delivery, Entry, Packet
from workbench.packets.recipes.model import Reader
from workbench.packets.run.output import BEGINNING, file_name, hand_over, name_of_all, stored, synced
from workbench.packets.run.values import File, Handed, Printed


def write(order: Order, printed: Printed, place: Path, name: str) -> Handed:
    """Link the packets of a run into `place`, in a folder whose name is `name` and the digest of what is in it.

    The folder appears as a whole or not at all; the same run gives the same folder, whoever writes it and however
    often. What a killed worker left of the same run is removed first.
    """
    return hand_over(place, name, lambda draft: tuple(_written(order, printed, draft)))


@dataclass(frozen=True, slots=True)
class _Bundle:
    """One packet ready to be linked: its place among all packets in words, its reader, its file name and its parts."""

    place: str
    reader: str
    name: str
    parts: tuple[LinkSource, ...]


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
            (_part("", order.say("Cover"), front, order), *parts_of(order, packet, printed.kept)),
        )
        for number, (packet, front) in enumerate(zip(packets, printed.covers, strict=True), 1)
    ]


def parts_of(order: Order, packet: Packet, kept: Mapping[Entry, StoredDocument]) -> tuple[LinkSource, ...]:
    """Return the documents of a packet, in order, as the linker takes them; the cover is not among them."""
    return tuple(_part(order.chapter(entry), order.label(entry), kept[entry], order) for entry in packet.entries)


def _part(group: str, label: str, kept: StoredDocument, order: Order) -> LinkSource:
    options = order.options
    return LinkSource(group, label, kept.pages, kept.fragment, right_hand=options.both_sides, large=options.large)


def _link_one(bundle: _Bundle, title: str, say: Words, target: BinaryIO) -> LinkResult:
    def words(page: int, pages: int) -> str:
        return _words(bundle, page, pages, say)

    return link(bundle.parts, f"{title}: {bundle.reader}", say.language, target, words)


def _link_all(bundles: Sequence[_Bundle], title: str, say: Words, target: BinaryIO) -> LinkResult:
    """Write all packets into one file; each counts its own pages, and is found in the bookmarks by its reader."""
    parts = [
        replace(part, group=bundle.reader, label=f"{part.group}: {part.label}" if part.group else part.label)
        for bundle in bundles
        for part in bundle.parts
    ]
    *places, _ = first_pages(parts)
    counts = [len(bundle.parts) for bundle in bundles]
    firsts = [places[at] for at in (0, *accumulate(counts))[:-1]]
    lengths = [first_pages(bundle.parts)[-1] for bundle in bundles]

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
