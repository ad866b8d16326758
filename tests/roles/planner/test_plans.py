"""A plan is saved under a name with its currency, compared with another, shared by its address, and removed by its owner."""

from collections.abc import Callable
from typing import Any

import pytest

from tests.roles.planner.test_pages import address, form
from tests.support import make
from tests.support.proof import PageClient, plain
from tests.support.servers.databases import Database
from workbench.accounts.model import Person
from workbench.roles.planner.tables import PlanRow

PLANS = "/planner/plans"


def save(reader: PageClient, name: str = "Steady year", **more: Any) -> str:
    answer = reader.post(PLANS, data={"name": name, "plan": form().query(), "op_id": f"save {name}"} | more)
    assert answer.status_code == 303
    return str(answer.location)


def test_a_plan_is_saved_from_its_page_and_gives_the_same_plan_again(leader: PageClient):
    page = leader.get(address()).page
    sentence = plain(page.select_one("#sentence"))
    answer = leader.fill(address(), action=PLANS, name="Steady year")
    saved = leader.get(answer.location).page
    assert plain(saved.h1) == "Steady year"
    assert plain(saved.select_one("#sentence")) == sentence
    assert "Steady year" in plain(leader.get(PLANS).page.select_one("main"))


def test_figures_typed_into_a_saved_plan_change_only_the_page(leader: PageClient, store: Database):
    url = save(leader)
    page = leader.get(address(at=url, target="2000000")).page
    assert "$2,000,000" in plain(page.select_one("#sentence"))
    assert "$1,000,000" in plain(leader.get(url).page.select_one("#sentence"))


def test_everybody_who_may_use_the_planner_reads_a_plan_at_its_address(
    leader: PageClient, as_: Callable[[str], PageClient]
):
    url = save(leader)
    for who in ("interviewer", "other", "hr"):
        assert "Steady year" in plain(as_(who).get(url).page.h1)
    assert as_("other").post(f"{url}/remove").status_code == 404


def test_a_plan_of_a_role_keeps_the_currency_of_the_role_and_leads_back_to_it(
    leader: PageClient, store: Database, people: dict[str, Person], as_: Callable[[str], PageClient]
):
    slug = make.draft(store, people["leader"], make.role(currency="GBP"))
    url = save(leader, slug=slug)
    page = leader.get(url).page
    assert "£1,000,000" in plain(page.select_one("#sentence"))
    assert page.select_one(f"a[href^='/roles/{slug}/planner?']")
    assert not as_("other").get(url).page.select(f"a[href^='/roles/{slug}']")


def test_two_plans_are_compared_side_by_side(leader: PageClient):
    first, second = save(leader), save(leader, "Bold year", plan=form(target="2000000").query())
    numbers = [url.rpartition("/")[2] for url in (first, second)]
    page = leader.get(f"/planner/compare?left={numbers[0]}&right={numbers[1]}").page
    rows = {plain(row.th): [plain(cell) for cell in row.select("td")] for row in page.select("tbody tr")}
    assert rows["To be signed"][0].startswith("$1,000,000")
    assert rows["To be signed"][1].startswith("$2,000,000")
    assert rows["Revenue target"] == ["1,000,000", "2,000,000"]
    assert rows["Average deal"] == ["45,000", "the same"]
    assert leader.get(PLANS).page.select_one("form[action='/planner/compare']")


@pytest.mark.parametrize("query", ["", "?left=1", "?left=1&right=x", "?left=99999999999&right=0"])
def test_plans_that_are_not_there_are_not_compared(leader: PageClient, query: str):
    save(leader)
    assert leader.get(f"/planner/compare{query}").status_code == 404


def test_a_plan_without_a_name_is_asked_for_one_and_loses_nothing(leader: PageClient, store: Database):
    answer = leader.post(PLANS, data={"name": " ", "plan": form().query()})
    assert answer.status_code == 422
    assert "Name it, such as Steady year." in plain(answer.page.select_one("main"))
    assert answer.page.select_one("[name=plan]")["value"] == form().query()
    with store.read() as session:
        assert session.query(PlanRow).count() == 0


@pytest.mark.parametrize("plan", ["", "target=0", "=" * 5000])
def test_what_is_no_plan_is_not_saved(leader: PageClient, store: Database, plan: str):
    assert leader.post(PLANS, data={"name": "Nothing", "plan": plan}).location == "/planner"
    with store.read() as session:
        assert session.query(PlanRow).count() == 0


def test_a_plan_is_removed_by_its_owner(leader: PageClient, store: Database):
    url = save(leader)
    assert leader.post(f"{url}/remove").location == PLANS
    assert leader.get(url).status_code == 404
    assert "No plan of yours is saved yet" in plain(leader.get(PLANS).page.select_one("main"))


def test_the_plans_of_the_team_stand_beside_the_persons_own(leader: PageClient, as_: Callable[[str], PageClient]):
    save(leader)
    page = as_("other").get(PLANS).page
    assert "No plan of yours is saved yet" in plain(page.select_one("main"))
    rows = [plain(row) for row in page.select("table tbody tr")]
    assert [("Steady year" in row, "Lea Berg" in row) for row in rows] == [(True, True)]
    assert not page.select("form[action$='/remove']"), "only its owner removes a plan"
    save(as_("other"), "Bold year")
    choices = [plain(option) for option in as_("other").get(PLANS).page.select("#right option")]
    assert choices == ["Bold year", "Steady year, Lea Berg"]
