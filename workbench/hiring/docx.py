"""Write the score sheet as a Word document."""

from workbench.documents.model import FillMode
from workbench.documents.word.builder import DocxBuilder
from workbench.documents.word.fields import answer_text, blank_rows, decision, score
from workbench.documents.word.table import TableCell, TableRow, TextRun
from workbench.hiring.sheets import ScoredQuestion, ScoreSheet


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
