"""A target in words: the number with its comparator and unit, and the sentence that a seller reads."""

from datetime import date
from decimal import Decimal

from workbench.metrics.faults import Unworkable
from workbench.metrics.model import Metric, Period, Unit

BLANK = "____"

_SIGNS = {"USD": "$", "EUR": "€", "GBP": "£", "JPY": "¥", "CAD": "CA$", "AUD": "A$", "NZD": "NZ$", "INR": "₹"}
_BEFORE = {"at least": "at least ", "at most": "at most ", "exactly": ""}
_AFTER = {"at least": " or more", "at most": " or less", "exactly": ""}
_NOUNS = {
    Unit.MINUTES: "minute",
    Unit.HOURS: "hour",
    Unit.DAYS: "day",
    Unit.MONTHS: "month",
    Unit.POINTS: "point",
    Unit.TIMES: "time",
}
_POSTFIX = (Unit.PERCENT, Unit.POINTS)
_MONTHS = (  # not strftime: the words of a target do not follow the machine's locale
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)


def figure(value: Decimal | None, unit: Unit, currency: str = "USD") -> str:
    """Word a number with its unit and no comparator: `$250,000`, `22%`, `1 minute`; `____` where none is agreed yet.

    Money is in whole units of the currency, percent as 22 for 22 %.
    """
    digits = BLANK if value is None else _digits(value, 2 if unit is Unit.MONEY and value % 1 else None)
    if unit is Unit.MONEY:
        return f"-{_money(digits[1:], currency)}" if digits.startswith("-") else _money(digits, currency)
    if unit is Unit.PERCENT:
        return f"{digits}%"
    noun = _NOUNS.get(unit, "")
    return f"{digits} {noun}{'' if value == 1 else 's'}" if noun else digits


def amount(value: Decimal | None, unit: Unit, comparator: str, currency: str = "USD") -> str:
    """Word a number as a target: `at least 9`, `22% or more`, `at most 2 hours`, `90 minutes` (exactly).

    Percentages and points carry the comparator behind the number, everything else in front of it; the phrases of
    the catalogue are written for that. Raises Unworkable for a comparator other than at least, at most, exactly.
    """
    if comparator not in _BEFORE:
        raise Unworkable("comparator", "Choose at least, at most or exactly.")
    said = figure(value, unit, currency)
    return said + _AFTER[comparator] if unit in _POSTFIX else _BEFORE[comparator] + said


def sentence(
    metric: Metric,
    comparator: str,
    value: Decimal | None,
    period: Period | None = None,
    due: date | None = None,
    qualifier: str = "",
    currency: str = "USD",
    unit: Unit | None = None,
) -> str:
    """Say a target in one sentence without its full stop: "Hold at least 9 first meetings each week".

    `qualifier` narrows what counts ("over $100,000"); `unit` replaces the metric's own where a leader chose another.
    Raises Unworkable for an unknown comparator.
    """
    phrase = metric.phrase_one if value == 1 and metric.phrase_one else metric.phrase
    said = phrase.replace("{n}", amount(value, unit or metric.unit, comparator, currency))
    if qualifier.strip():
        said += f" {qualifier.strip()}"
    if period is not None:
        said += f" each {period.value}"
    if due is not None:
        said += f" {'until' if period is not None else 'by'} {day(due)}"
    return said[:1].upper() + said[1:]


def day(date_: date) -> str:
    """Write a date as a sentence does: `31 March 2027`."""
    return f"{date_.day} {_MONTHS[date_.month - 1]} {date_.year}"


def usual_comparator(metric: Metric) -> str:
    """Say which comparator a target on this metric usually carries: at most where lower or near zero is good."""
    return "at least" if metric.direction.value == "higher" else "at most"


def _digits(value: Decimal, places: int | None) -> str:
    if not value.is_finite():
        raise Unworkable("value", "This is not a number that can be counted with.")
    if places is not None:
        return f"{value:,.{places}f}"
    return f"{value.normalize():,f}" if value else "0"


def _money(digits: str, currency: str) -> str:
    sign = _SIGNS.get(currency)
    return f"{sign}{digits}" if sign else f"{currency}\u00a0{digits}"
