"""House words: every one is known to the catalogues, whole and with its places, and each language writes numbers its own way."""

import string
from datetime import date
from decimal import Decimal

import pytest

from tools.words import collect_texts, update
from workbench.core import translation
from workbench.core.translation import ENGLISH, LANGUAGES, words

OTHERS = sorted(set(LANGUAGES) - {"en"})


def places(text: str) -> list[str]:
    """Name the gaps in a text, in the order of the alphabet."""
    return sorted(name for _, name, _, _ in string.Formatter().parse(text) if name is not None)


@pytest.fixture(scope="module")
def texts() -> dict[str, list[tuple[str, int]]]:
    return collect_texts()


@pytest.mark.parametrize("language", OTHERS)
def test_every_house_text_is_translated_and_none_is_left_over(language: str, texts: dict[str, object]):
    assert words(language).known.keys() == texts.keys(), "run ./dev words and translate what is new"


@pytest.mark.parametrize("language", OTHERS)
def test_a_translation_has_the_same_places_as_the_text(language: str):
    for text, said in words(language).known.items():
        assert places(said) == places(text), f"{language}: {text}"


@pytest.mark.parametrize("language", OTHERS)
def test_no_translation_carries_marks_or_ends_in_a_space(language: str):
    for text, said in words(language).known.items():
        assert said == said.strip(), text
        assert not set("<>&\n") & set(said), text


def test_what_is_gathered_holds_words_of_templates_code_and_metrics(texts: dict[str, object]):
    assert {"Not to be asked", "Reports to", "hold {n} first meetings", "page {page} of {pages}"} <= texts.keys()


def test_a_catalogue_that_is_brought_up_to_date_keeps_its_translations(
    tmp_path, monkeypatch: pytest.MonkeyPatch, texts: dict[str, list[tuple[str, int]]]
):
    monkeypatch.setattr(translation, "catalogue_file", lambda language: tmp_path / f"{language}.po")
    monkeypatch.setattr("tools.words.catalogue_file", lambda language: tmp_path / f"{language}.po")
    file = tmp_path / "de.po"
    file.write_text('msgid "Role"\nmsgstr "Stelle"\n\nmsgid "Long gone"\nmsgstr "Fort"\n', "utf-8")

    assert update("de", texts) == len(texts) - 1
    first = file.read_bytes()
    assert update("de", texts) == len(texts) - 1
    assert file.read_bytes() == first
    assert b"Stelle" in first
    assert b"Fort" not in first


def test_text_without_a_translation_stays_english_and_what_is_given_is_put_in():
    assert words("de")("Nobody translated {this}", this="{that}") == "Nobody translated {that}"
    assert words("de").markup("{a} <b>said</b>", a="<i>") == "&lt;i&gt; <b>said</b>"


def test_an_unknown_language_is_refused():
    with pytest.raises(KeyError):
        words("tlh")


def test_french_calls_the_first_day_of_a_month_the_first():
    assert words("fr").day(date(2026, 12, 1)) == "1er décembre 2026"
    assert words("fr").day(date(2026, 12, 11)) == "11 décembre 2026"


@pytest.mark.parametrize(
    ("last", "said"),
    [("Inés", "Ana e Inés"), ("Hilario", "Ana e Hilario"), ("Ida", "Ana e Ida"), ("Hierro", "Ana y Hierro")],
)
def test_spanish_says_e_before_the_sound_of_i(last: str, said: str):
    assert words("es").join(["Ana", last]) == said


@pytest.mark.parametrize(
    ("language", "day", "number", "money", "whole", "percent", "names"),
    [
        ("en", "1 March 2027", "1,250.5", "€1,250.50", "$250,000", "22.5%", "A, B and C"),
        ("de", "1. März 2027", "1.250,5", "1.250,50\u00a0€", "250.000\u00a0$", "22,5\u00a0%", "A, B und C"),
        (
            "fr",
            "1er mars 2027",
            "1\u202f250,5",
            "1\u202f250,50\u00a0€",
            "250\u202f000\u00a0$US",
            "22,5\u00a0%",
            "A, B et C",
        ),
        ("es", "1 de marzo de 2027", "1.250,5", "1.250,50\u00a0€", "250.000\u00a0US$", "22,5\u00a0%", "A, B y C"),
    ],
)
def test_each_language_writes_days_numbers_and_lists_its_own_way(
    language: str, day: str, number: str, money: str, whole: str, percent: str, names: str
):
    say = words(language)
    assert say.day(date(2027, 3, 1)) == day
    assert say.number(Decimal("1250.50")) == number
    assert say.money(Decimal("1250.5"), "EUR") == money
    assert say.money(Decimal(250_000), "USD") == whole
    assert say.percent(Decimal("22.5")) == percent
    assert say.join(["A", "B", "C"]) == names


def test_english_writes_a_minus_and_needs_no_catalogue():
    assert ENGLISH.number(Decimal("-0.50")) == "\u22120.5"
    assert ENGLISH.money(Decimal(-1500), "SEK") == "\u2212SEK\u00a01,500"
    assert not ENGLISH.known


@pytest.mark.parametrize(
    ("amount", "currency", "written"),
    [
        ("1250", "JPY", "¥1,250"),
        ("1250.5", "JPY", "¥1,250.5"),
        ("0.5", "KWD", "KWD\u00a00.500"),
        ("250000", "NOK", "NOK\u00a0250,000"),
        ("1250.5", "CAD", "CA$1,250.50"),
        ("0.0125", "USD", "$0.0125"),
        ("1E+3", "XAF", "FCFA\u00a01,000"),
    ],
)
def test_an_amount_has_the_decimal_places_of_its_currency_and_is_never_rounded(
    amount: str, currency: str, written: str
):
    assert ENGLISH.money(Decimal(amount), currency) == written
