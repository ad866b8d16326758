"""How values are written: softened, exact, and never as a bare None."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markupsafe import Markup

from workbench.core.text.translation import ENGLISH
from workbench.documents.page.filters import (
    MAX_TOKEN_LENGTH,
    finalize,
    logo_url,
    money,
    paragraphs,
    soften,
    tie_last_words,
)

GLUE = " \u00a0\u202f\u2007x-é中"


@given(st.text(alphabet=GLUE + "\n\t", max_size=400))
def test_softening_adds_places_to_break_and_changes_nothing_else(text: str):
    assert soften(text).replace("\u200b", "") == text


@given(st.text(alphabet=GLUE, max_size=400))
def test_no_softened_run_is_longer_than_sixty_characters(text: str):
    pieces = soften(text).replace(" ", "\u200b").split("\u200b")
    assert max(map(len, pieces)) <= MAX_TOKEN_LENGTH


@given(st.text(alphabet=GLUE + "\u200b", max_size=400))
def test_softening_twice_is_softening_once(text: str):
    assert soften(soften(text)) == soften(text)


def test_ordinary_words_are_left_alone():
    assert soften("Net revenue retention, https://example.com/a-page") == (
        "Net revenue retention, https://example.com/a-page"
    )


@pytest.mark.parametrize("value", [None, 1.5, float("nan")])
def test_what_would_print_wrongly_is_refused(value: object):
    with pytest.raises(TypeError, match="exact"):
        finalize(value)


def test_markup_of_a_template_is_left_alone():
    assert finalize(Markup("<b>") + "x" * 200) == "<b>" + "x" * 200


@pytest.mark.parametrize(
    ("minor", "currency", "written"),
    [
        (12_000_000, "USD", "$120,000"),
        (125_050, "EUR", "€1,250.50"),
        (5, "GBP", "£0.05"),
        (-150_000, "USD", "\u2212$1,500"),
        (8_000_000, "JPY", "¥8,000,000"),
        (100_000, "SEK", "SEK\u00a01,000"),
    ],
)
def test_money_is_written_with_its_sign(minor: int, currency: str, written: str):
    assert money(minor, currency) == written


def test_a_date_is_written_in_words():
    assert ENGLISH.day(date(2026, 11, 2)) == "2 November 2026"


@pytest.mark.parametrize(
    ("value", "written"),
    [(1250, "1,250"), (Decimal("0.50"), "0.5"), (Decimal("1E+3"), "1,000"), (Decimal(-5), "\u22125"), (0, "0")],
)
def test_a_number_is_written_without_needless_zeros(value: Decimal, written: str):
    assert ENGLISH.number(value) == written


def test_text_is_split_into_its_paragraphs():
    assert paragraphs("One.\n\n  Two. \n") == ("One.", "Two.")


def test_a_mark_is_addressed_by_its_digest_only():
    assert logo_url("a" * 64) == "asset:logos/" + "a" * 64
    with pytest.raises(ValueError, match="sha256"):
        logo_url("../secrets")


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("who reaches full quota", "who reaches full\u00a0quota"),
        ("one observed step at a time", "one observed step at\u00a0a\u00a0time"),
        ("in front of the whole organisation", "in front of the whole organisation"),
        ("Account Manager", "Account Manager"),
        ("Hunter", "Hunter"),
        ("", ""),
    ],
)
def test_a_short_last_word_does_not_stand_alone(text: str, written: str):
    assert tie_last_words(text) == written


@given(st.text(max_size=80))
def test_tying_changes_nothing_but_spaces(text: str):
    assert tie_last_words(text).replace("\u00a0", " ") == text.replace("\u00a0", " ")
