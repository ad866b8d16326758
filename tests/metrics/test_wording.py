"""A target reads as a person would say it."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from workbench.metrics.catalogue import catalogue
from workbench.metrics.model import Metric, Period, Unit
from workbench.metrics.validation import InvalidInput
from workbench.metrics.wording import (
    Target,
    default_comparator,
    format_figure,
    format_limit,
    format_target,
    target_sentence,
)


def metric(code: str) -> Metric:
    return catalogue()[code]


@pytest.mark.parametrize(
    ("code", "comparator", "value", "period", "qualifier", "sentence"),
    [
        ("meetings_held", "at least", "9", "week", "", "Hold at least 9 first meetings each week"),
        ("meetings_held", "at least", "1", "week", "", "Hold at least 1 first meeting each week"),
        ("win_rate_n", "at least", "22", "quarter", "", "Keep the win rate at 22% or more each quarter"),
        (
            "opps_created",
            "at least",
            "2",
            "year",
            "over $100,000",
            "Each year, create at least 2 opportunities over $100,000",
        ),
        ("prospecting_min", "exactly", "90", "day", "", "Spend 90 minutes on prospecting each day"),
        (
            "speed_to_lead",
            "at most",
            "2",
            "week",
            "of business time",
            "Answer new leads within 2 hours of business time, measured each week",
        ),
        (
            "coverage",
            "at least",
            "3",
            "week",
            "",
            "Hold open pipeline worth at least 3 times the quota still open each week",
        ),
        ("nps", "at least", "40", "quarter", "", "Keep the net promoter score at 40 points or more each quarter"),
        ("bookings", "at least", "250000", "quarter", "", "Sign at least $250,000 of contracts each quarter"),
    ],
)
def test_a_target_reads_as_a_sentence(code, comparator, value, period, qualifier, sentence):
    assert (
        target_sentence(metric(code), Target(comparator, Decimal(value), Period(period), None, qualifier), "USD")
        == sentence
    )


def test_a_qualifier_stands_beside_what_it_narrows_and_never_before_the_period():
    def sentence(code: str, comparator: str, value: int, qualifier: str, due: date | None = None) -> str:
        target = Target(comparator, Decimal(value), Period.QUARTER, due, qualifier)
        return target_sentence(metric(code), target, "USD")

    won = sentence("win_rate_n", "at least", 25, "on opportunities past discovery")
    assert won == "Keep the win rate on opportunities past discovery at 25% or more each quarter"
    signed = sentence("bookings", "at least", 900, "from meetings you arranged")
    assert signed == "Each quarter, sign at least $900 of contracts from meetings you arranged"
    until = sentence("bookings", "at least", 900, "from meetings you arranged", date(2027, 3, 31))
    assert until == "Until 31 March 2027, each quarter, sign at least $900 of contracts from meetings you arranged"


def test_a_date_stands_before_a_sentence_that_ends_in_its_qualifier():
    target = Target("at least", Decimal(3), due=date(2027, 3, 31), qualifier="from the named list")
    sentence = target_sentence(metric("new_logos"), target, "USD")
    assert sentence == "By 31 March 2027, win at least 3 new customers from the named list"


@pytest.mark.parametrize(
    ("comparator", "sentence"),
    [
        ("at most", "Fill open seats within 60 days, measured each quarter"),
        ("at least", "Fill open seats in at least 60 days, measured each quarter"),
        ("exactly", "Fill open seats in 60 days, measured each quarter"),
    ],
)
def test_a_length_of_time_is_measured_not_repeated(comparator: str, sentence: str):
    target = Target(comparator, Decimal(60), Period.QUARTER)
    assert target_sentence(metric("vacancy_days"), target, "USD") == sentence


def test_a_limit_is_no_order_to_reach_it():
    target = Target("at most", Decimal(5), Period.MONTH)
    assert (
        target_sentence(metric("cancel_rate"), target, "USD") == "Cancel no more than 5% of the reviews due each month"
    )


def test_a_phrase_without_a_place_for_the_qualifier_ends_in_it():
    own = replace(metric("calls"), code="own_calls", phrase="ring {n} people", phrase_one="")
    target = Target("at least", Decimal(5), Period.DAY, qualifier="that use {n} or {of}")
    assert target_sentence(own, target, "USD") == "Each day, ring at least 5 people that use {n} or {of}"


def test_a_guardrail_stands_at_the_end():
    due = date(2027, 3, 31)
    assert (
        target_sentence(metric("new_logos"), Target("at least", Decimal(3), due=due), "USD")
        == "Win at least 3 new customers by 31 March 2027"
    )
    sentence = target_sentence(metric("calls"), Target("at least", Decimal(40), Period.DAY, due), "USD")
    assert sentence == "Make at least 40 outbound calls each day until 31 March 2027"


def test_a_number_not_yet_agreed_is_a_blank_to_write_in():
    assert (
        target_sentence(metric("bookings"), Target("at least", None, Period.QUARTER), "USD")
        == "Sign at least $____ of contracts each quarter"
    )
    assert (
        target_sentence(metric("win_rate_n"), Target("at least", None), "USD") == "Keep the win rate at ____% or more"
    )


def test_another_unit_may_be_chosen():
    sentence = target_sentence(metric("meetings_held"), Target("at least", Decimal(40), unit=Unit.PERCENT), "USD")
    assert sentence == "Hold 40% or more first meetings"


@pytest.mark.parametrize(
    ("value", "unit", "currency", "sentence"),
    [
        ("0", Unit.COUNT, "USD", "0"),
        ("1E+5", Unit.MONEY, "EUR", "€100,000"),
        ("12.5", Unit.MONEY, "GBP", "£12.50"),
        ("-250", Unit.MONEY, "USD", "\u2212$250"),
        ("1000", Unit.MONEY, "CHF", "CHF\u00a01,000"),
        ("22.50", Unit.PERCENT, "USD", "22.5%"),
        ("1", Unit.DAYS, "USD", "1 day"),
        ("1.5", Unit.MONTHS, "USD", "1.5 months"),
    ],
)
def test_figures_carry_their_unit(value, unit, currency, sentence):
    assert format_figure(Decimal(value), unit, currency) == sentence


def test_the_comparator_stands_where_it_reads_well():
    assert format_target(Decimal(9), Unit.COUNT, "at most", "USD") == "at most 9"
    assert format_target(Decimal(5), Unit.PERCENT, "at most", "USD") == "no more than 5%"
    assert format_target(Decimal(5), Unit.PERCENT, "exactly", "USD") == "5%"


def test_a_table_shows_the_sign_of_the_comparator():
    assert format_limit(Decimal(9), Unit.COUNT, "at least", "USD") == "≥\u00a09"
    assert format_limit(Decimal(2), Unit.HOURS, "at most", "USD") == "≤\u00a02 hours"
    assert format_limit(Decimal(100), Unit.PERCENT, "exactly", "USD") == "=\u00a0100%"
    assert format_limit(None, Unit.MONEY, "at least", "USD") == "≥\u00a0$____"
    with pytest.raises(InvalidInput):
        format_limit(Decimal(9), Unit.COUNT, "about", "USD")


def test_an_unknown_comparator_is_refused_at_its_field():
    with pytest.raises(InvalidInput) as refused:
        format_target(Decimal(9), Unit.COUNT, "about", "USD")
    assert refused.value.field == "comparator"
    with pytest.raises(InvalidInput):
        format_figure(Decimal("NaN"), Unit.COUNT, "USD")


def test_every_metric_of_the_catalogue_reads_as_a_sentence():
    for item in catalogue().values():
        sentence = target_sentence(item, Target(default_comparator(item), Decimal(5), item.cadence), "USD")
        assert sentence[0].isupper()
        assert "{" not in sentence
        assert "  " not in sentence
        assert not sentence.endswith(".")
