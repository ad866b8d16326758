"""Find the metric of an expectation, write the expectation as one sentence, and say where its number comes from."""

from dataclasses import replace

from workbench.core.text.translation import ENGLISH, Translator
from workbench.metrics.catalogue import catalogue
from workbench.metrics.model import Metric, Timing
from workbench.metrics.weeks import reading_weeks
from workbench.metrics.wording import Target, target_sentence
from workbench.roles.model import Basis, Expectation, Role

BASIS_NAMES = {
    Basis.PLACEHOLDER: "From the library",
    Basis.PROPOSED: "Proposed",
    Basis.PLANNER: "Worked out",
    Basis.AGREED: "Agreed",
}


def metric_of(expectation: Expectation) -> Metric | None:
    """Return the metric of an expectation, or None where none is chosen or known.

    A shipped metric is always the catalogue's; what an expectation carries counts only under its own code.
    """
    own_metric = expectation.own_metric
    fallback = own_metric if own_metric is not None and own_metric.code == expectation.metric else None
    return catalogue().get(expectation.metric) or fallback


def with_metric(role: Role, metric: Metric) -> Role:
    """Return a role whose expectations on one of the company's metrics carry that metric as it is now."""
    items = tuple(
        replace(item, expectations=tuple(_with_metric(each, metric) for each in item.expectations))
        for item in role.accountabilities
    )
    return replace(role, accountabilities=items)


def _with_metric(expectation: Expectation, metric: Metric) -> Expectation:
    if expectation.metric != metric.code:
        return expectation
    return replace(expectation, own_metric=metric, unit=metric.unit)


def expectation_sentence(expectation: Expectation, currency: str, translator: Translator = ENGLISH) -> str:
    """Return an expectation as a sentence: `Hold at least 9 first meetings each week`; a number not agreed yet is a blank."""
    metric = metric_of(expectation)
    if metric is None:
        return translator.gettext("A measure that is still to be chosen")
    target = Target(
        expectation.comparator.value,
        expectation.value,
        expectation.period,
        expectation.due,
        expectation.qualifier,
        expectation.unit,
    )
    return target_sentence(metric, target, currency, translator)


def timing_of(expectation: Expectation) -> Timing | None:
    """Return whether an expectation leads or lags; None while its metric is still to be chosen."""
    metric = metric_of(expectation)
    return metric.timing if metric else None


def reading_weeks_of(expectation: Expectation) -> tuple[int, ...]:
    """Return the weeks, from 1 to 13, in which an expectation is read; none while its metric is still to be chosen."""
    metric = metric_of(expectation)
    return reading_weeks(metric, expectation.period) if metric else ()


def settle_basis(before: Expectation, after: Expectation) -> Expectation:
    """Return a changed expectation with the basis that its number now has.

    A number that a person changes is proposed: it is neither the library's nor the planner's any more, and it still has
    to be agreed. A basis that is chosen together with the change counts, except that a number never becomes a
    placeholder again, and that there is nothing to agree while there is no number.
    """
    basis = before.basis if after.basis is Basis.PLACEHOLDER else after.basis
    changed = _number_changed(before, after)
    if (changed and basis is before.basis) or (basis is Basis.AGREED and after.value is None):
        basis = Basis.PROPOSED
    outdated_plan = changed and basis is not Basis.PLANNER
    return replace(after, basis=basis, planner_query="" if outdated_plan else after.planner_query)


def _number_changed(before: Expectation, after: Expectation) -> bool:
    """Return whether another number is expected; words around a placeholder do not make it anybody's number."""
    if before.basis is not Basis.PLACEHOLDER:
        return after.figure != before.figure
    return (after.comparator, after.value, after.period, after.due) != (
        before.comparator,
        before.value,
        before.period,
        before.due,
    )
