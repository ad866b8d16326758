"""Attribute a gap to its factors, and test first whether it could be luck.

A result is a product of factors (meetings x rate x rate x deal). The Shapley value is the only split that sums to the
gap, treats factors alike whatever their order, and changes sign when plan and actual are swapped.
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
    """A factor of a product, planned and actual; an unknown actual (no win, no deal size) counts as planned."""

    name: str
    planned: Number
    actual: Number | None


@dataclass(frozen=True, slots=True)
class FactorEffect:
    """The effect of one factor on the gap, in the unit of the product."""

    name: str
    planned: Fraction
    actual: Fraction
    effect: Fraction


@dataclass(frozen=True, slots=True)
class ResultGap:
    """The difference between actual and planned, and the effects that sum to it exactly."""

    planned: Fraction
    actual: Fraction
    parts: tuple[FactorEffect, ...]

    @property
    def size(self) -> Fraction:
        """Return actual minus planned."""
        return self.actual - self.planned

    @property
    def largest(self) -> FactorEffect:
        """Return the effect that contributes most in the direction of the gap."""
        return (min if self.size < 0 else max)(self.parts, key=lambda part: part.effect)


@dataclass(frozen=True, slots=True)
class LuckTest:
    """The probability that such a count, or one further from plan, happens by chance when nothing has changed.

    `too_early` is True if this exceeds the accepted error, so that no cause may be named from it.
    """

    chance: Decimal
    too_early: bool
    sentence: str


@dataclass(frozen=True, slots=True)
class GapCause:
    """The largest effect of a gap, and the luck test on it if there are counts to test."""

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
        raise InvalidInput("factors", f"More than {MAX_FACTORS} factors cannot be separated.")
    planned = [to_non_negative(factor.name, factor.planned) for factor in factors]
    actual = [
        plan if factor.actual is None else to_non_negative(factor.name, factor.actual)
        for factor, plan in zip(factors, planned, strict=True)
    ]
    parts = []
    for index, factor in enumerate(factors):
        others = [pair for other, pair in enumerate(zip(planned, actual, strict=True)) if other != index]
        effect = (actual[index] - planned[index]) * _average_product(others)
        parts.append(FactorEffect(factor.name, planned[index], actual[index], effect))
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
    result = f"{count} of {tries} {further}, when {format_percent(expected)} is true"
    sentence = f"{result}, comes by chance in {_format_in_100(chance)}"
    verdict = "too early to say." if early else "chance alone is an unlikely reason."
    return LuckTest(chance, early, f"{sentence}: {verdict}")


def find_cause(gap: ResultGap, counts: Mapping[str, tuple[int, int]], error: Number = DEFAULT_ERROR) -> GapCause:
    """Find the largest effect of a gap, with the luck test first if `counts` has (won, of) for that factor.

    Raises InvalidInput.
    """
    part = gap.largest
    sentence = (
        f"Most of the gap of {_format_signed(gap.size)} comes from the {part.name}: {_format_signed(part.effect)}."
    )
    if part.name not in counts:
        return GapCause(part, None, sentence)
    tested = run_luck_test(*counts[part.name], part.planned, error)
    return GapCause(part, tested, f"{sentence} {tested.sentence}")


def min_tries_to_detect(
    before: Number, after: Number, error: Number = DEFAULT_ERROR, power: Number = DEFAULT_POWER
) -> int:
    """Return the number of tries from which a change of a rate is detected with probability `power`, for good.

    Exact binomial test, one side, false alarms at most `error`. The power is a saw-tooth; the result is the first
    number after which it never falls below `power` again: 216 for 22 % to 15 %. Raises InvalidInput.
    """
    old, new = to_probability("before", before), to_probability("after", after)
    if abs(old - new) < MIN_DIFFERENCE:
        raise InvalidInput("after", "These two rates are too close to be distinguished by counting.")
    if new > old:
        old, new = 1 - old, 1 - new
    certainty, required_power = 1 - to_probability("error", error), to_probability("power", power)

    def first_tries(wins: int) -> int:
        """Return the fewest tries at which `wins` or fewer raise the alarm."""
        return find_opportunities(Goal(wins=wins + 1), old, certainty).opportunities

    def weak(wins: int) -> bool:
        """Return whether the power is too low at the end of the range in which `wins` raise the alarm."""
        last = first_tries(wins + 1) - 1
        return 1 - probability_of_goal(Goal(wins=wins + 1), last, new) < required_power

    high = 1
    while weak(high):
        high *= 2
    low = high // 2 - 1
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (middle, high) if weak(middle) else (low, middle)
    weak_wins = [wins for wins in range(high, high + 12) if weak(wins)]
    return first_tries(max(weak_wins, default=low) + 1)


def _average_product(others: Sequence[tuple[Fraction, Fraction]]) -> Fraction:
    """Return the mean, over every order, of the product of the others: earlier ones at actual, later ones at plan."""
    # sums[s] is the sum of all products with s of the other factors at their actual values.
    sums = [Fraction(1)]
    for plan, actual in others:
        unchanged = [term * plan for term in sums] + [Fraction(0)]
        with_actual = [Fraction(0)] + [term * actual for term in sums]
        sums = [one + other for one, other in zip(unchanged, with_actual, strict=True)]
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
