"""How sure a number of opportunities makes a target, and how many make it as sure as wanted.

Numbers go in and come out exactly; the probabilities between are worked out in `chance` and handed back as decimals
of twelve places. Planning at averages is a coin flip (23 wins at 22 % from 102 opportunities: 48.5 %).
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from decimal import Context, Decimal
from fractions import Fraction
from functools import partial
from math import ceil, sqrt

from workbench.metrics import probability as odds
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
_TOLERANCE = 1e-12  # a chance that is exactly the one wanted must not be lost to rounding


@dataclass(frozen=True, slots=True)
class Evidence:
    """What a rate rests on: so many won of so many decided."""

    won: int
    of: int


@dataclass(frozen=True, slots=True)
class Goal:
    """What has to come in: a number of `wins`, or a `quota` in money from deals of size `deal` on average.

    `cv` is the spread of deal sizes as a share of their average (0.8: usual for mixed deals; 0: all alike).
    """

    wins: int | None = None
    quota: Number | None = None
    deal: Number | None = None
    cv: Number = 0


@dataclass(frozen=True, slots=True)
class OpportunitiesNeeded:
    """How many opportunities make a goal as sure as wanted, and what the average would have promised.

    `chance` is that of `opportunities`; `average` is the number a plan at averages asks for, `chance_at_average` how
    sure that is; `low` and `high` are the band of the rate (None where the rate was given without evidence).
    """

    opportunities: int
    chance: Decimal
    average: int
    chance_at_average: Decimal
    low: Decimal | None = None
    high: Decimal | None = None


@dataclass(frozen=True, slots=True)
class TeamForecast:
    """How sure a team makes a plan, the plan that is as sure as wanted, and quotas as a multiple of it."""

    chance: Decimal
    safe_plan: Decimal
    over_assignment: Decimal


def probability_of_goal(goal: Goal, opportunities: int, share: Number | Evidence) -> Decimal:
    """Give the chance that a number of opportunities reaches the goal.

    `share` is the win rate, or the evidence for it: then the rate itself is uncertain (beta-binomial with Jeffreys
    prior). Deal sizes, where they spread, are Gamma: the sum of k deals is Gamma again, so no simulation is needed.
    Raises InvalidInput with the field's name.
    """
    return _to_decimal(_probability_function(goal, share)(to_int("opportunities", opportunities, 0, MAX_OPPORTUNITIES)))


def find_opportunities(
    goal: Goal, share: Number | Evidence, confidence: Number = DEFAULT_CONFIDENCE
) -> OpportunitiesNeeded:
    """Find the smallest number of opportunities whose chance of reaching the goal is at least `confidence`.

    Wins: the negative binomial's quantile. Raises InvalidInput with the field's name: wins, quota, deal, spread, rate,
    evidence, confidence.
    """
    wanted = _check_confidence(confidence)
    function = _probability_function(goal, share)
    low, high = wilson_interval(share) if isinstance(share, Evidence) else (None, None)
    mean = _mean_rate(share)
    average = round_up(_average_wins(goal) / mean)
    if average > MAX_OPPORTUNITIES:
        raise InvalidInput("rate", "This rate is too small to plan with: more than fifty million opportunities.")
    found = _find_smallest(function, wanted, _guess(float(_average_wins(goal) / mean), goal, share, wanted))
    return OpportunitiesNeeded(found, _to_decimal(function(found)), average, _to_decimal(function(average)), low, high)


def remaining_goal(goal: Goal, won: Number) -> Goal:
    """Take what is won already off a goal, in wins or in money, for the forecast in mid-period. Raises InvalidInput."""
    if goal.wins is not None:
        return Goal(wins=max(to_int("wins", goal.wins) - to_int("won", won), 0))
    left = max(to_non_negative("quota", goal.quota) - to_non_negative("won", won), Fraction(0))
    return Goal(quota=left, deal=goal.deal, cv=goal.cv)


def probability_curve(
    goal: Goal, share: Number | Evidence, opportunities: Iterable[int]
) -> tuple[tuple[int, Decimal, Decimal, Decimal], ...]:
    """Give (opportunities, chance, chance at the low rate, chance at the high rate) for a picture.

    Low and high are the Wilson band of the evidence; without evidence all three chances are equal. Raises InvalidInput.
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
    """Give Wilson's band for a rate: 11 of 50 is 12.8 % to 35.2 % at 95 %. Raises InvalidInput."""
    won, of = _check_evidence(evidence)
    z = odds.normal_ppf((1 + float(to_probability("confidence", confidence))) / 2)
    share, square = won / of, z * z
    middle = (share + square / (2 * of)) / (1 + square / of)
    reach = z / (1 + square / of) * sqrt(share * (1 - share) / of + square / (4 * of * of))
    return _to_decimal(max(middle - reach, 0.0)), _to_decimal(min(middle + reach, 1.0))


def expected_opportunities(wins: int, share: Number, confidence: Number = DEFAULT_CONFIDENCE) -> Decimal:
    """Give the expected number of opportunities, themselves arriving by chance (Poisson), that makes `wins` as sure.

    23 wins at 22 % with 80 % confidence: 122.31. Raises InvalidInput.
    """
    count = to_int("wins", wins, 1, MAX_WINS)
    return _to_decimal(odds.gamma_ppf(_check_confidence(confidence), count) / float(to_rate("rate", share)))


def combine_people(
    people: Sequence[tuple[Number, Number]],
    plan: Number,
    quotas: Number,
    confidence: Number = DEFAULT_CONFIDENCE,
    together: Number = 0,
) -> TeamForecast:
    """Put individual results together: `people` are (expected, standard deviation) in the unit of `plan`.

    `quotas` is the sum of what is assigned; over-assignment = quotas / safe plan. `together` (0 to 1) is how much
    results move together (the market hits everybody). Sums are taken as normal. Raises InvalidInput.
    """
    if not people:
        raise InvalidInput("people", "There is nobody in the team.")
    means = [to_non_negative("people", mean) for mean, _ in people]
    spreads = [to_non_negative("people", spread) for _, spread in people]
    common = to_non_negative("together", together)
    if common > 1:
        raise InvalidInput("together", "Results cannot move together by more than 100%.")
    squares = sum(spread**2 for spread in spreads)
    deviation = sqrt(float(squares + common * (sum(spreads) ** 2 - squares)))
    mean, aim = float(sum(means)), float(to_positive("plan", plan))
    safe = mean - odds.normal_ppf(_check_confidence(confidence)) * deviation
    if safe <= 0:
        raise InvalidInput("people", "These results spread too widely: no plan above zero is that sure.")
    over = float(to_positive("quotas", quotas)) / safe
    return TeamForecast(_to_decimal(1 - odds.normal_cdf(aim, mean, deviation)), _to_decimal(safe), _to_decimal(over))


def _probability_function(goal: Goal, share: Number | Evidence) -> Callable[[int], float]:
    """Make the function from opportunities to the chance of reaching the goal."""
    deals = _deal_sizes(goal)
    if not isinstance(share, Evidence):
        return partial(deals.probability_of_goal, rate=float(to_rate("rate", share)))
    won, of = _check_evidence(share)
    if deals.min_wins > MAX_UNCERTAIN_WINS:
        raise InvalidInput(
            "evidence", "Over so many deals the rate itself decides, not luck; plan with the band's low end."
        )
    return partial(deals.probability_of_goal, rate=(won + 0.5, of - won + 0.5))


def _deal_sizes(goal: Goal) -> DealSizes:
    if goal.wins is not None:
        return DealSizes.of_equal_size(to_int("wins", goal.wins, 0, MAX_WINS))
    if goal.quota is None:
        raise InvalidInput("wins", "Say how many wins are wanted, or the quota and the average deal.")
    wins = _average_wins(goal)
    if wins > MAX_WINS:
        raise InvalidInput("quota", "That is more than a million deals; chance no longer matters, plan at averages.")
    return DealSizes.of_gamma_size(wins, to_non_negative("spread", goal.cv))


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
    wanted = to_probability("confidence", confidence)
    if not 1 - MAX_CONFIDENCE <= wanted <= MAX_CONFIDENCE:
        raise InvalidInput("confidence", "Choose a confidence between 0.1% and 99.9%.")
    return float(wanted)


def _guess(average: float, goal: Goal, share: Number | Evidence, wanted: float) -> int:
    """Guess the answer from the normal curve with a term for skewness, so that the search starts next to it."""
    mean, z = float(_mean_rate(share)), odds.normal_ppf(wanted)
    variance = average * (1 - mean + float(to_non_negative("spread", goal.cv)) ** 2) / mean
    if isinstance(share, Evidence):
        variance += average**2 * (1 - mean) / (mean * (share.of + 2))
    skew = (z * z - 1) / 6 * (2 - mean) / mean
    return min(max(ceil(average + z * sqrt(variance) + skew - 0.5), 1), MAX_OPPORTUNITIES)


def _find_smallest(function: Callable[[int], float], wanted: float, guess: int) -> int:
    """Find the smallest n with function(n) >= wanted, galloping from a guess, then halving; the function only grows."""
    reach = 1
    low, high = guess - 1, guess
    while function(high) < wanted - _TOLERANCE:
        if high >= MAX_OPPORTUNITIES:
            raise InvalidInput(
                "evidence", "No number of opportunities makes that sure at this rate; gather more evidence."
            )
        low, high, reach = high, min(high + reach, MAX_OPPORTUNITIES), 2 * reach
    while low > 0 and function(low) >= wanted - _TOLERANCE:
        low, high, reach = max(low - reach, 0), low, 2 * reach
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (middle, high) if function(middle) < wanted - _TOLERANCE else (low, middle)
    return high if low or function(0) < wanted - _TOLERANCE else 0


def _to_decimal(value: float) -> Decimal:
    return Decimal(value).quantize(_PLACES, context=_DIGITS)
