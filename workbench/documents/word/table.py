"""What a Word file's tables are made of, and how a table of many columns stands as rows in large print."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

LABEL = 330  # the left column that all parts of a paper share, in tenths of a millimetre
_MAX_COLUMNS = 2  # of a table in large print
_UPRIGHT = {"Table Figure": "Table Text"}  # beside its label a number begins where words do


@dataclass(frozen=True, slots=True)
class TextRun:
    """A stretch of text in a named look of its own (`Strong`, `Numeral`); `tab` puts a tab stop before it."""

    text: str
    look: str = ""
    tab: bool = False


Text = str | tuple[TextRun, ...]


@dataclass(frozen=True, slots=True)
class TableCell:
    """One cell: its paragraphs and their style, how many columns it spans, and its edge."""

    texts: tuple[Text, ...] = ()
    style: str = "Table Text"
    span: int = 1
    edge: str = ""


@dataclass(frozen=True, slots=True)
class TableRow:
    """One row of a table; `height` is the least it has in tenths of a millimetre; `tied` keeps it with the next."""

    cells: tuple[TableCell, ...]
    height: int = 0
    tied: bool = False
    middle: bool = False


def group_row(number: int, outcome: str, columns: int) -> TableRow:
    """Give the row that opens the rows about one outcome."""
    words = (TextRun(str(number), "Small Numeral"), TextRun(outcome, tab=True))
    return TableRow((TableCell((words,), "Table Group", columns, "open"),), tied=True)


def enlarge(
    widths: Sequence[int], lines: Sequence[TableRow], room: int, *, head: bool
) -> tuple[Sequence[int], Sequence[TableRow], bool]:
    """Give the columns, the lines and whether there is a head of a table in large print, where `room` is its width."""
    if len(widths) > _MAX_COLUMNS:
        widths, lines, head = (LABEL, 0) if head else (0,), _split_rows(lines, head=head), False
    return _widen(widths, room), [replace(line, height=_enlarge_length(line.height)) for line in lines], head


def _split_rows(lines: Sequence[TableRow], *, head: bool) -> list[TableRow]:
    """Let each cell stand in a row of its own, beside its label where the table has a head; idle cells are left out."""
    labels = [cell.texts for cell in lines[0].cells] if head else []
    rows = []
    for line in lines[1:] if head else lines:
        said = [(at, cell) for at, cell in enumerate(line.cells) if any(cell.texts) or cell.edge]
        whole = not head or len(line.cells) != len(labels)
        for at, cell in said:
            tied = line.tied or at != said[-1][0]
            if whole:
                rows.append(TableRow((replace(cell, span=2 if head else 1),), line.height, tied))
            else:
                beside = replace(cell, style=_UPRIGHT.get(cell.style, cell.style))
                rows.append(TableRow((TableCell(labels[at], "Table Label"), beside), line.height, tied))
    return rows


def _widen(widths: Sequence[int], room: int) -> list[int]:
    """Give the columns that have a width more of it, for larger letters, as far as the others have room."""
    wide = [_enlarge_length(width) for width in widths]
    return wide if 0 in widths and sum(wide) * 2 < room * 3 // 2 else list(widths)


def _enlarge_length(length: int) -> int:
    return length * 8 // 5
