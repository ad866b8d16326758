"""Build the documents of a role, each from the role and the stamp on its pages."""

from collections.abc import Iterable
from dataclasses import replace
from itertools import accumulate

from workbench.core.text.translation import Translator, gettext_noop, load_translator
from workbench.documents.blocks.model import Fact
from workbench.documents.model import Document, Stamp, document_of
from workbench.documents.page.dates import INTERNAL
from workbench.metrics.model import Timing
from workbench.roles.currency.model import format_pay_range, is_pay_held_back
from workbench.roles.documents.first_weeks import first_weeks
from workbench.roles.documents.kinds import DOCUMENTS
from workbench.roles.documents.model import (
    Border,
    Brief,
    Kit,
    KitQuestion,
    Outcome,
    OwnedOutcome,
    Position,
    Promise,
    Slot,
)
from workbench.roles.documents.parts import interview_length
from workbench.roles.documents.weeks.blocks import week_blocks
from workbench.roles.documents.weeks.model import week_sheet
from workbench.roles.expectations import expectation_sentence, timing_of
from workbench.roles.fields import FIELDS, SUPPORTS
from workbench.roles.interviews.model import GREETING_MINUTES, interview_minutes
from workbench.roles.model import (
    Accountability,
    Motion,
    Neighbour,
    Pay,
    PayPeriod,
    QuestionKind,
    Role,
    Supports,
)

_MEETS = {
    Motion.HUNTER: gettext_noop("Wins new customers"),
    Motion.FARMER: gettext_noop("Grows existing customers"),
    Motion.PARTNER: gettext_noop("Works through partners"),
    Motion.SUPPORT: gettext_noop("Supports the sale"),
    Motion.LEAD: gettext_noop("Leads others"),
}
_KINDS = {
    QuestionKind.BEHAVIOURAL: gettext_noop("Behavioural"),
    QuestionKind.SITUATIONAL: gettext_noop("Situational"),
    QuestionKind.EXERCISE: gettext_noop("Exercise"),
}
_PAID = {
    PayPeriod.HOUR: gettext_noop("{amount} an hour"),
    PayPeriod.MONTH: gettext_noop("{amount} a month"),
    PayPeriod.YEAR: gettext_noop("{amount} a year"),
}
_ALL_TIME = 100


def position_description(role: Role, stamp: Stamp, language: str = "en") -> Document:
    """Build the position description: purpose, accountabilities, requirements, and the pay in the role."""
    translator = load_translator(language)
    position = Position(
        title=role.title,
        facts=_facts(role, translator),
        summary=role.summary,
        answers=_printed_fields(role.purpose, translator),
        owned_outcomes=tuple(_owned_outcome(item, role.currency, translator) for item in role.accountabilities),
        shares=_shares(role.accountabilities),
        fit_labels=tuple(translator.gettext(each.document_label) for each in SUPPORTS),
        placeholders=_not_all_agreed(role),
        samples=bool(role.samples),
        duties=_slots(
            (translator.gettext("Essential"), (duty.text for duty in role.duties if duty.essential)),
            (translator.gettext("Also part of it"), (duty.text for duty in role.duties if not duty.essential)),
        ),
        qualifications=_slots(
            (translator.gettext("Required"), (item.text for item in role.qualifications if item.required)),
            (translator.gettext("Preferred"), (item.text for item in role.qualifications if not item.required)),
        ),
        hard_parts=role.hard_parts,
        borders=_borders(role.neighbours),
        pay=pay_facts(role, translator),
        conditions=_printed_fields(role.conditions, translator),
    )
    return _document("position-description", role, position, stamp, language)


def accountability_brief(role: Role, stamp: Stamp, language: str = "en") -> Document:
    """Build the brief for a candidate: outcomes, measures, promises, hard parts, and a sheet to fill in."""
    translator = load_translator(language)
    brief = Brief(
        title=role.title,
        place=_place(role, translator),
        purpose=_without_empty(role.purpose.overall, role.purpose.why_needed, role.purpose.contribution),
        outcomes=tuple(_outcome(item, role.currency, translator) for item in role.accountabilities),
        placeholders=_not_all_agreed(role),
        samples=bool(role.samples),
        hard_parts=role.hard_parts,
        borders=_borders(role.neighbours),
        weeks=_slots(*first_weeks(role, translator)),
        pay=pay_facts(role.without_unreleased_pay(), translator),
    )
    return _document("accountability-brief", role, brief, stamp, language)


def interview_kit(
    role: Role,
    stamp: Stamp,
    interviewer: str = "",
    language: str = "en",
    interview_date: str = "",
    *,
    sheet: bool = True,
) -> Document:
    """Build the interview kit: the questions in the order in which all candidates are asked, with anchors, scores and notes.

    With the name of an `interviewer` it is that person's kit; without, the name is written in by hand. `interview_date` is the
    day of the interviews, where it is known. Without a `sheet` of its own it comes with one for each candidate.
    """
    translator = load_translator(language)
    gettext = translator.gettext
    questions = _kit_questions(role, translator)
    minutes = interview_minutes(role)
    length = interview_length(minutes, sum(each.minutes for each in questions), translator)
    kit = Kit(role.title, questions, minutes, length, interviewer, interview_date, sheet)
    document = _document("interview-kit", role, kit, stamp, language)
    if not interviewer:
        return document
    return replace(
        document, title=gettext("{title}, for {name}", title=document.title, name=interviewer), people=(interviewer,)
    )


def _kit_questions(role: Role, translator: Translator) -> tuple[KitQuestion, ...]:
    pairs = tuple(role.questions())
    minutes_used = tuple(accumulate((question.minutes for _, question in pairs), initial=GREETING_MINUTES))[1:]
    place = {item.key: at for at, item in enumerate(role.accountabilities, 1)}
    return tuple(
        KitQuestion(
            key=question.key,
            number=number,
            owner=place[item.key],
            outcome=item.outcome,
            opens=question is item.questions[0],
            kind=translator.gettext(_KINDS[question.kind]),
            competency=question.competency,
            text=question.text,
            minutes=question.minutes,
            until=until,
            probes=question.probes,
            what_good_looks_like=question.what_good_looks_like,
            one=question.anchors.one,
            three=question.anchors.three,
            five=question.anchors.five,
        )
        for number, ((item, question), until) in enumerate(zip(pairs, minutes_used, strict=True), 1)
    )


def starter_metrics_sheet(role: Role, stamp: Stamp, language: str = "en") -> Document:
    """Build the sheet of measures that a seat holder and a leader share, with room for the numbers of 13 weeks."""
    translator = load_translator(language)
    kind = DOCUMENTS["starter-metrics"]
    kind_title = translator.gettext(kind.title)
    blocks = week_blocks(week_sheet(role, translator), kind_title, translator)
    title = translator.gettext("{paper}: {title}", paper=kind_title, title=role.title)
    document = document_of(kind.kind, title, blocks, stamp, language, kind_title=kind_title)
    return replace(document, landscape=True)


def _document(kind: str, role: Role, data: object, stamp: Stamp, language: str) -> Document:
    gettext = load_translator(language).gettext
    kind_title = gettext(DOCUMENTS[kind].title)
    title = gettext("{paper}: {title}", paper=kind_title, title=role.title)
    template = f"{kind.replace('-', '_')}.html"
    return Document(kind, template, title, data, stamp, language, kind_title=kind_title)


def _facts(role: Role, translator: Translator) -> tuple[Fact, ...]:
    return _printed_fields(role, translator) + _filled_facts(
        (translator.gettext("In the market"), translator.gettext(_MEETS[role.motion]) if role.motion else ""),
        (
            translator.gettext("Carries revenue"),
            {True: translator.gettext("Yes"), False: translator.gettext("No"), None: ""}[role.revenue],
        ),
    )


def _place(role: Role, translator: Translator) -> str:
    reports = translator.gettext("reports to the {seat}", seat=role.reports_to) if role.reports_to else ""
    return ", ".join(_without_empty(role.department, reports))


def _printed_fields(value: object, translator: Translator) -> tuple[Fact, ...]:
    """Return the texts of a value under their labels on documents, without the empty ones."""
    fields = [each for each in FIELDS[type(value)] if each.document_label]
    return _filled_facts(*((translator.gettext(each.document_label), getattr(value, each.name)) for each in fields))


def _owned_outcome(item: Accountability, currency: str, translator: Translator) -> OwnedOutcome:
    return OwnedOutcome(
        outcome=item.outcome,
        success_factor=item.success_factor,
        owns=_remit(item),
        share=item.share,
        essential=item.essential,
        reason=item.reason,
        leading=tuple(_sentences(item, Timing.LEADING, currency, translator)),
        lagging=tuple(_sentences(item, Timing.LAGGING, currency, translator)),
        fit=_fit(item.supports),
    )


def _remit(item: Accountability) -> str:
    """Return the limits of the work in words; the key of its function is for comparing seats and is not printed."""
    return item.scope[:1].upper() + item.scope[1:]


def _fit(supports: Supports) -> tuple[tuple[str, ...], ...]:
    lists = tuple(getattr(supports, each.name) for each in SUPPORTS)
    return lists if any(lists) else ()


def _shares(items: tuple[Accountability, ...]) -> tuple[int, ...]:
    shares = tuple(item.share for item in items)
    return shares if all(shares) and sum(shares) <= _ALL_TIME else ()


def _outcome(item: Accountability, currency: str, translator: Translator) -> Outcome:
    promises = tuple(
        Promise(expectation_sentence(each, currency, translator), each.we_will) for each in item.expectations
    )
    return Outcome(item.key, item.outcome, item.success_factor, promises)


def pay_facts(role: Role, translator: Translator) -> tuple[Fact, ...]:
    """Return the range of pay in words or when it is told, and variable pay and benefits, under their labels on documents."""
    amount = _range(role.pay, role.currency, translator)
    if is_pay_held_back(role):
        amount = f"{amount} ({translator.gettext(INTERNAL)})"
    told = translator.gettext("You get the range: {when}", when=role.pay.told_when) if role.pay.told_when else ""
    range_of_pay = _filled_facts((translator.gettext("Range"), amount or told))
    return range_of_pay + _printed_fields(role.pay, translator)


def _range(pay: Pay, currency: str, translator: Translator) -> str:
    amount = format_pay_range(pay, currency, translator)
    return translator.gettext(_PAID[pay.period], amount=amount) if amount else ""


def _borders(neighbours: Iterable[Neighbour]) -> tuple[Border, ...]:
    return tuple(Border(item.seat, item.owns) for item in neighbours)


def _not_all_agreed(role: Role) -> bool:
    return any(not each.agreed for _, each in role.expectations())


def _sentences(item: Accountability, timing: Timing, currency: str, translator: Translator) -> Iterable[str]:
    return (expectation_sentence(each, currency, translator) for each in item.expectations if timing_of(each) is timing)


def _filled_facts(*pairs: tuple[str, str]) -> tuple[Fact, ...]:
    return tuple(Fact(label, text) for label, text in pairs if text)


def _slots(*pairs: tuple[str, Iterable[str]]) -> tuple[Slot, ...]:
    slots = (Slot(label, tuple(lines)) for label, lines in pairs)
    return tuple(slot for slot in slots if slot.lines)


def _without_empty(*lines: str) -> tuple[str, ...]:
    return tuple(line for line in lines if line)
