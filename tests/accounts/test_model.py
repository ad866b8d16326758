"""Who may do what, said once more in sentences."""

import pytest
from hypothesis import given
from hypothesis import strategies as some

from workbench.accounts.model import Kind, Person, Relation, Thing
from workbench.accounts.permissions import Act, kinds_of_things, may, may_sometimes
from workbench.grants import PERMISSIONS

LEADER = Person(1, "Lea", "lea@example.com", Kind.LEADER)
OTHER = Person(2, "Otto", "otto@example.com", Kind.LEADER)
HR = Person(3, "Hana", "hana@example.com", Kind.HR)
INTERVIEWER = Person(4, "Ivo", "ivo@example.com", Kind.INTERVIEWER)
ADMIN = Person(5, "Ana", "ana@example.com", Kind.ADMIN)
EVERYBODY = (LEADER, OTHER, HR, INTERVIEWER, ADMIN)


def who_may(act: str, kind: str, owner: int | None = 1) -> set[str]:
    return {person.name for person in EVERYBODY if may(person, act, Thing(kind, owner))}


@pytest.mark.parametrize(
    ("act", "kind", "people"),
    [
        ("read", "draft", {"Lea", "Hana"}),
        ("edit", "draft", {"Lea"}),
        ("publish", "draft", {"Lea"}),
        ("print", "draft", {"Lea", "Hana"}),
        ("read", "edition", {"Lea", "Otto", "Hana"}),
        ("print", "edition", {"Lea", "Hana"}),
        ("retire", "edition", {"Lea"}),
        ("read", "pay", {"Lea", "Hana"}),
        ("read", "interview-kit", {"Lea", "Otto", "Hana", "Ivo"}),
        ("read", "position-description", {"Lea", "Otto", "Hana", "Ivo"}),
        ("read", "accountability-brief", {"Lea", "Otto", "Hana"}),
        ("read", "starter-metrics", {"Lea", "Otto", "Hana"}),
        ("edit", "person", {"Ana"}),
        ("edit", "settings", {"Ana", "Hana"}),
        ("read", "audit", {"Ana", "Hana"}),
        ("read", "library", {"Lea", "Otto", "Hana", "Ivo", "Ana"}),
        ("edit", "account", {"Lea"}),
        ("edit", "audit", set()),
    ],
)
def test_who_may_do_what_to_a_thing_of_lea(act, kind, people):
    assert who_may(act, kind) == people


def test_only_leaders_begin_drafts():
    assert who_may(Act.CREATE, "draft", None) == {"Lea", "Otto"}


def test_an_admin_reads_no_draft_and_no_paper():
    kinds = [kind for kind in kinds_of_things() if kind not in {"account", "library", "person", "settings", "audit"}]
    assert not [kind for kind in kinds for act in ("read", "edit", "print") if may(ADMIN, act, Thing(kind, 1))]


def test_somebody_who_has_left_may_do_nothing():
    left = Person(1, "Lea", "lea@example.com", Kind.LEADER, active=False)
    assert not any(may(left, act, Thing("draft", 1)) for act in ("read", "edit", "create"))


def test_a_thing_that_nobody_described_is_a_mistake():
    with pytest.raises(KeyError):
        may(HR, Act.READ, Thing("secret"))


def test_a_view_may_be_asked_for_if_only_for_ones_own():
    assert may_sometimes(LEADER, Act.EDIT, "draft")
    assert not may_sometimes(ADMIN, Act.EDIT, "draft")


def test_an_unknown_act_is_a_mistake():
    with pytest.raises(ValueError, match="creat"):
        may(HR, "creat", Thing("draft"))


@given(some.sampled_from(kinds_of_things()), some.sampled_from(Act), some.integers(1, 9), some.sampled_from(EVERYBODY))
def test_what_no_capability_grants_is_not_allowed(kind, act, owner, person):
    relations = {None, Relation.OWNER} if owner == person.id else {None}
    granted = any(
        grant.thing == kind and act in grant.acts and person.kind in grant.people and grant.relation in relations
        for table in PERMISSIONS
        for grant in table
    )
    assert may(person, act, Thing(kind, owner)) is granted


@given(some.sampled_from(kinds_of_things()), some.sampled_from(Act), some.sampled_from(EVERYBODY))
def test_ones_own_thing_is_never_further_away_than_anothers(kind, act, person):
    assert may(person, act, Thing(kind, person.id)) >= may(person, act, Thing(kind, 99))


def test_a_relation_counts_as_it_does_for_an_owner():
    shared = Thing("draft", 99, others=frozenset({(Relation.OWNER, LEADER.id)}))
    assert may(LEADER, Act.EDIT, shared)
    assert not may(OTHER, Act.EDIT, shared)
