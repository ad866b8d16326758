"""Reasons make sense, findings are sorted by what was answered, and an answer holds while its text is the same."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from tests.support import make
from workbench.core.findings import Finding, Level
from workbench.roles.model import Pay, Role
from workbench.roles.publishing.model import (
    SAME_REASON,
    SHORT_REASON,
    FindingAnswer,
    TextAgreement,
    check_reason,
    check_reasons,
    content_at,
    finding_digest,
    finding_key,
    may_decide,
    read_valid_from,
    share_reasons,
    sort_findings,
)
from workbench.roles.review.rules import review

AT = datetime(2027, 1, 5, tzinfo=UTC)
ROLE = make.role(summary="He must be a guru.", hard_parts=())


def finding(
    rule: str = "hard parts", level: Level = Level.ADVICE, place: str = "hard-parts", reason: str = "Why."
) -> Finding:
    return Finding(rule, level, place, reason, "Do this.", "a source")


def answer(role: Role, of: Finding, reason: str = "We say it in the talk.") -> FindingAnswer:
    return FindingAnswer(1, of.rule, of.place, of.reason, finding_digest(role, of), reason, "Lea Berg", AT)


def agreement(role: Role, of: Finding, **other: object) -> TextAgreement:
    return TextAgreement(1, of.rule, of.place, of.reason, "text", finding_digest(role, of), "note", 1, AT, **other)


@pytest.mark.parametrize(
    "text",
    [
        "The board sets this number in January.",
        "Wir warten auf den Vertrag der Zentrale",
        "董事会将在一月份决定这个数字",
        "Nobody sells this product yet",
    ],
)
def test_a_few_words_are_a_reason(text: str):
    assert check_reason(text) == ""


@pytest.mark.parametrize(
    "text",
    ["ok", "OK!", "n/a", "aaaaaaaaaaaaaaaa", "xx xx xx xx xx", "...", "because", "我我我我我我我我", "12 34 56 78 90"],
)
def test_what_says_nothing_is_no_reason(text: str):
    assert check_reason(text) == SHORT_REASON


def test_an_empty_box_says_what_is_asked():
    assert check_reason("  ") == "Say why it may be published without this"
    assert check_reason("", "you leave it as it is") == "Say why you leave it as it is"


def test_the_same_words_do_not_answer_gaps_of_different_kinds():
    one, two, three = finding("title"), finding("title", reason="Another."), finding("outcome")
    words = "The board sets this in January."
    assert check_reasons({one: words, two: words}) == {}
    problems = check_reasons({one: words, two: "", three: words.upper()})
    assert problems == {one: SAME_REASON, two: "Say why it may be published without this", three: SAME_REASON}


def test_one_reason_answers_the_others_of_its_kind():
    one, two, three = finding("title"), finding("title", reason="Another."), finding("outcome")
    shared = share_reasons({one: "This.", two: "", three: ""}, [finding_key(one)])
    assert shared == {one: "This.", two: "This.", three: ""}
    assert share_reasons({one: "This.", two: "Mine."}, [finding_key(one)])[two] == "Mine."
    assert share_reasons({one: "This.", two: ""}, []) == {one: "This.", two: ""}


def test_a_finding_has_a_key_of_its_own_also_beside_one_of_the_same_rule_and_place():
    keys = {finding_key(each) for each in review(ROLE)}
    assert len(keys) == len(review(ROLE)) > 2


def test_dismissed_advice_comes_back_when_its_text_changes():
    (guru,) = (each for each in review(ROLE) if each.rule == "narrow wording")
    answers = [answer(ROLE, guru)]
    found = sort_findings(ROLE, review(ROLE), answers, ())
    assert [each for each, _ in found.dismissed] == [guru]
    assert guru not in found.open
    changed = replace(ROLE, summary="He must be a guru of sorts.")
    assert sort_findings(changed, review(changed), answers, ()).dismissed == ()


def test_a_gap_is_not_dismissed_and_its_reason_is_offered_again():
    role = replace(ROLE, title="")
    (title,) = (each for each in review(role) if each.rule == "title")
    found = sort_findings(role, review(role), [answer(role, title, "First."), answer(role, title, "Last.")], ())
    assert title in found.open
    assert found.reasons == {finding_key(title): "Last."}


def test_a_text_that_discriminates_is_open_until_a_second_person_agrees():
    (unfair,) = (each for each in review(ROLE) if each.level is Level.AGREEMENT)
    asked = sort_findings(ROLE, review(ROLE), (), [agreement(ROLE, unfair)])
    assert unfair in asked.open
    assert list(asked.requests) == [finding_key(unfair)]
    agreed = sort_findings(ROLE, review(ROLE), (), [agreement(ROLE, unfair, agreed=True)])
    assert unfair not in agreed.open
    assert [each for each, _ in agreed.agreed] == [unfair]
    refused = sort_findings(ROLE, review(ROLE), (), [agreement(ROLE, unfair, agreed=False)])
    assert unfair in refused.open
    assert sort_findings(ROLE, review(ROLE), (), ()).requests == {}


def test_the_content_of_a_place_is_its_texts_and_figures():
    role = make.role(pay=Pay(1, 2, variable="Ten percent."))
    assert content_at(role, "pay") == ("Ten percent.", "1", "2")
    assert content_at(role, "summary") == ("Wins new customers.",)
    first = role.accountabilities[0].expectations[0]
    place = f"accountabilities/north/expectations/{first.key}"
    assert content_at(role, place)[-len(first.figure) :] == tuple(str(each) for each in first.figure)


def test_the_second_person_is_neither_the_owner_nor_who_asked_nor_who_wrote_the_text():
    asked = agreement(ROLE, finding(level=Level.AGREEMENT))
    assert may_decide(4, asked, owner=2, last_writer=3)
    for person in (1, 2, 3):
        assert not may_decide(person, asked, owner=2, last_writer=3)


@pytest.mark.parametrize("text", ["soon", "30.11.2026", "2026-02-30", "1026-12-01"])
def test_what_is_no_day_near_today_is_refused_with_words(text: str):
    day, message = read_valid_from(text, date(2026, 11, 30))
    assert day is None
    assert message


def test_an_edition_is_valid_from_today_where_no_day_is_typed():
    today = date(2026, 11, 30)
    assert read_valid_from(" ", today) == (today, "")
    assert read_valid_from(" 2027-01-01 ", today) == (date(2027, 1, 1), "")
    assert read_valid_from(str(today - timedelta(days=731)), today)[1] == ""
