"""Say in which of the first 13 weeks a number is read, which target holds in a week, and how the weeks add up."""

from decimal import Decimal
from enum import StrEnum
from fractions import Fraction

from workbench.metrics.model import Metric, Period, Timing

WEEKS = tuple(range(1, 14))
# A quarter has 13 weeks: months of four, five and four.
MONTHS = ((1, 2, 3, 4), (5, 6, 7, 8, 9), (10, 11, 12, 13))
MONTH_ENDS = tuple(weeks[-1] for weeks in MONTHS)
WORKDAYS = 5  # of a week, holidays not counted


class SumRule(StrEnum):
    """How the numbers of the weeks become one: their sum, the sum of the last number of each month, the mean, or the latest."""

    SUM = "sum"
    MONTHS = "sum of months"
    MEAN = "mean"
    LATEST = "latest"


def reading_weeks(metric: Metric, period: Period | None) -> tuple[int, ...]:
    """Return the weeks, from 1 to 13, in which a number with a target for this period is read.

    A number of a day or a week is read every week, and so is an early sign that can be counted through its month. Any
    other number of a month is read when the month ends. A number of a quarter is read at the ends of its months where an
    earlier look can still change it, otherwise in week 13. A year has not passed by then, and a target without a period
    belongs to no week: nothing is read.
    """
    if period in (Period.DAY, Period.WEEK):
        return WEEKS
    leads = metric.timing is Timing.LEADING
    if period is Period.MONTH:
        return WEEKS if leads and metric.additive else MONTH_ENDS
    if period is Period.QUARTER:
        counted_monthly = metric.additive and metric.cadence not in (Period.QUARTER, Period.YEAR)
        return MONTH_ENDS if leads or counted_monthly else WEEKS[-1:]
    return ()


def target_for(metric: Metric, period: Period | None, value: Decimal, week: int) -> Decimal | None:
    """Return the target that holds in a week, or None where no number is read in that week.

    A number that adds up has a target to date: the week's sum for a target of a day, and for a month or a quarter the part
    that should be there by then, rounded down to a whole number until the period ends. A rate, an average and a number
    of one moment are never divided.
    """
    if week not in reading_weeks(metric, period):
        return None
    if not metric.additive or period is Period.WEEK:
        return value
    if period is Period.DAY:
        return value * WORKDAYS
    part = _month_to_date(week) if period is Period.MONTH else _quarter_to_date(week)
    if part == 1:
        return value
    to_date = Fraction(value) * part
    return Decimal(to_date.numerator // to_date.denominator)


def sum_rule(metric: Metric, period: Period | None) -> SumRule:
    """Return how the numbers of the weeks become one.

    Numbers that add up are added, those of a month once a month; a number of a quarter is to date already. Rates and
    averages of weeks or months are averaged, a number of one moment counts as it was last read.
    """
    if metric.snapshot or period not in (Period.DAY, Period.WEEK, Period.MONTH):
        return SumRule.LATEST
    if not metric.additive:
        return SumRule.MEAN
    return SumRule.MONTHS if period is Period.MONTH else SumRule.SUM


def target_of_quarter(metric: Metric, period: Period | None, value: Decimal) -> Decimal | None:
    """Return the target of all 13 weeks by the same rule as their numbers, or None where nothing is read in them."""
    weeks = reading_weeks(metric, period)
    if not weeks:
        return None
    rule = sum_rule(metric, period)
    if rule is SumRule.SUM:
        return sum((target_for(metric, period, value, week) or Decimal() for week in weeks), Decimal())
    return value * len(MONTHS) if rule is SumRule.MONTHS else value


def _month_to_date(week: int) -> Fraction:
    """Return the part of its month that has passed at the end of a week."""
    weeks = next(each for each in MONTHS if week in each)
    return Fraction(weeks.index(week) + 1, len(weeks))


def _quarter_to_date(week: int) -> Fraction:
    """Return the part of the quarter that has passed at the end of a week: a third for each month."""
    months = sum(end < week for end in MONTH_ENDS)
    return (months + _month_to_date(week)) / len(MONTHS)
