"""Numbers, dates and pay that look like a slip are doubted, and those that are possible are not."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest

from tests.roles.review.sound import a_role, count_findings, paid
from tests.support import make
from workbench.core.findings import Level
from workbench.core.text.currencies import to_minor
from workbench.metrics.catalogue import catalogue
from workbench.roles.model import (
    Comparator,
    PayPeriod,
    Role,
)
from workbench.roles.review import plausible
from workbench.roles.review.plausible import doubt_about_date
from workbench.roles.review.rules import review


def rate(metric: str, value: str, **other: object) -> Role:
    expectation = make.expectation(metric, catalogue()[metric].unit, value=Decimal(value), **other)
    item = replace(a_role().accountabilities[0], expectations=(expectation,))
    return replace(a_role(), accountabilities=(item,))


@pytest.mark.parametrize(
    ("metric", "value", "doubt"),
    [
        ("win_rate_n", "0.22", "“Win rate” of 0.22% is less than one in a hundred. Did you mean 22%?"),
        ("win_rate_n", "140", "“Win rate” cannot be over 100%; this is 140%. Check the decimal sign."),
        ("win_rate_n", "-12", "“Win rate” cannot be \u221212%. Check the minus sign."),
        ("bookings", "0", "“Bookings” of at least $0 asks for nothing. Enter the number you expect."),
        ("win_rate_n", "22", ""),
        ("win_rate_n", "100", ""),
        ("nrr", "115", ""),
        ("attainment", "120", ""),
        ("forecast_err", "-5", ""),
        ("complaint_rate", "0.5", ""),
    ],
)
def test_a_number_that_looks_like_a_slip_is_doubted(metric: str, value: str, doubt: str):
    found = [each for each in review(rate(metric, value)) if each.rule == "plausible number"]
    assert [f"{each.reason} {each.suggestion}" for each in found] == ([doubt] if doubt else [])


def test_a_number_of_zero_at_most_is_a_sound_target():
    role = rate("complaint_rate", "0", comparator=Comparator.AT_MOST)
    assert not [each for each in review(role) if each.rule == "plausible number"]


@pytest.mark.parametrize(("days", "doubt"), [(-1, "in the past"), (0, "today"), (1, "tomorrow"), (2, "")])
def test_a_due_date_that_leaves_no_day_to_work_is_doubted(days: int, doubt: str):
    today = date(2026, 11, 30)
    text = doubt_about_date(today + timedelta(days=days), today)
    assert text == (doubt and f"This is due {doubt}. Nobody can reach a target in a day: choose a later date.")
    assert doubt_about_date(None, today) == ""


def test_the_metrics_that_can_pass_a_hundred_percent_are_in_the_catalogue():
    assert set(catalogue()) >= plausible.OVER_100 | plausible.BELOW_ZERO


@pytest.mark.parametrize(
    ("amount", "currency", "period", "doubted"),
    [
        ("85000", "USD", PayPeriod.HOUR, True),
        ("85", "USD", PayPeriod.HOUR, False),
        ("4500", "EUR", PayPeriod.MONTH, False),
        ("85", "EUR", PayPeriod.MONTH, True),
        ("85", "EUR", PayPeriod.YEAR, True),
        ("6000000", "USD", PayPeriod.YEAR, True),
        ("6000000", "JPY", PayPeriod.YEAR, False),
        ("2500", "JPY", PayPeriod.HOUR, False),
        ("65000000", "KRW", PayPeriod.YEAR, False),
        ("850000", "NOK", PayPeriod.YEAR, False),
        ("850000", "NOK", PayPeriod.HOUR, True),
        ("400000000", "IDR", PayPeriod.YEAR, False),
        ("25", "KWD", PayPeriod.HOUR, False),
    ],
)
def test_a_pay_is_doubted_when_its_period_is_another_one(
    amount: str, currency: str, period: PayPeriod, *, doubted: bool
):
    minor = to_minor(Decimal(amount), currency)
    role = replace(a_role(), currency=currency, pay=paid(minor, minor, period))
    assert ("plausible pay" in {finding.rule for finding in review(role)}) is doubted


def test_a_doubted_pay_offers_the_other_periods_and_the_thousands():
    (finding,) = review(replace(a_role(), pay=paid(85_00, 85_00)))
    assert finding.reason == "$85 is very little for a year."
    assert finding.suggestion == "Did you mean $85,000, pay for an hour or pay for a month?"


def test_shares_that_leave_much_of_the_time_without_a_name_are_advised_about():
    role = make.role(accountabilities=tuple(make.accountability(name, share=15) for name in ("north", "south", "west")))
    assert count_findings(role) == {("time share", Level.ADVICE, "accountabilities"): 1}
    first, *others = role.accountabilities
    assert review(replace(role, accountabilities=(replace(first, share=0), *others))) == ()  # not all are given
    assert review(replace(role, accountabilities=(replace(first, share=60), *others))) == ()


def test_shares_of_what_is_not_essential_count_too():
    role = make.role(accountabilities=tuple(make.accountability(name, share=50) for name in ("north", "south", "west")))
    optional = replace(role.accountabilities[0], essential=False)
    assert count_findings(role.with_accountability(optional)) == {("time share", Level.BLOCKING, "accountabilities"): 1}
