"""Print runs are found again by who was in them, and none is out of reach."""

from collections.abc import Callable
from typing import Any

import pytest

from tests import make
from tests.databases import Database
from tests.packets.run.test_views import planned, words
from tests.proof import PageClient
from workbench.accounts.model import Person
from workbench.hiring.model import People
from workbench.packets import tables
from workbench.packets.history import search as history
from workbench.packets.history.search import RunPage, find_runs
from workbench.packets.model import RoleChoice, RunRequest
from workbench.packets.recipes.model import find_shipped_recipe

As = Callable[[str], PageClient]


def runs(store: Database, person: Person, *names: str) -> None:
    with store.write.begin() as session:
        for name in names:
            people = People(("Ina Vogt",), (name,))
            wanted = RunRequest(
                find_shipped_recipe("interviewer"), (RoleChoice(1),), people, "Maya", name=f"Round of {name[:3]}"
            )
            tables.add_run(session, person.id, wanted)


def numbers(store: Database, person: Person | None, *asked: Any) -> tuple[list[int], int]:
    with store.read() as session:
        found: RunPage = find_runs(session, person.id if person else None, *asked)
        return [run.id for run in found.runs], found.before


@pytest.mark.usefixtures("slug")
@pytest.mark.parametrize(
    ("asked", "found"),
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
def test_a_run_is_found_by_any_name_in_it(store: Database, people: dict[str, Person], asked: str, found: list[int]):
    runs(store, people["leader"], "Jürgen Müßig", "田中 美咲", "Ann Lee")

    assert numbers(store, None, asked) == (found, 0)
    assert numbers(store, people["other"], asked) == ([], 0)


@pytest.mark.usefixtures("slug")
def test_a_run_is_found_by_who_planned_it_and_by_the_title_of_its_draft(
    store: Database, people: dict[str, Person], as_: As
):
    make.draft(store, people["other"], make.role("Field Marketing Lead"))
    planned(as_("other"), editions="draft-2")
    runs(store, people["leader"], "Ann Lee")

    assert numbers(store, None, "field marketing") == ([1], 0)
    assert numbers(store, None, people["other"].name) == ([1], 0)


@pytest.mark.usefixtures("slug")
def test_no_run_is_out_of_reach(store: Database, people: dict[str, Person], monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(history, "PAGE", 2)
    runs(store, people["leader"], "A", "B", "C", "B", "B")

    assert numbers(store, None) == ([5, 4], 4)
    assert numbers(store, None, "", 4) == ([3, 2], 2)
    assert numbers(store, None, "", 2) == ([1], 0)
    runs(store, people["leader"], *["Zoë"] * 3)
    assert numbers(store, None, "vogt", 4) == ([3, 2], 2)

    monkeypatch.setattr(history, "MAX_SEARCHED", 3)  # then the search is to be asked to go on
    assert numbers(store, None, "candidate of nobody") == ([], 6)
    assert numbers(store, None, "candidate of nobody", 3) == ([], 0)


@pytest.mark.usefixtures("slug")
def test_the_page_of_runs_searches_and_goes_further_back(as_: As, monkeypatch: pytest.MonkeyPatch):
    hr = as_("hr")
    for name in ("Ann Lee", "Zoë Kim"):
        planned(hr, recipe="interviewer", candidates=name)

    told = words(hr.get("/packets?q=zoë").page)
    assert "1 run with “zoë”" in told
    assert "2: Interviewer packet" in told
    assert "1: Interviewer packet" not in told
    assert "No run with “nobody <b>”" in words(hr.get("/packets?q=nobody+<b>").page)
    monkeypatch.setattr(history, "PAGE", 1)
    page = hr.get("/packets").page
    older = hr.get(page.find("a", string="Earlier runs")["href"]).page
    assert "Ann Lee" in words(older)
    assert "Zoë Kim" not in words(older)
    assert "Nothing has been printed yet before that" in words(hr.get("/packets?before=1").page)
    assert hr.get(f"/packets?before={10**30}").status_code == 200
    assert hr.get("/packets?before=-3").status_code == 200
