"""Which part of a gap comes from where, and whether it could be luck, before anybody names a cause.

A result is a product of factors (meetings x rate x rate x deal). The Shapley value is the only split that sums to the
gap, treats factors alike whatever their order, and turns its signs when plan and actual change places.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from math import comb

from workbench.metrics.planning.confidence import Goal, attain, needed
from workbench.metrics.planning.funnel import percent, short
from workbench.metrics.validation import Number, Unworkable, inside, not_negative, rate, whole

MOST_FACTORS = 20
ERROR = Fraction(1, 20)
POWER = Fraction(4, 5)
CLOSEST = Fraction(1, 500)


@dataclass(frozen=True, slots=True)
class Factor:
    """One factor of a product, planned and actual; an actual of None is unknown (no win, no deal size) and held at plan."""

    name: str
    planned: Number
    actual: Number | None


@dataclass(frozen=True, slots=True)
class Part:
    """What one factor added to the gap, in the unit of the product."""

    name: str
    planned: Fraction
    actual: Fraction
    effect: Fraction


@dataclass(frozen=True, slots=True)
class Gap:
    """Actual less planned, and the parts that sum to it exactly."""

    planned: Fraction
    actual: Fraction
    parts: tuple[Part, ...]

    @property
    def size(self) -> Fraction:
        """Give actual less planned."""
        return self.actual - self.planned

    @property
    def heaviest(self) -> Part:
        """Give the part that pulls most in the direction of the gap."""
        return (min if self.size < 0 else max)(self.parts, key=lambda part: part.effect)


@dataclass(frozen=True, slots=True)
class Luck:
    """How often such a count, or one further from plan, comes by chance alone when nothing is wrong.

    `early` says that this is more often than the error we accept, so that no cause may be named from it.
    """

    chance: Decimal
    early: bool
    sentence: str


@dataclass(frozen=True, slots=True)
class Cause:
    """The heaviest part of a gap, and the luck test on it where there are counts to test."""

    part: Part
    luck: Luck | None
    sentence: str


def attribute(factors: Sequence[Factor]) -> Gap:
    """Split the gap between two products over their factors by the Shapley value, exactly.

    The effect of a factor is its own change times the average product of the others over every order of going from
    plan to actual, which needs the symmetric sums of the others only: O(n**2) for each factor. Raises Unworkable.
    """
    if not factors:
        raise Unworkable("factors", "Name at least one factor.")
    if len(factors) > MOST_FACTORS:
        raise Unworkable("factors", f"More than {MOST_FACTORS} factors cannot be told apart.")
    planned = [not_negative(factor.name, factor.planned) for factor in factors]
    actual = [
        plan if factor.actual is None else not_negative(factor.name, factor.actual)
        for factor, plan in zip(factors, planned, strict=True)
    ]
    parts = []
    for place, factor in enumerate(factors):
        others = [pair for other, pair in enumerate(zip(planned, actual, strict=True)) if other != place]
        effect = (actual[place] - planned[place]) * _average_product(others)
        parts.append(Part(factor.name, planned[place], actual[place], effect))
    return Gap(_product(planned), _product(actual), tuple(parts))


def luck(won: int, of: int, share: Number, error: Number = ERROR) -> Luck:
    """Test whether `won` of `of` can be chance when the true rate is `share` (exact binomial, one side).

    5 of 30 against 25 % comes by chance in 20 of 100 cases: too early to say; 20 of 120 in 2. Raises Unworkable.
    """
    tries, expected = whole("of", of, 1), rate("rate", share)
    count = whole("won", won, 0, tries)
    if count >= expected * tries:
        chance = attain(Goal(wins=count), tries, expected)
        further = "or more"
    else:
        chance = 1 - attain(Goal(wins=count + 1), tries, expected)
        further = "or fewer"
    early = chance > inside("error", error)
    said = f"{count} of {tries} {further}, when {percent(expected)} is true, comes by chance in {_in_100(chance)}"
    verdict = "too early to say." if early else "chance alone is an unlikely reason."
    return Luck(chance, early, f"{said}: {verdict}")


def cause(gap: Gap, counts: Mapping[str, tuple[int, int]], error: Number = ERROR) -> Cause:
    """Name the heaviest part of a gap, with the luck test first where `counts` has (won, of) for that factor.

    Raises Unworkable.
    """
    part = gap.heaviest
    said = f"Most of the gap of {_signed(gap.size)} comes from the {part.name}: {_signed(part.effect)}."
    if part.name not in counts:
        return Cause(part, None, said)
    tested = luck(*counts[part.name], part.planned, error)
    return Cause(part, tested, f"{said} {tested.sentence}")


def verdict_from(before: Number, after: Number, error: Number = ERROR, power: Number = POWER) -> int:
    """Say from how many tries on a change of a rate would be noticed with probability `power`, for good.

    Exact binomial test, one side, false alarms at most `error`. The power goes in a saw-tooth; the answer is the
    first number after which it never falls below `power` again: 216 for 22 % to 15 %. Raises Unworkable.
    """
    old, new = inside("before", before), inside("after", after)
    if abs(old - new) < CLOSEST:
        raise Unworkable("after", "These two rates are too close to be told apart by counting.")
    if new > old:
        old, new = 1 - old, 1 - new
    sure, wanted = 1 - inside("error", error), inside("power", power)

    def first_tries(most: int) -> int:
        """Give the fewest tries at which `most` wins or fewer raise the alarm."""
        return needed(Goal(wins=most + 1), old, sure).opportunities

    def weak(most: int) -> bool:
        """Say whether the power falls short at the end of the stretch in which `most` wins raise the alarm."""
        last = first_tries(most + 1) - 1
        return 1 - attain(Goal(wins=most + 1), last, new) < wanted

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


def _signed(number: Fraction) -> str:
    return f"{'-' if number < 0 else '+'}{short(abs(number))}"


def _in_100(chance: Decimal) -> str:
    times = int((chance * 100).to_integral_value())
    return f"{times} of 100 cases" if times else "fewer than 1 of 100 cases"
