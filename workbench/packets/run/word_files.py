"""All papers of a run as Word files in one archive: a folder for each reader, and one for what everyone is given."""

import zipfile
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from workbench.core.text.translation import house
from workbench.documents.model import Document
from workbench.packets.job import PrintJob
from workbench.packets.model import Packet, PacketEntry
from workbench.packets.run.output import ARCHIVE_DATE, file_name, open_synced, run_file_name, shorten_name, write_output
from workbench.packets.run.values import Output, OutputFile

_EVERYBODY = house("For everyone")

ReportCount = Callable[[int, int], None]  # how many files are written, of how many; whatever it raises ends the work


@dataclass(frozen=True, slots=True)
class WordFile:
    """One Word file of a run: where it stands in the archive, and the document that it holds."""

    name: str
    document: Document


def list_word_files(print_job: PrintJob) -> tuple[WordFile, ...]:
    """Lay out the Word files of a run: each document once, numbered as in the packet, under the name of its reader.

    What stands in more than one packet lies in a folder for everybody, before those of the readers.
    """
    packets = print_job.packets()
    times = Counter(entry for packet in packets for entry in packet.entries)
    wide = len(str(len(packets)))
    shared: dict[PacketEntry, WordFile] = {}
    own = []
    for number, packet in enumerate(packets, 1):
        folder = shorten_name(f"{number:0{wide}d} {file_name(print_job.reader(packet))}")
        own.append(
            WordFile(
                f"{folder}/{_file_name(1, packet, print_job.say('Cover'))}",
                print_job.cover(packet, [0] * len(packet.entries), 0),
            )
        )
        for at, entry in enumerate(packet.entries, 2):
            name = _file_name(
                at, packet, print_job.label(entry), print_job.chapter(entry) if len(print_job.chosen) > 1 else ""
            )
            if times[entry] == 1:
                own.append(WordFile(f"{folder}/{name}", print_job.document(entry)))
            elif entry not in shared:
                shared[entry] = WordFile(f"{file_name(print_job.say(_EVERYBODY))}/{name}", print_job.document(entry))
    return (*shared.values(), *own)


def write_word_files(print_job: PrintJob, mark: bytes | None, place: Path, name: str, tell: ReportCount) -> Output:
    """Write the Word files of a run into an archive in `place`, in a folder named by `name` and its digest.

    The folder appears as a whole or not at all, and the same run gives the same bytes. Raises PressFailed for another
    mark than the one stamped, and whatever `tell` raises.
    """
    return write_output(place, name, partial(_write_archive, print_job, mark, tell))


def _write_archive(print_job: PrintJob, mark: bytes | None, tell: ReportCount, folder: Path) -> tuple[OutputFile, ...]:
    from workbench.packets.docx import word  # noqa: PLC0415 - python-docx takes half a second to load

    archive = folder / f"{run_file_name(print_job)} - Word.zip"
    wanted = list_word_files(print_job)
    members = []
    with open_synced(archive) as whole, zipfile.ZipFile(whole, "w") as zipped:
        for done, placed in enumerate(wanted):
            tell(done, len(wanted))
            content = word(placed.document, print_job.options.paper, mark)
            zipped.writestr(zipfile.ZipInfo(placed.name, ARCHIVE_DATE), content)
            members.append(OutputFile(placed.name, 0, len(content)))
    tell(len(wanted), len(wanted))
    return (OutputFile(archive.name, 0, archive.stat().st_size, tuple(members)),)


def _file_name(at: int, packet: Packet, label: str, chapter: str = "") -> str:
    """Name a file by its place in the packet, so that it stands there in any list of files."""
    wide = len(str(1 + len(packet.entries)))
    told = f"{file_name(chapter)} - {file_name(label)}" if chapter else file_name(label)
    return shorten_name(f"{at:0{wide}d} {told}") + ".docx"
