"""The packets of a run, laid out before anything is printed."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbench.hiring.model import People
from workbench.packets import model
from workbench.packets.model import PacketEntry, distinct_entries, plan_packets
from workbench.packets.recipes.model import RECIPES, DocumentKind, Reader, Recipe, find_shipped_recipe

ROUND = People(("Ina Vogt", "Raj Rao"), ("Candidate A", "Candidate B", "Candidate C"))


def test_each_panel_member_is_given_a_sheet_for_each_candidate():
    packets = plan_packets(find_shipped_recipe("interviewer"), 1, ROUND, "Maya")

    assert [packet.reader for packet in packets] == ["Ina Vogt", "Raj Rao"]
    for packet in packets:
        sheets = [entry for entry in packet.entries if entry.part is DocumentKind.SHEETS]
        assert [(sheet.reader, sheet.about) for sheet in sheets] == [(packet.reader, name) for name in ROUND.candidates]


def test_what_is_about_all_roles_stands_once_before_the_parts_of_each_role():
    first, _ = plan_packets(find_shipped_recipe("interviewer"), 2, replace(ROUND, candidates=("A",)), "Maya")

    assert [(entry.part, entry.role) for entry in first.entries] == [
        (DocumentKind.SCHEDULE, None),
        (DocumentKind.GUIDE, None),
        *((part, role) for role in (0, 1) for part in find_shipped_recipe("interviewer").parts[2:]),
    ]


def test_a_document_without_a_name_is_the_same_for_everybody_and_printed_once():
    entries = distinct_entries(plan_packets(find_shipped_recipe("interviewer"), 1, ROUND, "Maya"))

    parts = [entry.part for entry in entries]
    assert {part: parts.count(part) for part in parts} == {
        DocumentKind.SCHEDULE: 1,
        DocumentKind.GUIDE: 1,
        DocumentKind.POSITION: 1,
        DocumentKind.KIT: 2,
        DocumentKind.EXERCISE: 1,
        DocumentKind.ROLE_PLAY: 1,
        DocumentKind.SHEETS: 6,
    }


def test_a_panel_member_is_given_a_kit_of_their_own_and_everybody_else_one_without_a_name():
    kits = {
        recipe.name: {
            entry.reader
            for packet in plan_packets(recipe, 1, ROUND, "Maya")
            for entry in packet.entries
            if entry.part is DocumentKind.KIT
        }
        for recipe in RECIPES
    }

    assert kits == {
        "interviewer": set(ROUND.panel),
        "candidate": set(),
        "manager": {""},
        "file-copy": {""},
        "records": {""},
    }


def test_the_records_bundle_holds_a_sheet_for_each_candidate_and_panel_member():
    (bundle,) = plan_packets(find_shipped_recipe("records"), 1, ROUND, "Maya")

    pairs = {(entry.reader, entry.about) for entry in bundle.entries if entry.part is DocumentKind.SHEETS}

    assert pairs == {(rater, candidate) for rater in ROUND.panel for candidate in ROUND.candidates}


def test_a_candidate_is_given_the_brief_and_the_exercise_and_nothing_else():
    for packet in plan_packets(find_shipped_recipe("candidate"), 2, ROUND, "Maya"):
        parts = (DocumentKind.BRIEF, DocumentKind.EXERCISE)
        assert packet.entries == tuple(PacketEntry(part, role) for role in (0, 1) for part in parts)


def test_a_candidate_is_given_no_document_of_a_role_that_somebody_else_applies_for():
    first, second = ROUND.candidates[:2]
    packets = plan_packets(find_shipped_recipe("candidate"), 2, ROUND, "Maya", applicants=((first,), (second,)))
    roles = {packet.reader: {entry.role for entry in packet.entries} for packet in packets}
    assert (roles[first], roles[second]) == ({0}, {1})


@pytest.mark.parametrize(
    ("recipe", "people", "part"),
    [
        ("candidate", People(), "candidate"),
        ("interviewer", People(), ""),
        ("interviewer", ROUND, ""),
        ("interviewer", People(("Ina Vogt",), ()), "candidate"),
        ("interviewer", People((), ("Ann Lee",)), "panel"),
    ],
)
def test_a_list_that_does_not_say_who_is_on_the_panel_is_for_the_side_that_is_missing(
    recipe: str, people: People, part: str
):
    assert model.part_of_unmarked(find_shipped_recipe(recipe), people) == part


def test_a_leader_and_the_file_need_nobody_to_be_named():
    assert [packet.reader for packet in plan_packets(find_shipped_recipe("manager"), 1, People(), "Maya")] == ["Maya"]
    assert [packet.reader for packet in plan_packets(find_shipped_recipe("file-copy"), 1, People(), "Maya")] == [
        "The file"
    ]


def some_names(count: int) -> tuple[str, ...]:
    return tuple(f"Person {number}" for number in range(count))


@pytest.mark.parametrize(
    ("recipe", "roles", "people", "message"),
    [
        ("interviewer", 0, ROUND, "Choose at least one role."),
        ("file-copy", 21, ROUND, "Choose at most 20 roles for a run."),
        ("interviewer", 1, People((), ROUND.candidates), "Name the panel members"),
        ("interviewer", 1, People(ROUND.panel, ()), "Name the candidates: there is a score sheet"),
        ("candidate", 1, People(ROUND.panel, ()), "Name the candidates: each of them gets a packet"),
        (
            "manager",
            1,
            People(("Ina", "Ina")),
            r"There are 2 panel members called Ina\. Add something to tell them apart",
        ),
        ("candidate", 1, People((), ("A", "B", "A")), "There are 2 candidates called A"),
        (
            "candidate",
            1,
            People((), ("Ann Lee", "ann lee")),
            "The candidates “Ann Lee” and “ann lee” look like the same",
        ),
        (
            "interviewer",
            1,
            People(some_names(10_000), ("A",)),
            "at most 200 panel members; you named 10,000 panel members",
        ),
        ("candidate", 1, People((), ("x" * 121,)), "Shorten the name “xxx"),
        ("interviewer", 1, People(some_names(50), some_names(50)), r"at most 2,000 documents; this would be 2,605"),
    ],
)
def test_a_run_that_cannot_be_made_says_what_is_missing(recipe: str, roles: int, people: People, message: str):
    with pytest.raises(ValueError, match=message):
        plan_packets(find_shipped_recipe(recipe), roles, people, "Maya")


@given(st.integers(1, 5), st.integers(1, 8), st.integers(1, 8), st.sampled_from(RECIPES))
def test_packets_and_documents_are_as_many_as_people_and_roles_ask_for(
    roles: int, panel: int, names: int, recipe: Recipe
):
    packets = plan_packets(recipe, roles, People(some_names(panel), some_names(names)), "Maya")

    readers = {Reader.PANEL: panel, Reader.CANDIDATE: names, Reader.LEADER: 1, Reader.FILE: 1}[recipe.reader]
    assert len(packets) == len({packet.reader for packet in packets}) == readers
    entries = distinct_entries(packets)
    assert len(entries) == len(set(entries))
    assert set(entries) == {entry for packet in packets for entry in packet.entries}


@given(
    st.integers(1, 3), st.integers(1, 4), st.integers(1, 4), st.sampled_from(RECIPES), st.booleans(), st.integers(0, 60)
)
def test_a_run_is_refused_exactly_when_it_has_more_documents_than_are_allowed(
    roles: int, panel: int, names: int, recipe: Recipe, fillable: bool, max_documents: int
):
    people = People(some_names(panel), some_names(names))
    packets = plan_packets(recipe, roles, people, "Maya", fillable=fillable)
    entries = len(distinct_entries(packets)) + len(packets)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(model, "MAX_DOCUMENTS", max_documents)
        if entries <= max_documents:
            assert plan_packets(recipe, roles, people, "Maya", fillable=fillable) == packets
        else:
            with pytest.raises(ValueError, match=f"this would be {entries}"):
                plan_packets(recipe, roles, people, "Maya", fillable=fillable)


def test_a_million_documents_are_refused_without_laying_them_out(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(model, "PacketEntry", None)
    with pytest.raises(ValueError, match="this would be 804,262"):
        plan_packets(find_shipped_recipe("interviewer"), 20, People(some_names(200), some_names(200)), "Maya")
