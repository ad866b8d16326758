"""A draft that is shared: who finds it, what they may do, who sees its pay, and a new owner."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from tests.roles.path.test_pages import page_text
from tests.support import make
from tests.support.proof import PageClient
from tests.support.servers.databases import Database
from workbench.accounts.model import Person
from workbench.roles.history.tables import DraftStateRow
from workbench.roles.model import Pay
from workbench.roles.sharing.model import AccessLevel
from workbench.roles.sharing.tables import list_collaborators, share

As = Callable[[str], PageClient]
PAY = Pay(6_511_100, 18_522_200, variable="Zebra bonus")


def share_with(store: Database, slug: str, person: Person, level: AccessLevel, *, sees_pay: bool = False) -> None:
    with store.write.begin() as session:
        share(session, make.draft_row(session, slug).id, person.id, level, person.id, sees_pay=sees_pay)


def test_a_shared_draft_is_found_and_read(as_: As, people: dict[str, Person], slug: str):
    tom = as_("other")
    assert tom.get(f"/roles/{slug}").status_code == 404
    form = {"person": str(people["other"].id), "level": "comment"}
    assert as_("leader").fill(f"/roles/{slug}/people", f"/roles/{slug}/people", **form).status_code == 303
    assert "Account Executive" in page_text(tom.get("/"))
    assert tom.get(f"/roles/{slug}").status_code == 200
    assert tom.get(f"/roles/{slug}/links").status_code in (403, 404)
    assert "Lea Berg shared Account Executive with you" in page_text(tom.get("/notices"))


@pytest.mark.parametrize(("kind", "level"), [("other", "comment"), ("interviewer", "read")])
@pytest.mark.parametrize("place", ["summary", "targets", "accountabilities/north"])
def test_a_reader_at_the_address_of_an_editing_page_is_led_to_the_text(
    as_: As, store: Database, people: dict[str, Person], slug: str, kind: str, level: str, place: str
):
    reader, address = as_(kind), f"/roles/{slug}/{place}"
    assert reader.get(address).status_code in (403, 404), "nobody learns what exists"
    share_with(store, slug, people[kind], AccessLevel(level))
    answer = reader.get(address)
    assert answer.location == f"/roles/{slug}/check#every-answer"
    page = reader.get(answer.location.partition("#")[0])
    assert "for the people who change this draft" in page_text(page)
    assert page.page.select_one("#every-answer")
    assert reader.post(address).status_code in (403, 404, 405)
    assert reader.get(address, headers={"HX-Request": "true"}).status_code in (403, 404)


def test_an_editor_writes_and_does_not_publish_share_or_remove(
    as_: As, store: Database, people: dict[str, Person], slug: str
):
    share_with(store, slug, people["other"], AccessLevel.EDIT)
    tom = as_("other")
    tom.fill(f"/roles/{slug}/summary", summary="Opens doors in the south.")
    assert make.stored_role(store, slug).summary == "Opens doors in the south."
    assert "Otto Berg Summary" in page_text(as_("leader").get(f"/roles/{slug}/history"))
    for address in ("publish", "people", "remove", "owner"):
        assert tom.post(f"/roles/{slug}/{address}").status_code == 404
    links = {link["href"] for link in tom.get(f"/roles/{slug}").page.select("main a")}
    assert f"/roles/{slug}/summary" in links
    assert f"/roles/{slug}/remove" not in links


def test_an_interviewer_may_comment_at_most(as_: As, store: Database, people: dict[str, Person], slug: str):
    form = {"person": str(people["interviewer"].id), "level": "edit"}
    answer = as_("leader").fill(f"/roles/{slug}/people", f"/roles/{slug}/people", **form)
    assert answer.status_code == 422
    assert "may at most read and comment" in page_text(answer)
    with store.read() as session:
        assert list_collaborators(session, make.draft_row(session, slug).id) == []


def test_an_admin_is_not_offered(as_: As, slug: str):
    assert "Ana Koch" not in as_("leader").get(f"/roles/{slug}/people").text


def test_sharing_is_changed_and_stopped(as_: As, store: Database, people: dict[str, Person], slug: str):
    share_with(store, slug, people["other"], AccessLevel.READ)
    owner, tom = as_("leader"), as_("other")
    page = f"/roles/{slug}/people/{people['other'].id}"
    owner.post(page, data={"level": "edit"})
    assert tom.get(f"/roles/{slug}/summary").status_code == 200
    owner.post(page, data={"level": "edit", "do": "remove"})
    assert tom.get(f"/roles/{slug}").status_code == 404
    assert owner.post(page, data={"level": "edit"}).status_code == 404


def test_a_new_owner_has_the_draft_with_its_editions_and_the_one_before_edits_it(
    as_: As, store: Database, people: dict[str, Person], slug: str
):
    make.edition(store, slug, people["leader"])
    owner = as_("leader")
    answer = owner.post(f"/roles/{slug}/owner", data={"owner": str(people["interviewer"].id)})
    assert answer.status_code == 422
    assert "Choose a person" in page_text(answer)
    owner.post(f"/roles/{slug}/owner", data={"owner": str(people["other"].id)})
    assert as_("other").post(f"/editions/{slug}/1/retire").status_code == 303
    assert owner.post(f"/editions/{slug}/1/retire").status_code == 404
    assert owner.get(f"/roles/{slug}/pay").status_code == 200
    assert owner.post(f"/roles/{slug}/publish").status_code == 404


def test_hr_hands_a_draft_over(as_: As, store: Database, people: dict[str, Person], slug: str):
    as_("hr").post(f"/roles/{slug}/owner", data={"owner": str(people["other"].id)})
    with store.read() as session:
        assert make.draft_row(session, slug).owner_id == people["other"].id


@pytest.mark.parametrize("sees_pay", [True, False])
@pytest.mark.parametrize("level", [AccessLevel.READ, AccessLevel.EDIT])
def test_pay_is_seen_by_those_to_whom_the_owner_shows_it(
    as_: As, store: Database, people: dict[str, Person], sees_pay: bool, level: AccessLevel
):
    slug = make.draft(store, people["leader"], make.role(pay=PAY))
    as_("leader").fill(f"/roles/{slug}/pay", benefits="Walrus days")
    share_with(store, slug, people["other"], level, sees_pay=sees_pay)
    with store.read() as session:
        number = session.query(DraftStateRow).one().id
    tom, draft = as_("other"), f"/roles/{slug}"
    places = (
        draft,
        "check",
        f"history/{number}",
        "documents/position-description",
        "documents/position-description.docx",
    )
    texts = [tom.get(place if place == draft else f"{draft}/{place}").text for place in places[:-1]]
    seen = [secret for secret in ("Zebra", "Walrus", "65,111") for text in texts if secret in text]
    assert bool(seen) is sees_pay, seen
    of_editor = 200 if sees_pay else 404
    assert tom.get(f"{draft}/pay").status_code == (of_editor if level is AccessLevel.EDIT else 303)


def test_an_editor_without_the_pay_restores_a_draft_and_leaves_the_pay_as_it_is(
    as_: As, store: Database, people: dict[str, Person]
):
    slug = make.draft(store, people["leader"], make.role(pay=PAY))
    as_("leader").fill(f"/roles/{slug}/pay", benefits="Walrus days")
    as_("leader").fill(f"/roles/{slug}/summary", summary="Second.")
    share_with(store, slug, people["other"], AccessLevel.EDIT)
    with store.read() as session:
        numbers = [row.id for row in session.query(DraftStateRow).order_by(DraftStateRow.id)]
    as_("other").post(f"/roles/{slug}/history/{numbers[0]}/restore")
    role = make.stored_role(store, slug)
    assert (role.pay, role.summary) == (replace(PAY, benefits="Walrus days"), "Wins new customers.")
    as_("other").post(f"/roles/{slug}/history/{numbers[0]}/undo")
    assert make.stored_role(store, slug).pay == replace(PAY, benefits="Walrus days")


def test_released_pay_is_seen_by_every_reader(as_: As, store: Database, people: dict[str, Person]):
    slug = make.draft(store, people["leader"], make.role(pay=replace(PAY, released=True)))
    share_with(store, slug, people["other"], AccessLevel.READ)
    assert "Zebra" in page_text(as_("other").get(f"/roles/{slug}/check"))


def test_notices_are_read_one_by_one_or_all_at_once(as_: As, store: Database, people: dict[str, Person], slug: str):
    second = make.draft(store, people["leader"], make.role("Closer"))
    owner, tom = as_("leader"), as_("other")
    for draft in (slug, second):
        owner.post(f"/roles/{draft}/people", data={"person": str(people["other"].id), "level": "read"})
    count = "header .icon-button .count"
    assert tom.get("/").page.select_one(count).get_text().startswith("2")
    address = tom.get("/notices").page.select_one(".notices li:last-child a")["href"]
    assert tom.get(address).location == f"/roles/{slug}"
    assert tom.get("/").page.select_one(count).get_text().startswith("1")
    tom.post("/notices")
    assert tom.get("/").page.select_one(count) is None
    assert as_("hr").get(address).status_code == 404
