"""Buttons of the path work for those who may press them, with their token, and once."""

from collections.abc import Callable

import pytest

from tests.roles.path.stored import state
from tests.support.proof import PageClient
from tests.support.servers.databases import Database

POSTS = (
    "/roles/{slug}/accountabilities",
    "/roles/{slug}/accountabilities/north/expectations",
    "/roles/{slug}/accountabilities/north/questions",
    "/roles/{slug}/accountabilities/north/remove",
    "/roles/{slug}/accountabilities/north/expectations/north-held/remove",
    "/roles/{slug}/copy",
    "/roles/{slug}/remove",
    "/roles/{slug}/publish",
    "/roles/{slug}/documents/print",
)


@pytest.mark.parametrize("url", POSTS)
def test_no_button_works_on_what_belongs_to_somebody_else(
    as_: Callable[[str], PageClient], store: Database, slug: str, url: str
):
    before = state(store)
    assert as_("other").post(url.format(slug=slug), data={"do": "add:"}).status_code == 404
    assert state(store) == before


@pytest.mark.parametrize("url", POSTS)
def test_no_button_works_without_its_token(leader: PageClient, store: Database, slug: str, url: str):
    before = state(store)
    assert leader.post(url.format(slug=slug), data={"do": "add:"}, token=False).status_code in {400, 403}
    assert state(store) == before


@pytest.mark.parametrize("url", [*POSTS, "/roles/new", "/library/account-manager/adapt"])
def test_a_button_that_is_pressed_twice_acts_once(leader: PageClient, store: Database, slug: str, url: str):
    data = {"do": "add:", "op_id": "once", "title": "Closer"}
    first = leader.post(url.format(slug=slug), data=data)
    assert first.status_code == 303
    after = state(store)
    second = leader.post(url.format(slug=slug), data=data)
    assert (second.status_code, second.location) == (303, first.location)
    assert state(store) == after
