"""Currencies and countries: their names, their minor units, and the lists that forms offer."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbench.core.text.countries import country_choices, country_codes, country_name, likely_country
from workbench.core.text.currencies import (
    COMMON_CURRENCIES,
    currency_choices,
    currency_codes,
    currency_name,
    currency_symbol,
    from_minor,
    is_currency,
    minor_digits,
    to_minor,
)

# Amounts are stored in minor units: an update of Babel that counts one of these differently changes what is stored.
WITHOUT_CENTS = frozenset(
    (
        *(
            "AFN",
            "ALL",
            "BIF",
            "CLP",
            "DJF",
            "GNF",
            "IQD",
            "IRR",
            "ISK",
            "JPY",
            "KMF",
            "KPW",
            "KRW",
            "LAK",
            "LBP",
            "MGA",
        ),
        *("MMK", "PYG", "RSD", "RWF", "SOS", "SYP", "UGX", "VND", "VUV", "XAF", "XOF", "XPF", "YER"),
    )
)
IN_THOUSANDTHS = frozenset(("BHD", "JOD", "KWD", "LYD", "OMR", "TND"))


def test_every_currency_is_offered_once_and_the_common_ones_come_first():
    codes = [code for code, _, _ in currency_choices()]
    assert tuple(codes[: len(COMMON_CURRENCIES)]) == COMMON_CURRENCIES
    assert sorted(codes) == list(currency_codes())
    assert len(codes) > 150
    assert ("NOK", "NOK – Norwegian Krone", "Common") in currency_choices()


def test_each_currency_has_the_minor_units_that_its_stored_amounts_have():
    digits = {code: minor_digits(code) for code in currency_codes()}
    assert {code for code, number in digits.items() if number == 0} == WITHOUT_CENTS
    assert {code for code, number in digits.items() if number == 3} == IN_THOUSANDTHS
    assert set(digits.values()) == {0, 2, 3}


@given(st.integers(0, 10**14), st.sampled_from(currency_codes()))
def test_an_amount_comes_back_from_minor_units_as_it_was(minor: int, code: str):
    assert to_minor(from_minor(minor, code), code) == minor


@pytest.mark.parametrize(
    ("amount", "code", "message"),
    [
        ("10.005", "USD", "at most 2 decimal places"),
        ("10.5", "JPY", "without decimal places"),
        ("1.0005", "KWD", "most 3"),
    ],
)
def test_an_amount_with_more_places_than_its_currency_is_refused(amount: str, code: str, message: str):
    with pytest.raises(ValueError, match=message):
        to_minor(Decimal(amount), code)


def test_a_currency_is_named_and_signed_in_each_language():
    assert (currency_name("NOK"), currency_name("NOK", "de")) == ("Norwegian Krone", "Norwegische Krone")
    assert (currency_symbol("USD"), currency_symbol("USD", "fr"), currency_symbol("NOK")) == ("$", "$US", "NOK")
    assert is_currency("ATS")
    assert not is_currency("XYZ")


def test_every_country_with_public_holidays_is_offered_by_name():
    names = [name for _, name in country_choices()]
    assert dict(country_choices())["AT"] == "Austria"
    assert country_name("AT", "de") == "Österreich"
    assert {code for code, _ in country_choices()} == country_codes()
    assert len(set(names)) == len(names) >= 249
    assert names.index("Afghanistan") < names.index("Åland Islands") < names.index("Albania")


def test_a_language_without_a_country_is_spelled_as_most_of_its_speakers_do():
    countries = [likely_country(language) for language in ("de", "fr", "es", "sv", "pl", "ar")]
    assert countries == ["DE", "FR", "ES", "SE", "PL", "EG"]
