"""Rules about numbers and dates that are read correctly and still look like a slip: too small, too large, long ago."""

from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal

from workbench.core import clock
from workbench.core.findings import Finding, Level
from workbench.core.text.currencies import from_minor, is_currency
from workbench.core.text.translation import ENGLISH
from workbench.core.text.words import join_words
from workbench.metrics.catalogue import catalogue
from workbench.metrics.model import Direction, Metric, Unit
from workbench.metrics.wording import format_figure
from workbench.roles.expectations import metric_of
from workbench.roles.model import Comparator, Expectation, PayPeriod, Role
from workbench.roles.texts import place_of

PLAUSIBLE_NUMBER, PLAUSIBLE_PAY, PLAUSIBLE_DATE = "plausible number", "plausible pay", "plausible date"
MAX_YEARS_AHEAD = 10
# The least and the most that can be meant, in units of a currency of which one buys about as much as a dollar.
PLAUSIBLE_PAY_OF = {
    PayPeriod.HOUR: (1, 1_000),
    PayPeriod.MONTH: (100, 500_000),
    PayPeriod.YEAR: (1_000, 5_000_000),
}
# The order of magnitude of what buys as much as a dollar, for currencies of small units.
SCALE_OF_A_CURRENCY = {
    **dict.fromkeys(("CNY", "CZK", "DKK", "HKD", "MXN", "NOK", "SEK", "THB", "TRY", "TWD", "UAH", "ZAR"), 10),
    **dict.fromkeys(
        (
            "ALL",
            "BDT",
            "DZD",
            "EGP",
            "HUF",
            "INR",
            "ISK",
            "JPY",
            "KES",
            "LKR",
            "MKD",
            "NPR",
            "PHP",
            "PKR",
            "RSD",
            "RUB",
        ),
        100,
    ),
    **dict.fromkeys(
        ("AMD", "ARS", "CLP", "COP", "CRC", "IQD", "KRW", "KZT", "MMK", "MNT", "NGN", "TZS", "UGX", "XAF", "XOF"), 1_000
    ),
    **dict.fromkeys(("IDR", "IRR", "KHR", "LAK", "LBP", "PYG", "UZS", "VND"), 10_000),
}
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
    """Yield a finding for a pay that is too small or too large for its period."""
    ends = [end for end in (role.pay.minimum, role.pay.maximum) if end is not None]
    if not ends or not is_currency(role.currency):
        return
    amount = from_minor(max(ends), role.currency)
    low, high = _plausible_range(role.pay.period, role.currency)
    if amount <= 0 or low <= amount <= high:
        return
    size = "little" if amount < low else "much"
    article = "an" if role.pay.period is PayPeriod.HOUR else "a"
    reason = f"{ENGLISH.money(amount, role.currency)} is very {size} for {article} {role.pay.period}."
    suggestion = _other_meaning(role.pay.period, amount, role.currency)
    yield Finding(PLAUSIBLE_PAY, Level.ADVICE, "pay", reason, suggestion, "a slip of the thousands or of the period")


def _plausible_range(period: PayPeriod, currency: str) -> tuple[int, int]:
    scale = SCALE_OF_A_CURRENCY.get(currency, 1)
    low, high = PLAUSIBLE_PAY_OF[period]
    return low * scale, high * scale


def _other_meaning(period: PayPeriod, amount: Decimal, currency: str) -> str:
    """Return the question whether another period is meant, or a thousand times the amount."""
    others = [
        f"pay for {'an' if other is PayPeriod.HOUR else 'a'} {other}" for other in PayPeriod if other is not period
    ]
    low, high = _plausible_range(period, currency)
    if low <= amount * 1000 <= high:
        others.insert(0, ENGLISH.money(amount * 1000, currency))
    return f"Did you mean {join_words(others, 'or')}?"


def plausible_date(role: Role) -> Iterator[Finding]:
    """Yield a finding for each due date that is over, or so far away that its year is a slip."""
    today = clock.now().date()
    for item, expectation in role.expectations():
        if doubt := _doubt_about_date(expectation.due, today):
            level, reason, suggestion = doubt
            yield Finding(PLAUSIBLE_DATE, level, place_of(item, expectation), reason, suggestion, _SOURCE)


def doubt_about_date(due: date | None, today: date) -> str:
    """Return a remark about a due date that leaves no time to work or is far away; an empty text for any other date."""
    doubt = _doubt_about_date(due, today)
    return f"{doubt[1]} {doubt[2]}" if doubt else ""


def _doubt_about_date(due: date | None, today: date) -> tuple[Level, str, str] | None:
    if due is None:
        return None
    if due.year > today.year + MAX_YEARS_AHEAD:
        return (
            Level.BLOCKING,
            f"This is due in {due.year}.",
            "Check the year: nobody works towards a target for so long.",
        )
    if due > today + timedelta(days=1):
        return None
    when = {today: "today", today + timedelta(days=1): "tomorrow"}.get(due, "in the past")
    level = Level.BLOCKING if due < today - timedelta(days=1) else Level.ADVICE  # the day changes from zone to zone
    return level, f"This is due {when}.", "Nobody can reach a target in a day: choose a later date."
