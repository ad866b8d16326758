"""The outcomes of a role as figures, and the sentence that says why the role exists, for documents of one page."""

import re
from collections.abc import Iterator

from workbench.core.text.translation import Translator
from workbench.documents.blocks.inline import TextLook
from workbench.documents.blocks.model import Figure, FigureRow, Paragraph
from workbench.metrics.model import Timing
from workbench.metrics.wording import format_limit
from workbench.roles.documents.parts import without_empty
from workbench.roles.documents.weeks.first_weeks import inline_name
from workbench.roles.documents.weeks.model import COUNTED_PERIODS
from workbench.roles.expectations import expectation_sentence, metric_of, timing_of
from workbench.roles.model import Accountability, Expectation, Role

_SENTENCE_END = re.compile(r"(?<=[.!?])\s+(?=[^\W\d_a-zß-öø-ÿ])")
_ALL_TIME = 100  # percent
_MIN_SENTENCE = 25  # characters; a shorter one ends with an abbreviation


def purpose_sentence(role: Role) -> str:
    """Return the first sentence of the purpose, or of the summary where no purpose is written."""
    text = (role.purpose.overall or role.summary).strip()
    for end in _SENTENCE_END.finditer(text):
        if end.start() >= _MIN_SENTENCE:
            return text[: end.start()]
    return text


def _shares_add_up(role: Role) -> bool:
    """Return whether every accountability has a share of the time, and all together at most the whole."""
    shares = [item.share for item in role.accountabilities]
    return all(shares) and sum(shares) <= _ALL_TIME


def figure_row(number: int, item: Accountability, role: Role, translator: Translator) -> FigureRow:
    """Return one row of figures for an accountability: its first early sign, its first result and our first promise."""
    early = of_timing(item, Timing.LEADING)[:1]
    results = of_timing(item, Timing.LAGGING)[:1]
    promises = tuple(each.we_will for each in (*early, *results) if each.we_will)
    return FigureRow(
        number=str(number),
        outcome=item.outcome,
        share=item.share if _shares_add_up(role) else 0,
        early=tuple(_figure(each, role.currency, translator) for each in early),
        results=tuple(_figure(each, role.currency, translator) for each in results),
        ours=promises[:1],
    )


def of_timing(item: Accountability, timing: Timing) -> list[Expectation]:
    """Return the measures of an accountability that lead, or those that lag."""
    return [each for each in item.expectations if timing_of(each) is timing]


def _figure(each: Expectation, currency: str, translator: Translator) -> Figure:
    """Return a target with its number first: `≥ 65%`, the words for its measure, and the period or day."""
    metric = metric_of(each)
    if metric is None:
        return Figure("", expectation_sentence(each, currency, translator))
    value = format_limit(each.value, each.unit or metric.unit, each.comparator.value, currency, translator)
    name = inline_name(each, translator)
    day = translator.gettext("By {day}", day=translator.day(each.due)) if each.due else ""
    period = translator.gettext(COUNTED_PERIODS[each.period]) if each.period else day
    return Figure(value, " ".join(without_empty(name, each.qualifier)), period)


def notes_on_figures(role: Role, translator: Translator) -> Iterator[Paragraph]:
    """Yield what a reader has to know about the figures: that they are starting points, and where the others are."""
    gettext = translator.gettext
    texts = []
    if any(not each.agreed for _, each in role.expectations()):
        texts.append(gettext("The numbers are starting points, to be agreed with the person in the seat."))
    if role.samples:
        texts.append(gettext("What is marked “not confirmed” is a sample: nobody has promised it yet."))
    if any(len(of_timing(item, timing)) > 1 for item in role.accountabilities for timing in Timing):
        texts.append(gettext("All measures are in the annex."))
    if texts:
        yield Paragraph(" ".join(texts), TextLook.QUIET)
