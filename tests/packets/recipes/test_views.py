"""The pages of recipes: HR writes the company's own, step by step and without scripts, and everybody prints by them."""

from collections.abc import Callable

import pytest
from bs4 import Tag
from sqlalchemy import select

from tests.support import make
from tests.support.proof import PageClient, words
from tests.support.servers.databases import Database
from workbench.accounts.audit import AuditRow
from workbench.accounts.model import Person
from workbench.core.jobs.tables import JobState
from workbench.packets.recipes.model import MAX_RECIPES, RECIPES, DocumentKind, Recipe
from workbench.packets.recipes.model import Reader as For
from workbench.packets.recipes.tables import add_recipe, find_recipe, list_recipes
from workbench.packets.tables import PrintRunRow

As = Callable[[str], PageClient]
NEW = "/packets/recipes/new"


def list_titles(page: Tag) -> list[str]:
    return [tag["value"] for tag in page.select("main input[name=parts]")]


def form_data(title: str, *parts: str, reader: str = "panel", **more: str) -> dict[str, object]:
    return {"title": title, "reader": reader, "parts": list(parts), **more}


def stored_recipes(store: Database) -> list[Recipe]:
    with store.read() as session:
        return [row.recipe for row in list_recipes(session)]


@pytest.fixture
def own_recipe(store: Database, people: dict[str, Person]) -> str:
    """A recipe of the company's own."""
    with store.write.begin() as session:
        return add_recipe(session, make.recipe_draft(), people["hr"].id).name


def test_hr_writes_a_recipe_document_by_document_and_nothing_is_stored_before_it_is_saved(as_: As, store: Database):
    hr = as_("hr")
    assert "No documents yet" in words(hr.get(NEW).page)

    first = hr.post(NEW, data=form_data("Second round", do="add", more="interview-kit"))
    assert (first.status_code, list_titles(first.page)) == (200, ["interview-kit"])
    assert first.page.select_one("#part-1[autofocus]") is not None  # the keyboard goes on from here
    second = hr.post(NEW, data=form_data("Second round", "interview-kit", do="add", more="position-description"))
    assert list_titles(second.page) == ["interview-kit", "position-description"]
    moved = hr.post(NEW, data=form_data("Second round", *list_titles(second.page), do="up:position-description"))
    assert list_titles(moved.page) == ["position-description", "interview-kit"]
    assert stored_recipes(store) == []

    saved = hr.post(NEW, data=form_data("Second round", *list_titles(moved.page), more="score-sheet"))
    assert saved.location == "/packets/recipes"
    assert stored_recipes(store) == [
        Recipe(
            "second-round", "Second round", For.PANEL, (DocumentKind.POSITION, DocumentKind.KIT, DocumentKind.SHEETS)
        )
    ]
    reported = words(hr.get("/packets/recipes").page)
    assert "“Second round” can be chosen for packets now." in reported
    assert (
        "One for each panel member: position description, interview kit and a score sheet for each candidate."
        in reported
    )
    with store.read() as session:
        assert [(row.act, row.key) for row in session.scalars(select(AuditRow)) if row.thing == "recipe"] == [
            ("created", "second-round")
        ]


@pytest.mark.parametrize(
    ("do", "left"),
    [
        ("down:interview-kit", ["score-sheet", "interview-kit"]),
        ("up:interview-kit", ["interview-kit", "score-sheet"]),
        ("down:score-sheet", ["interview-kit", "score-sheet"]),
        ("out:interview-kit", ["score-sheet"]),
        ("out:starter-metrics", ["interview-kit", "score-sheet"]),
        ("add", ["interview-kit", "score-sheet"]),
        ("order", ["interview-kit", "score-sheet"]),
        ("nonsense", ["interview-kit", "score-sheet"]),
    ],
)
def test_each_button_does_what_it_says_and_keeps_what_was_typed(as_: As, do: str, left: list[str]):
    page = as_("hr").post(NEW, data=form_data("My own", "interview-kit", "score-sheet", "made-up", do=do)).page

    assert list_titles(page) == left
    assert page.select_one("#title")["value"] == "My own"


@pytest.mark.parametrize(
    ("form", "message"),
    [
        (form_data("My own"), "Put at least one document in the recipe."),
        (form_data("", "interview-kit"), "3 to 60 characters"),
        (form_data("records BUNDLE", "interview-kit"), "There is a recipe called “records BUNDLE” already."),
        (
            form_data("For candidates", "interview-kit", reader="candidate"),
            "Leave “Interview kit” out of a candidate’s",
        ),
        (form_data("For candidates", "interview-schedule", reader="candidate"), "Leave “Interview schedule” out"),
        (form_data("For nobody", "interview-kit", reader="nobody"), "Choose one from the list."),
    ],
)
def test_a_recipe_that_breaks_a_rule_comes_back_with_what_was_typed(
    as_: As, store: Database, form: dict[str, object], message: str
):
    answer = as_("hr").post(NEW, data=form)

    assert answer.status_code == 422
    assert message in words(answer.page)
    assert answer.page.select_one("#title")["value"] == form["title"]
    assert list_titles(answer.page) == form["parts"]
    assert stored_recipes(store) == []


def test_a_recipe_begins_as_a_copy_of_another(as_: As):
    page = as_("hr").get(f"{NEW}?copy=records").page

    assert list_titles(page) == [str(part) for part in RECIPES[-1].parts]
    assert page.select_one("input[name=reader][checked]")["value"] == "file"
    assert page.select_one("#title")["value"] == ""


@pytest.mark.usefixtures("slug")
def test_a_leader_prints_by_the_companys_recipe_and_a_changed_one_changes_no_history(
    as_: As, store: Database, own_recipe: str, run_jobs: Callable[[], list[JobState | None]]
):
    hr, leader = as_("hr"), as_("leader")
    assert "Second round" in words(leader.get("/packets/recipes").page)
    address = str(leader.fill("/packets/new", editions="1", recipe=own_recipe, panel="Ina Vogt").location)
    leader.fill(address, f"{address}/print")
    run_jobs()

    assert hr.fill(f"/packets/recipes/{own_recipe}", title="Third round").status_code == 303
    assert stored_recipes(store)[0].title == "Third round"
    assert "Run 1: Second round" in words(leader.get(address).page)
    assert "1: Second round" in words(leader.get("/packets").page)
    assert "Third round , one for each panel member" in words(leader.get("/packets/new").page)


@pytest.mark.usefixtures("slug")
def test_a_retired_recipe_is_not_offered_and_can_be_used_again(as_: As, store: Database, own_recipe: str):
    hr = as_("hr")
    hr.fill("/packets/recipes", f"/packets/recipes/{own_recipe}/retire")
    assert "“Second round” is retired." in words(hr.get("/packets/recipes").page)
    assert "Second round" not in words(hr.get("/packets/new").page)
    answer = hr.post("/packets/new", data={"editions": "1", "recipe": own_recipe, "panel": "Ina", "paper": "a4"})
    assert answer.status_code == 422
    assert "Choose one from the list." in words(answer.page)

    hr.fill("/packets/recipes", f"/packets/recipes/{own_recipe}/retire")
    assert "Second round" in words(hr.get("/packets/new").page)
    with store.read() as session:
        assert session.scalars(select(PrintRunRow)).all() == []


def test_there_are_thirty_recipes_at_most(as_: As, store: Database, people: dict[str, Person], own_recipe: str):
    hr = as_("hr")
    hr.fill("/packets/recipes", f"/packets/recipes/{own_recipe}/retire")
    with store.write.begin() as session:
        for number in range(MAX_RECIPES):
            add_recipe(session, make.recipe_draft(f"Round number {number}"), people["hr"].id)

    answer = hr.post(NEW, data=form_data("One more", "interview-kit"))
    assert answer.status_code == 422
    assert "There are 30 recipes of your own already." in words(answer.page)
    hr.fill("/packets/recipes", f"/packets/recipes/{own_recipe}/retire")
    assert "Retire one that is no longer used." in words(hr.get("/packets/recipes").page)
    assert len(stored_recipes(store)) == MAX_RECIPES + 1


def test_two_people_who_change_one_recipe_are_told(as_: As, store: Database, own_recipe: str):
    hr = as_("hr")
    form = {"title": "Mine", "reader": "panel", "parts": ["interview-kit"], "version": "1"}
    assert hr.post(f"/packets/recipes/{own_recipe}", data=form).status_code == 303

    answer = hr.post(f"/packets/recipes/{own_recipe}", data=form | {"title": "Yours"})

    assert answer.status_code == 422
    assert "This recipe was changed after you opened it." in words(answer.page)
    assert answer.page.select_one("#title")["value"] == "Yours"
    assert stored_recipes(store)[0].title == "Mine"


def test_like_titles_get_names_of_their_own(store: Database, people: dict[str, Person]):
    with store.write.begin() as session:
        names = [add_recipe(session, make.recipe_draft(title), people["hr"].id).name for title in ("Ä la carte", "A la carte", "File copy")]  # fmt: skip
        assert find_recipe(session, "file-copy") is None

    assert names == ["a-la-carte", "a-la-carte-2", "file-copy-2"]


def test_leaders_look_at_recipes_and_only_hr_writes_them(as_: As, own_recipe: str):
    page = as_("leader").get("/packets/recipes").page

    assert page.select("main form, main a.button") == []
    assert as_("leader").get(f"/packets/recipes/{own_recipe}").status_code == 403
    assert as_("hr").get("/packets/recipes/interviewer").status_code == 404  # a shipped one is nobody's to change
