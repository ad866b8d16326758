"""The tables of a Word file, and their layout as rows in large print."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

# The width of the left column of all tables of a document, in tenths of a millimeter.
LABEL = 330
_MAX_COLUMNS = 2  # of a table in large print
# Beside a label, numbers are left-aligned like text.
_UPRIGHT = {"Table Figure": "Table Text"}


@dataclass(frozen=True, slots=True)
class TextRun:
    """A piece of text in a character style of its own (`Strong`, `Numeral`); `tab` puts a tab stop before it."""

    text: str
    look: str = ""
    tab: bool = False


Text = str | tuple[TextRun, ...]


@dataclass(frozen=True, slots=True)
class TableCell:
    """One cell: its paragraphs and their style, the columns that it spans, and its border."""

    texts: tuple[Text, ...] = ()
    style: str = "Table Text"
    span: int = 1
    edge: str = ""


@dataclass(frozen=True, slots=True)
class TableRow:
    """One row; `height` is its minimum in tenths of a millimeter; `tied` keeps it on one page with the next."""

    cells: tuple[TableCell, ...]
    height: int = 0
    tied: bool = False
    middle: bool = False


def group_row(number: int, outcome: str, columns: int) -> TableRow:
    """Return the row that opens the rows of one outcome."""
    words = (TextRun(str(number), "Small Numeral"), TextRun(outcome, tab=True))
    return TableRow((TableCell((words,), "Table Group", columns, "open"),), tied=True)


def enlarge(
    widths: Sequence[int], lines: Sequence[TableRow], width: int, *, head: bool
) -> tuple[Sequence[int], Sequence[TableRow], bool]:
    """Return columns, rows and `head` of a table in large print, for a table `room` wide."""
    if len(widths) > _MAX_COLUMNS:
        widths, lines, head = (LABEL, 0) if head else (0,), _split_rows(lines, head=head), False
    return _widen(widths, width), [replace(line, height=_enlarge_length(line.height)) for line in lines], head


def _split_rows(lines: Sequence[TableRow], *, head: bool) -> list[TableRow]:
    """Return a row for each cell, beside its label if the table has a head; empty cells are left out."""
    labels = [cell.texts for cell in lines[0].cells] if head else []
    rows = []
    for line in lines[1:] if head else lines:
        filled = [(at, cell) for at, cell in enumerate(line.cells) if any(cell.texts) or cell.edge]
        full_width = not head or len(line.cells) != len(labels)
        for at, cell in filled:
            tied = line.tied or at != filled[-1][0]
            if full_width:
                rows.append(TableRow((replace(cell, span=2 if head else 1),), line.height, tied))
            else:
                content = replace(cell, style=_UPRIGHT.get(cell.style, cell.style))
                rows.append(TableRow((TableCell(labels[at], "Table Label"), content), line.height, tied))
    return rows


def _widen(widths: Sequence[int], table_width: int) -> list[int]:
    """Return columns with more width for larger text, if the columns without a width keep enough space."""
    widened = [_enlarge_length(width) for width in widths]
    return widened if 0 in widths and sum(widened) * 2 < table_width * 3 // 2 else list(widths)


def _enlarge_length(length: int) -> int:
    return length * 8 // 5
