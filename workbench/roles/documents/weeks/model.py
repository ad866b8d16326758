"""The contents of the thirteen-week page: each number in its weeks, with its target, and the promises of the company."""

from collections.abc import Iterator
from dataclasses import dataclass

from workbench.core.text.translation import ENGLISH, Translator, gettext_noop
from workbench.metrics.model import Period, Timing
from workbench.metrics.weeks import MONTH_ENDS, SumRule
from workbench.metrics.wording import format_limit
from workbench.roles.documents.starter import MeasuredAccountability, StarterMetric, starter_metrics
from workbench.roles.model import Role

COUNTED_PERIODS = {
    Period.DAY: gettext_noop("a day"),
    Period.WEEK: gettext_noop("a week"),
    Period.MONTH: gettext_noop("a month"),
    Period.QUARTER: gettext_noop("the quarter"),
    Period.YEAR: gettext_noop("the year"),
}
_TO_DATE = {
    Period.DAY: gettext_noop("a day, added up"),
    Period.MONTH: gettext_noop("the month to date"),
    Period.QUARTER: gettext_noop("the quarter to date"),
}
_RULES = {
    SumRule.SUM: gettext_noop("sum"),
    SumRule.MONTHS: gettext_noop("sum"),
    SumRule.MEAN: gettext_noop("mean"),
    SumRule.LATEST: gettext_noop("last"),
}


@dataclass(frozen=True, slots=True)
class WeekLine:
    """One number of the page.

    `counted` is the period in words, `marks` are the targets of its weeks as short numbers, empty where all are the target
    itself. `total` says how the weeks become one number and `total_mark` its target.
    """

    metric: StarterMetric
    number: int
    name: str
    qualifier: str
    result: bool
    target: str
    counted: str
    marks: tuple[str, ...]
    total: str
    total_mark: str


@dataclass(frozen=True, slots=True)
class WeekPromise:
    """What the company does for an accountability, to tick."""

    key: str
    number: int
    text: str


@dataclass(frozen=True, slots=True)
class WeekSheet:
    """The thirteen-week page of a role: the numbers that are read in these weeks, those that are not, and the promises."""

    title: str
    currency: str
    outcomes: tuple[str, ...]
    lines: tuple[WeekLine, ...]
    later: tuple[WeekLine, ...]
    promises: tuple[WeekPromise, ...]
    gaps: tuple[str, ...]
    placeholders: bool
    samples: bool


def week_sheet(role: Role, translator: Translator = ENGLISH) -> WeekSheet:
    """Return the thirteen-week page of a role: early signs before results within each accountability."""
    starter = starter_metrics(role, translator)
    lines = tuple(_lines(starter.accountabilities, role.currency, translator))
    return WeekSheet(
        title=role.title,
        currency=role.currency,
        outcomes=tuple(item.outcome for item in starter.accountabilities),
        lines=tuple(line for line in lines if line.metric.weeks),
        later=tuple(line for line in lines if not line.metric.weeks),
        promises=tuple(_promises(starter.accountabilities)),
        gaps=tuple(gap.text for item in starter.accountabilities for gap in item.gaps),
        placeholders=any(not each.agreed for _, each in role.expectations()),
        samples=bool(role.samples),
    )


def _lines(items: tuple[MeasuredAccountability, ...], currency: str, translator: Translator) -> Iterator[WeekLine]:
    for number, item in enumerate(items, 1):
        for metric in (*item.leading, *item.lagging):
            yield _line(metric, number, currency, translator)


def _line(metric: StarterMetric, number: int, currency: str, translator: Translator) -> WeekLine:
    return WeekLine(
        metric=metric,
        number=number,
        name=metric.name,
        qualifier=metric.qualifier,
        result=metric.timing is Timing.LAGGING,
        target=format_limit(metric.value, metric.unit, metric.comparator.value, currency, translator),
        counted=_counted(metric, translator),
        marks=_marks(metric, translator),
        total=translator.gettext(_RULES[metric.sum_rule]) if len(metric.weeks) > 1 else "",
        total_mark=_total_mark(metric, translator),
    )


def _counted(metric: StarterMetric, translator: Translator) -> str:
    if metric.period is None:
        return translator.gettext("By {day}", day=translator.day(metric.due)) if metric.due else ""
    names = _TO_DATE if _is_to_date(metric) else COUNTED_PERIODS
    words = translator.gettext(names[metric.period])
    if metric.due is None:
        return words
    return translator.gettext("{period}, until {day}", period=words, day=translator.day(metric.due))


def _is_to_date(metric: StarterMetric) -> bool:
    """Return whether the number of a week is one to date: a day's is added up, a longer period is read before it ends."""
    if metric.period is Period.DAY:
        return metric.sum_rule is SumRule.SUM
    early = metric.weeks not in (MONTH_ENDS, ()) if metric.period is Period.MONTH else len(metric.weeks) > 1
    return early and metric.period in _TO_DATE


def _marks(metric: StarterMetric, translator: Translator) -> tuple[str, ...]:
    if all(each == metric.value for each in metric.targets):
        return tuple("" for _ in metric.weeks)
    return tuple(translator.compact(each) if each else "" for each in metric.targets)


def _total_mark(metric: StarterMetric, translator: Translator) -> str:
    """Return the target of all weeks where it says more than the target itself."""
    if metric.quarter_target is None or metric.quarter_target == metric.value:
        return ""
    return translator.number(metric.quarter_target)


def _promises(items: tuple[MeasuredAccountability, ...]) -> Iterator[WeekPromise]:
    """Yield each promise once, with the first accountability that it is made for; each line of a text is one to tick."""
    seen = set()
    for number, item in enumerate(items, 1):
        for metric in (*item.leading, *item.lagging):
            for at, text in enumerate(filter(None, map(str.strip, metric.we_will.splitlines())), 1):
                if text not in seen:
                    seen.add(text)
                    yield WeekPromise(metric.key if at == 1 else f"{metric.key}-{at}", number, text)
