"""What a Word file's tables are made of, and how a table of many columns stands as rows in large print."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

LABEL = 330  # the left column that all parts of a paper share, in tenths of a millimetre
_MOST_COLUMNS = 2  # of a table in large print
_UPRIGHT = {"Table Figure": "Table Text"}  # beside its label a number begins where words do


@dataclass(frozen=True, slots=True)
class Words:
    """A stretch of text in a named look of its own (`Strong`, `Numeral`); `tab` puts a tab stop before it."""

    text: str
    look: str = ""
    tab: bool = False


Text = str | tuple[Words, ...]


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell: its paragraphs and their style, how many columns it spans, and its edge."""

    texts: tuple[Text, ...] = ()
    style: str = "Table Text"
    span: int = 1
    edge: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """One row of a table; `height` is the least it has in tenths of a millimetre; `tied` keeps it with the next."""

    cells: tuple[Cell, ...]
    height: int = 0
    tied: bool = False
    middle: bool = False


def group_line(number: int, outcome: str, columns: int) -> Line:
    """Give the row that opens the rows about one outcome."""
    words = (Words(str(number), "Small Numeral"), Words(outcome, tab=True))
    return Line((Cell((words,), "Table Group", columns, "open"),), tied=True)


def enlarged(
    widths: Sequence[int], lines: Sequence[Line], room: int, *, head: bool
) -> tuple[Sequence[int], Sequence[Line], bool]:
    """Give the columns, the lines and whether there is a head of a table in large print, where `room` is its width."""
    if len(widths) > _MOST_COLUMNS:
        widths, lines, head = (LABEL, 0) if head else (0,), _rows_of(lines, head=head), False
    return _widened(widths, room), [replace(line, height=_more(line.height)) for line in lines], head


def _rows_of(lines: Sequence[Line], *, head: bool) -> list[Line]:
    """Let each cell stand in a row of its own, beside its label where the table has a head; idle cells are left out."""
    labels = [cell.texts for cell in lines[0].cells] if head else []
    rows = []
    for line in lines[1:] if head else lines:
        said = [(at, cell) for at, cell in enumerate(line.cells) if any(cell.texts) or cell.edge]
        whole = not head or len(line.cells) != len(labels)
        for at, cell in said:
            tied = line.tied or at != said[-1][0]
            if whole:
                rows.append(Line((replace(cell, span=2 if head else 1),), line.height, tied))
            else:
                beside = replace(cell, style=_UPRIGHT.get(cell.style, cell.style))
                rows.append(Line((Cell(labels[at], "Table Label"), beside), line.height, tied))
    return rows


def _widened(widths: Sequence[int], room: int) -> list[int]:
    """Give the columns that have a width more of it, for larger letters, as far as the others have room."""
    wide = [_more(width) for width in widths]
    return wide if 0 in widths and sum(wide) * 2 < room * 3 // 2 else list(widths)


def _more(length: int) -> int:
    return length * 8 // 5
