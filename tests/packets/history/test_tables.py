"""Print runs are found again by who was in them, and none is out of reach."""

from collections.abc import Callable

import pytest

from tests.packets.run.test_views import planned, words
from tests.support import make
from tests.support.proof import PageClient
from tests.support.servers.databases import Database
from tests.support.volume import MAX_PAGE_COST, add_runs, page_cost
from workbench.accounts.model import Person
from workbench.core.paging import PAGE_SIZE, ListRequest
from workbench.core.web.app import Workbench
from workbench.hiring.model import People
from workbench.packets import tables
from workbench.packets.history.tables import list_runs
from workbench.packets.model import RoleChoice, RunRequest
from workbench.packets.recipes.model import find_shipped_recipe

As = Callable[[str], PageClient]


def runs(store: Database, person: Person, *names: str) -> None:
    with store.write.begin() as session:
        for name in names:
            people = People(("Ina Vogt",), (name,))
            request = RunRequest(
                find_shipped_recipe("interviewer"), (RoleChoice(1),), people, "Maya", name=f"Round of {name[:3]}"
            )
            tables.add_run(session, person.id, request)


def numbers(store: Database, person: Person | None, search: str = "", page: int = 1) -> list[int]:
    with store.read() as session:
        found = list_runs(session, person.id if person else None, ListRequest(page, search))
        return [run.id for run in found.items]


@pytest.mark.usefixtures("slug")
@pytest.mark.parametrize(
    ("search", "found"),
    [
        ("", [3, 2, 1]),
        ("müssig", [1]),
        ("JÜRGEN", [1]),
        ("美咲", [2]),
        ("ina vogt", [3, 2, 1]),
        ("account executive", [3, 2, 1]),
        ("executive zoe", []),
        ("interviewer lee", [3]),
        ("2", [2]),
        ("records", []),
        ("round", [3, 2, 1]),
        ("ROUND of ann", [3]),
        ("100%", []),
    ],
)
def test_a_run_is_found_by_any_name_in_it(store: Database, people: dict[str, Person], search: str, found: list[int]):
    runs(store, people["leader"], "Jürgen Müßig", "田中 美咲", "Ann Lee")

    assert numbers(store, None, search) == found
    assert numbers(store, people["other"], search) == []


@pytest.mark.usefixtures("slug")
def test_a_run_is_found_by_who_planned_it_and_by_the_title_of_its_draft(
    store: Database, people: dict[str, Person], as_: As
):
    make.draft(store, people["other"], make.role("Field Marketing Lead"))
    planned(as_("other"), editions="draft-2")
    runs(store, people["leader"], "Ann Lee")

    assert numbers(store, None, "field marketing") == [1]
    assert numbers(store, None, people["other"].name) == [1]


@pytest.mark.usefixtures("slug")
def test_no_run_is_out_of_reach(store: Database, people: dict[str, Person]):
    runs(store, people["leader"], *["Ann Lee"] * (PAGE_SIZE + 2))

    assert numbers(store, None)[0] == PAGE_SIZE + 2
    assert numbers(store, None, "", 2) == [2, 1]
    assert numbers(store, None, "vogt", 2) == [2, 1]
    assert numbers(store, None, "candidate of nobody") == []


@pytest.mark.usefixtures("slug")
def test_the_page_of_runs_searches_and_has_pages(as_: As, store: Database, people: dict[str, Person]):
    hr = as_("hr")
    for name in ("Ann Lee", "Zoë Kim"):
        planned(hr, recipe="interviewer", candidates=name)

    text = words(hr.get("/packets?q=zoë").page)
    assert "1 run with “zoë”" in text
    assert "2: Interviewer packet" in text
    assert "1: Interviewer packet" not in text
    assert "No run with “nobody <b>”" in words(hr.get("/packets?q=nobody+<b>").page)
    runs(store, people["leader"], *["Kai Roth"] * PAGE_SIZE)
    page = hr.get("/packets").page
    older = hr.get(page.find("a", string="Next page")["href"]).page
    assert "Ann Lee" in words(older)
    assert "Kai Roth" not in words(older)
    assert hr.get(f"/packets?page={10**30}").status_code == 200
    assert hr.get("/packets?page=-3").status_code == 200


def test_a_page_of_five_thousand_runs_and_its_search_take_little_time(
    app: Workbench, as_: As, store: Database, people: dict[str, Person]
):
    add_runs(store, people["leader"], 5_000)
    hr = as_("hr")

    for address in ("/packets", "/packets?page=60", "/packets?q=candidate+77", "/packets?q=nobody"):
        assert page_cost(app, hr, address) <= MAX_PAGE_COST, address
