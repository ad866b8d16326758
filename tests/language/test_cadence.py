"""Periods and due dates are found; nouns and stages that sound like them are not."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from workbench.language.cadence import find_cadences


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("90 minutes each day", "each day"),
        ("three a week", "a week"),
        ("40 calls per working day", "per working day"),
        ("every two weeks", "every two weeks"),
        ("every other Monday", "every other Monday"),
        ("50 calls/day", "/day"),
        ("by 31 March 2027", "by 31 March 2027"),
        ("before March 31", "before March 31"),
        ("by 2027-03-31", "by 2027-03-31"),
        ("in Q3 2027", "in Q3 2027"),
        ("by the end of the quarter", "by the end of the quarter"),
        ("by year end", "by year end"),
        ("by Friday", "by Friday"),
        ("within two working days", "within two working days"),
        ("in the first 90 days", "in the first 90 days"),
        ("by month 3", "by month 3"),
        ("this quarter", "this quarter"),
        ("8% year on year", "year on year"),
        ("reviewed monthly", "monthly"),
        ("reviewed monthly with the leader", "monthly"),
        ("two opportunities annually", "annually"),
        ("three weekly meetings", "weekly"),
        ("$1m quarterly revenue", "quarterly"),
        ("revenue of $1m, quarterly", "quarterly"),
        ("quarterly bookings of $1m", "quarterly"),
        ("in May", "in May"),
    ],
)
def test_a_period_or_date_is_found(text: str, words: str):
    assert [found.words for found in find_cadences(text)] == [words]


@pytest.mark.parametrize(
    "text",
    [
        "by stage 3", "weekly pipeline meetings", "the quarterly business review", "a quarter of all deals",
        "a year ago", "half a day", "by 5%", "every account", "a day-long workshop", "quarterly revenue call",
        "on may", "per account",
    ],
)  # fmt: skip
def test_what_only_sounds_like_a_period_is_not(text: str):
    assert find_cadences(text) == ()


@settings(deadline=None)
@given(st.text())
def test_any_text_can_be_read(text: str):
    assert all(text[found.start : found.end].strip() == found.words for found in find_cadences(text))
