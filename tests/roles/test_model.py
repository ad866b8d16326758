"""A role changes by giving another role: what is named changes, everything else stays, and nothing is lost."""

from dataclasses import FrozenInstanceError, replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.support import make
from workbench.core.shape import InvalidData, digest, structure, unstructure
from workbench.metrics.model import Period
from workbench.roles.expectations import settle_basis
from workbench.roles.model import (
    Accountability,
    Basis,
    Comparator,
    Expectation,
    Pay,
    PayPeriod,
    Role,
    with_expectation,
    with_question,
)
from workbench.roles.parts.model import without_expectation, without_question

KEYS = st.lists(st.sampled_from(["north", "south", "west", "nobody", ""]), max_size=6)


def keys(role: Role) -> list[str]:
    return [item.key for item in role.accountabilities]


def test_a_role_is_frozen():
    with pytest.raises(FrozenInstanceError):
        make.role().title = "Another"  # type: ignore[misc]


def test_a_pay_that_is_not_released_is_left_out_and_a_released_one_stays():
    hidden, shown = (make.role(pay=Pay(minimum=5_000_000, released=released)) for released in (False, True))
    assert hidden.without_unreleased_pay() == replace(hidden, pay=Pay())
    assert shown.without_unreleased_pay() == shown


def test_an_accountability_is_found_by_its_key():
    assert make.role().accountability("south").scope == "The south territory"
    with pytest.raises(KeyError, match="nobody"):
        make.role().accountability("nobody")


def test_an_accountability_takes_its_own_place_and_a_new_one_the_last():
    role = make.role().with_accountability(replace(make.accountability("south"), share=55))
    assert keys(role) == ["north", "south", "west"]
    assert role.accountability("south").share == 55
    assert keys(role.with_accountability(Accountability("east"))) == ["north", "south", "west", "east"]


def test_an_accountability_goes_with_all_that_follows_from_it():
    role = make.role().without_accountability("south")
    assert keys(role) == ["north", "west"]
    assert "south" not in str(unstructure(role))
    assert make.role().without_accountability("nobody") == make.role()


@given(KEYS)
def test_an_order_never_loses_or_doubles_an_accountability(order: list[str]):
    with_order = make.role().with_order(order)
    assert sorted(keys(with_order)) == ["north", "south", "west"]
    assert keys(make.role().with_order(keys(with_order))) == keys(with_order)


def test_those_not_named_keep_their_order_at_the_end():
    assert keys(make.role().with_order(["west"])) == ["west", "north", "south"]


def test_expectations_and_questions_are_gone_through_in_order_with_their_accountability():
    role = make.role()
    assert [(item.key, expectation.key) for item, expectation in role.expectations()][:3] == [
        ("north", "north-held"),
        ("north", "north-won"),
        ("south", "south-held"),
    ]
    assert [(item.key, question.key) for item, question in role.questions()] == [
        (key, f"{key}-ask") for key in ("north", "south", "west")
    ]


def test_parts_of_an_accountability_are_put_in_and_taken_out_by_key():
    item = make.accountability()
    changed = with_expectation(item, replace(item.expectations[0], we_will="We listen."))
    assert [part.we_will for part in changed.expectations] == ["We listen.", item.expectations[1].we_will]
    assert len(with_expectation(item, make.expectation(key="new")).expectations) == 3
    assert without_expectation(item, "first-held").expectations == item.expectations[1:]
    assert with_question(item, make.question("first-ask", minutes=9)).questions[0].minutes == 9
    assert len(with_question(item, make.question("new")).questions) == 2
    assert without_question(item, "first-ask").questions == ()


def test_parts_of_an_accountability_are_found_by_key():
    item = make.accountability()
    assert item.expectation("first-held") is item.expectations[0]
    assert item.question("first-ask") is item.questions[0]
    with pytest.raises(KeyError, match="nobody"):
        item.expectation("nobody")
    with pytest.raises(KeyError, match="nobody"):
        item.question("nobody")


def test_a_role_and_its_plain_data_say_the_same():
    assert structure(Role, unstructure(make.role())) == make.role()
    assert digest(make.role()) == digest(structure(Role, unstructure(make.role())))
    assert digest(make.role()) != digest(make.role("Another"))


OLD = {"title": "Account Executive", "pay": {"minimum": 6_500_000, "currency": "EUR", "period": "month"}}


def test_a_role_of_the_first_schema_carries_the_currency_of_its_pay():
    role = structure(Role, OLD)
    assert (role.currency, role.pay) == ("EUR", Pay(minimum=6_500_000, period=PayPeriod.MONTH))
    assert unstructure(role) == {
        "title": "Account Executive",
        "currency": "EUR",
        "pay": {"minimum": 6_500_000, "period": "month"},
    }
    assert structure(Role, {"title": "Closer", "pay": {"currency": "USD"}}) == Role("Closer")
    assert OLD["pay"]["currency"] == "EUR"


def test_a_role_of_the_first_schema_is_checked_like_any_other():
    with pytest.raises(InvalidData) as raised:
        structure(Role, {"pay": {"currency": 7, "curency": "EUR"}, "titel": "Closer"})
    assert {fault.path for fault in raised.value.faults} == {"currency", "pay.curency", "titel", "title"}
    for wrong in ("Closer", 7, ["Closer"]):
        with pytest.raises(InvalidData):
            structure(Role, wrong)


def proposal(**changes: object) -> Basis:
    """Return the basis that a placeholder has after a change."""
    before = make.expectation(basis=Basis.PLACEHOLDER)
    return settle_basis(before, replace(before, **changes)).basis


def test_a_number_that_somebody_changes_is_proposed():
    assert proposal(value=Decimal(12)) is Basis.PROPOSED
    assert proposal(period=Period.MONTH) is Basis.PROPOSED
    assert proposal(comparator=Comparator.AT_MOST) is Basis.PROPOSED
    assert proposal(due=date(2027, 3, 31)) is Basis.PROPOSED


def test_words_around_a_placeholder_do_not_make_it_anybodys_number():
    assert proposal(source="The board", we_will="We coach.", qualifier="in the north") is Basis.PLACEHOLDER


def test_a_basis_that_is_chosen_together_with_the_number_counts():
    assert proposal(value=Decimal(12), basis=Basis.AGREED) is Basis.AGREED
    assert proposal(value=Decimal(12), basis=Basis.PLANNER) is Basis.PLANNER
    assert proposal(basis=Basis.AGREED) is Basis.AGREED


@pytest.mark.parametrize("basis", [Basis.AGREED, Basis.PLANNER])
@pytest.mark.parametrize("change", [{"value": Decimal(12)}, {"qualifier": "in the north"}, {"metric": "calls"}])
def test_a_number_that_was_agreed_or_worked_out_is_proposed_once_it_changes(basis: Basis, change: dict[str, object]):
    before = make.expectation(basis=basis, planner_query="target=1")
    after = settle_basis(before, replace(before, **change))
    assert (after.basis, after.planner_query) == (Basis.PROPOSED, "")
    assert settle_basis(before, replace(before, source="The board")).planner_query == "target=1"


def test_a_number_never_becomes_a_placeholder_again():
    before = make.expectation(basis=Basis.PROPOSED)
    assert settle_basis(before, replace(before, basis=Basis.PLACEHOLDER)).basis is Basis.PROPOSED
    agreed = make.expectation()
    assert settle_basis(agreed, replace(agreed, basis=Basis.PLACEHOLDER)).basis is Basis.AGREED


def test_there_is_nothing_to_agree_while_there_is_no_number():
    assert proposal(value=None, basis=Basis.AGREED) is Basis.PROPOSED
    assert not settle_basis(make.expectation(), make.expectation(value=None)).agreed


def test_data_from_before_there_were_proposals_are_read_as_they_were():
    for basis in ("placeholder", "planner", "agreed"):
        assert structure(Expectation, {"key": "k", "metric": "calls", "basis": basis}).basis.value == basis
