"""The plan of the first 13 weeks of a seat, and the name of a metric as it is written inside a sentence."""

from workbench.core.text.translation import INSIDE_A_SENTENCE, Translator, gettext_noop
from workbench.metrics.model import Period
from workbench.metrics.weeks import MONTH_ENDS
from workbench.roles.expectations import metric_of, reading_weeks_of
from workbench.roles.model import Expectation, Role

_EACH_WEEK = gettext_noop("Each week we look together at: {names}.")
_FIRST_LOOK = gettext_noop("At the end of week {number} we look for the first time at: {names}.")
_NEXT_LOOK = gettext_noop("At the end of week {number} we look again at what is read each month.")
_NOT_YET = gettext_noop("Not judged yet, because a year has to pass: {names}.")
_DATED = gettext_noop("Looked at on its own date: {names}.")


def first_weeks(role: Role, translator: Translator) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Return the plan of the first 13 weeks, month by month: the agreement, and the week in which each number is read.

    A number is named at the week in which it is read for the first time.
    """
    gettext = translator.gettext
    names = _names_by_first_week(role, translator)
    first, second, last = MONTH_ENDS
    meet = gettext("You meet the people who own the work next to yours.") if role.neighbours else ""
    again = gettext(_NEXT_LOOK, number=second) if first in names else ""
    return (
        (
            gettext("Weeks 1 to 4"),
            _without_empty(
                meet,
                gettext("We agree your first targets together and write them down."),
                _fill_names(_EACH_WEEK, names.get(1, []), translator),
                _fill_names(_FIRST_LOOK, names.get(first, []), translator, first),
            ),
        ),
        (gettext("Weeks 5 to 9"), _without_empty(again)),
        (
            gettext("Weeks 10 to 13"),
            _without_empty(
                _fill_names(_FIRST_LOOK, names.get(last, []), translator, last),
                _fill_names(_NOT_YET, _names_of_years(role, translator), translator),
                _fill_names(_DATED, _names_of_dates(role, translator), translator),
            ),
        ),
    )


def _names_by_first_week(role: Role, translator: Translator) -> dict[int, list[str]]:
    names: dict[int, list[str]] = {}
    for _, each in role.expectations():
        if weeks := reading_weeks_of(each):
            names.setdefault(weeks[0], []).append(inline_name(each, translator))
    return names


def _names_of_years(role: Role, translator: Translator) -> list[str]:
    return [
        inline_name(each, translator)
        for _, each in role.expectations()
        if each.period is Period.YEAR and metric_of(each)
    ]


def _names_of_dates(role: Role, translator: Translator) -> list[str]:
    dated = (each for _, each in role.expectations() if each.period is None and each.due is not None)
    return [inline_name(each, translator) for each in dated if metric_of(each)]


def _fill_names(text: str, names: list[str], translator: Translator, number: int = 0) -> str:
    if not names:
        return ""
    return translator.gettext(text, names=translator.join(list(dict.fromkeys(names))), number=number)


def inline_name(each: Expectation, translator: Translator) -> str:
    """Return the name of a metric as it is written inside a sentence.

    A catalogue says how; a company's own metric is in none, so a document in another language keeps its name. English
    writes a name in lower case unless it begins with an abbreviation.
    """
    metric = metric_of(each)
    if metric is None:
        return ""
    name = translator.pgettext(INSIDE_A_SENTENCE, metric.name)
    if translator.language != "en" or name[1:2].isupper():
        return name
    return name[:1].lower() + name[1:]


def _without_empty(*lines: str) -> tuple[str, ...]:
    return tuple(line for line in lines if line)
