"""Finding phrases: whole words, any case, exceptions, sentence openings."""

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from workbench.language.phrases import Phrasebook, PhraseGroup, Wordlist, tokenize


def a_book(*words: str, exceptions: tuple[str, ...] = (), actors: tuple[str, ...] = ()) -> Phrasebook:
    return Phrasebook(Wordlist("", (PhraseGroup("group", words, "", ""),), exceptions), actors)


def found(book: Phrasebook, text: str) -> list[str]:
    return [text[first.start : last.end] for first, last, _ in book.find(text)]


def test_a_phrase_is_found_in_any_case_and_with_any_hyphen():
    assert found(a_book("zero tolerance"), "Zero-Tolerance applies. ZERO TOLERANCE!") == [
        "Zero-Tolerance",
        "ZERO TOLERANCE",
    ]


def test_a_word_inside_a_word_is_not_found():
    assert found(a_book("may"), "maybe dismay mayor") == []


def test_a_phrase_does_not_run_across_the_end_of_a_sentence():
    assert found(a_book("no excuses"), "There are no. Excuses are welcome.") == []


def test_the_longest_phrase_wins_and_matches_never_overlap():
    assert found(a_book("crush", "crush it"), "crush it now, crush") == ["crush it", "crush"]


def test_a_phrase_that_overlaps_an_exception_is_left_out():
    book = a_book("demand", exceptions=("supply and demand", "demand generation"))
    assert found(book, "Supply and demand. Demand generation. We demand.") == ["demand"]


def test_an_opening_phrase_is_found_at_the_start_and_after_whoever_acts():
    book = a_book("^help", actors=("you", "you will"))
    assert found(book, "Help them. You will help. You help. They ask for help") == ["Help", "help", "help"]


def test_a_hash_stands_for_a_number():
    assert found(a_book("over #"), "over 40, over there, over 1,000") == ["over 40", "over 1,000"]


def test_a_number_can_open_a_phrase():
    assert found(a_book("# calls"), "make 40 calls") == ["40 calls"]


@pytest.mark.parametrize("apostrophe", ["'", "’"])
def test_both_apostrophes_are_one(apostrophe: str):
    assert found(a_book("children's"), f"our children{apostrophe}s range") == [f"children{apostrophe}s"]


def test_a_digit_glued_to_a_word_does_not_hide_it():
    assert found(a_book("calls"), "40calls") == ["calls"]


@settings(deadline=None)
@given(st.text())
def test_tokens_stand_where_they_say(text: str):
    tokens = tokenize(text)
    assert all(text[token.start : token.end].lower().replace("’", "'") == token.text for token in tokens)
    assert all(one.end <= other.start for one, other in pairwise(tokens))


@settings(deadline=None)
@given(st.text(st.sampled_from("no excuses.,-1 \n"), max_size=40))
def test_the_quick_look_never_hides_a_match(text: str):
    book = a_book("no excuses", "excuses no")
    if book.matches(tokenize(text)):
        assert book.may_match(text)
