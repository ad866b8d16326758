"""The history of a draft, undo, and the trash, in a browser."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest

from tests.roles.path.test_pages import AUTOSAVE, opened, page_text
from tests.support import make, site
from tests.support.proof import PageClient
from tests.support.servers.databases import Database
from workbench.accounts.model import Person
from workbench.core import clock
from workbench.core.edits import EVERYTHING, Edit
from workbench.roles.history import purge
from workbench.roles.history.tables import DraftStateRow
from workbench.roles.model import Duty


def undo_last(reader: PageClient, page: str) -> str:
    """Press Undo in the line at the top of a page, and return the address of the page after it."""
    form = reader.get(page).page.select_one(".note.with-undo form")
    assert form is not None, "There is no line with Undo."
    return str(reader.post(form["action"]).location)


def changes(store: Database) -> list[DraftStateRow]:
    with store.read() as session:
        return list(session.query(DraftStateRow).order_by(DraftStateRow.id))


def test_a_history_names_who_changed_what(leader: PageClient, slug: str):
    assert "Nothing has been changed yet" in page_text(leader.get(f"/roles/{slug}/history"))
    leader.fill(f"/roles/{slug}/summary", summary="Opens doors.")
    row = leader.get(f"/roles/{slug}/history").page.select_one("tbody tr")
    assert "Lea Berg Summary" in row.get_text(" ", strip=True)
    page = leader.get(row.select_one("a")["href"])
    assert "Opens doors." in [each.get_text() for each in page.page.select("ins")]
    assert "Wins new customers." in [each.get_text() for each in page.page.select("del")]


def test_the_saves_of_one_open_page_are_one_change_until_some_minutes_have_passed(
    leader: PageClient, store: Database, slug: str
):
    fields = opened(leader, f"/roles/{slug}/summary")
    for text in ("O", "Op", "Opens"):
        leader.post(f"/roles/{slug}/summary", data=fields | {"summary": text, "op_id": text}, headers=AUTOSAVE)
    (only,) = changes(store)
    assert only.version == 1
    with store.write.begin() as session:
        session.get_one(DraftStateRow, only.id).first_at -= timedelta(minutes=11)
    leader.post(f"/roles/{slug}/summary", data=fields | {"summary": "Opens doors.", "op_id": "last"}, headers=AUTOSAVE)
    assert len(changes(store)) == 2


def test_a_removed_accountability_comes_back_with_undo(leader: PageClient, store: Database, slug: str):
    before = make.stored_role(store, slug)
    page = leader.fill(f"/roles/{slug}/accountabilities/south/remove").location
    assert make.stored_role(store, slug) != before
    assert undo_last(leader, page) == f"/roles/{slug}/accountabilities"
    assert make.stored_role(store, slug) == before


@pytest.mark.parametrize("part", ["expectations/south-held", "questions/south-ask"])
def test_a_removed_item_comes_back_with_undo_and_the_undo_can_be_undone(
    leader: PageClient, store: Database, slug: str, part: str
):
    before = make.stored_role(store, slug)
    page = leader.fill(f"/roles/{slug}/accountabilities/south/{part}/remove").location
    after = make.stored_role(store, slug)
    page = undo_last(leader, page)
    assert make.stored_role(store, slug) == before
    undo_last(leader, page)
    assert make.stored_role(store, slug) == after


def test_a_removed_row_comes_back_with_undo(leader: PageClient, store: Database, people: dict[str, Person]):
    duties = (Duty("Calls customers"), Duty("Keeps the CRM clean"))
    slug = make.draft(store, people["leader"], make.role(duties=duties))
    page = leader.fill(f"/roles/{slug}/duties", do="remove:0").location
    assert make.stored_role(store, slug).duties == duties[1:]
    undo_last(leader, page)
    assert make.stored_role(store, slug).duties == duties


def test_undo_keeps_what_another_part_got_since_and_says_when_nothing_is_left_to_undo(
    leader: PageClient, store: Database, slug: str
):
    leader.fill(f"/roles/{slug}/summary", summary="Second.")
    leader.fill(f"/roles/{slug}/conditions", place="Port Merrow")
    first = changes(store)[0].id
    leader.post(f"/roles/{slug}/history/{first}/undo")
    role = make.stored_role(store, slug)
    assert (role.summary, role.conditions.place) == ("Wins new customers.", "Port Merrow")
    answer = leader.post(f"/roles/{slug}/history/{first}/undo")
    assert "Nothing was undone" in page_text(leader.get(answer.location))


def test_any_state_is_restored_and_the_later_one_is_kept(leader: PageClient, store: Database, slug: str):
    original = make.stored_role(store, slug)
    leader.fill(f"/roles/{slug}/summary", summary="Second.")
    leader.fill(f"/roles/{slug}/conditions", place="Port Merrow")
    latest = make.stored_role(store, slug)
    page = leader.post(f"/roles/{slug}/history/{changes(store)[0].id}/restore").location
    assert make.stored_role(store, slug) == original
    undo_last(leader, page)
    assert make.stored_role(store, slug) == latest


def test_a_page_that_was_open_during_a_restore_loses_no_text(leader: PageClient, store: Database, slug: str):
    leader.fill(f"/roles/{slug}/summary", summary="Second.")
    fields = opened(leader, f"/roles/{slug}/conditions")
    leader.post(f"/roles/{slug}/history/{changes(store)[0].id}/restore")
    answer = leader.post(f"/roles/{slug}/conditions", data=fields | {"place": "Port Merrow"})
    assert answer.status_code == 409
    assert "Port Merrow" in page_text(answer)


def test_a_page_that_was_open_while_the_currency_changed_shows_both_texts(
    leader: PageClient, store: Database, slug: str
):
    place = f"/roles/{slug}/accountabilities/north/expectations/north-won"
    fields = opened(leader, place)
    with store.write.begin() as session:
        draft = make.draft_row(session, slug)
        edit = Edit("currency", draft.version, "", draft.owner_id, apart=True, parts=("currency", EVERYTHING))
        draft.change(edit, lambda role: replace(role, currency="EUR"))
    assert leader.post(place, data=fields | {"source": "The board"}).status_code == 409
    again = opened(leader, place)
    leader.post(f"/roles/{slug}/history/{changes(store)[-1].id}/undo")
    assert make.stored_role(store, slug).currency == "USD"
    assert leader.post(place, data=again | {"source": "The board"}).status_code == 409


def test_hr_reads_the_history_and_changes_nothing(as_: Callable[[str], PageClient], store: Database, slug: str):
    as_("leader").fill(f"/roles/{slug}/summary", summary="Second.")
    number = changes(store)[0].id
    hr = as_("hr")
    assert not hr.get(f"/roles/{slug}/history/{number}").page.select("main form")
    assert hr.post(f"/roles/{slug}/history/{number}/undo").status_code == 404
    assert as_("other").get(f"/roles/{slug}/history").status_code == 404


def test_a_change_of_another_draft_is_not_found(
    leader: PageClient, store: Database, people: dict[str, Person], slug: str
):
    other = make.draft(store, people["leader"])
    leader.fill(f"/roles/{slug}/summary", summary="Second.")
    number = changes(store)[0].id
    for address in (f"/roles/{other}/history/{number}", f"/roles/{slug}/history/{10**12}"):
        assert leader.get(address).status_code == 404


def test_a_removed_draft_is_in_the_trash_and_comes_back(leader: PageClient, store: Database, slug: str):
    leader.fill(f"/roles/{slug}/remove")
    assert leader.get(f"/roles/{slug}").status_code == 404
    assert "Account Executive" in page_text(leader.get("/trash"))
    assert leader.post(f"/trash/{slug}/put-back").location == f"/roles/{slug}"
    assert leader.get(f"/roles/{slug}").status_code == 200
    assert leader.post(f"/trash/{slug}/put-back").status_code == 404


def test_a_draft_with_editions_goes_to_the_trash_and_its_editions_stay(
    leader: PageClient, store: Database, people: dict[str, Person], slug: str
):
    make.edition(store, slug, people["leader"])
    assert "1 edition stays as published" in page_text(leader.get(f"/roles/{slug}/remove"))
    home = leader.get(leader.post(f"/roles/{slug}/remove").location)
    assert "Its 1 edition can still be read." in page_text(home)
    assert f"/editions/{slug}/1" in [link["href"] for link in home.page.select("main td a, main th a")]
    edition = leader.get(f"/editions/{slug}/1")
    assert "The draft it came from is in the trash" in page_text(edition)
    assert f"/roles/{slug}" not in [link["href"] for link in edition.page.select("main a")]
    assert "Not erased: 1 edition comes from it" in page_text(leader.get("/trash"))
    leader.post(f"/trash/{slug}/put-back")
    assert leader.get(f"/roles/{slug}").status_code == 200


def test_the_line_after_a_removal_has_an_undo(leader: PageClient, slug: str):
    page = leader.fill(f"/roles/{slug}/remove").location
    assert undo_last(leader, page) == f"/roles/{slug}"
    assert leader.get(f"/roles/{slug}").status_code == 200


def test_a_draft_in_the_trash_is_erased_at_once_after_a_question(
    as_: Callable[[str], PageClient], store: Database, people: dict[str, Person], slug: str
):
    leader, url = as_("leader"), f"/trash/{slug}/erase"
    assert leader.get(url).status_code == 404, "it is not in the trash"
    leader.post(f"/roles/{slug}/remove")
    assert url in [link["href"] for link in leader.get("/trash").page.select("main a")]
    assert "Nobody can bring it back" in page_text(leader.get(url))
    assert as_("other").post(url).status_code == 404
    assert "is erased" in page_text(leader.get(leader.post(url).location))
    with store.read() as session:
        assert make.draft_rows(session) == []
    kept = make.draft(store, people["leader"])
    make.edition(store, kept, people["leader"])
    leader.post(f"/roles/{kept}/remove")
    assert leader.post(f"/trash/{kept}/erase").status_code == 404, "its editions come from it"


def test_nobody_else_puts_a_draft_back(as_: Callable[[str], PageClient], slug: str):
    as_("leader").fill(f"/roles/{slug}/remove")
    assert as_("other").post(f"/trash/{slug}/put-back").status_code == 404
    assert "The trash is empty" in page_text(as_("other").get("/trash"))


def test_states_and_removed_drafts_are_erased_after_ninety_days(database: Database):
    people = site.people(database)
    slug = make.draft(database, people["leader"])
    with database.write.begin() as session:
        draft = make.draft_row(session, slug)
        for text in ("Second.", "Third."):
            edit = Edit("summary", draft.version, "", people["leader"].id)
            draft.change(edit, lambda role, text=text: replace(role, summary=text))
        session.query(DraftStateRow).order_by(DraftStateRow.id).first().last_at = clock.now() - timedelta(days=91)
    with database.write.begin() as session:
        assert len(purge.purge_states(session, dry=True).erased) == 1
        assert len(purge.purge_states(session).erased) == 1
        assert session.query(DraftStateRow).count() == 1
        make.draft_row(session, slug).removed_at = clock.now() - timedelta(days=89)
    with database.write.begin() as session:
        assert purge.purge_trash(session).erased == ()
        make.draft_rows(session)[0].removed_at = clock.now() - timedelta(days=91)
    with database.write.begin() as session:
        assert len(purge.purge_trash(session, dry=True).erased) == 1
        assert len(make.draft_rows(session)) == 1
        purge.purge_trash(session)
        assert make.draft_rows(session) == []
        assert session.query(DraftStateRow).count() == 0


def test_a_removed_draft_with_editions_is_not_erased(database: Database):
    leader = site.people(database)["leader"]
    slug = make.draft(database, leader)
    make.edition(database, slug, leader)
    with database.write.begin() as session:
        make.draft_row(session, slug).removed_at = clock.now() - timedelta(days=200)
    with database.write.begin() as session:
        assert purge.purge_trash(session).erased == ()
        assert len(make.draft_rows(session)) == 1
