"""The starter metrics sheet as a Word file: the measures, and the 13 weeks to fill in."""

from workbench.documents.word.builder import DocxBuilder
from workbench.documents.word.fields import answer_text, signature_boxes
from workbench.documents.word.table import TableCell, TableRow, TextRun, group_row
from workbench.roles.documents.model import MeasureGroup, MeasureLine, Sheet
from workbench.roles.documents.word.parts import promise_text


def write_starter_metrics(builder: DocxBuilder, value: Sheet) -> None:
    """Write the contents of a starter metrics sheet."""
    builder.title_block(builder.document.kind_title, value.title)
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
    if value.samples:
        lead += " " + gettext("What is marked “not confirmed” is a sample: nobody has promised it yet.")
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
    promise = promise_text(line.we_will, otherwise)
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
