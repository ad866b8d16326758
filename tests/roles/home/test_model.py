"""The home page's values: states, labels, what changed since an edition, and titles of copies."""

from datetime import UTC, datetime, timedelta

import pytest

from tests.support import make
from workbench.roles.home.model import (
    LibraryCard,
    RoleEntry,
    RoleFilter,
    RoleState,
    copied_title,
    count_changed_parts,
    first_sentence,
    group_library,
)
from workbench.roles.model import Motion, Purpose

NOW = datetime(2026, 11, 30, 12, tzinfo=UTC)


def entry(**other: object) -> RoleEntry:
    defaults = {"slug": "closer", "title": "Closer", "department": "Sales", "owner_id": 1, "owner": "Lea Berg"}
    return RoleEntry(**defaults | {"readable": True, "created_at": NOW, "changed_at": NOW} | other)


@pytest.mark.parametrize(
    ("newest", "retired", "state"),
    [(None, False, RoleState.DRAFT), (2, False, RoleState.PUBLISHED), (2, True, RoleState.RETIRED)],
)
def test_the_state_of_a_role_is_that_of_its_newest_edition(newest: int | None, retired: bool, state: RoleState):
    assert entry(newest=newest, retired=retired).state is state


def test_a_role_names_its_newest_its_next_and_its_source_edition():
    fresh, old = entry(), entry(newest=2, from_edition="opener/7")
    assert (fresh.newest_label, fresh.next_label, fresh.source_label) == ("", "Edition 1", "")
    assert (old.newest_label, old.next_label, old.source_label) == ("Edition 2", "Edition 3", "Edition 7")


def test_a_filter_that_does_not_exist_counts_as_not_given():
    assert [RoleFilter.read(text) for text in ("mine", "theirs", "")] == [
        RoleFilter.MINE,
        RoleFilter.ALL,
        RoleFilter.ALL,
    ]


def test_parts_count_as_changed_when_their_last_edit_is_later_than_the_edition():
    touched = {
        "summary": {"at": (NOW + timedelta(seconds=1)).isoformat()},
        "duties": {"at": NOW.isoformat()},
        "seat": {"at": (NOW + timedelta(days=1)).isoformat()},
    }
    assert count_changed_parts(touched, NOW) == 2
    assert count_changed_parts(touched, None) == 0


def test_each_copy_has_a_title_of_its_own():
    titles: set[str] = set()
    for _ in range(3):
        titles.add(copied_title("Closer", titles, 120))
    assert titles == {"Copy of Closer", "Copy 2 of Closer", "Copy 3 of Closer"}
    assert copied_title("Copy 2 of Closer", titles, 120) == "Copy 4 of Closer"
    assert copied_title("x" * 120, set(), 120) == f"Copy of {'x' * 112}"


def test_ready_made_roles_are_grouped_by_motion_with_what_is_to_be_agreed():
    roles = {
        "lead": make.role("Sales Manager", motion=Motion.LEAD),
        "hunter": make.role("Closer", motion=Motion.HUNTER, purpose=Purpose("Wins e.g. banks. And more.")),
        "odd": make.role("Adviser", motion=None, summary="Advises. Well.", purpose=Purpose(), accountabilities=()),
    }
    assert group_library(roles) == [
        ("Win new customers", [LibraryCard("hunter", "Closer", "Wins e.g. banks.", 3, 3, 0)]),
        ("Lead a team", [LibraryCard("lead", "Sales Manager", "Win customers who were not ours.", 3, 3, 0)]),
        ("Other roles", [LibraryCard("odd", "Adviser", "Advises.", 0, 0, 0)]),
    ]


def test_a_first_sentence_is_whole():
    assert first_sentence("One (e.g. this) is 3.5 long. Another.") == "One (e.g. this) is 3.5 long."
    assert first_sentence("No end") == "No end"
