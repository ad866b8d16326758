"""Which part of a gap comes from where, and whether it could be luck, before anybody names a cause.

A result is a product of factors (meetings x rate x rate x deal). The Shapley value is the only split that sums to the
gap, treats factors alike whatever their order, and turns its signs when plan and actual change places.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from math import comb

from workbench.metrics.planning.confidence import Goal, find_opportunities, probability_of_goal
from workbench.metrics.planning.funnel import format_percent, format_short
from workbench.metrics.validation import InvalidInput, Number, to_int, to_non_negative, to_probability, to_rate

MAX_FACTORS = 20
DEFAULT_ERROR = Fraction(1, 20)
DEFAULT_POWER = Fraction(4, 5)
MIN_DIFFERENCE = Fraction(1, 500)


@dataclass(frozen=True, slots=True)
class Factor:
    """One factor of a product, planned and actual; an actual of None is unknown (no win, no deal size) and held at plan."""

    name: str
    planned: Number
    actual: Number | None


@dataclass(frozen=True, slots=True)
class FactorEffect:
    """What one factor added to the gap, in the unit of the product."""

    name: str
    planned: Fraction
    actual: Fraction
    effect: Fraction


@dataclass(frozen=True, slots=True)
class ResultGap:
    """Actual less planned, and the parts that sum to it exactly."""

    planned: Fraction
    actual: Fraction
    parts: tuple[FactorEffect, ...]

    @property
    def size(self) -> Fraction:
        """Give actual less planned."""
        return self.actual - self.planned

    @property
    def largest(self) -> FactorEffect:
        """Give the part that pulls most in the direction of the gap."""
        return (min if self.size < 0 else max)(self.parts, key=lambda part: part.effect)


@dataclass(frozen=True, slots=True)
class LuckTest:
    """How often such a count, or one further from plan, comes by chance alone when nothing is wrong.

    `early` says that this is more often than the error we accept, so that no cause may be named from it.
    """

    chance: Decimal
    early: bool
    sentence: str


@dataclass(frozen=True, slots=True)
class GapCause:
    """The heaviest part of a gap, and the luck test on it where there are counts to test."""

    part: FactorEffect
    luck: LuckTest | None
    sentence: str


def attribute(factors: Sequence[Factor]) -> ResultGap:
    """Split the gap between two products over their factors by the Shapley value, exactly.

    The effect of a factor is its own change times the average product of the others over every order of going from
    plan to actual, which needs the symmetric sums of the others only: O(n**2) for each factor. Raises InvalidInput.
    """
    if not factors:
        raise InvalidInput("factors", "Name at least one factor.")
    if len(factors) > MAX_FACTORS:
        raise InvalidInput("factors", f"More than {MAX_FACTORS} factors cannot be told apart.")
    planned = [to_non_negative(factor.name, factor.planned) for factor in factors]
    actual = [
        plan if factor.actual is None else to_non_negative(factor.name, factor.actual)
        for factor, plan in zip(factors, planned, strict=True)
    ]
    parts = []
    for place, factor in enumerate(factors):
        others = [pair for other, pair in enumerate(zip(planned, actual, strict=True)) if other != place]
        effect = (actual[place] - planned[place]) * _average_product(others)
        parts.append(FactorEffect(factor.name, planned[place], actual[place], effect))
    return ResultGap(_product(planned), _product(actual), tuple(parts))


def run_luck_test(won: int, of: int, share: Number, error: Number = DEFAULT_ERROR) -> LuckTest:
    """Test whether `won` of `of` can be chance when the true rate is `share` (exact binomial, one side).

    5 of 30 against 25 % comes by chance in 20 of 100 cases: too early to say; 20 of 120 in 2. Raises InvalidInput.
    """
    tries, expected = to_int("of", of, 1), to_rate("rate", share)
    count = to_int("won", won, 0, tries)
    if count >= expected * tries:
        chance = probability_of_goal(Goal(wins=count), tries, expected)
        further = "or more"
    else:
        chance = 1 - probability_of_goal(Goal(wins=count + 1), tries, expected)
        further = "or fewer"
    early = chance > to_probability("error", error)
    said = f"{count} of {tries} {further}, when {format_percent(expected)} is true, comes by chance in {_format_in_100(chance)}"
    verdict = "too early to say." if early else "chance alone is an unlikely reason."
    return LuckTest(chance, early, f"{said}: {verdict}")


def find_cause(gap: ResultGap, counts: Mapping[str, tuple[int, int]], error: Number = DEFAULT_ERROR) -> GapCause:
    """Name the heaviest part of a gap, with the luck test first where `counts` has (won, of) for that factor.

    Raises InvalidInput.
    """
    part = gap.largest
    said = f"Most of the gap of {_format_signed(gap.size)} comes from the {part.name}: {_format_signed(part.effect)}."
    if part.name not in counts:
        return GapCause(part, None, said)
    tested = run_luck_test(*counts[part.name], part.planned, error)
    return GapCause(part, tested, f"{said} {tested.sentence}")


def min_tries_to_detect(
    before: Number, after: Number, error: Number = DEFAULT_ERROR, power: Number = DEFAULT_POWER
) -> int:
    """Say from how many tries on a change of a rate would be noticed with probability `power`, for good.

    Exact binomial test, one side, false alarms at most `error`. The power goes in a saw-tooth; the answer is the
    first number after which it never falls below `power` again: 216 for 22 % to 15 %. Raises InvalidInput.
    """
    old, new = to_probability("before", before), to_probability("after", after)
    if abs(old - new) < MIN_DIFFERENCE:
        raise InvalidInput("after", "These two rates are too close to be told apart by counting.")
    if new > old:
        old, new = 1 - old, 1 - new
    sure, wanted = 1 - to_probability("error", error), to_probability("power", power)

    def first_tries(most: int) -> int:
        """Give the fewest tries at which `most` wins or fewer raise the alarm."""
        return find_opportunities(Goal(wins=most + 1), old, sure).opportunities

    def weak(most: int) -> bool:
        """Say whether the power falls short at the end of the stretch in which `most` wins raise the alarm."""
        last = first_tries(most + 1) - 1
        return 1 - probability_of_goal(Goal(wins=most + 1), last, new) < wanted

    high = 1
    while weak(high):
        high *= 2
    low = high // 2 - 1
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (middle, high) if weak(middle) else (low, middle)
    ripple = [most for most in range(high, high + 12) if weak(most)]
    return first_tries(max(ripple, default=low) + 1)


def _average_product(others: Sequence[tuple[Fraction, Fraction]]) -> Fraction:
    """Average, over every order, the product of the others with those that came before at actual, the rest at plan."""
    sums = [Fraction(1)]  # sums[s]: all products with s of the others at actual
    for plan, actual in others:
        kept = [term * plan for term in sums] + [Fraction(0)]
        moved = [Fraction(0)] + [term * actual for term in sums]
        sums = [one + other for one, other in zip(kept, moved, strict=True)]
    count = len(others)
    return sum((term / (comb(count, size) * (count + 1)) for size, term in enumerate(sums)), Fraction(0))


def _product(values: Sequence[Fraction]) -> Fraction:
    result = Fraction(1)
    for value in values:
        result *= value
    return result


def _format_signed(number: Fraction) -> str:
    return f"{'-' if number < 0 else '+'}{format_short(abs(number))}"


def _format_in_100(chance: Decimal) -> str:
    times = int((chance * 100).to_integral_value())
    return f"{times} of 100 cases" if times else "fewer than 1 of 100 cases"
