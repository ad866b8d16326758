"""Blocks and facts that several documents of a role have in common, and what an empty one lacks."""

from collections.abc import Callable

from workbench.core.text.translation import Translator, gettext_noop
from workbench.documents.blocks.inline import isolated
from workbench.documents.blocks.model import Fact, Group, Heading, Paragraph, Signature, SignOff
from workbench.documents.page.dates import INTERNAL
from workbench.documents.page.do_not_ask import do_not_ask
from workbench.roles.currency.model import format_pay_range, is_pay_held_back
from workbench.roles.exercises.model import written_exercises
from workbench.roles.expectations import metric_of
from workbench.roles.fields import FIELDS
from workbench.roles.interviews.model import CLOSING_MINUTES, GREETING_MINUTES
from workbench.roles.model import PayPeriod, Purpose, Role

_PAID = {
    PayPeriod.HOUR: gettext_noop("{amount} an hour"),
    PayPeriod.MONTH: gettext_noop("{amount} a month"),
    PayPeriod.YEAR: gettext_noop("{amount} a year"),
}


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


def printed_fields(value: object, translator: Translator) -> tuple[Fact, ...]:
    """Return the texts of a value under their labels on documents, without the empty ones."""
    fields = [each for each in FIELDS[type(value)] if each.document_label]
    return _filled_facts(*((translator.gettext(each.document_label), getattr(value, each.name)) for each in fields))


def pay_facts(role: Role, translator: Translator) -> tuple[Fact, ...]:
    """Return the range of pay, or the day on which a candidate gets it, with variable pay and benefits, under their labels."""
    range_of_pay = _filled_facts((translator.gettext("Range"), pay_in_words(role, translator)))
    return range_of_pay + printed_fields(role.pay, translator)


def pay_in_words(role: Role, translator: Translator) -> str:
    """Return the range of pay, marked where it is not for candidates, or the day on which a candidate gets it."""
    amount = pay_range(role, translator)
    if is_pay_held_back(role):
        return f"{amount} ({translator.gettext(INTERNAL)})"
    told = translator.gettext("You get the range: {when}", when=role.pay.told_when) if role.pay.told_when else ""
    return amount or told


def pay_range(role: Role, translator: Translator) -> str:
    """Return the pay range with its period, or an empty text where none is given."""
    amount = format_pay_range(role.pay, role.currency, translator)
    return translator.gettext(_PAID[role.pay.period], amount=amount) if amount else ""


def _filled_facts(*pairs: tuple[str, str]) -> tuple[Fact, ...]:
    return tuple(Fact(label, text) for label, text in pairs if text)


def without_empty(*lines: str) -> tuple[str, ...]:
    """Return the texts that are not empty."""
    return tuple(line for line in lines if line)


def _has_description(role: Role) -> bool:
    return bool(role.accountabilities or role.duties or role.summary.strip()) or role.purpose != Purpose()


def _has_outcome(role: Role) -> bool:
    return any(item.outcome.strip() for item in role.accountabilities)


def _has_measures(role: Role) -> bool:
    return any(metric_of(each) for _, each in role.expectations())


def _has_exercise(role: Role) -> bool:
    return bool(written_exercises(role))


_NO_EXERCISE = gettext_noop("This sheet is empty: no exercise of the role has its material yet.")
# What each kind of document is about, and the words for a role without it.
_NEEDS: dict[str, tuple[Callable[[Role], bool], str]] = {
    "position-description": (
        _has_description,
        gettext_noop("This description is empty: the role has a title and nothing else yet."),
    ),
    "position-annex": (
        _has_description,
        gettext_noop("This description is empty: the role has a title and nothing else yet."),
    ),
    "accountability-brief": (
        _has_outcome,
        gettext_noop("This brief is empty: the role has no key accountability yet."),
    ),
    "interview-kit": (
        lambda role: any(question.text.strip() for _, question in role.questions()),
        gettext_noop("This kit is empty: the role has no interview question yet."),
    ),
    "agreement": (
        _has_outcome,
        gettext_noop("This agreement is empty: the role has no key accountability yet."),
    ),
    "job-advert": (_has_outcome, gettext_noop("This advert is empty: the role has no key accountability yet.")),
    "exercise-candidate": (_has_exercise, _NO_EXERCISE),
    "exercise-interviewer": (_has_exercise, _NO_EXERCISE),
    "starter-metrics": (_has_measures, gettext_noop("This sheet is empty: the role has no target yet.")),
}


def empty_notice(kind: str, role: Role, translator: Translator) -> str:
    """Return what a role lacks for a kind of document, or an empty text where the document has something to say."""
    has_content, words = _NEEDS.get(kind, (None, ""))
    return translator.gettext(words) if has_content and not has_content(role) else ""
