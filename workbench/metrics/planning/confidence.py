"""Compute the probability that a number of opportunities reaches a target, and the number that a confidence needs.

Numbers are exact on the way in and out; probabilities are computed in `probability` and returned as decimals of
twelve places. A plan at averages is a coin flip (23 wins at 22 % from 102 opportunities: 48.5 %).
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from decimal import Context, Decimal
from fractions import Fraction
from functools import partial
from math import ceil, sqrt

from workbench.metrics import probability
from workbench.metrics.planning.deals import DealSizes
from workbench.metrics.planning.funnel import round_up
from workbench.metrics.validation import (
    InvalidInput,
    Number,
    to_int,
    to_non_negative,
    to_positive,
    to_probability,
    to_rate,
)

DEFAULT_CONFIDENCE = Fraction(4, 5)
INTERVAL_CONFIDENCE = Fraction(19, 20)
MAX_CONFIDENCE = Fraction(999, 1000)
MAX_WINS = 1_000_000
MAX_UNCERTAIN_WINS = 10_000
MAX_OPPORTUNITIES = 50_000_000

_PLACES = Decimal("0.000000000001")
_DIGITS = Context(prec=60)  # sums of money beside their twelve places
# Rounding must not hide a probability that equals the required one.
_TOLERANCE = 1e-12


@dataclass(frozen=True, slots=True)
class Evidence:
    """The counts behind a rate: `won` out of `of` decided."""

    won: int
    of: int


@dataclass(frozen=True, slots=True)
class Goal:
    """The goal of a period: a number of `wins`, or a `quota` in money from deals of average size `deal`.

    `cv` is the coefficient of variation of deal sizes (0.8 is usual for mixed deals; 0 means equal sizes).
    """

    wins: int | None = None
    quota: Number | None = None
    deal: Number | None = None
    cv: Number = 0


@dataclass(frozen=True, slots=True)
class OpportunitiesNeeded:
    """The number of opportunities that reaches a goal with the required confidence, beside the plan at averages.

    `chance` belongs to `opportunities`; `average` is the number that a plan at averages needs, and
    `chance_at_average` its probability. `low` and `high` are the confidence interval of the rate (None for a rate
    without evidence).
    """

    opportunities: int
    chance: Decimal
    average: int
    chance_at_average: Decimal
    low: Decimal | None = None
    high: Decimal | None = None


@dataclass(frozen=True, slots=True)
class TeamForecast:
    """The probability that a team reaches a plan, the plan with the required confidence, and the over-assignment."""

    chance: Decimal
    safe_plan: Decimal
    over_assignment: Decimal


def probability_of_goal(goal: Goal, opportunities: int, share: Number | Evidence) -> Decimal:
    """Return the probability that a number of opportunities reaches the goal.

    `share` is the win rate, or the evidence for it: then the rate itself is uncertain (beta-binomial with Jeffreys
    prior). Deal sizes that vary are Gamma-distributed: the sum of k deals is Gamma again, so no simulation is needed.
    Raises InvalidInput with the field's name.
    """
    return _to_decimal(_probability_function(goal, share)(to_int("opportunities", opportunities, 0, MAX_OPPORTUNITIES)))


def find_opportunities(
    goal: Goal, share: Number | Evidence, confidence: Number = DEFAULT_CONFIDENCE
) -> OpportunitiesNeeded:
    """Find the smallest number of opportunities that reaches the goal with probability `confidence` or more.

    For wins this is the negative binomial's quantile. Raises InvalidInput with the field's name: wins, quota, deal,
    deal_cv, rate, evidence, confidence.
    """
    required = _check_confidence(confidence)
    function = _probability_function(goal, share)
    low, high = wilson_interval(share) if isinstance(share, Evidence) else (None, None)
    mean = _mean_rate(share)
    average = round_up(_average_wins(goal) / mean)
    if average > MAX_OPPORTUNITIES:
        raise InvalidInput("rate", "This rate is too small to plan with: more than fifty million opportunities.")
    found = _find_smallest(function, required, _guess(float(_average_wins(goal) / mean), goal, share, required))
    return OpportunitiesNeeded(found, _to_decimal(function(found)), average, _to_decimal(function(average)), low, high)


def subtract_won(goal: Goal, won: Number) -> Goal:
    """Return the goal minus the wins or money already won. Raises InvalidInput."""
    if goal.wins is not None:
        return Goal(wins=max(to_int("wins", goal.wins) - to_int("won", won), 0))
    remaining = max(to_non_negative("quota", goal.quota) - to_non_negative("won", won), Fraction(0))
    return Goal(quota=remaining, deal=goal.deal, cv=goal.cv)


def probability_curve(
    goal: Goal, share: Number | Evidence, opportunities: Iterable[int]
) -> tuple[tuple[int, Decimal, Decimal, Decimal], ...]:
    """Return (opportunities, probability, probability at the low rate, probability at the high rate) for a chart.

    Low and high are the Wilson interval of the evidence; without evidence all three are equal. Raises InvalidInput.
    """
    lines: list[Callable[[int], float]] = [_probability_function(goal, share)]
    if isinstance(share, Evidence):
        lines += [
            _probability_function(goal, min(max(end, Decimal("0.000001")), Decimal(1)))
            for end in wilson_interval(share)
        ]
    else:
        lines *= 3
    counts = [to_int("opportunities", count, 0, MAX_OPPORTUNITIES) for count in opportunities]
    return tuple((count, *(_to_decimal(line(count)) for line in lines)) for count in counts)  # type: ignore[misc]


def wilson_interval(evidence: Evidence, confidence: Number = INTERVAL_CONFIDENCE) -> tuple[Decimal, Decimal]:
    """Return Wilson's confidence interval of a rate: 11 of 50 is 12.8 % to 35.2 % at 95 %. Raises InvalidInput."""
    won, of = _check_evidence(evidence)
    z = probability.normal_ppf((1 + float(to_probability("confidence", confidence))) / 2)
    share, square = won / of, z * z
    middle = (share + square / (2 * of)) / (1 + square / of)
    half_width = z / (1 + square / of) * sqrt(share * (1 - share) / of + square / (4 * of * of))
    return _to_decimal(max(middle - half_width, 0.0)), _to_decimal(min(middle + half_width, 1.0))


def find_expected_opportunities(wins: int, share: Number, confidence: Number = DEFAULT_CONFIDENCE) -> Decimal:
    """Return the expected number of opportunities, arriving at random (Poisson), that brings `wins` with confidence.

    23 wins at 22 % with 80 % confidence: 122.31. Raises InvalidInput.
    """
    count = to_int("wins", wins, 1, MAX_WINS)
    return _to_decimal(probability.gamma_ppf(_check_confidence(confidence), count) / float(to_rate("rate", share)))


def combine_people(
    people: Sequence[tuple[Number, Number]],
    plan: Number,
    quotas: Number,
    confidence: Number = DEFAULT_CONFIDENCE,
    correlation: Number = 0,
) -> TeamForecast:
    """Combine individual forecasts: `people` are (mean, standard deviation) in the unit of `plan`.

    `quotas` is the sum of the assigned quotas; over-assignment = quotas / safe plan. `correlation` (0 to 1) is how
    much results move together (one market affects all). The sum is treated as normal. Raises InvalidInput.
    """
    if not people:
        raise InvalidInput("people", "The team has no people.")
    means = [to_non_negative("people", mean) for mean, _ in people]
    deviations = [to_non_negative("people", deviation) for _, deviation in people]
    common = to_non_negative("correlation", correlation)
    if common > 1:
        raise InvalidInput("correlation", "A correlation cannot be over 100%.")
    squares = sum(each**2 for each in deviations)
    deviation = sqrt(float(squares + common * (sum(deviations) ** 2 - squares)))
    mean, planned = float(sum(means)), float(to_positive("plan", plan))
    safe_result = mean - probability.normal_ppf(_check_confidence(confidence)) * deviation
    if safe_result <= 0:
        raise InvalidInput("people", "These results vary too much: no plan above zero has that confidence.")
    over_assignment = float(to_positive("quotas", quotas)) / safe_result
    return TeamForecast(
        _to_decimal(1 - probability.normal_cdf(planned, mean, deviation)),
        _to_decimal(safe_result),
        _to_decimal(over_assignment),
    )


def _probability_function(goal: Goal, share: Number | Evidence) -> Callable[[int], float]:
    """Return the function from a number of opportunities to the probability of the goal."""
    deals = _deal_sizes(goal)
    if not isinstance(share, Evidence):
        return partial(deals.probability_of_goal, rate=float(to_rate("rate", share)))
    won, of = _check_evidence(share)
    if deals.min_wins > MAX_UNCERTAIN_WINS:
        raise InvalidInput(
            "evidence", "Over so many deals the rate itself decides, not luck; plan with the low end of the interval."
        )
    return partial(deals.probability_of_goal, rate=(won + 0.5, of - won + 0.5))


def _deal_sizes(goal: Goal) -> DealSizes:
    if goal.wins is not None:
        return DealSizes.of_equal_size(to_int("wins", goal.wins, 0, MAX_WINS))
    if goal.quota is None:
        raise InvalidInput("wins", "Enter the number of wins, or the quota and the average deal.")
    wins = _average_wins(goal)
    if wins > MAX_WINS:
        raise InvalidInput("quota", "That is more than a million deals; chance no longer matters, so plan at averages.")
    return DealSizes.of_gamma_size(wins, to_non_negative("deal_cv", goal.cv))


def _average_wins(goal: Goal) -> Fraction:
    if goal.wins is not None:
        return Fraction(to_int("wins", goal.wins, 0, MAX_WINS))
    return to_non_negative("quota", goal.quota) / to_positive("deal", goal.deal)


def _mean_rate(share: Number | Evidence) -> Fraction:
    if isinstance(share, Evidence):
        won, of = _check_evidence(share)
        return Fraction(2 * won + 1, 2 * of + 2)
    return to_rate("rate", share)


def _check_evidence(evidence: Evidence) -> tuple[int, int]:
    of = to_int("evidence", evidence.of, 1, MAX_WINS)
    return to_int("evidence", evidence.won, 0, of), of


def _check_confidence(confidence: Number) -> float:
    required = to_probability("confidence", confidence)
    if not 1 - MAX_CONFIDENCE <= required <= MAX_CONFIDENCE:
        raise InvalidInput("confidence", "Choose a confidence between 0.1% and 99.9%.")
    return float(required)


def _guess(average: float, goal: Goal, share: Number | Evidence, required: float) -> int:
    """Return a first guess from the normal distribution with a skewness term, so that the search starts close."""
    mean, z = float(_mean_rate(share)), probability.normal_ppf(required)
    variance = average * (1 - mean + float(to_non_negative("deal_cv", goal.cv)) ** 2) / mean
    if isinstance(share, Evidence):
        variance += average**2 * (1 - mean) / (mean * (share.of + 2))
    skew = (z * z - 1) / 6 * (2 - mean) / mean
    return min(max(ceil(average + z * sqrt(variance) + skew - 0.5), 1), MAX_OPPORTUNITIES)


def _find_smallest(function: Callable[[int], float], required: float, guess: int) -> int:
    """Find the smallest n with function(n) >= wanted for a growing function: gallop from a guess, then bisect."""
    step = 1
    low, high = guess - 1, guess
    while function(high) < required - _TOLERANCE:
        if high >= MAX_OPPORTUNITIES:
            raise InvalidInput(
                "evidence", "No number of opportunities gives that confidence at this rate; gather more evidence."
            )
        low, high, step = high, min(high + step, MAX_OPPORTUNITIES), 2 * step
    while low > 0 and function(low) >= required - _TOLERANCE:
        low, high, step = max(low - step, 0), low, 2 * step
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (middle, high) if function(middle) < required - _TOLERANCE else (low, middle)
    return high if low or function(0) < required - _TOLERANCE else 0


def _to_decimal(value: float) -> Decimal:
    return Decimal(value).quantize(_PLACES, context=_DIGITS)
