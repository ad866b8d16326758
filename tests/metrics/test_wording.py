"""A target reads as a person would say it."""

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
            "Create at least 2 opportunities over $100,000 each year",
        ),
        ("prospecting_min", "exactly", "90", "day", "", "Spend 90 minutes on prospecting each day"),
        (
            "speed_to_lead",
            "at most",
            "2",
            "week",
            "",
            "Give new leads a first personal touch in at most 2 hours each week",
        ),
        (
            "coverage",
            "at least",
            "3",
            "week",
            "",
            "Hold open pipeline worth at least 3 times the quota still to win each week",
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
    assert format_target(Decimal(5), Unit.PERCENT, "at most", "USD") == "5% or less"
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
