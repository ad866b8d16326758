"""Compute the probability that a number of opportunities reaches a quota when deals differ in size."""

from bisect import bisect_left
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache

from workbench.metrics import probability
from workbench.metrics.planning.funnel import round_up
from workbench.metrics.validation import InvalidInput

MAX_GAMMA_WINS = 10_000
MIN_CV = Fraction(1, 100)
MAX_CV = Fraction(5)

_NEGLIGIBLE, _ALMOST_ONE = 1e-18, 1e-15

# A known rate, or Beta(a, b) for an uncertain one.
Rate = float | tuple[float, float]


@dataclass(frozen=True, slots=True)
class DealSizes:
    """The probability that k wins reach a goal: zero below `min_wins`, then `probabilities[k - min_wins]`, then one."""

    min_wins: int
    probabilities: tuple[float, ...]

    @property
    def certain_wins(self) -> int:
        """Return the number of wins from which the goal is certain (to fifteen places)."""
        return self.min_wins + len(self.probabilities)

    @classmethod
    def of_equal_size(cls, wins: int) -> "DealSizes":
        """Return the model for deals of one size: `wins` of them reach the goal, one fewer does not."""
        return cls(wins, ())

    @classmethod
    # One page asks many questions about the same deals.
    @lru_cache(maxsize=16)
    def of_gamma_size(cls, wins: Fraction, cv: Fraction) -> "DealSizes":
        """Return the model for Gamma-distributed deals; the goal is `wins` average deals.

        `cv` is the coefficient of variation of their sizes. The sum of k such deals is Gamma of shape k / cv**2, so
        P(k deals reach the goal) is one incomplete gamma function. Raises InvalidInput (deal_cv, quota).
        """
        if cv == 0 or wins == 0:
            return cls.of_equal_size(round_up(wins))
        if not MIN_CV <= cv <= MAX_CV:
            raise InvalidInput("deal_cv", "Enter a spread of deal sizes of 0, or from 1% to 500% of the average deal.")
        if wins > MAX_GAMMA_WINS:
            raise InvalidInput(
                "quota", "That is more than ten thousand deals: their sizes even out, so set the spread to 0."
            )
        square = float(cv * cv)
        goal = float(wins) / square
        first = (
            bisect_left(
                range(1, round_up(wins)), True, key=lambda k: probability.gamma_sf(goal, k / square) > _NEGLIGIBLE
            )
            + 1
        )
        reached: list[float] = []
        while not reached or reached[-1] < 1 - _ALMOST_ONE:
            reached.append(probability.gamma_sf(goal, (first + len(reached)) / square))
        return cls(first, tuple(reached))

    def probability_of_goal(self, tries: int, rate: Rate) -> float:
        """Return the probability that `tries` opportunities at `rate` reach the goal."""
        if rate == 1:
            return self._probability_after_wins(tries)
        certain = _probability_of_at_least(self.certain_wins, tries, rate)
        last = min(self.certain_wins - 1, tries)
        if last < self.min_wins:
            return certain
        middle = min(max(int(tries * _mean(rate)), self.min_wins), last)
        top = _probability_of_exactly(middle, tries, rate)
        total, weight = top * self.probabilities[middle - self.min_wins], top
        for k in range(middle, last):
            weight *= (tries - k) / (k + 1) * _next_ratio(k, tries, rate)
            total += weight * self.probabilities[k + 1 - self.min_wins]
        weight = top
        for k in range(middle - 1, self.min_wins - 1, -1):
            weight /= (tries - k) / (k + 1) * _next_ratio(k, tries, rate)
            total += weight * self.probabilities[k - self.min_wins]
        return min(certain + total, 1.0)

    def _probability_after_wins(self, wins: int) -> float:
        if wins < self.min_wins:
            return 0.0
        return 1.0 if wins >= self.certain_wins else self.probabilities[wins - self.min_wins]


def _probability_of_at_least(wins: int, tries: int, rate: Rate) -> float:
    if isinstance(rate, tuple):
        return probability.beta_binomial_sf(wins - 1, tries, *rate)
    return probability.binomial_sf(wins - 1, tries, rate)


def _probability_of_exactly(wins: int, tries: int, rate: Rate) -> float:
    if isinstance(rate, tuple):
        return probability.beta_binomial_pmf(wins, tries, *rate)
    return probability.binomial_pmf(wins, tries, rate)


def _mean(rate: Rate) -> float:
    return rate[0] / (rate[0] + rate[1]) if isinstance(rate, tuple) else rate


def _next_ratio(wins: int, tries: int, rate: Rate) -> float:
    """Return how much more likely one more win is than `wins`, apart from the number of combinations."""
    if isinstance(rate, tuple):
        return (wins + rate[0]) / (tries - wins - 1 + rate[1])
    return rate / (1 - rate)
