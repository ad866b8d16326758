"""Parts of a role: listed with their origin, added with free keys and placeholders, copied, moved and put in order."""

from dataclasses import replace
from decimal import Decimal

import pytest

from tests.support import make
from workbench.metrics.model import Unit
from workbench.roles.library import library
from workbench.roles.model import Basis, Duty, Qualification, Role
from workbench.roles.parts import model
from workbench.roles.parts.model import LibraryPart, PartKind, PartOrigin

ORIGIN = PartOrigin("library/vp-sales", "VP Sales")


def parts_of(role: Role, kind: PartKind) -> list[LibraryPart]:
    return [part for part in model.list_parts(role, ORIGIN) if part.kind is kind]


def keys_of(role: Role) -> list[str]:
    keys = [item.key for item in role.accountabilities]
    return keys + [part.key for item in role.accountabilities for part in (*item.expectations, *item.questions)]


def test_every_part_of_a_role_is_listed_with_its_text_and_its_accountability():
    role = library()["vp-sales"]
    assert {part.kind for part in model.list_parts(role, ORIGIN)} == set(PartKind)
    question = parts_of(role, PartKind.QUESTION)[0]
    first = role.accountabilities[0]
    assert (question.text, question.outcome) == (first.questions[0].text, first.outcome)
    assert question.id == f"library/vp-sales/questions/{first.questions[0].key}"
    assert parts_of(role, PartKind.HARD_PART)[1].id == "library/vp-sales/hard-parts/1"
    ids = [part.id for part in model.list_parts(role, ORIGIN)]
    assert len(ids) == len(set(ids))


def test_the_parts_of_one_kind_are_listed_alone():
    role = library()["vp-sales"]
    for kind in PartKind:
        assert list(model.list_parts(role, ORIGIN, kind)) == parts_of(role, kind)


def test_a_part_without_a_text_is_not_offered():
    assert not parts_of(Role("Closer", duties=(Duty(""),)), PartKind.DUTY)


def test_a_whole_accountability_is_added_with_its_targets_and_questions():
    part = parts_of(library("GBP")["vp-sales"], PartKind.ACCOUNTABILITY)[0]
    role, place = model.add_part(Role("Closer", currency="GBP"), part)
    assert role.accountabilities == (part.value,), (
        "free keys are kept, and the library's amounts are in the role's currency"
    )
    assert place == f"accountabilities/{role.accountabilities[0].key}"


def test_keys_that_are_in_use_are_replaced_everywhere():
    part = parts_of(make.role(), PartKind.ACCOUNTABILITY)[0]
    fresh = iter(["north", "new-1", "new-2", "new-3", "new-4"])  # the first one is in use too
    role, place = model.add_part(make.role(), part, make_key=lambda: next(fresh))
    assert place == "accountabilities/new-1"
    assert len(keys_of(role)) == len(set(keys_of(role)))
    assert role.accountabilities[:3] == make.role().accountabilities
    assert role.accountability("new-1").outcome == part.text


def test_numbers_are_placeholders_again_and_amounts_in_another_currency_are_left_out():
    role = make.role()
    item = role.accountabilities[0]
    money = replace(item.expectations[0], unit=Unit.MONEY, value=Decimal(9), basis=Basis.AGREED, planner_query="x=1")
    source = replace(role, currency="USD").with_accountability(replace(item, expectations=(money,)))
    part = parts_of(source, PartKind.ACCOUNTABILITY)[0]
    for currency, value in (("USD", Decimal(9)), ("EUR", None)):
        target = model.add_part(Role("Closer", currency=currency), part)[0].accountabilities[0].expectations[0]
        assert (target.basis, target.planner_query, target.value) == (Basis.PLACEHOLDER, "", value)


def test_a_target_and_a_question_go_to_the_accountability_that_is_chosen():
    source, role = library()["vp-sales"], make.role()
    target, question = parts_of(source, PartKind.EXPECTATION)[0], parts_of(source, PartKind.QUESTION)[0]
    role, place = model.add_part(role, target, "south")
    assert place.startswith("accountabilities/south/expectations/")
    role, place = model.add_part(role, question, "south")
    assert place.startswith("accountabilities/south/questions/")
    item = role.accountability("south")
    assert model.part_text(item.expectations[-1], "USD") == target.text
    assert item.questions[-1].text == question.text
    with pytest.raises(KeyError):
        model.add_part(role, question, "nowhere")


def test_lines_go_to_the_end_of_their_lists():
    source, role = library()["vp-sales"], make.role()
    for kind in (PartKind.DUTY, PartKind.QUALIFICATION, PartKind.HARD_PART):
        part = parts_of(source, kind)[0]
        role, place = model.add_part(role, part)
        assert place == kind.value
        assert part.text in model.texts_in(role, kind)
    assert isinstance(role.duties[-1], Duty)
    assert isinstance(role.qualifications[-1], Qualification)


def test_a_copy_of_an_accountability_is_behind_it_and_agrees_nothing():
    role = make.role()
    item = role.accountability("north")
    agreed = replace(item.expectations[0], basis=Basis.AGREED)
    role = role.with_accountability(replace(item, expectations=(agreed, *item.expectations[1:])))
    copied, key = model.copy_accountability(role, "north")
    assert [each.key for each in copied.accountabilities] == ["north", key, "south", "west"]
    assert copied.accountability(key).outcome == item.outcome
    assert copied.accountability(key).expectations[0].basis is Basis.PROPOSED
    assert len(keys_of(copied)) == len(set(keys_of(copied)))
    with pytest.raises(KeyError):
        model.copy_accountability(role, "nowhere")


@pytest.mark.parametrize(("what", "key"), [("expectations", "north-held"), ("questions", "north-ask")])
def test_a_target_or_a_question_moves_to_another_accountability(what: str, key: str):
    role = make.role()
    moved = model.move_item(role, "north", key, "west")
    assert key not in [part.key for part in getattr(moved.accountability("north"), what)]
    assert getattr(moved.accountability("west"), what)[-1].key == key
    assert sorted(keys_of(moved)) == sorted(keys_of(role))
    assert model.move_item(role, "north", key, "north") == role
    with pytest.raises(KeyError):
        model.move_item(role, "north", key, "nowhere")


def test_targets_and_questions_take_the_order_that_is_asked_for():
    item = make.role().accountability("north")
    keys = [part.key for part in item.expectations]
    turned = model.order_items(item, "expectations", [keys[-1], "unknown"])
    assert [part.key for part in turned.expectations] == [keys[-1], *keys[:-1]]
    assert model.order_items(item, "questions", []) == item
