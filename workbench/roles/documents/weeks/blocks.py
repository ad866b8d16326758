"""Build the blocks of the thirteen-week page: a box for each number in its weeks, a line a week, and promises to tick."""

from workbench.core.text.translation import Translator
from workbench.documents.blocks.inline import Inline, Look, Span, TextLook
from workbench.documents.blocks.model import (
    Blank,
    Block,
    Break,
    Cell,
    Choice,
    Column,
    Field,
    Fields,
    Group,
    Heading,
    Option,
    Paragraph,
    SideBySide,
    Table,
    TableLook,
    TableRow,
    Title,
    WeekCell,
    WeekGrid,
    WeekRow,
)
from workbench.roles.documents.weeks.model import WeekLine, WeekPromise, WeekSheet

_PROMISE_COLUMNS = 3
_HALVES = ((1, 2, 3, 4, 5, 6, 7), (8, 9, 10, 11, 12, 13))


def week_blocks(sheet: WeekSheet, kind_title: str, translator: Translator) -> tuple[Block, ...]:
    """Return the blocks of the page in the order in which it is read."""
    gettext = translator.gettext
    lead = Paragraph(_lead(sheet, translator), TextLook.LEAD)
    labels = (gettext("What"), gettext("Target"), gettext("13 weeks"))
    grid = (WeekGrid(labels, _rows(sheet.lines, translator)),) if sheet.lines else ()
    blocks: list[Block] = [Title(kind_title, sheet.title), _names(translator), Group((lead, *grid), Break.FREE)]
    if sheet.later:
        blocks.append(Paragraph(_later(sheet.later, translator), TextLook.QUIET))
    if sheet.gaps:
        words = gettext("Still open: {gaps}", gaps=" ".join(sheet.gaps))
        blocks.append(Paragraph(words, TextLook.QUIET))
    if sheet.lines or sheet.promises:
        blocks.append(SideBySide((_notes(translator), _promises(sheet.promises, translator)), (30, 70)))
    return tuple(blocks)


def _names(translator: Translator) -> Fields:
    gettext = translator.gettext
    agreed = gettext("Agreed (signature)")
    leader, holder = gettext("Leader"), gettext("Seat holder")
    return Fields(
        (
            Field("from", gettext("Week 1 begins on")),
            Field("seat-holder", holder),
            Field("seat-holder-signed", agreed, accessible_label=f"{holder}: {agreed}"),
            Field("leader", leader),
            Field("leader-signed", agreed, accessible_label=f"{leader}: {agreed}"),
        )
    )


def _lead(sheet: WeekSheet, translator: Translator) -> str:
    gettext = translator.gettext
    words = [
        gettext("Boxes are open where a number is read; the small number should be there by then. Results are bold.")
    ]
    if sheet.placeholders:
        words.append(gettext("The targets are starting points until we have agreed them."))
    if sheet.samples:
        words.append(gettext("What is marked “not confirmed” is a sample: nobody has promised it yet."))
    return " ".join(words)


def _rows(lines: tuple[WeekLine, ...], translator: Translator) -> tuple[WeekRow, ...]:
    firsts = {line.number: line.metric.key for line in reversed(lines)}
    return tuple(_row(line, translator, numbered=firsts[line.number] == line.metric.key) for line in lines)


def _row(line: WeekLine, translator: Translator, *, numbered: bool) -> WeekRow:
    key, name = line.metric.key, f"{line.number}. {line.name}"
    cells = tuple(
        WeekCell(week, f"week-{key}-{week}", translator.gettext("{what}, week {number}", what=name, number=week), mark)
        for week, mark in zip(line.metric.weeks, line.marks, strict=True)
    )
    total = bool(line.total)
    return WeekRow(
        number=str(line.number) if numbered else "",
        measure=_with_quiet(line.name, line.qualifier, Look.STRONG if line.result else Look.PLAIN),
        target=_with_quiet(line.target, line.counted, Look.STRONG),
        cells=cells,
        sum_name=f"total-{key}" if total else "",
        sum_label=f"{name}: {line.total}" if total else "",
        sum_mark=" ".join(part for part in (line.total, line.total_mark) if part),
    )


def _with_quiet(text: str, rest: str, look: Look) -> Inline:
    return (Span(text, look), Span(f" {rest}", Look.QUIET)) if rest else (Span(text, look),)


def _later(lines: tuple[WeekLine, ...], translator: Translator) -> str:
    """Return the numbers that are not read in these weeks as one sentence."""
    names = [" ".join(part for part in (each.name, each.target, each.counted) if part) for each in lines]
    return f"{translator.gettext('Not judged within 13 weeks')}: {'; '.join(names)}."


def _notes(translator: Translator) -> tuple[Block, ...]:
    gettext = translator.gettext
    columns = tuple(
        (Table((Column("", 8), Column("")), tuple(_note(week, translator) for week in half), TableLook.NOTES),)
        for half in _HALVES
    )
    return (Heading(gettext("What moved it, what you need from us")), SideBySide(columns))


def _note(week: int, translator: Translator) -> TableRow:
    label = translator.gettext("Week {number}", number=week)
    return TableRow((Cell((str(week),)), Cell(written=Blank(f"note-{week}", label))))


def _promises(promises: tuple[WeekPromise, ...], translator: Translator) -> tuple[Block, ...]:
    if not promises:
        return ()
    height = -(-len(promises) // _PROMISE_COLUMNS)
    parts = (promises[start : start + height] for start in range(0, len(promises), height))
    columns = tuple(tuple(_promise(each) for each in part) for part in parts)
    return (Heading(translator.gettext("For our part, we will")), SideBySide(columns))


def _promise(promise: WeekPromise) -> Choice:
    return Choice(f"kept-{promise.key}", promise.text, (Option("kept", promise.text),))
