"""Write the blocks of a document as a Word file."""

from collections.abc import Callable, Sequence
from contextlib import nullcontext
from typing import Any

from workbench.documents.blocks.inline import Inline, Look, TextLook
from workbench.documents.blocks.model import (
    Align,
    Blank,
    Block,
    Break,
    Bullets,
    Cell,
    Choice,
    Contents,
    Fields,
    Figure,
    FigureRows,
    Group,
    Heading,
    Option,
    Paragraph,
    Row,
    Rows,
    RuledLines,
    Scale,
    SideBySide,
    SignOff,
    Table,
    TableLook,
    Title,
    WeekGrid,
    WeekRow,
    Written,
)
from workbench.documents.model import Document, FillMode, Paper
from workbench.documents.page.answers import Answers
from workbench.documents.page.filters import paragraphs
from workbench.documents.word.builder import DocxBuilder
from workbench.documents.word.table import LABEL, TableCell, TableRow, Text, TextRun

_STYLES = {
    TextLook.PLAIN: "Normal",
    TextLook.LEAD: "Lead",
    TextLook.LARGE: "Subtitle",
    TextLook.LETTER: "Letter",
    TextLook.QUIET: "Lead",
    TextLook.GROUP: "Group",
    TextLook.BOXED: "Boxed",
}
_RUNS = {Look.PLAIN: "", Look.STRONG: "Strong", Look.QUIET: "Quiet"}
_TICK = "\u2610"
_WIDE_LABEL = 580
_MAX_WEEK_WIDTH = 118


def write_docx(document: Document, paper: Paper, logo: bytes | None = None) -> bytes:
    """Write a document that is made of blocks as a .docx file; `logo` is the PNG of the logo that its stamp names.

    Raise PressFailed for another logo than the one of the stamp.
    """
    builder = DocxBuilder(document, paper, logo)
    write_blocks(builder)
    return builder.to_bytes()


def write_blocks(builder: DocxBuilder) -> None:
    """Write the blocks of the builder's document."""
    _BlockWriter(builder).write(builder.document.blocks)


class _BlockWriter:
    """Write blocks one after the other; `hand` is whether places to write stay empty."""

    def __init__(self, builder: DocxBuilder) -> None:
        self.builder = builder
        self.answers = Answers(builder.document, builder.translator)
        self.hand = builder.document.form is not FillMode.FLAT
        self.turn = False
        self.writers: dict[type, Callable[[Any], None]] = {
            Title: self._title,
            Heading: self._heading,
            Paragraph: self._paragraph,
            Bullets: self._bullets,
            Rows: self._rows,
            Table: self._table,
            FigureRows: self._figure_rows,
            Scale: self._scale,
            Choice: self._choice,
            RuledLines: self._ruled_lines,
            Fields: self._fields,
            SignOff: self._sign_off,
            WeekGrid: self._week_grid,
            Contents: self._contents,
            SideBySide: self._columns,
            Group: self._group,
        }

    def write(self, blocks: Sequence[Block]) -> None:
        for block in blocks:
            self.writers[type(block)](block)

    def _title(self, block: Title) -> None:
        self.builder.title_block(block.kind, block.title, paragraphs(block.standfirst), outside=block.outside)
        if block.facts:
            self._rows(Rows(tuple(Row(fact.label, (fact.text,)) for fact in block.facts)))

    def _heading(self, block: Heading) -> None:
        words = (TextRun(f"{block.number} ", "Small Numeral"), TextRun(block.text)) if block.number else block.text
        self.builder.heading(words, block.level - 1, turn=self.turn)
        self.turn = False

    def _paragraph(self, block: Paragraph) -> None:
        for line in paragraphs(block.text) if isinstance(block.text, str) else (block.text,):
            self.builder.paragraph(_runs(line), _STYLES[block.look])

    def _bullets(self, block: Bullets) -> None:
        lines = [_runs(line) for line in block.lines]
        if block.numbered:
            self.builder.steps(lines)
        else:
            self.builder.bullet_list(lines)

    def _rows(self, block: Rows) -> None:
        lines = [
            TableRow((TableCell((row.label,), "Table Label"), TableCell(_lines(row.texts), _list_style(row.texts))))
            for row in block.rows
        ]
        self.builder.table((_WIDE_LABEL if block.wide else LABEL, 0), lines, head=False)

    def _table(self, block: Table) -> None:
        headings = tuple(TableCell((each.label,), _heading_style(each.align)) for each in block.columns)
        has_head = any(each.label for each in block.columns)
        lines = [TableRow(headings)] if has_head else []
        tall = 120 if block.look is TableLook.TALL else 0
        small = block.look is TableLook.SMALL
        for row in block.rows:
            if row.group:
                cells = tuple(TableCell(_lines(cell.texts), "Table Group", cell.span, "open") for cell in row.cells)
                lines.append(TableRow(cells, tied=True))
                continue
            aligns = [each.align for each in block.columns]
            row_cells = (self._cell(cell, align, small=small) for cell, align in zip(row.cells, aligns, strict=False))
            lines.append(TableRow(tuple(row_cells), height=tall))
        self.builder.table([self._width(each.width) for each in block.columns], lines, head=has_head)

    def _width(self, percent: int) -> int:
        return self.builder.width * percent // 100

    def _cell(self, cell: Cell, align: Align, *, small: bool) -> TableCell:
        style = {Align.RIGHT: "Table Figure", Align.CENTER: "Table Score"}.get(
            align, "Table Small" if small else "Table Text"
        )
        if cell.written is None:
            return TableCell(_lines(cell.texts), style, cell.span)
        edge = "line" if isinstance(cell.written, Blank) else ""
        return TableCell(self._written(cell.written), style, cell.span, edge)

    def _written(self, written: Written) -> tuple[Text, ...]:
        """Return the contents of a cell to write in: nothing, points to circle, or the answer."""
        match written:
            case Blank():
                return self._blank(written)
            case Scale():
                return (self._points(written),)
            case Choice():
                return (self._options(written),)
            case RuledLines():
                return ("",) * written.count if self.hand else _lines(self.answers.lines(written.name))

    def _blank(self, blank: Blank) -> tuple[Text, ...]:
        if self.hand:
            return (blank.initial,) if blank.initial else ()
        return (_runs(self.answers.line(blank.name, blank.initial)),)

    def _points(self, block: Scale) -> Text:
        if not self.hand:
            return _runs(self.answers.chosen(block))
        runs = [run for value in range(1, 6) for run in (TextRun(f"\u00a0{value}\u00a0", "Score Box"), TextRun(" "))][
            :-1
        ]
        return (*runs, *(TextRun(f" {_TICK}\u00a0{option.text}") for option in block.others))

    def _options(self, block: Choice) -> Text:
        if not self.hand:
            return _runs(self.answers.chosen(block))
        return "\u2003".join(_tick(option) for option in block.options)

    def _figure_rows(self, block: FigureRows) -> None:
        lines = [TableRow(tuple(TableCell((label,), "Table Heading") for label in block.labels))]
        for row in block.rows:
            share = f" ({self.builder.translator.percent(row.share)})" if row.share else ""
            outcome = (TextRun(f"{row.number} ", "Small Numeral"), TextRun(f"{row.outcome}{share}"))
            cells = (_figures(row.early), _figures(row.results), _lines(row.ours))
            lines.append(TableRow((TableCell((outcome,)), *(TableCell(each, "Table Small") for each in cells))))
        width = self.builder.width
        self.builder.table((width * 30 // 100, width * 25 // 100, width * 22 // 100, 0), lines)

    def _scale(self, block: Scale) -> None:
        if not block.anchors:
            self.builder.paragraph(self._points(block))
            return
        chosen = "" if self.hand else self.builder.document.answer(block.name)
        points = [
            TableCell(
                ((TextRun(f"\u00a0{value}\u00a0", "Score Box"),) if chosen == str(value) else str(value),),
                "Table Score",
            )
            for value in range(1, 6)
        ]
        one, three, five = _lines(block.anchors)
        anchors = tuple(TableCell((text,), "Table Small", edge="open") for text in (one, "", three, "", five))
        width = self.builder.width
        self.builder.table(
            (width * 23 // 100, 100, width * 25 // 100, 100, 0), [TableRow(tuple(points)), TableRow(anchors)]
        )
        if not self.hand and chosen not in {"1", "2", "3", "4", "5"}:
            self.builder.paragraph(_runs(self.answers.chosen(block)))
        elif self.hand and block.others:
            self.builder.paragraph("\u2003".join(_tick(option) for option in block.others))

    def _choice(self, block: Choice) -> None:
        self.builder.paragraph(self._options(block))

    def _ruled_lines(self, block: RuledLines) -> None:
        if self.hand:
            self.builder.blank_lines(block.count)
            return
        for line in self.answers.lines(block.name):
            self.builder.paragraph(_runs(line))

    def _fields(self, block: Fields) -> None:
        texts: list[Text] = []
        for field in block.fields:
            text: Text = field.known or field.initial
            if not self.hand and not field.known:
                text = _runs(self.answers.line(field.name, field.initial))
            texts.append(text)
        self.builder.form([field.label for field in block.fields], texts, [self._width(each) for each in block.widths])

    def _sign_off(self, block: SignOff) -> None:
        lines = [TableRow(tuple(TableCell((label,), "Table Heading") for label in block.labels))]
        for person in block.people:
            names = (person.name, f"{person.name}-signed", f"{person.name}-date")
            cells = (TableCell(self._blank(Blank(name, "")), edge="line") for name in names)
            lines.append(TableRow((TableCell((person.who,), "Table Label", edge="line"), *cells), height=100))
        self.builder.table((LABEL, 450, 0, 280), lines)

    def _week_grid(self, block: WeekGrid) -> None:
        summed = any(row.sum_name for row in block.rows)
        measure, target, sum_label = block.labels
        head = [TableCell((text,), "Table Heading") for text in ("", measure, target)]
        head += [TableCell((str(week),), "Table Heading Centred") for week in range(1, 14)]
        if summed:
            head.append(TableCell((sum_label,), "Table Heading Centred"))
        lines = [TableRow(tuple(head)), *(self._week_row(row, summed=summed) for row in block.rows)]
        boxes = 14 if summed else 13
        week_width = min(_MAX_WEEK_WIDTH, self._width(60) // boxes)
        self.builder.table((80, 0, self._width(12), *[week_width] * boxes), lines, "Open")

    def _week_row(self, row: WeekRow, *, summed: bool) -> TableRow:
        boxes = {cell.week: cell for cell in row.cells}
        cells = [TableCell(((TextRun(row.number, "Small Numeral"),),))]
        cells += [TableCell((_runs(text),), "Table Small") for text in (row.measure, row.target)]
        for week in range(1, 14):
            if box := boxes.get(week):
                marks: tuple[Text, ...] = ((TextRun(box.mark, "Quiet"),),) if box.mark else ()
                cells.append(TableCell((*marks, *self._blank(Blank(box.name, box.label))), "Table Small", edge="box"))
            else:
                cells.append(TableCell())
        if summed:
            cells.append(self._week_sum(row) if row.sum_name else TableCell())
        return TableRow(tuple(cells), height=85, middle=True)

    def _week_sum(self, row: WeekRow) -> TableCell:
        marks: tuple[Text, ...] = ((TextRun(row.sum_mark, "Quiet"),),) if row.sum_mark else ()
        return TableCell((*marks, *self._blank(Blank(row.sum_name, row.sum_label))), "Table Small", edge="box")

    def _contents(self, block: Contents) -> None:
        left, right = block.labels
        lines = [TableRow((TableCell((left,), "Table Heading"), TableCell((right,), "Table Heading Figure")))]
        lines += [TableRow((TableCell((link.text,)), TableCell((link.right,), "Table Figure"))) for link in block.links]
        self.builder.table((0, 200), lines)

    def _columns(self, block: SideBySide) -> None:
        """Write columns one below the other: a person edits this file, and a column of a table is hard to edit."""
        for column in block.columns:
            self.write(column)

    def _group(self, block: Group) -> None:
        if block.breaks is Break.PAGE:
            self.turn = True
        if block.boxed:
            self._boxed(block)
            return
        with self.builder.keep_together() if block.breaks is Break.KEEP else nullcontext():
            self.write(block.blocks)

    def _boxed(self, block: Group) -> None:
        """Write the heading of a box, and the rest in a frame."""
        for inner in block.blocks:
            if isinstance(inner, Paragraph):
                self.builder.paragraph(_runs(inner.text), "Boxed")
            else:
                self.write((inner,))


def _runs(text: Inline) -> Text:
    if isinstance(text, str):
        return text
    return tuple(TextRun(span.text, _RUNS[span.look]) for span in text)


def _lines(texts: Sequence[Inline]) -> tuple[Text, ...]:
    """Return the paragraphs of a cell; a single text may have several lines."""
    if len(texts) == 1 and isinstance(texts[0], str):
        return paragraphs(texts[0])
    return tuple(_runs(text) for text in texts)


def _list_style(texts: Sequence[Inline]) -> str:
    return "List Bullet" if len(texts) > 1 else "Table Text"


def _figures(figures: Sequence[Figure]) -> tuple[Text, ...]:
    return tuple(
        (
            *((TextRun(f"{figure.value} ", "Strong"),) if figure.value else ()),
            TextRun(figure.text),
            *((TextRun(f" {figure.quiet}", "Quiet"),) if figure.quiet else ()),
        )
        for figure in figures
    )


def _heading_style(align: Align) -> str:
    return {Align.RIGHT: "Table Heading Figure", Align.CENTER: "Table Heading Centred"}.get(align, "Table Heading")


def _tick(option: Option) -> str:
    return f"{_TICK}\u00a0{option.text}"
