"""The rules of the review, in their order, and the review of a role by all of them."""

from collections.abc import Iterable

from workbench.core.findings import Finding, Rule, apply_rules
from workbench.roles.compliance.law import law_of_place
from workbench.roles.model import Role
from workbench.roles.promises.rules import sample_promises
from workbench.roles.review import accountability, expectation, fairness, plausible, question, seat, written

RULES: tuple[Rule[Role], ...] = (
    seat.has_seat_name,
    seat.five_answers,
    seat.how_many,
    seat.one_owner,
    seat.unique_keys,
    accountability.has_outcome,
    accountability.both_timings,
    accountability.has_question,
    accountability.outcome_in_remit,
    accountability.share_in_range,
    seat.total_time,
    expectation.has_known_metric,
    expectation.has_number,
    expectation.right_unit,
    plausible.plausible_number,
    plausible.plausible_date,
    expectation.has_time,
    expectation.has_source,
    expectation.within_remit,
    question.has_text,
    question.has_anchors,
    question.has_material,
    question.fair_to_ask,
    question.time_for_exercise,
    fairness.fair_words,
    seat.pay_pair,
    plausible.plausible_pay,
    accountability.outcome_not_activity,
    accountability.plain_outcome,
    accountability.success_factor,
    accountability.has_support,
    accountability.has_function,
    accountability.why_essential,
    expectation.two_sided,
    expectation.clear_qualifier,
    written.one_currency,
    seat.pay_held_back,
    law_of_place,
    seat.motion_fits,
    seat.money_metric,
    seat.hard_parts,
    seat.kit_length,
    seat.growth_tone,
    fairness.open_words,
    seat.open_title,
    written.printable_letters,
    written.no_markup,
    sample_promises,
    expectation.has_agreed_value,
    expectation.numbers_fit,
)


# Rules whose findings are about numbers and dates that cannot all be true: named before a document is printed.
_CONTRADICTIONS = frozenset(
    {
        seat.PAY_RANGE,
        seat.TIME_SHARE,
        seat.KIT_TOO_LONG,
        plausible.PLAUSIBLE_NUMBER,
        plausible.PLAUSIBLE_DATE,
        plausible.PLAUSIBLE_PAY,
        expectation.NUMBERS_FIT,
        question.TIME_FOR_EXERCISE,
    }
)


def find_contradictions(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Return the findings about numbers and dates of a role that cannot all be true."""
    return tuple(finding for finding in findings if finding.rule in _CONTRADICTIONS)


def review(role: Role) -> tuple[Finding, ...]:
    """Return the findings about a role by their level, advice last.

    They advise while a role is drafted. Publishing needs a change or a written reason for each blocking finding, and a
    change or the agreement of a second person for each text that discriminates.
    """
    return apply_rules(RULES, role)
