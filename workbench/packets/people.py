"""People from a table: a CSV file as a spreadsheet saves it, in whichever encoding and with whichever separator."""

import csv
import io

from workbench.core.words import clean
from workbench.packets.model import People

MOST_BYTES = 500_000
_SEPARATORS = (";", "\t", ",")
_NAME = frozenset({"name", "full name", "person"})
_PART = frozenset({"part", "takes part as", "kind", "role", "type"})
_PANEL = frozenset({"panel", "panel member", "interviewer"})
_CANDIDATE = frozenset({"candidate", "applicant"})


def read_people(data: bytes) -> People:
    """Read a table with the columns `name` and `part`, where the part is `panel` or `candidate`.

    UTF-8 with or without its mark, else Windows' Latin-1; commas, semicolons or tabs. Raises ValueError with a
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
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1252", "replace")


def _rows(text: str) -> list[list[str]]:
    """Part the lines at the separator that the first line has most of."""
    first = text.partition("\n")[0]
    separator = max(_SEPARATORS, key=first.count)
    try:
        return list(csv.reader(io.StringIO(text.replace("\0", "")), delimiter=separator))
    except csv.Error:
        raise ValueError("The file cannot be read as a table. Save it as CSV and choose it again.") from None


def _column(head: list[str], wanted: frozenset[str], named: str) -> int:
    for at, cell in enumerate(head):
        if cell in wanted:
            return at
    raise ValueError(f"The file needs a column “{named}” in its first row; it needs “name” and “part”.")
