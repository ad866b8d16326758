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
_WHOLE = 100
_FIGURE = 70  # the width of the figure of a share, in tenths of a millimetre
_THINNEST = 20
_NAMED = 190  # the width of "other work", in tenths of a millimetre


def build_docx(document: Document, paper: Paper, mark: bytes | None = None) -> bytes:
    """Build a document of a role as a .docx file; `mark` is the PNG that its stamp names.

    Raises TypeError for a document of another kind, PressFailed for another mark than the one stamped.
    """
    made = DocxBuilder(document, paper, mark)
    write_document_body(made, document.data)
    return made.to_bytes()


def write_document_body(made: DocxBuilder, data: object) -> None:
    """Write the contents of a document of a role. Raises TypeError for another kind of contents."""
    match data:
        case Position() as value:
            _position(made, value)
        case Brief() as value:
            _brief(made, value)
        case Kit() as value:
            write_kit(made, value)
        case Sheet() as value:
            _sheet(made, value)
        case other:
            raise TypeError(f"there is no Word form of {type(other).__name__}")


def _position(made: DocxBuilder, value: Position) -> None:
    made.title_block(made.gettext("Position description"), value.title, paragraphs(value.summary), outside=True)
    if value.facts:
        made.gap()
        labels = tuple(TableCell((fact.label,), "Table Heading", edge="open") for fact in value.facts)
        texts = tuple(TableCell((fact.text,)) for fact in value.facts)
        made.table((0,) * len(labels), [TableRow(labels, tied=True), TableRow(texts)])
    if value.answers:
        with made.keep_together():
            made.heading(made.gettext("Why this role exists"))
            _facts(made, value.answers)
    if value.owned:
        _accountabilities(made, value)
    if any(item.fit for item in value.owned):
        _fit(made, value)
    for title, slots in (
        (gettext_noop("Duties"), value.duties),
        (gettext_noop("Qualifications"), value.qualifications),
    ):
        if slots:
            made.heading(made.gettext(title))
            _slots(made, slots)
    if value.hard_parts:
        made.heading(made.gettext("The hard parts"))
        made.paragraph(made.gettext("Said plainly, because they are part of the work."), "Lead")
        made.bullet_list(value.hard_parts)
    _borders(made, value.borders)
    for title, facts in ((gettext_noop("Pay and benefits"), value.pay), (gettext_noop("Conditions"), value.conditions)):
        if facts:
            with made.keep_together():
                made.heading(made.gettext(title))
                _facts(made, facts)
    _signatures(made)


def _accountabilities(made: DocxBuilder, value: Position) -> None:
    gettext = made.gettext
    lead = gettext("Each is an outcome that this seat owns and no other does.")
    if value.placeholders:
        lead += " " + gettext("The numbers are starting points, to be agreed with the person in the seat.")
    with made.keep_together():
        made.heading(made.gettext("Key accountabilities"))
        made.paragraph(lead, "Lead")
        if value.shares:
            _strip(made, value.shares)
        _owned_outcome(made, 1, value.owned[0])
    for number, item in enumerate(value.owned[1:], 2):
        with made.keep_together():
            _owned_outcome(made, number, item)


def _owned_outcome(made: DocxBuilder, number: int, item: OwnedOutcome) -> None:
    made.heading(item.outcome, 2, number)
    if item.owns:
        made.paragraph(item.owns, "Remit")
    gettext = made.gettext
    essential = gettext("Essential") if item.essential else gettext("Not essential")
    rows = (
        (gettext("Succeeds when"), paragraphs(item.success_factor)),
        (gettext("Early signs"), item.leading),
        (gettext("Results"), item.lagging),
    )
    made.label_rows([row for row in rows if row[1]] + [(essential, paragraphs(item.reason))])


def _strip(made: DocxBuilder, shares: tuple[int, ...]) -> None:
    """Draw the shares of working time as one bar; the remainder is wide enough for its label.

    A part that is too narrow for its figure has it below the bar.
    """
    edges = cycle(("part", "next part"))
    left = _WHOLE - sum(shares)
    room = made.width - (max(_NAMED, made.width * left // _WHOLE) if left else 0)
    widths = [max(_THINNEST, room * share // sum(shares)) for share in shares]
    widths[widths.index(max(widths))] -= sum(widths) - room  # the surplus of the thinnest, or of rounding
    figures = [
        (TextRun(str(at), "Strong"), TextRun(f" {made.translator.percent(share)}"))
        for at, share in enumerate(shares, 1)
    ]
    fits = [made.document.large or width >= _FIGURE for width in widths]
    cells = [
        TableCell((figure if fit else "",), "Table Small", edge=edge)
        for figure, fit, edge in zip(figures, fits, edges, strict=False)
    ]
    below = [
        build_docx
        for figure, fit in zip(figures, fits, strict=True)
        if not fit
        for build_docx in (*figure, TextRun("\u2003"))
    ]
    if left:
        cells.append(TableCell((made.gettext("other work"),), "Table Small", edge="rest"))
        widths.append(0)
    made.table(widths, [TableRow(tuple(cells))], "Open", head=False)
    if below:
        made.paragraph(tuple(below), "Table Small")


def _fit(made: DocxBuilder, value: Position) -> None:
    made.heading(made.gettext("What fits this role"))
    made.paragraph(
        made.gettext(
            "What helps a person succeed, accountability by accountability. Nobody brings all of it on the first day."
        ),
        "Lead",
    )
    lines = [TableRow(tuple(TableCell((label,), "Table Heading") for label in value.fit_labels))]
    for number, item in enumerate((item for item in value.owned if item.fit), 1):
        lines.append(group_row(number, item.outcome, len(value.fit_labels)))
        lines.append(TableRow(tuple(TableCell(texts, "Table Small") for texts in item.fit)))
    made.table((made.width // 4, 0, 0, 0, 0), lines)


def _signatures(made: DocxBuilder) -> None:
    gettext = made.gettext
    with made.keep_together():
        made.heading(gettext("Agreed"))
        made.paragraph(
            gettext(
                "We have read this together and talked about what was unclear. A signature says that, and nothing more."
            ),
            "Lead",
        )
        names = (gettext("Who"), gettext("Name"), gettext("Signature"), gettext("Date"))
        lines = [TableRow(tuple(TableCell((name,), "Table Heading") for name in names))]
        for name, who in (("seat-holder", gettext("Seat holder")), ("leader", gettext("Leader"))):
            fields = (name, f"{name}-signed", f"{name}-date")
            given = (TableCell(answer_text(made, field), edge="line") for field in fields)
            lines.append(TableRow((TableCell((who,), "Table Label", edge="line"), *given), height=100))
        made.table((LABEL, 450, 0, 280), lines)


def _brief(made: DocxBuilder, value: Brief) -> None:
    made.title_block(made.gettext("Accountability brief"), value.title, outside=True)
    if value.place:
        made.paragraph(value.place, "Lead")
        made.gap()
    for text in (made.gettext(_WELCOME), *value.purpose):
        made.paragraph(text, "Letter")
    if value.hard_parts:
        made.heading(made.gettext("The hard parts, which we would rather you heard from us"))
        made.bullet_list(value.hard_parts)
    _borders(made, value.borders)
    if value.outcomes:
        _outcomes(made, value)
    if value.weeks:
        with made.keep_together():
            made.heading(made.gettext("Your first 13 weeks"))
            _slots(made, value.weeks)
    if value.pay:
        with made.keep_together():
            made.heading(made.gettext("Pay and benefits"))
            _facts(made, value.pay)
    _reaction(made, value)


def _outcomes(made: DocxBuilder, value: Brief) -> None:
    gettext = made.gettext
    lead = gettext("Each of these belongs to this role alone.")
    if value.placeholders:
        lead += " " + gettext("The numbers are starting points: we agree yours with you when you begin.")
    with made.keep_together():
        made.heading(made.gettext("What you would own"))
        made.paragraph(lead, "Lead")
        _outcome(made, 1, value.outcomes[0])
    for number, item in enumerate(value.outcomes[1:], 2):
        with made.keep_together():
            _outcome(made, number, item)


def _outcome(made: DocxBuilder, number: int, item: Outcome) -> None:
    made.heading(item.outcome, 2, number)
    if item.success_factor:
        made.paragraph(item.success_factor, "Remit")
    if item.promises:
        gettext = made.gettext
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
        made.table((0, 0), [head, *lines])


def _promise_text(text: str, otherwise: str) -> Text:
    return text or (TextRun(otherwise, "Emphasis"),)


def _reaction(made: DocxBuilder, value: Brief) -> None:
    """Write the candidate's own sheet: what they can do, want to do and would ask."""
    gettext = made.gettext
    made.heading(gettext("Is it for you?"), turn=True)
    made.paragraph(
        gettext(
            "For your own thinking first. Tick 1 for “hardly” to 5 for “very much”. There is no score and no right "
            "answer: we read it to have a better conversation."
        ),
        "Lead",
    )
    signature_boxes(made, (gettext("Your name"), gettext("Date")), ("name", "date"))
    if value.outcomes:
        names = (
            gettext("Outcome, and one example from your own work"),
            gettext("I can do it"),
            gettext("I want to do it"),
        )
        lines = [TableRow(tuple(TableCell((name,), "Table Heading") for name in names))]
        for number, item in enumerate(value.outcomes, 1):
            outcome = (TextRun(str(number), "Small Numeral"), TextRun(item.outcome, tab=True))
            rated = (TableCell((scale(made, f"{what}-{item.key}"),), edge="open") for what in ("can", "want"))
            lines.append(TableRow((TableCell((outcome,), "Table Group", edge="open"), *rated), tied=True))
            lines += blank_rows(made, 2, f"example-{item.key}", len(names))
        made.table((0, 360, 360), lines)
    for at, (name, prompt) in enumerate(_PROMPTS.items()):
        with made.keep_together():
            made.heading(gettext(prompt), 2, turn=at == 0)
            blank_lines(made, 7, name)


def _sheet(made: DocxBuilder, value: Sheet) -> None:
    made.title_block(made.gettext("Starter metrics sheet"), value.title)
    if value.place:
        made.paragraph(value.place, "Lead")
    gettext = made.gettext
    agreed = gettext("Agreed (signature)")
    labels = (gettext("For the 13 weeks from"), gettext("Seat holder"), agreed, gettext("Leader"), agreed)
    signature_boxes(made, labels, ("from", "seat-holder", "seat-holder-signed", "leader", "leader-signed"))
    lead = gettext(
        "One sheet for both of us: the same measures, the same numbers, read from the same place. We change it only "
        "together."
    )
    if value.placeholders:
        lead += " " + gettext("The targets are starting points until we have agreed them.")
    made.heading(gettext("What we measure together"))
    made.paragraph(lead, "Lead")
    if value.groups:
        _measures(made, value.groups)
        _weeks(made, value.groups)


def _measures(made: DocxBuilder, groups: tuple[MeasureGroup, ...]) -> None:
    gettext = made.gettext
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
    made.table((330, 170, 260, 160, 420, 0, 0), lines)


def _measure(line: MeasureLine, otherwise: str) -> TableRow:
    texts = (line.signal, line.target, line.period, line.source, line.you_will)
    promised = _promise_text(line.we_will, otherwise)
    return TableRow(
        (
            TableCell(((TextRun(line.what, "Strong"),),), "Table Small"),
            *(TableCell((text,), "Table Small") for text in texts),
            TableCell((promised,), "Table Small"),
        )
    )


def _weeks(made: DocxBuilder, groups: tuple[MeasureGroup, ...]) -> None:
    made.heading(made.gettext("Thirteen weeks"), turn=True)
    gettext = made.gettext
    made.paragraph(
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
                TableCell(answer_text(made, f"week-{line.key}-{week}"), edge="box")
                if week in line.weeks
                else TableCell()
                for week in range(1, 14)
            ]
            lines.append(TableRow(tuple(cells), height=85, middle=True))
    made.table((80, 0, 320, *[118] * 13), lines, "Open")


def _borders(made: DocxBuilder, borders: tuple[Border, ...]) -> None:
    if borders:
        with made.keep_together():
            made.heading(made.gettext("Who else owns what"))
            made.label_rows([(item.seat, (item.owns,)) for item in borders], 580, "Table Text")


def _facts(made: DocxBuilder, facts: tuple[Fact, ...]) -> None:
    made.table(
        (LABEL, 0),
        [TableRow((TableCell((fact.label,), "Table Label"), TableCell(paragraphs(fact.text)))) for fact in facts],
        head=False,
    )


def _slots(made: DocxBuilder, slots: tuple[Slot, ...]) -> None:
    made.label_rows([(slot.label, slot.lines) for slot in slots])
