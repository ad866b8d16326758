"""Blocks that several documents of a role have in common."""

from workbench.core.text.translation import Translator
from workbench.documents.blocks.inline import isolated
from workbench.documents.blocks.model import Group, Heading, Paragraph, Signature, SignOff
from workbench.documents.page.do_not_ask import do_not_ask
from workbench.roles.interviews.model import CLOSING_MINUTES, GREETING_MINUTES


def questions_to_avoid(translator: Translator) -> Group:
    """Return the box with what no interviewer asks."""
    paragraphs = tuple(Paragraph(text) for text in do_not_ask(translator))
    return Group((Heading(translator.gettext("Do not ask about")), *paragraphs), boxed=True)


def sign_off(translator: Translator) -> SignOff:
    """Return the signatures of seat holder and leader."""
    gettext = translator.gettext
    people = (Signature("seat-holder", gettext("Seat holder")), Signature("leader", gettext("Leader")))
    return SignOff(people, (gettext("Who"), gettext("Name"), gettext("Signature"), gettext("Date")))


def interview_length(minutes: int, questions: int, translator: Translator, role: str = "") -> str:
    """Return the sentence about the minutes of an interview and of its questions, about one `role` where there are several."""
    values = {"minutes": minutes, "greeting": GREETING_MINUTES, "questions": questions, "closing": CLOSING_MINUTES}
    if role:
        return translator.gettext(
            "{role}: {minutes} minutes, of which {greeting} are to greet, up to {questions} for the questions and "
            "{closing} for the candidate’s own.",
            role=isolated(role),
            **values,
        )
    return translator.gettext(
        "An interview takes {minutes} minutes, of which {greeting} are to greet, up to {questions} for the questions and "
        "{closing} for the candidate’s own.",
        **values,
    )
