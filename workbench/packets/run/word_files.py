"""All papers of a run as Word files in one archive: a folder for each reader, and one for what everybody is given."""

import zipfile
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from workbench.core.text.translation import house
from workbench.documents.model import Document
from workbench.packets.job import Order
from workbench.packets.model import Entry, Packet
from workbench.packets.run.output import BEGINNING, file_name, hand_over, name_of_all, stored, synced
from workbench.packets.run.values import File, Handed

_EVERYBODY = house("For everybody")

Tell = Callable[[int, int], None]  # how many files are written, of how many; whatever it raises ends the work


@dataclass(frozen=True, slots=True)
class Placed:
    """One Word file of a run: where it stands in the archive, and the document that it holds."""

    name: str
    document: Document


def word_files(order: Order) -> tuple[Placed, ...]:
    """Lay out the Word files of a run: each document once, numbered as in the packet, under the name of its reader.

    What stands in more than one packet lies in a folder for everybody, before those of the readers.
    """
    packets = order.packets()
    times = Counter(entry for packet in packets for entry in packet.entries)
    wide = len(str(len(packets)))
    shared: dict[Entry, Placed] = {}
    own = []
    for number, packet in enumerate(packets, 1):
        folder = stored(f"{number:0{wide}d} {file_name(order.reader(packet))}")
        own.append(
            Placed(
                f"{folder}/{_named(1, packet, order.say('Cover'))}", order.cover(packet, [0] * len(packet.entries), 0)
            )
        )
        for at, entry in enumerate(packet.entries, 2):
            name = _named(at, packet, order.label(entry), order.chapter(entry) if len(order.chosen) > 1 else "")
            if times[entry] == 1:
                own.append(Placed(f"{folder}/{name}", order.document(entry)))
            elif entry not in shared:
                shared[entry] = Placed(f"{file_name(order.say(_EVERYBODY))}/{name}", order.document(entry))
    return (*shared.values(), *own)


def write_words(order: Order, mark: bytes | None, place: Path, name: str, tell: Tell) -> Handed:
    """Write the Word files of a run into an archive in `place`, in a folder named by `name` and its digest.

    The folder appears as a whole or not at all, and the same run gives the same bytes. Raises PressFailed for another
    mark than the one stamped, and whatever `tell` raises.
    """
    return hand_over(place, name, partial(_filled, order, mark, tell))


def _filled(order: Order, mark: bytes | None, tell: Tell, folder: Path) -> tuple[File, ...]:
    from workbench.packets.docx import word  # noqa: PLC0415 - python-docx takes half a second to load

    archive = folder / f"{name_of_all(order)} - Word.zip"
    wanted = word_files(order)
    members = []
    with synced(archive) as whole, zipfile.ZipFile(whole, "w") as zipped:
        for done, placed in enumerate(wanted):
            tell(done, len(wanted))
            content = word(placed.document, order.options.paper, mark)
            zipped.writestr(zipfile.ZipInfo(placed.name, BEGINNING), content)
            members.append(File(placed.name, 0, len(content)))
    tell(len(wanted), len(wanted))
    return (File(archive.name, 0, archive.stat().st_size, tuple(members)),)


def _named(at: int, packet: Packet, label: str, chapter: str = "") -> str:
    """Name a file by its place in the packet, so that it stands there in any list of files."""
    wide = len(str(1 + len(packet.entries)))
    told = f"{file_name(chapter)} - {file_name(label)}" if chapter else file_name(label)
    return stored(f"{at:0{wide}d} {told}") + ".docx"
