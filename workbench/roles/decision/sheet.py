"""Build the decision sheet: the scores of all interviewers side by side, evidence, dissent and decision for each candidate."""

from dataclasses import replace

from workbench.core.text.translation import Translator, load_translator
from workbench.documents.blocks.inline import Look, Span, TextLook
from workbench.documents.blocks.model import (
    Blank,
    Block,
    Break,
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
    Signature,
    SignOff,
    Table,
    TableLook,
    TableRow,
    Title,
)
from workbench.documents.model import Document, Stamp
from workbench.roles.documents.kinds import DOCUMENTS, document_of_role
from workbench.roles.model import Accountability, Role

_LETTERS = "ABCD"  # one for each candidate on the sheet
_FIRST_COLUMN = 28  # percent of the table
_DECIDERS = 3


def decision_sheet(role: Role, stamp: Stamp, language: str = "en") -> Document:
    """Build the sheet for the meeting of a panel: first the scores, then evidence, dissent and decision."""
    translator = load_translator(language)
    gettext = translator.gettext
    kind = DOCUMENTS["decision-sheet"]
    kind_title = gettext(kind.title)
    blocks: list[Block] = [Title(kind_title, role.title), _meeting(translator), _rules(translator)]
    blocks.append(_scores(role, translator))
    blocks.append(_decisions(translator))
    blocks.append(Group((Heading(gettext("Decided by")), _sign_off(translator))))
    document = document_of_role(kind.kind, role, tuple(blocks), stamp, language)
    return replace(document, landscape=True)


def _meeting(translator: Translator) -> Fields:
    gettext = translator.gettext
    labels = (
        ("met", gettext("Meeting on")),
        ("chair", gettext("Led by")),
        ("present", gettext("Interviewers, with their initials")),
        ("round", gettext("Round")),
    )
    return Fields(tuple(Field(name, label) for name, label in labels), (17, 20, 43, 20))


def _rules(translator: Translator) -> Bullets:
    gettext = translator.gettext
    rules = (
        gettext("Scores first: everybody has handed in their own sheet before anybody speaks."),
        gettext("Then talk, beginning where the scores are widest apart. The newest interviewer speaks first."),
        gettext("No average decides. Whoever changes a score says why, and it is written below."),
    )
    return Bullets(rules, numbered=True)


def _columns(first: str, translator: Translator) -> tuple[Column, ...]:
    candidates = (Column(translator.gettext("Candidate {letter}", letter=letter)) for letter in _LETTERS)
    return Column(first, _FIRST_COLUMN), *candidates


def _scores(role: Role, translator: Translator) -> Group:
    """Return the table of scores: a row for each accountability, a column for each candidate."""
    gettext = translator.gettext
    lead = gettext(
        "In each box the scores of all interviewers with their initials, such as “IV 4, RR 2”. Circle those that are two or more apart."
    )
    name = gettext("Name")
    rows = [TableRow((Cell((name,)), *_blanks("name", name)))]
    for number, item in enumerate(role.accountabilities, 1):
        boxes = _blanks(f"scores-{item.key.replace('.', '-')}", item.outcome)
        rows.append(TableRow((Cell((_outcome(number, item),)), *boxes)))
    heading = Heading(gettext("Scores, side by side"))
    table = Table(_columns(gettext("Accountability"), translator), tuple(rows), TableLook.TALL)
    return Group((heading, Paragraph(lead, TextLook.LEAD), table), Break.FREE)


def _outcome(number: int, item: Accountability) -> tuple[Span, ...]:
    share = (Span(f" {item.share}\u00a0%", Look.QUIET),) if item.share else ()
    return (Span(f"{number} {item.outcome}"), *share)


def _decisions(translator: Translator) -> Group:
    """Return what is written about each candidate: evidence, dissent, changed scores, the decision and its reasons."""
    gettext = translator.gettext
    points = (
        ("for", gettext("Evidence for: one line")),
        ("against", gettext("Evidence against: one line")),
        ("changed", gettext("Scores changed: who, from what to what, and why")),
        ("dissent", gettext("Who sees it differently, and why")),
    )
    rows = [TableRow((Cell((label,)), *_blanks(name, label, tall=True))) for name, label in points]
    decision, reasons = gettext("Decision"), gettext("Reasons, in words that you would say to the candidate")
    options = (Option("yes", gettext("Yes")), Option("no", gettext("No")), Option("wait", gettext("Wait")))
    choices = (Cell(written=Choice(f"decision-{letter.lower()}", decision, options)) for letter in _LETTERS)
    rows.append(TableRow((Cell((decision,)), *choices)))
    rows.append(TableRow((Cell((reasons,)), *_blanks("reasons", reasons, tall=True))))
    table = Table(_columns(gettext("For each candidate"), translator), tuple(rows), TableLook.TALL)
    return Group((Heading(gettext("Evidence, dissent and decision")), table), Break.PAGE)


def _blanks(name: str, label: str, *, tall: bool = False) -> tuple[Cell, ...]:
    return tuple(
        Cell(written=Blank(f"{name}-{letter.lower()}", f"{label}: {letter}", tall=tall)) for letter in _LETTERS
    )


def _sign_off(translator: Translator) -> SignOff:
    gettext = translator.gettext
    people = tuple(Signature(f"decider-{number}", str(number)) for number in range(1, _DECIDERS + 1))
    return SignOff(people, (gettext("Who"), gettext("Name"), gettext("Signature"), gettext("Date")))
