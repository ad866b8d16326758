"""The four papers of a role as Word files: the same frozen values and the same words as the printed ones."""

from itertools import cycle

from workbench.core.translation import house
from workbench.documents.model import Document, Paper
from workbench.documents.page.filters import paragraphs
from workbench.documents.word.builder import Manuscript
from workbench.documents.word.fields import answered, ruled, ruled_row, scale, signed
from workbench.documents.word.table import LABEL, Cell, Line, Text, Words, group_line
from workbench.roles.documents.docx_kit import write_kit
from workbench.roles.documents.model import Border, Brief, Fact, Group, Kit, Outcome, Owned, Position, Sheet, Slot
from workbench.roles.documents.model import Line as Measure

_WELCOME = house(
    "Thank you for your interest in this role. Before we talk, we want you to know what it answers for, how "
    "success shows, and what you can expect from us. Read it with your own plans in mind. If the role is not for you, finding "
    "that out now is a good result for both of us."
)
_PROMPTS = {
    "reaction": house("How do you feel about being accountable for these results, reviewed every week?"),
    "needs": house("What would you need from us to do your best work here?"),
    "asks": house("What do you want to ask us?"),
}
_WHOLE = 100
_FIGURE = 70  # what the figure of a share takes, in tenths of a millimetre
_THINNEST = 20
_NAMED = 190  # what "other work" takes, in tenths of a millimetre


def word(document: Document, paper: Paper, mark: bytes | None = None) -> bytes:
    """Write one paper of a role as a .docx file; `mark` is the PNG that its stamp names.

    Raises TypeError for a document that is no paper of a role, PressFailed for another mark than the one stamped.
    """
    made = Manuscript(document, paper, mark)
    write_paper(made, document.data)
    return made.finish()


def write_paper(made: Manuscript, data: object) -> None:
    """Write one paper of a role. Raises TypeError for what is none."""
    match data:
        case Position() as value:
            _position(made, value)
        case Brief() as value:
            _brief(made, value)
        case Kit() as value:
            write_kit(made, value)
        case Sheet() as value:
            _sheet(made, value)
        case other:
            raise TypeError(f"there is no Word form of {type(other).__name__}")


def _position(made: Manuscript, value: Position) -> None:
    made.masthead(made.house("Position description"), value.title, paragraphs(value.summary), outside=True)
    if value.facts:
        made.gap()
        labels = tuple(Cell((fact.label,), "Table Heading", edge="open") for fact in value.facts)
        texts = tuple(Cell((fact.text,)) for fact in value.facts)
        made.table((0,) * len(labels), [Line(labels, tied=True), Line(texts)])
    if value.answers:
        with made.together():
            made.heading(made.house("Why this role exists"))
            _facts(made, value.answers)
    if value.owned:
        _accountabilities(made, value)
    if any(item.fit for item in value.owned):
        _fit(made, value)
    for title, slots in ((house("Duties"), value.duties), (house("Qualifications"), value.qualifications)):
        if slots:
            made.heading(made.house(title))
            _slots(made, slots)
    if value.hard_parts:
        made.heading(made.house("The hard parts"))
        made.say(made.house("Said plainly, because they are part of the work."), "Lead")
        made.items(value.hard_parts)
    _borders(made, value.borders)
    for title, facts in ((house("Pay and benefits"), value.pay), (house("Conditions"), value.conditions)):
        if facts:
            with made.together():
                made.heading(made.house(title))
                _facts(made, facts)
    _agreed(made)


def _accountabilities(made: Manuscript, value: Position) -> None:
    say = made.house
    lead = say("Each is an outcome that this seat owns and no other does.")
    if value.placeholders:
        lead += " " + say("The numbers are starting points, to be agreed with the person in the seat.")
    with made.together():
        made.heading(made.house("Key accountabilities"))
        made.say(lead, "Lead")
        if value.shares:
            _strip(made, value.shares)
        _owned(made, 1, value.owned[0])
    for number, item in enumerate(value.owned[1:], 2):
        with made.together():
            _owned(made, number, item)


def _owned(made: Manuscript, number: int, item: Owned) -> None:
    made.heading(item.outcome, 2, number)
    if item.owns:
        made.say(item.owns, "Remit")
    say = made.house
    essential = say("Essential") if item.essential else say("Not essential")
    rows = (
        (say("Succeeds when"), paragraphs(item.success_factor)),
        (say("Early signs"), item.leading),
        (say("Results"), item.lagging),
    )
    made.rows([row for row in rows if row[1]] + [(essential, paragraphs(item.reason))])


def _strip(made: Manuscript, shares: tuple[int, ...]) -> None:
    """Draw how the working time is shared out, as one bar; what is left is wide enough to be named.

    A part that is too narrow for its figure has it below the bar.
    """
    edges = cycle(("part", "next part"))
    left = _WHOLE - sum(shares)
    room = made.width - (max(_NAMED, made.width * left // _WHOLE) if left else 0)
    widths = [max(_THINNEST, room * share // sum(shares)) for share in shares]
    widths[widths.index(max(widths))] -= sum(widths) - room  # what the thinnest were given, or what rounding left
    figures = [(Words(str(at), "Strong"), Words(f" {made.house.percent(share)}")) for at, share in enumerate(shares, 1)]
    fits = [made.document.large or width >= _FIGURE for width in widths]
    cells = [
        Cell((figure if fit else "",), "Table Small", edge=edge)
        for figure, fit, edge in zip(figures, fits, edges, strict=False)
    ]
    below = [word for figure, fit in zip(figures, fits, strict=True) if not fit for word in (*figure, Words("\u2003"))]
    if left:
        cells.append(Cell((made.house("other work"),), "Table Small", edge="rest"))
        widths.append(0)
    made.table(widths, [Line(tuple(cells))], "Open", head=False)
    if below:
        made.say(tuple(below), "Table Small")


def _fit(made: Manuscript, value: Position) -> None:
    made.heading(made.house("What fits this role"))
    say = made.house
    made.say(
        say("What helps a person succeed, accountability by accountability. Nobody brings all of it on the first day."),
        "Lead",
    )
    lines = [Line(tuple(Cell((label,), "Table Heading") for label in value.fit_labels))]
    for number, item in enumerate((item for item in value.owned if item.fit), 1):
        lines.append(group_line(number, item.outcome, len(value.fit_labels)))
        lines.append(Line(tuple(Cell(texts, "Table Small") for texts in item.fit)))
    made.table((made.width // 4, 0, 0, 0, 0), lines)


def _agreed(made: Manuscript) -> None:
    say = made.house
    with made.together():
        made.heading(say("Agreed"))
        made.say(
            say(
                "We have read this together and talked about what was unclear. A signature says that, and nothing more."
            ),
            "Lead",
        )
        names = (say("Who"), say("Name"), say("Signature"), say("Date"))
        lines = [Line(tuple(Cell((name,), "Table Heading") for name in names))]
        for name, who in (("seat-holder", say("Seat holder")), ("leader", say("Leader"))):
            fields = (name, f"{name}-signed", f"{name}-date")
            given = (Cell(answered(made, field), edge="line") for field in fields)
            lines.append(Line((Cell((who,), "Table Label", edge="line"), *given), height=100))
        made.table((LABEL, 450, 0, 280), lines)


def _brief(made: Manuscript, value: Brief) -> None:
    made.masthead(made.house("Accountability brief"), value.title, outside=True)
    if value.place:
        made.say(value.place, "Lead")
        made.gap()
    for text in (made.house(_WELCOME), *value.purpose):
        made.say(text, "Letter")
    if value.hard_parts:
        made.heading(made.house("The hard parts, which we would rather you heard from us"))
        made.items(value.hard_parts)
    _borders(made, value.borders)
    if value.outcomes:
        _outcomes(made, value)
    if value.weeks:
        with made.together():
            made.heading(made.house("Your first 13 weeks"))
            _slots(made, value.weeks)
    if value.pay:
        with made.together():
            made.heading(made.house("Pay and benefits"))
            _facts(made, value.pay)
    _reaction(made, value)


def _outcomes(made: Manuscript, value: Brief) -> None:
    say = made.house
    lead = say("Each of these belongs to this role alone.")
    if value.placeholders:
        lead += " " + say("The numbers are starting points: we agree yours with you when you begin.")
    with made.together():
        made.heading(made.house("What you would own"))
        made.say(lead, "Lead")
        _outcome(made, 1, value.outcomes[0])
    for number, item in enumerate(value.outcomes[1:], 2):
        with made.together():
            _outcome(made, number, item)


def _outcome(made: Manuscript, number: int, item: Outcome) -> None:
    made.heading(item.outcome, 2, number)
    if item.success_factor:
        made.say(item.success_factor, "Remit")
    if item.promises:
        say = made.house
        names = (say("How it is measured"), say("For our part, we will"))
        head = Line(tuple(Cell((name,), "Table Heading") for name in names))
        lines = [
            Line(
                (Cell((promise.measure,)), Cell((_promised(promise.we_will, say("not provided yet: please ask us")),)))
            )
            for promise in item.promises
        ]
        made.table((0, 0), [head, *lines])


def _promised(text: str, otherwise: str) -> Text:
    return text or (Words(otherwise, "Emphasis"),)


def _reaction(made: Manuscript, value: Brief) -> None:
    """Write the candidate's own sheet: what they can do, want to do, and would ask."""
    say = made.house
    made.heading(say("Is it for you?"), turn=True)
    made.say(
        say(
            "For your own thinking first. Tick 1 for “hardly” to 5 for “very much”. There is no score and no right "
            "answer: we read it to have a better conversation."
        ),
        "Lead",
    )
    signed(made, (say("Your name"), say("Date")), ("name", "date"))
    if value.outcomes:
        names = (say("Outcome, and one example from your own work"), say("I can do it"), say("I want to do it"))
        lines = [Line(tuple(Cell((name,), "Table Heading") for name in names))]
        for number, item in enumerate(value.outcomes, 1):
            outcome = (Words(str(number), "Small Numeral"), Words(item.outcome, tab=True))
            rated = (Cell((scale(made, f"{what}-{item.key}"),), edge="open") for what in ("can", "want"))
            lines.append(Line((Cell((outcome,), "Table Group", edge="open"), *rated), tied=True))
            lines += ruled_row(made, 2, f"example-{item.key}", len(names))
        made.table((0, 360, 360), lines)
    for at, (name, prompt) in enumerate(_PROMPTS.items()):
        with made.together():
            made.heading(say(prompt), 2, turn=at == 0)
            ruled(made, 7, name)


def _sheet(made: Manuscript, value: Sheet) -> None:
    made.masthead(made.house("Starter metrics sheet"), value.title)
    if value.place:
        made.say(value.place, "Lead")
    say = made.house
    agreed = say("Agreed (signature)")
    labels = (say("For the 13 weeks from"), say("Seat holder"), agreed, say("Leader"), agreed)
    signed(made, labels, ("from", "seat-holder", "seat-holder-signed", "leader", "leader-signed"))
    lead = say(
        "One sheet for both of us: the same measures, the same numbers, read from the same place. We change it only "
        "together."
    )
    if value.placeholders:
        lead += " " + say("The targets are starting points until we have agreed them.")
    made.heading(say("What we measure together"))
    made.say(lead, "Lead")
    if value.groups:
        _measures(made, value.groups)
        _weeks(made, value.groups)


def _measures(made: Manuscript, groups: tuple[Group, ...]) -> None:
    say = made.house
    names = (say("What"), say("Signal"), say("Target"), say("Each"), say("Read from"), say("You will"), say("We will"))
    lines = [Line(tuple(Cell((name,), "Table Heading") for name in names))]
    for group in groups:
        lines.append(group_line(group.number, group.outcome, len(names)))
        lines += [_measure(line, say("not provided yet")) for line in group.lines]
        lines += [
            Line((Cell((say("Still open"),), "Table Label"), Cell((gap,), "Table Small", 6))) for gap in group.gaps
        ]
    made.table((330, 170, 260, 160, 420, 0, 0), lines)


def _measure(line: Measure, otherwise: str) -> Line:
    texts = (line.signal, line.target, line.period, line.source, line.you_will)
    promised = _promised(line.we_will, otherwise)
    return Line(
        (
            Cell(((Words(line.what, "Strong"),),), "Table Small"),
            *(Cell((text,), "Table Small") for text in texts),
            Cell((promised,), "Table Small"),
        )
    )


def _weeks(made: Manuscript, groups: tuple[Group, ...]) -> None:
    made.heading(made.house("Thirteen weeks"), turn=True)
    say = made.house
    made.say(
        say(
            "Write the week’s number in each open field. Leading measures are read every week, lagging ones when "
            "they are due."
        ),
        "Lead",
    )
    head = [Cell((name,), "Table Heading") for name in (say("No."), say("What"), say("Target"))]
    head += [Cell((str(week),), "Table Heading Centred") for week in range(1, 14)]
    lines = [Line(tuple(head))]
    for group in groups:
        for at, line in enumerate(group.lines):
            number = (Words(str(group.number), "Small Numeral"),) if at == 0 else ""
            cells = [Cell((number,)), Cell((line.what,), "Table Small"), Cell((line.target,), "Table Small")]
            cells += [
                Cell(answered(made, f"week-{line.key}-{week}"), edge="box") if week in line.weeks else Cell()
                for week in range(1, 14)
            ]
            lines.append(Line(tuple(cells), height=85, middle=True))
    made.table((80, 0, 320, *[118] * 13), lines, "Open")


def _borders(made: Manuscript, borders: tuple[Border, ...]) -> None:
    if borders:
        with made.together():
            made.heading(made.house("Who else owns what"))
            made.rows([(item.seat, (item.owns,)) for item in borders], 580, "Table Text")


def _facts(made: Manuscript, facts: tuple[Fact, ...]) -> None:
    made.table(
        (LABEL, 0),
        [Line((Cell((fact.label,), "Table Label"), Cell(paragraphs(fact.text)))) for fact in facts],
        head=False,
    )


def _slots(made: Manuscript, slots: tuple[Slot, ...]) -> None:
    made.rows([(slot.label, slot.lines) for slot in slots])
