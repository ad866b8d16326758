"""The golden sentences of the articles decide what the wording rules say."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from workbench.language.lint import (
    check_title,
    find_threats,
    find_unsteerable_results,
    find_vague_words,
    find_weak_words,
    lint,
)
from workbench.language.model import WordingRule

WEAK, VAGUE, NUMBER, CADENCE, REMIT, TONE = (
    WordingRule.WEAK,
    WordingRule.VAGUE,
    WordingRule.NUMBER,
    WordingRule.CADENCE,
    WordingRule.REMIT,
    WordingRule.TONE,
)


def rules(sentence: str) -> list[WordingRule]:
    return [remark.rule for remark in lint(sentence)]


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("I expect you to spend 90 minutes on prospecting each day.", []),
        ("You should do more prospecting.", [WEAK, VAGUE, NUMBER, CADENCE]),
        ("do more prospecting", [VAGUE, NUMBER, CADENCE]),
        ("Grow net profit by 5% each year.", [REMIT]),
        ("Deliver $250,000 of revenue and a minimum 32% gross profit every quarter.", []),
        ("Hit quota or else.", [NUMBER, CADENCE, TONE]),
        ("90 minutes on prospecting every day", []),
        ("three first meetings each week", []),
        ("3 first meetings every week", []),
        ("two opportunities over $100,000 a year", []),
        ("Create two opportunities over $100,000 annually.", []),
        ("Win four new customers by 30 June 2027.", []),
        ("Win four new customers by stage 3.", [CADENCE]),
        ("Attend weekly pipeline meetings.", [NUMBER, CADENCE]),
        ("One named owner per account, reviewed monthly.", [NUMBER]),
        ("Every account has a plan each quarter.", [NUMBER]),
        ("Keep net revenue retention at 105% each year.", []),
        ("Open 12 net new opportunities each quarter.", []),
        ("Raise the win rate from 22% to 26% by 30 June.", []),
        ("Increase meetings from 10 to 15 a week.", []),
        ("Increase meetings each week.", [VAGUE, NUMBER]),
        ("Hold the quarterly business review with 6 customers.", [CADENCE]),
        ("Keep EBITDA above 12% each year.", [REMIT]),
        ("Answer 95% of inbound leads within one working hour.", []),
        ("Help the team close 4 deals each month.", [WEAK]),
        ("The seat holder will assist with 3 bids each month.", [WEAK]),
        ("Try to win 3 deals in May 2027.", [WEAK]),
        ("", []),
    ],
)
def test_a_golden_sentence_gets_exactly_its_remarks(sentence: str, expected: list[WordingRule]):
    assert rules(sentence) == expected


def test_a_remark_shows_the_words_where_they_stand_with_a_reason_and_a_suggestion():
    text = "You should do more prospecting."
    for remark in lint(text):
        assert text[remark.start : remark.end] == remark.words
        assert remark.reason.endswith(".")
        assert remark.suggestion
    assert [remark.words for remark in lint(text)] == ["should", "more", "", ""]
    assert [remark.topic for remark in lint(text)] == ["weak modal", "comparison", "", ""]


@pytest.mark.parametrize(
    "text",
    [
        "Lead demand generation with marketing.", "Supply and demand set the price.", "Sell to the compliance officer.",
        "A terminated contract is reviewed.", "The discipline of forecasting is taught.", "Turn interest into demand.",
        "Sell threat intelligence to banks.", "Physical demands: none.", "Demand is created by two teams.",
        "Raise obstacles as soon as you see them.",
    ],
)  # fmt: skip
def test_trade_words_are_no_threat(text: str):
    assert find_threats(text) == ()


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Hit quota or else.", "or else"),
        ("There are no excuses!", "no excuses"),
        ("Zero tolerance for missed targets", "Zero tolerance"),
        ("Those who miss will be punished.", "punished"),
        ("We demand 40 calls.", "We demand"),
        ("Demand more from the team", "Demand more"),
        ("Reps must comply with the process.", "must comply"),
        ("Failure will result in termination.", "result in termination"),
        ("If you miss twice you will be fired.", "will be fired"),
        ("Crush your number.", "Crush"),
        ("You must make more calls.", "You must make"),
        ("Comply with the process.", "Comply with"),
        ("Do as I say.", "Do as I say"),
        ("Your numbers are unacceptable.", "unacceptable"),
        ("Use threats where needed.", "threats"),
    ],
)
def test_a_threat_or_command_is_shown_with_a_rewrite(text: str, words: str):
    (remark,) = find_threats(text)
    assert remark.words == words
    assert remark.suggestion


@pytest.mark.parametrize(
    "text",
    [
        "net new logos",
        "net revenue retention",
        "net promoter score",
        "gross profit",
        "gross margin",
        "cash flow software",
    ],
)
def test_what_a_seller_can_steer_is_in_remit(text: str):
    assert find_unsteerable_results(text) == ()


@pytest.mark.parametrize("text", ["net profit", "Net margin", "net income", "EBIT", "share price", "free cash flow"])
def test_what_only_the_company_steers_is_outside_remit(text: str):
    assert [remark.rule for remark in find_unsteerable_results(text)] == [REMIT]


@pytest.mark.parametrize(
    "text",
    [
        "Help desk tickets close in a day.",
        "Support tickets close.",
        "Win it by 31 May.",
        "Start in May.",
        "Lead the team.",
    ],
)
def test_nouns_and_months_are_no_weak_verbs(text: str):
    assert find_weak_words(text) == ()


def test_may_as_a_verb_is_weak():
    assert [remark.words for remark in find_weak_words("You may win some. It may start on may day")] == [
        "may",
        "may",
        "may",
    ]


@pytest.mark.parametrize(
    "text", ["at least 5 or more", "no more than 3", "less than 4 hours", "cost-effective", "goods"]
)
def test_a_bounded_comparison_is_not_vague(text: str):
    assert find_vague_words(text) == ()


@pytest.mark.parametrize("text", ["timely replies", "several visits", "calls, emails, etc.", "an excellent forecast"])
def test_praise_and_loose_amounts_are_vague(text: str):
    assert [remark.rule for remark in find_vague_words(text)] == [VAGUE]


def test_a_title_that_shuts_people_out_is_remarked_on():
    assert [remark.words for remark in check_title("Sales Ninja (salesman)")] == ["Ninja", "salesman"]
    assert check_title("Account Executive, Chairman's Club") == ()


@settings(deadline=None)
@given(st.text())
def test_the_rules_read_any_text(text: str):
    for remark in lint(text):
        assert text[remark.start : remark.end] == remark.words
