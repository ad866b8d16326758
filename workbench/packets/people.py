"""People from a table: a CSV file as a spreadsheet saves it, in whichever encoding and with whichever separator."""

import codecs
import csv
import io
import re

from workbench.core.words import clean
from workbench.packets.model import People

MOST_BYTES = 500_000
_SEPARATORS = (";", "\t", ",")
_NAME = frozenset({"name", "full name", "person"})
_PART = frozenset({"part", "takes part as", "kind", "role", "type"})
_PANEL = frozenset({"panel", "panel member", "interviewer"})
_CANDIDATE = frozenset({"candidate", "applicant"})
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

    UTF-8 with or without its mark, UTF-16, else Windows' Latin-1; commas, semicolons or tabs. Raises ValueError with a
    sentence that names the row.
    """
    if len(data) > MOST_BYTES:
        raise ValueError("Choose a file of at most 500 kB; this is more than a list of names.")
    rows = _rows(_text(data))
    head = [clean(cell).lower() for cell in rows[0]] if rows else []
    name, part = (_column(head, wanted, named) for wanted, named in ((_NAME, "name"), (_PART, "part")))
    panel: list[str] = []
    candidates: list[str] = []
    for number, row in enumerate(rows[1:], 2):
        who, what = (" ".join(clean(row[at]).split()) if at < len(row) else "" for at in (name, part))
        if not who and not what:
            continue
        if not who:
            raise ValueError(f"Row {number} of the file has no name.")
        if what.lower() in _PANEL:
            panel.append(who)
        elif what.lower() in _CANDIDATE:
            candidates.append(who)
        else:
            raise ValueError(f"Row {number} of the file: write “panel” or “candidate” for {who}, not “{what[:40]}”.")
    if not panel and not candidates:
        raise ValueError("The file names nobody.")
    return People(tuple(panel), tuple(candidates))


def _text(data: bytes) -> str:
    """Read the letters in whichever encoding they were saved; a file that holds no text is refused by what it is."""
    for mark, what in _NO_TABLES.items():
        if data.startswith(mark):
            raise ValueError(f"This is {what}, not a table of names. Save the table as CSV and choose that file.")
    text = data.decode(_encoding(data), "replace")
    if _NO_TEXT.search(text):
        raise ValueError("This file holds no text. Save the table as CSV and choose that file.")
    return text


def _encoding(data: bytes) -> str:
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    even, odd = data[::2].count(0), data[1::2].count(0)
    if max(even, odd) * 4 > len(data):  # in UTF-16, the letters of the West have nothing in every second byte
        return "utf-16-le" if odd > even else "utf-16-be"
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return "cp1252"
    return "utf-8-sig"


def _rows(text: str) -> list[list[str]]:
    """Part the lines at the separator that the first line has most of."""
    first = text.partition("\n")[0]
    separator = max(_SEPARATORS, key=first.count)
    try:
        return list(csv.reader(io.StringIO(text), delimiter=separator))
    except csv.Error:
        raise ValueError("The file cannot be read as a table. Save it as CSV and choose it again.") from None


def _column(head: list[str], wanted: frozenset[str], named: str) -> int:
    for at, cell in enumerate(head):
        if cell in wanted:
            return at
    raise ValueError(f"The file needs a column “{named}” in its first row; it needs “name” and “part”.")
