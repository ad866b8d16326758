"""Who may do what, said once more in sentences."""

import pytest
from hypothesis import given
from hypothesis import strategies as some

from workbench.accounts.model import _MAY, Kind, Person, Thing, may, may_sometimes

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
        ("edit", "people", {"Ana"}),
        ("edit", "settings", {"Ana", "Hana"}),
        ("read", "audit", {"Ana", "Hana"}),
        ("read", "library", {"Lea", "Otto", "Hana", "Ivo", "Ana"}),
        ("edit", "account", {"Lea"}),
        ("delete", "audit", set()),
    ],
)
def test_who_may_do_what_to_a_thing_of_lea(act, kind, people):
    assert who_may(act, kind) == people


def test_only_leaders_begin_drafts():
    assert who_may("create", "draft", None) == {"Lea", "Otto"}


def test_an_admin_reads_no_draft_and_no_paper():
    kinds = [kind for kind in _MAY if kind not in {"account", "library", "people", "settings", "audit"}]
    assert not [kind for kind in kinds for act in ("read", "edit", "print") if may(ADMIN, act, Thing(kind, 1))]


def test_somebody_who_has_left_may_do_nothing():
    left = Person(1, "Lea", "lea@example.com", Kind.LEADER, active=False)
    assert not any(may(left, act, Thing("draft", 1)) for act in ("read", "edit", "create"))


def test_a_thing_that_nobody_described_is_a_mistake():
    with pytest.raises(KeyError):
        may(HR, "read", Thing("secret"))


def test_a_view_may_be_asked_for_if_only_for_ones_own():
    assert may_sometimes(LEADER, "edit", "draft")
    assert not may_sometimes(HR, "edit", "draft")


@given(some.sampled_from(sorted(_MAY)), some.text(max_size=12), some.integers(1, 9), some.sampled_from(EVERYBODY))
def test_what_stands_nowhere_is_not_allowed(kind, act, owner, person):
    anybodys, own = _MAY[kind].get(person.kind, ("", ""))
    listed = {*anybodys.split(), *(own.split() if owner == person.id else ())}
    assert may(person, act, Thing(kind, owner)) is (act in listed)


@given(
    some.sampled_from(sorted(_MAY)),
    some.sampled_from(["read", "edit", "print", "publish", "list"]),
    some.sampled_from(EVERYBODY),
)
def test_ones_own_thing_is_never_further_away_than_anothers(kind, act, person):
    assert may(person, act, Thing(kind, person.id)) >= may(person, act, Thing(kind, 99))
