"""Decide whether a series of numbers shows a pattern or an occasional miss, and how often that verdict is wrong.

Limits are exact (`Fraction`). The default rules watch the bad side only: one point beyond the limit, or eight in a
row on the bad side of the average. The false alarm rate is always part of the verdict.
"""

import itertools
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction

from workbench.metrics.planning.funnel import format_percent, format_short
from workbench.metrics.signals.alarm import DEFAULT_RULES, ControlRule, false_alarm_probability
from workbench.metrics.signals.counts import MAX_MEAN, MIN_MEAN, Cusum, cusum_values, design_cusum
from workbench.metrics.validation import InvalidInput, Number, to_fraction

MIN_BASELINE = 12
MAX_BASELINE = 1000
# 3 / d2 for ranges of two, as printed everywhere; exactly 2.6587.
LIMIT_FACTOR = Fraction(266, 100)
# D4 for ranges of two, as printed everywhere; exactly 3.2665.
RANGE_LIMIT_FACTOR = Fraction(3268, 1000)

# Usual rules, one side, with limits worked out from so many points: the chance of an alarm within 12, 26 and 52
# points when nothing is wrong. Simulated once, 400,000 runs each, good to 0.002.
ESTIMATED_FALSE_ALARMS = {
    12: ("0.108", "0.208", "0.329"),
    16: ("0.088", "0.179", "0.298"),
    20: ("0.075", "0.160", "0.275"),
    30: ("0.059", "0.132", "0.241"),
    52: ("0.045", "0.106", "0.205"),
}
_SPANS = (12, 26, 52)


class Side(StrEnum):
    """The side on which a number is bad: below for meetings, above for days in a stage."""

    BELOW = "below"
    ABOVE = "above"


class SignalState(StrEnum):
    """The result of a check: too few points, nothing unusual, or a pattern."""

    OPEN = "open"
    STEADY = "steady"
    PATTERN = "pattern"


@dataclass(frozen=True, slots=True)
class ControlLimits:
    """The average, the natural limits around it, and the limit of the step from one point to the next."""

    centre: Fraction
    lower: Fraction
    upper: Fraction
    mean_range: Fraction
    range_limit: Fraction

    def line_at(self, sigmas: Fraction, side: Side) -> Fraction:
        """Return the line at a number of standard deviations from the centre (the limit is at three)."""
        distance = LIMIT_FACTOR * self.mean_range * sigmas / 3
        return self.centre - distance if side is Side.BELOW else self.centre + distance


@dataclass(frozen=True, slots=True)
class Alarm:
    """An alarm: its reason and the number of the point that completed it, counted from the first point of all."""

    reason: str
    point: int


@dataclass(frozen=True, slots=True)
class SignalVerdict:
    """The result, its reason, and how often a person whose results have not changed would get the same result.

    `false_alarm` holds for limits that are known exactly; `estimated_false_alarm` for limits from this few points, if
    known. `cusum` is set if small counts were watched by their sum.
    """

    state: SignalState
    sentence: str
    limits: ControlLimits | None = None
    alarms: tuple[Alarm, ...] = ()
    false_alarm: Decimal | None = None
    estimated_false_alarm: Decimal | None = None
    cusum: Cusum | None = None


def control_limits(baseline: Sequence[Number]) -> ControlLimits:
    """Compute the XmR limits: centre +- 2.66 x mean range between neighbours. Raises InvalidInput below two points.

    Source: Wheeler, "Understanding Variation". 12, 14, 11, 13, 15, 12, 10, 13, 14, 12, 11, 13: 6.94 to 18.06.
    """
    points = [to_fraction("baseline", value) for value in baseline]
    if not 2 <= len(points) <= MAX_BASELINE:
        raise InvalidInput("baseline", f"Enter between 2 and {MAX_BASELINE:,} points.")
    centre = sum(points, Fraction(0)) / len(points)
    steps = [abs(later - earlier) for earlier, later in itertools.pairwise(points)]
    mean_range = sum(steps, Fraction(0)) / len(steps)
    distance = LIMIT_FACTOR * mean_range
    return ControlLimits(centre, centre - distance, centre + distance, mean_range, RANGE_LIMIT_FACTOR * mean_range)


def detect_signal(
    baseline: Sequence[Number],
    points: Sequence[Number],
    rules: Sequence[ControlRule] = DEFAULT_RULES,
    side: Side = Side.BELOW,
    *,
    counts: bool = False,
) -> SignalVerdict:
    """Check new points against the points before them.

    There is no verdict below 12 baseline points, nor if they are all equal. Only the `points` are checked: runs begin
    there. With `counts`, numbers so small that no lower limit exists are watched by their sum instead. Raises
    InvalidInput.
    """
    if len(baseline) < MIN_BASELINE:
        missing = MIN_BASELINE - len(baseline)
        return SignalVerdict(
            SignalState.OPEN, f"Too early to say: {missing} more points are needed before any verdict."
        )
    found = control_limits(baseline)
    if found.mean_range == 0:
        return SignalVerdict(
            SignalState.OPEN,
            "Too early to say: the points so far are all equal, so nothing shows how they vary.",
            found,
        )
    new = [to_fraction("points", value) for value in points]
    if counts and side is Side.BELOW and found.lower <= 0 and found.centre <= MAX_MEAN:
        return _watch_cusum(found, len(baseline), new)
    alarms = tuple(sorted(_find_alarms(found, len(baseline), new, rules, side), key=lambda alarm: alarm.point))
    exact = false_alarm_probability(len(new), rules)
    estimate = _lookup_false_alarm(len(baseline), len(new)) if tuple(rules) == DEFAULT_RULES else None
    state = SignalState.PATTERN if alarms else SignalState.STEADY
    return SignalVerdict(state, _build_sentence(alarms, estimate or exact, len(new)), found, alarms, exact, estimate)


def _find_alarms(
    found: ControlLimits, before: int, points: Sequence[Fraction], rules: Sequence[ControlRule], side: Side
) -> list[Alarm]:
    """Find the first alarm of each rule."""
    alarms = []
    for rule in rules:
        line, window = found.line_at(rule.sigmas, side), 0
        for index, point in enumerate(points):
            is_beyond = point < line if side is Side.BELOW else point > line
            window = (window << 1 | is_beyond) & ((1 << rule.of) - 1)
            if window.bit_count() >= rule.times:
                alarms.append(Alarm(rule.description, before + index + 1))
                break
    return alarms


def _watch_cusum(found: ControlLimits, before: int, points: Sequence[Fraction]) -> SignalVerdict:
    if found.centre < MIN_MEAN:
        return SignalVerdict(
            SignalState.OPEN, "Too early to say: there are so few that a longer period has to be counted.", found
        )
    watch_sum = design_cusum(found.centre)
    reached = next(
        (index for index, total in enumerate(cusum_values(points, watch_sum)) if total >= watch_sum.height), None
    )
    alarms = (
        () if reached is None else (Alarm("the sum of the missing counts has become too large", before + reached + 1),)
    )
    state = SignalState.PATTERN if alarms else SignalState.STEADY
    chance = watch_sum.false_alarm
    return SignalVerdict(state, _build_sentence(alarms, chance, 52), found, alarms, chance, None, watch_sum)


def _lookup_false_alarm(baseline: int, points: int) -> Decimal | None:
    """Return the rate for limits from this many points, by the next smaller baseline and longer span."""
    span = next((index for index, length in enumerate(_SPANS) if points <= length), None)
    size = max(length_of_baseline for length_of_baseline in ESTIMATED_FALSE_ALARMS if length_of_baseline <= baseline)
    return None if span is None else Decimal(ESTIMATED_FALSE_ALARMS[size][span])


def _build_sentence(alarms: Sequence[Alarm], chance: Decimal, points: int) -> str:
    rate = format_percent(Fraction(chance))
    if not alarms:
        return (
            "Nothing unusual: these numbers vary as they did before. "
            f"This rule raises a false alarm for {rate} of people in {format_short(Fraction(points))} points."
        )
    first = alarms[0]
    return (
        f"A pattern, not an occasional miss: {first.reason}, at point {first.point}. "
        f"In {points} points this rule raises a false alarm for {rate} of people for whom nothing has changed; "
        "look for the cause together."
    )
