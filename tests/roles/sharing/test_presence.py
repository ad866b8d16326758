"""Who is here now, and what other pages have changed, as an open page of the path asks for it."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from tests.roles.path.test_pages import AUTOSAVE, opened, page_text
from tests.support import make, site
from tests.support.proof import PageClient
from tests.support.servers.databases import Database
from workbench.accounts.model import Person
from workbench.core.clock import now
from workbench.core.db import must_exist
from workbench.roles.approval.model import Verdict
from workbench.roles.approval.tables import answer, ask, find_request, missing_approval, open_requests_for
from workbench.roles.history.purge import purge_notices
from workbench.roles.notices.model import NoticeKind
from workbench.roles.notices.tables import count_unread, notices_for, notify
from workbench.roles.sharing.model import AccessLevel
from workbench.roles.sharing.presence import PresenceRow, list_others, record_presence
from workbench.roles.sharing.tables import share

As = Callable[[str], PageClient]


@pytest.fixture
def shared(store: Database, people: dict[str, Person], slug: str) -> str:
    """The leader's draft, which another leader edits."""
    with store.write.begin() as session:
        draft = make.draft_row(session, slug)
        share(session, draft.id, people["other"].id, AccessLevel.EDIT, draft.owner_id)
    return slug


def news(reader: PageClient, slug: str, part: str = "summary", tab: str = "mine", since: int = 1) -> str:
    answer = reader.get(f"/roles/{slug}/now?part={part}&tab={tab}&since={since}")
    assert answer.status_code == 200
    return " ".join(answer.page.get_text(" ", strip=True).split())


def test_people_see_who_else_is_here_and_where(as_: As, shared: str):
    owner, tom = as_("leader"), as_("other")
    assert news(owner, shared) == ""
    assert "Lea Berg is on this page" in news(tom, shared, tab="his")
    assert "Otto Berg is on this page" in news(owner, shared)
    news(tom, shared, part="duties", tab="his")
    assert "Otto Berg is on Duties" in news(owner, shared)


def test_a_page_that_was_closed_is_forgotten_after_a_while(as_: As, store: Database, shared: str):
    news(as_("other"), shared, tab="his")
    with store.write.begin() as session:
        for row in session.query(PresenceRow):
            row.seen_at = now() - timedelta(minutes=1)
    assert news(as_("leader"), shared) == ""
    with store.write.begin() as session:
        for row in session.query(PresenceRow):
            row.seen_at = now() - timedelta(days=2)
        session.flush()
        purge_notices(session)
        assert session.query(PresenceRow).count() == 0


def test_changes_of_others_are_named_until_the_page_is_opened_anew(as_: As, shared: str):
    as_("other").fill(f"/roles/{shared}/summary", f"/roles/{shared}/summary", summary="Opens doors.")
    as_("other").fill(f"/roles/{shared}/conditions", f"/roles/{shared}/conditions", place="Port Merrow")
    owner = as_("leader")
    found = news(owner, shared)
    assert "Otto Berg changed this page" in found
    assert "Otto Berg changed Conditions" in found
    assert "changed" not in news(owner, shared, since=3)


def test_what_this_page_saves_itself_is_no_news_and_the_other_tab_is_one_s_own(as_: As, shared: str):
    owner = as_("leader")
    fields = opened(owner, f"/roles/{shared}/summary")
    owner.post(f"/roles/{shared}/summary", data=fields | {"summary": "Second."}, headers=AUTOSAVE)
    assert "changed" not in news(owner, shared, tab=fields["tab"])
    assert "You changed this page in another tab" in news(owner, shared, tab="another")


def test_the_merge_page_says_that_it_was_your_own_other_tab(as_: As, shared: str):
    owner, url = as_("leader"), f"/roles/{shared}/summary"
    first, second = opened(owner, url), opened(owner, url)
    owner.post(url, data=first | {"summary": "First tab."}, headers=AUTOSAVE)
    note = owner.post(url, data=second | {"summary": "Second tab."}, headers=AUTOSAVE)
    assert "You changed this part in another tab" in note.text
    page = owner.post(url, data=second | {"summary": "Second tab."})
    assert page.status_code == 409
    assert "You changed this part in another tab" in page_text(page, "h1")
    assert "Lea Berg" not in page_text(page)


def test_a_stranger_to_the_draft_hears_nothing(as_: As, slug: str):
    assert as_("other").get(f"/roles/{slug}/now?tab=his").status_code == 404


@pytest.mark.parametrize("page", ["summary", "accountabilities", "accountabilities/north", "targets"])
def test_the_pages_of_the_path_ask_for_news(as_: As, shared: str, page: str):
    line = as_("leader").get(f"/roles/{shared}/{page}").page.select_one("#now")
    assert as_("leader").get(line["hx-get"]).status_code == 200


def test_a_change_inside_an_accountability_is_a_change_of_its_page(as_: As, shared: str):
    url = f"/roles/{shared}/accountabilities/north/outcome"
    as_("other").fill(url, url, outcome="Win the north")
    assert "Otto Berg changed this page" in news(as_("leader"), shared, part="accountabilities/north")
    assert "changed this page" not in news(as_("leader"), shared, part="accountabilities/south")


def test_presence_approvals_and_notices_are_stored_by_both_databases(database: Database):
    people = site.people(database)
    leader, other = people["leader"], people["other"]
    slug = make.draft(database, leader)
    for part in ("summary", "duties"):
        with database.write.begin() as session:
            draft = make.draft_row(session, slug)
            record_presence(session, draft.id, other.id, "his", part)
            notify(session, NoticeKind.COMMENT, draft, [leader.id], other.id, place="comments/summary", detail=part)
    with database.write.begin() as session:
        draft = make.draft_row(session, slug)
        assert [each.label for each in list_others(session, draft, leader.id, "summary")] == ["Duties"]
        assert [each.detail for each in notices_for(session, leader.id, unread_only=True)] == ["duties"]
        assert count_unread(session, leader.id) == 1
        ask(session, draft, leader.id, [other.id], 1, "", any_hr=True)
        assert [each.slug for each in open_requests_for(session, people["hr"])] == [slug]
        answer(session, must_exist(find_request(session, draft.id)), draft, other.id, Verdict.APPROVED, "")
        assert missing_approval(session, draft) == ""
        assert open_requests_for(session, people["hr"]) == open_requests_for(session, other) == []
