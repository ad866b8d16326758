"""An expectation said as one sentence, drawn from its fields."""

from workbench.metrics.wording import sentence
from workbench.roles.measured import metric_of
from workbench.roles.model import Expectation


def expectation_sentence(expectation: Expectation, currency: str) -> str:
    """Say an expectation: `Hold at least 9 first meetings each week`; a number that is not agreed yet is a blank."""
    metric = metric_of(expectation)
    if metric is None:
        return "A measure that is still to be chosen"
    return sentence(
        metric,
        expectation.comparator.value,
        expectation.value,
        expectation.period,
        expectation.due,
        expectation.qualifier,
        currency,
        expectation.unit,
    )
