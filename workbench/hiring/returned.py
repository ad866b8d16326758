"""Sort the answers of filled-in PDFs by the sheet that they belong to, and merge them with earlier ones."""

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from workbench.hiring.model import SheetAnswers

_FIELD_NAME = re.compile(r"(?:\d{11}\.)?([0-9a-f]{12})\.([a-z0-9-]{1,60})")


@dataclass(frozen=True, slots=True)
class MergedAnswers:
    """The answers of each sheet, with the files and the sheets that need a note.

    `unmatched` are the names of files without any sheet of the round. `duplicates` are sheets that were uploaded twice
    with different answers; the later file counts.
    """

    answers: tuple[SheetAnswers, ...]
    unmatched: tuple[str, ...]
    duplicates: tuple[str, ...]


def merge_uploads(
    sheets: Collection[str],
    prefilled: Mapping[str, Mapping[str, str]],
    uploads: Iterable[tuple[str, Mapping[str, str]]],
    previous: Iterable[SheetAnswers] = (),
) -> MergedAnswers:
    """Merge the fields of uploaded files, each given with the file's name, into the `previous` answers.

    `sheets` are the ids of all sheets of the round (`documents.model.sheet_id`), `prefilled` the fields that were
    printed with a value; a sheet with only those is not an answer.
    """
    answers = {each.sheet: dict(each.given) for each in previous if each.sheet in sheets}
    new: dict[str, dict[str, str]] = {}
    unmatched, duplicates = [], []
    for name, fields in uploads:
        parts = {sheet: values for sheet, values in _group_by_sheet(fields).items() if values != prefilled.get(sheet)}
        matched = [sheet for sheet in parts if sheet in sheets]
        if not matched:
            unmatched.append(name)
        for sheet in matched:
            if new.setdefault(sheet, parts[sheet]) != parts[sheet]:
                duplicates.append(sheet)
            new[sheet] = parts[sheet]
    merged = (SheetAnswers(sheet, tuple(sorted(values.items()))) for sheet, values in (answers | new).items())
    return MergedAnswers(tuple(merged), tuple(unmatched), tuple(dict.fromkeys(duplicates)))


def _group_by_sheet(fields: Mapping[str, str]) -> dict[str, dict[str, str]]:
    groups: dict[str, dict[str, str]] = {}
    for name, value in fields.items():
        if match := _FIELD_NAME.fullmatch(name):
            groups.setdefault(match[1], {})[match[2]] = value
    return groups
