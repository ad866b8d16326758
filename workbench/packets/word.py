"""All papers of a packet as Word files: those of a role by the roles, and here what a packet has beside them."""

from workbench.core.translation import house
from workbench.documents.model import Document, Form, Paper
from workbench.documents.word.builder import Manuscript
from workbench.documents.word.fields import answered, decided, never, ruled_row, score, signed
from workbench.documents.word.table import LABEL, Cell, Line, Words
from workbench.packets.papers import Cover, Notice, Schedule, Scored, ScoreSheet
from workbench.roles.word import write_paper

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
                house("Same questions, same order, for everybody."),
                house("Read each one as it stands. Then wait: silence is thinking."),
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
                house("Tell the hard parts of the job as plainly as the good ones."),
            ),
        ),
    ),
    (
        house("After"),
        (
            (
                house("Rate alone."),
                house("Finish and sign your sheet before you talk with anybody on the panel."),
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
    made = Manuscript(document, paper, mark)
    match document.data:
        case Cover() as value:
            _cover(made, value)
        case Schedule() as value:
            _schedule(made, value)
        case ScoreSheet() as value:
            _score_sheet(made, value)
        case Notice() as value:
            _notice(made, value)
        case () if document.kind == _GUIDE_KIND:
            _guide(made)
        case other:
            write_paper(made, other)
    return made.finish()


def _cover(made: Manuscript, value: Cover) -> None:
    """Write whose packet it is and what is in it; the numbers of pages are those of a packet that was printed."""
    say = made.house
    made.masthead(value.packet, value.reader, outside=True)
    if value.confidential:
        made.say(
            say(
                "This packet names candidates and holds the questions they are asked. Keep it with you, and hand it back or "
                "delete it after the round."
            ),
            "Lead",
        )
    made.heading(say("What it is about"))
    lines = [Line((Cell((say("Role"),), "Table Heading"), Cell((say("Edition"),), "Table Heading")))]
    lines += [Line((Cell((role.title,)), Cell((role.edition,)))) for role in value.roles]
    made.table((0, 500), lines)
    made.heading(say("What is inside"))
    if not value.pages:
        for chapter in value.chapters:
            if chapter.title:
                made.heading(chapter.title, 2)
            made.items([item.title for item in chapter.items])
        return
    made.say(
        say(
            "{pages} pages with this one. The page of the packet stands in the middle at the foot of each.",
            pages=say.number(value.pages),
        ),
        "Lead",
    )
    lines = [Line((Cell((say("Document"),), "Table Heading"), Cell((say("Page"),), "Table Heading Figure")))]
    for chapter in value.chapters:
        if chapter.title:
            lines.append(Line((Cell((chapter.title,), "Table Group", 2, "open"),), tied=True))
        lines += [Line((Cell((item.title,)), Cell((say.number(item.page),), "Table Figure"))) for item in chapter.items]
    made.table((0, 200), lines)


def _schedule(made: Manuscript, value: Schedule) -> None:
    say = made.house
    made.masthead(say("Interview schedule"), value.title)
    labels = (say("Date"), say("Place or link"), say("Who to call when something changes"))
    signed(made, labels, ("held", "place", "call"), (value.day, "", ""))
    before = 0
    for at, names in enumerate(value.columns, 1):
        title = say("Who meets whom, {at} of {all}", at=at, all=len(value.columns))
        made.heading(title if len(value.columns) > 1 else say("Who meets whom"))
        if at == 1:
            made.say(_rules(made, value), "Lead")
        head = Line(tuple(Cell((name,), "Table Heading") for name in (say("Candidate"), *names)))
        rows = [_meetings(made, value, row, range(before, before + len(names))) for row in range(len(value.candidates))]
        made.table((LABEL, *(0,) * len(names)), [head, *rows])
        before += len(names)
    if value.own:
        made.heading(say("The day of each panel member"))
        made.rows([(slot.label, slot.lines) for slot in value.own])


def _rules(made: Manuscript, value: Schedule) -> str:
    """Say how the day goes, or what is written into the boxes."""
    say = made.house
    if not value.times:
        return say(
            "Write the day and the time into each box. Leave fifteen minutes between two talks: the score sheet is "
            "filled in before the next candidate comes in."
        )
    told = (
        say(
            "Between two talks there are {rest} minutes: the score sheet is filled in before the next candidate comes "
            "in.",
            rest=value.rest,
        )
        if value.rest
        else say("The score sheet is filled in before the next candidate comes in.")
    )
    return f"{told} {say('Lunch: {span}.', span=value.lunch)}" if value.lunch else told


def _meetings(made: Manuscript, value: Schedule, row: int, columns: range) -> Line:
    """Give the talks of one candidate: with their times, with what was written in, or with boxes for the hand."""
    name = Cell((value.candidates[row],), "Table Label")
    if value.times:
        return Line((name, *(Cell((value.times[row][at],)) for at in columns)))
    boxes = (Cell(answered(made, f"time-{row + 1}-{at + 1}", lines=True), edge="box") for at in columns)
    return Line((name, *boxes), height=120, middle=True)


def _guide(made: Manuscript) -> None:
    say = made.house
    made.masthead(say("Interviewer guide"), say("Fair to everyone, and useful to us"))
    for title, steps in _GUIDE:
        made.heading(say(title))
        made.numbered([(Words(say(rule), "Strong"), Words(f" {say(rest)}")) for rule, rest in steps])
    never(made)


def _score_sheet(made: Manuscript, value: ScoreSheet) -> None:
    say = made.house
    made.masthead(say("Score sheet"), value.candidate)
    names = (say("Role"), say("Interviewer"), say("Date"))
    labels = tuple(Cell((name,), "Table Heading", edge="open") for name in names)
    known = made.document.answer("held") or value.held
    held = Cell((known,)) if known else Cell(answered(made, "held"), edge="line")
    made.table((0, 0, 400), [Line(labels, tied=True), Line((Cell((value.title,)), Cell((value.interviewer,)), held))])
    made.heading(say("Scores and evidence"))
    handed_in = made.document.form is Form.FLAT
    made.say(
        say("What the interviewer handed in, as it was written.")
        if handed_in
        else say(
            "Circle a score against the anchors in your kit, and write down what you heard. Write “not asked” rather "
            "than guess."
        ),
        "Lead",
    )
    heads = (say("No."), say("Question"), say("Score"))
    lines = [Line(tuple(Cell((name,), "Table Heading") for name in heads))]
    for item in value.questions:
        lines += _scored(made, item)
    made.table((100, 0, 360), lines)
    decided(made, 3, say("Signature of {name}", name=value.interviewer))


def _scored(made: Manuscript, item: Scored) -> list[Line]:
    asked = Cell(((Words(item.about, "Strong"),), item.text), edge="open")
    number = Cell((str(item.number),), "Table Label", edge="open")
    rated = Line((number, asked, Cell((score(made, item.key),), edge="open")), tied=True)
    return [rated, *ruled_row(made, 2, f"evidence-{item.key}", 3)]


def _notice(made: Manuscript, value: Notice) -> None:
    say = made.house
    made.masthead(say("Not printed"), value.title)
    made.heading(say("This page stands where a document is missing"))
    made.say(value.reason, "Boxed")
    made.say(say("Please tell the person who printed this packet, and ask for the document on its own."))
