"""Build the accountability brief of a candidate: the role on one page, and the terms with a part to answer on the other."""

from collections.abc import Iterator
from dataclasses import replace

from workbench.core.text.translation import Translator, gettext_noop, load_translator
from workbench.documents.blocks.inline import TextLook, strong
from workbench.documents.blocks.model import (
    Block,
    Break,
    Bullets,
    Cell,
    Column,
    Field,
    Fields,
    FigureRows,
    Group,
    Heading,
    Paragraph,
    Row,
    Rows,
    RuledLines,
    Scale,
    SideBySide,
    Table,
    TableRow,
    Title,
)
from workbench.documents.model import Document, Stamp
from workbench.roles.compliance.documents import candidate_blocks
from workbench.roles.compliance.model import LawKind
from workbench.roles.documents.figures import figure_row, purpose_sentence
from workbench.roles.documents.kinds import DOCUMENTS, document_of_role
from workbench.roles.documents.parts import pay_facts, printed_fields
from workbench.roles.documents.weeks.first_weeks import first_weeks
from workbench.roles.model import Role

_WELCOME = gettext_noop(
    "Before we talk, we want you to know what this role answers for, how success shows, and what you can expect from us. If it "
    "is not for you, finding that out now is a good result for both of us."
)
_ADJUSTMENTS = gettext_noop(
    "If you need anything for the interview, such as another time, a quiet room or the questions in writing, tell us. It does "
    "not count against you."
)
_PROMPTS = (
    ("reaction", gettext_noop("What speaks to you in this role, and what makes you hesitate?")),
    ("needs", gettext_noop("What would you need from us to do your best work here?")),
    ("asks", gettext_noop("What do you want to ask us?")),
)
_LINES = 2  # for each prompt
_COLUMN_WIDTHS = (57, 43)  # percent; the hard parts are longer


def accountability_brief(role: Role, stamp: Stamp, language: str = "en") -> Document:
    """Build the brief of a candidate on two pages: outcomes as figures, hard parts and neighbours; terms, next steps and answer.

    It holds no questions, anchors, shares of time or notes, and pay only when it is released.
    """
    role = role.without_unreleased_pay()
    translator = load_translator(language)
    kind = DOCUMENTS["accountability-brief"]
    kind_title = translator.gettext(kind.title)
    blocks: tuple[Block, ...] = (
        Title(kind_title, role.title, purpose_sentence(role), outside=True),
        Paragraph(translator.gettext(_WELCOME), TextLook.LEAD),
        *_role(role, translator),
        Group(tuple(_terms(role, translator))),
        *_answer(role, translator),
    )
    document = document_of_role(kind.kind, role, blocks, stamp, language)
    return replace(document, tight=True)


def _role(role: Role, translator: Translator) -> Iterator[Block]:
    """Yield what the first page says: outcomes, hard parts, and who else owns what."""
    gettext = translator.gettext
    if role.accountabilities:
        rows = [figure_row(at, item, role, translator) for at, item in enumerate(role.accountabilities, 1)]
        promised = any(row.ours for row in rows)
        otherwise = (gettext("not provided yet: please ask us"),) if promised else ()
        ours = gettext("For our part, we will") if promised else ""
        labels = (gettext("What you would own"), gettext("Early sign"), gettext("Result"), ours)
        yield FigureRows(labels, tuple(replace(row, share=0, ours=row.ours or otherwise) for row in rows))
        if not promised:
            yield Paragraph(gettext("What we do for our part is not written down yet: please ask us."), TextLook.QUIET)
        if any(not each.agreed for _, each in role.expectations()):
            note = gettext("The numbers are starting points: we agree yours with you when you begin.")
            yield Paragraph(note, TextLook.QUIET)
        if role.samples:
            note = gettext("What is marked “not confirmed” is a sample: nobody has promised it yet.")
            yield Paragraph(note, TextLook.QUIET)
    columns: list[tuple[Block, ...]] = []
    if role.hard_parts:
        columns.append((Heading(gettext("The hard parts")), Bullets(role.hard_parts)))
    if role.neighbours:
        lines = tuple(strong(f"{each.seat}:", each.owns) for each in role.neighbours)
        columns.append((Heading(gettext("Who else owns what")), Bullets(lines)))
    if columns:
        yield SideBySide(tuple(columns), _COLUMN_WIDTHS) if len(columns) > 1 else Group(columns[0], Break.FREE)
    weeks = Rows(tuple(Row(label, lines) for label, lines in first_weeks(role, translator) if lines))
    yield Heading(gettext("Your first 13 weeks"))
    yield weeks


def _terms(role: Role, translator: Translator) -> Iterator[Block]:
    gettext = translator.gettext
    where_and_when = replace(role.conditions, physical="", other="")  # the annex has these
    facts = (*printed_fields(where_and_when, translator), *pay_facts(role, translator))
    rows = [Row(fact.label, (fact.text,)) for fact in facts]
    if not any((role.pay.minimum, role.pay.maximum, role.pay.told_when)):
        rows.append(Row(gettext("Range"), (gettext("Not told here: please ask us."),)))
    yield Heading(gettext("The terms"))
    yield Rows(tuple(rows))
    yield Heading(gettext("What happens next"))
    fields = (
        ("next-step", gettext("The next step, and its day")),
        ("contact", gettext("Who answers your questions, and how")),
        ("reply-until", gettext("Your answer reaches us by")),
    )
    yield Fields(tuple(Field(name, label) for name, label in fields))
    yield Paragraph(gettext(_ADJUSTMENTS))
    yield from candidate_blocks(role, translator, leave_out=LawKind.ADJUSTMENT)


def _answer(role: Role, translator: Translator) -> Iterator[Block]:
    """Yield the part that the candidate fills in: for each outcome two scales, and three questions."""
    gettext = translator.gettext
    lead = gettext(
        "For your own thinking first. Tick 1 for “hardly” to 5 for “very much”. There is no score and no right answer: we read it "
        "to have a better conversation."
    )
    yield Heading(gettext("Is it for you?"))
    yield Paragraph(lead, TextLook.LEAD)
    yield Fields((Field("name", gettext("Your name")), Field("date", gettext("Date"))))
    if role.accountabilities:
        yield _scales(role, translator)
    for name, prompt in _PROMPTS:
        yield Group((Paragraph(strong(gettext(prompt))), RuledLines(name, gettext(prompt), _LINES)))


def _scales(role: Role, translator: Translator) -> Table:
    gettext = translator.gettext
    can, want = gettext("I can do it"), gettext("I want to do it")
    columns = (Column(gettext("What you would own")), Column(can, 20), Column(want, 20))
    rows = []
    for number, item in enumerate(role.accountabilities, 1):
        about = gettext("Outcome {number}", number=number)
        scales = (
            Cell(written=Scale(f"{name}-{item.key}", f"{about}, {label}"))
            for name, label in (("can", can), ("want", want))
        )
        rows.append(TableRow((Cell((f"{number} {item.outcome}",)), *scales)))
    return Table(columns, tuple(rows))
