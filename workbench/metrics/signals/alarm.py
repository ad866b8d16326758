"""Compute false alarm rates: exact Markov chains for control chart rules, and runs of misses.

The chains assume points that vary alike and independently around a known centre (normal for charts); they return
probabilities in double precision.
"""

from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import cache
from typing import TypeVar

from workbench.metrics.probability import normal_cdf
from workbench.metrics.validation import InvalidInput, Number, to_int, to_non_negative

MAX_POINTS = 10_000

_PLACES = Decimal("0.000001")
_STABLE_ROUNDS, _TOLERANCE = 30, 1e-14

State = TypeVar("State", bound=Hashable)
# state -> next state -> probability; the difference from 1 is the probability of an alarm.
Chain = dict[State, dict[State, float]]
Bits = tuple[int, ...]


@dataclass(frozen=True, slots=True)
class ControlRule:
    """An alarm when `times` of the last `of` points are more than `sigmas` standard deviations to the same side."""

    times: int
    of: int
    sigmas: Fraction

    @property
    def description(self) -> str:
        """Return the rule in words."""
        if self.of == 1:
            return "one point beyond the limit"
        if self.sigmas == 0 and self.times == self.of:
            return f"{self.times} points in a row on the same side of the average"
        return f"{self.times} of {self.of} points well away from the average"


LIMIT = ControlRule(1, 1, Fraction(3))
RUN_OF_8 = ControlRule(8, 8, Fraction(0))
RUN_OF_9 = ControlRule(9, 9, Fraction(0))
TWO_OF_THREE = ControlRule(2, 3, Fraction(2))
THREE_OF_FOUR = ControlRule(3, 4, Fraction(3, 2))
FOUR_OF_FIVE = ControlRule(4, 5, Fraction(1))
DEFAULT_RULES = (LIMIT, RUN_OF_8)
WESTERN_ELECTRIC = (LIMIT, TWO_OF_THREE, FOUR_OF_FIVE, RUN_OF_8)


def false_alarm_probability(
    points: int, rules: Sequence[ControlRule] = DEFAULT_RULES, *, two_sided: bool = False
) -> Decimal:
    """Return the probability of at least one alarm within `points` when nothing has changed.

    `both` watches both sides; otherwise only the bad one. The limit and a run of 8 on one side: 2.8 % in 12 points,
    14.8 % in 52. Raises InvalidInput.
    """
    return _false_alarm_probability(to_int("points", points, 0, MAX_POINTS), tuple(rules), two_sided)


def points_to_false_alarm(rules: Sequence[ControlRule] = DEFAULT_RULES, *, two_sided: bool = False) -> Decimal:
    """Return the average number of points until an alarm when nothing has changed (the run length ARL0)."""
    return _to_decimal(_average_run_length(_normal_chain(tuple(rules), two_sided), _start_state(rules, two_sided)))


def probability_of_misses_in_a_row(misses: int, periods: int, share: Number) -> Fraction:
    """Return the exact probability of `misses` in a row within `periods`, if each is missed with probability `share`.

    Three in a row within 12 months happen to 64.5 % of healthy sellers where 53 % of months are missed. Raises
    InvalidInput.
    """
    row, chance = to_int("misses", misses, 1, 1000), to_non_negative("share", share)
    if chance > 1:
        raise InvalidInput("share", "A share cannot be over 100%.")
    # The probability of 0, 1, ... misses in a row at present.
    standing = [Fraction(1)] + [Fraction(0)] * (row - 1)
    for _ in range(to_int("periods", periods, 0, 520)):
        alive = sum(standing, Fraction(0))
        standing = [alive * (1 - chance), *(part * chance for part in standing[:-1])]
    return 1 - sum(standing, Fraction(0))


def find_fair_run(share: Number, periods: int = 12, max_share: Number = Fraction(1, 20)) -> int:
    """Find the smallest run of misses that at most `max_share` of healthy sellers have by chance.

    Raises InvalidInput.
    """
    limit = to_non_negative("max_share", max_share)
    for misses in range(1, to_int("periods", periods, 1, 520) + 1):
        if probability_of_misses_in_a_row(misses, periods, share) <= limit:
            return misses
    raise InvalidInput("share", "Misses are so common here that no number of them in a row means anything.")


def alarm_probability(chain: Chain[State], start: State, points: int) -> Decimal:
    """Return the probability that a chain raises its alarm within `points`."""
    return _to_decimal(1 - _survival_function(chain, start)(points))


def average_run_length(chain: Chain[State], start: State) -> Decimal:
    """Return the average number of points until a chain raises its alarm."""
    return _to_decimal(_average_run_length(chain, start))


def _start_state(rules: Sequence[ControlRule], two_sided: bool) -> Bits:  # noqa: FBT001 - one flag, passed on
    return tuple(0 for _ in rules for _ in range(2 if two_sided else 1))


@cache
def _false_alarm_probability(points: int, rules: tuple[ControlRule, ...], two_sided: bool) -> Decimal:  # noqa: FBT001 - see below
    return alarm_probability(_normal_chain(rules, two_sided), _start_state(rules, two_sided), points)


@cache
def _normal_chain(rules: tuple[ControlRule, ...], two_sided: bool) -> Chain[Bits]:  # noqa: FBT001 - a cached function has no keywords
    """Build the chain whose state holds, for each rule and side, the recent points beyond its line as bits."""
    if not rules:
        raise InvalidInput("rules", "Choose at least one rule.")
    lines = sorted({float(rule.sigmas) for rule in rules})
    edges = [*lines, float("inf")]
    zones = [(low, normal_cdf(high, 0, 1) - normal_cdf(low, 0, 1)) for low, high in zip(lines, edges[1:], strict=True)]
    inner = 1 - sum(weight for _, weight in zones) * (2 if two_sided else 1)
    moves = [(0, 0.0, inner)] + [
        (side, low, weight) for low, weight in zones for side in ((0, 1) if two_sided else (0,))
    ]
    return build_chain(_start_state(rules, two_sided), lambda state: _next_states(state, rules, two_sided, moves))


def _next_states(
    state: Bits,
    rules: tuple[ControlRule, ...],
    two_sided: bool,  # noqa: FBT001 - one flag, passed on
    moves: Sequence[tuple[int, float, float]],
) -> dict[Bits, float]:
    found: dict[Bits, float] = {}
    for index, (side, low, weight) in enumerate(moves):
        next_state: list[int] = []
        alarm = False
        for slot, bits in enumerate(state):
            rule = rules[slot // 2 if two_sided else slot]
            is_beyond = index > 0 and side == (slot % 2 if two_sided else 0) and low >= float(rule.sigmas)
            window = (bits << 1 | is_beyond) & ((1 << rule.of) - 1)
            alarm = alarm or window.bit_count() >= rule.times
            next_state.append(_drop_useless_bits(window, rule))
        if not alarm and weight > 0:
            key = tuple(next_state)
            found[key] = found.get(key, 0.0) + weight
    return found


def _drop_useless_bits(window: int, rule: ControlRule) -> int:
    """Drop bits that can no longer take part in an alarm, so that equal futures are one state."""
    window &= (1 << (rule.of - 1)) - 1
    max_misses = rule.of - rule.times
    for age in range(rule.of - 1):
        recent = window & ((1 << (age + 1)) - 1)
        if age + 1 - recent.bit_count() > max_misses:
            return window & ((1 << age) - 1)
    return window


def build_chain(start: State, step: Callable[[State], dict[State, float]]) -> Chain[State]:
    """Build a chain by following every state that is reachable from `start`."""
    chain: Chain[State] = {}
    waiting = [start]
    while waiting:
        state = waiting.pop()
        if state not in chain:
            chain[state] = step(state)
            waiting += chain[state]
    return chain


def _survival_function(chain: Chain[State], start: State) -> Callable[[int], float]:
    def survival(points: int) -> float:
        now: Mapping[State, float] = {start: 1.0}
        for _ in range(points):
            now = _advance(chain, now)
        return sum(now.values())

    return survival


def _average_run_length(chain: Chain[State], start: State) -> float:
    """Sum the probability of no alarm over all points; the rest is a geometric sum once it shrinks steadily."""
    now: Mapping[State, float] = {start: 1.0}
    total, alive, ratio, steady = 0.0, 1.0, 1.0, 0
    while steady < _STABLE_ROUNDS:
        total += alive
        now = _advance(chain, now)
        remaining = sum(now.values())
        before, ratio, alive = ratio, remaining / alive, remaining
        steady = steady + 1 if ratio < 1 and abs(ratio - before) < _TOLERANCE else 0
    return total + alive / (1 - ratio)


def _advance(chain: Chain[State], now: Mapping[State, float]) -> dict[State, float]:
    next_states: dict[State, float] = {}
    for state, weight in now.items():
        for target, chance in chain[state].items():
            next_states[target] = next_states.get(target, 0.0) + weight * chance
    return next_states


def _to_decimal(value: float) -> Decimal:
    return Decimal(value).quantize(_PLACES)
