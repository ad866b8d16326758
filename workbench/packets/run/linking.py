"""Link the printed documents of a run into its packets."""

import zipfile
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate
from pathlib import Path
from typing import BinaryIO, cast

from workbench.core.file_formats import ARCHIVE_DATE
from workbench.core.text.translation import Translator
from workbench.documents.pdf.linker import LinkResult, LinkSource, first_pages, link
from workbench.documents.pdf.stamps import can_draw
from workbench.documents.store.store import StoredDocument
from workbench.packets.job import PrintJob
from workbench.packets.model import Delivery, Packet, PacketEntry
from workbench.packets.plan import PrintPlan
from workbench.packets.recipes.model import Reader
from workbench.packets.run.output import file_name, open_synced, run_file_name, shorten_name, write_output
from workbench.packets.run.values import Output, OutputFile, PrintResult


def write_packets(plan: PrintPlan, result: PrintResult, place: Path, name: str) -> Output:
    """Link the packets of a run into `place`, in a folder whose name is `name` and the digest of its contents.

    The folder appears as a whole or not at all, and the same run always gives the same folder. What a killed worker
    left of the same run is removed first.
    """
    return write_output(place, name, lambda draft: tuple(_link_packets(plan, result, draft)))


@dataclass(frozen=True, slots=True)
class _Bundle:
    """One packet ready to be linked: its place among all packets in words, its reader, its file name and its parts."""

    place: str
    reader: str
    name: str
    parts: tuple[LinkSource, ...]


def _link_packets(plan: PrintPlan, result: PrintResult, folder: Path) -> Iterator[OutputFile]:
    job, bundles = plan.job, _build_bundles(plan, result)
    title, name = job.title, run_file_name(job)
    if job.options.delivery is Delivery.ONE_FILE:
        with open_synced(folder / f"{name}.pdf") as target:
            link_result = _link_all(bundles, title, job.translator, target)
        yield OutputFile(f"{name}.pdf", link_result.pages, link_result.size)
    elif job.options.delivery is Delivery.FILE_EACH:
        for bundle in bundles:
            with open_synced(folder / bundle.name) as target:
                link_result = _link_one(bundle, title, job.translator, target)
            yield OutputFile(bundle.name, link_result.pages, link_result.size)
    else:
        yield _write_archive(bundles, title, job.translator, folder / f"{name}.zip")


def _write_archive(bundles: Sequence[_Bundle], title: str, translator: Translator, archive: Path) -> OutputFile:
    members = []
    with open_synced(archive) as target_file, zipfile.ZipFile(target_file, "w") as zip_file:
        for bundle in bundles:
            with zip_file.open(zipfile.ZipInfo(bundle.name, ARCHIVE_DATE), "w", force_zip64=True) as target:
                link_result = _link_one(bundle, title, translator, cast("BinaryIO", target))
            members.append(OutputFile(bundle.name, link_result.pages, link_result.size))
    return OutputFile(archive.name, sum(file.pages for file in members), archive.stat().st_size, tuple(members))


def _build_bundles(plan: PrintPlan, result: PrintResult) -> list[_Bundle]:
    job, count = plan.job, len(plan.packets)
    digits = len(str(count))
    # A candidate must not learn how many other candidates there are.
    unnumbered = count == 1 or job.recipe.reader is Reader.CANDIDATE
    title = file_name(job.title)
    return [
        _Bundle(
            "" if unnumbered else job.translator.gettext("Packet {number} of {all}", number=number, all=count),
            job.reader(packet),
            shorten_name(f"{number:0{digits}d} {file_name(job.reader(packet))} - {title}") + ".pdf",
            (_linker_part("", job.translator.gettext("Cover"), cover, job), *linker_parts(job, packet, result.stored)),
        )
        for number, (packet, cover) in enumerate(zip(plan.packets, result.covers, strict=True), 1)
    ]


def linker_parts(job: PrintJob, packet: Packet, stored: Mapping[PacketEntry, StoredDocument]) -> tuple[LinkSource, ...]:
    """Return the documents of a packet, in order, as the linker takes them; the cover is not among them."""
    return tuple(_linker_part(job.chapter(entry), job.label(entry), stored[entry], job) for entry in packet.entries)


def _linker_part(group: str, label: str, stored: StoredDocument, job: PrintJob) -> LinkSource:
    options = job.options
    return LinkSource(group, label, stored.pages, stored.fragment, right_hand=options.both_sides, large=options.large)


def _link_one(bundle: _Bundle, title: str, translator: Translator, target: BinaryIO) -> LinkResult:
    def footer(page: int, pages: int) -> str:
        return _page_footer(bundle, page, pages, translator)

    return link(bundle.parts, f"{title}: {bundle.reader}", translator.language, target, footer)


def _link_all(bundles: Sequence[_Bundle], title: str, translator: Translator, target: BinaryIO) -> LinkResult:
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

    def footer(page: int, _: int) -> str:
        at = bisect_right(firsts, page) - 1
        return _page_footer(bundles[at], page - firsts[at] + 1, lengths[at], translator)

    return link(parts, title, translator.language, target, footer)


def _page_footer(bundle: _Bundle, page: int, pages: int, translator: Translator) -> str:
    """Return the words at the foot of a page: packet, reader and page; nothing on a blank page after the last.

    A reader's name that the stamp font cannot draw is left out.
    """
    if page > pages:
        return ""
    page_words = translator.gettext("page {page} of {pages}", page=page, pages=pages)
    reader = bundle.reader if can_draw(bundle.reader) else ""
    return " \u00b7 ".join(words for words in (bundle.place, reader, page_words) if words)
