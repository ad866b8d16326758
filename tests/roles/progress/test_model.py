"""Each part of a draft says what it is: empty, from the library, yours or agreed, by its content alone."""

from collections.abc import Iterable
from dataclasses import replace

import pytest

from tests.support import make
from workbench.roles.library import library
from workbench.roles.model import Accountability, Basis, Expectation, Pay, Purpose, Question, QuestionKind, Role
from workbench.roles.progress.model import (
    PartState,
    RolePart,
    find_part,
    find_position,
    is_begun,
    is_blank,
    library_digests,
    next_open,
    part_digest,
    parts_of,
)

EMPTY, LIBRARY, YOURS, AGREED = PartState
READY = library()["account-executive-mid-market"]
FIRST = READY.accountabilities[0]
OUTCOME = f"accountabilities/{FIRST.key}"


def states(parts: Iterable[RolePart]) -> dict[str, PartState]:
    return {part.place: part.state for part in parts}


def state(role: Role, place: str, **own_parts: str) -> PartState:
    return states(parts_of(role, own_parts))[place]


def test_a_role_with_a_title_alone_is_empty_everywhere():
    parts = parts_of(Role("Closer"), {})
    assert set(states(parts).values()) == {EMPTY}
    assert not is_begun(parts)
    assert [part.label for part in parts][:2] == ["Title and place", "Summary"]
    assert find_part(parts, "accountabilities").label == "Key accountabilities"


@pytest.mark.parametrize("name", library())
def test_an_adapted_role_is_the_library_s_until_somebody_changes_it(name: str):
    found = states(parts_of(library()[name], {}))
    assert found.pop("pay") is EMPTY
    assert set(found.values()) <= {LIBRARY, EMPTY}
    assert EMPTY not in found.values() or found["neighbours"] is EMPTY


def test_a_role_that_was_written_here_is_the_leader_s():
    found = states(parts_of(make.role(), {}))
    assert found["summary"] is YOURS
    assert found["seat"] is YOURS
    assert found["accountabilities/north"] is AGREED
    assert found["duties"] is EMPTY


def test_a_changed_word_makes_a_part_the_leader_s():
    assert state(replace(READY, summary=READY.summary + " Here."), "summary") is YOURS
    assert state(READY.with_accountability(replace(FIRST, scope="Ireland")), OUTCOME) is YOURS


def test_a_list_is_the_library_s_while_each_row_is_from_some_role_of_it():
    other = library()["vp-sales"].duties[0]
    mixed = replace(READY, duties=(*READY.duties[2:], other))
    assert state(mixed, "duties") is LIBRARY
    assert state(replace(READY, duties=(*READY.duties, replace(other, text="Our own."))), "duties") is YOURS


def test_an_accountability_of_another_role_is_the_library_s_under_any_key():
    dropped = replace(library()["vp-sales"].accountabilities[0], key="new-key")
    assert state(make.role().with_accountability(dropped), "accountabilities/new-key") is LIBRARY


def test_a_part_is_found_in_the_currency_of_the_role():
    assert states(parts_of(library("GBP")["account-executive-mid-market"], {})) == states(parts_of(READY, {}))


def test_a_part_that_the_leader_keeps_is_theirs_until_its_text_changes():
    own = {"summary": part_digest(READY, "summary"), "duties": part_digest(READY, "duties")}
    found = states(parts_of(READY, own))
    assert (found["summary"], found["duties"], found["qualifications"]) == (YOURS, YOURS, LIBRARY)
    again = replace(READY, summary=library()["vp-sales"].summary)
    assert states(parts_of(again, own))["summary"] is LIBRARY


def test_a_draft_from_an_edition_is_the_leader_s_throughout():
    assert LIBRARY not in states(parts_of(READY, {}, from_library=False)).values()


def test_an_accountability_is_agreed_when_all_its_numbers_are_and_its_words_are_the_leader_s():
    item = make.accountability("north")
    one = replace(item.expectations[0], basis=Basis.PLANNER)
    role = make.role().with_accountability(replace(item, expectations=(one, item.expectations[1])))
    part = find_part(parts_of(role, {}), "accountabilities/north")
    assert (part.state, part.numbers, part.agreed_numbers) == (YOURS, 2, 1)
    blank = replace(item.expectations[0], value=None)
    role = make.role().with_accountability(replace(item, expectations=(blank,)))
    assert state(role, "accountabilities/north") is YOURS


def test_agreed_numbers_do_not_make_the_library_s_words_the_leader_s():
    agreed = tuple(replace(each, basis=Basis.AGREED) for each in FIRST.expectations)
    assert state(READY.with_accountability(replace(FIRST, expectations=agreed)), OUTCOME) is LIBRARY


def test_pay_is_empty_without_a_range():
    assert state(make.role(pay=Pay(variable="Ten percent.")), "pay") is EMPTY
    assert state(make.role(pay=Pay(minimum=1)), "pay") is YOURS


def test_a_place_inside_a_part_is_in_that_part():
    parts = parts_of(make.role(), {})
    assert find_part(parts, "accountabilities/north/questions/north-ask").label.startswith("Win new customers")
    assert find_part(parts, "nowhere") is None


def test_each_page_of_the_path_knows_its_place():
    parts = parts_of(make.role(), {})
    first, last = find_position(parts, "seat"), find_position(parts, "conditions")
    assert (first.number, first.previous, first.current.place) == (1, None, "seat")
    assert (last.number, last.following) == (len(parts), None)
    middle = find_position(parts, "accountabilities/south/outcome")
    assert (middle.previous.place, middle.following.place) == ("accountabilities/north", "accountabilities/west")
    assert find_position(parts, "accountabilities").current.place == "accountabilities/north"


def test_one_goes_on_where_one_stopped():
    parts = parts_of(READY, {})
    assert next_open(parts, "").place == "seat"
    assert next_open(parts, "duties").place == "duties"
    kept = parts_of(READY, {"duties": part_digest(READY, "duties")})
    assert next_open(kept, "duties").place == "qualifications"
    done = parts_of(READY, {"conditions": part_digest(READY, "conditions")})
    assert next_open(done, "conditions").place == "seat"
    assert next_open(tuple(replace(part, state=YOURS) for part in parts), "duties") is None


def test_a_place_is_blank_before_the_first_word():
    bare = Accountability(
        "new", expectations=(Expectation("e", ""),), questions=(Question("q", QuestionKind.EXERCISE, ""),)
    )
    role = make.role("Closer", accountabilities=(bare, make.accountability("north")), purpose=Purpose(overall="Why."))
    blank = [
        "purpose/outcomes",
        "duties",
        "accountabilities/new/outcome",
        "accountabilities/new/ownership",
        "accountabilities/new/supports",
        "accountabilities/new/expectations/e",
        "accountabilities/new/questions/q",
    ]
    filled = [
        "purpose/overall",
        "seat",
        "accountabilities",
        "accountabilities/new",
        "accountabilities/new/elsewhere",
        "accountabilities/north/outcome",
        "accountabilities/north/ownership",
        "accountabilities/north/supports",
        "accountabilities/north/expectations/north-held",
        "accountabilities/north/questions/north-ask",
        "nowhere",
    ]
    assert [place for place in blank if not is_blank(role, place)] == []
    assert [place for place in filled if is_blank(role, place)] == []
    assert is_blank(role.with_accountability(Accountability("fresh")), "accountabilities/fresh")
    assert part_digest(role, "accountabilities")


def test_the_digests_of_the_library_are_kept_as_they_were_worked_out():
    assert library_digests.__wrapped__("EUR") == library_digests("EUR")
