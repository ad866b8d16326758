"""Build the position description, which is a role on one page, and the annex for HR with everything else."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from workbench.core.text.translation import Translator, load_translator
from workbench.documents.blocks.inline import Inline, Look, Span, TextLook, plain_text, strong
from workbench.documents.blocks.model import (
    Block,
    Break,
    Bullets,
    Cell,
    Column,
    Fact,
    Field,
    Fields,
    FigureRows,
    Group,
    Heading,
    Paragraph,
    Row,
    Rows,
    SideBySide,
    Table,
    TableLook,
    TableRow,
    Title,
)
from workbench.documents.model import Document, Stamp
from workbench.metrics.model import Timing
from workbench.metrics.weeks import MONTH_ENDS
from workbench.roles.compliance.documents import annex_blocks
from workbench.roles.documents.figures import figure_row, notes_on_figures, of_timing, purpose_sentence
from workbench.roles.documents.kinds import DOCUMENTS, document_of_role
from workbench.roles.documents.parts import pay_facts, pay_in_words, printed_fields, without_empty
from workbench.roles.expectations import expectation_sentence, reading_weeks_of
from workbench.roles.fields import SUPPORTS
from workbench.roles.model import Accountability, Role

_POSITION, _ANNEX = "position-description", "position-annex"
_MIN_COLUMN = 8  # percent of the width
_LINE_END = 18  # characters that the last line of a text leaves empty, about
_MEASURE_WIDTHS = (20, 20, 17, 28, 15)
_SUPPORT_WIDTHS = (26, 18, 19, 18, 19)


def position_description(role: Role, stamp: Stamp, language: str = "en") -> Document:
    """Build the position description: purpose, outcomes as figures, hard parts, neighbours and requirements, on one page.

    Of each accountability it has one early sign, one result and one promise; the annex has all of them. A role with more
    text than the page holds goes on to a second page.
    """
    translator = load_translator(language)
    gettext = translator.gettext
    kind_title = gettext(DOCUMENTS[_POSITION].title)
    blocks: list[Block] = [
        Title(kind_title, role.title, purpose_sentence(role), _title_facts(role, translator), outside=True),
    ]
    if role.accountabilities:
        labels = (gettext("What you own"), gettext("Early sign"), gettext("Result"), gettext("We will"))
        rows = tuple(figure_row(at, item, role, translator) for at, item in enumerate(role.accountabilities, 1))
        blocks += [FigureRows(labels, rows), *notes_on_figures(role, translator)]
    columns = tuple(_columns(role, translator))
    if columns:
        blocks.append(SideBySide(columns, _balanced(columns)) if len(columns) > 1 else Group(columns[0], Break.FREE))
    if weeks := _weeks(role, translator):
        blocks.append(Group((SideBySide(weeks, _week_widths(len(weeks))),)))
    blocks.append(_agreement(translator))
    return _document(_POSITION, role, tuple(blocks), stamp, language, tight=True)


def position_annex(role: Role, stamp: Stamp, language: str = "en") -> Document:
    """Build the annex of the position description for HR: all answers, measures, supports, duties, requirements and conditions."""
    translator = load_translator(language)
    gettext = translator.gettext
    kind_title = gettext(DOCUMENTS[_ANNEX].title)
    blocks: list[Block] = [Title(kind_title, role.title, facts=printed_fields(role, translator)), *_summary(role)]
    sections = (
        (gettext("Why this role exists"), _rows(printed_fields(role.purpose, translator))),
        (gettext("Key accountabilities"), _accountabilities(role, translator)),
        (gettext("What fits this role"), _supports(role, translator)),
    )
    for title, section in sections:
        blocks += [Heading(title), *section] if section else []
    for pair in (
        (
            (gettext("Duties"), _duties(role, translator)),
            (gettext("Qualifications"), _qualifications(role, translator)),
        ),
        (
            (gettext("Pay and benefits"), _rows(pay_facts(role, translator))),
            (gettext("Conditions"), _rows(printed_fields(role.conditions, translator))),
        ),
    ):
        columns = tuple((Heading(title), *section) for title, section in pair if section)
        if columns:
            blocks.append(SideBySide(columns))
    blocks += annex_blocks(role, translator)
    return _document(_ANNEX, role, tuple(blocks), stamp, language, tight=True)


def _summary(role: Role) -> tuple[Block, ...]:
    return (Paragraph(role.summary),) if role.summary else ()


def _document(
    kind: str, role: Role, blocks: tuple[Block, ...], stamp: Stamp, language: str, *, tight: bool
) -> Document:
    return replace(document_of_role(kind, role, blocks, stamp, language), tight=tight)


def _title_facts(role: Role, translator: Translator) -> tuple[Fact, ...]:
    gettext = translator.gettext
    pairs = (
        (gettext("Reports to"), role.reports_to),
        (gettext("Place"), role.conditions.place),
        (gettext("Travel"), role.conditions.travel),
        (gettext("Pay"), pay_in_words(role, translator)),
    )
    return tuple(Fact(label, text) for label, text in pairs if text)


def _columns(role: Role, translator: Translator) -> Iterator[tuple[Block, ...]]:
    gettext = translator.gettext
    if role.hard_parts:
        yield Heading(gettext("The hard parts")), Bullets(role.hard_parts)
    if role.neighbours:
        lines = tuple(strong(f"{each.seat}:", each.owns) for each in role.neighbours)
        yield Heading(gettext("Not yours")), Bullets(lines)
    required = tuple(each.text for each in role.qualifications if each.required)
    if required:
        yield Heading(gettext("You bring")), Bullets(required)


def _balanced(columns: tuple[tuple[Block, ...], ...]) -> tuple[int, ...]:
    """Return widths in percent that give the columns about the same height: a column with more text is wider."""
    lists = [block for column in columns for block in column if isinstance(block, Bullets)]
    lengths = [sum(len(plain_text(line)) + _LINE_END for line in block.lines) for block in lists]
    free = 100 - _MIN_COLUMN * len(columns)
    widths = [_MIN_COLUMN + max(0, free) * length // sum(lengths) for length in lengths]
    return (*widths[:-1], 100 - sum(widths[:-1]))


def _weeks(role: Role, translator: Translator) -> tuple[tuple[Block, ...], ...]:
    """Return what happens in the first 13 weeks: who is met, and which numbers are read for the first time."""
    gettext = translator.gettext
    first: dict[int, list[str]] = {}
    for number, item in enumerate(role.accountabilities, 1):
        for week in {weeks[0] for each in item.expectations if (weeks := reading_weeks_of(each))}:
            first.setdefault(week, []).append(str(number))
    if not first:
        return ()
    month, _, quarter = MONTH_ENDS
    meet = gettext("You meet the people who own the work next to yours.") if role.neighbours else ""
    agree = gettext("We agree your first targets together and write them down.")
    sentences = (
        (gettext("Weeks 1 to 4"), " ".join(without_empty(meet, agree))),
        (gettext("Each week"), _read(first.get(1), translator)),
        (gettext("From week {number}", number=month), _read(first.get(month), translator)),
        (gettext("In week {number}", number=quarter), _read(first.get(quarter), translator)),
    )
    return tuple((Paragraph(strong(label, text)),) for label, text in sentences if text)


def _week_widths(count: int) -> tuple[int, ...]:
    """Return widths in percent: the first column has the most text."""
    other = 19
    return (100 - other * (count - 1), *(other,) * (count - 1))


def _read(numbers: list[str] | None, translator: Translator) -> str:
    if not numbers:
        return ""
    return translator.gettext("We read numbers of {outcomes}.", outcomes=translator.join(numbers))


def _agreement(translator: Translator) -> Group:
    """Return the lines on which seat holder and leader sign that they have read this."""
    gettext = translator.gettext
    text = gettext(
        "We have read this together and talked about what was unclear. A signature says that, and nothing more."
    )
    date = gettext("Date")
    people = (("seat-holder", gettext("Seat holder")), ("leader", gettext("Leader")))
    fields = tuple(
        field
        for name, who in people
        for field in (
            Field(f"{name}-signed", gettext("{who}: name and signature", who=who)),
            Field(f"{name}-date", date, accessible_label=f"{who}: {date}"),
        )
    )
    return Group((Paragraph(text, TextLook.QUIET), Fields(fields, (34, 16, 34, 16))))


def _rows(facts: Sequence[Fact]) -> tuple[Block, ...]:
    return (Rows(tuple(Row(fact.label, (fact.text,)) for fact in facts)),) if facts else ()


def _accountabilities(role: Role, translator: Translator) -> tuple[Block, ...]:
    """Return a table with everything that is said about each accountability, under its number."""
    gettext = translator.gettext
    rows: list[TableRow] = []
    for number, item in enumerate(role.accountabilities, 1):
        share = f" ({translator.percent(item.share)})" if item.share else ""
        essential = gettext("Essential") if item.essential else gettext("Not essential")
        reason = (strong(f"{essential}:", item.reason),) if item.reason else ((Span(essential, Look.STRONG),),)
        early = _sentences(item, Timing.LEADING, role.currency, translator)
        results = _sentences(item, Timing.LAGGING, role.currency, translator)
        promises = tuple(each.we_will for each in item.expectations if each.we_will)
        cells = (
            without_empty(item.success_factor, item.scope[:1].upper() + item.scope[1:]),
            early,
            results,
            promises,
            reason,
        )
        rows.append(TableRow((Cell((f"{number} {item.outcome}{share}",), span=len(cells)),), group=True))
        rows.append(TableRow(tuple(Cell(texts) for texts in cells)))
    if not rows:
        return ()
    labels = (gettext("Succeeds when"), gettext("Early signs"), gettext("Results"), gettext("We will"), gettext("Why"))
    columns = tuple(Column(label, width) for label, width in zip(labels, _MEASURE_WIDTHS, strict=True))
    return (Table(columns, tuple(rows), TableLook.SMALL),)


def _sentences(item: Accountability, timing: Timing, currency: str, translator: Translator) -> tuple[Inline, ...]:
    return tuple(expectation_sentence(each, currency, translator) for each in of_timing(item, timing))


def _supports(role: Role, translator: Translator) -> tuple[Block, ...]:
    """Return what helps a person succeed, as one table with a group of rows for each accountability."""
    rows: list[TableRow] = []
    for number, item in enumerate(role.accountabilities, 1):
        lists = [getattr(item.supports, each.name) for each in SUPPORTS]
        if any(lists):
            rows.append(TableRow((Cell((f"{number} {item.outcome}",), span=len(SUPPORTS)),), group=True))
            rows.append(TableRow(tuple(Cell(lines) for lines in lists)))
    if not rows:
        return ()
    columns = tuple(
        Column(translator.gettext(each.document_label), width)
        for each, width in zip(SUPPORTS, _SUPPORT_WIDTHS, strict=True)
    )
    return (Table(columns, tuple(rows), TableLook.SMALL),)


def _duties(role: Role, translator: Translator) -> tuple[Block, ...]:
    return _lists(
        (translator.gettext("Essential"), (each.text for each in role.duties if each.essential)),
        (translator.gettext("Also part of it"), (each.text for each in role.duties if not each.essential)),
    )


def _qualifications(role: Role, translator: Translator) -> tuple[Block, ...]:
    return _lists(
        (translator.gettext("Required"), (each.text for each in role.qualifications if each.required)),
        (translator.gettext("Preferred"), (each.text for each in role.qualifications if not each.required)),
    )


def _lists(*pairs: tuple[str, Iterable[str]]) -> tuple[Block, ...]:
    rows = tuple(Row(label, texts) for label, lines in pairs if (texts := tuple(lines)))
    return (Rows(rows),) if rows else ()
