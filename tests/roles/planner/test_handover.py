"""A plan starts from the numbers of its role, and gives back only numbers that rest on figures that a person has set."""

from decimal import Decimal
from typing import Any
from urllib.parse import urlencode

import pytest
from werkzeug.test import TestResponse

from tests.roles.planner.test_model import sales_role
from tests.roles.planner.test_pages import FIGURES, address, form, page_text
from tests.support import make
from tests.support.proof import PageClient, plain
from tests.support.servers.databases import Database
from workbench.accounts.model import Person
from workbench.metrics.model import Unit
from workbench.roles.model import Basis, Expectation

OWN = {
    "target": "1200000",
    "deal": "38000",
    "stages-0-share": "12 of 50",
    "stages-1-share": "40%",
    "stages-2-share": "5%",
}


@pytest.fixture
def slug(store: Database, people: dict[str, Person]) -> str:
    """The leader's draft of a role whose numbers are agreed."""
    return make.draft(store, people["leader"], sales_role())


def take(
    reader: PageClient, slug: str, *metrics: str, plan: str | None = None, to: str = "pipe", **more: Any
) -> TestResponse:
    places = {f"to-{metric}": to for metric in metrics}
    data = {"plan": form(**OWN).query() if plan is None else plan, "metric": list(metrics), **places, **more}
    return reader.post(f"/roles/{slug}/planner/use", data=data)


def targets(store: Database, slug: str, key: str = "pipe") -> dict[str, Expectation]:
    return {each.metric: each for each in make.stored_role(store, slug).accountability(key).expectations}


def test_the_planner_of_a_role_starts_from_its_own_numbers_and_says_so(leader: PageClient, slug: str):
    page = leader.get(f"/roles/{slug}/planner").page
    assert page.select_one("#target")["value"] == "1,000,000"
    assert page.select_one("#deal")["value"] == "50,000"
    assert page.select_one("#stages-0-share")["value"] == "25%"
    assert "From “Bookings” of this role: 4 times $250,000 a quarter." in page.select_one("#target-hint").get_text()
    assert "From “Average deal” of this role." in page.select_one("#deal-hint").get_text()
    assert "An example: type your own." in page.select_one("#stages-1-share-hint").get_text()


def test_a_win_rate_by_value_is_taken_and_said_to_be_one(
    leader: PageClient, store: Database, people: dict[str, Person]
):
    rate = make.expectation("win_rate_v", Unit.PERCENT, value=Decimal(30), basis=Basis.AGREED)
    role = make.role(accountabilities=(make.accountability("won", expectations=(rate,)),))
    page = leader.get(f"/roles/{make.draft(store, people['leader'], role)}/planner").page
    assert page.select_one("#stages-0-share")["value"] == "30%"
    assert "which counts amounts; a plan counts deals" in plain(page.select_one("#stages-0-share-hint"))


def test_a_placeholder_is_named_as_the_start_that_it_is(leader: PageClient, store: Database, people: dict[str, Person]):
    slug = make.draft(store, people["leader"], sales_role(Basis.PLACEHOLDER))
    words = page_text(leader, f"/roles/{slug}/planner")
    assert "which is still a placeholder: type your own" in words


def test_the_page_shows_what_would_be_replaced(leader: PageClient, slug: str):
    page = leader.get(f"/roles/{slug}/planner?{urlencode(FIGURES | OWN)}").page
    assert [tag["value"] for tag in page.select("#use [name=metric]")] == [
        "bookings",
        "new_logos",
        "opps_created",
        "meetings_held",
        "calls",
    ]
    label = page.select_one("label[for=use-bookings]")
    assert plain(label.select_one("del")).startswith("Sign at least $250,000 of contracts each quarter")
    assert "$300,000 of contracts each quarter" in plain(label)
    places = [plain(each) for each in page.select("#to-opps_created option")]
    assert places[0].endswith(": as a new target")
    assert "replaces “Create at least 7 opportunities each month”" in places[1]
    assert page.select_one("#to-opps_created option[selected]")["value"] == "pipe"
    assert not page.select("#own"), "every figure was typed"


def test_a_plan_becomes_targets_each_in_its_own_accountability(leader: PageClient, store: Database, slug: str):
    places = {"to-bookings": "won", "to-opps_created": "pipe", "to-meetings_held": "pipe"}
    answer = take(leader, slug, "bookings", "opps_created", "meetings_held", **places)
    assert answer.location.endswith(f"/roles/{slug}/targets")
    won, pipe = targets(store, slug, "won"), targets(store, slug)
    assert (won["bookings"].value, won["bookings"].basis) == (300_000, Basis.PLANNER)
    assert (pipe["opps_created"].key, pipe["opps_created"].basis) == ("key-opps-created", Basis.PLANNER)
    assert pipe["meetings_held"].source
    assert "calls" not in pipe
    page = leader.get(answer.location).page
    words = plain(page.select_one(".note.with-undo"))
    assert words.startswith("The planner has written 3 of the 6 targets: Bookings, ")
    assert "3 of them still to be agreed." in words
    assert "3 of 6 agreed" in plain(page.select_one("#agreed")), "the counts are of the same targets"


def test_a_later_reader_sees_where_a_number_came_from(leader: PageClient, store: Database, slug: str):
    take(leader, slug, "meetings_held")
    assert targets(store, slug)["meetings_held"].planner_query == form(**OWN).query()
    links = leader.get(f"/roles/{slug}/accountabilities/pipe").page.select("a[href*='/planner?']")
    assert any(form(**OWN).query() in link["href"] for link in links)


def test_example_figures_are_not_handed_over_unless_a_person_says_that_they_are_right(
    leader: PageClient, store: Database, slug: str
):
    before = make.stored_role(store, slug)
    start = leader.get(f"/roles/{slug}/planner").page.select_one("#use [name=plan]")["value"]
    answer = take(leader, slug, "bookings", "meetings_held", plan=start)
    assert answer.status_code == 422
    words = plain(answer.page.select_one("#into .summary"))
    assert "Nothing is written yet" in words
    assert "the rate of meetings" in words
    assert "the rate of opportunities" not in words, "the win rate is the role's own"
    assert make.stored_role(store, slug) == before
    assert take(leader, slug, "bookings", "opps_created", plan=start).status_code == 303
    assert take(leader, slug, "meetings_held", plan=start, own="y").status_code == 303
    assert "meetings_held" in targets(store, slug)


def test_placeholders_of_the_library_are_not_handed_over_as_worked_out(
    leader: PageClient, store: Database, people: dict[str, Person]
):
    slug = make.draft(store, people["leader"], sales_role(Basis.PLACEHOLDER))
    start = leader.get(f"/roles/{slug}/planner").page.select_one("#use [name=plan]")["value"]
    answer = take(leader, slug, "bookings", plan=start)
    assert answer.status_code == 422
    assert "the target" in plain(answer.page.select_one("#into .summary"))
    assert targets(store, slug, "won")["bookings"].basis is Basis.PLACEHOLDER


def test_amounts_stay_in_the_currency_of_the_role(leader: PageClient, store: Database, people: dict[str, Person]):
    slug = make.draft(store, people["leader"], sales_role(currency="GBP"))
    assert "£1,000,000" in page_text(leader, f"/roles/{slug}/planner")
    take(leader, slug, "bookings", to="won")
    role = make.stored_role(store, slug)
    assert role.currency == "GBP"
    assert role.accountability("won").expectations[0].value == 300_000


def test_an_agreed_number_that_the_plan_confirms_stays_agreed(leader: PageClient, store: Database, slug: str):
    take(leader, slug, "bookings", to="won", plan=form(**OWN | {"target": "1000000"}).query())
    assert targets(store, slug, "won")["bookings"].basis is Basis.AGREED


def test_only_what_is_ticked_is_taken(leader: PageClient, store: Database, slug: str):
    before = make.stored_role(store, slug)
    assert take(leader, slug).status_code == 303
    assert make.stored_role(store, slug) == before


@pytest.mark.parametrize("plan", ["", "target=0", "&".join(f"x{at}=1" for at in range(500)), "%ff%fe=%00", "=" * 5000])
def test_a_plan_that_does_not_work_out_changes_nothing(leader: PageClient, store: Database, slug: str, plan: str):
    before = make.stored_role(store, slug)
    answer = take(leader, slug, "bookings", plan=plan)
    assert answer.status_code == 303
    assert answer.location.endswith("/planner")
    assert make.stored_role(store, slug) == before


def test_an_accountability_that_is_not_there_is_not_found(leader: PageClient, slug: str):
    assert take(leader, slug, "bookings", to="nothing").status_code == 404


def test_the_way_into_a_role_is_offered_at_the_address_that_comes_from_an_accountability(leader: PageClient, slug: str):
    page = leader.get(f"/roles/{slug}/planner?for=won").page
    assert page.select_one("#planner [name=for]")["value"] == "won"
    assert leader.get(address(at=f"/roles/{slug}/planner", **{"for": "won"})).status_code == 200
