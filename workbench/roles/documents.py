"""What is printed of a role: four papers, each a function of the role and of the stamp it carries."""

from collections.abc import Iterable
from dataclasses import replace
from itertools import accumulate

from workbench.core.words import listed
from workbench.documents.filters import money
from workbench.documents.model import Document, Stamp
from workbench.metrics.model import Period, Timing
from workbench.metrics.wording import amount, day
from workbench.roles.measured import metric_of
from workbench.roles.model import (
    Accountability,
    Basis,
    Conditions,
    Expectation,
    Motion,
    Neighbour,
    Pay,
    Purpose,
    Role,
    Supports,
)
from workbench.roles.papers import (
    Asked,
    Audience,
    Border,
    Brief,
    Fact,
    Group,
    Kit,
    Line,
    Outcome,
    Owned,
    Position,
    Promise,
    Sheet,
    Slot,
)
from workbench.roles.sentences import expectation_sentence
from workbench.roles.starter import Measured, StarterMetric, starter_metrics

_MEETS = {
    Motion.HUNTER: "Wins new customers",
    Motion.FARMER: "Grows existing customers",
    Motion.PARTNER: "Works through partners",
    Motion.SUPPORT: "Supports the sale",
    Motion.LEAD: "Leads others",
}
_FIT_LABELS = ("Behaviours", "Motivators", "Skills", "Capacities", "Rewards here")
_WHOLE = 100
_SEEN_IN_13_WEEKS = (Period.DAY, Period.WEEK, Period.MONTH, Period.QUARTER)


def position_description(role: Role, stamp: Stamp, audience: Audience) -> Document:
    """Print the whole seat: why it exists, what it owns, what it takes; pay only when released or for HR and owner."""
    may_see_pay = role.pay.released or audience is not Audience.EVERYONE
    position = Position(
        title=role.title,
        facts=_facts(role),
        summary=role.summary,
        answers=_answers(role.purpose),
        owned=tuple(_owned(item, role.pay.currency) for item in role.accountabilities),
        shares=_shares(role.accountabilities),
        fit_labels=_FIT_LABELS,
        placeholders=_placeholders(role),
        duties=_slots(
            ("Essential", (duty.text for duty in role.duties if duty.essential)),
            ("Also part of it", (duty.text for duty in role.duties if not duty.essential)),
        ),
        qualifications=_slots(
            ("Required", (item.text for item in role.qualifications if item.required)),
            ("Preferred", (item.text for item in role.qualifications if not item.required)),
        ),
        hard_parts=role.hard_parts,
        borders=_borders(role.neighbours),
        pay=_pay(role.pay) if may_see_pay else (),
        conditions=_conditions(role.conditions),
    )
    return _document("position-description", "Position description", role, position, stamp)


def accountability_brief(role: Role, stamp: Stamp) -> Document:
    """Print what a candidate needs to judge the seat: outcomes, measures, promises, hard parts, and a sheet to fill in."""
    brief = Brief(
        title=role.title,
        place=_place(role),
        purpose=_kept(role.purpose.overall, role.purpose.need, role.purpose.forward),
        outcomes=tuple(_outcome(item, role.pay.currency) for item in role.accountabilities),
        placeholders=_placeholders(role),
        hard_parts=role.hard_parts,
        borders=_borders(role.neighbours),
        weeks=_first_weeks(role),
        pay=_pay(role.pay) if role.pay.released else (),
    )
    return _document("accountability-brief", "Accountability brief", role, brief, stamp)


def interview_kit(role: Role, stamp: Stamp, interviewer: str = "") -> Document:
    """Print the questions in the order in which everybody is asked them, with anchors, score rows and lines for notes.

    With the name of an `interviewer` it is that person's kit; without, the name is written in by hand.
    """
    pairs = tuple(role.questions())
    gone = tuple(accumulate(question.minutes for _, question in pairs))
    place = {item.key: at for at, item in enumerate(role.accountabilities, 1)}
    questions = tuple(
        Asked(
            number=number,
            owner=place[item.key],
            owned=item.outcome,
            opens=question is item.questions[0],
            kind=question.kind.value,
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
    kit = Kit(role.title, questions, gone[-1] if gone else 0, interviewer)
    made = _document("interview-kit", "Interview kit", role, kit, stamp)
    return replace(made, title=f"{made.title}, for {interviewer}") if interviewer else made


def starter_metrics_sheet(role: Role, stamp: Stamp) -> Document:
    """Print the measures that a seat holder and a leader share, with room for the numbers of 13 weeks."""
    starter = starter_metrics(role)
    groups = tuple(_group(at, item, starter.currency) for at, item in enumerate(starter.accountabilities, 1))
    sheet = Sheet(role.title, _place(role), groups, _placeholders(role))
    return replace(_document("starter-metrics", "Starter metrics sheet", role, sheet, stamp), landscape=True)


def _document(kind: str, name: str, role: Role, data: object, stamp: Stamp) -> Document:
    return Document(kind, f"{kind.replace('-', '_')}.html", f"{name}: {role.title}", data, stamp)


def _facts(role: Role) -> tuple[Fact, ...]:
    return _told(
        ("Department", role.department),
        ("Reports to", role.reports_to),
        ("In the market", _MEETS[role.motion] if role.motion else ""),
        ("Carries revenue", "Yes" if role.revenue else "No"),
    )


def _place(role: Role) -> str:
    reports = f"reports to the {role.reports_to}" if role.reports_to else ""
    return ", ".join(_kept(role.department, reports))


def _answers(purpose: Purpose) -> tuple[Fact, ...]:
    return _told(
        ("Its purpose", purpose.overall),
        ("What it owns", purpose.outcomes),
        ("How success shows early", purpose.leading),
        ("Why we need it", purpose.need),
        ("How it moves us forward", purpose.forward),
    )


def _owned(item: Accountability, currency: str) -> Owned:
    return Owned(
        outcome=item.outcome,
        success_factor=item.success_factor,
        owns=_remit(item),
        share=item.share,
        essential=item.essential,
        reason=item.reason,
        leading=tuple(_sentences(item, Timing.LEADING, currency)),
        lagging=tuple(_sentences(item, Timing.LAGGING, currency)),
        fit=_fit(item.supports),
    )


def _remit(item: Accountability) -> str:
    """Say what is owned and where: "Renewals: mid-market accounts"; a function key loses its hyphens."""
    words = ": ".join(part for part in (item.function.replace("-", " "), item.scope) if part)
    return words[:1].upper() + words[1:]


def _fit(supports: Supports) -> tuple[tuple[str, ...], ...]:
    lists = (supports.behaviours, supports.motivators, supports.skills, supports.capacities, supports.rewards)
    return lists if any(lists) else ()


def _shares(items: tuple[Accountability, ...]) -> tuple[int, ...]:
    shares = tuple(item.share for item in items)
    return shares if all(shares) and sum(shares) <= _WHOLE else ()


def _outcome(item: Accountability, currency: str) -> Outcome:
    promises = tuple(Promise(expectation_sentence(each, currency), each.we_will) for each in item.expectations)
    return Outcome(item.outcome, item.success_factor, promises)


def _group(number: int, item: Measured, currency: str) -> Group:
    lines = tuple(_line(metric, currency) for metric in (*item.leading, *item.lagging))
    return Group(number, item.outcome, lines, tuple(gap.text for gap in item.gaps))


def _line(metric: StarterMetric, currency: str) -> Line:
    return Line(
        what=metric.name,
        signal=metric.timing.value.capitalize(),
        target=amount(metric.value, metric.unit, metric.comparator.value, currency),
        period=metric.period.value.capitalize() if metric.period else f"By {day(metric.due)}" if metric.due else "",
        source=metric.source,
        you_will=metric.you_will,
        we_will=metric.we_will,
        weeks=_weeks(metric),
    )


def _weeks(metric: StarterMetric) -> tuple[int, ...]:
    """Name the weeks of a quarter in which a measure is read: a leading one in all, a lagging one at its own pace."""
    if metric.review in (Period.DAY, Period.WEEK):
        return tuple(range(1, 14))
    return (4, 9, 13) if metric.review is Period.MONTH else (13,)


def _first_weeks(role: Role) -> tuple[Slot, ...]:
    """Divide the first 13 weeks: agree, find the weekly rhythm, look at the first results.

    A leading measure acts before the result, so it can be talked about from the second month; a lagging one is
    looked at when its own period has passed once.
    """
    pairs = tuple(role.expectations())
    leading = [_name(each) for _, each in pairs if _timing(each) is Timing.LEADING]
    soon = [_name(each) for _, each in pairs if _timing(each) is Timing.LAGGING and each.period in _SEEN_IN_13_WEEKS]
    later = [_name(each) for _, each in pairs if _timing(each) is Timing.LAGGING and each.period is Period.YEAR]
    meet = "You meet the people who own the work next to yours." if role.neighbours else ""
    return _slots(
        ("Weeks 1 to 4", _kept(meet, "We agree your first targets together and write them down.")),
        ("Weeks 5 to 8", _kept(_weekly(leading))),
        ("Weeks 9 to 13", _kept(_results(soon), _patience(later))),
    )


def _weekly(names: list[str]) -> str:
    return f"Each week we look at the early signs together: {listed(_unlike(names))}." if names else ""


def _results(names: list[str]) -> str:
    return f"We look at results for the first time: {listed(_unlike(names))}." if names else ""


def _patience(names: list[str]) -> str:
    return f"Not judged yet, because a year has to pass: {listed(_unlike(names))}." if names else ""


def _pay(pay: Pay) -> tuple[Fact, ...]:
    return _told(("Range", _range(pay)), ("Variable pay", pay.variable), ("Benefits", pay.benefits))


def _range(pay: Pay) -> str:
    ends = [money(end, pay.currency) for end in (pay.minimum, pay.maximum) if end is not None]
    return f"{' to '.join(ends)} a {pay.period.value}" if ends else ""


def _conditions(conditions: Conditions) -> tuple[Fact, ...]:
    return _told(
        ("Place", conditions.place),
        ("Hours", conditions.hours),
        ("Travel", conditions.travel),
        ("Physical demands", conditions.physical),
        ("Also", conditions.other),
    )


def _borders(neighbours: Iterable[Neighbour]) -> tuple[Border, ...]:
    return tuple(Border(item.seat, item.owns) for item in neighbours)


def _placeholders(role: Role) -> bool:
    return any(each.basis is Basis.PLACEHOLDER for _, each in role.expectations())


def _sentences(item: Accountability, timing: Timing, currency: str) -> Iterable[str]:
    return (expectation_sentence(each, currency) for each in item.expectations if _timing(each) is timing)


def _name(each: Expectation) -> str:
    metric = metric_of(each)
    return _inside(metric.name) if metric else ""


def _inside(name: str) -> str:
    """Write a name as it stands inside a sentence: small at the front unless it is an abbreviation."""
    return name if name[1:2].isupper() else name[:1].lower() + name[1:]


def _timing(expectation: Expectation) -> Timing | None:
    metric = metric_of(expectation)
    return metric.timing if metric else None


def _told(*pairs: tuple[str, str]) -> tuple[Fact, ...]:
    return tuple(Fact(label, text) for label, text in pairs if text)


def _slots(*pairs: tuple[str, Iterable[str]]) -> tuple[Slot, ...]:
    made = (Slot(label, tuple(lines)) for label, lines in pairs)
    return tuple(slot for slot in made if slot.lines)


def _kept(*lines: str) -> tuple[str, ...]:
    return tuple(line for line in lines if line)


def _unlike(names: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(names))
