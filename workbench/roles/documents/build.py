"""Build the four documents of a role, each from the role and the stamp on its pages."""

import re
from collections.abc import Iterable
from dataclasses import replace
from itertools import accumulate

from workbench.core.text.translation import Words, house, words
from workbench.documents.model import Document, Stamp
from workbench.documents.page.filters import money
from workbench.metrics.model import Period, Timing
from workbench.metrics.wording import format_target
from workbench.roles.documents.model import (
    Audience,
    Border,
    Brief,
    Fact,
    Kit,
    KitQuestion,
    MeasureGroup,
    MeasureLine,
    Outcome,
    OwnedOutcome,
    Position,
    Promise,
    Sheet,
    Slot,
)
from workbench.roles.expectations import expectation_sentence, metric_of
from workbench.roles.model import (
    Accountability,
    Basis,
    Conditions,
    Expectation,
    Motion,
    Neighbour,
    Pay,
    PayPeriod,
    Purpose,
    QuestionKind,
    Role,
    Supports,
)
from workbench.roles.starter import MeasuredAccountability, StarterMetric, starter_metrics

_MEETS = {
    Motion.HUNTER: house("Wins new customers"),
    Motion.FARMER: house("Grows existing customers"),
    Motion.PARTNER: house("Works through partners"),
    Motion.SUPPORT: house("Supports the sale"),
    Motion.LEAD: house("Leads others"),
}
_FIT_LABELS = (house("Behaviours"), house("Motivators"), house("Skills"), house("Capacities"), house("Rewards here"))
_KINDS = {
    QuestionKind.BEHAVIOURAL: house("Behavioural"),
    QuestionKind.SITUATIONAL: house("Situational"),
    QuestionKind.EXERCISE: house("Exercise"),
}
_TIMINGS = {Timing.LEADING: house("Leading"), Timing.LAGGING: house("Lagging")}
_EACH = {
    Period.DAY: house("Day"),
    Period.WEEK: house("Week"),
    Period.MONTH: house("Month"),
    Period.QUARTER: house("Quarter"),
    Period.YEAR: house("Year"),
}
_PAID = {
    PayPeriod.HOUR: house("{amount} an hour"),
    PayPeriod.MONTH: house("{amount} a month"),
    PayPeriod.YEAR: house("{amount} a year"),
}
_WHOLE = 100
_OPENS_SMALL = (
    re.compile(  # German: what describes a noun before it comes, `Neue Kunden`, `Vom Verkauf angenommene Kontakte`
        "(?:Vo[nm]|An) |\\w+e[mnrs]? [A-ZÄÖÜ]|\\w+ \\w{3,}e [A-ZÄÖÜ]"
    )
)
_SEEN_IN_13_WEEKS = (Period.DAY, Period.WEEK, Period.MONTH, Period.QUARTER)


def position_description(role: Role, stamp: Stamp, audience: Audience, language: str = "en") -> Document:
    """Build the position description: purpose, accountabilities and requirements; pay only when released or for HR and owner."""
    say = words(language)
    may_see_pay = role.pay.released or audience is not Audience.EVERYONE
    position = Position(
        title=role.title,
        facts=_facts(role, say),
        summary=role.summary,
        answers=_answers(role.purpose, say),
        owned=tuple(_owned_outcome(item, role.currency, say) for item in role.accountabilities),
        shares=_shares(role.accountabilities),
        fit_labels=tuple(map(say, _FIT_LABELS)),
        placeholders=_placeholders(role),
        duties=_slots(
            (say("Essential"), (duty.text for duty in role.duties if duty.essential)),
            (say("Also part of it"), (duty.text for duty in role.duties if not duty.essential)),
        ),
        qualifications=_slots(
            (say("Required"), (item.text for item in role.qualifications if item.required)),
            (say("Preferred"), (item.text for item in role.qualifications if not item.required)),
        ),
        hard_parts=role.hard_parts,
        borders=_borders(role.neighbours),
        pay=_pay(role, say) if may_see_pay else (),
        conditions=_conditions(role.conditions, say),
    )
    return _document("position-description", say("Position description"), role, position, stamp, language)


def accountability_brief(role: Role, stamp: Stamp, language: str = "en") -> Document:
    """Build the brief for a candidate: outcomes, measures, promises, hard parts, and a sheet to fill in."""
    say = words(language)
    brief = Brief(
        title=role.title,
        place=_place(role, say),
        purpose=_without_empty(role.purpose.overall, role.purpose.need, role.purpose.forward),
        outcomes=tuple(_outcome(item, role.currency, say) for item in role.accountabilities),
        placeholders=_placeholders(role),
        hard_parts=role.hard_parts,
        borders=_borders(role.neighbours),
        weeks=_first_weeks(role, say),
        pay=_pay(role, say) if role.pay.released else (),
    )
    return _document("accountability-brief", say("Accountability brief"), role, brief, stamp, language)


def interview_kit(
    role: Role, stamp: Stamp, interviewer: str = "", language: str = "en", held: str = "", *, sheet: bool = True
) -> Document:
    """Build the interview kit: the questions in the order in which all candidates are asked, with anchors, scores and notes.

    With the name of an `interviewer` it is that person's kit; without, the name is written in by hand. `held` is the day
    of the interviews, where it is known. Without a `sheet` of its own it comes with one for each candidate.
    """
    say = words(language)
    pairs = tuple(role.questions())
    gone = tuple(accumulate(question.minutes for _, question in pairs))
    place = {item.key: at for at, item in enumerate(role.accountabilities, 1)}
    questions = tuple(
        KitQuestion(
            key=question.key,
            number=number,
            owner=place[item.key],
            owned=item.outcome,
            opens=question is item.questions[0],
            kind=say(_KINDS[question.kind]),
            competency=question.competency,
            text=question.text,
            minutes=question.minutes,
            until=until,
            probes=question.probes,
            good=question.good,
            one=question.anchors.one,
            three=question.anchors.three,
            five=question.anchors.five,
        )
        for number, ((item, question), until) in enumerate(zip(pairs, gone, strict=True), 1)
    )
    kit = Kit(role.title, questions, gone[-1] if gone else 0, interviewer, held, sheet)
    made = _document("interview-kit", say("Interview kit"), role, kit, stamp, language)
    if not interviewer:
        return made
    return replace(made, title=say("{title}, for {name}", title=made.title, name=interviewer), people=(interviewer,))


def starter_metrics_sheet(role: Role, stamp: Stamp, language: str = "en") -> Document:
    """Build the sheet of measures that a seat holder and a leader share, with room for the numbers of 13 weeks."""
    say = words(language)
    starter = starter_metrics(role, say)
    groups = tuple(_group(at, item, starter.currency, say) for at, item in enumerate(starter.accountabilities, 1))
    sheet = Sheet(role.title, _place(role, say), groups, _placeholders(role))
    made = _document("starter-metrics", say("Starter metrics sheet"), role, sheet, stamp, language)
    return replace(made, landscape=True)


def _document(kind: str, name: str, role: Role, data: object, stamp: Stamp, language: str) -> Document:
    say = words(language)
    title = say("{paper}: {title}", paper=name, title=role.title)
    return Document(kind, f"{kind.replace('-', '_')}.html", title, data, stamp, language)


def _facts(role: Role, say: Words) -> tuple[Fact, ...]:
    return _filled_facts(
        (say("Department"), role.department),
        (say("Reports to"), role.reports_to),
        (say("In the market"), say(_MEETS[role.motion]) if role.motion else ""),
        (say("Carries revenue"), say("Yes") if role.revenue else say("No")),
    )


def _place(role: Role, say: Words) -> str:
    reports = say("reports to the {seat}", seat=role.reports_to) if role.reports_to else ""
    return ", ".join(_without_empty(role.department, reports))


def _answers(purpose: Purpose, say: Words) -> tuple[Fact, ...]:
    return _filled_facts(
        (say("Its purpose"), purpose.overall),
        (say("What it owns"), purpose.outcomes),
        (say("How success shows early"), purpose.leading),
        (say("Why we need it"), purpose.need),
        (say("How it moves us forward"), purpose.forward),
    )


def _owned_outcome(item: Accountability, currency: str, say: Words) -> OwnedOutcome:
    return OwnedOutcome(
        outcome=item.outcome,
        success_factor=item.success_factor,
        owns=_remit(item),
        share=item.share,
        essential=item.essential,
        reason=item.reason,
        leading=tuple(_sentences(item, Timing.LEADING, currency, say)),
        lagging=tuple(_sentences(item, Timing.LAGGING, currency, say)),
        fit=_fit(item.supports),
    )


def _remit(item: Accountability) -> str:
    """Return what is owned and where: "Renewals: mid-market accounts"; a function key loses its hyphens."""
    words = ": ".join(part for part in (item.function.replace("-", " "), item.scope) if part)
    return words[:1].upper() + words[1:]


def _fit(supports: Supports) -> tuple[tuple[str, ...], ...]:
    lists = (supports.behaviours, supports.motivators, supports.skills, supports.capacities, supports.rewards)
    return lists if any(lists) else ()


def _shares(items: tuple[Accountability, ...]) -> tuple[int, ...]:
    shares = tuple(item.share for item in items)
    return shares if all(shares) and sum(shares) <= _WHOLE else ()


def _outcome(item: Accountability, currency: str, say: Words) -> Outcome:
    promises = tuple(Promise(expectation_sentence(each, currency, say), each.we_will) for each in item.expectations)
    return Outcome(item.key, item.outcome, item.success_factor, promises)


def _group(number: int, item: MeasuredAccountability, currency: str, say: Words) -> MeasureGroup:
    lines = tuple(_line(metric, currency, say) for metric in (*item.leading, *item.lagging))
    return MeasureGroup(number, item.outcome, lines, tuple(gap.text for gap in item.gaps))


def _line(metric: StarterMetric, currency: str, say: Words) -> MeasureLine:
    return MeasureLine(
        key=metric.key,
        what=metric.name,
        signal=say(_TIMINGS[metric.timing]),
        target=format_target(metric.value, metric.unit, metric.comparator.value, currency, say),
        period=_each(metric, say),
        source=metric.source,
        you_will=metric.you_will,
        we_will=metric.we_will,
        weeks=_weeks(metric),
    )


def _each(metric: StarterMetric, say: Words) -> str:
    if metric.period:
        return say(_EACH[metric.period])
    return say("By {day}", day=say.day(metric.due)) if metric.due else ""


def _weeks(metric: StarterMetric) -> tuple[int, ...]:
    """Return the weeks of a quarter in which a measure is read: a leading one in all, a lagging one at its own pace."""
    if metric.review in (Period.DAY, Period.WEEK):
        return tuple(range(1, 14))
    return (4, 9, 13) if metric.review is Period.MONTH else (13,)


def _first_weeks(role: Role, say: Words) -> tuple[Slot, ...]:
    """Return the plan of the first 13 weeks: agree targets, find the weekly rhythm, look at the first results.

    A leading measure acts before the result, so it can be talked about from the second month; a lagging one is
    looked at when its own period has passed once.
    """
    pairs = tuple(role.expectations())
    leading = [_name(each, say) for _, each in pairs if _timing(each) is Timing.LEADING]
    soon = [
        _name(each, say) for _, each in pairs if _timing(each) is Timing.LAGGING and each.period in _SEEN_IN_13_WEEKS
    ]
    later = [_name(each, say) for _, each in pairs if _timing(each) is Timing.LAGGING and each.period is Period.YEAR]
    meet = say("You meet the people who own the work next to yours.") if role.neighbours else ""
    return _slots(
        (say("Weeks 1 to 4"), _without_empty(meet, say("We agree your first targets together and write them down."))),
        (say("Weeks 5 to 8"), _without_empty(_weekly(leading, say))),
        (say("Weeks 9 to 13"), _without_empty(_results(soon, say), _patience(later, say))),
    )


def _weekly(names: list[str], say: Words) -> str:
    return (
        say("Each week we look at the early signs together: {names}.", names=say.join(_without_repeats(names)))
        if names
        else ""
    )


def _results(names: list[str], say: Words) -> str:
    return (
        say("We look at results for the first time: {names}.", names=say.join(_without_repeats(names))) if names else ""
    )


def _patience(names: list[str], say: Words) -> str:
    return (
        say("Not judged yet, because a year has to pass: {names}.", names=say.join(_without_repeats(names)))
        if names
        else ""
    )


def _pay(role: Role, say: Words) -> tuple[Fact, ...]:
    pay = role.pay
    return _filled_facts(
        (say("Range"), _range(pay, role.currency, say)),
        (say("Variable pay"), pay.variable),
        (say("Benefits"), pay.benefits),
    )


def _range(pay: Pay, currency: str, say: Words) -> str:
    ends = [money(end, currency, say) for end in (pay.minimum, pay.maximum) if end is not None]
    if not ends:
        return ""
    return say(
        _PAID[pay.period],
        amount=ends[0] if len(ends) == 1 else say("{low} to {high}", low=ends[0], high=ends[1]),
    )


def _conditions(conditions: Conditions, say: Words) -> tuple[Fact, ...]:
    return _filled_facts(
        (say("Place"), conditions.place),
        (say("Hours"), conditions.hours),
        (say("Travel"), conditions.travel),
        (say("Physical demands"), conditions.physical),
        (say("Also"), conditions.other),
    )


def _borders(neighbours: Iterable[Neighbour]) -> tuple[Border, ...]:
    return tuple(Border(item.seat, item.owns) for item in neighbours)


def _placeholders(role: Role) -> bool:
    return any(each.basis is Basis.PLACEHOLDER for _, each in role.expectations())


def _sentences(item: Accountability, timing: Timing, currency: str, say: Words) -> Iterable[str]:
    return (expectation_sentence(each, currency, say) for each in item.expectations if _timing(each) is timing)


def _name(each: Expectation, say: Words) -> str:
    metric = metric_of(each)
    if metric is None:
        return ""
    named = say(metric.name)
    own = say.language == "de" and named == metric.name  # a company's own, in whatever language: it stays as it is
    return named if own else _inside(named, say)


def _inside(name: str, say: Words) -> str:
    """Return a name as it is written inside a sentence: in lower case unless it is an abbreviation or a German noun."""
    stays = name[1:2].isupper() or (say.language == "de" and not _OPENS_SMALL.match(name))
    return name if stays else name[:1].lower() + name[1:]


def _timing(expectation: Expectation) -> Timing | None:
    metric = metric_of(expectation)
    return metric.timing if metric else None


def _filled_facts(*pairs: tuple[str, str]) -> tuple[Fact, ...]:
    return tuple(Fact(label, text) for label, text in pairs if text)


def _slots(*pairs: tuple[str, Iterable[str]]) -> tuple[Slot, ...]:
    made = (Slot(label, tuple(lines)) for label, lines in pairs)
    return tuple(slot for slot in made if slot.lines)


def _without_empty(*lines: str) -> tuple[str, ...]:
    return tuple(line for line in lines if line)


def _without_repeats(names: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(names))
