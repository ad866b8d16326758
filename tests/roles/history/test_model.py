"""The names of parts, and one change undone among others."""

from dataclasses import replace

import pytest

from tests.support import make
from workbench.core.edits import EVERYTHING
from workbench.roles.history.model import label_of_part, undo
from workbench.roles.model import Duty, Role, with_expectation, with_question
from workbench.roles.parts.model import without_expectation

ROLE = make.role(duties=(Duty("Calls customers"), Duty("Keeps the CRM clean")))


@pytest.mark.parametrize(
    ("part", "label"),
    [
        ("duties", "Duties"),
        ("seat", "Title and place"),
        ("pay", "Pay"),
        ("conditions", "Conditions"),
        ("hard-parts", "Hard parts"),
        ("purpose/why-needed", "Why the company needs it"),
        ("accountabilities", "Key accountabilities"),
        ("accountabilities/north", "“Win new customers in the north territory”"),
        ("accountabilities/north/outcome", "“Win new customers in the north territory”"),
        ("accountabilities/north/supports", "The support of “Win new customers in the north territory”"),
        ("accountabilities/north/questions/north-ask", "A question of “Win new customers in the north territory”"),
        ("accountabilities/gone/expectations/one", "A target of a new accountability"),
        (EVERYTHING, "The whole role"),
        ("targets", "The targets"),
    ],
)
def test_a_part_is_named_as_a_reader_knows_it(part: str, label: str):
    assert label_of_part(part, ROLE) == label


def test_a_removed_accountability_is_named_by_the_state_before():
    assert label_of_part("accountabilities/north", ROLE.without_accountability("north"), ROLE).startswith("“Win new")


def test_an_undone_removal_is_at_its_place_with_all_that_was_in_it():
    after = ROLE.without_accountability("south")
    assert undo(after, ROLE, after) == ROLE


def test_what_was_written_after_a_removal_stays_when_it_is_undone():
    after = ROLE.without_accountability("south")
    north = replace(after.accountability("north"), outcome="Win the north")
    later = replace(after.with_accountability(north), summary="Another summary.")
    result = undo(later, ROLE, after)
    assert [item.key for item in result.accountabilities] == ["north", "south", "west"]
    assert result.accountability("north").outcome == "Win the north"
    assert result.summary == "Another summary."
    assert result.accountability("south") == ROLE.accountability("south")


def test_the_last_accountability_of_all_comes_back():
    only = replace(ROLE, accountabilities=ROLE.accountabilities[:1])
    empty = only.without_accountability("north")
    assert undo(empty, only, empty) == only
    fresh = make.accountability("fresh")
    both = undo(empty.with_accountability(fresh), only, empty).accountabilities
    assert {item.key for item in both} == {"north", "fresh"}


def test_an_undone_removal_of_an_expectation_leaves_a_new_question_alone():
    item = ROLE.accountability("north")
    after = ROLE.with_accountability(without_expectation(item, "north-held"))
    later = after.with_accountability(with_question(after.accountability("north"), make.question("more")))
    result = undo(later, ROLE, after).accountability("north")
    assert [each.key for each in result.expectations] == ["north-held", "north-won"]
    assert [each.key for each in result.questions] == ["north-ask", "more"]


def test_an_undone_addition_is_gone_unless_it_was_written_into():
    fresh = make.accountability("fresh")
    after = ROLE.with_accountability(fresh)
    assert undo(after, ROLE, after) == ROLE
    written = after.with_accountability(with_expectation(fresh, make.expectation("calls")))
    assert undo(written, ROLE, after) == written


def test_a_text_that_was_changed_once_more_stays_as_it_is_now():
    after = replace(ROLE, summary="Second.")
    assert undo(after, ROLE, after) == ROLE
    now = replace(ROLE, summary="Third.")
    assert undo(now, ROLE, after) == now


def test_a_removed_row_comes_back_unless_its_list_was_changed_since():
    after = replace(ROLE, duties=ROLE.duties[1:])
    assert undo(after, ROLE, after) == ROLE
    now = replace(ROLE, duties=(Duty("Something else"),))
    assert undo(now, ROLE, after) == now


def test_a_new_order_is_undone_and_a_later_order_is_kept():
    after = ROLE.with_order(["west", "north", "south"])
    assert undo(after, ROLE, after) == ROLE
    later = after.with_order(["south", "west", "north"])
    assert [item.key for item in undo(later, ROLE, after).accountabilities] == ["south", "west", "north"]


def test_an_item_that_was_removed_later_stays_removed():
    changed = replace(ROLE.accountability("south"), outcome="Win the south")
    after = ROLE.with_accountability(changed)
    now = after.without_accountability("south")
    assert undo(now, ROLE, after) == now


def test_a_role_from_nothing_is_undone_to_nothing():
    empty = Role(title="Closer")
    full = replace(ROLE, title="Closer")
    assert undo(full, empty, full) == empty
