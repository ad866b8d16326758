"""Write the interview schedule and the score sheet as Word documents."""

from workbench.documents.model import FillMode
from workbench.documents.word.builder import DocxBuilder
from workbench.documents.word.fields import answer_text, blank_rows, decision, score, signature_boxes
from workbench.documents.word.table import LABEL, TableCell, TableRow, TextRun
from workbench.hiring.sheets import Schedule, ScoredQuestion, ScoreSheet


def write_schedule(builder: DocxBuilder, value: Schedule) -> None:
    """Write the interview schedule: a table of the talks, and the day of each panel member where the times are known."""
    gettext = builder.gettext
    builder.title_block(gettext("Interview schedule"), value.title)
    labels = (gettext("Date"), gettext("Place or link"), gettext("Who to call when something changes"))
    signature_boxes(builder, labels, ("held", "place", "call"), (value.day, "", ""))
    before = 0
    for at, names in enumerate(value.columns, 1):
        title = gettext("Who meets whom, {at} of {all}", at=at, all=len(value.columns))
        builder.heading(title if len(value.columns) > 1 else gettext("Who meets whom"))
        if at == 1:
            builder.paragraph(_day_rules(builder, value), "Lead")
        head = TableRow(tuple(TableCell((name,), "Table Heading") for name in (gettext("Candidate"), *names)))
        rows = [
            _talk_row(builder, value, row, range(before, before + len(names))) for row in range(len(value.candidates))
        ]
        builder.table((LABEL, *(0,) * len(names)), [head, *rows])
        before += len(names)
    if value.member_days:
        builder.heading(gettext("The day of each panel member"))
        builder.label_rows([(slot.label, slot.lines) for slot in value.member_days])


def _day_rules(builder: DocxBuilder, value: Schedule) -> str:
    """Return the sentence about breaks and lunch, or about filling in the boxes."""
    translator = builder.translator
    if not value.times:
        return translator.gettext(
            "Write the day and the time in each box. Leave fifteen minutes between interviews: the score sheet is "
            "filled in before the next candidate comes in."
        )
    sentence = (
        translator.ngettext(
            "There is {rest} minute between interviews: the score sheet is filled in before the next candidate comes in.",
            "There are {rest} minutes between interviews: the score sheet is filled in before the next candidate comes "
            "in.",
            value.break_minutes,
            rest=value.break_minutes,
        )
        if value.break_minutes
        else translator.gettext("The score sheet is filled in before the next candidate comes in.")
    )
    return f"{sentence} {translator.gettext('Lunch: {span}.', span=value.lunch)}" if value.lunch else sentence


def _talk_row(builder: DocxBuilder, value: Schedule, row: int, columns: range) -> TableRow:
    """Return the interviews of one candidate: with their times, with returned answers, or with boxes to write in."""
    name = TableCell((value.candidates[row],), "Table Label")
    if value.times:
        return TableRow((name, *(TableCell((value.times[row][at],)) for at in columns)))
    boxes = (TableCell(answer_text(builder, f"time-{row + 1}-{at + 1}", lines=True), edge="box") for at in columns)
    return TableRow((name, *boxes), height=120, middle=True)


def write_score_sheet(builder: DocxBuilder, value: ScoreSheet) -> None:
    """Write a score sheet: each question with room for its score and the evidence, then the decision."""
    gettext = builder.gettext
    builder.title_block(gettext("Score sheet"), value.candidate)
    names = (gettext("Role"), gettext("Interviewer"), gettext("Date"))
    labels = tuple(TableCell((name,), "Table Heading", edge="open") for name in names)
    date_text = builder.document.answer("held") or value.interview_date
    date_cell = TableCell((date_text,)) if date_text else TableCell(answer_text(builder, "held"), edge="line")
    builder.table(
        (0, 0, 400),
        [
            TableRow(labels, tied=True),
            TableRow((TableCell((value.title,)), TableCell((value.interviewer,)), date_cell)),
        ],
    )
    builder.heading(gettext("Scores and evidence"))
    is_filled_in = builder.document.form is FillMode.FLAT
    builder.paragraph(
        gettext("What the interviewer handed in, as it was written.")
        if is_filled_in
        else gettext(
            "Circle a score against the anchors in your kit, and write down what you heard. Write “not asked” rather "
            "than guess."
        ),
        "Lead",
    )
    heads = (gettext("No."), gettext("Question"), gettext("Score"))
    lines = [TableRow(tuple(TableCell((name,), "Table Heading") for name in heads))]
    for item in value.questions:
        lines += _question_rows(builder, item)
    builder.table((100, 0, 360), lines)
    decision(builder, 3, gettext("Signature of {name}", name=value.interviewer))


def _question_rows(builder: DocxBuilder, item: ScoredQuestion) -> list[TableRow]:
    question_cell = TableCell(((TextRun(item.about, "Strong"),), item.text), edge="open")
    number = TableCell((str(item.number),), "Table Label", edge="open")
    first_row = TableRow((number, question_cell, TableCell((score(builder, item.key),), edge="open")), tied=True)
    return [first_row, *blank_rows(builder, 2, f"evidence-{item.key}", 3)]
