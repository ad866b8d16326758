"""The plan of a print run: its packets, each different document once, and the keys of the documents in the store."""

from collections.abc import Mapping
from dataclasses import dataclass

from workbench.documents.model import Document
from workbench.documents.store.keys import keys
from workbench.packets.job import PrintJob
from workbench.packets.model import Packet, PacketEntry, distinct_entries


@dataclass(frozen=True, slots=True)
class PrintPlan:
    """What a run prints, worked out once and handed to every step: listing, printing, linking, Word files, answers.

    `documents` and `keys` hold each different document once, in the order of first need, without the covers.
    """

    job: PrintJob
    packets: tuple[Packet, ...]
    documents: Mapping[PacketEntry, Document]
    keys: Mapping[PacketEntry, str]


def make_plan(job: PrintJob) -> PrintPlan:
    """Build the plan of a run. Raises ValueError with a sentence for the person who planned it."""
    packets = job.packets()
    documents = {entry: job.document(entry) for entry in distinct_entries(packets)}
    return PrintPlan(
        job, packets, documents, dict(zip(documents, keys(documents.values(), job.options.paper), strict=True))
    )
