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


def write_kit(made: DocxBuilder, value: Kit) -> None:
    """Write the kit of one interviewer, or one without a name."""
    gettext = made.gettext
    made.title_block(gettext("Interview kit"), value.title)
    held = made.document.answer("held") or value.interview_date
    if value.sheet:
        labels = (gettext("Candidate"), gettext("Interviewer"), gettext("Date"))
        signature_boxes(made, labels, ("candidate", "interviewer", "held"), ("", value.interviewer, held))
    elif value.interviewer:
        signature_boxes(
            made,
            (gettext("Interviewer"), gettext("Date")),
            ("interviewer", "held"),
            (value.interviewer, held),
        )
    made.heading(gettext("How to run it"))
    steps = _STEPS if value.sheet else (_STEPS[0], (_STEPS[1][0], _ON_A_SHEET), *_STEPS[2:])
    made.steps([(TextRun(gettext(rule), "Strong"), TextRun(f" {gettext(rest)}")) for rule, rest in steps])
    questions_to_avoid(made)
    if value.questions:
        _plan(made, value)
        made.heading(gettext("Questions"), turn=True)
        for item in value.questions:
            with made.keep_together():
                _write_question(made, value, item)
    if value.sheet:
        _scores(made, value)


def _plan(made: DocxBuilder, value: Kit) -> None:
    made.heading(made.gettext("The questions at a glance"))
    gettext = made.gettext
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
                TableCell((item.competency or item.owned,)),
                TableCell((item.kind,)),
                TableCell((str(item.minutes),), "Table Figure"),
                TableCell((str(item.until),), "Table Figure"),
            )
        )
        for item in value.questions
    ]
    made.table((100, 0, 300, 200, 200), [head, *lines])


def _write_question(made: DocxBuilder, value: Kit, item: KitQuestion) -> None:
    translator = made.translator
    if item.opens:
        made.paragraph(
            translator.gettext("Accountability {number}: {outcome}", number=item.owner, outcome=item.owned), "Group"
        )
    made.heading(item.text, 2, item.number)
    told = {"kind": item.kind, "minutes": item.minutes, "until": item.until, "all": value.minutes}
    made.paragraph(
        translator.ngettext(
            "{kind}, {minutes} minute; {until} of {all} used by the end.",
            "{kind}, {minutes} minutes; {until} of {all} used by the end.",
            item.minutes,
            **told,
        ),
        "Remit",
    )
    rows = (
        (translator.gettext("Probes"), item.probes),
        (translator.gettext("What good looks like"), paragraphs(item.what_good_looks_like)),
    )
    made.label_rows([row for row in rows if row[1]])
    texts = (item.one, "", item.three, "", item.five)
    anchors = TableRow(tuple(TableCell((text,), "Table Small", edge="open") for text in texts))
    widths = (made.width * 23 // 100, 100, made.width * 25 // 100, 100, 0)
    made.table(widths, [score_header(made, item.key), anchors])
    blank_lines(made, 3, f"note-{item.key}")


def _scores(made: DocxBuilder, value: Kit) -> None:
    gettext = made.gettext
    made.heading(gettext("Score sheet"), turn=True)
    handed_in = made.document.form is FillMode.FLAT
    made.paragraph(
        gettext("What the interviewer handed in, as it was written.")
        if handed_in
        else gettext("Copy the scores you circled. Write “not asked” rather than guess."),
        "Lead",
    )
    names = (gettext("No."), gettext("Question about"), gettext("Score"), gettext("The evidence in a few words"))
    lines = [TableRow(tuple(TableCell((name,), "Table Heading") for name in names))]
    for item in value.questions:
        number, about = TableCell((str(item.number),), "Table Label"), TableCell((item.competency or item.owned,))
        evidence = TableCell(answer_text(made, f"evidence-{item.key}"), edge="hair")
        lines.append(TableRow((number, about, TableCell((score(made, item.key),)), evidence), height=85, middle=True))
    made.table((100, 0, 360, 620), lines)
    who = value.interviewer
    decision(
        made,
        4,
        gettext("Signature of {name}", name=who) if who else gettext("Interviewer’s signature"),
    )
