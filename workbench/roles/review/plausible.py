"""Rules about numbers that are read correctly and still look like a slip: too small, too large, or asking for nothing."""

from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal

from workbench.core.findings import Finding, Level
from workbench.core.text.currencies import from_minor, is_currency
from workbench.core.text.translation import ENGLISH
from workbench.metrics.catalogue import catalogue
from workbench.metrics.model import Direction, Metric, Unit
from workbench.metrics.wording import format_figure
from workbench.roles.expectations import metric_of
from workbench.roles.model import Comparator, Expectation, PayPeriod, Role
from workbench.roles.texts import place_of

PLAUSIBLE_NUMBER, PLAUSIBLE_PAY = "plausible number", "plausible pay"
MIN_PAY_OF_A_YEAR = 1_000  # whole units of any currency
# Metrics in percent of something that the result can be more than, or less than nothing of.
OVER_100 = frozenset({"attainment", "nrr", "acct_growth", "revenue_growth", "forecast_err", "regretted_attrition"})
BELOW_ZERO = frozenset({"acct_growth", "revenue_growth", "forecast_err", "nps"})
_SOURCE = "article 4: specific, measurable, attainable, timed"


def plausible_number(role: Role) -> Iterator[Finding]:
    """Yield a finding for each number that asks for nothing, or that its metric can hardly reach."""
    for item, expectation in role.expectations():
        metric = metric_of(expectation)
        if metric is None or expectation.value is None or not is_currency(role.currency):
            continue
        for level, reason, suggestion in _doubts(metric, expectation, expectation.value, role.currency):
            yield Finding(PLAUSIBLE_NUMBER, level, place_of(item, expectation), reason, suggestion, _SOURCE)


def _doubts(
    metric: Metric, expectation: Expectation, value: Decimal, currency: str
) -> Iterator[tuple[Level, str, str]]:
    figure = format_figure(value, metric.unit, currency)
    if value < 0 and metric.code not in BELOW_ZERO:
        yield Level.BLOCKING, f"“{metric.name}” cannot be {figure}.", "Check the minus sign."
    elif value == 0 and expectation.comparator is Comparator.AT_LEAST:
        yield Level.BLOCKING, f"“{metric.name}” of at least {figure} asks for nothing.", "Enter the number you expect."
    elif metric.unit is Unit.PERCENT and value > 100 and _is_share(metric):
        yield Level.BLOCKING, f"“{metric.name}” cannot be over 100%; this is {figure}.", "Check the decimal sign."
    elif metric.unit is Unit.PERCENT and 0 < value < 1 and metric.direction is Direction.HIGHER:
        meant = format_figure(value * 100, Unit.PERCENT, currency)
        yield Level.ADVICE, f"“{metric.name}” of {figure} is less than one in a hundred.", f"Did you mean {meant}?"


def _is_share(metric: Metric) -> bool:
    """Return whether a percentage is a part of a whole; how far a company's own metric can go is not known."""
    return metric.code in catalogue() and metric.code not in OVER_100


def plausible_pay(role: Role) -> Iterator[Finding]:
    """Yield a finding for the pay of a year that is too small to be one."""
    ends = [end for end in (role.pay.minimum, role.pay.maximum) if end is not None]
    if role.pay.period is PayPeriod.YEAR and ends and is_currency(role.currency):
        amount = from_minor(max(ends), role.currency)
        if amount < MIN_PAY_OF_A_YEAR:
            reason = f"{ENGLISH.money(amount, role.currency)} is very little for a year."
            suggestion = f"Did you mean {ENGLISH.money(amount * 1000, role.currency)}, or pay for an hour or a month?"
            yield Finding(PLAUSIBLE_PAY, Level.ADVICE, "pay", reason, suggestion, "a slip of the thousands")


def doubt_about_date(due: date | None, today: date) -> str:
    """Return a remark about a due date that leaves no time to work; an empty text for any other date."""
    if due is None or due > today + timedelta(days=1):
        return ""
    when = {today: "today", today + timedelta(days=1): "tomorrow"}.get(due, "in the past")
    return f"This is due {when}. Nobody can reach a target in a day: choose a later date."
