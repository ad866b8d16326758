"""Comments on a draft in a browser: who may write them, who is told, and suggestions that become the text."""

from collections.abc import Callable

import pytest

from tests.roles.path.test_pages import page_text
from tests.support import make
from tests.support.proof import PageClient
from tests.support.servers.databases import Database
from workbench.accounts.model import Person
from workbench.roles.comments.tables import CommentRow
from workbench.roles.model import Pay
from workbench.roles.sharing.model import AccessLevel
from workbench.roles.sharing.tables import share

As = Callable[[str], PageClient]


@pytest.fixture
def shared(store: Database, people: dict[str, Person], slug: str) -> str:
    """The leader's draft, on which another leader may comment and which an interviewer may read."""
    with store.write.begin() as session:
        draft = make.draft_row(session, slug)
        share(session, draft.id, people["other"].id, AccessLevel.COMMENT, draft.owner_id)
        share(session, draft.id, people["interviewer"].id, AccessLevel.READ, draft.owner_id)
    return slug


def comment(reader: PageClient, slug: str, part: str = "summary", **fields: str) -> int:
    """Send a comment on a part, and return the status of the answer."""
    return reader.post(
        f"/roles/{slug}/comments/{part}", data={"text": "", "field": "", "suggestion": ""} | fields
    ).status_code


def threads(store: Database) -> list[CommentRow]:
    with store.read() as session:
        return list(session.query(CommentRow).where(CommentRow.first_id.is_(None)).order_by(CommentRow.id))


def test_a_comment_is_shown_beside_the_part_on_the_check_page_and_on_the_task_list(as_: As, shared: str):
    assert comment(as_("other"), shared, text="Which customers?") == 303
    owner = as_("leader")
    assert "Which customers?" in page_text(owner.get(f"/roles/{shared}/summary"), "#comments")
    assert "1 comment on" in page_text(owner.get(f"/roles/{shared}/check"), "#answer-summary")
    assert "1 comment on" in page_text(owner.get(f"/roles/{shared}"), "#part-summary")
    assert "Which customers?" in page_text(owner.get(f"/roles/{shared}/comments"))
    assert "Otto Berg commented on Account Executive: Which customers?" in page_text(owner.get("/notices"))


def test_the_page_of_all_comments_has_a_box_for_one_more_about_any_part(as_: As, store: Database, shared: str):
    otto, url = as_("other"), f"/roles/{shared}/comments"
    form = otto.get(url).page.select_one("#new-comment")
    choices = [option["value"] for option in form.select("option")]
    assert {"summary", "accountabilities/north"} <= set(choices)
    assert "pay" not in choices, "pay that is not released is not named to a reader"
    refused = otto.fill(url, url, part="summary", text="")
    assert refused.status_code == 422
    assert "Write a few words" in page_text(refused)
    assert otto.fill(url, url, part="accountabilities/north", text="Who owns the south?").location == url
    assert [(each.part, each.text) for each in threads(store)] == [("accountabilities/north", "Who owns the south?")]
    assert "Who owns the south?" in page_text(as_("leader").get(url))
    assert otto.post(url, data={"part": "pay", "text": "Too much"}).status_code == 422
    assert not as_("interviewer").get(url).page.select("#new-comment")
    assert as_("interviewer").post(url, data={"part": "summary", "text": "Why?"}).status_code == 404
    assert len(threads(store)) == 1


def test_a_comment_from_the_page_of_a_part_leads_back_to_it(as_: As, shared: str):
    owner = as_("leader")
    page = owner.get(f"/roles/{shared}/summary")
    form = next(form for form in page.page.select("#comments form"))
    values = {each["name"]: each.get("value", "") for each in form.select("input")}
    answer = owner.post(form["action"], data=values | {"text": "Note to myself", "suggestion": ""})
    assert answer.location == f"/roles/{shared}/summary"


def test_a_person_who_only_reads_may_not_comment(as_: As, store: Database, shared: str):
    reader = as_("interviewer")
    assert comment(reader, shared, text="Hello") == 404
    page = reader.get(f"/roles/{shared}/comments/summary")
    assert not page.page.select("main form")
    comment(as_("other"), shared, text="Which customers?")
    number = threads(store)[0].id
    for address in ("reply", "resolve", "decide"):
        assert reader.post(f"/roles/{shared}/threads/{number}/{address}").status_code in (403, 404)


def test_hr_may_comment_and_a_stranger_to_the_draft_not(as_: As, slug: str):
    assert comment(as_("hr"), slug, text="Is this the grade?") == 303
    assert comment(as_("other"), slug, text="Hello") == 404


def test_an_empty_comment_is_asked_for_its_words(as_: As, shared: str):
    answer = as_("other").post(f"/roles/{shared}/comments/summary", data={"text": " ", "field": "", "suggestion": ""})
    assert answer.status_code == 422
    assert "Write a comment" in page_text(answer)
    answer = as_("other").post(f"/roles/{shared}/comments/seat", data={"text": "", "field": "", "suggestion": "More"})
    assert "Choose the text" in page_text(answer)


def test_replies_tell_those_who_wrote_before_and_mentions_those_who_are_named(as_: As, store: Database, shared: str):
    comment(as_("other"), shared, text="@Ivo Lang, is this what you ask for?")
    number = threads(store)[0].id
    as_("leader").post(f"/roles/{shared}/threads/{number}/reply", data={"text": "Yes, @Hana may know."})
    assert "Otto Berg mentioned you" in page_text(as_("interviewer").get("/notices"))
    assert "Lea Berg replied" in page_text(as_("other").get("/notices"))
    assert "Lea Berg mentioned you" in page_text(as_("hr").get("/notices"))
    assert "Yes, @Hana may know." in page_text(as_("leader").get(f"/roles/{shared}/summary"), ".reply")


def test_nobody_is_told_who_cannot_read_the_draft(as_: As, people: dict[str, Person], slug: str):
    comment(as_("hr"), slug, text="@Otto Berg, look at this")
    assert "Nothing here yet" in page_text(as_("other").get("/notices"))


def test_a_suggestion_is_accepted_with_one_press_and_can_be_undone(as_: As, store: Database, shared: str):
    comment(as_("other"), shared, field="summary", suggestion="Wins new customers who stay.")
    number = threads(store)[0].id
    assert as_("other").post(f"/roles/{shared}/threads/{number}/decide", data={"do": "accept"}).status_code == 404
    owner = as_("leader")
    page = owner.get(f"/roles/{shared}/summary")
    assert [each.get_text() for each in page.page.select(".suggestion ins")] == ["customers who stay."]
    answer = owner.post(f"/roles/{shared}/threads/{number}/decide", data={"do": "accept"})
    assert make.stored_role(store, shared).summary == "Wins new customers who stay."
    assert "accepted your suggestion" in page_text(as_("other").get("/notices"))
    owner.post(owner.get(answer.location).page.select_one(".with-undo form")["action"])
    assert "Suggested words, accepted" in page_text(owner.get(f"/roles/{shared}/comments"))
    assert make.stored_role(store, shared).summary == "Wins new customers."


def test_a_declined_suggestion_changes_nothing_and_is_decided_once(as_: As, store: Database, shared: str):
    comment(as_("other"), shared, field="summary", suggestion="Wins customers who stay.")
    number, owner = threads(store)[0].id, as_("leader")
    for act in ("decline", "accept"):
        owner.post(f"/roles/{shared}/threads/{number}/decide", data={"do": act})
    assert make.stored_role(store, shared).summary == "Wins new customers."
    assert threads(store)[0].outcome == "declined"


def test_a_suggestion_says_when_its_text_was_changed_or_is_gone(as_: As, store: Database, shared: str):
    part = "accountabilities/north/outcome"
    comment(as_("other"), shared, part, field="outcome", suggestion="Win the north")
    owner = as_("leader")
    owner.fill(f"/roles/{shared}/{part}", f"/roles/{shared}/{part}", outcome="Win all of the north")
    assert "changed after this was suggested" in page_text(owner.get(f"/roles/{shared}/{part}"), "#comments")
    owner.fill(f"/roles/{shared}/accountabilities/north/remove")
    assert "no longer in the draft" in page_text(owner.get(f"/roles/{shared}/comments"))
    owner.post(f"/roles/{shared}/threads/{threads(store)[0].id}/decide", data={"do": "accept"})
    assert threads(store)[0].outcome == ""


def test_a_resolved_thread_is_folded_and_can_be_opened_again(as_: As, store: Database, shared: str):
    comment(as_("other"), shared, text="Which customers?")
    number, owner = threads(store)[0].id, as_("leader")
    owner.post(f"/roles/{shared}/threads/{number}/resolve", data={"do": "resolve"})
    page = owner.get(f"/roles/{shared}/comments")
    assert "Which customers?" in page_text(page, "main details")
    assert "comment on" not in page_text(owner.get(f"/roles/{shared}"), "#part-summary")
    owner.post(f"/roles/{shared}/threads/{number}/resolve", data={"do": "reopen"})
    assert "1 comment on" in page_text(owner.get(f"/roles/{shared}"), "#part-summary")


def test_there_are_no_comments_on_a_part_that_does_not_exist(as_: As, shared: str):
    for part in ("nothing", "accountabilities/gone", "accountabilities/north/questions/gone"):
        assert as_("leader").get(f"/roles/{shared}/comments/{part}").status_code == 404
    assert as_("leader").post(f"/roles/{shared}/threads/{10**12}/reply", data={"text": "Hello"}).status_code == 404


def test_comments_on_the_pay_are_for_those_who_see_it(as_: As, store: Database, people: dict[str, Person]):
    slug = make.draft(store, people["leader"], make.role(pay=Pay(6_511_100, variable="Zebra bonus")))
    with store.write.begin() as session:
        share(session, make.draft_row(session, slug).id, people["other"].id, AccessLevel.COMMENT, people["leader"].id)
    comment(as_("leader"), slug, "pay", text="Is the Zebra bonus enough?")
    comment(as_("leader"), slug, text="Fine.")
    tom = as_("other")
    assert tom.get(f"/roles/{slug}/comments/pay").status_code == 404
    assert "Zebra" not in tom.get(f"/roles/{slug}/comments").text
    assert "Comments (1 open)" in page_text(tom.get(f"/roles/{slug}"))
    assert "Zebra" in as_("hr").get(f"/roles/{slug}/comments").text


def test_words_with_little_in_common_are_shown_as_two_texts(as_: As, shared: str):
    comment(as_("other"), shared, field="summary", suggestion="Opens doors in the south.")
    page = as_("leader").get(f"/roles/{shared}/summary")
    texts = [each.get_text(" ", strip=True) for each in page.page.select(".suggestion")]
    assert texts == ["Wins new customers.", "Opens doors in the south."]
