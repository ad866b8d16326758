"""Build the agreement of the first day: what the person in the role will do, what the company will do, and when both look."""

from workbench.core.text.translation import Translator, load_translator
from workbench.documents.blocks.inline import Inline, Look, Span, TextLook
from workbench.documents.blocks.model import (
    Block,
    Cell,
    Column,
    Field,
    Fields,
    Group,
    Heading,
    Paragraph,
    RuledLines,
    Table,
    TableRow,
    Title,
)
from workbench.documents.model import Document, Stamp
from workbench.metrics.weeks import MONTH_ENDS
from workbench.roles.documents.kinds import DOCUMENTS, document_of_role
from workbench.roles.documents.parts import sign_off
from workbench.roles.expectations import expectation_sentence
from workbench.roles.model import Expectation, Role

_ROOM_FOR_NEEDS = 2  # lines


def agreement(role: Role, stamp: Stamp, language: str = "en") -> Document:
    """Build the agreement of the person in a role and their leader: both sides of each outcome, review dates, signatures."""
    translator = load_translator(language)
    gettext = translator.gettext
    kind = DOCUMENTS["agreement"]
    kind_title = gettext(kind.title)
    blocks: list[Block] = [Title(kind_title, role.title), _names(translator)]
    lead = gettext(
        "What each side does for the results of this role. Either side may ask for a change; it holds when both have signed it."
    )
    blocks.append(Paragraph(lead, TextLook.LEAD))
    if role.accountabilities:
        blocks.append(_two_sides(role, translator))
    if role.samples:
        note = gettext("What is marked “not confirmed” is a sample: nobody has promised it yet.")
        blocks.append(Paragraph(note, TextLook.QUIET))
    blocks.append(_dates(role, translator))
    needs = gettext("What I need to do this well, and from whom")
    blocks.append(Group((Heading(needs), RuledLines("needs", needs, _ROOM_FOR_NEEDS))))
    blocks.append(Group((Heading(gettext("Agreed")), sign_off(translator))))
    return document_of_role(kind.kind, role, tuple(blocks), stamp, language)


def _names(translator: Translator) -> Fields:
    gettext = translator.gettext
    labels = (
        ("person", gettext("Person in the role")),
        ("manager", gettext("Leader")),
        ("first-day", gettext("First day")),
    )
    return Fields(tuple(Field(name, label) for name, label in labels))


def _two_sides(role: Role, translator: Translator) -> Table:
    """Return a table with what both sides do: below each outcome a row for each of its measures."""
    gettext = translator.gettext
    columns = (Column(gettext("You will")), Column(gettext("For our part, we will")))
    rows = []
    for number, item in enumerate(role.accountabilities, 1):
        rows.append(TableRow((Cell((f"{number} {item.outcome}",), span=2),), group=True))
        rows += (_sides(each, role.currency, translator) for each in item.expectations)
        if not item.expectations:
            rows.append(TableRow((Cell((_quiet(gettext("Measures are still to be agreed.")),), span=2),)))
    return Table(columns, tuple(rows))


def _sides(each: Expectation, currency: str, translator: Translator) -> TableRow:
    sentence = expectation_sentence(each, currency, translator)
    ours = each.we_will or _quiet(translator.gettext("Nothing is promised yet."))
    return TableRow((Cell((sentence if each.agreed else _to_be_agreed(sentence, translator),)), Cell((ours,))))


def _to_be_agreed(sentence: str, translator: Translator) -> Inline:
    return (Span(f"{sentence} "), Span(translator.gettext("(to be agreed)"), Look.QUIET))


def _quiet(text: str) -> Inline:
    return (Span(text, Look.QUIET),)


def _dates(role: Role, translator: Translator) -> Group:
    """Return the days on which both look at the numbers; the thirteen-week page shows each week."""
    gettext = translator.gettext
    open_numbers = any(not each.agreed for _, each in role.expectations())
    dates = [Field("agreed-by", gettext("Open numbers agreed by"))] if open_numbers else []
    dates += [Field(f"review-{week}", gettext("Review after week {number}, on", number=week)) for week in MONTH_ENDS]
    lead = gettext("We look at the numbers and at the promises of both sides after each month of the first quarter.")
    return Group((Heading(gettext("When we look together")), Paragraph(lead, TextLook.LEAD), Fields(tuple(dates))))
