"""Rules about one accountability: an outcome with its success factor, its metrics, its question and its support."""

from collections.abc import Iterator

from workbench.core.findings import Finding, Level
from workbench.core.text.words import join_words
from workbench.language.lint import find_unsteerable_results, find_vague_words, find_weak_words
from workbench.language.model import StatementKind
from workbench.language.outcomes import classify_statement
from workbench.metrics.model import Timing
from workbench.roles.expectations import metric_of
from workbench.roles.fields import SUPPORTS
from workbench.roles.model import Accountability, Motion, Role
from workbench.roles.review.phrases import format_remark, quote_outcome
from workbench.roles.texts import place_of

NAMES = join_words([each.label.lower() for each in SUPPORTS])
_REQUIRED_TIMINGS = {
    Timing.LEADING: ("warns early", "Add work the person in the role controls this week, such as first meetings held."),
    Timing.LAGGING: ("shows the result", "Add the number that says whether the outcome happened, such as bookings."),
}


def is_individual_seller(role: Role) -> bool:
    """Return whether the seat sells in person: its remit ends at revenue and gross profit."""
    return role.revenue is not False and role.motion is not Motion.LEAD


def has_outcome(role: Role) -> Iterator[Finding]:
    """Yield a finding for each accountability without an outcome."""
    for item in role.accountabilities:
        if not item.outcome.strip():
            reason, suggestion = "The outcome is not written yet.", "Say what is true when this is done well."
            place, source = place_of(item, "outcome"), "article 1: clear job outcomes, owned by one role"
            yield Finding("outcome", Level.BLOCKING, place, reason, suggestion, source)


def outcome_not_activity(role: Role) -> Iterator[Finding]:
    """Yield a finding for each outcome that names work or a post instead of a result."""
    for item in role.accountabilities:
        verdict = classify_statement(item.outcome)
        if verdict.kind in (StatementKind.ACTIVITY, StatementKind.DUTY):
            place, source = (
                place_of(item, "outcome"),
                "article 1: outcomes, not duties; article 3: activity is a leading metric",
            )
            yield Finding("outcome not activity", Level.ADVICE, place, verdict.reason, verdict.prompt, source)


def plain_outcome(role: Role) -> Iterator[Finding]:
    """Yield a finding for each weak or vague word of an outcome; a weak first verb is reported once, as work or a post."""
    for item in role.accountabilities:
        is_activity = classify_statement(item.outcome).kind in (StatementKind.ACTIVITY, StatementKind.DUTY)
        for remark in (*find_weak_words(item.outcome), *find_vague_words(item.outcome)):
            if not (is_activity and remark.topic == "weak verb"):
                source = "article 2: nobody can be confused about what is expected"
                place = place_of(item, "outcome")
                yield Finding(remark.rule.value, Level.ADVICE, place, format_remark(remark), remark.suggestion, source)


def success_factor(role: Role) -> Iterator[Finding]:
    """Yield a finding for each accountability without a success factor."""
    for item in role.accountabilities:
        if not item.success_factor.strip():
            reason = f"{quote_outcome(item)} has no success factor."
            suggestion = "Name the one thing that decides whether it is reached."
            place, source = place_of(item, "outcome"), "article 1: critical success factors"
            yield Finding("success factor", Level.ADVICE, place, reason, suggestion, source)


def has_function(role: Role) -> Iterator[Finding]:
    """Yield a finding for each accountability without a function, which would hide a second owner."""
    for item in role.accountabilities:
        if not item.function.strip():
            reason = f"{quote_outcome(item)} does not say which function it owns, so a second owner would go unnoticed."
            suggestion = "Name what is owned in a word or two, and where: renewals, mid-market accounts."
            place, source = place_of(item, "ownership"), "article 1: one owner for each function"
            yield Finding("function", Level.ADVICE, place, reason, suggestion, source)


def share_in_range(role: Role) -> Iterator[Finding]:
    """Yield a finding for each share of time outside 0 to 100 percent; essential shares are checked as a sum."""
    for item in role.accountabilities:
        if item.share < 0 or (item.share > 100 and not item.essential):
            reason, suggestion = f"A time share of {item.share} % is not possible.", "Give a share from 0 to 100 %."
            source = "29 CFR 1630.2(n): time spent is evidence of an essential function"
            yield Finding("time share", Level.BLOCKING, place_of(item, "ownership"), reason, suggestion, source)


def why_essential(role: Role) -> Iterator[Finding]:
    """Yield a finding for each essential accountability without a reason."""
    for item in role.accountabilities:
        if item.essential and not item.reason.strip():
            reason = f"{quote_outcome(item)} is marked essential without a reason."
            suggestion = "Say which applies: the role exists for it, few others can do it, or it needs a special skill."
            place, source = place_of(item, "ownership"), "29 CFR 1630.2(n): essential functions"
            yield Finding("essential reason", Level.ADVICE, place, reason, suggestion, source)


def both_timings(role: Role) -> Iterator[Finding]:
    """Yield a finding for each accountability without a leading or a lagging metric."""
    for item in role.accountabilities:
        present = timings(item)
        for timing, (meaning, suggestion) in _REQUIRED_TIMINGS.items():
            if timing not in present:
                reason = f"{quote_outcome(item)} has no {timing.value} metric, one that {meaning}."
                source = "article 3: revenue lags, so leading metrics are set as goals too"
                yield Finding(
                    f"{timing.value} metric", Level.BLOCKING, place_of(item, "expectations"), reason, suggestion, source
                )


def has_question(role: Role) -> Iterator[Finding]:
    """Yield a finding for each accountability without an interview question."""
    for item in role.accountabilities:
        if not item.questions:
            reason = f"{quote_outcome(item)} has no interview question."
            suggestion = "Ask for a time when the candidate did just this; the library has examples."
            source = "article 1: accountabilities are talked through in the interview; UGESP 1607.14 C"
            yield Finding("question", Level.BLOCKING, place_of(item, "questions"), reason, suggestion, source)


def has_support(role: Role) -> Iterator[Finding]:
    """Yield a finding for each accountability without any support."""
    for item in role.accountabilities:
        if not any(line.strip() for line in support_lines(item)):
            reason = f"{quote_outcome(item)} does not say what helps a person achieve it."
            suggestion = f"Fill what you can: {NAMES}."
            source = f"article 1: supporting {NAMES}"
            yield Finding("support", Level.ADVICE, place_of(item, "supports"), reason, suggestion, source)


def outcome_in_remit(role: Role) -> Iterator[Finding]:
    """Yield a finding for each result in an outcome that only the company can steer."""
    level = Level.BLOCKING if is_individual_seller(role) else Level.ADVICE
    for item in role.accountabilities:
        for remark in (*find_unsteerable_results(item.outcome), *find_unsteerable_results(item.success_factor)):
            source = "article 4: revenue and minimum gross profit, never net profit"
            yield Finding("remit", level, place_of(item, "outcome"), format_remark(remark), remark.suggestion, source)


def timings(item: Accountability) -> frozenset[Timing]:
    """Return the timings of an accountability's known metrics."""
    return frozenset(metric.timing for part in item.expectations if (metric := metric_of(part)))


def support_lines(item: Accountability) -> tuple[str, ...]:
    """Return the lines of all five lists of support."""
    return tuple(line for each in SUPPORTS for line in getattr(item.supports, each.name))
