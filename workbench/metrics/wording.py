"""Write a target in words: its number with comparator and unit, and the sentence that a seller reads."""

import re
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from workbench.core.text.translation import ENGLISH, Translator, gettext_noop, ngettext_noop
from workbench.metrics.catalogue import LENGTHS
from workbench.metrics.model import Metric, Period, Unit
from workbench.metrics.validation import InvalidInput

BLANK = "____"

_PLAIN = {"at least": gettext_noop("at least {n}"), "at most": gettext_noop("at most {n}"), "exactly": "{n}"}
_SUFFIXED = {"at least": gettext_noop("{n} or more"), "at most": gettext_noop("no more than {n}"), "exactly": "{n}"}
_WITHIN = {
    "at least": gettext_noop("in at least {n}"),
    "at most": gettext_noop("within {n}"),
    "exactly": gettext_noop("in {n}"),
}
_SIGNS = {"at least": "≥", "at most": "≤", "exactly": "="}
_COUNTED = {
    Unit.MINUTES: ngettext_noop("{n} minute", "{n} minutes"),
    Unit.HOURS: ngettext_noop("{n} hour", "{n} hours"),
    Unit.DAYS: ngettext_noop("{n} day", "{n} days"),
    Unit.MONTHS: ngettext_noop("{n} month", "{n} months"),
    Unit.POINTS: ngettext_noop("{n} point", "{n} points"),
    Unit.TIMES: ngettext_noop("{n} time", "{n} times"),
}
_EACH = {
    Period.DAY: gettext_noop("{target} each day"),
    Period.WEEK: gettext_noop("{target} each week"),
    Period.MONTH: gettext_noop("{target} each month"),
    Period.QUARTER: gettext_noop("{target} each quarter"),
    Period.YEAR: gettext_noop("{target} each year"),
}
# Before a sentence that ends in its qualifier: "from meetings that you arranged each month" would say something else.
_EACH_FIRST = {
    Period.DAY: gettext_noop("each day, {target}"),
    Period.WEEK: gettext_noop("each week, {target}"),
    Period.MONTH: gettext_noop("each month, {target}"),
    Period.QUARTER: gettext_noop("each quarter, {target}"),
    Period.YEAR: gettext_noop("each year, {target}"),
}
# A length of time is reached once and measured again and again.
_MEASURED = {
    Period.DAY: gettext_noop("{target}, measured each day"),
    Period.WEEK: gettext_noop("{target}, measured each week"),
    Period.MONTH: gettext_noop("{target}, measured each month"),
    Period.QUARTER: gettext_noop("{target}, measured each quarter"),
    Period.YEAR: gettext_noop("{target}, measured each year"),
}
_SLOT = re.compile(r" ?\{(n|within|of)\}")


def format_figure(value: Decimal | None, unit: Unit, currency: str, translator: Translator = ENGLISH) -> str:
    """Return a number with its unit: `$250,000`, `22%`, `1 minute`; `____` for a value that is not agreed yet.

    Money is in whole units of the currency, percent as 22 for 22 %.
    """
    number = Decimal(0) if value is None else value
    if not number.is_finite():
        raise InvalidInput("value", "This is not a finite number.")
    if unit is Unit.MONEY:
        text = translator.money(number, currency)
    else:
        text = translator.percent(number) if unit is Unit.PERCENT else translator.number(number)
    if value is None:
        text = text.replace("0", BLANK)
    return translator.ngettext(*_COUNTED[unit], value, n=text) if unit in _COUNTED else text


def format_target(
    value: Decimal | None, unit: Unit, comparator: str, currency: str, translator: Translator = ENGLISH
) -> str:
    """Return a number with its comparator: `at least 9`, `22% or more`, `at most 2 hours`, `90 minutes` (exactly).

    In English percentages and points are `22% or more` and `no more than 5%`, which reads well after "at"; the phrases of
    the catalogue are written for that. Raises InvalidInput for a comparator other than at least, at most, exactly.
    """
    if comparator not in _PLAIN:
        raise InvalidInput("comparator", "Choose at least, at most or exactly.")
    patterns = _SUFFIXED if unit in (Unit.PERCENT, Unit.POINTS) else _PLAIN
    return translator.gettext(patterns[comparator], n=format_figure(value, unit, currency, translator))


def format_limit(
    value: Decimal | None, unit: Unit, comparator: str, currency: str, translator: Translator = ENGLISH
) -> str:
    """Return a number behind the sign of its comparator, for tables: `≥ 9`, `≤ 2 hours`, `= 100%`.

    Raises InvalidInput for a comparator other than at least, at most, exactly.
    """
    if comparator not in _SIGNS:
        raise InvalidInput("comparator", "Choose at least, at most or exactly.")
    return f"{_SIGNS[comparator]}\u00a0{format_figure(value, unit, currency, translator)}"


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


def target_sentence(metric: Metric, target: Target, currency: str, translator: Translator = ENGLISH) -> str:
    """Return a target as one sentence without its full stop: "Hold at least 9 first meetings each week".

    Raises InvalidInput for an unknown comparator.
    """
    one, many = metric.phrase_one, metric.phrase
    phrase = translator.ngettext(one, many, target.value) if one else translator.gettext(many)
    qualifier = " ".join(target.qualifier.split())
    if "{of}" not in phrase:
        phrase += " {of}"
    text = _fill_slots(phrase, metric, target, qualifier, currency, translator)
    text = _add_time(text, metric, target, translator, first=bool(qualifier) and phrase.endswith("{of}"))
    return text[:1].upper() + text[1:]


def _fill_slots(
    phrase: str, metric: Metric, target: Target, qualifier: str, currency: str, translator: Translator
) -> str:
    """Return the phrase with number and qualifier in their slots; a slot that stays empty takes its space along."""
    unit = target.unit or metric.unit
    slots = {"of": qualifier, "n": format_target(target.value, unit, target.comparator, currency, translator)}
    figure = format_figure(target.value, unit, currency, translator)
    slots["within"] = translator.gettext(_WITHIN[target.comparator], n=figure)

    def fill(slot: re.Match[str]) -> str:
        space, text = slot[0][: slot[0].index("{")], slots[slot[1]]
        return f"{space}{text}" if text else ""

    return _SLOT.sub(fill, phrase)


def _add_time(text: str, metric: Metric, target: Target, translator: Translator, *, first: bool) -> str:
    """Return the sentence with its period and its date, in front of a sentence that ends in a qualifier."""
    if target.period is not None:
        patterns = _EACH_FIRST if first else _EACH
        if (target.unit or metric.unit) in LENGTHS:
            patterns = _MEASURED
        text = translator.gettext(patterns[target.period], target=text)
    if target.due is not None:
        if first:
            until = (
                gettext_noop("by {day}, {target}") if target.period is None else gettext_noop("until {day}, {target}")
            )
        else:
            until = gettext_noop("{target} by {day}") if target.period is None else gettext_noop("{target} until {day}")
        text = translator.gettext(until, target=text, day=translator.day(target.due))
    return text


def default_comparator(metric: Metric) -> str:
    """Return the usual comparator of a metric: at most where lower or near zero is good, otherwise at least."""
    return "at least" if metric.direction.value == "higher" else "at most"
