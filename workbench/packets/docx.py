"""Write any document of a packet as a Word file."""

from workbench.core.text.translation import house
from workbench.documents.model import Document, Paper
from workbench.documents.word.builder import DocxBuilder
from workbench.documents.word.fields import questions_to_avoid
from workbench.documents.word.table import TableCell, TableRow, TextRun
from workbench.hiring.docx import write_schedule, write_score_sheet
from workbench.hiring.sheets import Schedule, ScoreSheet
from workbench.packets.contents import Cover, Notice
from workbench.roles.documents.docx import write_document_body

_GUIDE = (
    (
        house("Before"),
        (
            (
                house("Read the position description and the kit once."),
                house("Know which results the seat owns, and what a 1, a 3 and a 5 sound like."),
            ),
            (
                house("Set up the hour."),
                house("A quiet place, the clock in view, one score sheet for each candidate, a pen."),
            ),
        ),
    ),
    (
        house("In the room"),
        (
            (
                house("Same questions, same order, for everyone."),
                house("Read each one as written. Then wait: silence is thinking."),
            ),
            (
                house("Ask for what was done."),
                house("“What did you do first?” “What came of it?” A probe may follow; a hint may not."),
            ),
            (
                house("Write down the candidate’s words,"),
                house("not your opinion of them. Circle the score before the next question."),
            ),
            (
                house("Keep the last ten minutes for their questions."),
                house("Describe the hard parts of the job as plainly as the good ones."),
            ),
        ),
    ),
    (
        house("After"),
        (
            (
                house("Rate alone."),
                house("Finish and sign your sheet before you talk to anyone on the panel."),
            ),
            (
                house("Rate the answers,"),
                house("not the first impression. Compare with the anchors, never with the last candidate."),
            ),
            (
                house("Then meet."),
                house(
                    "Show the scores first, then talk. You may change yours for a reason, which you write beside it."
                ),
            ),
            (
                house("Hand in every sheet,"),
                house("the unfinished ones too. They are the record of a fair decision."),
            ),
        ),
    ),
)
_GUIDE_KIND = "interviewer-guide"


def word(document: Document, paper: Paper, mark: bytes | None = None) -> bytes:
    """Write any paper of a run as a .docx file; `mark` is the PNG that its stamp names.

    Raises TypeError for a document that has no Word form, PressFailed for another mark than the one stamped.
    """
    made = DocxBuilder(document, paper, mark)
    match document.data:
        case Cover() as value:
            _cover(made, value)
        case Schedule() as value:
            write_schedule(made, value)
        case ScoreSheet() as value:
            write_score_sheet(made, value)
        case Notice() as value:
            _notice(made, value)
        case () if document.kind == _GUIDE_KIND:
            _guide(made)
        case other:
            write_document_body(made, other)
    return made.to_bytes()


def _cover(made: DocxBuilder, value: Cover) -> None:
    """Write whose packet it is and what is in it; the numbers of pages are those of a packet that was printed."""
    say = made.house
    made.title_block(value.packet, value.reader, outside=True)
    if value.confidential:
        made.paragraph(
            say(
                "This packet names candidates and holds the questions they are asked. Keep it with you, and hand it back or "
                "delete it after the round."
            ),
            "Lead",
        )
    made.heading(say("What it is about"))
    lines = [TableRow((TableCell((say("Role"),), "Table Heading"), TableCell((say("Edition"),), "Table Heading")))]
    lines += [TableRow((TableCell((role.title,)), TableCell((role.edition,)))) for role in value.roles]
    made.table((0, 500), lines)
    made.heading(say("What is inside"))
    if value.pages:
        _contents(made, value)
        return
    for chapter in value.chapters:
        if chapter.title:
            made.heading(chapter.title, 2)
        made.bullet_list([item.title for item in chapter.items])


def _contents(made: DocxBuilder, value: Cover) -> None:
    """Write the table of contents of a packet that was printed, with the page of each document."""
    say = made.house
    made.paragraph(
        say.ngettext(
            "{pages} page including this one. Each has its packet page number at the foot, in the middle.",
            "{pages} pages including this one. Each has its packet page number at the foot, in the middle.",
            value.pages,
            pages=say.number(value.pages),
        ),
        "Lead",
    )
    lines = [
        TableRow((TableCell((say("Document"),), "Table Heading"), TableCell((say("Page"),), "Table Heading Figure")))
    ]
    for chapter in value.chapters:
        if chapter.title:
            lines.append(TableRow((TableCell((chapter.title,), "Table Group", 2, "open"),), tied=True))
        lines += [
            TableRow((TableCell((item.title,)), TableCell((say.number(item.page),), "Table Figure")))
            for item in chapter.items
        ]
    made.table((0, 200), lines)


def _guide(made: DocxBuilder) -> None:
    say = made.house
    made.title_block(say("Interviewer guide"), say("Fair to everyone, and useful to us"))
    for title, steps in _GUIDE:
        made.heading(say(title))
        made.numbered_list([(TextRun(say(rule), "Strong"), TextRun(f" {say(rest)}")) for rule, rest in steps])
    questions_to_avoid(made)


def _notice(made: DocxBuilder, value: Notice) -> None:
    say = made.house
    made.title_block(say("Not printed"), value.title)
    made.heading(say("This page takes the place of a missing document"))
    made.paragraph(value.reason, "Boxed")
    made.paragraph(say("Please tell the person who printed this packet, and ask for the document on its own."))
