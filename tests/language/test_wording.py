"""Every word list can be read, says why, and has a suggestion; no exception is idle."""

import pytest

from workbench.language import outcomes
from workbench.language.wording import measures, phrasebook, verbs, wordlist

NAMES = ("tone", "weak", "vague", "remit", "questions", "titles", "fairness", "narrow")


@pytest.mark.parametrize("name", NAMES)
def test_every_group_gives_a_reason_and_a_suggestion(name: str):
    for group in wordlist(name).groups:
        assert group.words
        assert group.reason.endswith(".")
        assert group.suggestion


@pytest.mark.parametrize("name", NAMES)
def test_every_phrase_is_found_by_its_own_list(name: str):
    for group in wordlist(name).groups:
        for phrase in group.words:
            text = phrase.lstrip("^").replace("#", "40")
            assert [found.name for _, _, found in phrasebook(name).find(text)], phrase


@pytest.mark.parametrize("name", NAMES)
def test_no_phrase_stands_in_a_list_twice(name: str):
    phrases = [phrase for group in wordlist(name).groups for phrase in group.words]
    assert sorted(set(phrases)) == sorted(phrases)


@pytest.mark.parametrize("name", NAMES)
def test_an_exception_by_itself_is_never_remarked_on(name: str):
    for phrase in wordlist(name).exceptions:
        assert [found.name for _, _, found in phrasebook(name).find(phrase.replace("#", "40"))] == [], phrase


def test_each_list_is_kept_as_it_was_read_from_its_file():
    assert verbs.__wrapped__() == verbs()
    assert measures.__wrapped__() == measures()
    assert wordlist.__wrapped__("tone") == wordlist("tone")
    assert [*phrasebook.__wrapped__("tone").find("A rockstar")] == [*phrasebook("tone").find("A rockstar")]
    assert outcomes._heads.__wrapped__() == outcomes._heads()
