"""The task list tells the truth about a draft, and leads on from where its leader stopped."""

from collections.abc import Callable

import pytest
from sqlalchemy import select
from werkzeug.test import TestResponse

from tests.support import make
from tests.support.proof import PageClient
from tests.support.servers.databases import Database
from workbench.accounts.audit import AuditRow
from workbench.accounts.model import Person
from workbench.roles.library import library
from workbench.roles.model import Role

ADAPTED = "account-executive-mid-market"


def page_text(answer: TestResponse, where: str = "main") -> str:
    """Return the words of a part of a page."""
    return answer.page.select_one(where).get_text(" ", strip=True)


def state_of(page: TestResponse, place: str) -> str:
    return page_text(page, f"[id='part-{place}'] .state")


@pytest.fixture
def adapted(store: Database, people: dict[str, Person]) -> str:
    """A draft that is the library's role, word for word."""
    return make.draft(store, people["leader"], library()[ADAPTED], library=ADAPTED)


def test_a_role_from_the_library_is_not_yet_the_leader_s(leader: PageClient, adapted: str):
    page = leader.get(f"/roles/{adapted}")
    assert state_of(page, "summary") == "From the library"
    assert state_of(page, "pay") == "Empty"
    card = page_text(page, ".verdict")
    assert "15 numbers are not agreed" in card
    assert "17 parts are from the library, not yet yours" in card
    assert not page.page.select(".verdict .blocking")
    assert page_text(page, ".verdict .row .button") == "Go on: Title and place"


def test_each_accountability_is_on_the_task_list_with_its_gaps(
    leader: PageClient, store: Database, people: dict[str, Person]
):
    bare = make.without_expectations(make.accountability("north"))
    slug = make.draft(store, people["leader"], make.role().with_accountability(bare))
    page = leader.get(f"/roles/{slug}")
    links = {link["href"] for link in page.page.select(".tasks a")}
    assert f"/roles/{slug}/accountabilities/north" in links
    assert "none leading" in page_text(page)
    assert "2 of 2 numbers agreed" in page_text(page)


def test_a_part_is_kept_as_it_is_until_it_changes(leader: PageClient, store: Database, adapted: str):
    answer = leader.post(f"/roles/{adapted}/keep", data={"place": "summary"})
    assert answer.location == f"/roles/{adapted}#part-summary"
    assert state_of(leader.get(f"/roles/{adapted}"), "summary") == "Yours"
    with store.read() as session:
        line = session.scalars(select(AuditRow).order_by(AuditRow.id.desc())).first()
        assert line is not None
        assert (line.act, line.detail) == ("kept as it is", {"part": "summary"})
    leader.fill(f"/roles/{adapted}/summary", summary=library()["vp-sales"].summary)
    assert state_of(leader.get(f"/roles/{adapted}"), "summary") == "From the library"


def test_a_page_keeps_its_part_and_what_was_typed(leader: PageClient, store: Database, adapted: str):
    answer = leader.fill(f"/roles/{adapted}/seat", button="Keep as it is", department="Commercial")
    assert answer.location == f"/roles/{adapted}/summary"
    assert make.stored_role(store, adapted).department == "Commercial"
    assert "Keep as it is" not in page_text(leader.get(f"/roles/{adapted}/seat"), "form")


def test_nothing_is_kept_that_is_no_part(leader: PageClient, adapted: str):
    assert leader.post(f"/roles/{adapted}/keep", data={"place": "nowhere"}).status_code == 404


def test_a_blank_role_shows_what_comes_first_and_no_red(leader: PageClient, store: Database, people: dict[str, Person]):
    slug = make.draft(store, people["leader"], Role(title="Closer"))
    page = leader.get(f"/roles/{slug}")
    assert page_text(page, ".verdict h2") == "Nothing is written yet"
    assert page_text(page, ".verdict .button") == "Start with the purpose"
    assert not page.page.select(".blocking")
    for place in ("purpose/overall", "duties", "accountabilities", "check"):
        assert not leader.get(f"/roles/{slug}/{place}").page.select(".blocking")


@pytest.mark.parametrize("page", ["", "/check"])
def test_the_card_names_first_what_it_counts(leader: PageClient, adapted: str, page: str):
    leader.fill(f"/roles/{adapted}/summary", summary="We look for a young and energetic closer.")
    card = leader.get(f"/roles/{adapted}{page}").page.select_one(".verdict")
    assert card.select_one("h2").get_text().startswith("1 thing to close")
    assert "young" in card.select_one("li").get_text()


def test_one_goes_on_where_one_stopped(leader: PageClient, adapted: str):
    leader.fill(f"/roles/{adapted}/purpose/overall", answer="Ours.")
    page = leader.get(f"/roles/{adapted}")
    assert page.page.select_one(".verdict .row .button")["href"] == f"/roles/{adapted}/purpose/outcomes"


def test_each_page_of_the_path_leads_to_the_one_before_and_the_one_after(leader: PageClient, slug: str):
    page = leader.get(f"/roles/{slug}/accountabilities/south/outcome")
    assert "Step 9 of 16" in page_text(page, ".jump")
    before, after = (page.page.select_one(f".neighbours [rel={rel}]")["href"] for rel in ("prev", "next"))
    assert (before, after) == (f"/roles/{slug}/accountabilities/north", f"/roles/{slug}/accountabilities/west")
    assert len(page.page.select(".jump li")) == 17  # the check page is the last
    assert page.page.select_one(".jump [aria-current]")["href"] == f"/roles/{slug}/accountabilities/south"


def test_hr_reads_the_states_and_changes_nothing(as_: Callable[[str], PageClient], adapted: str):
    page = as_("hr").get(f"/roles/{adapted}")
    assert state_of(page, "summary") == "From the library"
    assert "Keep as it is" not in page_text(page)
    assert page_text(page, ".verdict .row") == "Read every answer"


def test_a_copy_keeps_what_its_leader_kept(leader: PageClient, adapted: str):
    leader.post(f"/roles/{adapted}/keep", data={"place": "summary"})
    copy = leader.post(f"/roles/{adapted}/copy").location
    page = leader.get(copy)
    assert (state_of(page, "summary"), state_of(page, "duties")) == ("Yours", "From the library")


def test_a_draft_from_an_edition_is_the_leader_s(
    leader: PageClient, store: Database, people: dict[str, Person], adapted: str
):
    make.edition(store, adapted, people["leader"])
    draft = leader.post(f"/editions/{adapted}/1/draft").location
    assert state_of(leader.get(draft), "duties") == "Yours"
    copy = leader.post(f"{draft}/copy").location
    assert state_of(leader.get(copy), "duties") == "Yours"
