"""Read people from a table: a CSV file of a spreadsheet, or rows that were pasted into a list of names."""

import csv
import io
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from workbench.core.text.words import clean, join_words
from workbench.hiring.headings import (
    Columns,
    find_columns,
    is_candidate,
    is_every_role,
    is_heading,
    is_panel,
    is_part,
)
from workbench.hiring.letters import ENCODINGS, decode, plausible_encodings, recode
from workbench.hiring.model import EVERY_ROLE, People, people_of

MAX_BYTES = 500_000
_SEPARATORS = (";", "\t", ",", "|")
_MAX_TITLE_ROWS = 10  # above the headings
_MAX_ROLE_LENGTH = 120
_SEPARATOR_LINE = re.compile(r"sep=(.)", re.IGNORECASE)
_ADDRESS = re.compile(r"\s*<[^<>@]*@[^<>]*>$")
_CONTACT = re.compile(
    r"(?:mailto:)?[^\s@<>]+@[^\s@<>]+\.[^\s@<>]+|(?:tel:?\s*)?\+?[\d(][\d\s()/.–-]{5,}\d", re.IGNORECASE
)
_LIST_MARK = re.compile(r"\A(?:[•·▪▫◦‣⁃●○■□\uf0b7–—*-]|o(?=\t)|\(?\d{1,3}[.)])(?:\s+|$)")


class LettersInDoubt(ValueError):
    """A file does not say how its letters are written, and names in it may be read in two ways.

    `people` are those of the likeliest reading.
    """

    def __init__(self, words: str, people: People) -> None:
        super().__init__(words)
        self.people = people


def read_people(data: bytes, part: str = "") -> People:
    """Read a table of people: their names, their part in the round, and the role that a candidate applies for.

    The file is Unicode or in the letters of Windows or a Mac, with commas, semicolons, tabs or vertical lines. Columns
    are known by their headings. `part` is `panel` or `candidate` for all people of a table without such a column;
    without it the column is needed. Raises ValueError with a sentence that names the row, and LettersInDoubt.
    """
    if len(data) > MAX_BYTES:
        raise ValueError("Choose a file of at most 500 kB; this is more than a list of names.")
    text, encoding = decode(data)
    table = _find_table(text)
    if table is None:
        raise ValueError("The file needs a column “name” above the names, or “first name” and “last name”.")
    if table.part_column is None and not part:
        raise ValueError(
            "The file needs a column “part” that says panel or candidate for each person; without it, enter the others "
            "in the list first."
        )
    people = _people(table, "Row {} of the file", part)
    if not people.panel and not people.candidates:
        raise ValueError("The file names no person.")
    return _with_plausible_letters(people, encoding)


def _with_plausible_letters(people: People, encoding: str) -> People:
    """Return the people where their letters are plausible. Raises LettersInDoubt, or ValueError where none are."""
    names = (*people.panel, *people.candidates)
    likely = plausible_encodings(names, encoding)
    if encoding in likely:
        if lost := next((name for name in names if "\ufffd" in name), ""):
            raise ValueError(
                f"Letters of “{lost}” were lost when the file was saved. Correct them there, and choose it again."
            )
        return people
    strange = next(name for name in names if recode(name, encoding, likely[0]) != name) if likely else names[0]
    if not likely:
        raise ValueError(
            f"The letters of the file cannot be read, such as “{strange}”. Save it as “CSV UTF-8” and choose it again."
        )

    def read(all_names: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(recode(name, encoding, likely[0]) for name in all_names)

    raise LettersInDoubt(
        f"The file does not say how its letters are written. We read it as a file of {ENCODINGS[likely[0]]}: "
        f"“{recode(strange, encoding, likely[0])}”, not “{strange}”. Check the names, or save the file as “CSV UTF-8” "
        "and choose it again.",
        People(read(people.panel), read(people.candidates), read(people.roles)),
    )


def parse_people(lines: Sequence[str], part: str) -> People:
    """Read names that were typed or pasted, one a line.

    Semicolons separate names too. Numbers and bullets before a name are left out, and so are e-mail addresses and
    telephone numbers behind it, because mail programs list people like that. Lines with several other columns need
    their headings. `part` is `panel` or `candidate`, for everyone whose part no column gives. A comma separates names
    only below headings; see `hiring/combined_names.py`. Raises ValueError with a sentence.
    """
    table = _find_table("\n".join(lines), pasted=True)
    if table:
        return _people(table, "Line {}", part)
    rows = [
        [cell for cell in map(_clean_cell, _unmarked(line).split("\t")) if not _CONTACT.fullmatch(cell)]
        for line in lines
    ]
    if all(sum(map(bool, row)) < 2 for row in rows):
        names = [_without_contacts(name) for row in rows for name in "".join(row).split(";")]
        filled_names = tuple(filter(None, names))
        if filled_names and is_heading(filled_names[0]):
            filled_names = filled_names[1:]
        _refuse_columns(filled_names)
        return People(filled_names) if is_panel(part) else People((), filled_names)
    columns = join_words([f"“{cell[:40]}”" for cell in next(row for row in rows if sum(map(bool, row)) > 1) if cell])
    raise ValueError(
        f"These lines have several columns: {columns}. Paste the column of names alone, or its headings too, so that "
        "the column called “name” is used."
    )


def _unmarked(line: str) -> str:
    return _LIST_MARK.sub("", line.lstrip(" "), count=1)


def _without_contacts(text: str) -> str:
    """Return a name without the addresses and telephone numbers behind it."""
    parts = _ADDRESS.sub("", _clean_cell(_unmarked(text.strip()))).split(",")
    kept = [part for part in parts if not _CONTACT.fullmatch(part.strip())]
    return ",".join(kept).strip()


def _refuse_columns(names: Sequence[str]) -> None:
    """Raise ValueError for “Ina Vogt, panel”: a part beside a name, without a heading for it."""
    for name in names:
        if what := next((part for part in name.split(",")[1:] if is_part(part.strip())), ""):
            raise ValueError(
                f"A name has “{what.strip()}”: “{name[:60]}”. Enter the names alone, or put the headings “name, "
                "part” in the first line."
            )


@dataclass(frozen=True, slots=True)
class _Table:
    """The rows below the headings with their numbers, and the columns."""

    rows: tuple[tuple[int, list[str]], ...]
    columns: Columns

    @property
    def part_column(self) -> int | None:
        """Return the column of the part: by its heading, or a column “role” that says panel or candidate."""
        columns = self.columns
        if columns.part is not None and self._says_parts(columns.part):
            return columns.part
        if columns.role is not None and self._says_parts(columns.role):
            return columns.role
        return columns.part

    @property
    def role_column(self) -> int | None:
        """Return the column of the role, where that does not say panel or candidate."""
        return None if self.columns.role == self.part_column else self.columns.role

    def _says_parts(self, column: int) -> bool:
        cells = [row[column] for _, row in self.rows if column < len(row) and row[column]]
        return any(map(is_part, cells))


def _find_table(text: str, *, pasted: bool = False) -> _Table | None:
    """Find the headings and the rows below them, by the separator that finds most; None without headings.

    Shorter rows above the headings of a file are its title, and a first line `sep=;` names the separator. A table that
    was `pasted` begins with its headings and has several columns, because one alone is a list. Raises ValueError where
    the text cannot be read as a table.
    """
    first, _, rest = text.partition("\n")
    named = _SEPARATOR_LINE.fullmatch(first.strip().strip('"'))
    tables, unreadable = [], False
    for separator in (named[1],) if named else _SEPARATORS:
        try:
            rows = list(_rows(rest if named else text, separator, 2 if named else 1))
        except csv.Error:
            unreadable = True
            continue
        at, columns = _find_headings(rows[: 1 if pasted else _MAX_TITLE_ROWS])
        if columns.names and not (pasted and len(rows[at][1]) < 2):
            tables.append(_Table(tuple(rows[at + 1 :]), columns))
    if unreadable and not tables:
        raise ValueError("The file cannot be read as a table. Save it as CSV and choose it again.")
    return max(tables, key=lambda table: table.columns.count, default=None)


def _find_headings(rows: Sequence[tuple[int, list[str]]]) -> tuple[int, Columns]:
    """Return the place and the columns of the first row that has headings; every row above it is shorter."""
    longest = 0
    for at, (_, row) in enumerate(rows):
        filled = sum(map(bool, row))
        columns = find_columns(row)
        if columns.names and (at == 0 or filled > longest):
            return at, columns
        longest = max(longest, filled)
    return 0, Columns()


def _rows(text: str, separator: str, number: int) -> Iterator[tuple[int, list[str]]]:
    """Yield the cleaned rows of a text with their numbers, of which the first is `number`."""
    lines = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
    for at, row in enumerate(lines, number):
        yield at, [_clean_cell(cell) for cell in row]


def _people(table: _Table, row_label: str, default_part: str) -> People:
    """Read the rows below the headings; without a column for it, each person has the `default_part`."""
    panel: list[str] = []
    applications: list[tuple[str, str]] = []
    part_column, role_column = table.part_column, table.role_column
    names = _names(table)
    for (number, row), name in zip(table.rows, names, strict=True):
        cells = dict(enumerate(row))
        part = default_part if part_column is None else cells.get(part_column, "")
        if not name and (not part or part_column is None):
            continue
        if not name:
            raise ValueError(f"{row_label.format(number)} has no name.")
        if is_panel(part):
            panel.append(name)
        elif is_candidate(part):
            applications.append((name, _role("" if role_column is None else cells.get(role_column, ""))))
        else:
            raise ValueError(f"{row_label.format(number)}: write “panel” or “candidate” for {name}, not “{part[:40]}”.")
    return people_of(tuple(panel), tuple(applications))


def _role(cell: str) -> str:
    return EVERY_ROLE if is_every_role(cell) else cell[:_MAX_ROLE_LENGTH]


def _names(table: _Table) -> list[str]:
    """Return the name in each row; a middle name is read only where two people have the same name without it."""
    plain = [_name(row, table.columns, middle=False) for _, row in table.rows]
    times = Counter(plain)
    return [
        _name(row, table.columns, middle=True) if times[name] > 1 else name
        for (_, row), name in zip(table.rows, plain, strict=True)
    ]


def _name(row: Sequence[str], columns: Columns, *, middle: bool) -> str:
    cells = dict(enumerate(row))
    first, *others = (cells.get(at, "") for at in columns.names)
    if columns.preferred is not None:
        first = cells.get(columns.preferred, "") or first
    if middle and columns.middle is not None:
        others.insert(0, cells.get(columns.middle, ""))
    # A column “name” beside “first name” may hold the whole name.
    if first and others and others[-1].split()[:1] == first.split()[:1] and len(others[-1].split()) > 1:
        return others[-1]
    return " ".join(filter(None, (first, *others)))


def _clean_cell(cell: str) -> str:
    return " ".join(clean(cell).split())
