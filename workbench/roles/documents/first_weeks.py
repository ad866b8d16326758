"""The plan of the first 13 weeks of a seat, and the name of a metric as it is written inside a sentence."""

from workbench.core.text.translation import INSIDE_A_SENTENCE, Translator, gettext_noop
from workbench.metrics.model import Period, Timing
from workbench.roles.expectations import metric_of, timing_of
from workbench.roles.model import Expectation, Role

_PERIODS_WITHIN_13_WEEKS = (Period.DAY, Period.WEEK, Period.MONTH, Period.QUARTER)
_EACH_WEEK = gettext_noop("Each week we look at the early signs together: {names}.")
_FIRST_LOOK = gettext_noop("We look at results for the first time: {names}.")
_NOT_YET = gettext_noop("Not judged yet, because a year has to pass: {names}.")


def first_weeks(role: Role, translator: Translator) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Return the plan of the first 13 weeks: agree targets, find the weekly rhythm, look at the first results.

    A leading measure acts before the result, so it can be talked about from the second month; a lagging one is
    looked at when its own period has passed once.
    """
    gettext = translator.gettext
    pairs = tuple(role.expectations())
    leading = [_name(each, translator) for _, each in pairs if timing_of(each) is Timing.LEADING]
    soon = [
        _name(each, translator)
        for _, each in pairs
        if timing_of(each) is Timing.LAGGING and each.period in _PERIODS_WITHIN_13_WEEKS
    ]
    later = [
        _name(each, translator) for _, each in pairs if timing_of(each) is Timing.LAGGING and each.period is Period.YEAR
    ]
    meet = gettext("You meet the people who own the work next to yours.") if role.neighbours else ""
    return (
        (
            gettext("Weeks 1 to 4"),
            _without_empty(meet, gettext("We agree your first targets together and write them down.")),
        ),
        (gettext("Weeks 5 to 8"), _without_empty(_fill_names(_EACH_WEEK, leading, translator))),
        (
            gettext("Weeks 9 to 13"),
            _without_empty(_fill_names(_FIRST_LOOK, soon, translator), _fill_names(_NOT_YET, later, translator)),
        ),
    )


def _fill_names(text: str, names: list[str], translator: Translator) -> str:
    if not names:
        return ""
    return translator.gettext(text, names=translator.join(list(dict.fromkeys(names))))


def _name(each: Expectation, translator: Translator) -> str:
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
