"""Write a target in words: its number with comparator and unit, and the sentence that a seller reads."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from workbench.core.text.translation import ENGLISH, Words, house, ngettext_noop
from workbench.metrics.model import Metric, Period, Unit
from workbench.metrics.validation import InvalidInput

BLANK = "____"

_PLAIN = {"at least": house("at least {n}"), "at most": house("at most {n}"), "exactly": "{n}"}
_SUFFIXED = {"at least": house("{n} or more"), "at most": house("{n} or less"), "exactly": "{n}"}
_COUNTED = {
    Unit.MINUTES: ngettext_noop("{n} minute", "{n} minutes"),
    Unit.HOURS: ngettext_noop("{n} hour", "{n} hours"),
    Unit.DAYS: ngettext_noop("{n} day", "{n} days"),
    Unit.MONTHS: ngettext_noop("{n} month", "{n} months"),
    Unit.POINTS: ngettext_noop("{n} point", "{n} points"),
    Unit.TIMES: ngettext_noop("{n} time", "{n} times"),
}
_EACH = {
    Period.DAY: house("{target} each day"),
    Period.WEEK: house("{target} each week"),
    Period.MONTH: house("{target} each month"),
    Period.QUARTER: house("{target} each quarter"),
    Period.YEAR: house("{target} each year"),
}


def format_figure(value: Decimal | None, unit: Unit, currency: str, say: Words = ENGLISH) -> str:
    """Return a number with its unit: `$250,000`, `22%`, `1 minute`; `____` for a value that is not agreed yet.

    Money is in whole units of the currency, percent as 22 for 22 %.
    """
    known = Decimal(0) if value is None else value
    if not known.is_finite():
        raise InvalidInput("value", "This is not a finite number.")
    if unit is Unit.MONEY:
        text = say.money(known, currency)
    else:
        text = say.percent(known) if unit is Unit.PERCENT else say.number(known)
    if value is None:
        text = text.replace("0", BLANK)
    return say.ngettext(*_COUNTED[unit], value, n=text) if unit in _COUNTED else text


def format_target(value: Decimal | None, unit: Unit, comparator: str, currency: str, say: Words = ENGLISH) -> str:
    """Return a number with its comparator: `at least 9`, `22% or more`, `at most 2 hours`, `90 minutes` (exactly).

    In English the comparator follows percentages and points and precedes everything else; the phrases of the
    catalogue are written for that. Raises InvalidInput for a comparator other than at least, at most, exactly.
    """
    if comparator not in _PLAIN:
        raise InvalidInput("comparator", "Choose at least, at most or exactly.")
    patterns = _SUFFIXED if unit in (Unit.PERCENT, Unit.POINTS) else _PLAIN
    return say(patterns[comparator], n=format_figure(value, unit, currency, say))


@dataclass(frozen=True, slots=True)
class Target:
    """The target of a metric.

    `qualifier` narrows what counts ("over $100,000"); `unit` replaces the metric's unit where a leader chose another.
    """

    comparator: str
    value: Decimal | None
    period: Period | None = None
    due: date | None = None
    qualifier: str = ""
    unit: Unit | None = None


def target_sentence(metric: Metric, target: Target, currency: str, say: Words = ENGLISH) -> str:
    """Return a target as one sentence without its full stop: "Hold at least 9 first meetings each week".

    Raises InvalidInput for an unknown comparator.
    """
    one, many = metric.phrase_one, metric.phrase
    phrase = say.ngettext(one, many, target.value) if one else say(many)
    number = format_target(target.value, target.unit or metric.unit, target.comparator, currency, say)
    text = phrase.replace("{n}", number)
    if target.qualifier.strip():
        text += f" {target.qualifier.strip()}"
    if target.period is not None:
        text = say(_EACH[target.period], target=text)
    if target.due is not None:
        until = house("{target} by {day}") if target.period is None else house("{target} until {day}")
        text = say(until, target=text, day=say.day(target.due))
    return text[:1].upper() + text[1:]


def default_comparator(metric: Metric) -> str:
    """Return the usual comparator of a metric: at most where lower or near zero is good, otherwise at least."""
    return "at least" if metric.direction.value == "higher" else "at most"
