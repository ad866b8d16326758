"""A number is read in the weeks that its period allows, against the target that holds in that week."""

from decimal import Decimal

import pytest

from workbench.metrics.catalogue import catalogue
from workbench.metrics.model import Period
from workbench.metrics.weeks import (
    MONTH_ENDS,
    WEEKS,
    SumRule,
    reading_weeks,
    sum_rule,
    target_for,
    target_of_quarter,
)


@pytest.mark.parametrize(
    ("code", "period", "weeks"),
    [
        ("prospecting_min", Period.DAY, WEEKS),
        ("connect_rate", Period.WEEK, WEEKS),
        ("meetings_booked", Period.MONTH, WEEKS),
        ("reply_rate", Period.MONTH, MONTH_ENDS),
        ("exec_access", Period.MONTH, MONTH_ENDS),
        ("pipeline_sourced", Period.MONTH, MONTH_ENDS),
        ("opps_created", Period.QUARTER, MONTH_ENDS),
        ("opps_sourced", Period.QUARTER, MONTH_ENDS),
        ("bookings", Period.QUARTER, (13,)),
        ("csat", Period.QUARTER, (13,)),
        ("bookings", Period.YEAR, ()),
        ("bookings", None, ()),
    ],
)
def test_a_number_is_read_when_its_period_allows(code: str, period: Period | None, weeks: tuple[int, ...]):
    assert reading_weeks(catalogue()[code], period) == weeks


@pytest.mark.parametrize(
    ("code", "period", "value", "targets"),
    [
        ("meetings_held", Period.WEEK, 6, {1: 6, 13: 6}),
        ("prospecting_min", Period.DAY, 90, {1: 450, 13: 450}),
        ("mqls", Period.MONTH, 60, {1: 15, 2: 30, 4: 60, 5: 12, 9: 60, 10: 15, 13: 60}),
        ("referrals", Period.MONTH, 1, {1: 0, 3: 0, 4: 1, 8: 0, 13: 1}),
        ("opps_sourced", Period.QUARTER, 36, {4: 12, 9: 24, 13: 36}),
        ("pipeline_sourced", Period.QUARTER, 250_000, {4: 83_333, 9: 166_666, 13: 250_000}),
        ("reply_rate", Period.MONTH, 8, {4: 8, 9: 8, 13: 8}),
        ("slip_rate", Period.QUARTER, 25, {4: 25, 9: 25, 13: 25}),
        ("pipeline_open", Period.MONTH, 90_000, {4: 90_000, 13: 90_000}),
        ("bookings", Period.QUARTER, 350_000, {13: 350_000}),
    ],
)
def test_the_target_of_a_week_is_what_should_be_there_by_then(code, period, value, targets):
    found = {week: target_for(catalogue()[code], period, Decimal(value), week) for week in targets}
    assert found == {week: Decimal(target) for week, target in targets.items()}


def test_a_week_in_which_nothing_is_read_has_no_target():
    assert target_for(catalogue()["bookings"], Period.QUARTER, Decimal(1), 4) is None
    assert target_for(catalogue()["bookings"], Period.YEAR, Decimal(1), 13) is None


@pytest.mark.parametrize(
    ("code", "period", "value", "rule", "whole"),
    [
        ("meetings_held", Period.WEEK, 6, SumRule.SUM, 78),
        ("prospecting_min", Period.DAY, 90, SumRule.SUM, 5850),
        ("mqls", Period.MONTH, 60, SumRule.MONTHS, 180),
        ("connect_rate", Period.WEEK, 35, SumRule.MEAN, 35),
        ("reply_rate", Period.MONTH, 8, SumRule.MEAN, 8),
        ("next_step_dated", Period.WEEK, 95, SumRule.LATEST, 95),
        ("opps_sourced", Period.QUARTER, 36, SumRule.LATEST, 36),
        ("bookings", Period.YEAR, 12_000_000, SumRule.LATEST, None),
        ("bookings", None, 12_000_000, SumRule.LATEST, None),
    ],
)
def test_weeks_become_one_number_by_the_rule_of_their_metric(code, period, value, rule, whole):
    metric = catalogue()[code]
    assert sum_rule(metric, period) is rule
    assert target_of_quarter(metric, period, Decimal(value)) == (None if whole is None else Decimal(whole))


@pytest.mark.parametrize("period", [*Period, None])
def test_the_last_target_to_date_of_a_period_is_its_target(period: Period | None):
    for metric in catalogue().values():
        for week in reading_weeks(metric, period):
            target = target_for(metric, period, Decimal(60), week)
            assert target is not None
            if period is Period.MONTH and week in MONTH_ENDS:
                assert target == 60, metric.code
            if period is Period.QUARTER:
                assert (target == 60) is (week == 13 or not metric.additive), metric.code
