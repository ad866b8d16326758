"""Blocks that several documents of a role have in common."""

from workbench.core.text.translation import Translator
from workbench.documents.blocks.model import Group, Heading, Paragraph, Signature, SignOff
from workbench.documents.page.do_not_ask import do_not_ask


def questions_to_avoid(translator: Translator) -> Group:
    """Return the box with what no interviewer asks."""
    paragraphs = tuple(Paragraph(text) for text in do_not_ask(translator))
    return Group((Heading(translator.gettext("Do not ask about")), *paragraphs), boxed=True)


def sign_off(translator: Translator) -> SignOff:
    """Return the signatures of seat holder and leader."""
    gettext = translator.gettext
    people = (Signature("seat-holder", gettext("Seat holder")), Signature("leader", gettext("Leader")))
    return SignOff(people, (gettext("Who"), gettext("Name"), gettext("Signature"), gettext("Date")))
