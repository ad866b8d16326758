"""The list pages of roles stay fast, searchable and paged with a thousand roles."""

from collections.abc import Callable

import pytest

from tests.support.proof import PageClient
from tests.support.servers.databases import Database
from tests.support.volume import MAX_PAGE_COST, ROLES, add_roles, page_cost
from workbench.accounts.model import Person
from workbench.core.web.app import Workbench


@pytest.fixture
def full(store: Database, people: dict[str, Person]) -> Database:
    add_roles(store, people["leader"])
    return store


@pytest.mark.slow("asks for seven pages of a thousand roles, several times")
@pytest.mark.parametrize("who", ["leader", "hr"])
def test_the_home_page_of_a_thousand_roles_is_fast(
    app: Workbench, full: Database, as_: Callable[[str], PageClient], who: str
):
    client = as_(who)
    pages = [
        "/",
        "/?page=20",
        "/?q=manager&sort=title",
        "/?show=published&q=999",
        "/?show=team&sort=owner",
        "/library",
        "/metrics",
    ]
    for page in pages:
        assert page_cost(app, client, page) <= MAX_PAGE_COST, page


def test_the_home_page_shows_fifty_roles_and_leads_to_the_others(leader: PageClient, full: Database):
    page = leader.get("/").page
    (table,) = page.select("main table")
    assert len(table.select("tbody tr")) == 50
    assert f"1 to 50 of {ROLES}" in page.select_one("nav[aria-label='Roles: pages']").get_text()
    following = page.select_one("nav[aria-label='Roles: pages'] a[rel=next]")["href"]
    page = leader.get(following).page
    assert f"51 to 100 of {ROLES}" in page.get_text()
    assert page.select_one("nav[aria-label='Roles: pages'] a[rel=prev]")


def test_roles_are_searched_and_sorted_by_title(leader: PageClient, full: Database):
    page = leader.get("/?show=mine&q=sales+engineer").page
    found = [link.get_text(strip=True) for link in page.select("main table tbody th a")]
    assert found
    assert all(title.startswith("Sales Engineer") for title in found)
    heading = page.select_one("main table thead a")
    page = leader.get(heading["href"]).page
    assert page.select_one("main table th[aria-sort=ascending]").get_text(strip=True) == "Role"
    ordered = [link.get_text(strip=True) for link in page.select("main table tbody th a")]
    assert ordered == sorted(ordered)
    assert page.select_one("nav.filters a[aria-current]").get_text(" ", strip=True) == f"Mine {ROLES:}"


def test_a_search_without_a_match_says_so(leader: PageClient, full: Database):
    assert "No role has these words in its title." in leader.get("/?q=astronaut").page.get_text()
