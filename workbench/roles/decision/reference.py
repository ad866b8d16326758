"""Build the reference check: what to ask a referee about each accountability of a role, and what to write down."""

from dataclasses import replace

from workbench.core.text.translation import Translator, load_translator
from workbench.documents.blocks.inline import TextLook, isolated, plain_text, strong
from workbench.documents.blocks.model import (
    Blank,
    Block,
    Bullets,
    Cell,
    Choice,
    Column,
    Field,
    Fields,
    Group,
    Heading,
    Option,
    Paragraph,
    RuledLines,
    SideBySide,
    Table,
    TableLook,
    TableRow,
    Title,
)
from workbench.documents.model import Document, Stamp
from workbench.roles.documents.kinds import DOCUMENTS, document_of_role
from workbench.roles.model import Accountability, Role

_LINES, _FEW_LINES, _MANY = 4, 3, 4  # lines for each answer, and for more than so many accountabilities


def reference_check(role: Role, stamp: Stamp, language: str = "en") -> Document:
    """Build the sheet for a call to a referee: consent, facts to confirm, and one question for each accountability."""
    translator = load_translator(language)
    gettext = translator.gettext
    kind = DOCUMENTS["reference-check"]
    kind_title = gettext(kind.title)
    blocks: list[Block] = [Title(kind_title, role.title), *_call(translator), _words(translator), _facts(translator)]
    blocks += (_topics_to_avoid(translator), *_questions(role, translator))
    document = document_of_role(kind.kind, role, tuple(blocks), stamp, language)
    return replace(document, tight=True)


def _call(translator: Translator) -> tuple[Block, ...]:
    """Return who is asked about whom, and whether the candidate agreed."""
    gettext = translator.gettext
    people = (
        Field("candidate", gettext("Candidate")),
        Field("referee", gettext("Referee")),
        Field("position", gettext("Position of the referee")),
    )
    call = (
        Field("relation", gettext("How and when they worked together")),
        Field("called", gettext("Called on")),
        Field("caller", gettext("Called by")),
    )
    agreed = gettext("The candidate has agreed to this call")
    options = (Option("yes", agreed), Option("no", gettext("Not yet: do not call")))
    return Fields(people), Fields(call, (50, 25, 25)), Choice("consent", agreed, options)


def _words(translator: Translator) -> SideBySide:
    """Return the words with which the call begins and closes."""
    gettext = translator.gettext
    opening = (
        gettext(
            "“Thank you for your time. It takes about 20 minutes. The candidate knows that I call and has agreed.”"
        ),
        gettext("“Please tell me only what you have seen yourself. You may leave out any question.”"),
        gettext("“I write down your answers for those who decide.”"),
    )
    closing = (
        gettext("“Is there anything that I should have asked?”"),
        gettext("“Thank you. May I call again if one point stays open?”"),
        gettext("One call is one view. Let the candidate answer what speaks against them before you decide."),
    )
    return SideBySide(
        (
            (Heading(gettext("To begin")), Bullets(opening, numbered=True)),
            (Heading(gettext("To close the call")), Bullets(closing, numbered=True)),
        )
    )


def _facts(translator: Translator) -> Group:
    """Return the facts to confirm: what the candidate told us beside what the referee says."""
    gettext = translator.gettext
    facts = (
        ("title", gettext("Title and main tasks")),
        ("dates", gettext("From and to")),
        ("leader", gettext("Leader at the time")),
    )
    sources = (("told", gettext("The candidate told us")), ("said", gettext("The referee says")))
    columns = (Column(gettext("Fact"), 22), *(Column(label) for _, label in facts))
    rows = tuple(
        TableRow((Cell((who,)), *(Cell(written=Blank(f"{name}-{source}", f"{who}: {label}")) for name, label in facts)))
        for source, who in sources
    )
    note = gettext("Some companies confirm only dates and title. That says nothing about the candidate.")
    heading = Heading(gettext("Facts to confirm"))
    return Group((heading, Table(columns, rows, TableLook.TALL), Paragraph(note, TextLook.QUIET)))


def _topics_to_avoid(translator: Translator) -> Group:
    """Return what no referee is asked about, before the questions."""
    gettext = translator.gettext
    topics = gettext(
        "Not age, sex, gender, orientation, family or pregnancy, health or disability, race, origin, religion, politics, union, "
        "military service, debts or past pay of the candidate. If the referee brings it up, do not write it down."
    )
    return Group((Paragraph(strong(gettext("Do not ask about"), topics)),), boxed=True)


def _questions(role: Role, translator: Translator) -> tuple[Block, ...]:
    """Return one question for each accountability, and two about the person; many questions have fewer lines each."""
    gettext = translator.gettext
    lead = gettext("Ask for what happened, not for an opinion. Write down what was done and what came of it.")
    asked = [(f"seen-{item.key.replace('.', '-')}", _question(item, translator)) for item in role.accountabilities]
    asked.append(("helps", gettext("What would help this person to do well here, in the first months and later?")))
    asked.append(("again", gettext("Would you work with them again? Why, or why not?")))
    lines = _LINES if len(role.accountabilities) <= _MANY else _FEW_LINES
    first, *others = (
        Group((Paragraph(strong(str(number), ask)), RuledLines(name, plain_text(ask), lines)))
        for number, (name, ask) in enumerate(asked, 1)
    )
    return Group((Heading(gettext("What the referee has seen")), Paragraph(lead, TextLook.LEAD), first)), *others


def _question(item: Accountability, translator: Translator) -> str:
    """Return the question that the outcome of an accountability leads to."""
    return translator.gettext(
        "This role owns: “{outcome}”. Tell me about a time when you saw them do that. What happened, and what was "
        "their own part?",
        outcome=isolated(item.outcome.rstrip(".")),
    )
