"""An expectation said as one sentence, drawn from its fields."""

from workbench.core.translation import ENGLISH, Words
from workbench.metrics.wording import Target, target_sentence
from workbench.roles.measured import metric_of
from workbench.roles.model import Expectation


def expectation_sentence(expectation: Expectation, currency: str, say: Words = ENGLISH) -> str:
    """Say an expectation: `Hold at least 9 first meetings each week`; a number that is not agreed yet is a blank."""
    metric = metric_of(expectation)
    if metric is None:
        return say("A measure that is still to be chosen")
    asked = Target(
        expectation.comparator.value,
        expectation.value,
        expectation.period,
        expectation.due,
        expectation.qualifier,
        expectation.unit,
    )
    return target_sentence(metric, asked, currency, say)
