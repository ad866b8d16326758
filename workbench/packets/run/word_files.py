"""Write all documents of a run as Word files in one archive: a folder for each reader, and one for shared documents."""

import zipfile
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from workbench.core.file_formats import ARCHIVE_DATE
from workbench.core.text.translation import gettext_noop
from workbench.documents.model import Document
from workbench.packets.model import Packet, PacketEntry
from workbench.packets.plan import PrintPlan
from workbench.packets.run.output import file_name, open_synced, run_file_name, shorten_name, write_output
from workbench.packets.run.values import Output, OutputFile

_EVERYBODY = gettext_noop("For everyone")

ReportCount = Callable[[int, int], None]  # files written, and the total; an exception that it raises ends the work


@dataclass(frozen=True, slots=True)
class WordFile:
    """One Word file of a run: its name in the archive, and the document that it holds."""

    name: str
    document: Document


def list_word_files(plan: PrintPlan) -> tuple[WordFile, ...]:
    """List the Word files of a run: each document once, numbered as in the packet, in the folder of its reader.

    A document of several packets is in a shared folder, before those of the readers.
    """
    job = plan.job
    times = Counter(entry for packet in plan.packets for entry in packet.entries)
    digits = len(str(len(plan.packets)))
    shared: dict[PacketEntry, WordFile] = {}
    personal = []
    for number, packet in enumerate(plan.packets, 1):
        folder = shorten_name(f"{number:0{digits}d} {file_name(job.reader(packet))}")
        cover = job.cover(packet, [0] * len(packet.entries), 0)
        personal.append(WordFile(f"{folder}/{_file_name(1, packet, job.translator.gettext('Cover'))}", cover))
        for at, entry in enumerate(packet.entries, 2):
            chapter = job.chapter(entry) if len(job.roles) > 1 else ""
            name = _file_name(at, packet, job.label(entry), chapter)
            if times[entry] == 1:
                personal.append(WordFile(f"{folder}/{name}", plan.documents[entry]))
            elif entry not in shared:
                shared[entry] = WordFile(
                    f"{file_name(job.translator.gettext(_EVERYBODY))}/{name}", plan.documents[entry]
                )
    return (*shared.values(), *personal)


def write_word_files(plan: PrintPlan, logo: bytes | None, place: Path, name: str, report: ReportCount) -> Output:
    """Write the Word files of a run into an archive in `place`, in a folder named by `name` and its digest.

    The folder appears as a whole or not at all, and the same run gives the same bytes. Raises PressFailed for another
    logo than the one of the stamp, and any exception that `report` raises.
    """
    return write_output(place, name, partial(_write_archive, plan, logo, report))


def _write_archive(plan: PrintPlan, logo: bytes | None, report: ReportCount, folder: Path) -> tuple[OutputFile, ...]:
    from workbench.packets.run.docx import word  # noqa: PLC0415 - python-docx takes half a second to load

    archive = folder / f"{run_file_name(plan.job)} - Word.zip"
    files = list_word_files(plan)
    members = []
    with open_synced(archive) as target_file, zipfile.ZipFile(target_file, "w") as zip_file:
        for count, file in enumerate(files):
            report(count, len(files))
            content = word(file.document, plan.job.options.paper, logo)
            zip_file.writestr(zipfile.ZipInfo(file.name, ARCHIVE_DATE), content)
            members.append(OutputFile(file.name, 0, len(content)))
    report(len(files), len(files))
    return (OutputFile(archive.name, 0, archive.stat().st_size, tuple(members)),)


def _file_name(at: int, packet: Packet, label: str, chapter: str = "") -> str:
    """Return the name of a file, which begins with its place in the packet so that lists of files keep the order."""
    digits = len(str(1 + len(packet.entries)))
    words = f"{file_name(chapter)} - {file_name(label)}" if chapter else file_name(label)
    return shorten_name(f"{at:0{digits}d} {words}") + ".docx"
