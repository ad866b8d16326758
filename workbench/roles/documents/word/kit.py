"""The interview kit as a Word file: the steps, the plan, the questions with their anchors, and the score sheet."""

from workbench.core.text.translation import gettext_noop
from workbench.documents.model import FillMode
from workbench.documents.page.filters import paragraphs
from workbench.documents.word.builder import DocxBuilder
from workbench.documents.word.fields import (
    answer_text,
    blank_lines,
    decision,
    questions_to_avoid,
    score,
    score_header,
    signature_boxes,
)
from workbench.documents.word.table import TableCell, TableRow, TextRun
from workbench.roles.documents.model import Kit, KitQuestion

_STEPS = (
    (
        gettext_noop("Same questions, same order, for everyone."),
        gettext_noop("Read each as written; a probe may follow, a hint may not."),
    ),
    (
        gettext_noop("Write down what you hear"),
        gettext_noop("in the candidate’s words, and circle a score against the anchors before you go on."),
    ),
    (
        gettext_noop("Rate alone."),
        gettext_noop("Finish and sign your own sheet before you talk to anyone else on the panel."),
    ),
    (
        gettext_noop("Leave ten minutes"),
        gettext_noop("for the candidate’s questions, and answer them as plainly as you were answered."),
    ),
)
_ON_A_SHEET = gettext_noop(
    "in the candidate’s words. The score and its evidence go on that candidate’s score sheet, before you go on."
)


def write_kit(builder: DocxBuilder, value: Kit) -> None:
    """Write the kit of one interviewer, or one without a name."""
    gettext = builder.gettext
    builder.title_block(builder.document.kind_title, value.title)
    interview_date = builder.document.answer("held") or value.interview_date
    if value.sheet:
        labels = (gettext("Candidate"), gettext("Interviewer"), gettext("Date"))
        signature_boxes(builder, labels, ("candidate", "interviewer", "held"), ("", value.interviewer, interview_date))
    elif value.interviewer:
        signature_boxes(
            builder,
            (gettext("Interviewer"), gettext("Date")),
            ("interviewer", "held"),
            (value.interviewer, interview_date),
        )
    builder.heading(gettext("How to run it"))
    steps = _STEPS if value.sheet else (_STEPS[0], (_STEPS[1][0], _ON_A_SHEET), *_STEPS[2:])
    builder.steps([(TextRun(gettext(rule), "Strong"), TextRun(f" {gettext(detail)}")) for rule, detail in steps])
    questions_to_avoid(builder)
    if value.questions:
        _plan(builder, value)
        builder.heading(gettext("Questions"), turn=True)
        for item in value.questions:
            with builder.keep_together():
                _write_question(builder, value, item)
    if value.sheet:
        _scores(builder, value)


def _plan(builder: DocxBuilder, value: Kit) -> None:
    builder.heading(builder.gettext("The questions at a glance"))
    builder.paragraph(value.length, "Lead")
    gettext = builder.gettext
    head = TableRow(
        (
            *(TableCell((name,), "Table Heading") for name in (gettext("No."), gettext("About"), gettext("Kind"))),
            *(TableCell((name,), "Table Heading Figure") for name in (gettext("Minutes"), gettext("So far"))),
        )
    )
    lines = [
        TableRow(
            (
                TableCell((str(item.number),), "Table Label"),
                TableCell((item.competency or item.outcome,)),
                TableCell((item.kind,)),
                TableCell((str(item.minutes),), "Table Figure"),
                TableCell((str(item.until),), "Table Figure"),
            )
        )
        for item in value.questions
    ]
    builder.table((100, 0, 300, 200, 200), [head, *lines])


def _write_question(builder: DocxBuilder, value: Kit, item: KitQuestion) -> None:
    translator = builder.translator
    if item.opens:
        builder.paragraph(
            translator.gettext("Accountability {number}: {outcome}", number=item.owner, outcome=item.outcome), "Group"
        )
    builder.heading(item.text, 2, item.number)
    values = {"kind": item.kind, "minutes": item.minutes, "until": item.until, "all": value.minutes}
    builder.paragraph(
        translator.ngettext(
            "{kind}, {minutes} minute; {until} of {all} used by the end.",
            "{kind}, {minutes} minutes; {until} of {all} used by the end.",
            item.minutes,
            **values,
        ),
        "Remit",
    )
    rows = (
        (translator.gettext("Probes"), item.probes),
        (translator.gettext("What good looks like"), paragraphs(item.what_good_looks_like)),
    )
    builder.label_rows([row for row in rows if row[1]])
    texts = (item.one, "", item.three, "", item.five)
    anchors = TableRow(tuple(TableCell((text,), "Table Small", edge="open") for text in texts))
    widths = (builder.width * 23 // 100, 100, builder.width * 25 // 100, 100, 0)
    builder.table(widths, [score_header(builder, item.key), anchors])
    blank_lines(builder, 3, f"note-{item.key}")


def _scores(builder: DocxBuilder, value: Kit) -> None:
    gettext = builder.gettext
    builder.heading(gettext("Score sheet"), turn=True)
    is_filled_in = builder.document.form is FillMode.FLAT
    builder.paragraph(
        gettext("What the interviewer handed in, as it was written.")
        if is_filled_in
        else gettext("Copy the scores you circled. Write “not asked” rather than guess."),
        "Lead",
    )
    names = (gettext("No."), gettext("Question about"), gettext("Score"), gettext("The evidence in a few words"))
    lines = [TableRow(tuple(TableCell((name,), "Table Heading") for name in names))]
    for item in value.questions:
        number, about = TableCell((str(item.number),), "Table Label"), TableCell((item.competency or item.outcome,))
        evidence = TableCell(answer_text(builder, f"evidence-{item.key}"), edge="hair")
        lines.append(
            TableRow((number, about, TableCell((score(builder, item.key),)), evidence), height=85, middle=True)
        )
    builder.table((100, 0, 360, 620), lines)
    interviewer = value.interviewer
    decision(
        builder,
        4,
        gettext("Signature of {name}", name=interviewer) if interviewer else gettext("Interviewer’s signature"),
    )
