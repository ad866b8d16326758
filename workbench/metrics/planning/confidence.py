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
from workbench.metrics.planning.deals import Deals
from workbench.metrics.planning.funnel import ceiling
from workbench.metrics.validation import Number, Unworkable, inside, not_negative, positive, rate, whole

USUAL = Fraction(4, 5)
BAND = Fraction(19, 20)
SUREST = Fraction(999, 1000)
MOST_WINS = 1_000_000
MOST_UNCERTAIN_WINS = 10_000
MOST_TRIALS = 50_000_000

_PLACES = Decimal("0.000000000001")
_DIGITS = Context(prec=60)  # sums of money beside their twelve places
_SLACK = 1e-12  # a chance that is exactly the one wanted must not be lost to rounding


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
class Needed:
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
class Team:
    """How sure a team makes a plan, the plan that is as sure as wanted, and quotas as a multiple of it."""

    chance: Decimal
    safe_plan: Decimal
    over_assignment: Decimal


def attain(goal: Goal, opportunities: int, share: Number | Evidence) -> Decimal:
    """Give the chance that a number of opportunities reaches the goal.

    `share` is the win rate, or the evidence for it: then the rate itself is uncertain (beta-binomial with Jeffreys
    prior). Deal sizes, where they spread, are Gamma: the sum of k deals is Gamma again, so no simulation is needed.
    Raises Unworkable with the field's name.
    """
    return _told(_chance(goal, share)(whole("opportunities", opportunities, 0, MOST_TRIALS)))


def needed(goal: Goal, share: Number | Evidence, confidence: Number = USUAL) -> Needed:
    """Find the smallest number of opportunities whose chance of reaching the goal is at least `confidence`.

    Wins: the negative binomial's quantile. Raises Unworkable with the field's name: wins, quota, deal, spread, rate,
    evidence, confidence.
    """
    wanted = _confidence(confidence)
    function = _chance(goal, share)
    low, high = wilson(share) if isinstance(share, Evidence) else (None, None)
    mean = _mean_rate(share)
    average = ceiling(_average_wins(goal) / mean)
    if average > MOST_TRIALS:
        raise Unworkable("rate", "This rate is too small to plan with: more than fifty million opportunities.")
    found = _least(function, wanted, _guess(float(_average_wins(goal) / mean), goal, share, wanted))
    return Needed(found, _told(function(found)), average, _told(function(average)), low, high)


def remaining(goal: Goal, won: Number) -> Goal:
    """Take what is won already off a goal, in wins or in money, for the forecast in mid-period. Raises Unworkable."""
    if goal.wins is not None:
        return Goal(wins=max(whole("wins", goal.wins) - whole("won", won), 0))
    left = max(not_negative("quota", goal.quota) - not_negative("won", won), Fraction(0))
    return Goal(quota=left, deal=goal.deal, cv=goal.cv)


def curve(
    goal: Goal, share: Number | Evidence, opportunities: Iterable[int]
) -> tuple[tuple[int, Decimal, Decimal, Decimal], ...]:
    """Give (opportunities, chance, chance at the low rate, chance at the high rate) for a picture.

    Low and high are the Wilson band of the evidence; without evidence all three chances are equal. Raises Unworkable.
    """
    lines: list[Callable[[int], float]] = [_chance(goal, share)]
    if isinstance(share, Evidence):
        lines += [_chance(goal, min(max(end, Decimal("0.000001")), Decimal(1))) for end in wilson(share)]
    else:
        lines *= 3
    counts = [whole("opportunities", count, 0, MOST_TRIALS) for count in opportunities]
    return tuple((count, *(_told(line(count)) for line in lines)) for count in counts)  # type: ignore[misc]


def wilson(evidence: Evidence, confidence: Number = BAND) -> tuple[Decimal, Decimal]:
    """Give Wilson's band for a rate: 11 of 50 is 12.8 % to 35.2 % at 95 %. Raises Unworkable."""
    won, of = _evidence(evidence)
    z = odds.normal_point((1 + float(inside("confidence", confidence))) / 2)
    share, square = won / of, z * z
    middle = (share + square / (2 * of)) / (1 + square / of)
    reach = z / (1 + square / of) * sqrt(share * (1 - share) / of + square / (4 * of * of))
    return _told(max(middle - reach, 0.0)), _told(min(middle + reach, 1.0))


def expected_needed(wins: int, share: Number, confidence: Number = USUAL) -> Decimal:
    """Give the expected number of opportunities, themselves arriving by chance (Poisson), that makes `wins` as sure.

    23 wins at 22 % with 80 % confidence: 122.31. Raises Unworkable.
    """
    count = whole("wins", wins, 1, MOST_WINS)
    return _told(odds.gamma_point(_confidence(confidence), count) / float(rate("rate", share)))


def team(
    people: Sequence[tuple[Number, Number]],
    plan: Number,
    quotas: Number,
    confidence: Number = USUAL,
    together: Number = 0,
) -> Team:
    """Put individual results together: `people` are (expected, standard deviation) in the unit of `plan`.

    `quotas` is the sum of what is assigned; over-assignment = quotas / safe plan. `together` (0 to 1) is how much
    results move together (the market hits everybody). Sums are taken as normal. Raises Unworkable.
    """
    if not people:
        raise Unworkable("people", "There is nobody in the team.")
    means = [not_negative("people", mean) for mean, _ in people]
    spreads = [not_negative("people", spread) for _, spread in people]
    common = not_negative("together", together)
    if common > 1:
        raise Unworkable("together", "Results cannot move together by more than 100%.")
    squares = sum(spread**2 for spread in spreads)
    deviation = sqrt(float(squares + common * (sum(spreads) ** 2 - squares)))
    mean, aim = float(sum(means)), float(positive("plan", plan))
    safe = mean - odds.normal_point(_confidence(confidence)) * deviation
    if safe <= 0:
        raise Unworkable("people", "These results spread too widely: no plan above zero is that sure.")
    over = float(positive("quotas", quotas)) / safe
    return Team(_told(1 - odds.normal_at_most(aim, mean, deviation)), _told(safe), _told(over))


def _chance(goal: Goal, share: Number | Evidence) -> Callable[[int], float]:
    """Make the function from opportunities to the chance of reaching the goal."""
    deals = _deals(goal)
    if not isinstance(share, Evidence):
        return partial(deals.reached, rate=float(rate("rate", share)))
    won, of = _evidence(share)
    if deals.first > MOST_UNCERTAIN_WINS:
        raise Unworkable(
            "evidence", "Over so many deals the rate itself decides, not luck; plan with the band's low end."
        )
    return partial(deals.reached, rate=(won + 0.5, of - won + 0.5))


def _deals(goal: Goal) -> Deals:
    if goal.wins is not None:
        return Deals.alike(whole("wins", goal.wins, 0, MOST_WINS))
    if goal.quota is None:
        raise Unworkable("wins", "Say how many wins are wanted, or the quota and the average deal.")
    wins = _average_wins(goal)
    if wins > MOST_WINS:
        raise Unworkable("quota", "That is more than a million deals; chance no longer matters, plan at averages.")
    return Deals.spread(wins, not_negative("spread", goal.cv))


def _average_wins(goal: Goal) -> Fraction:
    if goal.wins is not None:
        return Fraction(whole("wins", goal.wins, 0, MOST_WINS))
    return not_negative("quota", goal.quota) / positive("deal", goal.deal)


def _mean_rate(share: Number | Evidence) -> Fraction:
    if isinstance(share, Evidence):
        won, of = _evidence(share)
        return Fraction(2 * won + 1, 2 * of + 2)
    return rate("rate", share)


def _evidence(evidence: Evidence) -> tuple[int, int]:
    of = whole("evidence", evidence.of, 1, MOST_WINS)
    return whole("evidence", evidence.won, 0, of), of


def _confidence(confidence: Number) -> float:
    wanted = inside("confidence", confidence)
    if not 1 - SUREST <= wanted <= SUREST:
        raise Unworkable("confidence", "Choose a confidence between 0.1% and 99.9%.")
    return float(wanted)


def _guess(average: float, goal: Goal, share: Number | Evidence, wanted: float) -> int:
    """Guess the answer from the normal curve with a term for skewness, so that the search starts next to it."""
    mean, z = float(_mean_rate(share)), odds.normal_point(wanted)
    variance = average * (1 - mean + float(not_negative("spread", goal.cv)) ** 2) / mean
    if isinstance(share, Evidence):
        variance += average**2 * (1 - mean) / (mean * (share.of + 2))
    skew = (z * z - 1) / 6 * (2 - mean) / mean
    return min(max(ceil(average + z * sqrt(variance) + skew - 0.5), 1), MOST_TRIALS)


def _least(function: Callable[[int], float], wanted: float, guess: int) -> int:
    """Find the smallest n with function(n) >= wanted, galloping from a guess, then halving; the function only grows."""
    reach = 1
    low, high = guess - 1, guess
    while function(high) < wanted - _SLACK:
        if high >= MOST_TRIALS:
            raise Unworkable(
                "evidence", "No number of opportunities makes that sure at this rate; gather more evidence."
            )
        low, high, reach = high, min(high + reach, MOST_TRIALS), 2 * reach
    while low > 0 and function(low) >= wanted - _SLACK:
        low, high, reach = max(low - reach, 0), low, 2 * reach
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (middle, high) if function(middle) < wanted - _SLACK else (low, middle)
    return high if low or function(0) < wanted - _SLACK else 0


def _told(value: float) -> Decimal:
    return Decimal(value).quantize(_PLACES, context=_DIGITS)
