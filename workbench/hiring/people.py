"""Read people from a table: a CSV file of a spreadsheet, or rows that were pasted into a list of names."""

import csv
import io
import re
from collections.abc import Sequence
from dataclasses import dataclass

from workbench.core.text.encodings import find_encoding
from workbench.core.text.words import clean, join_words
from workbench.hiring.model import People

MAX_BYTES = 500_000
_SEPARATORS = (";", "\t", ",")
# The most specific heading comes first: beside a column “part”, a column “role” holds the job.
_NAME = ("name", "full name", "person")
_FIRST = ("first name", "given name", "forename")
_LAST = ("last name", "surname", "family name")
_PART = ("part", "takes part as", "kind", "role", "type")
_PANEL = frozenset({"panel", "panel member", "panelist", "panellist", "interviewer"})
_CANDIDATE = frozenset({"candidate", "applicant"})
_ADDRESS = re.compile(r"\s*<[^<>@]*@[^<>]*>$")
_NO_TEXT = re.compile("[\x00-\x08\x0e-\x1f]")
_NO_TABLES = {
    b"PK\x03\x04": "a workbook or another packed file",
    b"\xd0\xcf\x11\xe0": "an old workbook",
    b"%PDF": "a PDF",
    b"\x89PNG": "a picture",
    b"\xff\xd8\xff": "a picture",
}


def read_people(data: bytes) -> People:
    """Read a table with the columns `name` and `part`, where the part is `panel` or `candidate`.

    The file is UTF-8 with or without a byte order mark, UTF-16, or else Windows Latin-1, with commas, semicolons or
    tabs. Raises ValueError with a sentence that names the row.
    """
    if len(data) > MAX_BYTES:
        raise ValueError("Choose a file of at most 500 kB; this is more than a list of names.")
    rows = _rows(_text(data))
    head = _head(rows[0] if rows else [])
    if not head.names:
        raise ValueError("The file needs a column “name” in its first row; it needs “name” and “part”.")
    if head.part is None:
        raise ValueError("The file needs a column “part” in its first row; it needs “name” and “part”.")
    people = _people(rows, head, "Row {} of the file", "")
    if not people.panel and not people.candidates:
        raise ValueError("The file names no person.")
    return people


def parse_people(lines: Sequence[str], part: str) -> People:
    """Read names that were typed or pasted, one a line.

    Semicolons separate names too, and e-mail addresses in angle brackets are left out, because mail programs list
    people like that. Lines with several columns need their headings. `part` is `panel` or `candidate`, for everyone
    whose part no column gives. A comma separates names only below headings; see `hiring/combined_names.py`. Raises
    ValueError with a sentence.
    """
    if lines and _is_table(lines[0]):
        table = _rows("\n".join(lines))
        return _people(table, _head(table[0]), "Line {}", part)
    rows = [[_clean_cell(cell) for cell in line.split("\t")] for line in lines]
    if all(sum(map(bool, row)) < 2 for row in rows):
        names = [_ADDRESS.sub("", _clean_cell(name)) for row in rows for name in "".join(row).split(";")]
        filled_names = tuple(filter(None, names))
        _refuse_columns(filled_names)
        return People(filled_names) if part in _PANEL else People((), filled_names)
    columns = join_words([f"“{cell[:40]}”" for cell in next(row for row in rows if sum(map(bool, row)) > 1) if cell])
    raise ValueError(
        f"These lines have several columns: {columns}. Paste the column of names alone, or its headings too, so that "
        "the column called “name” is used."
    )


def _is_table(line: str) -> bool:
    """Return whether a line is the headings of several columns."""
    separator = max(_SEPARATORS, key=line.count)
    return separator in line and bool(_head(line.split(separator)).names)


def _refuse_columns(names: Sequence[str]) -> None:
    """Raise ValueError for “Ina Vogt, panel”: a part beside a name, without a heading for it."""
    for name in names:
        if what := next((part for part in name.split(",")[1:] if _is_one_of(part.strip(), _PANEL | _CANDIDATE)), ""):
            raise ValueError(
                f"A name has “{what.strip()}”: “{name[:60]}”. Enter the names alone, or put the headings “name, "
                "part” in the first line."
            )


@dataclass(frozen=True, slots=True)
class _Head:
    """The columns of a table that hold the name, in one or two parts, and the column of the part in the round."""

    names: tuple[int, ...]
    part: int | None


def _head(row: Sequence[str]) -> _Head:
    head = [_clean_cell(cell).lower() for cell in row]
    full, first, last, part = (_column(head, headings) for headings in (_NAME, _FIRST, _LAST, _PART))
    if full is not None and first is None:
        return _Head((full,) if last is None else (full, last), part)
    if first is not None and (last is not None or full is not None):
        return _Head((first, last if last is not None else full or 0), part)
    return _Head((), part)


def _people(rows: Sequence[Sequence[str]], head: _Head, row_label: str, default_part: str) -> People:
    """Read the rows below the headings; without a column for it, each person has the `default_part`."""
    panel: list[str] = []
    candidates: list[str] = []
    for number, row in enumerate(rows[1:], 2):
        cells = dict(enumerate(_clean_cell(cell) for cell in row))
        name = " ".join(filter(None, (cells.get(at, "") for at in head.names)))
        part = default_part if head.part is None else cells.get(head.part, "")
        if not name and (not part or head.part is None):
            continue
        if not name:
            raise ValueError(f"{row_label.format(number)} has no name.")
        if _is_one_of(part, _PANEL):
            panel.append(name)
        elif _is_one_of(part, _CANDIDATE):
            candidates.append(name)
        else:
            raise ValueError(f"{row_label.format(number)}: write “panel” or “candidate” for {name}, not “{part[:40]}”.")
    return People(tuple(panel), tuple(candidates))


def _is_one_of(what: str, labels: frozenset[str]) -> bool:
    return what.lower() in labels or what.lower().removesuffix("s") in labels


def _clean_cell(cell: str) -> str:
    return " ".join(clean(cell).split())


def _text(data: bytes) -> str:
    """Decode the file in the encoding that it was saved in. Raises ValueError for a file that is not text."""
    for signature, what in _NO_TABLES.items():
        if data.startswith(signature):
            raise ValueError(f"This is {what}, not a table of names. Save the table as CSV and choose that file.")
    text = data.decode(find_encoding(data, "cp1252"), "replace")
    if _NO_TEXT.search(text):
        raise ValueError("This file contains no text. Save the table as CSV and choose that file.")
    return text


def _rows(text: str) -> list[list[str]]:
    """Split the lines at the separator that is most frequent in the first line."""
    first = next(iter(text.splitlines()), "")
    separator = max(_SEPARATORS, key=first.count)
    try:
        return list(csv.reader(io.StringIO(text, newline=""), delimiter=separator))
    except csv.Error:
        raise ValueError("The file cannot be read as a table. Save it as CSV and choose it again.") from None


def _column(head: list[str], headings: tuple[str, ...]) -> int | None:
    """Find the column whose heading comes first among `headings`."""
    return next((head.index(each) for each in headings if each in head), None)
