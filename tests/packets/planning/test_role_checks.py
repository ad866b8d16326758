"""The list of a run names the roles in which there is something to look at, and leads to the page that tells it."""

from collections.abc import Callable

import pytest

from tests.packets.run.test_views import planned
from tests.support import make
from tests.support.proof import PageClient
from tests.support.servers.databases import Database
from workbench.accounts.model import Person
from workbench.roles.model import Pay

As = Callable[[str], PageClient]


@pytest.mark.usefixtures("slug")
def test_a_sound_role_is_not_named(as_: As):
    leader = as_("leader")
    assert "Before you print" not in leader.get(planned(leader)).page.main.get_text()


@pytest.mark.parametrize("edition", [True, False])
def test_a_role_that_cannot_be_true_is_named_with_its_page(
    as_: As, store: Database, people: dict[str, Person], *, edition: bool
):
    slug = make.draft(store, people["leader"], make.role(pay=Pay(9_000_000, 8_000_000)))
    number = make.edition(store, slug, people["leader"]) if edition else 0
    leader = as_("leader")

    page = leader.get(planned(leader, editions=str(number) if edition else "draft-1")).page.main

    assert "1 thing to look at 1 cannot be true" in page.get_text(" ", strip=True)
    url = f"/editions/{slug}/{number}/before-print" if edition else f"/roles/{slug}/before-print"
    assert leader.get(page.find("a", href=url)["href"]).status_code == 200
