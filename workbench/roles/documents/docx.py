"""Build the four documents of a role as Word files, from the same values and with the same words as the printed ones."""

from itertools import cycle

from workbench.core.text.translation import house
from workbench.documents.model import Document, Paper
from workbench.documents.page.filters import paragraphs
from workbench.documents.word.builder import DocxBuilder
from workbench.documents.word.fields import answer_text, scale, signature_boxes, writing_lines, writing_rows
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

_WELCOME = house(
    "Thank you for your interest in this role. Before we talk, we want you to know what it answers for, how "
    "success shows, and what you can expect from us. Read it with your own plans in mind. If the role is not for you, finding "
    "that out now is a good result for both of us."
)
_PROMPTS = {
    "reaction": house("How do you feel about being accountable for these results, reviewed every week?"),
    "needs": house("What would you need from us to do your best work here?"),
    "asks": house("What do you want to ask us?"),
}
_WHOLE = 100
_FIGURE = 70  # what the figure of a share takes, in tenths of a millimetre
_THINNEST = 20
_NAMED = 190  # what "other work" takes, in tenths of a millimetre


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
    made.title_block(made.house("Position description"), value.title, paragraphs(value.summary), outside=True)
    if value.facts:
        made.gap()
        labels = tuple(TableCell((fact.label,), "Table Heading", edge="open") for fact in value.facts)
        texts = tuple(TableCell((fact.text,)) for fact in value.facts)
        made.table((0,) * len(labels), [TableRow(labels, tied=True), TableRow(texts)])
    if value.answers:
        with made.keep_together():
            made.heading(made.house("Why this role exists"))
            _facts(made, value.answers)
    if value.owned:
        _accountabilities(made, value)
    if any(item.fit for item in value.owned):
        _fit(made, value)
    for title, slots in ((house("Duties"), value.duties), (house("Qualifications"), value.qualifications)):
        if slots:
            made.heading(made.house(title))
            _slots(made, slots)
    if value.hard_parts:
        made.heading(made.house("The hard parts"))
        made.paragraph(made.house("Said plainly, because they are part of the work."), "Lead")
        made.bullet_list(value.hard_parts)
    _borders(made, value.borders)
    for title, facts in ((house("Pay and benefits"), value.pay), (house("Conditions"), value.conditions)):
        if facts:
            with made.keep_together():
                made.heading(made.house(title))
                _facts(made, facts)
    _signatures(made)


def _accountabilities(made: DocxBuilder, value: Position) -> None:
    say = made.house
    lead = say("Each is an outcome that this seat owns and no other does.")
    if value.placeholders:
        lead += " " + say("The numbers are starting points, to be agreed with the person in the seat.")
    with made.keep_together():
        made.heading(made.house("Key accountabilities"))
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
    say = made.house
    essential = say("Essential") if item.essential else say("Not essential")
    rows = (
        (say("Succeeds when"), paragraphs(item.success_factor)),
        (say("Early signs"), item.leading),
        (say("Results"), item.lagging),
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
    widths[widths.index(max(widths))] -= sum(widths) - room  # what the thinnest were given, or what rounding left
    figures = [
        (TextRun(str(at), "Strong"), TextRun(f" {made.house.percent(share)}")) for at, share in enumerate(shares, 1)
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
        cells.append(TableCell((made.house("other work"),), "Table Small", edge="rest"))
        widths.append(0)
    made.table(widths, [TableRow(tuple(cells))], "Open", head=False)
    if below:
        made.paragraph(tuple(below), "Table Small")


def _fit(made: DocxBuilder, value: Position) -> None:
    made.heading(made.house("What fits this role"))
    say = made.house
    made.paragraph(
        say("What helps a person succeed, accountability by accountability. Nobody brings all of it on the first day."),
        "Lead",
    )
    lines = [TableRow(tuple(TableCell((label,), "Table Heading") for label in value.fit_labels))]
    for number, item in enumerate((item for item in value.owned if item.fit), 1):
        lines.append(group_row(number, item.outcome, len(value.fit_labels)))
        lines.append(TableRow(tuple(TableCell(texts, "Table Small") for texts in item.fit)))
    made.table((made.width // 4, 0, 0, 0, 0), lines)


def _signatures(made: DocxBuilder) -> None:
    say = made.house
    with made.keep_together():
        made.heading(say("Agreed"))
        made.paragraph(
            say(
                "We have read this together and talked about what was unclear. A signature says that, and nothing more."
            ),
            "Lead",
        )
        names = (say("Who"), say("Name"), say("Signature"), say("Date"))
        lines = [TableRow(tuple(TableCell((name,), "Table Heading") for name in names))]
        for name, who in (("seat-holder", say("Seat holder")), ("leader", say("Leader"))):
            fields = (name, f"{name}-signed", f"{name}-date")
            given = (TableCell(answer_text(made, field), edge="line") for field in fields)
            lines.append(TableRow((TableCell((who,), "Table Label", edge="line"), *given), height=100))
        made.table((LABEL, 450, 0, 280), lines)


def _brief(made: DocxBuilder, value: Brief) -> None:
    made.title_block(made.house("Accountability brief"), value.title, outside=True)
    if value.place:
        made.paragraph(value.place, "Lead")
        made.gap()
    for text in (made.house(_WELCOME), *value.purpose):
        made.paragraph(text, "Letter")
    if value.hard_parts:
        made.heading(made.house("The hard parts, which we would rather you heard from us"))
        made.bullet_list(value.hard_parts)
    _borders(made, value.borders)
    if value.outcomes:
        _outcomes(made, value)
    if value.weeks:
        with made.keep_together():
            made.heading(made.house("Your first 13 weeks"))
            _slots(made, value.weeks)
    if value.pay:
        with made.keep_together():
            made.heading(made.house("Pay and benefits"))
            _facts(made, value.pay)
    _reaction(made, value)


def _outcomes(made: DocxBuilder, value: Brief) -> None:
    say = made.house
    lead = say("Each of these belongs to this role alone.")
    if value.placeholders:
        lead += " " + say("The numbers are starting points: we agree yours with you when you begin.")
    with made.keep_together():
        made.heading(made.house("What you would own"))
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
        say = made.house
        names = (say("How it is measured"), say("For our part, we will"))
        head = TableRow(tuple(TableCell((name,), "Table Heading") for name in names))
        lines = [
            TableRow(
                (
                    TableCell((promise.measure,)),
                    TableCell((_promise_text(promise.we_will, say("not provided yet: please ask us")),)),
                )
            )
            for promise in item.promises
        ]
        made.table((0, 0), [head, *lines])


def _promise_text(text: str, otherwise: str) -> Text:
    return text or (TextRun(otherwise, "Emphasis"),)


def _reaction(made: DocxBuilder, value: Brief) -> None:
    """Write the candidate's own sheet: what they can do, want to do and would ask."""
    say = made.house
    made.heading(say("Is it for you?"), turn=True)
    made.paragraph(
        say(
            "For your own thinking first. Tick 1 for “hardly” to 5 for “very much”. There is no score and no right "
            "answer: we read it to have a better conversation."
        ),
        "Lead",
    )
    signature_boxes(made, (say("Your name"), say("Date")), ("name", "date"))
    if value.outcomes:
        names = (say("Outcome, and one example from your own work"), say("I can do it"), say("I want to do it"))
        lines = [TableRow(tuple(TableCell((name,), "Table Heading") for name in names))]
        for number, item in enumerate(value.outcomes, 1):
            outcome = (TextRun(str(number), "Small Numeral"), TextRun(item.outcome, tab=True))
            rated = (TableCell((scale(made, f"{what}-{item.key}"),), edge="open") for what in ("can", "want"))
            lines.append(TableRow((TableCell((outcome,), "Table Group", edge="open"), *rated), tied=True))
            lines += writing_rows(made, 2, f"example-{item.key}", len(names))
        made.table((0, 360, 360), lines)
    for at, (name, prompt) in enumerate(_PROMPTS.items()):
        with made.keep_together():
            made.heading(say(prompt), 2, turn=at == 0)
            writing_lines(made, 7, name)


def _sheet(made: DocxBuilder, value: Sheet) -> None:
    made.title_block(made.house("Starter metrics sheet"), value.title)
    if value.place:
        made.paragraph(value.place, "Lead")
    say = made.house
    agreed = say("Agreed (signature)")
    labels = (say("For the 13 weeks from"), say("Seat holder"), agreed, say("Leader"), agreed)
    signature_boxes(made, labels, ("from", "seat-holder", "seat-holder-signed", "leader", "leader-signed"))
    lead = say(
        "One sheet for both of us: the same measures, the same numbers, read from the same place. We change it only "
        "together."
    )
    if value.placeholders:
        lead += " " + say("The targets are starting points until we have agreed them.")
    made.heading(say("What we measure together"))
    made.paragraph(lead, "Lead")
    if value.groups:
        _measures(made, value.groups)
        _weeks(made, value.groups)


def _measures(made: DocxBuilder, groups: tuple[MeasureGroup, ...]) -> None:
    say = made.house
    names = (say("What"), say("Signal"), say("Target"), say("Each"), say("Read from"), say("You will"), say("We will"))
    lines = [TableRow(tuple(TableCell((name,), "Table Heading") for name in names))]
    for group in groups:
        lines.append(group_row(group.number, group.outcome, len(names)))
        lines += [_measure(line, say("not provided yet")) for line in group.lines]
        lines += [
            TableRow((TableCell((say("Still open"),), "Table Label"), TableCell((gap,), "Table Small", 6)))
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
    made.heading(made.house("Thirteen weeks"), turn=True)
    say = made.house
    made.paragraph(
        say(
            "Write the week’s number in each open field. Leading measures are read every week, lagging ones when "
            "they are due."
        ),
        "Lead",
    )
    head = [TableCell((name,), "Table Heading") for name in (say("No."), say("What"), say("Target"))]
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
            made.heading(made.house("Who else owns what"))
            made.label_rows([(item.seat, (item.owns,)) for item in borders], 580, "Table Text")


def _facts(made: DocxBuilder, facts: tuple[Fact, ...]) -> None:
    made.table(
        (LABEL, 0),
        [TableRow((TableCell((fact.label,), "Table Label"), TableCell(paragraphs(fact.text)))) for fact in facts],
        head=False,
    )


def _slots(made: DocxBuilder, slots: tuple[Slot, ...]) -> None:
    made.label_rows([(slot.label, slot.lines) for slot in slots])
