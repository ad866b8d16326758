"""Numbers of a role are compared with each other, and a remark names the sum, the targets, and the number that would fit."""

from dataclasses import replace
from decimal import Decimal

import pytest

from tests.support import make
from workbench.metrics.model import Period, Unit
from workbench.roles.library import library
from workbench.roles.model import Comparator, Expectation, Role
from workbench.roles.review.rules import review
from workbench.roles.targets.model import NumberRemark, find_remarks


def money(metric: str, value: int, period: Period | None = Period.QUARTER, **other: object) -> Expectation:
    return make.expectation(metric, Unit.MONEY, value=Decimal(value), period=period, **other)


def count(metric: str, value: str, period: Period | None = Period.QUARTER, **other: object) -> Expectation:
    return make.expectation(metric, value=Decimal(value), period=period, **other)


def rate(metric: str, value: str) -> Expectation:
    return make.expectation(metric, Unit.PERCENT, value=Decimal(value), period=Period.QUARTER)


def role(*expectations: Expectation) -> Role:
    return make.role(accountabilities=(make.accountability("won", expectations=expectations),))


def remarks(*expectations: Expectation) -> tuple[NumberRemark, ...]:
    return find_remarks(role(*expectations))


def test_bookings_deal_size_and_customers_are_compared():
    (remark,) = remarks(money("bookings", 300_000), money("avg_deal", 38_000), count("new_logos", "5"))
    assert remark.place == "accountabilities/won/expectations/key-new-logos"
    assert remark.text == (
        "$300,000 a quarter at $38,000 a deal is 8 a quarter, not 5. Compared: Bookings, Average deal, New customers."
    )
    assert [(cure.words, cure.value) for cure in remark.cures] == [("Write 8", 8), ("Write $190,000", 190_000)]
    assert remark.cures[1].place == "accountabilities/won/expectations/key-bookings"


def test_numbers_that_fit_within_rounding_are_left_alone():
    assert remarks(money("bookings", 300_000), money("avg_deal", 38_000), count("new_logos", "8")) == ()
    assert remarks(money("bookings", 300_000), money("avg_deal", 38_000), count("new_logos", "7")) == ()


def test_different_periods_are_compared_by_the_year():
    (remark,) = remarks(
        money("bookings", 1_200_000, Period.YEAR), money("avg_deal", 40_000), count("new_logos", "5", Period.MONTH)
    )
    assert remark.text.startswith("$1,200,000 a year at $40,000 a deal is 3 a month, not 5.")
    assert [cure.value for cure in remark.cures] == [3, 2_400_000]


@pytest.mark.parametrize(
    "without",
    [
        {"value": None},
        {"value": Decimal(0)},
        {"period": None},
        {"comparator": Comparator.AT_MOST},
        {"metric": "calls"},
    ],
)
def test_nothing_is_said_where_a_number_is_missing(without: dict[str, object]):
    customers = replace(count("new_logos", "1"), **without)
    assert remarks(money("bookings", 300_000), money("avg_deal", 38_000), customers) == ()


def test_work_that_is_too_little_for_the_result_is_named_with_what_it_would_take():
    (remark,) = remarks(count("opps_created", "4", Period.MONTH), rate("win_rate_n", "25"), count("new_logos", "8"))
    assert remark.place.endswith("key-opps-created")
    assert remark.text == (
        "4 a month × 25% is 3 a quarter, less than the 8 a quarter of “New customers”. "
        "Compared: Opportunities created, Win rate, New customers."
    )
    assert [(cure.words, cure.value) for cure in remark.cures] == [("Write 11", 11)]
    assert remarks(count("opps_created", "11", Period.MONTH), rate("win_rate_n", "25"), count("new_logos", "8")) == ()
    assert remarks(count("opps_created", "90", Period.MONTH), rate("win_rate_n", "25"), count("new_logos", "8")) == ()


def test_work_that_a_qualifier_narrows_is_not_taken_for_all_of_it():
    large = replace(count("opps_created", "1", Period.MONTH), qualifier="over $100,000")
    assert remarks(large, rate("win_rate_n", "25"), count("new_logos", "8")) == ()


def test_first_meetings_are_followed_through_the_rates():
    meetings = count("meetings_held", "2", Period.WEEK)
    rates = (rate("mtg_to_opp", "35"), rate("win_rate_n", "25"))
    (remark,) = remarks(meetings, *rates, count("new_logos", "8"))
    assert remark.text.startswith("2 a week × 35% × 25% is 2.3 a quarter, less than the 8 a quarter")
    assert [cure.value for cure in remark.cures] == [8]
    (closer,) = remarks(meetings, rates[0], count("opps_created", "11", Period.MONTH))
    no_period = replace(meetings, period=None)
    assert remarks(no_period, *rates, count("new_logos", "8")) == ()
    assert closer.text.startswith("2 a week × 35% is 3 a month, less than the 11 a month of “Opportunities created”")


def test_two_totals_of_one_metric_are_compared():
    monthly, quarterly = money("bookings", 100_000, Period.MONTH), money("bookings", 250_000, key="again")
    (remark,) = remarks(monthly, quarterly)
    assert remark.text == "$100,000 a month is $300,000 a quarter, not $250,000. Compared: two targets of “Bookings”."
    assert [(cure.place, cure.value) for cure in remark.cures] == [("accountabilities/won/expectations/again", 300_000)]
    assert remarks(monthly, replace(quarterly, value=Decimal(300_000))) == ()
    assert remarks(monthly, replace(quarterly, qualifier="with new customers")) == ()
    assert remarks(rate("win_rate_n", "20"), replace(rate("win_rate_n", "40"), period=Period.YEAR)) == ()


def test_two_targets_of_one_metric_for_one_period_are_compared():
    first, second = rate("win_rate_n", "20"), replace(rate("win_rate_n", "40"), key="again")
    (remark,) = remarks(first, second)
    assert remark.text == (
        "“Win rate” is 20% a quarter in one target and 40% a quarter in another, for the same thing. Keep one of them."
    )
    assert [(cure.place.rpartition("/")[2], cure.value) for cure in remark.cures] == [
        ("again", 20),
        ("key-win-rate-n", 40),
    ]
    assert remarks(first, replace(second, qualifier="on renewals")) == ()
    assert remarks(first, replace(second, comparator=Comparator.AT_MOST)) == ()
    assert remarks(first, replace(second, value=Decimal("20.0"))) == ()
    assert remarks(first, replace(second, value=None)) == ()
    items = (make.accountability("north", expectations=(first,)), make.accountability("south", expectations=(second,)))
    assert find_remarks(make.role(accountabilities=items)) == ()
    limits = [replace(each, comparator=Comparator.AT_MOST) for each in (first, second)]
    assert len(remarks(*limits)) == 1


def test_pipeline_times_its_win_rate_is_held_against_the_contracts_from_it():
    marketing = "with marketing as first touch"
    pipeline = money("pipeline_sourced", 800_000, qualifier=marketing)
    signed = money("sourced_bookings", 500_000, qualifier=marketing)
    (remark,) = remarks(pipeline, rate("win_rate_n", "20"), signed)
    assert remark.place.endswith("key-pipeline-sourced")
    assert remark.text == (
        "$800,000 a quarter × 20% is $160,000 a quarter, less than the $500,000 a quarter of “Bookings from sourced pipeline”. "
        "Compared: Pipeline sourced, Win rate, Bookings from sourced pipeline."
    )
    assert [cure.value for cure in remark.cures] == [2_500_000]
    assert remarks(replace(pipeline, value=Decimal(2_500_000)), rate("win_rate_n", "20"), signed) == ()
    assert remarks(pipeline, signed) == ()


def test_a_part_of_the_pipeline_is_not_held_against_other_contracts():
    part = money("pipeline_sourced", 250_000, qualifier="from leads reopened after 60 days")
    signed = money("sourced_bookings", 350_000, qualifier="that began with a meeting you arranged")
    assert remarks(part, rate("win_rate_n", "20"), signed) == ()
    by_partners = money("pipeline_sourced", 250_000, Period.MONTH, qualifier="brought by partners or opened jointly")
    led = replace(rate("win_rate_n", "25"), qualifier="on opportunities led by a partner seller")
    (remark,) = remarks(by_partners, led, money("partner_bookings", 400_000))
    assert remark.text.startswith("$250,000 a month × 25% is $187,500 a quarter")
    other = replace(led, qualifier="on renewals")
    assert remarks(by_partners, other, money("partner_bookings", 400_000)) == ()
    assert len(remarks(money("pipeline_created", 90_000), rate("win_rate_v", "25"), money("bookings", 90_000))) == 1


def test_a_written_cure_leaves_no_remark():
    numbers = [money("bookings", 300_000), money("avg_deal", 38_000), count("new_logos", "5")]
    (remark,) = remarks(*numbers)
    for cure in remark.cures:
        mended = [replace(each, value=cure.value) if cure.place.endswith(each.key) else each for each in numbers]
        assert remarks(*mended) == ()


def test_the_numbers_of_each_library_role_fit_together():
    assert {name: find_remarks(each) for name, each in library().items() if find_remarks(each)} == {}


def test_the_review_says_it_too():
    numbers = (money("bookings", 300_000), money("avg_deal", 38_000), count("new_logos", "5"))
    (finding,) = [each for each in review(role(*numbers)) if each.rule == "numbers fit"]
    assert finding.reason.startswith("$300,000 a quarter at $38,000 a deal")
