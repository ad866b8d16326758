"""The answers that were uploaded for a run, with the names of its sheets."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from workbench.documents.model import Document, FillMode
from workbench.hiring.model import SheetAnswers
from workbench.hiring.returned import merge_uploads
from workbench.hiring.sheets import ScoreSheet
from workbench.packets.job import PrintJob
from workbench.packets.model import PacketEntry
from workbench.packets.plan import PrintPlan
from workbench.packets.recipes.model import DocumentKind
from workbench.roles.documents.model import Kit

MAX_FILES, MAX_BYTES = 60, 40_000_000  # of one upload
_EXPECTED = frozenset({DocumentKind.SHEETS, DocumentKind.BRIEF})


@dataclass(frozen=True, slots=True)
class ReturnedAnswers:
    """The answers of each sheet of a run, with the labels of the sheets that need a note.

    `unmatched` are the names of files without any sheet of this run. `duplicates` are sheets that were uploaded twice
    with different answers; the later file counts. `missing` are the sheets that are still expected.
    """

    answers: tuple[SheetAnswers, ...]
    unmatched: tuple[str, ...]
    duplicates: tuple[str, ...]
    missing: tuple[str, ...]


def merge_answers(
    plan: PrintPlan, uploads: Iterable[tuple[str, Mapping[str, str]]], previous: Iterable[SheetAnswers] = ()
) -> ReturnedAnswers:
    """Merge the fields of uploaded files, each given with the file's name, into the `previous` answers of a run."""
    sheets = {document.sheet: entry for entry, document in plan.documents.items()}
    prefilled = {document.sheet: _prefilled_fields(document) for document in plan.documents.values()}
    merged = merge_uploads(sheets, prefilled, uploads, previous)
    answered = {each.sheet for each in merged.answers}
    return ReturnedAnswers(
        merged.answers,
        merged.unmatched,
        tuple(sheet_label(plan.job, sheets[sheet]) for sheet in merged.duplicates),
        tuple(
            sheet_label(plan.job, entry)
            for sheet, entry in sheets.items()
            if sheet not in answered and _is_expected(entry)
        ),
    )


def _prefilled_fields(document: Document) -> dict[str, str]:
    """Return the fields of a document that are printed with a value."""
    match document.data:
        case Kit(interview_date=text) | ScoreSheet(interview_date=text) if text:
            return {"held": text}
        case _:
            return {}


def sheet_label(job: PrintJob, entry: PacketEntry) -> str:
    """Return the label of a sheet with the name of its reader."""
    label = job.label(entry)
    return f"{label} ({entry.reader})" if entry.reader and entry.reader not in label else label


def _is_expected(entry: PacketEntry) -> bool:
    """Return whether one person fills in this document; a shared one may be uploaded and is not expected."""
    return bool(entry.reader) and entry.part in _EXPECTED


def accepts_returns(job: PrintJob) -> bool:
    """Return whether a run printed documents with fields, or the answers that were typed into them."""
    return job.options.form is not FillMode.HAND
