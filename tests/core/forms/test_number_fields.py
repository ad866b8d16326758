"""Fields ask back where two numbers can be meant, take the answer, say what they read, and agree everywhere."""

from decimal import Decimal
from typing import Any

import pytest
from werkzeug.datastructures import MultiDict
from wtforms import Form

from workbench.core.forms.fields import IntegerField, MoneyField, NumberField
from workbench.core.text.numbers import NumberKind, Wanted


def typed(field: Any, currency: str = "", **sent: str) -> Any:
    form = type("OneForm", (Form,), {"it": field})(MultiDict(sent), meta={"currency": currency})
    form.validate()
    return form.it


def test_a_field_asks_back_and_reads_nothing():
    field = typed(NumberField("Number"), it="300.000")
    assert field.data is None
    assert list(field.errors) == ["Do you mean 300 or 300,000?"]
    assert field._value() == "300.000"
    assert [each.text for each in field.readings] == ["300", "300000"]


def test_the_reading_that_was_chosen_takes_the_place_of_the_text():
    field = typed(MoneyField("From"), "EUR", **{"it": "300.000", "it-reading": "300000"})
    assert (field.data, list(field.errors), field._value()) == (300_000, [], "300,000")
    assert field.said == "three hundred thousand euros"


def test_an_amount_is_in_the_currency_of_its_form():
    assert typed(MoneyField("From"), "GBP", it="£5k").data == 5_000
    assert "you typed “€”" in typed(MoneyField("From"), "GBP", it="€5k").errors[0]
    assert typed(MoneyField("From"), it="€5k").data == 5_000, "without a currency, any sign"


def test_a_percentage_below_one_is_drawn_so_that_it_is_not_asked_about_again():
    field = NumberField("Rate", Wanted(NumberKind.PERCENT))
    form = type("OneForm", (Form,), {"it": field})(data={"it": Decimal("0.5")})
    assert form.it._value() == "0.5 %"
    assert typed(field, it="0.5 %").data == Decimal("0.5")


@pytest.mark.parametrize(
    ("field", "text", "said"),
    [
        (NumberField("Number"), "8", ""),
        (NumberField("Number"), "1,5", "1.5"),
        (NumberField("Number"), "60k", "sixty thousand"),
        (NumberField("Number"), "much", ""),
        (NumberField("Number"), "", ""),
        (IntegerField("Days", max_value=5_000), "90", ""),
        (IntegerField("Days", max_value=5_000), "1 000", "one thousand"),
        (MoneyField("From"), "8", "eight euros"),
    ],
)
def test_a_field_says_in_words_what_it_read(field: Any, text: str, said: str):
    assert typed(field, "EUR", it=text).said == said
