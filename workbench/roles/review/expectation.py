"""Rules about one expectation: number, unit, period, source, remit, and the company's promise in return."""

from collections.abc import Iterator

from workbench.core.findings import Finding, Level
from workbench.language.lint import find_unsteerable_results, find_vague_words
from workbench.metrics.model import Metric, Remit
from workbench.roles.expectations import metric_of
from workbench.roles.model import Accountability, Basis, Expectation, Role
from workbench.roles.review.accountability import is_individual_seller
from workbench.roles.review.phrases import format_remark
from workbench.roles.targets.model import find_remarks
from workbench.roles.texts import place_of

NUMBERS_FIT = "numbers fit"
_SMART = "article 4: specific, measurable, attainable, timed; article 2: nobody can be confused about what is expected"


def has_known_metric(role: Role) -> Iterator[Finding]:
    """Yield a finding for each expectation without a known metric."""
    for item, expectation in role.expectations():
        if metric_of(expectation) is None:
            code = expectation.metric.strip()
            reason = f"“{code}” is not a metric in the catalogue." if code else "No metric is chosen yet."
            suggestion = "Choose one from the catalogue; it brings its formula, unit and source."
            yield _blocking_finding(
                "known metric", item, expectation, reason, suggestion, "article 1: the right sales metrics"
            )


def has_number(role: Role) -> Iterator[Finding]:
    """Yield a finding for each expectation without a number."""
    for item, expectation in role.expectations():
        if expectation.value is None:
            reason, suggestion = (
                f"{_name(expectation)} has no number.",
                "Set it with the planner, or agree it together.",
            )
            yield _blocking_finding("number", item, expectation, reason, suggestion, _SMART)


def right_unit(role: Role) -> Iterator[Finding]:
    """Yield a finding for each expectation without the unit of its metric."""
    for item, expectation in role.expectations():
        metric = metric_of(expectation)
        if expectation.unit is None:
            reason, suggestion = f"{_name(expectation)} has no unit.", "Say what the number counts."
            yield _blocking_finding("unit", item, expectation, reason, suggestion, _SMART)
        elif metric and metric.unit is not expectation.unit:
            reason = f"{_name(expectation)} is counted in {metric.unit.value}, not in {expectation.unit.value}."
            yield _blocking_finding("unit", item, expectation, reason, f"Choose {metric.unit.value}.", _SMART)


def has_time(role: Role) -> Iterator[Finding]:
    """Yield a finding for each expectation without a period or a due date."""
    for item, expectation in role.expectations():
        if expectation.period is None and expectation.due is None:
            reason = f"{_name(expectation)} has no period and no date."
            suggestion = "Say each week, each month or each quarter, or name the day it is due."
            yield _blocking_finding("period or date", item, expectation, reason, suggestion, _SMART)


def has_source(role: Role) -> Iterator[Finding]:
    """Yield a finding for each expectation without a source for the actual value."""
    for item, expectation in role.expectations():
        if not expectation.source.strip():
            reason = f"{_name(expectation)} does not say where the number is read."
            suggestion = "Name the report both of you look at."
            source = "article 1: metrics that both the seller and the manager use"
            yield _blocking_finding("source", item, expectation, reason, suggestion, source)


def within_remit(role: Role) -> Iterator[Finding]:
    """Yield a finding for each target that only the company or a team can steer."""
    for item, expectation in role.expectations():
        metric = metric_of(expectation)
        level = _remit_level(role, metric) if metric else None
        if metric and level:
            who = "the whole company" if metric.remit is Remit.COMPANY else "a team"
            reason = f"“{metric.name}” is in the hands of {who}, not of one person."
            yield _out_of_remit(level, item, expectation, reason)
        text = expectation.qualifier if metric else f"{expectation.metric.replace('_', ' ')}\n{expectation.qualifier}"
        for remark in find_unsteerable_results(text):
            seller = is_individual_seller(role)
            yield _out_of_remit(Level.BLOCKING if seller else Level.ADVICE, item, expectation, format_remark(remark))


def two_sided(role: Role) -> Iterator[Finding]:
    """Yield a finding for each target of activity without the company's promise in return."""
    for item, expectation in role.expectations():
        metric = metric_of(expectation)
        if metric and metric.activity and not expectation.we_will.strip():
            reason = f"{_name(expectation)} asks for activity and offers nothing that makes it work better."
            suggestion = "Fill “We will”: the method, the training, the tool or the coaching that goes with it."
            source = "article 2: a goal comes with the strategies and tactics to reach it"
            yield Finding("we will", Level.ADVICE, place_of(item, expectation), reason, suggestion, source)


def clear_qualifier(role: Role) -> Iterator[Finding]:
    """Yield a finding for each ambiguous word of a qualifier."""
    for item, expectation in role.expectations():
        for remark in find_vague_words(expectation.qualifier):
            place = place_of(item, expectation)
            yield Finding("vague word", Level.ADVICE, place, format_remark(remark), remark.suggestion, _SMART)


def has_agreed_value(role: Role) -> Iterator[Finding]:
    """Yield a finding for each number that is not agreed: a placeholder, or a number that a person proposes."""
    source = "article 4: agree targets with each individual"
    for item, expectation in role.expectations():
        if expectation.agreed or expectation.value is None:
            continue
        place = place_of(item, expectation)
        if expectation.basis is Basis.PLACEHOLDER:
            reason = f"{_name(expectation)} has a placeholder for its number."
            suggestion = "Set it with the planner or agree it with the person in the role."
            yield Finding("placeholder", Level.ADVICE, place, reason, suggestion, source)
        else:
            reason = f"The number of {_name(expectation)} is proposed and not agreed yet."
            suggestion = "Agree it with the person in the role, then mark it as agreed."
            yield Finding("not agreed", Level.ADVICE, place, reason, suggestion, source)


def numbers_fit(role: Role) -> Iterator[Finding]:
    """Yield a finding for each number that does not fit to the other numbers of the role."""
    for remark in find_remarks(role):
        suggestion = "Change one of these numbers in the table of targets, or keep both for a reason that you can say."
        yield Finding(NUMBERS_FIT, Level.ADVICE, remark.place, remark.text, suggestion, _SMART)


def _remit_level(role: Role, metric: Metric) -> Level | None:
    """Return the level of a finding about a remit: the company's blocks for a seller and is advice otherwise; a team's is advice for a seller."""
    seller = is_individual_seller(role)
    if metric.remit is Remit.COMPANY:
        return Level.BLOCKING if seller else Level.ADVICE
    return Level.ADVICE if metric.remit is Remit.TEAM and seller else None


def _out_of_remit(level: Level, item: Accountability, expectation: Expectation, reason: str) -> Finding:
    suggestion = "Choose what this role can steer: revenue, minimum gross profit, or the work that leads to them."
    source = "article 4: revenue and minimum gross profit, never net profit"
    return Finding("remit", level, place_of(item, expectation), reason, suggestion, source)


def _blocking_finding(
    rule: str, item: Accountability, part: Expectation, reason: str, suggestion: str, source: str
) -> Finding:
    return Finding(rule, Level.BLOCKING, place_of(item, part), reason, suggestion, source)


def _name(expectation: Expectation) -> str:
    metric = metric_of(expectation)
    return f"“{metric.name}”" if metric else "This expectation"
