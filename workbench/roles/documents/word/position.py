"""The position description as a Word file."""

from itertools import cycle

from workbench.core.text.translation import gettext_noop
from workbench.documents.page.filters import paragraphs
from workbench.documents.word.builder import DocxBuilder
from workbench.documents.word.fields import answer_text
from workbench.documents.word.table import LABEL, TableCell, TableRow, TextRun, group_row
from workbench.roles.documents.model import (
    OwnedOutcome,
    Position,
)
from workbench.roles.documents.word.parts import write_borders, write_facts, write_slots

_ALL_TIME = 100
_MIN_FIGURE_WIDTH = 70  # the width of the figure of a share, in tenths of a millimetre
_MIN_PART_WIDTH = 20
_MIN_REMAINDER_WIDTH = 190  # the width of "other work", in tenths of a millimetre


def write_position(builder: DocxBuilder, value: Position) -> None:
    """Write the contents of a position description."""
    builder.title_block(builder.document.kind_title, value.title, paragraphs(value.summary), outside=True)
    if value.facts:
        builder.gap()
        labels = tuple(TableCell((fact.label,), "Table Heading", edge="open") for fact in value.facts)
        texts = tuple(TableCell((fact.text,)) for fact in value.facts)
        builder.table((0,) * len(labels), [TableRow(labels, tied=True), TableRow(texts)])
    if value.answers:
        with builder.keep_together():
            builder.heading(builder.gettext("Why this role exists"))
            write_facts(builder, value.answers)
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
            write_slots(builder, slots)
    if value.hard_parts:
        builder.heading(builder.gettext("The hard parts"))
        builder.paragraph(builder.gettext("Said plainly, because they are part of the work."), "Lead")
        builder.bullet_list(value.hard_parts)
    write_borders(builder, value.borders)
    for title, facts in ((gettext_noop("Pay and benefits"), value.pay), (gettext_noop("Conditions"), value.conditions)):
        if facts:
            with builder.keep_together():
                builder.heading(builder.gettext(title))
                write_facts(builder, facts)
    _signatures(builder)


def _accountabilities(builder: DocxBuilder, value: Position) -> None:
    gettext = builder.gettext
    lead = gettext("Each is an outcome that this seat owns and no other does.")
    if value.placeholders:
        lead += " " + gettext("The numbers are starting points, to be agreed with the person in the seat.")
    if value.samples:
        lead += " " + gettext("What is marked “not confirmed” is a sample: nobody has promised it yet.")
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
    builder.label_rows([row for row in (*rows, (essential, paragraphs(item.reason))) if row[1]])


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
