"""Write any document of a packet as a Word file."""

from workbench.core.text.translation import gettext_noop
from workbench.documents.model import Document, Paper
from workbench.documents.word.builder import DocxBuilder
from workbench.documents.word.fields import questions_to_avoid
from workbench.documents.word.table import TableCell, TableRow, TextRun
from workbench.hiring.docx import write_schedule, write_score_sheet
from workbench.hiring.sheets import Schedule, ScoreSheet
from workbench.packets.contents import Cover, Notice
from workbench.roles.documents.word.document import write_document_body

_GUIDE = (
    (
        gettext_noop("Before"),
        (
            (
                gettext_noop("Read the position description and the kit once."),
                gettext_noop("Know which results the seat owns, and what a 1, a 3 and a 5 sound like."),
            ),
            (
                gettext_noop("Set up the hour."),
                gettext_noop("A quiet place, the clock in view, one score sheet for each candidate, a pen."),
            ),
        ),
    ),
    (
        gettext_noop("In the room"),
        (
            (
                gettext_noop("Same questions, same order, for everyone."),
                gettext_noop("Read each one as written. Then wait: silence is thinking."),
            ),
            (
                gettext_noop("Ask for what was done."),
                gettext_noop("“What did you do first?” “What came of it?” A probe may follow; a hint may not."),
            ),
            (
                gettext_noop("Write down the candidate’s words,"),
                gettext_noop("not your opinion of them. Circle the score before the next question."),
            ),
            (
                gettext_noop("Keep the last ten minutes for their questions."),
                gettext_noop("Describe the hard parts of the job as plainly as the good ones."),
            ),
        ),
    ),
    (
        gettext_noop("After"),
        (
            (
                gettext_noop("Rate alone."),
                gettext_noop("Finish and sign your sheet before you talk to anyone on the panel."),
            ),
            (
                gettext_noop("Rate the answers,"),
                gettext_noop("not the first impression. Compare with the anchors, never with the last candidate."),
            ),
            (
                gettext_noop("Then meet."),
                gettext_noop(
                    "Show the scores first, then talk. You may change yours for a reason, which you write beside it."
                ),
            ),
            (
                gettext_noop("Hand in every sheet,"),
                gettext_noop("the unfinished ones too. They are the record of a fair decision."),
            ),
        ),
    ),
)
_GUIDE_KIND = "interviewer-guide"


def word(document: Document, paper: Paper, logo: bytes | None = None) -> bytes:
    """Write any document of a run as a .docx file; `logo` is the PNG of the logo that its stamp names.

    Raises TypeError for a document that has no Word form, PressFailed for another logo than the one of the stamp.
    """
    builder = DocxBuilder(document, paper, logo)
    match document.data:
        case Cover() as value:
            _cover(builder, value)
        case Schedule() as value:
            write_schedule(builder, value)
        case ScoreSheet() as value:
            write_score_sheet(builder, value)
        case Notice() as value:
            _notice(builder, value)
        case () if document.kind == _GUIDE_KIND:
            _guide(builder)
        case _:
            write_document_body(builder)
    return builder.to_bytes()


def _cover(builder: DocxBuilder, value: Cover) -> None:
    """Write the reader and the contents of a packet; page numbers are those of the printed packet."""
    gettext = builder.gettext
    builder.title_block(value.packet, value.reader, outside=True)
    if value.confidential:
        builder.paragraph(
            gettext(
                "This packet names candidates and holds the questions they are asked. Keep it with you, and hand it back or "
                "delete it after the round."
            ),
            "Lead",
        )
    builder.heading(gettext("What it is about"))
    lines = [
        TableRow(
            (
                TableCell((gettext("Role"),), "Table Heading"),
                TableCell((gettext("Edition"),), "Table Heading"),
            )
        )
    ]
    lines += [TableRow((TableCell((role.title,)), TableCell((role.edition,)))) for role in value.roles]
    builder.table((0, 500), lines)
    builder.heading(gettext("What is inside"))
    if value.pages:
        _contents(builder, value)
        return
    for chapter in value.chapters:
        if chapter.title:
            builder.heading(chapter.title, 2)
        builder.bullet_list([item.title for item in chapter.items])


def _contents(builder: DocxBuilder, value: Cover) -> None:
    """Write the table of contents of a packet that was printed, with the page of each document."""
    translator = builder.translator
    builder.paragraph(
        translator.ngettext(
            "{pages} page including this one. Each has its packet page number at the foot, in the middle.",
            "{pages} pages including this one. Each has its packet page number at the foot, in the middle.",
            value.pages,
            pages=translator.number(value.pages),
        ),
        "Lead",
    )
    lines = [
        TableRow(
            (
                TableCell((translator.gettext("Document"),), "Table Heading"),
                TableCell((translator.gettext("Page"),), "Table Heading Figure"),
            )
        )
    ]
    for chapter in value.chapters:
        if chapter.title:
            lines.append(TableRow((TableCell((chapter.title,), "Table Group", 2, "open"),), tied=True))
        lines += [
            TableRow((TableCell((item.title,)), TableCell((translator.number(item.page),), "Table Figure")))
            for item in chapter.items
        ]
    builder.table((0, 200), lines)


def _guide(builder: DocxBuilder) -> None:
    gettext = builder.gettext
    builder.title_block(gettext("Interviewer guide"), gettext("Fair to everyone, and useful to us"))
    for title, steps in _GUIDE:
        builder.heading(gettext(title))
        builder.steps([(TextRun(gettext(rule), "Strong"), TextRun(f" {gettext(detail)}")) for rule, detail in steps])
    questions_to_avoid(builder)


def _notice(builder: DocxBuilder, value: Notice) -> None:
    gettext = builder.gettext
    builder.title_block(gettext("Not printed"), value.title)
    builder.heading(gettext("This page takes the place of a missing document"))
    builder.paragraph(value.reason, "Boxed")
    builder.paragraph(gettext("Please tell the person who printed this packet, and ask for the document on its own."))
