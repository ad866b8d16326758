"""Build the job advert from the lines of a role, without its internal parts."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from workbench.core.text.translation import Translator, gettext_noop, load_translator
from workbench.documents.blocks.inline import Span, isolated, strong
from workbench.documents.blocks.model import Block, Bullets, Heading, Paragraph, Title
from workbench.documents.model import Document, Stamp
from workbench.roles.compliance.documents import candidate_blocks
from workbench.roles.documents.kinds import DOCUMENTS, document_of_role
from workbench.roles.documents.parts import pay_facts
from workbench.roles.expectations import expectation_sentence
from workbench.roles.model import Accountability, Role

_TERMS = (
    ("place", gettext_noop("Place:")),
    ("hours", gettext_noop("Hours:")),
    ("travel", gettext_noop("Travel:")),
)


@dataclass(frozen=True, slots=True)
class Application:
    """How and until when people apply, as it is typed for one advert; an empty field is left out.

    `address` is an e-mail address or a web address.
    """

    address: str = ""
    contact: str = ""
    until: date | None = None


def job_advert(role: Role, stamp: Stamp, language: str = "en", application: Application = Application()) -> Document:
    """Build the job advert: why the role exists, what it owns, what is hard, what a person brings and gets, and the terms.

    It holds no shares of time, questions, anchors or numbers that are not agreed, and no pay that is not released. The
    promises are those of the role as it is given.
    """
    role = role.without_unreleased_pay()
    translator = load_translator(language)
    kind = DOCUMENTS["job-advert"]
    kind_title = translator.gettext(kind.title)
    blocks = (
        Title(kind_title, role.title, role.purpose.overall or role.summary, outside=True),
        *_sections(role, translator),
        *_terms(role, translator),
        *_how_to_apply(application, translator),
        *candidate_blocks(role, translator),
    )
    return document_of_role(kind.kind, role, blocks, stamp, language)


def _sections(role: Role, translator: Translator) -> Iterator[Block]:
    gettext = translator.gettext
    required = tuple(item.text for item in role.qualifications if item.required)
    preferred = tuple(item.text for item in role.qualifications if not item.required)
    outcomes = tuple(line for item in role.accountabilities for line in _owned(item, role.currency, translator))
    yield from _list(gettext("What you will own"), outcomes)
    yield from _list(gettext("What is hard about it"), role.hard_parts)
    yield from _list(gettext("What you bring"), required)
    yield from _list(gettext("Good to have, and learned here otherwise"), preferred)
    yield from _list(gettext("What we do for you"), _promises(role))


def _list(heading: str, lines: tuple[str, ...]) -> tuple[Block, ...]:
    return (Heading(heading), Bullets(lines)) if lines else ()


def _owned(item: Accountability, currency: str, translator: Translator) -> Iterator[str]:
    """Yield the outcome, with the results whose numbers are agreed in the same line."""
    agreed = [expectation_sentence(each, currency, translator) for each in item.expectations if each.agreed]
    if item.outcome:
        yield f"{item.outcome} ({'; '.join(agreed)})" if agreed else item.outcome


def _promises(role: Role) -> tuple[str, ...]:
    """Return one promise for each outcome: the first one; all of them stand in the agreement."""
    first = (next((each.we_will for each in item.expectations if each.we_will), "") for item in role.accountabilities)
    return tuple(dict.fromkeys(line[:1].upper() + line[1:] for line in first if line))


def _terms(role: Role, translator: Translator) -> Iterator[Block]:
    gettext = translator.gettext
    terms = [(gettext(label), getattr(role.conditions, name)) for name, label in _TERMS]
    terms += [(f"{fact.label}:", fact.text) for fact in pay_facts(role, translator)]
    if not any((role.pay.minimum, role.pay.maximum, role.pay.told_when)):
        terms.append((gettext("Pay:"), gettext("Not told here: please ask us.")))
    yield Heading(gettext("Terms and pay"))
    yield Bullets(tuple(strong(label, text) for label, text in terms if text))


def _how_to_apply(application: Application, translator: Translator) -> Iterator[Block]:
    gettext = translator.gettext
    lines = []
    if application.address:
        lines.append(gettext("Apply here: {address}", address=isolated(application.address)))
    if application.contact:
        lines.append(gettext("Questions are answered by {name}.", name=isolated(application.contact)))
    if application.until:
        lines.append(gettext("Applications are open until {day}.", day=translator.day(application.until)))
    if lines:
        yield Heading(gettext("How to apply"))
        yield from (Paragraph((Span(line),)) for line in lines)
