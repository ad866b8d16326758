"""Words are found without capitals, accents and plurals, and in spite of typing errors."""

import pytest

from workbench.core.text.near_words import Term, contains, correct, fold_words, list_words, read_terms

VOCABULARY = {"pipeline", "pipelines", "renewal", "meeting", "arr", "arranged", "call", "manager"}


def test_words_are_written_in_small_letters_without_accents():
    assert list_words("Détails: E-mails, ÉTÉ 2026 snake_case") == [
        "details",
        "e",
        "mails",
        "ete",
        "2026",
        "snake",
        "case",
    ]


@pytest.mark.parametrize(
    ("search", "text", "found"),
    [
        ("meetings", "Hold a first meeting", True),
        ("MEET", "Hold a first meeting", True),
        ("eeting", "Hold a first meeting", False),
        ("arr", "It is arranged", False),
        ("ARR", "Grow ARR", True),
        ("first meeting", "meeting, the first", True),
        ("first call", "meeting, the first", False),
        ("loss", "a lossless way", True),
    ],
)
def test_every_term_must_begin_a_word_and_a_short_one_be_a_word(search: str, text: str, found: bool):
    assert contains(fold_words(text), read_terms(search)) is found


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("pipline", ("pipeline",)),
        ("pipelnie", ("pipeline",)),
        ("manger", ("manager",)),
        ("calk", ("call",)),
        ("renwal", ("renewal",)),
    ],
)
def test_a_typing_error_is_forgiven(typed: str, words: tuple[str, ...]):
    (term,) = correct(read_terms(typed), VOCABULARY)
    assert term == Term(words, prefix=False)


@pytest.mark.parametrize("typed", ["xyzzy", "arx", "bananas"])
def test_a_word_that_is_near_to_none_stays(typed: str):
    terms = read_terms(typed)
    assert correct(terms, VOCABULARY) == terms


def test_a_beginning_that_is_known_is_not_corrected_but_found_in_longer_words():
    assert correct(read_terms("ma"), VOCABULARY) == (Term(("ma",), prefix=True),)
