"""One reader of numbers: what people type in any country becomes the number that they mean, or a sentence that asks."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbench.core.text.countries import country_codes
from workbench.core.text.number_style import ENGLISH_STYLE, NumberStyle, number_style, plain_number, write_number
from workbench.core.text.numbers import (
    AmbiguousNumber,
    NumberKind,
    UnreadableNumber,
    Wanted,
    read_exact,
    read_number,
    say_number,
)
from workbench.core.text.spelling import spell

PLAIN, PERCENT, WHOLE = Wanted(), Wanted(NumberKind.PERCENT), Wanted(NumberKind.WHOLE, min_value=0, max_value=2_000)
ENDS = "Type the lower end in From and the upper end in To."


def money(currency: str) -> Wanted:
    return Wanted(NumberKind.MONEY, currency, min_value=0, ends=ENDS)


def read(text: str, country: str, wanted: Wanted = PLAIN) -> Decimal:
    return read_number(text, wanted, number_style(country))


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("8", "8"),
        ("300 000", "300000"),
        ("300\u00a0000", "300000"),
        ("300\u2009000", "300000"),
        ("300\u202f000", "300000"),
        ("1'000'000", "1000000"),
        ("1’000’000", "1000000"),
        ("1.000.000", "1000000"),
        ("1,000,000", "1000000"),
        ("300.000,50", "300000.5"),
        ("300,000.50", "300000.5"),
        ("85 000,00", "85000"),
        ("1'234,5", "1234.5"),
        ("1,5", "1.5"),
        ("1.5", "1.5"),
        (".5", "0.5"),
        ("45,5", "45.5"),
        ("18,75", "18.75"),
        ("0.125", "0.125"),
        ("0,125", "0.125"),
        ("12,00,000", "1200000"),
        ("1,25,000", "125000"),
        ("60k", "60000"),
        ("60 K", "60000"),
        ("1.2m", "1200000"),
        ("1,2 Mio.", "1200000"),
        ("2bn", "2000000000"),
        ("12 lakh", "1200000"),
        ("1½", "1.5"),
        ("2 1/4", "2.25"),
        ("-5", "-5"),
        ("−5", "-5"),
        ("+5", "5"),
        ("٣", "3"),
        ("٣٠٠٬٠٠٠٫٥", "300000.5"),
        ("१२", "12"),
        ("４５", "45"),
    ],
)
def test_what_has_one_meaning_is_read_in_every_country(text: str, number: str):
    for country in ("US", "GB", "DE", "FR", "CH", "SE", "IN", "BR", "ZA", "CA"):
        assert read(text, country) == Decimal(number), country


@pytest.mark.parametrize(
    ("text", "country", "number"),
    [
        ("300,000", "US", 300_000),
        ("300,000", "GB", 300_000),
        ("300,000", "CA", 300_000),
        ("300.000", "DE", 300_000),
        ("300.000", "BR", 300_000),
        ("1.000", "IT", 1_000),
        ("1,000", "IN", 1_000),
    ],
)
def test_three_digits_behind_the_sign_of_a_group_are_thousands(text: str, country: str, number: int):
    assert read(text, country) == number


@pytest.mark.parametrize(
    ("text", "country", "readings"),
    [
        ("300.000", "US", ("300", "300,000")),
        ("300,000", "DE", ("300", "300,000")),
        ("300.000", "FR", ("300", "300,000")),
        ("300,000", "CH", ("300", "300,000")),
        ("1.234", "US", ("1.2340", "1,234")),
        ("1.5000", "US", None),
        ("1234,567", "US", ("1,234.567", "1,234,567")),
        ("1234.567", "DE", ("1,234.567", "1,234,567")),
        ("1234,567", "DE", None),
        ("1.200k", "US", ("1,200", "1,200,000")),
    ],
)
def test_where_two_numbers_can_be_meant_the_reader_asks(text: str, country: str, readings: tuple[str, str] | None):
    if readings is None:
        assert read(text, country)
        return
    with pytest.raises(AmbiguousNumber) as question:
        read(text, country)
    assert str(question.value) == f"Do you mean {readings[0]} or {readings[1]}?"
    for reading in question.value.readings:
        for other in ("US", "DE", "FR", "CH", "IN"):
            assert read(reading.text, other) == reading.value, "the answer itself has one meaning"


def test_a_reading_has_words_where_its_digits_could_be_mistaken():
    with pytest.raises(AmbiguousNumber) as question:
        read("300.000", "US")
    assert [each.words for each in question.value.readings] == ["three hundred", "three hundred thousand"]


@pytest.mark.parametrize(
    ("text", "country", "currency", "number"),
    [
        ("€300.000,50", "DE", "EUR", "300000.5"),
        ("85.000 €", "DE", "EUR", "85000"),
        ("45 000,00 €", "FR", "EUR", "45000"),
        ("EUR 300", "DE", "EUR", "300"),
        ("300 EUR", "DE", "EUR", "300"),
        ("300 euros", "IE", "EUR", "300"),
        ("1,2 Mio. €", "AT", "EUR", "1200000"),
        ("$1m", "US", "USD", "1000000"),
        ("US$300", "US", "USD", "300"),
        ("£300k", "GB", "GBP", "300000"),
        ("CA$ 300", "CA", "CAD", "300"),
        ("$300", "CA", "CAD", "300"),
        ("CHF 85'000.–", "CH", "CHF", "85000"),
        ("85’000.-", "CH", "CHF", "85000"),
        ("Fr. 85'000", "CH", "CHF", "85000"),
        ("1 200 kr", "SE", "SEK", "1200"),
        ("zł 5", "PL", "PLN", "5"),
        ("₹12,00,000", "IN", "INR", "1200000"),
        ("Rs.500", "IN", "INR", "500"),
        ("¥6,500,000", "JP", "JPY", "6500000"),
        ("$-5", "US", "", "-5"),
        ("45 TEUR", "DE", "EUR", "45000"),
        ("TEUR 45", "DE", "EUR", "45000"),
        ("45 T€", "DE", "EUR", "45000"),
        ("45T€", "AT", "", "45000"),
        ("1.250 TEUR", "DE", "EUR", "1250000"),
        ("1,2 Mio €", "DE", "EUR", "1200000"),
        ("1,2 M€", "FR", "EUR", "1200000"),
        ("1,2 MEUR", "FR", "EUR", "1200000"),
        ("30k EUR", "DE", "EUR", "30000"),
        ("30 kEUR", "NL", "EUR", "30000"),
        ("k€ 30", "FR", "EUR", "30000"),
        ("TCHF 85", "CH", "CHF", "85000"),
        ("$45M", "US", "USD", "45000000"),
        ("Kr 500", "SE", "SEK", "500"),
        ("R 500", "ZA", "ZAR", "500"),
        ("T$ 5", "TO", "TOP", "5"),
    ],
)
def test_an_amount_is_read_with_the_signs_of_its_currency(text: str, country: str, currency: str, number: str):
    wanted = money(currency) if currency else Wanted(NumberKind.MONEY)
    assert read(text, country, wanted) == Decimal(number)


@pytest.mark.parametrize(
    ("text", "wanted", "message"),
    [
        (
            "£45,000",
            money("USD"),
            "This amount is in US dollars; you typed “£”. Write it in USD, or change the currency first.",
        ),
        (
            "CHF 5",
            money("EUR"),
            "This amount is in euros; you typed “CHF”. Write it in EUR, or change the currency first.",
        ),
        ("CA$5", money("USD"), "This amount is in US dollars; you typed “CA$”."),
        ("5 pounds", money("EUR"), "you typed “pounds”"),
        ("45 TEUR", money("USD"), "This amount is in US dollars; you typed “EUR”."),
        ("45 T$", money("USD"), "This amount is in US dollars; you typed “T$”."),
        ("45k TEUR", money("EUR"), "Enter an amount such as 65,000 or 65k; “45k TEUR” is not one."),
        ("45 TEUR", Wanted(), "This is a number, not an amount of money; leave “EUR” out."),
        ("10%", money("USD"), "This is an amount of money; you typed a percentage. Write it as 65,000 or 65k."),
        ("-5", money("USD"), "Enter an amount of zero or more."),
        ("$85k–$110k DOE", money("USD"), f"“$85k–$110k DOE” is more than one number. {ENDS}"),
        ("85,000 to 110,000", money("USD"), ENDS),
        ("85..110", Wanted(), "Type one number here."),
        ("much", money("USD"), "Enter an amount such as 65,000 or 65k; “much” is not one."),
        ("85,00,0", Wanted(), "“85,00,0” has a comma or a point in an unusual place; write it as 8 or 12.5."),
        ("1.2.3", Wanted(), "in an unusual place"),
        ("1,000 000", Wanted(), "in an unusual place"),
        ("40 %", Wanted(), "This is a number and not a percentage. Write it as 8 or 12.5."),
        ("$40", PERCENT, "This is a percentage, not an amount of money; leave “$” out."),
        ("$40", Wanted(), "This is a number, not an amount of money; leave “$” out."),
        ("lots", PERCENT, "Enter a percentage such as 22.5 for 22.5 %; “lots” is not one."),
        ("4.5", WHOLE, "Enter a whole number from 0 to 2,000; “4.5” is not one."),
        ("2001", WHOLE, "Enter a whole number from 0 to 2,000"),
        ("x", Wanted(NumberKind.WHOLE), "Enter a whole number; “x” is not one."),
        ("9" * 13, Wanted(), "is too large"),
        ("1.0000001", Wanted(), "has more than 6 decimal places"),
        ("300", Wanted(max_value=200), "Enter a number of at most 200."),
        ("1/0", Wanted(), "“1/0” is not one"),
        ("1/2/3", Wanted(), "“1/2/3” is not one"),
        ("5.", Wanted(), "“5.” is not one"),
        ("1e9", Wanted(), "“1e9” is not one"),
        ("²", Wanted(), "“²” is not one"),
        ("--5", Wanted(), "“--5” is not one"),
        ("", Wanted(), "is not one"),
        ("x" * 200, Wanted(), "is not one"),
    ],
)
def test_what_is_not_the_number_that_is_wanted_is_refused_with_a_sentence(text: str, wanted: Wanted, message: str):
    with pytest.raises(UnreadableNumber) as error:
        read_number(text, wanted)
    assert message in str(error.value)


def test_an_example_is_written_as_the_country_writes_it():
    for text, wanted, example in (("x", PERCENT, "22,5 for 22,5 %"), ("x", money("EUR"), "65.000 or 65k")):
        with pytest.raises(UnreadableNumber, match=example):
            read(text, "DE", wanted)


def test_a_percentage_is_read_with_and_without_its_sign():
    for text, number in (
        ("22,5 %", "22.5"),
        ("40 %", "40"),
        ("22.5", "22.5"),
        ("0.22 %", "0.22"),
        ("11/50", "22"),
        ("1", "1"),
    ):
        assert read(text, "GB", PERCENT) == Decimal(number)
    assert read("33 1/3 %", "US", PERCENT) == Decimal("33.33")
    assert read_exact("33 1/3 %", PERCENT) == read_exact("33⅓ %", PERCENT) == Fraction(100, 3)


@pytest.mark.parametrize("text", ["0.22", "0,22", ".22"])
def test_a_percentage_below_one_may_be_a_share_and_is_asked_back(text: str):
    with pytest.raises(AmbiguousNumber, match=r"Do you mean 22 % or 0\.22 %") as question:
        read_number(text, PERCENT)
    assert [read_number(each.text, PERCENT) for each in question.value.readings] == [Decimal(22), Decimal("0.22")]


def test_a_whole_number_has_no_other_reading():
    assert read_number("1.500", WHOLE) == 1_500
    with pytest.raises(AmbiguousNumber):
        read_number("1.000", WHOLE)


@given(
    st.decimals(min_value=0, max_value=10**11, places=2) | st.decimals(min_value=0, max_value=10**5, places=3),
    st.sampled_from(["US", "DE", "FR", "CH", "SE", "IN", "ZA", "BR", "CA", "AT", "AE"]),
)
def test_a_number_that_is_written_for_a_country_is_read_there_without_asking(number: Decimal, country: str):
    assert read(write_number(number, number_style(country)), country) == number
    for other in ("US", "DE", "FR", "CH"):
        assert read(plain_number(number), other) == number


def test_every_country_has_a_style_that_its_own_reader_understands():
    for country in sorted(country_codes()):
        style = number_style(country)
        for number in (Decimal(1_234_567), Decimal("45000.25"), Decimal("1.234"), Decimal(-300_000)):
            assert read_number(write_number(number, style), style=style) == number, country


def test_a_country_writes_numbers_in_the_official_language_of_most_of_its_people():
    assert number_style("DE") == NumberStyle(",", ".", (3, 3))
    assert number_style("CA") == NumberStyle(".", ",", (3, 3)), "most people there speak English"
    assert write_number(Decimal(1_234_567), number_style("IN")) == "12,34,567"
    assert number_style("XX") == ENGLISH_STYLE


@pytest.mark.parametrize(
    ("number", "words"),
    [
        ("0", "zero"),
        ("7", "seven"),
        ("21", "twenty-one"),
        ("300000", "three hundred thousand"),
        ("1000000", "one million"),
        ("1200000", "one million two hundred thousand"),
        ("1005", "one thousand and five"),
        ("2000000000", "two billion"),
        ("-45", "minus forty-five"),
        ("22.5", "22.5"),
        ("123456", "123,456"),
        ("1000000000000", "1,000,000,000,000"),
    ],
)
def test_a_number_is_said_in_words_up_to_a_length_that_is_read_at_a_glance(number: str, words: str):
    assert spell(Decimal(number)) == words


def test_a_number_is_said_with_its_unit():
    assert say_number(Decimal(300_000), money("EUR")) == "three hundred thousand euros"
    assert say_number(Decimal(1), money("GBP")) == "one British pound"
    assert say_number(Decimal("22.5"), PERCENT) == "22.5 percent"
    assert say_number(Decimal(9), Wanted()) == "nine"
