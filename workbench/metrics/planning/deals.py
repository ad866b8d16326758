"""The money that wins bring when deals differ in size: the chance that so many tries reach a quota."""

from bisect import bisect_left
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache

from workbench.metrics import probability as odds
from workbench.metrics.planning.funnel import ceiling
from workbench.metrics.validation import Unworkable

MOST_SPREAD_WINS = 10_000
LEAST_SPREAD = Fraction(1, 100)
MOST_SPREAD = Fraction(5)

_NEVER, _SURELY = 1e-18, 1e-15

Rate = float | tuple[float, float]  # a known rate, or Beta(a, b) for an uncertain one


@dataclass(frozen=True, slots=True)
class Deals:
    """How likely k wins reach the goal: never below `first`, by `partly[k - first]`, and surely from `sure` on."""

    first: int
    partly: tuple[float, ...]

    @property
    def sure(self) -> int:
        """Give the number of wins from which on the goal is reached for certain (to fifteen places)."""
        return self.first + len(self.partly)

    @classmethod
    def alike(cls, wins: int) -> "Deals":
        """Take deals of one size: `wins` of them reach the goal, one fewer does not."""
        return cls(wins, ())

    @classmethod
    @lru_cache(maxsize=16)  # one page asks many questions about the same deals
    def spread(cls, wins: Fraction, cv: Fraction) -> "Deals":
        """Take deals that are Gamma with coefficient of variation `cv`; the goal is worth `wins` average deals.

        The sum of k such deals is Gamma of shape k / cv**2, so P(k deals reach the goal) is one incomplete gamma
        function. Raises Unworkable (spread, quota).
        """
        if cv == 0 or wins == 0:
            return cls.alike(ceiling(wins))
        if not LEAST_SPREAD <= cv <= MOST_SPREAD:
            raise Unworkable("spread", "Give a spread of deal sizes of 0, or from 1% to 500% of the average deal.")
        if wins > MOST_SPREAD_WINS:
            raise Unworkable("quota", "That is more than ten thousand deals: their spread evens out, leave it at 0.")
        square = float(cv * cv)
        goal = float(wins) / square
        first = bisect_left(range(1, ceiling(wins)), True, key=lambda k: odds.gamma_over(goal, k / square) > _NEVER) + 1
        reached: list[float] = []
        while not reached or reached[-1] < 1 - _SURELY:
            reached.append(odds.gamma_over(goal, (first + len(reached)) / square))
        return cls(first, tuple(reached))

    def reached(self, tries: int, rate: Rate) -> float:
        """Give the chance that `tries` tries at `rate` reach the goal."""
        if rate == 1:
            return self._by(tries)
        surely = _at_least(self.sure, tries, rate)
        last = min(self.sure - 1, tries)
        if last < self.first:
            return surely
        middle = min(max(int(tries * _mean(rate)), self.first), last)
        top = _exactly(middle, tries, rate)
        total, weight = top * self.partly[middle - self.first], top
        for k in range(middle, last):
            weight *= (tries - k) / (k + 1) * _onward(k, tries, rate)
            total += weight * self.partly[k + 1 - self.first]
        weight = top
        for k in range(middle - 1, self.first - 1, -1):
            weight /= (tries - k) / (k + 1) * _onward(k, tries, rate)
            total += weight * self.partly[k - self.first]
        return min(surely + total, 1.0)

    def _by(self, wins: int) -> float:
        if wins < self.first:
            return 0.0
        return 1.0 if wins >= self.sure else self.partly[wins - self.first]


def _at_least(wins: int, tries: int, rate: Rate) -> float:
    if isinstance(rate, tuple):
        return odds.mixed_at_least(wins, tries, *rate)
    return odds.binomial_at_least(wins, tries, rate)


def _exactly(wins: int, tries: int, rate: Rate) -> float:
    if isinstance(rate, tuple):
        return odds.mixed_exactly(wins, tries, *rate)
    return odds.binomial_exactly(wins, tries, rate)


def _mean(rate: Rate) -> float:
    return rate[0] / (rate[0] + rate[1]) if isinstance(rate, tuple) else rate


def _onward(wins: int, tries: int, rate: Rate) -> float:
    """Give how much likelier one more win is than `wins`, apart from the number of ways."""
    if isinstance(rate, tuple):
        return (wins + rate[0]) / (tries - wins - 1 + rate[1])
    return rate / (1 - rate)
