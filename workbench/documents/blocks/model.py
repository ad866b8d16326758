"""The blocks of a document: frozen values, from headings and paragraphs to tables, figures and places to write.

A text is plain (`"Duties"`) or a tuple of spans. What people typed and is inserted into a sentence (a name, a time, a number)
passes through `isolated`, so that a name in Arabic does not turn the words around it. Widths of columns are in percent of the
table; columns of width 0 share the rest. Names of form fields are those of docs/form-fields.md, without the sheet.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import TypeAlias

from workbench.documents.blocks.inline import Inline, TextLook


@dataclass(frozen=True, slots=True)
class Fact:
    """A label and its text."""

    label: str
    text: str


@dataclass(frozen=True, slots=True)
class Title:
    """The top of a document: company, kind, title, one or more sentences, and facts at the right of the title.

    A document for readers `outside` has the company's letterhead.
    """

    kind: str
    title: str
    standfirst: str = ""
    facts: tuple[Fact, ...] = ()
    outside: bool = False


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of level 2 or 3. A `number` is printed before it; `bookmark` is its name in the list of bookmarks.

    `anchor` is a name that links lead to.
    """

    text: str
    level: int = 2
    number: str = ""
    bookmark: str = ""
    anchor: str = ""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One text; its lines become paragraphs."""

    text: Inline
    look: TextLook = TextLook.PLAIN


@dataclass(frozen=True, slots=True)
class Bullets:
    """A list, `numbered` if its order matters; a single line has no bullet."""

    lines: tuple[Inline, ...]
    numbered: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """A label with the texts beside it; several texts are a list."""

    label: str
    texts: tuple[Inline, ...]


@dataclass(frozen=True, slots=True)
class Rows:
    """Labels with text beside each; `wide` gives the labels a third of the width."""

    rows: tuple[Row, ...]
    wide: bool = False


@dataclass(frozen=True, slots=True)
class Blank:
    """A place to write one line or a short text in a table cell; `initial` is printed and may be changed.

    `label` says what it is for to those who do not see it. `tall` leaves room for several lines.
    """

    name: str
    label: str
    initial: str = ""
    tall: bool = False


@dataclass(frozen=True, slots=True)
class Option:
    """One value that can be chosen, and its words."""

    value: str
    text: str


@dataclass(frozen=True, slots=True)
class Scale:
    """The points 1 to 5 to circle, with `others` beside them such as "not asked".

    With `anchors` (the texts of 1, 3 and 5) it has a line of its own with each text below its point.
    """

    name: str
    label: str
    anchors: tuple[Inline, ...] = ()
    others: tuple[Option, ...] = ()


@dataclass(frozen=True, slots=True)
class Choice:
    """One of several answers to tick, side by side."""

    name: str
    label: str
    options: tuple[Option, ...]


@dataclass(frozen=True, slots=True)
class RuledLines:
    """Lines for a longer text."""

    name: str
    label: str
    count: int


@dataclass(frozen=True, slots=True)
class Field:
    """A label above a line to write on. A `known` text is printed on the line, an `initial` one may be changed.

    `accessible_label` names it to those who do not see it, where the label alone is not enough.
    """

    name: str
    label: str
    known: str = ""
    initial: str = ""
    accessible_label: str = ""


@dataclass(frozen=True, slots=True)
class Fields:
    """Fields side by side; `widths` are in percent and by default equal."""

    fields: tuple[Field, ...]
    widths: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Signature:
    """Who signs, and the start of the names of the three fields: `leader`, `leader-signed`, `leader-date`."""

    name: str
    who: str


@dataclass(frozen=True, slots=True)
class SignOff:
    """A table of signatures; `labels` head its columns: who, name, signature, date."""

    people: tuple[Signature, ...]
    labels: tuple[str, str, str, str]


class Align(StrEnum):
    """How the texts of a column are aligned."""

    LEFT = "left"
    RIGHT = "figure"  # numbers below each other
    CENTER = "center"


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table: its heading, width in percent (0 shares the rest) and alignment."""

    label: str
    width: int = 0
    align: Align = Align.LEFT


Written: TypeAlias = Blank | Scale | Choice | RuledLines


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell with texts, or with a place to write, over one or more columns."""

    texts: tuple[Inline, ...] = ()
    written: Written | None = None
    span: int = 1


@dataclass(frozen=True, slots=True)
class TableRow:
    """A row of cells. A `group` row is a heading within the table and stays with the next; the first cell is a row heading.

    A row that is `tied` stays on the page of the row before it.
    """

    cells: tuple[Cell, ...]
    group: bool = False
    tied: bool = False


class TableLook(StrEnum):
    """How a table looks."""

    PLAIN = "plain"
    SMALL = "small"  # smaller text, for wide tables
    LIST = "list"  # closely set lines, such as a list of contents
    TALL = "tall"  # rows high enough to write in by hand
    NOTES = "notes"  # a line each to write on behind its number


@dataclass(frozen=True, slots=True)
class Table:
    """A table whose head is repeated on every page. In large print and on a phone it becomes labelled texts."""

    columns: tuple[Column, ...]
    rows: tuple[TableRow, ...]
    look: TableLook = TableLook.PLAIN


@dataclass(frozen=True, slots=True)
class Figure:
    """A number and what it counts: the value first, then the words, then period and source quietly."""

    value: str
    text: str
    quiet: str = ""


@dataclass(frozen=True, slots=True)
class FigureRow:
    """One outcome with its share of the time (in percent, 0 for none), its early signs, its results, and our side."""

    number: str
    outcome: str
    share: int
    early: tuple[Figure, ...]
    results: tuple[Figure, ...]
    ours: tuple[Inline, ...]


@dataclass(frozen=True, slots=True)
class FigureRows:
    """Outcomes, one a row, under four headings: outcome, early sign, result, our side."""

    labels: tuple[str, str, str, str]
    rows: tuple[FigureRow, ...]


@dataclass(frozen=True, slots=True)
class WeekCell:
    """A box of a week, with a quiet mark such as the number to reach by then."""

    week: int
    name: str
    label: str
    mark: str = ""


@dataclass(frozen=True, slots=True)
class WeekRow:
    """A measure and its target, with a box in each week in which it is read, and one for the sum if it has a name.

    `sum_mark` is printed quietly in the box of the sum: how it is made, and its target.
    """

    number: str
    measure: Inline
    target: Inline
    cells: tuple[WeekCell, ...]
    sum_name: str = ""
    sum_label: str = ""
    sum_mark: str = ""


@dataclass(frozen=True, slots=True)
class WeekGrid:
    """Boxes for the numbers of 13 weeks; `labels` head the columns before and after them: measure, target, sum."""

    labels: tuple[str, str, str]
    rows: tuple[WeekRow, ...]


@dataclass(frozen=True, slots=True)
class Link:
    """A line of contents: a text, the anchor that it leads to (empty for none), and the text at its right."""

    text: str
    anchor: str = ""
    right: str = ""


@dataclass(frozen=True, slots=True)
class Contents:
    """A list of links under a heading for the texts and one for the texts at their right."""

    labels: tuple[str, str]
    links: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class SideBySide:
    """Two or three columns of blocks side by side; `widths` are in percent and by default equal.

    They follow each other in large print, on a phone, and where `side_by_side` is false because words do not fit.
    """

    columns: tuple[tuple["Block", ...], ...]
    widths: tuple[int, ...] = ()
    side_by_side: bool = True


class Break(StrEnum):
    """Where a page may begin in or before a group."""

    KEEP = "keep"  # the group is not divided if it fits on a page
    PAGE = "new-page"  # the group begins a page
    FREE = "free"


@dataclass(frozen=True, slots=True)
class Group:
    """Blocks that belong together: kept on one page, begun on a new one, or in a box."""

    blocks: tuple["Block", ...]
    breaks: Break = Break.KEEP
    boxed: bool = False


Block: TypeAlias = (
    Title
    | Heading
    | Paragraph
    | Bullets
    | Rows
    | Table
    | FigureRows
    | Scale
    | Choice
    | RuledLines
    | Fields
    | SignOff
    | WeekGrid
    | Contents
    | SideBySide
    | Group
)
