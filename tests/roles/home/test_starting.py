"""One page has every way to start a role: blank, ready-made, and published here; and it is searched."""

from collections.abc import Callable

import pytest

from tests.support import make
from tests.support.proof import PageClient
from tests.support.servers.databases import Database
from workbench.accounts.model import Person
from workbench.roles.library import library

As = Callable[[str], PageClient]


def headings(client: PageClient, address: str, level: str) -> list[str]:
    return [each.get_text(" ", strip=True) for each in client.get(address).page.select(f"main {level}")]


@pytest.mark.parametrize("address", ["/roles/new", "/library"])
def test_a_leader_starts_blank_at_the_top_or_from_a_role_of_its_group(leader: PageClient, address: str):
    page = leader.get(address).page
    assert page.select_one("main form")["action"] == "/roles/new"
    assert [each.get_text(strip=True) for each in page.select("main h2")] == [
        "Win new customers",
        "Keep and grow customers",
        "Sell through partners",
        "Help others to sell",
        "Lead a team",
    ]
    cards = page.select("li.card")
    assert {card.h3.get_text(strip=True) for card in cards} == {role.title for role in library().values()}
    for card in cards:
        about, facts = (each.get_text(" ", strip=True) for each in card.select("p"))
        assert about.endswith("."), "no text is cut"
        assert "to agree" in facts
    assert len(page.select("main button:not(.plain)")) == 1


def test_those_who_write_no_roles_read_the_library(as_: As):
    page = as_("interviewer").get("/library").page
    assert page.h1.get_text() == "Role library"
    assert len(page.select("li.card")) == len(library())
    assert not page.select("main form[method=post]")


@pytest.mark.parametrize(
    ("words", "titles"),
    [("chanel", {"Channel Manager"}), ("renewals notice", {"Account Manager"}), ("astronaut", set())],
)
def test_ready_made_roles_are_found_by_any_of_their_words(leader: PageClient, words: str, titles: set[str]):
    found = set(headings(leader, f"/roles/new?q={words}", "h3"))
    assert titles <= found
    assert bool(found) is bool(titles)
    if not titles:
        assert "No role has these words" in leader.get(f"/library?q={words}").text


def test_a_role_starts_from_one_that_was_published_here(leader: PageClient, store: Database, people: dict[str, Person]):
    assert "From a role that was published here" not in headings(leader, "/roles/new", "h2")
    slug = make.draft(store, people["other"], make.role("Closer of Otto"))
    make.edition(store, slug, people["other"])
    make.draft(store, people["other"], make.role("Unpublished"))
    page = leader.get("/roles/new?q=closer").page
    section = page.select_one("#published").find_parent("section")
    assert section.select_one(".why").get_text() == "Edition 1, Otto Berg"
    answer = leader.post(section.select_one("form")["action"])
    assert "from Edition 1" in leader.get("/").page.get_text()
    assert answer.location == "/roles/closer-of-otto-2"
    assert "Unpublished" not in leader.get("/roles/new").text


def test_a_blank_start_without_a_title_says_what_to_enter(leader: PageClient):
    answer = leader.post("/roles/new", data={"title": " "})
    assert answer.status_code == 422
    assert "Enter a title" in answer.page.select_one("#title-error").get_text()
