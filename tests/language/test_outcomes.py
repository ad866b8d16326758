"""Classifying statements: outcomes, activities and duties."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from workbench.language.model import StatementKind
from workbench.language.outcomes import classify_statement


@pytest.mark.parametrize(
    "statement",
    [
        "Win new customers in the territory", "Customers renew on time", "You own the renewal of every contract",
        "Every inbound lead is answered within a working hour", "Support tickets are answered within a day",
        "Call quality stays above four of five", "Grow each account", "Hold gross margin at 32%",
        "Answer every lead so that none is lost", "Make partner sellers able to run a first meeting",
        "Manage the pipeline so that the forecast holds", "I expect you to win four customers",
        "Follow-up after events happens within two days", "Reduce churn", "Owns the number for the region",
    ],
)  # fmt: skip
def test_a_result_is_an_outcome(statement: str):
    assert classify_statement(statement).kind is StatementKind.OUTCOME


@pytest.mark.parametrize(
    "statement",
    [
        "Make 40 calls a day", "Attend the weekly meeting", "Prospecting", "Cold calling", "Hold first meetings",
        "Sends emails to prospects", "Update the CRM", "Attend meetings as they are scheduled", "Book meetings", "Complete 10 demos a month", "Carries out visits",
        "You will follow up with leads", "Give demos to customers who are in the market",
    ],
)  # fmt: skip
def test_work_is_an_activity(statement: str):
    verdict = classify_statement(statement)
    assert verdict.kind is StatementKind.ACTIVITY
    assert verdict.words in statement
    assert verdict.prompt


@pytest.mark.parametrize(
    "statement",
    [
        "Responsible for CRM data", "Manage the territory", "Managing key accounts", "Support the sales team",
        "Liaise with marketing", "Assist account executives", "CRM hygiene", "Serve as the point of contact",
    ],
)  # fmt: skip
def test_a_post_that_is_held_is_a_duty(statement: str):
    verdict = classify_statement(statement)
    assert verdict.kind is StatementKind.DUTY
    assert verdict.prompt


def test_one_word_of_work_is_still_judged():
    assert classify_statement("Prospect").kind is StatementKind.ACTIVITY


def test_work_with_a_number_is_told_to_become_an_expectation():
    assert "expectation" in classify_statement("Make 40 calls a day").prompt
    assert "expectation" not in classify_statement("Attend meetings").prompt


@pytest.mark.parametrize("statement", ["", " \n", "A pipeline broad enough for the quarter"])
def test_what_cannot_be_told_is_left_alone(statement: str):
    assert classify_statement(statement).kind is StatementKind.UNCLEAR


@settings(deadline=None)
@given(st.text())
def test_any_statement_can_be_judged(statement: str):
    assert classify_statement(statement).reason
