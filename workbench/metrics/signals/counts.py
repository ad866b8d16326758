"""Watch small counts, such as three opportunities a week, by a cumulative sum: the Poisson CUSUM.

With a mean of three a week, a week of zero happens by chance once in twenty weeks, so no lower limit exists.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import cache
from math import log

from workbench.metrics.probability import poisson_pmf
from workbench.metrics.signals.alarm import Chain, alarm_probability, average_run_length, build_chain
from workbench.metrics.validation import InvalidInput, Number, to_fraction, to_int, to_probability

DEFAULT_DROP = Fraction(1, 2)
MAX_FALSE_ALARMS = Fraction(1, 20)
MIN_MEAN = Fraction(1, 2)
MAX_MEAN = Fraction(20)

_TENTH = Fraction(1, 10)
_NEGLIGIBLE = 1e-17


@dataclass(frozen=True, slots=True)
class Cusum:
    """A sum that grows by `allowance` minus each count, never below zero, and raises its alarm at `height`.

    `mean` is the count when nothing has changed, `reduced_mean` the one to detect; `false_alarm` is the probability
    of an alarm within a year of weeks when nothing has changed, `detection_delay` the average number of points until
    a fall to `reduced_mean` is detected.
    """

    mean: Fraction
    reduced_mean: Fraction
    allowance: Fraction
    height: int
    false_alarm: Decimal
    detection_delay: Decimal


def design_cusum(
    mean: Number,
    drop: Number = DEFAULT_DROP,
    points: int = 52,
    max_false_alarms: Number = MAX_FALSE_ALARMS,
    height: int | None = None,
) -> Cusum:
    """Design a sum that detects a fall of the mean by the share `drop`.

    The allowance is (m0 - m1) / ln(m0 / m1) to one decimal (Lucas 1985). The height is the smallest whole one with at
    most `max_false_alarms` in `points` points, unless it is given. Means are rounded to one decimal. Raises
    InvalidInput with the field's name.
    """
    now = Fraction(round(to_fraction("mean", mean) * 10), 10)
    if not MIN_MEAN <= now <= MAX_MEAN:
        raise InvalidInput(
            "mean", "This way of watching is for means from 0.5 to 20; choose longer periods for rarer events."
        )
    share = to_probability("drop", drop)
    if not _TENTH <= share <= 1 - _TENTH:
        raise InvalidInput("drop", "Choose a fall between 10% and 90%.")
    span, max_share = to_int("points", points, 1, 520), to_probability("max_false_alarms", max_false_alarms)
    return _design(now, now * (1 - share), span, max_share, to_int("height", height, 1, 500) if height else 0)


def cusum_values(counts: Sequence[Number], watch: Cusum) -> tuple[Fraction, ...]:
    """Return the sum after each count. Raises InvalidInput."""
    now, found = Fraction(0), []
    for count in counts:
        now = max(Fraction(0), now + watch.allowance - to_fraction("points", count))
        found.append(now)
    return tuple(found)


@cache
def _design(mean: Fraction, reduced_mean: Fraction, points: int, max_false_alarms: Fraction, height: int) -> Cusum:
    raw = float(mean - reduced_mean) / log(mean / reduced_mean)
    allowance = Fraction(round(raw * 10), 10)
    if not reduced_mean < allowance < mean:
        raise InvalidInput("drop", "This fall is too small to be distinguished from the mean at one decimal.")
    high = height or _find_height(mean, allowance, points, max_false_alarms)
    in_control, reduced = _build_cusum_chain(mean, allowance, high), _build_cusum_chain(reduced_mean, allowance, high)
    return Cusum(
        mean, reduced_mean, allowance, high, alarm_probability(in_control, 0, points), average_run_length(reduced, 0)
    )


def _find_height(mean: Fraction, allowance: Fraction, points: int, max_false_alarms: Fraction) -> int:
    """Find the smallest whole height with few enough false alarms; they only become fewer as it grows."""
    low, high = 0, 4
    while alarm_probability(_build_cusum_chain(mean, allowance, high), 0, points) > max_false_alarms:
        low, high = high, 2 * high
    while high - low > 1:
        middle = (low + high) // 2
        is_enough = alarm_probability(_build_cusum_chain(mean, allowance, middle), 0, points) <= max_false_alarms
        low, high = (low, middle) if is_enough else (middle, high)
    return high


def _build_cusum_chain(mean: Fraction, allowance: Fraction, height: int) -> Chain[int]:
    """Build the chain of sums in tenths; counts so large that the sum is zero anyway are combined."""
    tenths, end = int(allowance * 10), height * 10
    weights: list[float] = []
    while not weights or len(weights) < mean or weights[-1] > _NEGLIGIBLE:
        weights.append(poisson_pmf(len(weights), float(mean)))

    def next_sums(state: int) -> dict[int, float]:
        found: dict[int, float] = {}
        for count, weight in enumerate(weights):
            next_sum = max(0, state + tenths - 10 * count)
            if next_sum < end:
                found[next_sum] = found.get(next_sum, 0.0) + weight
        return found

    return build_chain(0, next_sums)
