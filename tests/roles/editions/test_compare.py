"""Two roles compared word by word."""

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.support import make
from workbench.core.shape import digest
from workbench.metrics.catalogue import catalogue
from workbench.roles.editions.compare import compare, compare_words
from workbench.roles.model import (
    Accountability,
    Administration,
    Basis,
    Duty,
    Expectation,
    Pay,
    Purpose,
    Question,
    Role,
    Supports,
)


def test_equal_roles_have_no_changes():
    assert compare(make.role(), make.role()) == ()


def test_one_changed_word_is_shown_as_gone_and_new_among_the_same():
    older = make.role(purpose=Purpose(why_needed="Nobody calls new customers today."))
    newer = make.role(purpose=Purpose(why_needed="Nobody visits new customers today."))

    (change,) = compare(older, newer)

    assert change.place == "Why the company needs it"
    assert [(run.kind, run.text) for run in change.runs] == [
        ("same", "Nobody "),
        ("removed", "calls "),
        ("added", "visits "),
        ("same", "new customers today."),
    ]


def test_a_moved_accountability_is_a_changed_order_and_nothing_else():
    first, second = make.accountability("first"), make.accountability("second")
    older, newer = make.role(accountabilities=(first, second)), make.role(accountabilities=(second, first))

    assert [change.place for change in compare(older, newer)] == ["Order of the accountabilities"]


def test_an_expectation_that_is_gone_is_struck_through_whole():
    item = make.accountability("first")
    older = make.role(accountabilities=(item,))
    newer = make.role(accountabilities=(make.without_expectations(item),))

    removed = [change for change in compare(older, newer) if change.place.endswith("expectation")]

    assert len(removed) == len(item.expectations)
    assert {run.kind for change in removed for run in change.runs} == {"removed"}


@given(st.text(), st.text())
def test_the_runs_give_both_texts_back(older: str, newer: str):
    runs = compare_words(older, newer)

    assert "".join(run.text for run in runs if run.kind != "added") == older
    assert "".join(run.text for run in runs if run.kind != "removed") == newer


def with_question(role: Role, **changes: object) -> Role:
    """Return the role with a change in the first question of its first accountability."""
    first, *others = role.accountabilities
    question, *rest = first.questions
    changed = replace(first, questions=(replace(question, **changes), *rest))  # type: ignore[arg-type]
    return replace(role, accountabilities=(changed, *others))


def with_expectation(role: Role, **changes: object) -> Role:
    """Return the role with a change in the first expectation of its first accountability."""
    first, *others = role.accountabilities
    expectation, *rest = first.expectations
    changed = replace(first, expectations=(replace(expectation, **changes), *rest))  # type: ignore[arg-type]
    return replace(role, accountabilities=(changed, *others))


def with_turned_questions(role: Role) -> Role:
    """Return the role with the questions of its first accountability in the opposite order."""
    first, *others = role.accountabilities
    return replace(role, accountabilities=(replace(first, questions=first.questions[::-1]), *others))


def sample() -> Role:
    """Build a role whose first accountability has two questions, and whose pay is known."""
    first = replace(
        make.accountability("first"), questions=(make.question("one"), replace(make.question("two"), text="Two?"))
    )
    return make.role(accountabilities=(first, make.accountability("second")), pay=Pay(50_000_00, 60_000_00))


@pytest.mark.parametrize(
    ("change", "place"),
    [
        (lambda role: replace(role, pay=replace(role.pay, minimum=50_000_50)), "Pay"),
        (lambda role: replace(role, pay=replace(role.pay, released=True)), "Pay"),
        (lambda role: replace(role, pay=replace(Pay(), period="month")), "Pay"),
        (lambda role: with_question(role, competency="Patience"), "Accountability 1: question"),
        (lambda role: with_question(role, probes=("One\nTwo",)), "Accountability 1: question"),
        (with_turned_questions, "Accountability 1: order of the questions"),
        (lambda role: with_expectation(role, basis=Basis.PROPOSED), "Accountability 1: expectation"),
        (lambda role: with_expectation(role, planner_query="goal=9"), "Accountability 1: expectation, plan"),
        (lambda role: with_expectation(role, unit=None), "Accountability 1: expectation"),
        (lambda role: replace(role, hard_parts=(*role.hard_parts, "")), "Hard parts"),
    ],
)
def test_a_change_of_one_field_is_named_by_its_place(change: Callable[[Role], Role], place: str):
    older = sample()
    newer = change(older)

    assert place in [difference.place.removesuffix(", unit") for difference in compare(older, newer)]


def test_a_line_with_a_break_is_not_two_lines():
    older, newer = make.role(hard_parts=("One\nTwo",)), make.role(hard_parts=("One", "Two"))

    (change,) = compare(older, newer)

    assert "".join(run.text for run in change.runs if run.kind != "removed") == "1. One\n2. Two"


def test_a_field_that_the_text_does_not_show_has_a_difference_beside_the_text():
    older = sample()
    newer = with_expectation(older, planner_query="goal=9", source="The new report")

    assert [change.place for change in compare(older, newer)] == [
        "Accountability 1: expectation",
        "Accountability 1: expectation, plan",
    ]


def test_new_words_of_an_accountability_are_no_new_order():
    older = sample()
    first, second = older.accountabilities
    newer = replace(older, accountabilities=(replace(first, outcome="Other words"), second))

    assert [change.place for change in compare(older, newer)] == ["Accountability 1: outcome"]


# Few values, so that two drawn roles are often alike but for a detail.
FEW = st.sampled_from(["", "a", "b", "a b", "a\nb", "a (essential)", "1. a"])
KEYS = st.sampled_from(["k1", "k2", "k3"])


def parts_of(kind: type, **values: st.SearchStrategy[object]) -> st.SearchStrategy[tuple[object, ...]]:
    """Draw up to three parts of a kind with keys that may be the same."""
    return st.lists(st.builds(kind, **values), max_size=3).map(tuple)


EXPECTATIONS = parts_of(
    Expectation,
    key=KEYS,
    metric=st.sampled_from(["calls", "win_rate_n", ""]),
    value=st.sampled_from([None, Decimal(0), Decimal(7)]),
    due=st.none(),
    qualifier=FEW,
    source=FEW,
    we_will=FEW,
    planner_query=FEW,
    own_metric=st.sampled_from([None, catalogue()["calls"], replace(catalogue()["calls"], why="a")]),
)
QUESTIONS = parts_of(Question, key=KEYS, text=FEW, competency=FEW, probes=st.lists(FEW, max_size=2).map(tuple))
ACCOUNTABILITIES = parts_of(
    Accountability,
    key=KEYS,
    outcome=FEW,
    success_factor=FEW,
    function=FEW,
    scope=FEW,
    reason=FEW,
    share=st.integers(0, 2),
    supports=st.builds(Supports, skills=st.lists(FEW, max_size=2).map(tuple)),
    expectations=EXPECTATIONS,
    questions=QUESTIONS,
)
ROLES = st.builds(
    Role,
    title=FEW,
    currency=st.sampled_from(["USD", "GBP"]),
    summary=FEW,
    accountabilities=ACCOUNTABILITIES,
    duties=parts_of(Duty, text=FEW),
    hard_parts=st.lists(FEW, max_size=2).map(tuple),
    pay=st.builds(Pay, minimum=st.sampled_from([None, 0, 1]), maximum=st.none(), variable=FEW, benefits=FEW),
)


def one_change(role: Role, other: Role, name: str) -> Role:
    """Return the role with one field of another."""
    return replace(role, **{name: getattr(other, name)})  # type: ignore[arg-type]


@pytest.mark.slow("compares many roles")
@given(ROLES, ROLES, st.sampled_from(["title", "accountabilities", "duties", "hard_parts", "pay"]))
@settings(max_examples=40)
def test_any_two_roles_with_different_fingerprints_have_a_difference(older: Role, other: Role, name: str):
    newer = one_change(older, other, name)

    assert bool(compare(older, newer)) is (digest(older) != digest(newer))
    assert bool(compare(newer, older)) is (digest(older) != digest(newer))


def test_a_headcount_is_a_number_and_no_share_of_time():
    (change,) = compare(make.role(), make.role(administration=Administration(headcount=2)))
    assert change.place == "For HR: headcount"
    assert [run.text for run in change.runs] == ["2"]
