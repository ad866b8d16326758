"""The files of a finished run that can be shared: the packet of each reader, as its own file or inside an archive."""

import zipfile
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from workbench.packets.model import Delivery, RunRequest, plan_packets
from workbench.packets.recipes.model import Reader
from workbench.packets.tables import PrintRunRow


@dataclass(frozen=True, slots=True)
class ReaderFile:
    """The packet of one reader of a run: its place from 1, its file, its pages, and its size in bytes.

    `archive` is the name of the archive with the file, or empty where the file is in the run's folder. A packet for
    the file is not `is_personal`.
    """

    place: int
    reader: str
    name: str
    pages: int
    size: int
    archive: str = ""
    is_personal: bool = True

    @property
    def archive_name(self) -> str:
        """Return the name of the file in the run's folder that holds the packet."""
        return self.archive or self.name

    def read_from(self, file: Path) -> IO[bytes]:
        """Open the packet where `file` is what holds it; the caller closes it.

        Raises FileNotFoundError and KeyError where it is missing.
        """
        if not self.archive:
            return file.open("rb")
        with zipfile.ZipFile(file) as archive:  # which stays open for as long as its member
            return archive.open(self.name)


def files_of(run: PrintRunRow) -> tuple[ReaderFile, ...]:
    """List the packet of each reader of a run; empty where all packets are one file, or where no file is stored."""
    if not run.done_at or run.anonymised_at:
        return ()
    readers, request = list_readers(run.request), run.request
    if request.options.delivery is Delivery.ONE_FILE and len(readers) > 1:
        return ()
    is_personal = request.recipe.reader is not Reader.FILE
    archive = run.files[0]["name"] if request.options.delivery is Delivery.ZIP else ""
    stored_files = run.files[0]["members"] if archive else run.files
    return tuple(
        ReaderFile(place, reader, file["name"], file["pages"], file["size"], archive, is_personal)
        for place, (reader, file) in enumerate(zip(readers, stored_files, strict=True), 1)
    )


def find_file(run: PrintRunRow, place: int) -> ReaderFile | None:
    """Find the packet at one place of a run."""
    return next((file for file in files_of(run) if file.place == place), None)


def list_readers(request: RunRequest) -> tuple[str, ...]:
    """List the readers of the packets, in the order of the packets."""
    packets = plan_packets(request.recipe, len(request.roles), request.people, request.leader)
    return tuple(packet.reader for packet in packets)
