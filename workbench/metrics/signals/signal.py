"""A pattern or an occasional miss: what a run of numbers shows, and how often it would accuse somebody wrongly.

Limits are exact (`Fraction`). The default watches the bad side only: one point beyond the limit, or eight in a row on
the bad side of the average. The false alarm rate always stands next to the verdict.
"""

import itertools
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction

from workbench.metrics.planning.funnel import percent, short
from workbench.metrics.signals.alarm import USUAL_RULES, Rule, false_alarm
from workbench.metrics.signals.counts import LEAST_MEAN, MOST_MEAN, Cusum, cusum, sums
from workbench.metrics.validation import Number, Unworkable, exact

LEAST_BASELINE = 12
MOST_BASELINE = 1000
NATURAL = Fraction(266, 100)  # 3 / d2 for ranges of two, as printed everywhere; exactly 2.6587
RANGE = Fraction(3268, 1000)  # D4 for ranges of two, as printed everywhere; exactly 3.2665

# Usual rules, one side, with limits worked out from so many points: the chance of an alarm within 12, 26 and 52
# points when nothing is wrong. Simulated once, 400,000 runs each, good to 0.002.
ESTIMATED = {
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


class State(StrEnum):
    """What the points show: too little to say, nothing unusual, or a pattern."""

    OPEN = "open"
    STEADY = "steady"
    PATTERN = "pattern"


@dataclass(frozen=True, slots=True)
class Limits:
    """The average, the natural limits around it, and the limit of the step from one point to the next."""

    centre: Fraction
    lower: Fraction
    upper: Fraction
    mean_range: Fraction
    range_limit: Fraction

    def line(self, sigmas: Fraction, side: Side) -> Fraction:
        """Give the line so many standard deviations from the centre (a third of the way to the limit for each)."""
        reach = NATURAL * self.mean_range * sigmas / 3
        return self.centre - reach if side is Side.BELOW else self.centre + reach


@dataclass(frozen=True, slots=True)
class Alarm:
    """An alarm: what raised it, and the number of the point that completed it, counted from the first point of all."""

    words: str
    at: int


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the points show, why, and how often that would be shown of somebody who does as well as ever.

    `false_alarm` holds for limits known for certain; `false_alarm_here` for limits from this few points, where known.
    `cusum` is set where small counts were watched by their sum.
    """

    state: State
    sentence: str
    limits: Limits | None = None
    alarms: tuple[Alarm, ...] = ()
    false_alarm: Decimal | None = None
    false_alarm_here: Decimal | None = None
    cusum: Cusum | None = None


def limits(baseline: Sequence[Number]) -> Limits:
    """Work out the XmR limits: centre +- 2.66 x mean range between neighbours. Raises Unworkable below two points.

    Source: Wheeler, "Understanding Variation". 12, 14, 11, 13, 15, 12, 10, 13, 14, 12, 11, 13: 6.94 to 18.06.
    """
    points = [exact("baseline", value) for value in baseline]
    if not 2 <= len(points) <= MOST_BASELINE:
        raise Unworkable("baseline", f"Give between 2 and {MOST_BASELINE:,} points.")
    centre = sum(points, Fraction(0)) / len(points)
    steps = [abs(later - earlier) for earlier, later in itertools.pairwise(points)]
    mean_range = sum(steps, Fraction(0)) / len(steps)
    reach = NATURAL * mean_range
    return Limits(centre, centre - reach, centre + reach, mean_range, RANGE * mean_range)


def watch(
    baseline: Sequence[Number],
    points: Sequence[Number],
    rules: Sequence[Rule] = USUAL_RULES,
    side: Side = Side.BELOW,
    *,
    counts: bool = False,
) -> Verdict:
    """Judge new points by the points before them.

    No verdict below 12 baseline points, nor where they are all alike. Only the `points` are judged: runs begin there.
    With `counts`, numbers so small that no lower limit exists are watched by their sum instead. Raises Unworkable.
    """
    if len(baseline) < LEAST_BASELINE:
        missing = LEAST_BASELINE - len(baseline)
        return Verdict(State.OPEN, f"Too early to say: {missing} more points are needed before any verdict.")
    found = limits(baseline)
    if found.mean_range == 0:
        return Verdict(
            State.OPEN, "Too early to say: the points so far are all alike, so nothing shows how they vary.", found
        )
    new = [exact("points", value) for value in points]
    if counts and side is Side.BELOW and found.lower <= 0 and found.centre <= MOST_MEAN:
        return _watch_sum(found, len(baseline), new)
    alarms = tuple(sorted(_alarms(found, len(baseline), new, rules, side), key=lambda alarm: alarm.at))
    known = false_alarm(len(new), rules)
    here = _estimated(len(baseline), len(new)) if tuple(rules) == USUAL_RULES else None
    state = State.PATTERN if alarms else State.STEADY
    return Verdict(state, _told(alarms, here or known, len(new)), found, alarms, known, here)


def _alarms(found: Limits, before: int, points: Sequence[Fraction], rules: Sequence[Rule], side: Side) -> list[Alarm]:
    """Find the first time that each rule raises its alarm."""
    alarms = []
    for rule in rules:
        line, window = found.line(rule.sigmas, side), 0
        for place, point in enumerate(points):
            beyond = point < line if side is Side.BELOW else point > line
            window = (window << 1 | beyond) & ((1 << rule.of) - 1)
            if window.bit_count() >= rule.times:
                alarms.append(Alarm(rule.words, before + place + 1))
                break
    return alarms


def _watch_sum(found: Limits, before: int, points: Sequence[Fraction]) -> Verdict:
    if found.centre < LEAST_MEAN:
        return Verdict(State.OPEN, "Too early to say: so few happen that a longer period has to be counted.", found)
    watch_sum = cusum(found.centre)
    reached = next((place for place, total in enumerate(sums(points, watch_sum)) if total >= watch_sum.height), None)
    alarms = (
        () if reached is None else (Alarm("the sum of what is missing has become too large", before + reached + 1),)
    )
    state = State.PATTERN if alarms else State.STEADY
    chance = watch_sum.false_alarm
    return Verdict(state, _told(alarms, chance, 52), found, alarms, chance, None, watch_sum)


def _estimated(baseline: int, points: int) -> Decimal | None:
    """Look up the rate for limits from so many points; the next smaller baseline and longer span, to be on the safe side."""
    span = next((place for place, length in enumerate(_SPANS) if points <= length), None)
    size = max(known for known in ESTIMATED if known <= baseline)
    return None if span is None else Decimal(ESTIMATED[size][span])


def _told(alarms: Sequence[Alarm], chance: Decimal, points: int) -> str:
    rate = percent(Fraction(chance))
    if not alarms:
        return f"Nothing unusual: these numbers vary as they did before. This rule errs for {rate} of people in {short(Fraction(points))} points."
    first = alarms[0]
    return (
        f"A pattern, not an occasional miss: {first.words}, at point {first.at}. "
        f"In {points} points this rule says so of {rate} of people for whom nothing has changed; look for the cause together."
    )
