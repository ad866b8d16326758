"""A number that somebody changes is nobody's placeholder: pages and documents say that it is proposed, and by whom."""

from typing import Any

import pytest
from werkzeug.test import TestResponse

from tests.support import make
from tests.support.proof import PageClient, find_form, values_of
from tests.support.servers.databases import Database
from workbench.accounts.model import Person
from workbench.documents.model import Paper
from workbench.documents.page.html import render_html
from workbench.roles.brief.documents import accountability_brief
from workbench.roles.documents.build import starter_metrics_sheet
from workbench.roles.model import Basis, Role
from workbench.roles.position.documents import position_description

HELD = "accountabilities/north/expectations/north-held"
EXPECTATION = f"/roles/account-executive/{HELD}"


def role_with(basis: Basis) -> Role:
    """Return a role with one target, whose number has this basis."""
    held = make.expectation(key="north-held", basis=basis)
    return make.role(accountabilities=(make.accountability("north", expectations=(held,)),))


@pytest.fixture
def slug(store: Database, people: dict[str, Person]) -> str:
    """The leader's draft with one placeholder."""
    return make.draft(store, people["leader"], role_with(Basis.PLACEHOLDER))


def basis_of(store: Database, slug: str) -> Basis:
    return make.stored_role(store, slug).accountability("north").expectation("north-held").basis


def text_at(answer: TestResponse, where: str) -> str:
    return answer.page.select_one(where).get_text(" ", strip=True)


def autosave(reader: PageClient, **fields: Any) -> TestResponse:
    data = values_of(find_form(reader.get(EXPECTATION).page)) | fields
    return reader.post(EXPECTATION, data=data, headers={"X-Autosave": "1"})


def test_a_number_that_is_typed_over_a_placeholder_is_proposed(
    leader: PageClient, store: Database, people: dict[str, Person], slug: str
):
    overview = f"/roles/{slug}/accountabilities/north"
    assert "The number is a placeholder." in text_at(leader.get(overview), "#item-north-held")
    leader.fill(EXPECTATION, value="12")
    assert basis_of(store, slug) is Basis.PROPOSED
    assert f"Proposed by {people['leader'].name}" in text_at(leader.get(overview), "#item-north-held")
    assert f"Proposed by {people['leader'].name}" in text_at(leader.get(EXPECTATION), "#basis-hint")


def test_an_autosave_shows_the_new_basis_in_the_form_that_is_open(leader: PageClient, store: Database, slug: str):
    answer = autosave(leader, value="12")
    assert answer.page.select_one("select#basis option[selected]")["value"] == "proposed"
    assert answer.page.select_one("select#basis")["hx-swap-oob"] == "true"
    again = autosave(leader, source="The board")
    assert not again.page.select("select#basis"), "a form that is right is left alone"
    assert basis_of(store, slug) is Basis.PROPOSED


@pytest.mark.parametrize("basis", Basis)
def test_documents_say_of_each_number_that_is_not_agreed_that_it_is_a_starting_point(basis: Basis):
    role = role_with(basis)
    for build in (position_description, accountability_brief, starter_metrics_sheet):
        page = render_html(build(role, make.stamp()), Paper.A4).replace("\u00a0", " ")
        assert page.count("starting points") == (basis is not Basis.AGREED)


def test_the_page_of_the_starter_metrics_says_what_is_agreed(leader: PageClient, slug: str):
    page = f"/roles/{slug}/metrics"
    assert "(from the library)" in text_at(leader.get(page), "main")
    leader.fill(EXPECTATION, value="12")
    assert "(proposed)" in text_at(leader.get(page), "main")
    leader.fill(EXPECTATION, basis="agreed")
    assert "(" not in text_at(leader.get(page), "main table")
