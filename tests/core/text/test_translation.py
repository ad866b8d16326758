"""Built-in text: all of it is in the catalogues, whole and with its places, and each language writes numbers its own way."""

import gettext
import string
from datetime import date
from decimal import Decimal

import pytest
from babel.messages.catalog import Catalog
from babel.messages.pofile import write_po

from tools.words import Place, Text, collect_texts, plural_forms, update
from workbench.core.text import translation
from workbench.core.text.translation import (
    ENGLISH,
    INSIDE_A_SENTENCE,
    catalogue_file,
    language_choices,
    language_codes,
    load_translator,
    plural_categories,
    plural_form,
)

OTHERS = language_codes()[1:]
DAYS = ("{n} day", "{n} days")


def places(text: str) -> list[str]:
    """Name the gaps in a text, in the order of the alphabet."""
    return sorted(name for _, name, _, _ in string.Formatter().parse(text) if name is not None)


@pytest.fixture(scope="module")
def texts() -> dict[Text, list[Place]]:
    return collect_texts()


@pytest.mark.parametrize("language", OTHERS)
def test_every_house_text_is_translated_and_none_is_left_over(language: str, texts: dict[Text, list[Place]]):
    keys = {text if isinstance(text, str) else text[0] for text in texts}
    assert load_translator(language).translations.keys() == keys, "run ./dev words and translate what is new"


@pytest.mark.parametrize("language", OTHERS)
def test_a_translation_has_the_same_places_as_the_text(language: str):
    for text, forms in load_translator(language).translations.items():
        for form in forms:
            assert places(form) == places(text), f"{language}: {text}"


@pytest.mark.parametrize("language", OTHERS)
def test_no_translation_carries_marks_or_ends_in_a_space(language: str):
    for text, forms in load_translator(language).translations.items():
        for form in forms:
            assert form == form.strip(), text
            assert not set("<>&\n") & set(form), text


def test_the_texts_are_collected_from_templates_code_and_metrics(texts: dict[Text, list[Place]]):
    assert {
        "Do not ask about",
        "Reports to",
        ("hold {n} first meeting {of}", "hold {n} first meetings {of}"),
        "page {page} of {pages}",
    } <= texts.keys()


def test_a_catalogue_that_is_brought_up_to_date_keeps_its_translations(
    tmp_path, monkeypatch: pytest.MonkeyPatch, texts: dict[Text, list[Place]]
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
    assert load_translator("de").gettext("Nobody translated {this}", this="{that}") == "Nobody translated {that}"
    assert load_translator("de").markup("{a} <b>said</b>", a="<i>") == "&lt;i&gt; <b>said</b>"


def test_an_unknown_language_is_refused():
    with pytest.raises(KeyError):
        load_translator("tlh")


def test_french_calls_the_first_day_of_a_month_the_first():
    assert load_translator("fr").day(date(2026, 12, 1)) == "1er décembre 2026"
    assert load_translator("fr").day(date(2026, 12, 11)) == "11 décembre 2026"


@pytest.mark.parametrize(
    ("last", "expected"),
    [("Inés", "Ana e Inés"), ("Hilario", "Ana e Hilario"), ("Ida", "Ana e Ida"), ("Hierro", "Ana y Hierro")],
)
def test_spanish_says_e_before_the_sound_of_i(last: str, expected: str):
    assert load_translator("es").join(["Ana", last]) == expected


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
    translator = load_translator(language)
    assert translator.day(date(2027, 3, 1)) == day
    assert translator.number(Decimal("1250.50")) == number
    assert translator.money(Decimal("1250.5"), "EUR") == money
    assert translator.money(Decimal(250_000), "USD") == whole
    assert translator.percent(Decimal("22.5")) == percent
    assert translator.join(["A", "B", "C"]) == names


def test_english_writes_a_minus_and_needs_no_catalogue():
    assert ENGLISH.number(Decimal("-0.50")) == "\u22120.5"
    assert ENGLISH.money(Decimal(-1500), "SEK") == "\u2212SEK\u00a01,500"
    assert not ENGLISH.translations


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


@pytest.mark.parametrize(
    ("language", "written"),
    [
        ("en", ("12", "9,999", "83.3K", "2.5M")),
        ("de", ("12", "9.999", "83.333", "2,5\u00a0Mio.")),
        ("fr", ("12", "9\u202f999", "83,3\u00a0k", "2,5\u00a0M")),
    ],
)
def test_a_long_number_is_written_short_where_the_language_can(language: str, written: tuple[str, ...]):
    translator = load_translator(language)
    assert tuple(translator.compact(Decimal(value)) for value in (12, 9_999, 83_333, 2_500_000)) == written


def test_a_language_is_offered_by_its_own_name_as_soon_as_it_has_a_catalogue():
    assert language_choices() == [("en", "English"), ("de", "Deutsch"), ("es", "Español"), ("fr", "Français")]


@pytest.mark.parametrize("language", ["en", *OTHERS, "pl", "ar", "cs", "lt"])
def test_the_header_of_a_catalogue_says_the_plural_rule_that_we_follow(language: str):
    header = plural_forms(language)
    expression = header.partition("plural=")[2]
    rule = gettext.c2py(expression)
    assert header.startswith(f"nplurals={len(plural_categories(language))};")
    for number in (*range(250), 1_000, 1_000_000, 1_000_001, 2_000_000):
        assert rule(number) == plural_form(language, number), number


@pytest.mark.parametrize("language", OTHERS)
def test_each_catalogue_carries_the_header_of_its_language(language: str):
    assert f'"Plural-Forms: {plural_forms(language)};\\n"' in catalogue_file(language).read_text("utf-8")


@pytest.fixture
def add_catalogue(tmp_path, monkeypatch: pytest.MonkeyPatch):
    """Return a function that puts a catalogue of days beside no other one."""
    monkeypatch.setattr(translation, "catalogue_file", lambda language: tmp_path / f"{language}.po")
    for cached in (language_codes, load_translator):
        cached.cache_clear()

    def add(language: str, *forms: str) -> None:
        made = Catalog(language)
        made.mime_headers = [("Plural-Forms", plural_forms(language))]
        made.add(DAYS, forms)
        with (tmp_path / f"{language}.po").open("wb") as file:
            write_po(file, made)

    yield add
    for cached in (language_codes, load_translator):
        cached.cache_clear()


def days(language: str, number: str) -> str:
    translator = load_translator(language)
    return translator.ngettext(*DAYS, Decimal(number), n=translator.number(Decimal(number)))


def test_polish_and_arabic_need_no_code_but_a_catalogue(add_catalogue):
    add_catalogue("pl", "{n} dzień", "{n} dni", "{n} dni", "{n} dnia")
    add_catalogue("ar", "{n} يوم", "يوم واحد {n}", "يومان {n}", "{n} أيام", "{n} يومًا", "{n} يوم")
    assert language_codes() == ("en", "ar", "pl")
    assert [days("pl", number) for number in ("1", "2", "5", "22", "1.5")] == [
        *("1 dzień", "2 dni", "5 dni", "22 dni", "1,5 dnia"),
    ]
    assert days("ar", "3") == "3 أيام"
    assert days("ar", "11") == "11 يومًا"
    assert load_translator("pl").day(date(2027, 3, 1)) == "1 marca 2027"
    assert load_translator("pl").join(["A", "B", "C"]) == "A, B i C"


def test_a_catalogue_without_all_plural_forms_is_refused(add_catalogue):
    add_catalogue("pl", "{n} dzień", "{n} dni", "{n} dni", "")
    with pytest.raises(ValueError, match=r"pl\.po: “\{n\} day” needs 4 plural forms"):
        load_translator("pl")


@pytest.mark.parametrize(
    ("language", "number", "written"),
    [
        ("en", "1", "1 day"),
        ("en", "1.0", "1 day"),
        ("en", "1.5", "1.5 days"),
        ("en", "0", "0 days"),
        ("en", "-1", "\u22121 day"),
        ("de", "1.5", "1,5 Tage"),
        ("fr", "1.5", "1,5 jour"),
        ("fr", "0", "0 jour"),
        ("es", "0", "0 días"),
    ],
)
def test_a_text_that_counts_takes_the_form_of_its_number(language: str, number: str, written: str):
    assert days(language, number) == written


def test_a_number_that_is_not_known_takes_the_general_form():
    assert ENGLISH.ngettext(*DAYS, None, n="____") == "____ days"
    assert load_translator("fr").ngettext(*DAYS, None, n="____") == "____ jours"


def test_a_page_escapes_the_values_of_a_text_that_counts():
    assert (
        load_translator("de").ngettext_markup("{n} <b>pig</b>", "{n} <b>pigs</b>", 2, n="<i>")
        == "&lt;i&gt; <b>pigs</b>"
    )


def test_a_name_may_be_written_otherwise_inside_a_sentence():
    german = load_translator("de")
    assert german.gettext("Account plans current") == "Aktuelle Kundenpläne"
    assert german.pgettext(INSIDE_A_SENTENCE, "Account plans current") == "aktuelle Kundenpläne"
    assert german.pgettext(INSIDE_A_SENTENCE, "Unsere Vorführungen") == "Unsere Vorführungen"
    assert ENGLISH.pgettext(INSIDE_A_SENTENCE, "Account plans current") == "Account plans current"
