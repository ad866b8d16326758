"""The interview kit as a Word file: the steps, the plan, the questions with their anchors, and the score sheet."""

from workbench.core.translation import house
from workbench.documents.model import Form
from workbench.documents.page.filters import paragraphs
from workbench.documents.word.builder import Manuscript
from workbench.documents.word.fields import answered, decided, never, ruled, score, score_heads, signed
from workbench.documents.word.table import Cell, Line, Words
from workbench.roles.documents.model import Asked, Kit

_STEPS = (
    (
        house("Same questions, same order, for everybody."),
        house("Read each as written; a probe may follow, a hint may not."),
    ),
    (
        house("Write down what you hear"),
        house("in the candidate’s words, and circle a score against the anchors before you go on."),
    ),
    (
        house("Rate alone."),
        house("Finish and sign your own sheet before you talk with anybody else on the panel."),
    ),
    (
        house("Leave ten minutes"),
        house("for the candidate’s questions, and answer them as plainly as you were answered."),
    ),
)
_ON_A_SHEET = house(
    "in the candidate’s words. The score and its evidence go on that candidate’s score sheet, before you go on."
)


def write_kit(made: Manuscript, value: Kit) -> None:
    """Write the kit of one interviewer, or of whoever takes it."""
    say = made.house
    made.masthead(say("Interview kit"), value.title)
    held = made.document.answer("held") or value.held
    if value.sheet:
        labels = (say("Candidate"), say("Interviewer"), say("Date"))
        signed(made, labels, ("candidate", "interviewer", "held"), ("", value.interviewer, held))
    elif value.interviewer:
        signed(made, (say("Interviewer"), say("Date")), ("interviewer", "held"), (value.interviewer, held))
    made.heading(say("How to run it"))
    steps = _STEPS if value.sheet else (_STEPS[0], (_STEPS[1][0], _ON_A_SHEET), *_STEPS[2:])
    made.numbered([(Words(say(rule), "Strong"), Words(f" {say(rest)}")) for rule, rest in steps])
    never(made)
    if value.questions:
        _plan(made, value)
        made.heading(say("Questions"), turn=True)
        for item in value.questions:
            with made.together():
                _asked(made, value, item)
    if value.sheet:
        _scores(made, value)


def _plan(made: Manuscript, value: Kit) -> None:
    made.heading(made.house("The questions at a glance"))
    say = made.house
    head = Line(
        (
            *(Cell((name,), "Table Heading") for name in (say("No."), say("About"), say("Kind"))),
            *(Cell((name,), "Table Heading Figure") for name in (say("Minutes"), say("So far"))),
        )
    )
    lines = [
        Line(
            (
                Cell((str(item.number),), "Table Label"),
                Cell((item.competency or item.owned,)),
                Cell((item.kind,)),
                Cell((str(item.minutes),), "Table Figure"),
                Cell((str(item.until),), "Table Figure"),
            )
        )
        for item in value.questions
    ]
    made.table((100, 0, 300, 200, 200), [head, *lines])


def _asked(made: Manuscript, value: Kit, item: Asked) -> None:
    say = made.house
    if item.opens:
        made.say(say("Accountability {number}: {outcome}", number=item.owner, outcome=item.owned), "Group")
    made.heading(item.text, 2, item.number)
    told = {"kind": item.kind, "minutes": item.minutes, "until": item.until, "all": value.minutes}
    made.say(
        say.ngettext(
            "{kind}, {minutes} minute; {until} of {all} used by the end.",
            "{kind}, {minutes} minutes; {until} of {all} used by the end.",
            item.minutes,
            **told,
        ),
        "Remit",
    )
    rows = ((say("Probes"), item.probes), (say("What good looks like"), paragraphs(item.good)))
    made.rows([row for row in rows if row[1]])
    texts = (item.one, "", item.three, "", item.five)
    anchors = Line(tuple(Cell((text,), "Table Small", edge="open") for text in texts))
    widths = (made.width * 23 // 100, 100, made.width * 25 // 100, 100, 0)
    made.table(widths, [score_heads(made, item.key), anchors])
    ruled(made, 3, f"note-{item.key}")


def _scores(made: Manuscript, value: Kit) -> None:
    say = made.house
    made.heading(say("Score sheet"), turn=True)
    handed_in = made.document.form is Form.FLAT
    made.say(
        say("What the interviewer handed in, as it was written.")
        if handed_in
        else say("Copy the scores you circled. Write “not asked” rather than guess."),
        "Lead",
    )
    names = (say("No."), say("Question about"), say("Score"), say("The evidence in a few words"))
    lines = [Line(tuple(Cell((name,), "Table Heading") for name in names))]
    for item in value.questions:
        number, about = Cell((str(item.number),), "Table Label"), Cell((item.competency or item.owned,))
        evidence = Cell(answered(made, f"evidence-{item.key}"), edge="hair")
        lines.append(Line((number, about, Cell((score(made, item.key),)), evidence), height=85, middle=True))
    made.table((100, 0, 360, 620), lines)
    who = value.interviewer
    decided(made, 4, say("Signature of {name}", name=who) if who else say("Interviewer’s signature"))
