"""Write the blocks of a document as plain text, for mail and for job boards."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import chain
from typing import Any

from workbench.core.text.translation import load_translator
from workbench.documents.blocks.inline import Inline, plain_text
from workbench.documents.blocks.model import (
    Blank,
    Block,
    Bullets,
    Cell,
    Choice,
    Contents,
    Fields,
    FigureRows,
    Group,
    Heading,
    Paragraph,
    Rows,
    RuledLines,
    Scale,
    SideBySide,
    SignOff,
    Table,
    Title,
    WeekGrid,
)
from workbench.documents.model import Document, FillMode
from workbench.documents.page.answers import Answers
from workbench.documents.page.dates import dates_line, head_mark
from workbench.documents.page.filters import paragraphs

_LINE = "_" * 40
_SHORT_LINE = "_" * 12
_TOP_LEVEL = 2  # of a heading


def write_text(document: Document) -> str:
    """Return a document that is made of blocks as plain text: a line for each text, an empty line before each section."""
    writer = _TextWriter(Answers(document, load_translator(document.language)))
    lines = "\n".join(line.rstrip() for line in writer.write(document.blocks)).strip()
    while "\n\n\n" in lines:
        lines = lines.replace("\n\n\n", "\n\n")
    return f"{lines}\n"


class _TextWriter:
    """Write blocks line by line; `hand` is whether places to write stay empty."""

    def __init__(self, answers: Answers) -> None:
        self.answers = answers
        self.hand = answers.document.form is not FillMode.FLAT
        self.writers: dict[type, Callable[[Any], Iterable[str]]] = {
            Title: self._title,
            Heading: _heading,
            Paragraph: lambda block: map(_plain, _paragraph_lines(block.text)),
            Bullets: lambda block: _listed(block.lines, numbered=block.numbered),
            Rows: lambda block: chain.from_iterable(self._row(row.label, row.texts) for row in block.rows),
            Table: self._table,
            FigureRows: self._figure_rows,
            Scale: self._scale,
            Choice: lambda block: (self._chosen(block),),
            RuledLines: self._ruled_lines,
            Fields: self._fields,
            SignOff: _sign_off,
            WeekGrid: _week_grid,
            Contents: lambda block: (f"{link.text}  {link.right}" for link in block.links),
            SideBySide: lambda block: self.write(tuple(chain.from_iterable(block.columns))),
            Group: lambda block: self.write(block.blocks),
        }

    def write(self, blocks: Sequence[Block]) -> Iterator[str]:
        for block in blocks:
            yield from self.writers[type(block)](block)
            if not isinstance(block, Heading):
                yield ""

    def _title(self, block: Title) -> Iterator[str]:
        stamp = self.answers.document.stamp
        yield stamp.company
        if stamp.draft:
            yield self.answers.draft_notice
        yield from filter(None, (head_mark(replace(stamp, draft=False), self.answers.translator), stamp.notice))
        yield from ("", block.kind, block.title, "")
        yield from paragraphs(block.standfirst)
        yield from (f"{fact.label}: {_plain(fact.text)}" for fact in block.facts)
        yield from filter(None, (dates_line(stamp, self.answers.translator),))
        yield ""

    def _row(self, label: str, texts: Sequence[Inline]) -> Iterator[str]:
        if len(texts) == 1:
            lines = [_plain(line) for line in _paragraph_lines(texts[0])]
            yield f"{label}: {' '.join(lines)}"
        else:
            yield f"{label}:"
            yield from _listed(texts)

    def _table(self, block: Table) -> Iterator[str]:
        for row in block.rows:
            if row.group:
                yield from ("", " ".join(self._cell(cell) for cell in row.cells))
                continue
            pairs = zip((column.label for column in block.columns), row.cells, strict=False)
            parts = [f"{label}: {words}" if label else words for label, cell in pairs if (words := self._cell(cell))]
            yield f"- {'; '.join(parts)}"

    def _cell(self, cell: Cell) -> str:
        match cell.written:
            case None:
                return " ".join(map(_plain, cell.texts))
            case Blank(name=name, initial=initial):
                return (initial or _SHORT_LINE) if self.hand else _plain(self.answers.line(name, initial))
            case Scale() | Choice() as chosen:
                return self._chosen(chosen)
            case RuledLines(name=name):
                return _LINE if self.hand else " ".join(map(_plain, self.answers.lines(name)))

    def _chosen(self, block: Scale | Choice) -> str:
        if not self.hand:
            return _plain(self.answers.chosen(block))
        options = block.others if isinstance(block, Scale) else block.options
        points = ["1", "2", "3", "4", "5"] if isinstance(block, Scale) else []
        return " ".join(f"[ ] {text}" for text in (*points, *(option.text for option in options)))

    def _figure_rows(self, block: FigureRows) -> Iterator[str]:
        _, early, results, ours = block.labels
        for row in block.rows:
            share = f" ({self.answers.translator.percent(row.share)})" if row.share else ""
            yield from ("", f"{row.number} {_plain(row.outcome)}{share}")
            for label, figures in ((early, row.early), (results, row.results)):
                texts = tuple(" ".join(filter(None, (each.value, each.text, each.quiet))) for each in figures)
                if texts:
                    yield from self._row(label, texts)
            if row.ours:
                yield from self._row(ours, row.ours)

    def _scale(self, block: Scale) -> Iterator[str]:
        yield self._chosen(block)
        yield from (f"{at}: {_plain(text)}" for at, text in zip((1, 3, 5), block.anchors, strict=False))

    def _ruled_lines(self, block: RuledLines) -> Iterable[str]:
        return [_LINE] * block.count if self.hand else map(_plain, self.answers.lines(block.name))

    def _fields(self, block: Fields) -> Iterator[str]:
        for field in block.fields:
            text = field.known or self._cell(Cell((), Blank(field.name, field.label, field.initial)))
            yield f"{field.label}: {text}"


def _heading(block: Heading) -> tuple[str, ...]:
    return "", f"{block.number} {block.text}".strip() if block.level > _TOP_LEVEL else block.text.upper()


def _sign_off(block: SignOff) -> Iterator[str]:
    _, name, signature, date = block.labels
    for person in block.people:
        yield f"{person.who}: {name} {_SHORT_LINE} {signature} {_SHORT_LINE} {date} {_SHORT_LINE}"


def _week_grid(block: WeekGrid) -> Iterator[str]:
    for row in block.rows:
        weeks = " ".join(str(cell.week) for cell in row.cells)
        yield f"- {row.number} {_plain(row.measure)}: {_plain(row.target)} ({weeks})"


def _plain(text: Inline) -> str:
    return plain_text(text).replace("\u00a0", " ")


def _paragraph_lines(text: Inline) -> tuple[Inline, ...]:
    return paragraphs(text) if isinstance(text, str) else (text,)


def _listed(lines: Sequence[Inline], *, numbered: bool = False) -> Iterator[str]:
    if len(lines) == 1:
        yield _plain(lines[0])
        return
    for at, line in enumerate(lines, 1):
        mark = f"{at}." if numbered else "-"
        yield f"{mark} {_plain(line)}".replace("\n", f"\n{' ' * len(mark)} ")
