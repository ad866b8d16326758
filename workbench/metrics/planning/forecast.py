"""Forecast a period that has begun: the probability of the target from the deals won and the open opportunities."""

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from workbench.metrics.planning.confidence import (
    DEFAULT_CONFIDENCE,
    Evidence,
    Goal,
    OpportunitiesNeeded,
    find_opportunities,
    probability_curve,
    probability_of_goal,
    subtract_won,
)
from workbench.metrics.validation import MAX_COUNT, Number, to_int, to_positive

CURVE_POINTS = 21


@dataclass(frozen=True, slots=True)
class PeriodToDate:
    """The state of a period: `target` and `won` in one currency unit, `left` the opportunities that are still open.

    `share` is the win rate or the evidence for it; `deal_cv` is the coefficient of variation of deal sizes.
    """

    target: Number
    won: Number
    deal: Number
    share: Number | Evidence
    left: int
    deal_cv: Number = 0
    confidence: Number = DEFAULT_CONFIDENCE


@dataclass(frozen=True, slots=True)
class Forecast:
    """The probability of the target, and what is missing for the required confidence.

    `remaining` is still to be won, `missing` is a number of opportunities. `chances` holds (opportunities,
    probability, at the low rate, at the high rate) for a chart.
    """

    remaining: Fraction
    chance: Decimal
    needed: OpportunitiesNeeded
    missing: int
    chances: tuple[tuple[int, Decimal, Decimal, Decimal], ...]


def build_forecast(so_far: PeriodToDate) -> Forecast:
    """Return the probability of the target from the deals won and the open opportunities.

    9 of 23 deals won and 55 opportunities left at 22 %: 31.6 %, and 76 are needed for 80 %.
    Raises InvalidInput with the field's name: target, won, deal, rate, evidence, deal_cv, quota, left, confidence.
    """
    to_int("left", so_far.left, 0, MAX_COUNT)
    goal = subtract_won(
        Goal(quota=to_positive("target", so_far.target), deal=so_far.deal, cv=so_far.deal_cv), so_far.won
    )
    remaining = Fraction(goal.quota or 0)
    chance = probability_of_goal(goal, so_far.left, so_far.share)
    found = find_opportunities(goal, so_far.share, so_far.confidence)
    max_count = max(2 * found.opportunities, so_far.left, 4)
    counts = {max_count * index // (CURVE_POINTS - 1) for index in range(CURVE_POINTS)} | {so_far.left}
    missing = max(found.opportunities - so_far.left, 0)
    return Forecast(remaining, chance, found, missing, probability_curve(goal, so_far.share, sorted(counts)))
