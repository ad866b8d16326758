"""What came back: answers read from filled-in PDFs, sorted by the sheet of a run that they belong to."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from workbench.documents.model import Document, FillMode
from workbench.hiring.model import SheetAnswers
from workbench.hiring.sheets import ScoreSheet
from workbench.packets.job import PrintJob
from workbench.packets.model import PacketEntry, distinct_entries
from workbench.packets.recipes.model import DocumentKind
from workbench.roles.documents.model import Kit

MAX_FILES, MAX_BYTES = 60, 40_000_000  # of one handing-in
_NAME = re.compile(r"(?:\d{11}\.)?([0-9a-f]{12})\.([a-z0-9-]{1,60})")
_COMES_BACK = frozenset({DocumentKind.SHEETS, DocumentKind.BRIEF})


@dataclass(frozen=True, slots=True)
class ReturnedAnswers:
    """The answers of each sheet of a run, with its name as the run tells it.

    `unmatched` are files with no sheet of this run, `duplicates` sheets that came back with different answers (the later
    file counts), `missing` sheets that nothing came back of.
    """

    answers: tuple[SheetAnswers, ...]
    unmatched: tuple[str, ...]
    duplicates: tuple[str, ...]
    missing: tuple[str, ...]


def merge_answers(
    print_job: PrintJob, came: Iterable[tuple[str, Mapping[str, str]]], before: Iterable[SheetAnswers] = ()
) -> ReturnedAnswers:
    """Sort the fields of files, given by the file's name, under the sheets of a run; add them to what came `before`."""
    papers = {entry: print_job.document(entry) for entry in distinct_entries(print_job.packets())}
    sheets = {paper.sheet: entry for entry, paper in papers.items()}
    begun = {paper.sheet: _prefilled_fields(paper) for paper in papers.values()}
    found = {each.sheet: dict(each.given) for each in before}
    new: dict[str, dict[str, str]] = {}
    strange, twice = [], []
    for name, fields in came:
        parts = {sheet: given for sheet, given in _group_by_sheet(fields).items() if given != begun.get(sheet)}
        if parts.keys().isdisjoint(sheets):
            strange.append(name)
        for sheet in parts.keys() & sheets.keys():
            twice += [sheet] if new.setdefault(sheet, parts[sheet]) != parts[sheet] else []
            new[sheet] = parts[sheet]
    found |= new
    return ReturnedAnswers(
        tuple(SheetAnswers(sheet, tuple(sorted(given.items()))) for sheet, given in found.items() if sheet in sheets),
        tuple(strange),
        tuple(sheet_label(print_job, sheets[sheet]) for sheet in dict.fromkeys(twice)),
        tuple(
            sheet_label(print_job, each) for sheet, each in sheets.items() if sheet not in found and _is_expected(each)
        ),
    )


def _prefilled_fields(paper: Document) -> dict[str, str]:
    """Give what stood in the fields of a paper before anybody wrote into it."""
    match paper.data:
        case Kit(held=held) | ScoreSheet(held=held) if held:
            return {"held": held}
        case _:
            return {}


def sheet_label(print_job: PrintJob, entry: PacketEntry) -> str:
    """Name a sheet so that everybody knows whose it is."""
    label = print_job.label(entry)
    return f"{label} ({entry.reader})" if entry.reader and entry.reader not in label else label


def _is_expected(entry: PacketEntry) -> bool:
    """Say whether a paper is one person's to fill in; what is everybody's may come back, but nobody waits for it."""
    return bool(entry.reader) and entry.part in _COMES_BACK


def accepts_returns(print_job: PrintJob) -> bool:
    """Say whether a run printed papers that are typed into, or what was typed."""
    return print_job.options.form is not FillMode.HAND


def _group_by_sheet(fields: Mapping[str, str]) -> dict[str, dict[str, str]]:
    found: dict[str, dict[str, str]] = {}
    for name, value in fields.items():
        if known := _NAME.fullmatch(name):
            found.setdefault(known[1], {})[known[2]] = value
    return found
