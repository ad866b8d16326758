"""Build a Word file: real headings, lists and tables in named styles, with plain text."""

import io
import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime, time

import docx
from docx.enum.section import WD_ORIENT
from docx.enum.table import WD_CELL_VERTICAL_ALIGNMENT, WD_ROW_HEIGHT_RULE
from docx.enum.text import WD_TAB_ALIGNMENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.section import Section
from docx.shared import Length, Mm, Pt
from docx.table import Table, _Cell, _Row
from docx.text.paragraph import Paragraph

from workbench.core.file_formats import FILE_DATE
from workbench.core.text.translation import load_translator
from workbench.documents.blocks.inline import END_ISOLATE, ISOLATE
from workbench.documents.model import DRAFT_NOTICE, Document, Paper
from workbench.documents.page.dates import dates_line, head_mark
from workbench.documents.page.filters import is_long
from workbench.documents.page.html import footer_text, logo_files, template_dir
from workbench.documents.page.rtl import is_rtl
from workbench.documents.word.package import empty_package, rezip
from workbench.documents.word.table import LABEL, TableCell, TableRow, Text, TextRun, enlarge

# The sum of both margins, in tenths of a millimeter.
MARGINS = 460

_MAX_PROPERTY_LENGTH = 255  # what Office allows
# Characters that no XML file may contain.
_UNWRITABLE = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_SPACES = re.compile("[ \t\n\r\f]+")
_ONE_LINE = ("Heading", "Title")  # styles of texts that have one line
_ISOLATES = re.compile(f"[{ISOLATE}{END_ISOLATE}]")
_STEPS = 1  # how steps are counted, in numbering.xml
# The font size of a long title, by whether the document is in large print.
_LONG_TITLE = (Pt(20), Pt(27))
# The indent of the text of a numbered heading in large print.
_NUMERAL = 140
_EDGES: Mapping[str, Mapping[str, tuple[str, str] | None]] = {
    "hair": {"bottom": ("4", "B4BAC3")},
    "line": {"bottom": ("4", "16181D")},
    "box": dict.fromkeys(("top", "left", "bottom", "right"), ("4", "16181D")),
    "open": {"bottom": None},
    "part": {"top": ("24", "0D4B5E")},
    "next part": {"top": ("24", "6E93A1")},
    "rest": {"top": ("24", "B4BAC3")},
}


class DocxBuilder:
    """Build a document as a Word file, from the title block to the last line."""

    def __init__(self, document: Document, paper: Paper, logo: bytes | None = None) -> None:
        """Open an empty document of a paper size; `logo` is the company's PNG that the stamp names.

        Raise PressFailed for a logo that is not the one in the stamp.
        """
        self.document = document
        self.translator = load_translator(document.language)
        self.gettext = self.translator.gettext
        parts = empty_package(template_dir() / "word", document.language, large=document.large)
        self._file = docx.Document(io.BytesIO(parts))
        self._stamp = document.stamp
        section = self._file.sections[0]
        self.width = _set_page_size(section, paper, landscape=document.landscape and not document.large)
        self._name()
        self._head(section, logo_files(document, logo))
        self._foot(section)
        self._after_table = False
        self._blocks: list[Paragraph | Table] = []

    def title_block(self, kind: str, title: str, standfirst: Sequence[str] = (), *, outside: bool = False) -> None:
        """Write the kind and the title of the document, and a notice if it is a draft.

        A document for `outside` readers has the company's letterhead at the top of its first page.
        """
        if outside and self._stamp.letterhead:
            head = self._file.sections[0].first_page_header.add_paragraph()
            _set_style(head, "Header")
            _add_runs(head, "\u00a0· ".join(self._stamp.letterhead))
        if self._stamp.draft:
            self.paragraph(self.gettext(DRAFT_NOTICE), "Draft Notice")
        if self._stamp.notice:
            self.paragraph(self._stamp.notice, "Draft Notice")
        self.paragraph(kind, "Overline")
        paragraph_of_title = self.paragraph(title, "Title")
        if is_long(title):
            paragraph_of_title.runs[0].font.size = _LONG_TITLE[self.document.large]
        for paragraph in standfirst:
            self.paragraph(paragraph, "Subtitle")
        if dates := dates_line(self._stamp, self.translator):
            self.paragraph((TextRun(dates, "Quiet"),))

    def heading(self, text: Text, level: int = 1, number: int = 0, *, turn: bool = False) -> None:
        """Write a heading of level 1 or 2; a `number` is set large in the left column, `turn` starts a new page."""
        words = (TextRun(str(number), "Numeral"), TextRun(str(text), tab=True)) if number else text
        paragraph = self.paragraph(words, f"Heading {level}")
        if number:
            paragraph.paragraph_format.space_before = Pt(13)
            indent = _NUMERAL if self.document.large else LABEL
            paragraph.paragraph_format.left_indent = _length(indent)
            paragraph.paragraph_format.first_line_indent = _length(-indent)
            paragraph.paragraph_format.tab_stops.add_tab_stop(_length(indent))
        if turn:
            paragraph.paragraph_format.page_break_before = True
            paragraph.paragraph_format.space_before = Mm(0)

    def paragraph(self, text: Text, style: str = "Normal") -> Paragraph:
        """Write one paragraph."""
        paragraph = self._file.add_paragraph()
        _set_style(paragraph, style)
        _add_runs(paragraph, text)
        self._after_table = False
        self._blocks.append(paragraph)
        return paragraph

    def bullet_list(self, lines: Sequence[Text], style: str = "List Bullet") -> None:
        """Write a list; a single line has no bullet."""
        for line in lines:
            self.paragraph(line, style if len(lines) > 1 else "Normal")

    def steps(self, lines: Sequence[Text]) -> None:
        """Write a numbered list, from 1."""
        numbering = self._file.part.numbering_part.element.add_num(_STEPS)
        numbering.add_lvlOverride(ilvl=0).add_startOverride(1)
        for line in lines:
            properties = self.paragraph(line, "List Number")._p.get_or_add_pPr().get_or_add_numPr()
            properties.get_or_add_numId().val = numbering.numId

    def blank_lines(self, count: int) -> None:
        """Write empty lines for handwriting."""
        for _ in range(count):
            self.paragraph("", "Writing Line")

    def table(
        self, widths: Sequence[int], lines: Sequence[TableRow], look: str = "Ruled", *, head: bool = True
    ) -> None:
        """Write a table. A width is in tenths of a millimeter; columns of width 0 share the rest.

        With `head` the first line is repeated on every page of the table. In large print a table of many columns is set
        as rows, each with its label.
        """
        if self.document.large:
            widths, lines, head = enlarge(widths, lines, self.width, head=head)
        if self._after_table:
            # Word merges two adjacent tables into one.
            self.gap()
        columns = _columns(widths, self.width)
        table = self._file.add_table(0, len(columns))
        table._tbl.tblStyle_val = _style_id(look)
        table.autofit = False
        for column, width in zip(table.columns, columns, strict=True):
            column.width = _length(width)
        _set_table_look(table, head=head)
        for at, line in enumerate(lines):
            self._row(table, line, head=head and at == 0)
        self._after_table = True
        self._blocks.append(table)

    def label_rows(
        self, items: Sequence[tuple[str, Sequence[str]]], label: int = LABEL, style: str = "Table Label"
    ) -> None:
        """Write labels with the text beside each: one paragraph, or a list."""
        lines = [
            TableRow((TableCell((name,), style), TableCell(tuple(texts), _list_style(texts)))) for name, texts in items
        ]
        self.table((label, 0), lines, head=False)

    def form(self, labels: Sequence[str], texts: Sequence[Text] = (), widths: Sequence[int] = ()) -> None:
        """Write labelled boxes side by side, to be filled in; `known` are texts that are in their boxes already."""
        values = texts or [""] * len(labels)
        cells = tuple(TableCell((label, text), "Table Heading") for label, text in zip(labels, values, strict=True))
        self.table(widths or (0,) * len(labels), [TableRow(cells, height=135)], "Form", head=False)

    def gap(self) -> None:
        """Write a small vertical space."""
        self.paragraph("", "Gap")

    @contextmanager
    def keep_together(self) -> Iterator[None]:
        """Keep everything that is written inside on one page, if it fits."""
        start = len(self._blocks)
        yield
        blocks = self._blocks[start:]
        for at, block in enumerate(blocks, 1):
            for paragraph in _paragraphs(block, last=at == len(blocks)):
                paragraph.paragraph_format.keep_with_next = True

    def to_bytes(self) -> bytes:
        """Return the file; equal content gives equal bytes."""
        if self._after_table:
            # Word requires a paragraph after the last table.
            self.gap()
        out = io.BytesIO()
        self._file.save(out)
        return rezip(out.getvalue())

    def _name(self) -> None:
        properties = self._file.core_properties
        properties.title = _clean_text(self.document.title)[:_MAX_PROPERTY_LENGTH]
        properties.author = _clean_text(self._stamp.company)[:_MAX_PROPERTY_LENGTH]
        properties.language = self.document.language
        properties.version = _clean_text(self._stamp.edition)[:_MAX_PROPERTY_LENGTH]
        properties.identifier = self._stamp.digest
        properties.comments = properties.last_modified_by = ""
        properties.revision = 1
        dated = self._stamp.dated
        properties.created = properties.modified = datetime.combine(dated, time(), UTC) if dated else FILE_DATE

    def _head(self, section: Section, logos: Mapping[str, bytes]) -> None:
        """Write the company into the header of every page, large on the first one, and DRAFT for a draft."""
        section.different_first_page_header_footer = True
        for head, style in ((section.first_page_header, "Company"), (section.header, "Header")):
            paragraph = head.paragraphs[0]
            _set_style(paragraph, style)
            paragraph.paragraph_format.tab_stops.add_tab_stop(_length(self.width), WD_TAB_ALIGNMENT.RIGHT)
            if style == "Company" and logos:
                self._picture(paragraph, next(iter(logos.values())))
            _add_runs(paragraph, self._stamp.company)
            if mark := head_mark(self._stamp, self.translator):
                _add_runs(paragraph, (TextRun(mark, "Draft Mark", tab=True),))

    def _picture(self, paragraph: Paragraph, logo: bytes) -> None:
        picture = paragraph.add_run().add_picture(io.BytesIO(logo), height=Mm(9))
        for side in "TBLR":
            # Otherwise some programs add space around the logo.
            picture._inline.set(f"dist{side}", "0")
        properties = picture._inline.docPr
        properties.set("name", "Logo")
        properties.set("descr", _clean_text(self._stamp.company))
        paragraph.add_run("  ")

    def _foot(self, section: Section) -> None:
        """Write company, title, edition, the first digits of the digest and the page number into every footer."""
        details = footer_text(self.document, self.translator)
        page_number = re.split(r"\{(pages?)\}", self.translator.gettext("Page {page} of {pages}"))
        for end in (section.first_page_footer, section.footer):
            paragraph = end.paragraphs[0]
            _set_style(paragraph, "Footer")
            paragraph.paragraph_format.tab_stops.add_tab_stop(_length(self.width), WD_TAB_ALIGNMENT.RIGHT)
            _add_runs(paragraph, (TextRun(details), TextRun(page_number[0], tab=True)))
            for name, words_after in zip(page_number[1::2], page_number[2::2], strict=True):
                _add_counter(paragraph, {"page": "PAGE", "pages": "NUMPAGES"}[name])
                _add_runs(paragraph, (TextRun(words_after),))

    def _row(self, table: Table, line: TableRow, *, head: bool) -> None:
        row = table.add_row()  # type: ignore[no-untyped-call]
        _keep_row_together(row, head=head)
        if line.height:
            row.height, row.height_rule = _length(line.height), WD_ROW_HEIGHT_RULE.AT_LEAST
        cells, at = row.cells, 0
        for cell in line.cells:
            target = cells[at]
            if cell.span > 1:
                target = target.merge(cells[at + cell.span - 1])
            at += cell.span
            _write(target, cell, tied=line.tied)
            if line.middle:
                target.vertical_alignment = WD_CELL_VERTICAL_ALIGNMENT.CENTER


def _write(target: _Cell, cell: TableCell, *, tied: bool) -> None:
    for at, text in enumerate(cell.texts or ("",)):
        paragraph = target.paragraphs[0] if at == 0 else target.add_paragraph()
        _set_style(paragraph, cell.style)
        _add_runs(paragraph, text)
        if tied:
            paragraph.paragraph_format.keep_with_next = True
    if cell.edge:
        _draw_edge(target, cell.edge)


def _add_runs(paragraph: Paragraph, text: Text) -> None:
    clean_run = _clean_text if str(paragraph._p.style).startswith(_ONE_LINE) else _clean_lines
    for piece in (TextRun(text),) if isinstance(text, str) else text:
        if piece.tab:
            paragraph.add_run().add_tab()
        for words in filter(None, _ISOLATES.split(clean_run(piece.text))):
            run = paragraph.add_run(words)
            if piece.look:
                run._r.style = _style_id(piece.look)
            if is_rtl(words):
                run.font.rtl = True


def _set_style(paragraph: Paragraph, style: str) -> None:
    paragraph._p.style = _style_id(style)


def _style_id(style: str) -> str:
    """Return the id of a style in the file; a look-up by its displayed name would take half of the time."""
    return style.replace(" ", "")


def _clean_text(text: str) -> str:
    """Return text as a page shows it: white space is collapsed, and characters that XML cannot hold are removed."""
    return _SPACES.sub(" ", _UNWRITABLE.sub("", text))


def _list_style(texts: Sequence[str]) -> str:
    return "List Bullet" if len(texts) > 1 else "Table Text"


def _columns(widths: Sequence[int], table_width: int) -> list[int]:
    share = (table_width - sum(widths)) // max(1, list(widths).count(0))
    return [width or share for width in widths]


def _set_page_size(section: Section, paper: Paper, *, landscape: bool) -> int:
    """Set paper size and orientation of a section, and return the width of its text."""
    narrow, wide = paper.size
    width, height = (wide, narrow) if landscape else (narrow, wide)
    section.orientation = WD_ORIENT.LANDSCAPE if landscape else WD_ORIENT.PORTRAIT
    section.page_width, section.page_height = _length(width), _length(height)
    return width - MARGINS


def _length(tenths: int) -> Length:
    return Mm(tenths / 10)


def _add_counter(paragraph: Paragraph, name: str) -> None:
    """Add a number that Word counts itself."""
    field, run, text = OxmlElement("w:fldSimple"), OxmlElement("w:r"), OxmlElement("w:t")
    field.set(qn("w:instr"), name)
    text.text = "1"
    run.append(text)
    field.append(run)
    paragraph._p.append(field)


def _set_table_look(table: Table, *, head: bool) -> None:
    """Declare which parts of a table are its head, for its style and for screen readers."""
    look = table._tbl.tblPr.find(qn("w:tblLook"))
    if look is not None:
        table._tbl.tblPr.remove(look)
    look = OxmlElement("w:tblLook")
    # For programs that read only this sum of the flags that follow.
    look.set(qn("w:val"), "06A0" if head else "0680")
    for name, on in (("firstRow", head), ("firstColumn", True), ("noHBand", True), ("noVBand", True)):
        look.set(qn(f"w:{name}"), "1" if on else "0")
    table._tbl.tblPr.append(look)


def _keep_row_together(row: _Row, *, head: bool) -> None:
    """Prevent page breaks inside a row, and repeat a header row on each page."""
    properties = row._tr.get_or_add_trPr()
    properties.append(OxmlElement("w:cantSplit"))
    if head:
        properties.append(OxmlElement("w:tblHeader"))


def _draw_edge(cell: _Cell, edge: str) -> None:
    borders = OxmlElement("w:tcBorders")
    for side, line in _EDGES[edge].items():
        border = OxmlElement(f"w:{side}")
        border.set(qn("w:val"), "single" if line else "nil")
        if line:
            border.set(qn("w:sz"), line[0])
            border.set(qn("w:space"), "0")
            border.set(qn("w:color"), line[1])
        borders.append(border)
    cell._tc.get_or_add_tcPr().append(borders)


def _paragraphs(block: Paragraph | Table, *, last: bool) -> list[Paragraph]:
    """Return the paragraphs of a block that stay with the next one; the last row of the last block does not."""
    if isinstance(block, Paragraph):
        return [] if last else [block]
    rows = block._tbl.tr_lst[:-1] if last else block._tbl.tr_lst
    return [Paragraph(element, block) for row in rows for element in row.iter(qn("w:p"))]


def _clean_lines(text: str) -> str:
    """Return a text of several lines as a page shows it; each line ends with a line break of Word."""
    return "\n".join(_clean_text(line) for line in re.split(r"[ \t]*\n\s*", text))
