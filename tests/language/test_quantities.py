"""Numbers that measure are read exactly; numbers that only name something are not."""

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from workbench.language.quantities import QuantityKind, find_quantities


def read(text: str) -> list[tuple[Decimal, QuantityKind]]:
    return [(quantity.value, quantity.sort) for quantity in find_quantities(text)]


@pytest.mark.parametrize(
    ("text", "value", "sort"),
    [
        ("$250,000 of revenue", 250_000, QuantityKind.MONEY),
        ("NOK 250,000 of revenue", 250_000, QuantityKind.MONEY),
        ("CA$2m in bookings", 2_000_000, QuantityKind.MONEY),
        ("250,000 SEK of revenue", 250_000, QuantityKind.MONEY),
        ("€1.5m in bookings", 1_500_000, QuantityKind.MONEY),
        ("250k USD", 250_000, QuantityKind.MONEY),
        ("2 million dollars", 2_000_000, QuantityKind.MONEY),
        ("EUR 40,000", 40_000, QuantityKind.MONEY),
        ("32% gross profit", 32, QuantityKind.PERCENT),
        ("22.5 per cent", Decimal("22.5"), QuantityKind.PERCENT),
        ("12 points", 12, QuantityKind.PERCENT),
        ("3x coverage", 3, QuantityKind.TIMES),
        ("three times the quota", 3, QuantityKind.TIMES),
        ("90 minutes", 90, QuantityKind.DURATION),
        ("a 30-minute review", 30, QuantityKind.DURATION),
        ("within two working hours", 2, QuantityKind.DURATION),
        ("twelve calls", 12, QuantityKind.COUNT),
        ("twenty-five emails", 25, QuantityKind.COUNT),
        ("a dozen visits", 12, QuantityKind.COUNT),
        ("two dozen visits", 24, QuantityKind.COUNT),
        ("half of all proposals", Decimal("0.5"), QuantityKind.COUNT),
        ("3 first meetings", 3, QuantityKind.COUNT),
        ("one first meeting", 1, QuantityKind.COUNT),
        ("1,250 accounts", 1250, QuantityKind.COUNT),
    ],
)
def test_a_measure_is_read_exactly(text: str, value: Decimal | int, sort: QuantityKind):
    assert read(text) == [(Decimal(value), sort)]


@pytest.mark.parametrize(
    "text",
    [
        "by stage 3", "24/7 support", "a 90-day plan", "in Q3", "by 31 March 2027", "every two weeks", "in 2027",
        "the 3rd meeting", "one named owner per account", "one of the best", "a 1:1 with each seller", "one-to-one talks",
        "the second half", "zero tolerance", "tier 1 accounts", "cut it in half", "B2B buyers", "half-hearted calls",
        "one. Meeting", "half asleep", "one very big and well known brand", "2027-03-31",
    ],
)  # fmt: skip
def test_a_number_that_names_something_is_no_measure(text: str):
    assert read(text) == []


def test_one_at_the_end_of_a_text_is_no_measure():
    assert read("start with one") == []
    assert read("one so very long and well meant sentence about meetings") == []


def test_several_measures_stand_in_order():
    text = "two opportunities over $100,000 a year"
    assert [text[found.start : found.end] for found in find_quantities(text)] == ["two", "$100,000"]


@settings(deadline=None)
@given(st.text())
def test_any_text_can_be_read(text: str):
    assert all(0 <= found.start < found.end <= len(text) for found in find_quantities(text))


@settings(deadline=None)
@given(st.integers(min_value=2, max_value=10**9))
def test_every_count_is_read_back(number: int):
    assert read(f"hold {number:,} meetings") == [(Decimal(number), QuantityKind.COUNT)]
