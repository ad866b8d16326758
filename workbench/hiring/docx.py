"""Write the interview schedule and the score sheet as Word documents."""

from workbench.documents.model import Form
from workbench.documents.word.builder import Manuscript
from workbench.documents.word.fields import answered, decided, ruled_row, score, signed
from workbench.documents.word.table import LABEL, Cell, Line, Words
from workbench.hiring.sheets import Schedule, Scored, ScoreSheet


def write_schedule(made: Manuscript, value: Schedule) -> None:
    """Write the interview schedule: a table of the talks, and the day of each panel member where the times are known."""
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
            "Write the day and the time in each box. Leave fifteen minutes between interviews: the score sheet is "
            "filled in before the next candidate comes in."
        )
    told = (
        say.ngettext(
            "There is {rest} minute between interviews: the score sheet is filled in before the next candidate comes in.",
            "There are {rest} minutes between interviews: the score sheet is filled in before the next candidate comes "
            "in.",
            value.rest,
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


def write_score_sheet(made: Manuscript, value: ScoreSheet) -> None:
    """Write a score sheet: each question with room for its score and the evidence, then the decision."""
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
