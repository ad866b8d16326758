"""Promises of the library are marked on their pages, confirmed by a button, and published only by a decision."""

from dataclasses import replace

import pytest
from sqlalchemy import select

from tests.support import make
from tests.support.proof import PageClient, values_of
from tests.support.servers.databases import Database
from workbench.accounts.audit import AuditRow
from workbench.accounts.model import Person
from workbench.documents.model import Paper
from workbench.documents.page.html import render_html
from workbench.roles.documents.kinds import build_document
from workbench.roles.library import library
from workbench.roles.promises.model import unconfirmed

NAME = "sales-engineer"


@pytest.fixture
def adopted(store: Database, people: dict[str, Person]) -> str:
    """A draft that was started from the library."""
    return make.draft(store, people["leader"], library()[NAME], library=NAME)


def words(answer: object) -> str:
    return " ".join(answer.page.select_one("main").get_text(" ", strip=True).split())


def publish(reader: PageClient, slug: str, **fields: str) -> object:
    url = f"/roles/{slug}/publish"
    form = next(form for form in reader.get(f"/roles/{slug}/check").page.select("main form") if form["action"] == url)
    return reader.post(url, data=values_of(form) | fields)


def test_the_task_list_and_the_check_page_count_them(leader: PageClient, store: Database, adopted: str):
    number = len(unconfirmed(make.stored_role(store, adopted)))
    for page in (leader.get(f"/roles/{adopted}"), leader.get(f"/roles/{adopted}/check")):
        assert f"{number} promises nobody has confirmed" in words(page)


def test_one_button_confirms_all_of_them_and_can_be_undone(leader: PageClient, store: Database, adopted: str):
    before = make.stored_role(store, adopted)
    answer = leader.fill(f"/roles/{adopted}/promises", all="y")
    assert answer.location == f"/roles/{adopted}/promises"
    after = make.stored_role(store, adopted)
    assert after == replace(before, samples=())
    page = leader.get(f"/roles/{adopted}/promises")
    assert "every promise of this role is somebody’s word" in words(page)
    with store.read() as session:
        assert "confirmed promises of" in session.scalars(select(AuditRow.act)).all()
    history = leader.get(f"/roles/{adopted}/history")
    number = history.page.select_one("main a[href*='/history/']")["href"].rsplit("/", 1)[1]
    leader.fill(f"/roles/{adopted}/history/{number}", f"/roles/{adopted}/history/{number}/undo")
    assert make.stored_role(store, adopted) == before


def test_chosen_ones_are_confirmed_and_the_others_wait(leader: PageClient, store: Database, adopted: str):
    first, *others = unconfirmed(make.stored_role(store, adopted))
    leader.fill(f"/roles/{adopted}/promises", promise=first.text)
    left = [each.text for each in unconfirmed(make.stored_role(store, adopted))]
    assert left == [each.text for each in others if each.text != first.text]


def test_nothing_chosen_confirms_nothing(leader: PageClient, store: Database, adopted: str):
    before = make.stored_role(store, adopted)
    leader.fill(f"/roles/{adopted}/promises", promise="We pay for lunch.")
    assert make.stored_role(store, adopted) == before


def test_the_note_beside_a_field_confirms_its_text_with_what_is_typed_elsewhere(
    leader: PageClient, store: Database, adopted: str
):
    role = make.stored_role(store, adopted)
    item = role.accountabilities[0]
    expectation = item.expectations[0]
    url = f"/roles/{adopted}/accountabilities/{item.key}/expectations/{expectation.key}"
    assert "Sample: nobody has confirmed this." in words(leader.get(url))
    answer = leader.fill(url, do="confirm:we_will", source="The report of Monday")
    assert answer.location == f"{url}#we_will"
    assert "Sample: nobody" not in words(leader.get(url))
    changed = make.stored_role(store, adopted)
    assert changed.accountability(item.key).expectation(expectation.key).source == "The report of Monday"
    assert expectation.we_will not in changed.samples


def test_other_words_in_the_field_are_a_promise(leader: PageClient, store: Database, adopted: str):
    item = make.stored_role(store, adopted).accountabilities[0]
    url = f"/roles/{adopted}/accountabilities/{item.key}/supports"
    assert "of these lines" in words(leader.get(url))
    leader.fill(url, rewards="Told by the founder at lunch")
    assert "of these lines" not in words(leader.get(url))


def test_publishing_with_samples_needs_a_decision_which_stays_with_the_edition(
    leader: PageClient, store: Database, adopted: str
):
    number = len(unconfirmed(make.stored_role(store, adopted)))
    refused = publish(leader, adopted)
    assert refused.status_code == 422
    assert f"tick the box: {number} promises nobody has confirmed" in words(refused)
    assert publish(leader, adopted, unconfirmed="y").status_code == 303
    assert f"{number} promises nobody has confirmed" in words(leader.get(f"/editions/{adopted}/1"))


def test_confirmed_promises_are_published_without_a_question(leader: PageClient, adopted: str):
    leader.fill(f"/roles/{adopted}/promises", all="y")
    assert "Promises" not in [tag.get_text() for tag in leader.get(f"/roles/{adopted}/check").page.select("h2")]
    assert publish(leader, adopted).status_code == 303


@pytest.mark.parametrize("kind", ["position-description", "accountability-brief", "starter-metrics"])
def test_a_draft_marks_samples_and_says_what_the_mark_means(kind: str):
    page = render_html(build_document(kind, library()[NAME], make.stamp(draft=True)), Paper.A4)
    assert "(not confirmed)" in page.replace("\u00a0", " ").replace("\u00ad", "")
    assert "nobody has promised it yet" in page.replace("\u00a0", " ")


def test_the_edition_of_a_brief_leaves_samples_out():
    role = library()[NAME]
    page = render_html(build_document("accountability-brief", role, make.stamp()), Paper.A4)
    assert "not confirmed" not in page
    assert [each.text for each in unconfirmed(role) if each.text in page] == []
