"""Fields bring what is typed into one alphabet, keep what they cannot read, and say plainly what is wrong."""

import unicodedata
from datetime import date, time
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from werkzeug.datastructures import MultiDict
from wtforms import Form, FormField
from wtforms.fields import Field

from workbench.core.forms.fields import (
    ChoiceField,
    DateField,
    IntegerField,
    LineField,
    LinesField,
    MoneyField,
    NumberField,
    RowsField,
    TextField,
    TimeField,
)
from workbench.core.text import words
from workbench.core.text.currencies import from_minor, to_minor

PAIRS = [("", "Choose one", ""), ("a", "Alpha", "Letters"), ("b", "Beta", "Letters")]


def typed(field: Any, *values: str, **present: Any) -> Field:
    """Send values to a form that has just this field."""
    kind = type("OneForm", (Form,), {"it": field})
    form = kind(MultiDict([("it", value) for value in values] or [("other", "")]), data=present)
    form.validate()
    return form.it


def render(field: Any, value: object) -> str:
    """Give what stands in a field that is drawn with a value."""
    return type("OneForm", (Form,), {"it": field})(data={"it": value}).it._value()


def test_a_line_stands_on_one_line():
    field = typed(LineField("Title"), "  Account\r\n\tExecutive  ")
    assert (field.data, field.errors) == ("Account Executive", [])


def test_a_line_that_is_too_long_is_kept_and_says_by_how_much():
    field = typed(LineField("Title", max_length=10), "x" * 11)
    assert field.data == "x" * 11
    assert list(field.errors) == ["Shorten this to 10 characters; it has 11."]
    assert not typed(LineField("Title", max_length=10), "x" * 10).errors


def test_limits_are_counted_after_cleaning():
    assert not typed(LineField("Title", max_length=3), " a\u0000b\u202ec ").errors


def test_a_text_keeps_its_lines():
    assert typed(TextField("Text"), " One\r\ntwo\rthree ").data == "One\ntwo\nthree"
    assert list(typed(TextField("Text"), "x" * 4_001).errors) == ["Shorten this to 4,000 characters; it has 4,001."]


def test_lines_become_a_tuple_and_stand_below_each_other():
    assert typed(LinesField("Skills"), "Discovery\n\n  Closing \n").data == ("Discovery", "Closing")
    assert typed(LinesField("Skills"), " ").data == ()
    assert render(LinesField("Skills"), ("Discovery", "Closing")) == "Discovery\nClosing"
    assert render(LinesField("Skills"), None) == ""


def test_lines_that_are_too_long_stay_on_the_page():
    field = typed(LinesField("Skills", max_length=5), "abc\ndef")
    assert list(field.errors) == ["Shorten this to 5 characters; it has 7."]
    assert field._value() == "abc\ndef"


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("8", "8"),
        ("12.50", "12.50"),
        ("1,250,000", "1250000"),
        ("1 250 000", "1250000"),
        ("1'250'000", "1250000"),
        ("1.25m", "1250000"),
        ("-5", "-5"),
        ("0.000001", "0.000001"),
        ("999999999999", "999999999999"),
        ("٣", "3"),
    ],
)
def test_a_number_is_read_exactly(text: str, number: str):
    field = typed(NumberField("Number"), text)
    assert (field.data, field.errors) == (Decimal(number), [])
    assert field._value() == text


@pytest.mark.parametrize("text", ["eight", "1e9", "NaN", "Infinity", "--5", "0x10", "²"])
def test_what_is_no_number_is_kept_and_named(text: str):
    field = typed(NumberField("Number"), text)
    assert field.data is None
    assert "Enter a number such as 8 or 12.5" in field.errors[0]
    assert field._value() == text


def test_no_number_is_no_error():
    for field in (typed(NumberField("Number"), "  "), typed(NumberField("Number"))):
        assert (field.data, field.errors) == (None, [])
    assert render(NumberField("Number"), None) == ""
    assert render(NumberField("Number"), Decimal("1E+3")) == "1,000"


def test_money_is_an_exact_amount_in_whole_units():
    assert typed(MoneyField("From"), "65,000").data == 65_000
    assert typed(MoneyField("From"), "€65 000.50").data == Decimal("65000.50")
    assert typed(MoneyField("From"), "₹ 1,25,000").data == 125_000
    assert render(MoneyField("From"), Decimal("65000.00")) == "65,000"
    assert render(MoneyField("From"), Decimal("65000.05")) == "65,000.05"
    assert render(MoneyField("From"), Decimal("0.125")) == "0.125"
    assert render(MoneyField("From"), None) == ""


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("-1", "Enter an amount of zero or more."),
        ("much", "Enter an amount such as 65,000 or 65k; “much” is not one."),
    ],
)
def test_wrong_money_is_kept_and_named(text: str, message: str):
    field = typed(MoneyField("From"), text)
    assert list(field.errors) == [message]
    assert field._value() == text


@given(st.integers(0, 10**12 - 1), st.sampled_from(["USD", "JPY", "KWD"]))
def test_money_that_is_drawn_and_sent_back_is_the_same(minor: int, currency: str):
    sent = typed(MoneyField("From"), render(MoneyField("From"), from_minor(minor, currency)))
    assert to_minor(sent.data, currency) == minor


def test_a_whole_number_stays_within_its_ends():
    assert typed(IntegerField("Minutes", min_value=1, max_value=90), "45").data == 45
    assert typed(IntegerField("Minutes", min_value=1, max_value=90), "").data == 1
    assert typed(IntegerField("Minutes", min_value=1, max_value=90)).data == 1
    for text in ("0", "91", "-1", "4.5", "many", "1" * 5_000):
        field = typed(IntegerField("Minutes", min_value=1, max_value=90), text)
        assert field.errors[0].startswith("Enter a whole number from 1 to 90")
        assert len(field.errors[0]) < 80
        assert field._value() == text


def test_a_choice_that_is_not_on_the_list_is_refused():
    assert not typed(ChoiceField("Letter", choices=PAIRS), "a").errors
    assert not typed(ChoiceField("Letter", choices=PAIRS), "").errors
    for text in ("c", "Alpha", "a\u0000b", "<b>"):
        assert list(typed(ChoiceField("Letter", choices=PAIRS), text).errors) == ["Choose one from the list."]


def test_choices_stand_in_their_groups():
    groups = [
        (name, [choice.value for choice in found]) for name, found in typed(ChoiceField(choices=PAIRS)).iter_groups()
    ]
    assert groups == [("", [""]), ("Letters", ["a", "b"])]


@given(st.text())
def test_the_short_way_of_cleaning_changes_nothing(text: str):
    quick = words.clean(text)
    plain, words._PLAIN = words._PLAIN, words.re.compile("(?!)")
    try:
        assert words.clean(text) == quick
    finally:
        words._PLAIN = plain
    assert words.clean(quick) == quick


def test_the_short_way_lets_no_letter_through_that_the_long_way_drops():
    for code in range(0x110000):
        if words._PLAIN.fullmatch(chr(code)) and chr(code) not in "\n\t":
            assert unicodedata.category(chr(code)) not in {"Cc", "Cf", "Cs", "Cn", "Co", "Mn"}


def test_a_field_that_was_not_sent_is_empty_and_not_nothing():
    assert typed(LineField("Title")).data == ""
    assert typed(TextField("Text")).data == ""
    assert typed(LinesField("Skills")).data == ()


class Row(Form):
    text = LineField("Text")


def rows(*names: str, max_rows: int = 2) -> Field:
    """Send rows whose fields have these names, each with a word in it."""
    kind = type("RowsForm", (Form,), {"rows": RowsField(FormField(Row), max_rows)})
    form = kind(MultiDict([(name, f"word {at}") for at, name in enumerate(names)]))
    form.validate()
    return form.rows


def test_rows_are_read_in_the_order_of_their_numbers():
    assert [row["text"] for row in rows("rows-7-text", "rows-0-text").data] == ["word 1", "word 0"]


def test_more_rows_than_there_may_be_are_all_kept_and_counted():
    field = rows(*(f"rows-{at}-text" for at in range(5)))
    assert len(field.data) == 5
    assert field.errors[-1] == "Keep to 2 of these; there are 5."


@pytest.mark.parametrize(
    "name", ["rows-²-text", "rows-x-text", f"rows-{'9' * 5_000}-text", "rows--text", "rowsy-1-text"]
)
def test_what_only_looks_like_a_row_is_none(name: str):
    assert rows(name).data == []


@pytest.mark.parametrize(
    ("field", "text", "value"),
    [
        (DateField(), "2026-12-01", date(2026, 12, 1)),
        (DateField(), " 2028-02-29 ", date(2028, 2, 29)),
        (DateField(), "", None),
        (TimeField(), "09:00", time(9)),
        (TimeField(), "9.30", time(9, 30)),
        (TimeField(), "23:59:00", time(23, 59)),
        (TimeField(), "", None),
    ],
)
def test_a_day_and_a_time_are_read_and_drawn_again(field: Any, text: str, value: object):
    it = typed(field, text)
    assert (it.data, it.errors) == (value, [])
    assert it._value() == text
    assert typed(field, render(field, value)).data == value


@pytest.mark.parametrize(
    ("field", "text"),
    [
        *((DateField(), text) for text in ("2026-02-29", "1.12.2026", "soon", "x" * 5_000, "٢٠٢٦-١٢-٠١")),
        *((TimeField(), text) for text in ("24:00", "9", "noon", "09:60", "09:00:30", "٠٩:٠٠")),
    ],
)
def test_what_is_no_day_or_no_time_is_kept_and_named_in_a_sentence(field: Any, text: str):
    it = typed(field, text)
    assert it.data is None
    assert it.errors[0].startswith(("Enter a day such as 2026-12-01", "Enter a time such as 09:00"))
    assert it._value() == text
