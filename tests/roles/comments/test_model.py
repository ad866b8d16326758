"""The texts that a suggestion may change, the people whom a comment mentions, and open threads by part."""

from dataclasses import replace

import pytest

from tests.support import make
from workbench.core.clock import now
from workbench.roles.comments.model import (
    Comment,
    CommentCounts,
    SuggestionOutcome,
    Thread,
    has_part,
    mentioned,
    text_at,
    text_places,
    with_text,
)

ROLE = make.role()
NORTH = "accountabilities/north"


@pytest.mark.parametrize(
    ("part", "field", "text"),
    [
        ("summary", "summary", "Wins new customers."),
        ("purpose/why-needed", "why_needed", "Nobody opens new doors today."),
        ("hard-parts", "hard_parts", "Most first calls end in no."),
        ("seat", "department", "Sales"),
        ("conditions", "place", ""),
        ("pay", "variable", ""),
        (f"{NORTH}/outcome", "outcome", "Win new customers in the north territory"),
        (f"{NORTH}/ownership", "scope", "The north territory"),
        (f"{NORTH}/supports", "skills", "Discovery"),
        (f"{NORTH}/expectations/north-held", "source", "CRM meetings report"),
        (f"{NORTH}/questions/north-ask", "competency", "Opening"),
    ],
)
def test_a_text_of_a_part_is_read_and_written_by_the_name_of_its_field(part: str, field: str, text: str):
    assert has_part(ROLE, part)
    assert text_at(ROLE, part, field) == text
    written = with_text(ROLE, part, field, "One\nTwo")
    assert text_at(written, part, field) == "One\nTwo"
    assert with_text(written, part, field, text) == ROLE


@pytest.mark.parametrize("part", ["duties", "accountabilities", NORTH, "neighbours", "qualifications"])
def test_a_part_without_a_text_of_its_own_takes_comments_alone(part: str):
    assert has_part(ROLE, part)
    assert text_places(ROLE, part) == ()
    with pytest.raises(KeyError):
        with_text(ROLE, part, "text", "Words")


@pytest.mark.parametrize(
    "part",
    [
        "nothing",
        "",
        "accountabilities/gone",
        f"{NORTH}/questions/gone",
        f"{NORTH}/else",
        "accountabilities/gone/outcome",
    ],
)
def test_there_is_no_other_part(part: str):
    assert not has_part(ROLE, part)


def test_a_text_that_is_gone_is_no_text():
    assert text_at(ROLE.without_accountability("north"), f"{NORTH}/outcome", "outcome") is None
    assert text_at(ROLE, "summary", "title") is None


PEOPLE = {1: "Tom Okafor", 2: "Tom Berg", 3: "Maya Lindqvist", 4: ""}


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("@Tom Okafor, what do you think?", {1}),
        ("@maya please", {3}),
        ("@Tom is two people", set()),
        ("@Tom Berg and @Maya Lindqvist", {2, 3}),
        ("maya@example.com, @Mayas", set()),
        ("No name at all", set()),
    ],
)
def test_a_comment_mentions_people_by_their_name_or_by_a_first_name_of_one(text: str, found: set[int]):
    assert mentioned(text, PEOPLE) == found


def test_open_threads_are_counted_with_the_parts_inside():
    counts = CommentCounts({"summary": 1, f"{NORTH}/outcome": 2, "accountabilities/north2": 4})
    assert (counts.total, counts.inside(NORTH), counts.inside("summary"), counts.inside("duties")) == (7, 2, 1, 0)


def test_a_suggestion_awaits_a_decision_until_it_has_one_or_is_resolved():
    first = Comment(1, "Tom", "", now())
    thread = Thread(first, (), "summary", "summary", "Better words", "Words", SuggestionOutcome.OPEN, resolved=False)
    assert thread.awaits_decision
    for other in ({"suggestion": ""}, {"outcome": SuggestionOutcome.DECLINED}, {"resolved": True}):
        assert not replace(thread, **other).awaits_decision
