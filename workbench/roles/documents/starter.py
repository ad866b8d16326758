"""The starter metrics: one sheet for seat holder and manager, in which every accountability has its numbers."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from workbench.core.text.translation import ENGLISH, Translator
from workbench.metrics.model import Direction, Metric, Period, Timing, Unit
from workbench.metrics.weeks import SumRule, sum_rule, target_for, target_of_quarter
from workbench.roles.expectations import expectation_sentence, metric_of, reading_weeks_of
from workbench.roles.model import Accountability, Basis, Comparator, Expectation, Role
from workbench.roles.promises.model import is_sample, mark
from workbench.roles.texts import place_of


@dataclass(frozen=True, slots=True)
class StarterMetric:
    """One metric of the sheet: target, source, owner, review period, and what both sides promise.

    `value` is in `unit` (money in whole units of the sheet's currency, percent as 22 for 22 %). `weeks` are
    those of the first 13 in which both read it, `targets` the target that holds in each of them (none without a value). The
    numbers of the weeks become one by `sum_rule`, with `quarter_target` as their target. `you_will` is the target as a
    sentence.
    """

    key: str
    metric: str
    name: str
    timing: Timing
    comparator: Comparator
    value: Decimal | None
    unit: Unit
    period: Period | None
    due: date | None
    qualifier: str
    direction: Direction
    source: str
    owner: str
    weeks: tuple[int, ...]
    targets: tuple[Decimal, ...]
    sum_rule: SumRule
    quarter_target: Decimal | None
    you_will: str
    we_will: str
    basis: Basis


@dataclass(frozen=True, slots=True)
class Gap:
    """Something the sheet still lacks, in words, and the place where it is filled."""

    text: str
    place: str


@dataclass(frozen=True, slots=True)
class MeasuredAccountability:
    """One accountability with the measures of its result, the drivers that lead to it, and its gaps."""

    key: str
    outcome: str
    lagging: tuple[StarterMetric, ...]
    leading: tuple[StarterMetric, ...]
    gaps: tuple[Gap, ...]

    @property
    def metrics(self) -> tuple[StarterMetric, ...]:
        """Return the measures of the result first, then the drivers."""
        return (*self.lagging, *self.leading)


@dataclass(frozen=True, slots=True)
class StarterSheet:
    """The sheet that a seat holder and a manager share."""

    title: str
    reports_to: str
    currency: str
    accountabilities: tuple[MeasuredAccountability, ...]

    @property
    def complete(self) -> bool:
        """Return whether the sheet has no gaps."""
        return bool(self.accountabilities) and not any(item.gaps for item in self.accountabilities)

    def metrics(self) -> Iterator[tuple[MeasuredAccountability, StarterMetric]]:
        """Yield every metric with its accountability, in the order of the sheet."""
        return ((item, metric) for item in self.accountabilities for metric in item.metrics)


def starter_metrics(role: Role, translator: Translator = ENGLISH) -> StarterSheet:
    """Return the sheet with each accountability's lagging measure and leading drivers, with target, source and owner.

    The measure shows whether the outcome happened, so it lags. A driver is work the person controls this week, so it leads.
    Gaps are named, never filled.
    (Articles 1 and 3.)
    """
    accountabilities = tuple(_measure_accountability(role, item, translator) for item in role.accountabilities)
    return StarterSheet(role.title, role.reports_to, role.currency, accountabilities)


def _measure_accountability(role: Role, item: Accountability, translator: Translator) -> MeasuredAccountability:
    lines = [_line(role, part, metric, translator) for part in item.expectations if (metric := metric_of(part))]
    lagging = tuple(line for line in lines if line.timing is Timing.LAGGING)
    leading = tuple(line for line in lines if line.timing is Timing.LEADING)
    return MeasuredAccountability(
        item.key,
        item.outcome,
        lagging,
        leading,
        (*_find_missing_timings(item, lagging, leading, translator), *_find_incomplete(item, translator)),
    )


def _line(role: Role, part: Expectation, metric: Metric, translator: Translator) -> StarterMetric:
    weeks = reading_weeks_of(part)
    return StarterMetric(
        key=part.key,
        metric=metric.code,
        name=translator.gettext(metric.name),
        timing=metric.timing,
        comparator=part.comparator,
        value=part.value,
        unit=part.unit or metric.unit,
        period=part.period,
        due=part.due,
        qualifier=part.qualifier.strip(),
        direction=metric.direction,
        source=part.source.strip(),
        owner=role.title,
        weeks=weeks,
        targets=_targets(metric, part, weeks),
        sum_rule=sum_rule(metric, part.period),
        quarter_target=None if part.value is None else target_of_quarter(metric, part.period, part.value),
        you_will=expectation_sentence(part, role.currency, translator),
        we_will=mark(part.we_will, translator) if is_sample(role, part.we_will) else part.we_will.strip(),
        basis=part.basis,
    )


def _targets(metric: Metric, part: Expectation, weeks: tuple[int, ...]) -> tuple[Decimal, ...]:
    if part.value is None:
        return ()
    found = (target_for(metric, part.period, part.value, week) for week in weeks)
    return tuple(each for each in found if each is not None)


def _find_missing_timings(
    item: Accountability, lagging: tuple[StarterMetric, ...], leading: tuple[StarterMetric, ...], translator: Translator
) -> Iterator[Gap]:
    if not lagging:
        yield Gap(
            translator.gettext("No lagging metric yet: nothing shows whether the outcome happened."),
            place_of(item, "expectations"),
        )
    if not leading:
        yield Gap(
            translator.gettext("No leading metric yet: nothing warns while there is time to act."),
            place_of(item, "expectations"),
        )


def _find_incomplete(item: Accountability, translator: Translator) -> Iterator[Gap]:
    """Yield the gap of each incomplete expectation; one with an unknown metric is not on the sheet at all."""
    for part in item.expectations:
        place = place_of(item, part)
        metric = metric_of(part)
        if metric is None:
            message = translator.gettext("“{code}” is not a metric in the catalogue.", code=part.metric)
            yield Gap(message if part.metric else translator.gettext("No metric chosen yet."), place)
            continue
        missing = {
            translator.gettext("no number"): part.value is None,
            translator.gettext("no period and no date"): part.period is None and part.due is None,
            translator.gettext("no source"): not part.source.strip(),
            translator.gettext("no “we will”"): not part.we_will.strip(),
        }
        if gaps := ", ".join(name for name, is_missing in missing.items() if is_missing):
            yield Gap(translator.gettext("{metric}: {gaps}.", metric=translator.gettext(metric.name), gaps=gaps), place)
