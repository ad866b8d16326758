"""What may be chosen for a run: newest editions, older ones, drafts, and the same again from an earlier run."""

import re
from collections.abc import Callable
from dataclasses import replace

import pytest
from bs4 import Tag
from sqlalchemy import select

from tests.documents import pdfs
from tests.support import make
from tests.support.proof import PageClient, words
from tests.support.servers.databases import Database
from workbench.accounts.audit import AuditRow
from workbench.accounts.model import Person
from workbench.core.clock import now
from workbench.core.db import settings_of
from workbench.core.edits import Edit
from workbench.core.jobs.tables import JobState
from workbench.packets.model import RoleChoice
from workbench.packets.planning.role_options import list_role_options
from workbench.packets.recipes.tables import add_recipe
from workbench.packets.run import files
from workbench.packets.tables import PrintRunRow
from workbench.roles.tables import EditionRow

As = Callable[[str], PageClient]
RunJobs = Callable[[], list[JobState | None]]
PLAN = "/packets/new"


def boxes(page: Tag) -> list[str]:
    return [tag["value"] for tag in page.select("input[name=editions]")]


def ticked(page: Tag) -> list[str]:
    return [tag["value"] for tag in page.select("input[name=editions][checked]")]


def planned(client: PageClient, **choices: object) -> str:
    answer = client.fill(PLAN, **{"recipe": "file-copy", "delivery": "one-file"} | choices)
    assert answer.status_code == 303, words(answer.page)
    return str(answer.location)


def pressed(client: PageClient, address: str, action: str) -> str:
    return str(client.fill(address, f"{address}/{action}").location)


def summary(database: Database, slug: str, person: Person, said: str) -> None:
    """Write another summary into a draft."""
    with database.write.begin() as session:
        draft = make.draft_row(session, slug)
        draft.change(Edit("seat", draft.version, "tab", person.id), lambda role: replace(role, summary=said))


def text_of(store: Database, run: int) -> list[str]:
    """Read every page of a run that was handed over as one file."""
    with store.read() as session:
        row = session.get_one(PrintRunRow, run)
        file = files.find(settings_of(session), row.folder, row.files[0]["name"])
    assert file is not None
    return pdfs.words(file)


def test_the_newest_edition_stands_first_and_drafts_and_older_editions_under_a_heading_of_their_own(
    as_: As, store: Database, slug: str, people: dict[str, Person]
):
    make.edition(store, slug, people["leader"])
    page = as_("leader").get(PLAN).page

    assert boxes(page) == ["2", "1", "draft-1"]
    under = page.select_one("main details")
    assert boxes(under) == ["1", "draft-1"]
    assert not under.has_attr("open")
    assert "Account Executive, Edition 1 Account Executive, Draft" in under.get_text(" ", strip=True)


@pytest.mark.usefixtures("slug")
def test_a_draft_is_printed_as_it_was_when_the_run_was_planned_with_draft_on_every_page(
    as_: As, store: Database, slug: str, people: dict[str, Person], run_jobs: RunJobs
):
    leader = as_("leader")
    summary(store, slug, people["leader"], "Opens doors.")
    address = planned(leader, editions="draft-1")
    summary(store, slug, people["leader"], "Closes doors.")
    assert "Account Executive, Draft" in words(leader.get(address).page)
    pressed(leader, address, "print")
    run_jobs()

    pages = text_of(store, 1)
    assert any("Opens doors." in page for page in pages)
    assert not any("Closes doors." in page for page in pages)
    assert [page for page in pages if "D R A F T" not in page] == []
    assert "Account Executive, Draft" in words(leader.get("/packets").page)
    with store.read() as session:
        reported = [row.detail for row in session.scalars(select(AuditRow)) if row.act == "printed"]
    assert reported == [{"recipe": "file-copy", "roles": "Account Executive, Draft"}]

    second = pressed(leader, address, "again")
    assert re.search(r"(\d+) of \1 documents changed since run 1", words(leader.get(second).page))
    with store.read() as session:
        assert session.get_one(PrintRunRow, 2).request.roles[0].role.summary == "Closes doors."


def test_an_older_edition_is_printed_and_again_means_the_newest(
    as_: As, store: Database, slug: str, people: dict[str, Person]
):
    make.edition(store, slug, people["leader"])
    leader = as_("leader")
    address = planned(leader, editions=["1", "2"])
    reported = words(leader.get(address).page)
    assert "Account Executive, Edition 1; Account Executive, Edition 2" in reported
    assert "Interview kit Account Executive, Edition 1 1" in reported  # two of one title are told apart

    pressed(leader, address, "cancel")
    pressed(leader, address, "again")
    with store.read() as session:
        assert session.get_one(PrintRunRow, 2).request.roles == (RoleChoice(2),)


@pytest.mark.usefixtures("slug")
def test_a_draft_that_was_removed_meanwhile_is_told(as_: As, store: Database, people: dict[str, Person]):
    other = make.draft(store, people["leader"], make.role("Partner Manager"))
    leader = as_("leader")
    address = planned(leader, editions=["1", "draft-2"])
    pressed(leader, address, "cancel")
    leader.fill(f"/roles/{other}/remove")

    assert pressed(leader, address, "again") == f"{PLAN}?like=1"
    page = leader.get(f"{PLAN}?like=1").page
    assert "The draft of Partner Manager was removed." in words(page)
    assert ticked(page) == ["1"]
    assert "Partner Manager, Draft" in words(leader.get("/packets").page)  # what was planned stays readable


def test_nobody_prints_a_draft_or_an_edition_that_they_may_not_have(
    as_: As, store: Database, slug: str, people: dict[str, Person]
):
    other = as_("other")
    make.draft(store, people["other"], make.role("Partner Manager"))
    assert boxes(other.get(PLAN).page) == ["draft-2"]
    for value in ("draft-1", "1", "draft-99", "99", "draft-x", "-1"):
        answer = other.fill(PLAN, editions=value, recipe="file-copy")
        assert answer.status_code == 422
        assert "Choose roles from the list; one of yours is no longer there." in words(answer.page)
    assert boxes(as_("hr").get(PLAN).page) == ["1", "draft-1", "draft-2"]
    with store.read() as session:
        assert session.scalars(select(PrintRunRow)).all() == []


@pytest.mark.usefixtures("slug")
def test_a_role_without_questions_is_told_before_the_run_and_what_was_chosen_is_kept(
    as_: As, store: Database, people: dict[str, Person]
):
    make.draft(store, people["leader"], make.role("Partner Manager", accountabilities=()))
    leader = as_("leader")
    answer = leader.fill(PLAN, editions=["1", "draft-2"], recipe="manager")

    assert answer.status_code == 422
    reported = words(answer.page)
    assert "Partner Manager has no interview questions yet, so there is no kit to print." in reported
    assert "Partner Manager has no accountabilities yet, so there is no brief to print." in reported
    assert "Account Executive has no" not in reported
    assert ticked(answer.page) == ["1", "draft-2"]
    assert boxes(answer.page) == ["1", "draft-2", "draft-1"]  # what is ticked stands first
    assert answer.page.select_one("main details").has_attr("open")
    with store.read() as session:
        assert session.scalars(select(PrintRunRow)).all() == []


def test_a_draft_that_lost_its_questions_is_not_planned_again(
    as_: As, store: Database, slug: str, people: dict[str, Person]
):
    leader = as_("leader")
    address = planned(leader, editions="draft-1")
    pressed(leader, address, "cancel")
    with store.write.begin() as session:
        draft = make.draft_row(session, slug)
        draft.change(Edit("all", draft.version, "tab", people["leader"].id), lambda role: replace(role, accountabilities=()))  # fmt: skip

    assert pressed(leader, address, "again") == f"{PLAN}?like=1"
    assert "Account Executive has no interview questions yet" in words(leader.get(f"{PLAN}?like=1").page)


def test_an_earlier_run_fills_the_form_with_its_people_recipe_and_options(
    as_: As, store: Database, slug: str, people: dict[str, Person]
):
    with store.write.begin() as session:
        own_recipe = add_recipe(session, make.recipe_draft(), people["hr"].id).name
    leader = as_("leader")
    address = planned(
        leader,
        editions="1",
        recipe=own_recipe,
        panel="Ina Vogt\nRaj Rao",
        candidates="Zoë",
        paper="letter",
        both_sides="y",
        delivery="file-each",
    )
    pressed(leader, address, "cancel")
    make.edition(store, slug, people["leader"])

    link = leader.get(address).page.select_one(f"a[href='{PLAN}?like=1']")
    assert link.get_text() == "Plan another like this"
    page = leader.get(link["href"]).page
    assert ticked(page) == ["2"]  # the newest edition
    assert page.select_one("#panel").get_text() == "\nIna Vogt\nRaj Rao"
    assert page.select_one("#candidates").get_text() == "\nZoë"
    for name, value in (("recipe", own_recipe), ("paper", "letter"), ("delivery", "file-each"), ("both_sides", "y")):
        assert page.select_one(f"input[name={name}][checked]")["value"] == value

    as_("hr").fill("/packets/recipes", f"/packets/recipes/{own_recipe}/retire")
    page = leader.get(link["href"]).page
    assert "The recipe “Second round” is not in use any more." in words(page)
    assert page.select_one("input[name=recipe][checked]")["value"] == "interviewer"


@pytest.mark.usefixtures("slug")
def test_somebody_elses_run_fills_no_form(as_: As):
    planned(as_("leader"), editions="1")

    assert as_("other").get(f"{PLAN}?like=1").status_code == 404
    assert as_("hr").get(f"{PLAN}?like=1").status_code == 200
    assert as_("hr").get(f"{PLAN}?like=2").status_code == 404
    assert as_("hr").get(f"{PLAN}?like=nothing").status_code == 200


def test_roles_that_are_called_alike_are_told_apart_by_their_owner_and_address(
    store: Database, people: dict[str, Person]
):
    for who in ("leader", "leader", "other"):
        make.draft(store, people[who])
    with store.read() as session:
        reported = {text for _, text in list_role_options(session, people["hr"]).choices}
    name = people["leader"].name

    assert reported == {
        f"Account Executive, Draft, of {name}, account-executive",
        f"Account Executive, Draft, of {name}, account-executive-2",
        f"Account Executive, Draft, of {people['other'].name}",
    }


def test_a_retired_newest_edition_leaves_the_one_before_it(
    as_: As, store: Database, slug: str, people: dict[str, Person]
):
    make.edition(store, slug, people["leader"])
    with store.write.begin() as session:
        session.get_one(EditionRow, 2).retired_at = now()

    assert boxes(as_("leader").get(PLAN).page) == ["1", "draft-1"]


def test_many_roles_cost_as_many_questions_to_the_database_as_few(store: Database, people: dict[str, Person]):
    def questions() -> int:
        with store.read() as session, store.record_queries() as reported:
            list_role_options(session, people["hr"])
        return len(reported)

    make.edition(store, make.draft(store, people["leader"]), people["leader"])
    make.edition(store, make.draft(store, people["leader"]), people["leader"])
    few = questions()
    for _ in range(6):
        make.edition(store, make.draft(store, people["leader"]), people["leader"])

    assert questions() == few == 3


def test_a_long_list_can_be_searched_where_scripts_run_and_is_whole_where_they_do_not(
    as_: As, store: Database, people: dict[str, Person]
):
    leader = as_("leader")
    make.draft(store, people["leader"])
    assert leader.get(PLAN).page.select("#find-role") == []
    for _ in range(12):
        make.draft(store, people["leader"])
    page = leader.get(PLAN).page

    assert page.select_one("[data-filters=editions]").has_attr("hidden")
    assert len(boxes(page)) == 13
