"""Working days, ramps and shares: nothing is lost in rounding."""

from datetime import date
from decimal import Decimal
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from workbench.metrics.planning.calendar import (
    apportion,
    count_days_by_month,
    distribute,
    group_by_week,
    list_working_days,
    quota_months,
    ramp_weights,
)
from workbench.metrics.validation import InvalidInput

DAYS_2026 = (20, 19, 22, 22, 20, 21, 22, 21, 21, 21, 19, 22)


def test_a_year_in_the_united_states_has_250_working_days_in_2026_and_249_in_2027():
    assert count_days_by_month(2026, "US") == DAYS_2026
    assert sum(count_days_by_month(2026, "US")) == 250
    assert sum(count_days_by_month(2027, "US")) == 249


def test_the_third_of_july_2026_and_the_last_day_of_2027_are_observed_holidays():
    assert date(2026, 7, 3) not in list_working_days(date(2026, 7, 1), date(2026, 7, 6), "US")
    assert date(2027, 12, 31) not in list_working_days(date(2027, 12, 30), date(2027, 12, 31), "US")


def test_without_a_country_the_weekdays_agree_with_numpy():
    found = list_working_days(date(2026, 1, 1), date(2026, 12, 31))
    assert len(found) == np.busday_count("2026-01-01", "2027-01-01")


def test_own_days_off_a_region_and_another_weekend_are_left_out():
    assert list_working_days(date(2026, 6, 1), date(2026, 6, 5), "US", days_off=[date(2026, 6, 2)]) == (
        date(2026, 6, 1),
        date(2026, 6, 3),
        date(2026, 6, 4),
        date(2026, 6, 5),
    )
    day = date(2026, 11, 27)  # the day after Thanksgiving is free in California
    assert list_working_days(day, day, "US")
    assert not list_working_days(day, day, "US", "CA")
    friday, sunday = date(2026, 6, 5), date(2026, 6, 7)
    assert not list_working_days(friday, friday, "SA")
    assert list_working_days(sunday, sunday, "SA")


def test_time_that_ends_before_it_begins_has_no_working_day():
    assert list_working_days(date(2026, 6, 5), date(2026, 6, 1)) == ()


def test_days_are_gathered_into_weeks():
    found = group_by_week(list_working_days(date(2026, 12, 30), date(2027, 1, 12), "US"))
    assert [(week.starts, week.days) for week in found] == [
        (date(2026, 12, 30), 2),
        (date(2027, 1, 4), 5),
        (date(2027, 1, 11), 2),
    ]


def test_a_million_over_the_days_of_2026():
    expected = (80000, 76000, 88000, 88000, 80000, 84000, 88000, 84000, 84000, 84000, 76000, 88000)
    assert distribute(1_000_000, DAYS_2026) == expected
    ramp = ramp_weights(12)
    assert sum(part * share for part, share in zip(expected, ramp, strict=True)) == 797_000


@pytest.mark.parametrize(("months", "worth"), [(12, "9.5"), (9, "6.5"), (6, "3.5"), (4, "1.5"), (3, "0.75")])
def test_a_new_start_is_worth_fewer_months(months, worth):
    assert quota_months(months) == Fraction(Decimal(worth))


def test_season_and_ramp_move_the_shares_and_keep_the_sum():
    parts = distribute(1200, (20, 20, 20), season=(1, 2, 1), ramp=(Fraction(1, 2), 1, 1))
    assert parts == (171, 686, 343)


def test_shares_of_the_reference():
    assert apportion(1_000_000, [1] * 7) == (142858, *[142857] * 6)
    assert apportion(100, [1, 1, 1]) == (34, 33, 33)
    assert apportion(100_000_000, [5, 3, 3]) == (45454546, 27272727, 27272727)
    assert apportion(45454546, [1, 1, 1]) == (15151516, 15151515, 15151515)
    assert apportion(27272727, [2, 1]) == (18181818, 9090909)
    assert apportion(27272727, [1, 1, 1, 1]) == (6818182, 6818182, 6818182, 6818181)
    assert apportion(1000, [Decimal("0.5"), Fraction(1, 3)], 100) == (600, 400)


@settings(deadline=None)
@given(
    st.integers(0, 10**12),
    st.lists(st.fractions(0, 1000, max_denominator=1000), min_size=1, max_size=30).filter(any),
)
def test_shares_sum_exactly_and_stay_within_one_of_the_fair_share(total, weights):
    parts = apportion(total, weights)
    assert sum(parts) == total
    for part, weight in zip(parts, weights, strict=True):
        fair = total * weight / sum(weights)
        assert fair // 1 <= part <= -(-fair // 1)


@pytest.mark.parametrize(
    ("call", "field"),
    [
        (lambda: apportion(10, []), "weights"),
        (lambda: apportion(10, [0, 0]), "weights"),
        (lambda: apportion(10, [1, -1]), "weights"),
        (lambda: apportion(-1, [1]), "total"),
        (lambda: apportion(10, [1], 3), "total"),
        (lambda: apportion(10, [0.5]), "weights"),
        (lambda: apportion(10, [Decimal("NaN")]), "weights"),
        (lambda: distribute(10, (0, 0)), "calendar"),
        (lambda: distribute(10, (1, 1), season=(1,)), "season"),
        (lambda: distribute(10, (1, 1), ramp=(1, -1)), "ramp"),
        (lambda: ramp_weights(3, ()), "ramp"),
        (lambda: ramp_weights(3, (0, 0)), "ramp"),
        (lambda: ramp_weights(3, (2,)), "ramp"),
        (lambda: ramp_weights(0), "months"),
        (lambda: list_working_days(date(2026, 1, 1), date(2026, 1, 2), "XX"), "calendar"),
        (lambda: list_working_days(date(2026, 1, 1), date(2026, 1, 2), "US", "XX"), "calendar"),
        (lambda: list_working_days(date(2026, 1, 1), date(2126, 1, 2)), "calendar"),
        (lambda: count_days_by_month(20260), "year"),
    ],
)
def test_what_cannot_be_counted_is_refused_at_its_field(call, field):
    with pytest.raises(InvalidInput) as refused:
        call()
    assert refused.value.field == field
    assert refused.value.message.endswith(".")
