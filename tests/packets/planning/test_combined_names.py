"""Names on one line: told where they may be several people, parted only when somebody says so."""

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.packets.run.test_views import planned
from tests.support.proof import PageClient, words
from tests.support.servers.databases import Database
from workbench.hiring.combined_names import CombinedName, find_combined_names, split_names, turn_names
from workbench.hiring.model import People
from workbench.hiring.people import parse_people
from workbench.packets.tables import PrintRunRow

As = Callable[[str], PageClient]


def of(store: Database, address: str) -> People:
    with store.read() as session:
        return session.get_one(PrintRunRow, int(address.rpartition("/")[2])).request.people


@pytest.mark.parametrize(
    ("name", "parts"),
    [
        ("Ann, Bob", ("Ann", "Bob")),
        ("Berg, Lea", ("Berg", "Lea")),  # nobody can tell, so somebody is asked
        ("Ann Lee,Bob Roy , Zoë Kim", ("Ann Lee", "Bob Roy", "Zoë Kim")),
        ("Ann Lee and Bob Roy", ("Ann Lee", "Bob Roy")),
        ("Ann, Bob, and Cleo & Dan", ("Ann", "Bob", "Cleo", "Dan")),
        ("Lea Berg, PhD, Tom Roy, M.D.", ("Lea Berg, PhD", "Tom Roy, M.D.")),
        ("Li, Ma", ("Li", "Ma")),
    ],
)
def test_a_name_that_may_be_several_people_is_found(name: str, parts: tuple[str, ...]):
    assert find_combined_names([name, name]) == (CombinedName(name, parts),)


@pytest.mark.parametrize(
    "name",
    [
        "Lea Berg", "Lea Berg, PhD", "Lea Berg, Ph.D.", "Lea Berg, Ph. D., MBA", "Tom Roy, Jr.", "Tom Roy III", "Candidate A",
        "Candidate A, 10:30", "Candidate 1, 2", "Anders Anderson", "Ortega y Gasset", "Ann,", ", Ann", "and", "",
    ],
)  # fmt: skip
def test_a_name_that_is_one_person_raises_no_question(name: str):
    assert find_combined_names([name]) == ()


@given(st.lists(st.text("AaBb ,&and.", max_size=12), max_size=4), st.text("AaBb ,&and.", max_size=12))
def test_parting_changes_that_name_alone_and_asks_no_more_of_it(names: list[str], name: str):
    after = split_names(People((*names, name, "Ina"), (name,)), name)
    (parts,) = [each.parts for each in find_combined_names([name])] or [(name,)]

    assert after.candidates == parts
    assert after.panel[-1] == "Ina"
    assert [each for each in after.panel if each not in parts] == [
        each for each in (*names, "Ina") if each not in (name, *parts)
    ]
    assert find_combined_names(after.candidates) == ()


def test_of_many_people_their_number_is_said():
    assert [each.count_in_words for each in find_combined_names(["A, B", "A, B, C", "A, B, C, D, E, F"])] == [
        "two",
        "three",
        "6",
    ]


@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_columns_with_their_headings_are_columns_whatever_parts_them(separator: str):
    lines = [separator.join(row) for row in (("Name", "Part"), ("Ina Vogt", "panel"), ("B", "candidate"))]
    assert parse_people(lines, "panel") == People(("Ina Vogt",), ("B",))


@pytest.mark.parametrize("name", ["Ina Vogt, panel", "Ina Vogt,Interviewer", "B, candidates"])
def test_what_somebody_is_does_not_become_part_of_their_name(name: str):
    with pytest.raises(ValueError, match=r"A name has .* put the headings “name, part” in the first line"):
        parse_people(["Raj Rao", name], "panel")


@pytest.mark.usefixtures("slug")
def test_two_people_on_one_line_are_told_at_the_list_and_at_the_field_and_parted_by_one_button(
    as_: As, store: Database
):
    leader = as_("leader")
    address = planned(leader, panel="Ina Vogt", candidates="Ann, Bob\nLea Berg, PhD", recipe="interviewer")
    message = "“Ann, Bob” is taken as one person. If these are two, put each on a separate line."

    page = words(leader.get(address).page)
    assert message in page
    assert page.count("is taken as one person") == 1
    assert message in words(leader.get(f"{address}/change").page)
    assert of(store, address).candidates == ("Ann, Bob", "Lea Berg, PhD")

    part = "Put Ann and Bob on lines of their own"
    assert leader.fill(address, f"{address}/part", button=part).location == address
    assert of(store, address) == People(("Ina Vogt",), ("Ann", "Bob", "Lea Berg, PhD"))
    assert "is taken as one person" not in words(leader.get(address).page)


@pytest.mark.usefixtures("slug")
def test_of_many_such_names_some_are_named_and_the_others_counted(as_: As):
    leader = as_("leader")
    names = [f"Family{number}, Lea" for number in range(6)]
    page = leader.get(planned(leader, candidates="\n".join(names))).page

    assert len(page.select("form[action$='/part']")) == 4
    assert "2 more names with a comma or an “and” are taken as one person each." in words(page)


@pytest.mark.usefixtures("slug")
def test_parting_that_would_name_somebody_twice_says_so_and_changes_nothing(as_: As, store: Database):
    leader = as_("leader")
    address = planned(leader, candidates="Ann, Bob\nBob")
    answer = leader.fill(address, f"{address}/part", button="Put Ann")

    assert answer.location == f"{address}/change"
    assert "There are 2 candidates called Bob." in words(leader.get(answer.location).page)
    assert of(store, address).candidates == ("Ann, Bob", "Bob")


@pytest.mark.usefixtures("slug")
@pytest.mark.parametrize("name", ["", "Nobody, Here", "Candidate A", "x" * 500])
def test_a_name_that_is_not_there_parts_nobody(as_: As, store: Database, name: str):
    leader = as_("leader")
    address = planned(leader, candidates="Ann, Bob\nCandidate A")
    before = of(store, address)

    assert leader.fill(address, f"{address}/part", name=name).location == address
    assert of(store, address) == before


@pytest.mark.usefixtures("slug")
def test_what_is_printed_or_given_up_is_not_parted_any_more(as_: As, store: Database):
    leader = as_("leader")
    address = planned(leader, candidates="Ann, Bob")
    page = leader.get(address).page
    leader.fill(address, f"{address}/cancel")
    (token,) = {tag["value"] for tag in page.select("main [name='csrf_token']")}

    answer = leader.post(f"{address}/part", data={"name": "Ann, Bob", "csrf_token": token})
    assert answer.location == address
    assert of(store, address).candidates == ("Ann, Bob",)


@pytest.mark.usefixtures("slug")
def test_surnames_before_a_comma_are_turned_round_by_one_button(as_: As, store: Database):
    leader = as_("leader")
    address = planned(
        leader, panel="Vogt, Ina", candidates="Berg, Lea\nHaddad, Omar\nTom Roy, PhD", recipe="interviewer"
    )
    assert "in all 3 of these names" in words(leader.get(address).page)

    assert leader.fill(address, f"{address}/turn", button="Turn these names round").location == address

    assert of(store, address) == People(("Ina Vogt",), ("Lea Berg", "Omar Haddad", "Tom Roy, PhD"))
    assert not leader.get(address).page.select("form[action$='/turn']")


def test_each_candidate_keeps_the_role_when_names_are_turned_or_split():
    people = People(("Vogt, Ina",), ("Berg, Lea", "B", "Ann and Bob"), ("Sales Engineer", "", "Account Executive"))

    assert turn_names(people) == People(("Ina Vogt",), ("Lea Berg", "B", "Ann and Bob"), people.roles)
    assert split_names(people, "Ann and Bob").applications[2:] == (
        ("Ann", "Account Executive"),
        ("Bob", "Account Executive"),
    )
