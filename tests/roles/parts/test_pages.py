"""Take from the library: what is offered to a draft, how it is found, what is added, and what a person keeps on a shelf."""

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy import select
from werkzeug.test import TestResponse

from tests.support import make
from tests.support.proof import PageClient, find_form, plain, values_of
from tests.support.servers.databases import Database
from workbench.accounts.audit import AuditRow
from workbench.accounts.model import Person
from workbench.roles.library import library
from workbench.roles.model import Basis, Role

LIBRARY = "/roles/account-executive/library"


def offered(answer: TestResponse) -> list[str]:
    """Return the texts of the parts on the page."""
    return [plain(heading) for heading in answer.page.select(".parts h2")]


def add(reader: PageClient, address: str, text: str, **fields: Any) -> TestResponse:
    """Press “Add” beside a part, as a browser without scripts does."""
    page = reader.get(address).page
    form = next(form for form in page.select("main form") if form["method"] == "post")
    button = next(each for each in form.select("button[name=part]") if text in plain(each))
    return reader.post(form["action"], data=values_of(form) | fields | {"part": button["value"]})


@pytest.fixture
def blank(store: Database, people: dict[str, Person]) -> str:
    """The leader's draft of a role that has a title only."""
    return make.draft(store, people["leader"], Role(title="Head of Sales", currency="GBP"))


def test_a_whole_accountability_drops_in_with_amounts_in_the_currency_of_the_role(
    leader: PageClient, store: Database, blank: str
):
    address = f"/roles/{blank}/library"
    nearest = library("GBP")["vp-sales"].accountabilities[0]
    assert offered(leader.get(address))[0] == nearest.outcome, "the nearest role comes first"
    answer = add(leader, address, nearest.outcome)
    assert answer.status_code == 303
    assert make.stored_role(store, blank).accountabilities == (nearest,)
    page = leader.get(answer.location)
    assert "Added: " + nearest.outcome in plain(page.page.select_one("#library-said"))
    assert nearest.outcome not in offered(page), "what the role has comes last"
    assert "In this role" in plain(leader.get(f"{address}?number=500").page.select(".parts > li")[-1])


@pytest.mark.parametrize(
    ("kind", "field"), [("duties", "duties"), ("qualifications", "qualifications"), ("hard-parts", "hard_parts")]
)
def test_single_lines_are_added_at_the_end(leader: PageClient, store: Database, slug: str, kind: str, field: str):
    address = f"{LIBRARY}?kind={kind}"
    text = offered(leader.get(address))[0]
    assert add(leader, address, text).status_code == 303
    last = getattr(make.stored_role(store, slug), field)[-1]
    assert (last if isinstance(last, str) else last.text) == text
    with store.read() as session:
        changed = session.scalars(select(AuditRow).where(AuditRow.act == "changed")).all()
    assert [row.detail for row in changed] == [{"part": kind}]


@pytest.mark.parametrize("kind", ["expectations", "questions"])
def test_a_target_or_question_goes_to_the_accountability_that_is_chosen(
    leader: PageClient, store: Database, slug: str, kind: str
):
    address = f"{LIBRARY}?kind={kind}"
    text = offered(leader.get(address))[0]
    answer = add(leader, address, text)
    assert answer.status_code == 422
    assert "Choose the accountability" in plain(answer.page.select_one(".field.wrong"))
    assert make.stored_role(store, slug) == make.role()
    assert add(leader, address, text, into="nowhere").status_code == 422
    assert add(leader, f"{address}&into=south", text).status_code == 303
    added = getattr(make.stored_role(store, slug).accountability("south"), kind)
    assert len(added) == len(getattr(make.role().accountability("south"), kind)) + 1


def test_a_search_forgives_typing_mistakes(leader: PageClient, slug: str):
    assert any("pipeline" in text for text in offered(leader.get(f"{LIBRARY}?kind=questions&q=pipline")))
    nothing = leader.get(f"{LIBRARY}?q=zzzzzz")
    assert not offered(nothing)
    assert "Nothing is found" in plain(nothing.page.main)


def test_every_question_of_the_library_can_be_found_by_competency_and_kind(leader: PageClient, slug: str):
    questions = {question.text: question for role in library().values() for _, question in role.questions()}
    assert len(questions) == len(offered(leader.get(f"{LIBRARY}?kind=questions&number=500"))) > 100
    competency = next(iter(questions.values())).competency
    for text in offered(leader.get(f"{LIBRARY}?kind=questions&competency={competency}&number=500")):
        assert questions[text].competency == competency
    exercises = offered(leader.get(f"{LIBRARY}?kind=questions&asked=exercise&number=500"))
    assert {text for text, each in questions.items() if each.kind == "exercise"} == set(exercises)


def test_a_long_list_is_shown_in_steps(leader: PageClient, slug: str):
    first = leader.get(f"{LIBRARY}?kind=questions")
    assert len(offered(first)) == 20
    more = next(link for link in first.page.select("#library a") if plain(link).startswith("Show"))
    assert len(offered(leader.get(more["href"]))) == 40


def test_editions_of_the_company_are_offered_with_their_numbers_as_placeholders(
    leader: PageClient, store: Database, people: dict[str, Person], slug: str
):
    item = make.role().accountability("north")
    agreed = replace(item.expectations[0], value=Decimal(77), basis=Basis.AGREED)
    closer = make.role("Sales Closer").with_accountability(replace(item, expectations=(agreed,)))
    other = make.draft(store, people["other"], closer)
    make.edition(store, other, people["other"])
    address = f"{LIBRARY}?where=editions&kind=expectations&into=west"
    page = leader.get(address)
    assert "From Sales Closer, Edition 1" in plain(page.page.main)
    assert "In this role" in plain(page.page.main), "the other targets of the two roles say the same"
    assert add(leader, address, "77").status_code == 303
    added = make.stored_role(store, slug).accountability("west").expectations[-1]
    assert (added.value, added.basis) == (Decimal(77), Basis.PLACEHOLDER)


def test_editions_of_the_draft_itself_and_retired_ones_are_not_offered(
    leader: PageClient, store: Database, people: dict[str, Person], slug: str
):
    make.edition(store, slug, people["leader"])
    other = make.draft(store, people["leader"], make.role("Sales Closer"))
    make.edition(store, other, people["leader"])
    leader.post(f"/editions/{other}/1/retire")
    assert not offered(leader.get(f"{LIBRARY}?where=editions"))


@pytest.mark.parametrize("query", ["kind=nothing", "number=x", "number=99999999", "where=moon", "asked=no", "into=%00"])
def test_an_address_that_makes_no_sense_shows_the_library(leader: PageClient, slug: str, query: str):
    assert offered(leader.get(f"{LIBRARY}?{query}"))


def test_a_part_that_does_not_exist_is_not_added(leader: PageClient, store: Database, slug: str):
    form = next(form for form in leader.get(LIBRARY).page.select("main form") if form["method"] == "post")
    answer = leader.post(LIBRARY, data=values_of(form) | {"part": "library/vp-sales/questions/none"})
    assert answer.status_code == 404
    assert make.stored_role(store, slug) == make.role()


def test_an_accountability_and_a_question_are_kept_on_a_shelf_and_used_in_another_role(
    leader: PageClient, store: Database, slug: str, blank: str
):
    base = f"/roles/{slug}/accountabilities/north"
    assert "Nothing is here yet" in plain(leader.get("/shelf").page.main)
    assert leader.post(f"{base}/keep").location == base
    assert "on your shelf." in plain(leader.get(base).page.main)
    leader.post(f"{base}/keep")
    assert "already" in plain(leader.get(base).page.main)
    assert leader.post(f"{base}/questions/north-ask/keep").status_code == 303
    item = make.role().accountability("north")
    assert offered(leader.get("/shelf")) == [item.questions[0].text, item.outcome]
    address = f"/roles/{blank}/library?where=shelf"
    assert offered(leader.get(address)) == [item.outcome]
    assert add(leader, address, item.outcome).status_code == 303
    assert make.stored_role(store, blank).accountabilities[0].outcome == item.outcome


def test_what_is_kept_can_be_removed_by_its_owner_alone(
    leader: PageClient, as_: Callable[[str], PageClient], store: Database, slug: str
):
    leader.post(f"/roles/{slug}/accountabilities/north/keep")
    remove = find_form(leader.get("/shelf").page)["action"]
    assert as_("other").post(remove).status_code == 404
    assert not offered(as_("other").get("/shelf"))
    assert leader.post(remove).location == "/shelf"
    assert not offered(leader.get("/shelf"))
    assert len(make.stored_role(store, slug).accountabilities) == 3


@pytest.mark.parametrize("part", ["nowhere/keep", "north/questions/nowhere/keep", "nowhere/questions/x/keep"])
def test_what_is_not_there_cannot_be_kept(leader: PageClient, slug: str, part: str):
    assert leader.post(f"/roles/{slug}/accountabilities/{part}").status_code == 404
