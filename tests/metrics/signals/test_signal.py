"""Distinguishing a pattern from an occasional miss, with the false alarm rate of the rule."""

from decimal import Decimal
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from workbench.metrics.signals.alarm import (
    DEFAULT_RULES,
    FOUR_OF_FIVE,
    LIMIT,
    RUN_OF_8,
    RUN_OF_9,
    THREE_OF_FOUR,
    TWO_OF_THREE,
    WESTERN_ELECTRIC,
    false_alarm_probability,
    find_fair_run,
    points_to_false_alarm,
    probability_of_misses_in_a_row,
)
from workbench.metrics.signals.counts import cusum_values, design_cusum
from workbench.metrics.signals.signal import ESTIMATED_FALSE_ALARMS, Side, SignalState, control_limits, detect_signal
from workbench.metrics.validation import InvalidInput

BASELINE = (12, 14, 11, 13, 15, 12, 10, 13, 14, 12, 11, 13)
POINTS = (7, 12, 9, 8, 9, 8, 9, 8)


def test_the_limits_of_the_reference():
    found = control_limits(BASELINE)
    assert found.centre == Fraction(25, 2)
    assert found.mean_range == Fraction(23, 11)
    assert [round(float(value), 4) for value in (found.lower, found.upper, found.range_limit)] == [
        6.9382,
        18.0618,
        6.8331,
    ]
    assert round(float(found.line_at(Fraction(3, 2), Side.BELOW)), 3) == 9.719
    assert round(float(found.line_at(Fraction(3, 2), Side.ABOVE)), 3) == 15.281


def test_a_run_of_eight_completes_at_point_20():
    verdict = detect_signal(BASELINE, POINTS)
    assert verdict.state is SignalState.PATTERN
    assert [(alarm.reason, alarm.point) for alarm in verdict.alarms] == [(RUN_OF_8.description, 20)]
    assert verdict.sentence == (
        "A pattern, not an occasional miss: 8 points in a row on the same side of the average, at point 20. "
        "In 8 points this rule raises a false alarm for 10.8% of people for whom nothing has changed; look for the cause together."
    )


def test_three_of_four_fires_at_point_16():
    verdict = detect_signal(BASELINE, POINTS, (LIMIT, THREE_OF_FOUR, RUN_OF_8))
    assert [alarm.point for alarm in verdict.alarms] == [16, 20]
    assert verdict.estimated_false_alarm is None
    assert verdict.false_alarm == false_alarm_probability(8, (LIMIT, THREE_OF_FOUR, RUN_OF_8))


def test_one_point_beyond_the_limit_is_enough():
    verdict = detect_signal(BASELINE, (12, 6, 13))
    assert [(alarm.reason, alarm.point) for alarm in verdict.alarms] == [("one point beyond the limit", 14)]


def test_where_more_is_bad_the_other_side_is_watched():
    assert detect_signal(BASELINE, (19,), side=Side.ABOVE).state is SignalState.PATTERN
    assert detect_signal(BASELINE, (19,)).state is SignalState.STEADY


def test_an_occasional_miss_is_no_pattern():
    verdict = detect_signal(BASELINE, (8, 13, 12, 9, 14))
    assert verdict.state is SignalState.STEADY
    assert verdict.estimated_false_alarm == Decimal("0.108")
    assert verdict.sentence.startswith("Nothing unusual")


def test_there_is_no_verdict_before_twelve_points_or_without_variation():
    early = detect_signal(BASELINE[:9], POINTS)
    assert (early.state, early.limits) == (SignalState.OPEN, None)
    assert "3 more points" in early.sentence
    assert detect_signal((5,) * 12, (1, 1)).state is SignalState.OPEN


def test_longer_than_a_year_has_only_the_rate_of_known_limits():
    verdict = detect_signal(BASELINE, BASELINE * 5)
    assert verdict.estimated_false_alarm is None
    assert verdict.false_alarm == false_alarm_probability(60)


def test_small_counts_are_watched_by_their_sum():
    baseline = (3, 1, 4, 2, 5, 3, 2, 4, 3, 6, 0, 3)
    assert control_limits(baseline).lower < 0
    steady = detect_signal(baseline, (3, 2, 3, 4), counts=True)
    assert steady.state is SignalState.STEADY
    assert steady.cusum is not None
    fallen = detect_signal(baseline, (0, 1, 0, 0, 1, 0), counts=True)
    assert fallen.state is SignalState.PATTERN
    assert fallen.alarms[0].point == 17
    assert detect_signal((1, 0) * 4 + (0,) * 4, (0,), counts=True).state is SignalState.OPEN


def test_large_numbers_that_vary_wildly_are_no_small_counts():
    verdict = detect_signal((0, 90) * 6, (0, 90), counts=True)
    assert verdict.cusum is None
    assert verdict.state is SignalState.STEADY


def test_the_sum_of_the_reference():
    six, eight = design_cusum(3, height=6), design_cusum(3)
    assert six.allowance == Fraction("2.2")
    assert six.false_alarm == pytest.approx(Decimal("0.165"), abs=Decimal("0.0005"))
    assert six.detection_delay == pytest.approx(Decimal("8.7"), abs=Decimal("0.05"))
    assert eight.height == 8
    assert eight.false_alarm == pytest.approx(Decimal("0.043"), abs=Decimal("0.0005"))
    assert eight.detection_delay == pytest.approx(Decimal("11.5"), abs=Decimal("0.05"))
    assert cusum_values((3, 0, 1), six) == (0, Fraction("2.2"), Fraction("3.4"))


@pytest.mark.parametrize("mean", ["0.5", "1.3", "6", "20"])
def test_a_sum_has_the_smallest_height_that_keeps_the_promise(mean):
    found = design_cusum(Decimal(mean))
    assert found.false_alarm <= Decimal("0.05")
    assert design_cusum(Decimal(mean), height=found.height - 1).false_alarm > Decimal("0.05")


@pytest.mark.parametrize(
    ("rules", "both", "run", "chances"),
    [
        ((LIMIT,), True, "370.40", "0.032 0.068 0.131"),
        ((LIMIT,), False, "740.80", "0.016 0.035 0.068"),
        ((TWO_OF_THREE,), True, "510.7", "0.021 0.047 0.095"),
        ((FOUR_OF_FIVE,), True, "291.3", "0.030 0.076 0.156"),
        ((RUN_OF_8,), True, "255", "0.023 0.077 0.169"),
        ((RUN_OF_9,), True, "511", "0.010 0.037 0.085"),
        (WESTERN_ELECTRIC, True, "91.75", "0.095 0.228 0.426"),
        (DEFAULT_RULES, True, "152.73", "0.055 0.140 0.278"),
        (DEFAULT_RULES, False, "305.5", "0.028 0.072 0.148"),
        ((LIMIT, THREE_OF_FOUR, RUN_OF_8), True, "127.3", "0.067 0.167 0.326"),
        ((LIMIT, THREE_OF_FOUR, RUN_OF_8), False, "254.5", "0.034 0.086 0.176"),
    ],
)
def test_the_false_alarm_rates_are_exact(rules, both, run, chances):
    found = points_to_false_alarm(rules, two_sided=both)
    assert found == pytest.approx(Decimal(run), abs=Decimal("0.06"))
    for points, chance in zip((12, 26, 52), chances.split(), strict=True):
        assert false_alarm_probability(points, rules, two_sided=both) == pytest.approx(
            Decimal(chance), abs=Decimal("0.0007")
        )


def test_eight_on_one_side_takes_exactly_255_points():
    assert points_to_false_alarm((RUN_OF_8,), two_sided=True) == 2**8 - 1
    assert FOUR_OF_FIVE.description == "4 of 5 points well away from the average"


def test_the_stored_rates_for_estimated_limits_agree_with_a_simulation():
    random = np.random.default_rng(20261122)
    before, after = random.standard_normal((40_000, 20)), random.standard_normal((40_000, 26))
    centre = before.mean(axis=1, keepdims=True)
    low = centre - 2.66 * np.abs(np.diff(before, axis=1)).mean(axis=1, keepdims=True)
    alarm = (after < low).any(axis=1)
    below = after < centre
    for start in range(26 - 7):
        alarm |= below[:, start : start + 8].all(axis=1)
    assert alarm.mean() == pytest.approx(float(ESTIMATED_FALSE_ALARMS[20][1]), abs=0.008)


@pytest.mark.parametrize(
    ("share", "chances"),
    [
        ("0.2", "0.322 0.065 0.012 0.002"),
        ("0.3", "0.574 0.189 0.053 0.014"),
        ("0.4", "0.778 0.373 0.146 0.053"),
        ("0.5", "0.908 0.584 0.299 0.139"),
        ("0.53", "0.933 0.645 0.356 0.177"),
    ],
)
def test_misses_in_a_row_accuse_healthy_sellers(share, chances):
    for misses, chance in zip((2, 3, 4, 5), chances.split(), strict=True):
        assert float(probability_of_misses_in_a_row(misses, 12, Decimal(share))) == pytest.approx(
            float(chance), abs=0.0007
        )


def test_how_many_misses_in_a_row_are_fair():
    assert [find_fair_run(Fraction(share, 10)) for share in range(1, 6)] == [3, 4, 5, 6, 7]


@settings(deadline=None)
@given(st.integers(1, 6), st.integers(0, 8), st.fractions(0, 1, max_denominator=20))
def test_misses_in_a_row_agree_with_every_sequence(misses, periods, share):
    total = Fraction(0)
    for pattern in range(2**periods):
        bits = f"{pattern:0{periods}b}" if periods else ""
        if "1" * misses in bits:
            total += share ** bits.count("1") * (1 - share) ** bits.count("0")
    assert probability_of_misses_in_a_row(misses, periods, share) == total


@settings(deadline=None)
@given(st.lists(st.integers(0, 40), min_size=12, max_size=30), st.lists(st.integers(0, 40), max_size=30), st.booleans())
def test_any_whole_numbers_get_a_verdict(baseline, points, counts):
    verdict = detect_signal(baseline, points, counts=counts)
    assert verdict.sentence.endswith(".")
    assert (verdict.state is SignalState.PATTERN) == bool(verdict.alarms)
    assert all(12 < alarm.point <= len(baseline) + len(points) for alarm in verdict.alarms)


@pytest.mark.parametrize(
    ("call", "field"),
    [
        (lambda: control_limits((1,)), "baseline"),
        (lambda: control_limits((1,) * 1001), "baseline"),
        (lambda: control_limits((1, Decimal("NaN"))), "baseline"),
        (lambda: detect_signal(BASELINE, (1.5,)), "points"),
        (lambda: detect_signal(BASELINE, POINTS, ()), "rules"),
        (lambda: false_alarm_probability(-1), "points"),
        (lambda: probability_of_misses_in_a_row(0, 12, Fraction(1, 2)), "misses"),
        (lambda: probability_of_misses_in_a_row(1, 12, 2), "share"),
        (lambda: find_fair_run(1), "share"),
        (lambda: design_cusum(Fraction(1, 10)), "mean"),
        (lambda: design_cusum(30), "mean"),
        (lambda: design_cusum(3, Fraction(99, 100)), "drop"),
        (lambda: design_cusum(Fraction(1, 2), Fraction(1, 10)), "drop"),
        (lambda: design_cusum(3, points=0), "points"),
        (lambda: design_cusum(3, height=501), "height"),
    ],
)
def test_what_cannot_be_judged_is_refused_at_its_field(call, field):
    with pytest.raises(InvalidInput) as refused:
        call()
    assert refused.value.field == field
