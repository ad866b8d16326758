"""An expectation is said as a sentence that a person can be held to."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

from tests.support import make
from workbench.metrics.model import Period, Unit
from workbench.roles.expectations import expectation_sentence
from workbench.roles.library import library
from workbench.roles.model import Comparator, Expectation


def test_an_expectation_is_a_sentence():
    assert expectation_sentence(make.expectation(), "USD") == "Hold at least 9 first meetings each week"


def test_money_is_said_in_the_currency_of_the_pay():
    won = make.expectation("bookings", Unit.MONEY, value=Decimal(250_000), period=Period.QUARTER)
    assert "250,000" in expectation_sentence(won, "USD")
    assert expectation_sentence(won, "USD") != expectation_sentence(won, "EUR")


def test_a_number_that_is_not_agreed_is_a_blank_and_a_measure_that_is_not_chosen_is_named():
    assert "9" not in expectation_sentence(make.expectation(value=None), "USD")
    assert expectation_sentence(Expectation("new", ""), "USD") == "A measure that is still to be chosen"
    assert (
        expectation_sentence(Expectation("new", "gone_from_the_catalogue"), "USD")
        == "A measure that is still to be chosen"
    )


def test_every_part_is_heard():
    sentence = expectation_sentence(
        replace(
            make.expectation(),
            comparator=Comparator.AT_MOST,
            value=Decimal("12.5"),
            period=None,
            due=date(2027, 3, 31),
            qualifier="in named accounts",
        ),
        "USD",
    )
    for part in ("at most", "12.5", "31 March 2027", "in named accounts"):
        assert part in sentence


def test_every_expectation_of_the_library_is_a_sentence():
    for role in library().values():
        for _, expectation in role.expectations():
            sentence = expectation_sentence(expectation, role.currency)
            assert sentence[:1].isupper()
            assert len(sentence.split()) >= 3
            assert "still to be chosen" not in sentence
