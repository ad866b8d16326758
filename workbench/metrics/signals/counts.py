"""Small counts, such as three opportunities a week, watched by a sum that remembers: the Poisson CUSUM.

With a mean of three a week, a week of none comes by chance once in twenty weeks, so no lower limit exists.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import cache
from math import log

from workbench.metrics.probability import poisson_exactly
from workbench.metrics.signals.alarm import Chain, average_run, explored, run_within
from workbench.metrics.validation import Number, Unworkable, exact, inside, whole

USUAL_DROP = Fraction(1, 2)
MOST_ALARMS = Fraction(1, 20)
LEAST_MEAN = Fraction(1, 2)
MOST_MEAN = Fraction(20)

_TENTH = Fraction(1, 10)
_NEGLIGIBLE = 1e-17


@dataclass(frozen=True, slots=True)
class Cusum:
    """A sum that grows by `allowance` less each count, never below zero, and raises its alarm at `height`.

    `mean` is the count when all is well, `worse` the one to be found; `false_alarm` is the chance of an alarm within
    a year of weeks when all is well, `found_after` the average number of points until a fall to `worse` is found.
    """

    mean: Fraction
    worse: Fraction
    allowance: Fraction
    height: int
    false_alarm: Decimal
    found_after: Decimal


def cusum(
    mean: Number, drop: Number = USUAL_DROP, points: int = 52, most: Number = MOST_ALARMS, height: int | None = None
) -> Cusum:
    """Set up a sum that finds a fall of the mean by the share `drop`.

    The allowance is (m0 - m1) / ln(m0 / m1) to one decimal (Lucas 1985). The height is the smallest whole one with
    at most `most` false alarms in `points` points, unless it is given. Means are taken to one decimal. Raises
    Unworkable with the field's name.
    """
    now = Fraction(round(exact("mean", mean) * 10), 10)
    if not LEAST_MEAN <= now <= MOST_MEAN:
        raise Unworkable(
            "mean", "This way of watching is for means from 0.5 to 20; choose longer periods for rarer events."
        )
    share = inside("drop", drop)
    if not _TENTH <= share <= 1 - _TENTH:
        raise Unworkable("drop", "Choose a fall between 10% and 90%.")
    span, accepted = whole("points", points, 1, 520), inside("most", most)
    return _designed(now, now * (1 - share), span, accepted, whole("height", height, 1, 500) if height else 0)


def sums(counts: Sequence[Number], watch: Cusum) -> tuple[Fraction, ...]:
    """Give the sum after each count. Raises Unworkable."""
    now, found = Fraction(0), []
    for count in counts:
        now = max(Fraction(0), now + watch.allowance - exact("points", count))
        found.append(now)
    return tuple(found)


@cache
def _designed(mean: Fraction, worse: Fraction, points: int, most: Fraction, height: int) -> Cusum:
    raw = float(mean - worse) / log(mean / worse)
    allowance = Fraction(round(raw * 10), 10)
    if not worse < allowance < mean:
        raise Unworkable("drop", "This fall is too small to be told from the mean at one decimal.")
    high = height or _height(mean, allowance, points, most)
    well, ill = _chain(mean, allowance, high), _chain(worse, allowance, high)
    return Cusum(mean, worse, allowance, high, run_within(well, 0, points), average_run(ill, 0))


def _height(mean: Fraction, allowance: Fraction, points: int, most: Fraction) -> int:
    """Find the smallest whole height with few enough false alarms; they only get fewer as it grows."""
    low, high = 0, 4
    while run_within(_chain(mean, allowance, high), 0, points) > most:
        low, high = high, 2 * high
    while high - low > 1:
        middle = (low + high) // 2
        enough = run_within(_chain(mean, allowance, middle), 0, points) <= most
        low, high = (low, middle) if enough else (middle, high)
    return high


def _chain(mean: Fraction, allowance: Fraction, height: int) -> Chain[int]:
    """Build the chain of sums in tenths; a count so large that the sum is zero anyway is taken together."""
    tenths, end = int(allowance * 10), height * 10
    weights: list[float] = []
    while not weights or len(weights) < mean or weights[-1] > _NEGLIGIBLE:
        weights.append(poisson_exactly(len(weights), float(mean)))

    def moved(state: int) -> dict[int, float]:
        found: dict[int, float] = {}
        for count, weight in enumerate(weights):
            following = max(0, state + tenths - 10 * count)
            if following < end:
                found[following] = found.get(following, 0.0) + weight
        return found

    return explored(0, moved)
