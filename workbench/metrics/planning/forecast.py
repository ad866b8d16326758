"""In the middle of a period: what is won, what is still open, and how sure that makes the target."""

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
    remaining_goal,
)
from workbench.metrics.validation import MAX_COUNT, Number, to_int, to_positive

CURVE_POINTS = 21


@dataclass(frozen=True, slots=True)
class PeriodToDate:
    """How a period stands: `target` and `won` are money in one unit, `left` the opportunities that are still open.

    `share` is the win rate or the evidence for it; `spread` says how much deals differ in size.
    """

    target: Number
    won: Number
    deal: Number
    share: Number | Evidence
    left: int
    spread: Number = 0
    confidence: Number = DEFAULT_CONFIDENCE


@dataclass(frozen=True, slots=True)
class Forecast:
    """How sure the target is. `rest` is still to be won, `more` opportunities are missing for the confidence wanted.

    `chances` holds (opportunities, chance, at the low rate, at the high rate) for a picture.
    """

    rest: Fraction
    chance: Decimal
    needed: OpportunitiesNeeded
    more: int
    chances: tuple[tuple[int, Decimal, Decimal, Decimal], ...]


def build_forecast(so_far: PeriodToDate) -> Forecast:
    """Say how sure the target is with what is won and what is open.

    9 of 23 deals won and 55 opportunities left at 22 %: 31.6 %, and 76 are needed for 80 %.
    Raises InvalidInput with the field's name: target, won, deal, rate, evidence, spread, quota, left, confidence.
    """
    to_int("left", so_far.left, 0, MAX_COUNT)
    goal = remaining_goal(
        Goal(quota=to_positive("target", so_far.target), deal=so_far.deal, cv=so_far.spread), so_far.won
    )
    rest = Fraction(goal.quota or 0)
    chance = probability_of_goal(goal, so_far.left, so_far.share)
    found = find_opportunities(goal, so_far.share, so_far.confidence)
    most = max(2 * found.opportunities, so_far.left, 4)
    counts = {most * place // (CURVE_POINTS - 1) for place in range(CURVE_POINTS)} | {so_far.left}
    more = max(found.opportunities - so_far.left, 0)
    return Forecast(rest, chance, found, more, probability_curve(goal, so_far.share, sorted(counts)))
