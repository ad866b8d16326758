"""A draft that is approved before it is published: who is asked, what counts, and what the edition keeps."""

from collections.abc import Callable

import pytest

from tests.roles.path.test_pages import page_text
from tests.support.proof import PageClient
from tests.support.servers.databases import Database
from workbench.accounts.model import Person
from workbench.roles.approval.tables import open_requests_for

As = Callable[[str], PageClient]


@pytest.fixture
def asked(as_: As, people: dict[str, Person], slug: str) -> str:
    """The leader's draft, for which another leader and any person of HR are asked; both must agree."""
    data = {"people": ["hr", str(people["other"].id)], "needed": "2", "note": "Is the territory right?"}
    assert as_("leader").post(f"/roles/{slug}/approval", data=data).status_code == 303
    return slug


def answer(reader: PageClient, slug: str, verdict: str = "approved", note: str = "Good.") -> int:
    return reader.fill(
        f"/roles/{slug}/approval", f"/roles/{slug}/approval/answer", verdict=verdict, note=note
    ).status_code


def publish(reader: PageClient, slug: str) -> int:
    return reader.fill(f"/roles/{slug}/check", f"/roles/{slug}/publish").status_code


def waiting(store: Database, person: Person) -> list[str]:
    with store.read() as session:
        return [each.slug for each in open_requests_for(session, person)]


def test_those_who_are_asked_may_read_the_draft_and_are_told(
    as_: As, store: Database, people: dict[str, Person], asked: str
):
    for who in ("other", "hr"):
        assert "Lea Berg asks you to approve Account Executive" in page_text(as_(who).get("/notices"))
        assert "Is the territory right?" in page_text(as_(who).get(f"/roles/{asked}/approval"))
        assert waiting(store, people[who]) == [asked]
    assert waiting(store, people["leader"]) == waiting(store, people["interviewer"]) == []


def test_a_draft_is_published_when_enough_people_agree_and_the_edition_says_who(
    as_: As, store: Database, people: dict[str, Person], asked: str
):
    owner = as_("leader")
    assert publish(owner, asked) == 422
    assert answer(as_("other"), asked) == 303
    assert publish(owner, asked) == 422
    assert answer(as_("hr"), asked, note="Fine with HR.") == 303
    assert "Hana Roy approved Account Executive" in page_text(owner.get("/notices"))
    assert waiting(store, people["hr"]) == []
    assert publish(owner, asked) == 303
    page = page_text(owner.get(f"/editions/{asked}/1"))
    assert "Approved by" in page
    assert "“Fine with HR.”" in page
    assert "Lea Berg published Account Executive: Edition 1" in page_text(as_("other").get("/notices"))
    assert "Nobody has been asked" in page_text(owner.get(f"/roles/{asked}/approval"))


def test_an_approval_is_for_the_text_that_was_read(as_: As, store: Database, people: dict[str, Person], asked: str):
    for who in ("other", "hr"):
        answer(as_(who), asked)
    owner = as_("leader")
    owner.fill(f"/roles/{asked}/summary", f"/roles/{asked}/summary", summary="Another text.")
    assert "approved an earlier text" in page_text(owner.get(f"/roles/{asked}/approval"))
    assert publish(owner, asked) == 422
    assert waiting(store, people["other"]) == [asked]


def test_an_answer_that_was_not_chosen_is_no_approval(as_: As, asked: str):
    tom = as_("other")
    page = f"/roles/{asked}/approval"
    answer = tom.fill(page, f"{page}/answer", note="I have read half of it.")
    assert answer.status_code == 422
    assert "Choose whether you approve the text or decline" in page_text(answer)
    assert "I have read half of it." in page_text(answer)
    assert "has not answered yet" in page_text(tom.get(page))


def test_an_answer_to_a_page_from_before_a_change_is_asked_for_again(as_: As, asked: str):
    tom = as_("other")
    form = tom.get(f"/roles/{asked}/approval").page.select_one("form[action$='/answer']")
    values = {each["name"]: each.get("value", "") for each in form.select("input")}
    as_("leader").fill(f"/roles/{asked}/summary", f"/roles/{asked}/summary", summary="Another text.")
    late = tom.post(f"/roles/{asked}/approval/answer", data=values | {"verdict": "approved", "note": "Good."})
    assert late.status_code == 422
    assert "changed after you opened this page" in page_text(late)
    assert "Good." in page_text(late)


def test_a_refusal_needs_a_note_and_stops_the_publishing_until_the_request_is_withdrawn(as_: As, asked: str):
    assert answer(as_("other"), asked, "declined", note="") == 422
    assert answer(as_("other"), asked, "declined", note="The territory is too large.") == 303
    owner = as_("leader")
    assert "Otto Berg declined" in page_text(owner.get(f"/roles/{asked}/check"))
    assert publish(owner, asked) == 422
    owner.post(f"/roles/{asked}/approval/withdraw")
    assert publish(owner, asked) == 303
    assert "Approved by" not in page_text(owner.get(f"/editions/{asked}/1"))


def test_nobody_answers_who_was_not_asked(as_: As, people: dict[str, Person], slug: str):
    as_("leader").post(f"/roles/{slug}/approval", data={"people": [str(people["other"].id)], "needed": "1"})
    hr = as_("hr")
    assert not hr.get(f"/roles/{slug}/approval").page.select("form[action$='/answer']")
    assert hr.post(f"/roles/{slug}/approval/answer", data={"verdict": "approved"}).status_code == 404
    assert as_("leader").post(f"/roles/{slug}/approval/answer", data={"verdict": "approved"}).status_code == 404


@pytest.mark.parametrize(
    ("data", "words"),
    [
        ({"needed": "1"}, "Choose at least one person"),
        ({"people": ["hr"], "needed": "2"}, "at most 1 can agree"),
    ],
)
def test_a_request_needs_people_who_can_agree(as_: As, slug: str, data: dict[str, object], words: str):
    page = as_("leader").post(f"/roles/{slug}/approval", data=data)
    assert page.status_code == 422
    assert words in page_text(page)


def test_a_draft_is_published_without_approval_where_nobody_asked_for_it(as_: As, slug: str):
    assert publish(as_("leader"), slug) == 303
