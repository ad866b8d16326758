"""The four papers of a role as Word files: the same frozen values and the same words as the printed ones."""

from itertools import cycle

from workbench.documents.filters import paragraphs
from workbench.documents.model import Document, Paper
from workbench.documents.word import LABEL, Cell, Line, Manuscript, Text, Words
from workbench.roles.papers import Asked, Border, Brief, Fact, Group, Kit, Outcome, Owned, Position, Sheet, Slot
from workbench.roles.papers import Line as Measure

_SCALE = tuple(
    words for value in range(1, 6) for words in (Words(f"\u00a0{value}\u00a0", "Score Box"), Words(" "))
)[:-1]  # fmt: skip
_STEPS = (
    ("Same questions, same order, for everybody.", " Read each as it stands; a probe may follow, a hint may not."),
    ("Write down what you hear", " in the candidate’s words, and circle a score against the anchors before you go on."),
    ("Rate alone.", " Finish and sign your own sheet before you talk with anybody else on the panel."),
    ("Leave ten minutes", " for the candidate’s questions, and answer them as plainly as you were answered."),
)
_NEVER = (
    "Age or date of birth. Family, marriage, pregnancy or childcare. Health, disability or sick days. Religion, "
    "origin, native language or citizenship. Politics or union. Arrests, debts or past pay. If the candidate brings "
    "it up, do not write it down and go on with the next question."
)
_WELCOME = (
    "Thank you for your interest in this role. Before we talk, we want you to know what it answers for, how that "
    "shows, and what you can expect from us. Read it with your own plans in mind. If the role is not for you, finding "
    "that out now is a good result for both of us."
)
_PROMPTS = (
    "How do you react to being held to these results, looked at every week?",
    "What would you need from us to do your best work here?",
    "What do you want to ask us?",
)
_CHOICES = ("Definitely not", "No", "Yes", "Strong yes", "No decision")
_TICK = "\u2610"
_WHOLE = 100
_NAMED = 190  # what "other work" takes, in tenths of a millimetre


def word(document: Document, paper: Paper, mark: bytes | None = None) -> bytes:
    """Write one paper of a role as a .docx file; `mark` is the PNG that its stamp names.

    Raises TypeError for a document that is no paper of a role, PressFailed for another mark than the one stamped.
    """
    made = Manuscript(document, paper, mark)
    match document.data:
        case Position() as value:
            _position(made, value)
        case Brief() as value:
            _brief(made, value)
        case Kit() as value:
            _kit(made, value)
        case Sheet() as value:
            _sheet(made, value)
        case other:
            raise TypeError(f"there is no Word form of {type(other).__name__}")
    return made.finish()


def _position(made: Manuscript, value: Position) -> None:
    made.masthead("Position description", value.title, paragraphs(value.summary), outside=True)
    if value.facts:
        made.gap()
        labels = tuple(Cell((fact.label,), "Table Heading", edge="open") for fact in value.facts)
        texts = tuple(Cell((fact.text,)) for fact in value.facts)
        made.table((0,) * len(labels), [Line(labels, tied=True), Line(texts)])
    if value.answers:
        with made.together():
            made.heading("Why this role exists")
            _facts(made, value.answers)
    if value.owned:
        _accountabilities(made, value)
    if any(item.fit for item in value.owned):
        _fit(made, value)
    for title, slots in (("Duties", value.duties), ("Qualifications", value.qualifications)):
        if slots:
            made.heading(title)
            _slots(made, slots)
    if value.hard_parts:
        made.heading("The hard parts")
        made.say("Said plainly, because they belong to the work.", "Lead")
        made.items(value.hard_parts)
    _borders(made, value.borders)
    for title, facts in (("Pay and benefits", value.pay), ("Conditions", value.conditions)):
        if facts:
            with made.together():
                made.heading(title)
                _facts(made, facts)
    _agreed(made)


def _accountabilities(made: Manuscript, value: Position) -> None:
    lead = "Each is an outcome that this seat owns and no other does."
    if value.placeholders:
        lead += " The numbers are starting points, to be agreed with the person in the seat."
    with made.together():
        made.heading("Key accountabilities")
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
    essential = "Essential" if item.essential else "Not essential"
    rows = (
        ("Succeeds when", paragraphs(item.success_factor)),
        ("Early signs", item.leading),
        ("Results", item.lagging),
    )
    made.rows([row for row in rows if row[1]] + [(essential, paragraphs(item.reason))])


def _strip(made: Manuscript, shares: tuple[int, ...]) -> None:
    """Draw how the working time is shared out, as one bar; what is left is wide enough to be named."""
    edges = cycle(("part", "next part"))
    cells = [
        Cell(((Words(str(at), "Strong"), Words(f" {share}%")),), "Table Small", edge=edge)
        for at, (share, edge) in enumerate(zip(shares, edges, strict=False), 1)
    ]
    left = _WHOLE - sum(shares)
    room = made.width - (max(_NAMED, made.width * left // _WHOLE) if left else 0)
    widths = [room * share // sum(shares) for share in shares]
    if left:
        cells.append(Cell(("other work",), "Table Small", edge="rest"))
        widths.append(0)
    made.table(widths, [Line(tuple(cells))], "Open", head=False)


def _fit(made: Manuscript, value: Position) -> None:
    made.heading("What fits this role")
    made.say(
        "What helps a person succeed, accountability by accountability. Nobody brings all of it on the first day.",
        "Lead",
    )
    lines = [Line(tuple(Cell((label,), "Table Heading") for label in value.fit_labels))]
    for number, item in enumerate((item for item in value.owned if item.fit), 1):
        lines.append(_group_line(number, item.outcome, len(value.fit_labels)))
        lines.append(Line(tuple(Cell(texts, "Table Small") for texts in item.fit)))
    made.table((made.width // 4, 0, 0, 0, 0), lines)


def _agreed(made: Manuscript) -> None:
    with made.together():
        made.heading("Agreed")
        made.say(
            "We have read this together and talked about what was unclear. A signature says that, and nothing more.",
            "Lead",
        )
        head = Line(tuple(Cell((name,), "Table Heading") for name in ("Who", "Name", "Signature", "Date")))
        lines = [
            Line((Cell((who,), "Table Label", edge="line"), *[Cell(edge="line")] * 3), height=100)
            for who in ("Seat holder", "Leader")
        ]  # fmt: skip
        made.table((LABEL, 450, 0, 280), [head, *lines])


def _brief(made: Manuscript, value: Brief) -> None:
    made.masthead("Accountability brief", value.title, outside=True)
    if value.place:
        made.say(value.place, "Lead")
        made.gap()
    for text in (_WELCOME, *value.purpose):
        made.say(text, "Letter")
    if value.hard_parts:
        made.heading("The hard parts, which we would rather you heard from us")
        made.items(value.hard_parts)
    _borders(made, value.borders)
    if value.outcomes:
        _outcomes(made, value)
    if value.weeks:
        with made.together():
            made.heading("Your first 13 weeks")
            _slots(made, value.weeks)
    if value.pay:
        with made.together():
            made.heading("Pay and benefits")
            _facts(made, value.pay)
    _reaction(made, value)


def _outcomes(made: Manuscript, value: Brief) -> None:
    lead = "Each of these belongs to this role alone."
    if value.placeholders:
        lead += " The numbers are starting points: we agree yours with you when you begin."
    with made.together():
        made.heading("What you would own")
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
        head = Line(tuple(Cell((name,), "Table Heading") for name in ("How it is measured", "For our part, we will")))
        lines = [
            Line((Cell((promise.measure,)), Cell((_promised(promise.we_will, "not provided yet: please ask us"),))))
            for promise in item.promises
        ]
        made.table((0, 0), [head, *lines])


def _promised(text: str, otherwise: str) -> Text:
    return text or (Words(otherwise, "Emphasis"),)


def _reaction(made: Manuscript, value: Brief) -> None:
    """Write the candidate's own sheet: what they can do, want to do, and would ask."""
    made.heading("Is it for you?", turn=True)
    made.say(
        "For your own thinking first. Tick 1 for “hardly” to 5 for “very much”. There is no score and no right answer: "
        "we read it to have a better conversation.",
        "Lead",
    )
    made.form(("Your name", "Date"))
    if value.outcomes:
        names = ("Outcome, and one example from your own work", "I can do it", "I want to do it")
        lines = [Line(tuple(Cell((name,), "Table Heading") for name in names))]
        for number, item in enumerate(value.outcomes, 1):
            outcome = (Words(str(number), "Small Numeral"), Words(item.outcome, tab=True))
            rated = (Cell((outcome,), "Table Group", edge="open"), *[Cell((_SCALE,), edge="open")] * 2)
            lines += [Line(rated, tied=True), *[Line((Cell(span=3, edge="hair"),), height=90)] * 2]
        made.table((0, 360, 360), lines)
    for at, prompt in enumerate(_PROMPTS):
        with made.together():
            made.heading(prompt, 2, turn=at == 0)
            made.ruled(7)


def _kit(made: Manuscript, value: Kit) -> None:
    made.masthead("Interview kit", value.title)
    made.form(("Candidate", "Interviewer", "Date"), {"Interviewer": value.interviewer})
    made.heading("How to run it")
    for rule, rest in _STEPS:
        made.say((Words(rule, "Strong"), Words(rest)), "List Number")
    made.heading("Not to be asked")
    made.say(_NEVER, "Boxed")
    if value.questions:
        _plan(made, value)
        made.heading("Questions", turn=True)
        for item in value.questions:
            with made.together():
                _asked(made, value, item)
    _scores(made, value)


def _plan(made: Manuscript, value: Kit) -> None:
    made.heading("The questions at a glance")
    head = Line(
        (
            *(Cell((name,), "Table Heading") for name in ("No.", "About", "Kind")),
            *(Cell((name,), "Table Heading Figure") for name in ("Minutes", "So far")),
        )
    )
    lines = [
        Line(
            (
                Cell((str(item.number),), "Table Label"),
                Cell((item.competency or item.owned,)),
                Cell((item.kind.capitalize(),)),
                Cell((str(item.minutes),), "Table Figure"),
                Cell((str(item.until),), "Table Figure"),
            )
        )
        for item in value.questions
    ]
    made.table((100, 0, 300, 200, 200), [head, *lines])


def _asked(made: Manuscript, value: Kit, item: Asked) -> None:
    if item.opens:
        made.say(f"Accountability {item.owner}: {item.owned}", "Group")
    made.heading(item.text, 2, item.number)
    told = f"{item.kind.capitalize()}, {item.minutes} minutes; {item.until} of {value.minutes} when it is answered."
    made.say(told, "Remit")
    rows = (("Probes", item.probes), ("What good looks like", paragraphs(item.good)))
    made.rows([row for row in rows if row[1]])
    head = Line(tuple(Cell((str(score),), "Table Score") for score in range(1, 6)))
    anchors = Line(tuple(Cell((text,), "Table Small") for text in (item.one, "", item.three, "", item.five)))
    made.table((made.width * 23 // 100, 100, made.width * 25 // 100, 100, 0), [head, anchors])
    made.ruled(3)


def _scores(made: Manuscript, value: Kit) -> None:
    made.heading("Score sheet", turn=True)
    made.say("Copy the scores you circled. Write “not asked” rather than guess.", "Lead")
    names = ("No.", "Question about", "Score", "The evidence in a few words")
    lines = [Line(tuple(Cell((name,), "Table Heading") for name in names))]
    for item in value.questions:
        about = Cell((item.competency or item.owned,))
        lines.append(
            Line((Cell((str(item.number),), "Table Label"), about, Cell((_SCALE,)), Cell()), height=85, middle=True)
        )
    made.table((100, 0, 360, 620), lines)
    with made.together():
        made.heading("Should this candidate have the seat?", 2)
        made.table((0,) * len(_CHOICES), [Line(tuple(Cell((f"{_TICK} {choice}",)) for choice in _CHOICES))], head=False)
        made.gap()
        made.say("The reason, in evidence from the answers:", "Lead")
        made.ruled(4)
        made.gap()
        made.say("I asked these questions in this order and rated alone, before talking with the panel.")
        made.form((f"Signature of {value.interviewer}" if value.interviewer else "Interviewer’s signature", "Date"))


def _sheet(made: Manuscript, value: Sheet) -> None:
    made.masthead("Starter metrics sheet", value.title)
    if value.place:
        made.say(value.place, "Lead")
    made.form(("For the 13 weeks from", "Seat holder", "Agreed (signature)", "Leader", "Agreed (signature)"))
    lead = (
        "One sheet for both of us: the same measures, the same numbers, read from the same place. We change it only "
        "together."
    )
    if value.placeholders:
        lead += " The targets are starting points until we have agreed them."
    made.heading("What we measure together")
    made.say(lead, "Lead")
    if value.groups:
        _measures(made, value.groups)
        _weeks(made, value.groups)


def _measures(made: Manuscript, groups: tuple[Group, ...]) -> None:
    names = ("What", "Signal", "Target", "Each", "Read from", "You will", "We will")
    lines = [Line(tuple(Cell((name,), "Table Heading") for name in names))]
    for group in groups:
        lines.append(_group_line(group.number, group.outcome, len(names)))
        lines += [_measure(line) for line in group.lines]
        lines += [Line((Cell(("Still open",), "Table Label"), Cell((gap,), "Table Small", 6))) for gap in group.gaps]
    made.table((330, 170, 260, 160, 420, 0, 0), lines)


def _measure(line: Measure) -> Line:
    texts = (line.signal, line.target, line.period, line.source, line.you_will)
    promised = _promised(line.we_will, "not provided yet")
    return Line(
        (
            Cell(((Words(line.what, "Strong"),),), "Table Small"),
            *(Cell((text,), "Table Small") for text in texts),
            Cell((promised,), "Table Small"),
        )
    )


def _weeks(made: Manuscript, groups: tuple[Group, ...]) -> None:
    made.heading("Thirteen weeks", turn=True)
    made.say(
        "Write the week’s number into each open field. Leading measures are read every week, lagging ones when their "
        "time has come.",
        "Lead",
    )
    head = [Cell((name,), "Table Heading") for name in ("No.", "What", "Target")]
    head += [Cell((str(week),), "Table Heading Centred") for week in range(1, 14)]
    lines = [Line(tuple(head))]
    for group in groups:
        for at, line in enumerate(group.lines):
            number = (Words(str(group.number), "Small Numeral"),) if at == 0 else ""
            cells = [Cell((number,)), Cell((line.what,), "Table Small"), Cell((line.target,), "Table Small")]
            cells += [Cell(edge="box" if week in line.weeks else "") for week in range(1, 14)]
            lines.append(Line(tuple(cells), height=85, middle=True))
    made.table((80, 0, 320, *[118] * 13), lines, "Open")


def _group_line(number: int, outcome: str, columns: int) -> Line:
    words = (Words(str(number), "Small Numeral"), Words(outcome, tab=True))
    return Line((Cell((words,), "Table Group", columns, "open"),), tied=True)


def _borders(made: Manuscript, borders: tuple[Border, ...]) -> None:
    if borders:
        with made.together():
            made.heading("Who else owns what")
            made.rows([(item.seat, (item.owns,)) for item in borders], 580, "Table Text")


def _facts(made: Manuscript, facts: tuple[Fact, ...]) -> None:
    made.table(
        (LABEL, 0),
        [Line((Cell((fact.label,), "Table Label"), Cell(paragraphs(fact.text)))) for fact in facts],
        head=False,
    )


def _slots(made: Manuscript, slots: tuple[Slot, ...]) -> None:
    made.rows([(slot.label, slot.lines) for slot in slots])
