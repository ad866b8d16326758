"""Build the four documents of a role as Word files, from the same values and with the same words as the printed ones."""

from itertools import cycle

from workbench.core.text.translation import gettext_noop
from workbench.documents.model import Document, Paper
from workbench.documents.page.filters import paragraphs
from workbench.documents.word.builder import DocxBuilder
from workbench.documents.word.fields import answer_text, blank_lines, blank_rows, scale, signature_boxes
from workbench.documents.word.table import LABEL, TableCell, TableRow, Text, TextRun, group_row
from workbench.roles.documents.docx_kit import write_kit
from workbench.roles.documents.model import (
    Border,
    Brief,
    Fact,
    Kit,
    MeasureGroup,
    MeasureLine,
    Outcome,
    OwnedOutcome,
    Position,
    Sheet,
    Slot,
)

_WELCOME = gettext_noop(
    "Thank you for your interest in this role. Before we talk, we want you to know what it answers for, how "
    "success shows, and what you can expect from us. Read it with your own plans in mind. If the role is not for you, finding "
    "that out now is a good result for both of us."
)
_PROMPTS = {
    "reaction": gettext_noop("How do you feel about being accountable for these results, reviewed every week?"),
    "needs": gettext_noop("What would you need from us to do your best work here?"),
    "asks": gettext_noop("What do you want to ask us?"),
}
_ALL_TIME = 100
_MIN_FIGURE_WIDTH = 70  # the width of the figure of a share, in tenths of a millimetre
_MIN_PART_WIDTH = 20
_MIN_REMAINDER_WIDTH = 190  # the width of "other work", in tenths of a millimetre


def build_docx(document: Document, paper: Paper, logo: bytes | None = None) -> bytes:
    """Build a document of a role as a .docx file; `logo` is the PNG of the logo that its stamp names.

    Raises TypeError for a document of another kind, PressFailed for another logo than the one of the stamp.
    """
    builder = DocxBuilder(document, paper, logo)
    write_document_body(builder, document.data)
    return builder.to_bytes()


def write_document_body(builder: DocxBuilder, data: object) -> None:
    """Write the contents of a document of a role. Raises TypeError for another kind of contents."""
    match data:
        case Position() as value:
            _position(builder, value)
        case Brief() as value:
            _brief(builder, value)
        case Kit() as value:
            write_kit(builder, value)
        case Sheet() as value:
            _sheet(builder, value)
        case other:
            raise TypeError(f"there is no Word form of {type(other).__name__}")


def _position(builder: DocxBuilder, value: Position) -> None:
    builder.title_block(builder.gettext("Position description"), value.title, paragraphs(value.summary), outside=True)
    if value.facts:
        builder.gap()
        labels = tuple(TableCell((fact.label,), "Table Heading", edge="open") for fact in value.facts)
        texts = tuple(TableCell((fact.text,)) for fact in value.facts)
        builder.table((0,) * len(labels), [TableRow(labels, tied=True), TableRow(texts)])
    if value.answers:
        with builder.keep_together():
            builder.heading(builder.gettext("Why this role exists"))
            _facts(builder, value.answers)
    if value.owned_outcomes:
        _accountabilities(builder, value)
    if any(item.fit for item in value.owned_outcomes):
        _fit(builder, value)
    for title, slots in (
        (gettext_noop("Duties"), value.duties),
        (gettext_noop("Qualifications"), value.qualifications),
    ):
        if slots:
            builder.heading(builder.gettext(title))
            _slots(builder, slots)
    if value.hard_parts:
        builder.heading(builder.gettext("The hard parts"))
        builder.paragraph(builder.gettext("Said plainly, because they are part of the work."), "Lead")
        builder.bullet_list(value.hard_parts)
    _borders(builder, value.borders)
    for title, facts in ((gettext_noop("Pay and benefits"), value.pay), (gettext_noop("Conditions"), value.conditions)):
        if facts:
            with builder.keep_together():
                builder.heading(builder.gettext(title))
                _facts(builder, facts)
    _signatures(builder)


def _accountabilities(builder: DocxBuilder, value: Position) -> None:
    gettext = builder.gettext
    lead = gettext("Each is an outcome that this seat owns and no other does.")
    if value.placeholders:
        lead += " " + gettext("The numbers are starting points, to be agreed with the person in the seat.")
    with builder.keep_together():
        builder.heading(builder.gettext("Key accountabilities"))
        builder.paragraph(lead, "Lead")
        if value.shares:
            _strip(builder, value.shares)
        _owned_outcome(builder, 1, value.owned_outcomes[0])
    for number, item in enumerate(value.owned_outcomes[1:], 2):
        with builder.keep_together():
            _owned_outcome(builder, number, item)


def _owned_outcome(builder: DocxBuilder, number: int, item: OwnedOutcome) -> None:
    builder.heading(item.outcome, 2, number)
    if item.owns:
        builder.paragraph(item.owns, "Remit")
    gettext = builder.gettext
    essential = gettext("Essential") if item.essential else gettext("Not essential")
    rows = (
        (gettext("Succeeds when"), paragraphs(item.success_factor)),
        (gettext("Early signs"), item.leading),
        (gettext("Results"), item.lagging),
    )
    builder.label_rows([row for row in rows if row[1]] + [(essential, paragraphs(item.reason))])


def _strip(builder: DocxBuilder, shares: tuple[int, ...]) -> None:
    """Draw the shares of working time as one bar; the remainder is wide enough for its label.

    A part that is too narrow for its figure has it below the bar.
    """
    edges = cycle(("part", "next part"))
    remainder = _ALL_TIME - sum(shares)
    available = builder.width - (max(_MIN_REMAINDER_WIDTH, builder.width * remainder // _ALL_TIME) if remainder else 0)
    widths = [max(_MIN_PART_WIDTH, available * share // sum(shares)) for share in shares]
    widths[widths.index(max(widths))] -= sum(widths) - available  # the surplus of the thinnest, or of rounding
    figures = [
        (TextRun(str(at), "Strong"), TextRun(f" {builder.translator.percent(share)}"))
        for at, share in enumerate(shares, 1)
    ]
    fits = [builder.document.large or width >= _MIN_FIGURE_WIDTH for width in widths]
    cells = [
        TableCell((figure if fit else "",), "Table Small", edge=edge)
        for figure, fit, edge in zip(figures, fits, edges, strict=False)
    ]
    below = [run for figure, fit in zip(figures, fits, strict=True) if not fit for run in (*figure, TextRun("\u2003"))]
    if remainder:
        cells.append(TableCell((builder.gettext("other work"),), "Table Small", edge="rest"))
        widths.append(0)
    builder.table(widths, [TableRow(tuple(cells))], "Open", head=False)
    if below:
        builder.paragraph(tuple(below), "Table Small")


def _fit(builder: DocxBuilder, value: Position) -> None:
    builder.heading(builder.gettext("What fits this role"))
    builder.paragraph(
        builder.gettext(
            "What helps a person succeed, accountability by accountability. Nobody brings all of it on the first day."
        ),
        "Lead",
    )
    lines = [TableRow(tuple(TableCell((label,), "Table Heading") for label in value.fit_labels))]
    for number, item in enumerate((item for item in value.owned_outcomes if item.fit), 1):
        lines.append(group_row(number, item.outcome, len(value.fit_labels)))
        lines.append(TableRow(tuple(TableCell(texts, "Table Small") for texts in item.fit)))
    builder.table((builder.width // 4, 0, 0, 0, 0), lines)


def _signatures(builder: DocxBuilder) -> None:
    gettext = builder.gettext
    with builder.keep_together():
        builder.heading(gettext("Agreed"))
        builder.paragraph(
            gettext(
                "We have read this together and talked about what was unclear. A signature says that, and nothing more."
            ),
            "Lead",
        )
        names = (gettext("Who"), gettext("Name"), gettext("Signature"), gettext("Date"))
        lines = [TableRow(tuple(TableCell((name,), "Table Heading") for name in names))]
        for name, label in (("seat-holder", gettext("Seat holder")), ("leader", gettext("Leader"))):
            fields = (name, f"{name}-signed", f"{name}-date")
            cells = (TableCell(answer_text(builder, field), edge="line") for field in fields)
            lines.append(TableRow((TableCell((label,), "Table Label", edge="line"), *cells), height=100))
        builder.table((LABEL, 450, 0, 280), lines)


def _brief(builder: DocxBuilder, value: Brief) -> None:
    builder.title_block(builder.gettext("Accountability brief"), value.title, outside=True)
    if value.place:
        builder.paragraph(value.place, "Lead")
        builder.gap()
    for text in (builder.gettext(_WELCOME), *value.purpose):
        builder.paragraph(text, "Letter")
    if value.hard_parts:
        builder.heading(builder.gettext("The hard parts, which we would rather you heard from us"))
        builder.bullet_list(value.hard_parts)
    _borders(builder, value.borders)
    if value.outcomes:
        _outcomes(builder, value)
    if value.weeks:
        with builder.keep_together():
            builder.heading(builder.gettext("Your first 13 weeks"))
            _slots(builder, value.weeks)
    if value.pay:
        with builder.keep_together():
            builder.heading(builder.gettext("Pay and benefits"))
            _facts(builder, value.pay)
    _reaction(builder, value)


def _outcomes(builder: DocxBuilder, value: Brief) -> None:
    gettext = builder.gettext
    lead = gettext("Each of these belongs to this role alone.")
    if value.placeholders:
        lead += " " + gettext("The numbers are starting points: we agree yours with you when you begin.")
    with builder.keep_together():
        builder.heading(builder.gettext("What you would own"))
        builder.paragraph(lead, "Lead")
        _outcome(builder, 1, value.outcomes[0])
    for number, item in enumerate(value.outcomes[1:], 2):
        with builder.keep_together():
            _outcome(builder, number, item)


def _outcome(builder: DocxBuilder, number: int, item: Outcome) -> None:
    builder.heading(item.outcome, 2, number)
    if item.success_factor:
        builder.paragraph(item.success_factor, "Remit")
    if item.promises:
        gettext = builder.gettext
        names = (gettext("How it is measured"), gettext("For our part, we will"))
        head = TableRow(tuple(TableCell((name,), "Table Heading") for name in names))
        lines = [
            TableRow(
                (
                    TableCell((promise.measure,)),
                    TableCell((_promise_text(promise.we_will, gettext("not provided yet: please ask us")),)),
                )
            )
            for promise in item.promises
        ]
        builder.table((0, 0), [head, *lines])


def _promise_text(text: str, otherwise: str) -> Text:
    return text or (TextRun(otherwise, "Emphasis"),)


def _reaction(builder: DocxBuilder, value: Brief) -> None:
    """Write the candidate's own sheet: what they can do, want to do and would ask."""
    gettext = builder.gettext
    builder.heading(gettext("Is it for you?"), turn=True)
    builder.paragraph(
        gettext(
            "For your own thinking first. Tick 1 for “hardly” to 5 for “very much”. There is no score and no right "
            "answer: we read it to have a better conversation."
        ),
        "Lead",
    )
    signature_boxes(builder, (gettext("Your name"), gettext("Date")), ("name", "date"))
    if value.outcomes:
        names = (
            gettext("Outcome, and one example from your own work"),
            gettext("I can do it"),
            gettext("I want to do it"),
        )
        lines = [TableRow(tuple(TableCell((name,), "Table Heading") for name in names))]
        for number, item in enumerate(value.outcomes, 1):
            outcome = (TextRun(str(number), "Small Numeral"), TextRun(item.outcome, tab=True))
            rating_cells = (
                TableCell((scale(builder, f"{question}-{item.key}"),), edge="open") for question in ("can", "want")
            )
            lines.append(TableRow((TableCell((outcome,), "Table Group", edge="open"), *rating_cells), tied=True))
            lines += blank_rows(builder, 2, f"example-{item.key}", len(names))
        builder.table((0, 360, 360), lines)
    for at, (name, prompt) in enumerate(_PROMPTS.items()):
        with builder.keep_together():
            builder.heading(gettext(prompt), 2, turn=at == 0)
            blank_lines(builder, 7, name)


def _sheet(builder: DocxBuilder, value: Sheet) -> None:
    builder.title_block(builder.gettext("Starter metrics sheet"), value.title)
    if value.place:
        builder.paragraph(value.place, "Lead")
    gettext = builder.gettext
    agreed = gettext("Agreed (signature)")
    labels = (gettext("For the 13 weeks from"), gettext("Seat holder"), agreed, gettext("Leader"), agreed)
    signature_boxes(builder, labels, ("from", "seat-holder", "seat-holder-signed", "leader", "leader-signed"))
    lead = gettext(
        "One sheet for both of us: the same measures, the same numbers, read from the same place. We change it only "
        "together."
    )
    if value.placeholders:
        lead += " " + gettext("The targets are starting points until we have agreed them.")
    builder.heading(gettext("What we measure together"))
    builder.paragraph(lead, "Lead")
    if value.groups:
        _measures(builder, value.groups)
        _weeks(builder, value.groups)


def _measures(builder: DocxBuilder, groups: tuple[MeasureGroup, ...]) -> None:
    gettext = builder.gettext
    names = (
        gettext("What"),
        gettext("Signal"),
        gettext("Target"),
        gettext("Each"),
        gettext("Read from"),
        gettext("You will"),
        gettext("We will"),
    )
    lines = [TableRow(tuple(TableCell((name,), "Table Heading") for name in names))]
    for group in groups:
        lines.append(group_row(group.number, group.outcome, len(names)))
        lines += [_measure(line, gettext("not provided yet")) for line in group.lines]
        lines += [
            TableRow((TableCell((gettext("Still open"),), "Table Label"), TableCell((gap,), "Table Small", 6)))
            for gap in group.gaps
        ]
    builder.table((330, 170, 260, 160, 420, 0, 0), lines)


def _measure(line: MeasureLine, otherwise: str) -> TableRow:
    texts = (line.signal, line.target, line.period, line.source, line.you_will)
    promise = _promise_text(line.we_will, otherwise)
    return TableRow(
        (
            TableCell(((TextRun(line.what, "Strong"),),), "Table Small"),
            *(TableCell((text,), "Table Small") for text in texts),
            TableCell((promise,), "Table Small"),
        )
    )


def _weeks(builder: DocxBuilder, groups: tuple[MeasureGroup, ...]) -> None:
    builder.heading(builder.gettext("Thirteen weeks"), turn=True)
    gettext = builder.gettext
    builder.paragraph(
        gettext(
            "Write the week’s number in each open field. Leading measures are read every week, lagging ones when "
            "they are due."
        ),
        "Lead",
    )
    head = [TableCell((name,), "Table Heading") for name in (gettext("No."), gettext("What"), gettext("Target"))]
    head += [TableCell((str(week),), "Table Heading Centred") for week in range(1, 14)]
    lines = [TableRow(tuple(head))]
    for group in groups:
        for at, line in enumerate(group.lines):
            number = (TextRun(str(group.number), "Small Numeral"),) if at == 0 else ""
            cells = [
                TableCell((number,)),
                TableCell((line.what,), "Table Small"),
                TableCell((line.target,), "Table Small"),
            ]
            cells += [
                TableCell(answer_text(builder, f"week-{line.key}-{week}"), edge="box")
                if week in line.weeks
                else TableCell()
                for week in range(1, 14)
            ]
            lines.append(TableRow(tuple(cells), height=85, middle=True))
    builder.table((80, 0, 320, *[118] * 13), lines, "Open")


def _borders(builder: DocxBuilder, borders: tuple[Border, ...]) -> None:
    if borders:
        with builder.keep_together():
            builder.heading(builder.gettext("Who else owns what"))
            builder.label_rows([(item.seat, (item.owns,)) for item in borders], 580, "Table Text")


def _facts(builder: DocxBuilder, facts: tuple[Fact, ...]) -> None:
    builder.table(
        (LABEL, 0),
        [TableRow((TableCell((fact.label,), "Table Label"), TableCell(paragraphs(fact.text)))) for fact in facts],
        head=False,
    )


def _slots(builder: DocxBuilder, slots: tuple[Slot, ...]) -> None:
    builder.label_rows([(slot.label, slot.lines) for slot in slots])
