"""From a draft to editions: checked, published with reasons or without, listed, compared, retired, started from."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import select
from werkzeug.test import TestResponse

from tests.support import make
from tests.support.proof import PageClient, values_of
from tests.support.servers.databases import Database
from workbench.accounts.audit import AuditRow
from workbench.accounts.model import Person
from workbench.core.findings import Level
from workbench.core.jobs.tables import JobRow
from workbench.core.shape import digest
from workbench.roles import tables
from workbench.roles.documents.kinds import DOCUMENTS
from workbench.roles.library import library
from workbench.roles.model import Pay, Purpose, Role
from workbench.roles.review.rules import review

PAY = Pay(minimum=65_000_00, maximum=85_000_00, variable="Ten percent of each deal.", benefits="Thirty days off.")
SECRET = ("65,000", "85,000", "Ten percent of each deal.")


def page_text(answer: TestResponse, where: str = "main") -> str:
    """Return the words of a part of a page."""
    return answer.page.select_one(where).get_text(" ", strip=True)


def publish(reader: PageClient, slug: str, **fields: Any) -> TestResponse:
    """Press the button under the answers."""
    url = f"/roles/{slug}/publish"
    form = next(form for form in reader.get(f"/roles/{slug}/check").page.select("main form") if form["action"] == url)
    return reader.post(url, data=values_of(form) | fields)


def reason_fields(page: TestResponse) -> list[str]:
    """Return the names of the boxes for the reasons."""
    return [tag["name"] for tag in page.page.select("textarea[name^=reason-]")]


def found(store: Database, slug: str, number: int) -> tables.EditionRow:
    with store.read() as session:
        edition = tables.find_edition(session, slug, number)
        assert edition is not None
        return edition


@pytest.fixture
def paid(store: Database, people: dict[str, Person]) -> str:
    """A published role whose pay is not released."""
    slug = make.draft(store, people["leader"], make.role(pay=PAY))
    make.edition(store, slug, people["leader"])
    return slug


def test_every_answer_stands_on_one_page_with_a_way_to_change_it(leader: PageClient, store: Database, slug: str):
    page = leader.get(f"/roles/{slug}/check")
    words = page_text(page)
    role = make.role()
    for text in (
        role.department,
        role.summary,
        role.purpose.why_needed,
        role.hard_parts[0],
        role.accountabilities[0].outcome,
    ):
        assert text in words
    for link in page.page.select("dl.answers a"):
        assert leader.get(link["href"]).status_code == 200
    assert "Not provided" in words


def test_a_whole_role_is_published_without_a_word_of_reason(leader: PageClient, store: Database, slug: str):
    assert not [f for f in review(make.role()) if f.level is Level.BLOCKING]
    answer = publish(leader, slug)
    assert (answer.status_code, answer.location) == (303, f"/editions/{slug}/1")
    edition = found(store, slug, 1)
    assert (edition.role, edition.digest, edition.publishing_reasons) == (make.role(), digest(make.role()), ())
    page = leader.get(answer.location)
    assert "Edition 1 is published" in page.text
    assert edition.digest[:8] in page_text(page)
    with store.read() as session:
        assert [job.task for job in session.scalars(select(JobRow))] == ["press-edition"]
        assert "published" in [row.act for row in session.scalars(select(AuditRow))]


def test_a_gap_needs_a_reason_and_the_reason_stays_with_the_edition(
    leader: PageClient, store: Database, people: dict[str, Person]
):
    value = make.role(purpose=replace(make.role().purpose, why_needed=""))
    slug = make.draft(store, people["leader"], value)
    blocking = [f for f in review(value) if f.level is Level.BLOCKING]
    assert blocking
    refused = publish(leader, slug)
    assert refused.status_code == 422
    lines = [link.get_text() for link in refused.page.select(".summary a")]
    assert lines == [f"Say why it may be published without this: {finding.reason}" for finding in blocking]
    names = reason_fields(refused)
    assert len(set(names)) == len(names) == len(blocking)
    for link in refused.page.select(".summary a"):
        assert refused.page.find(id=link["href"][1:])
    half = publish(leader, slug, **{names[0]: "   "})
    assert half.status_code == 422
    with store.read() as session:
        assert make.edition_rows(session) == []
    assert publish(leader, slug, **dict.fromkeys(names, "The board decided it.")).status_code == 303
    edition = found(store, slug, 1)
    (given,) = edition.publishing_reasons
    assert (given.finding, given.place, given.reason) == (
        blocking[0].reason,
        blocking[0].place,
        "The board decided it.",
    )
    words = page_text(leader.get(f"/editions/{slug}/1"))
    assert f"{blocking[0].reason} The board decided it." in words
    box = leader.get(f"/roles/{slug}/check").page.select_one(f"[name={names[0]}]")
    assert box.get_text().strip() == "The board decided it."


@pytest.mark.parametrize("reason", ["ok", "n/a", "aaaaaaaaaaaaaaa"])
def test_a_reason_that_says_nothing_does_not_publish(
    leader: PageClient, store: Database, people: dict[str, Person], reason: str
):
    slug = make.draft(store, people["leader"], make.role(purpose=replace(make.role().purpose, why_needed="")))
    (name,) = reason_fields(leader.get(f"/roles/{slug}/check"))
    refused = publish(leader, slug, **{name: reason})
    assert refused.status_code == 422
    assert "Say it in a few words" in page_text(refused, ".summary")
    assert refused.page.select_one(f"[name={name}]").get_text().strip() == reason


def test_the_same_words_do_not_answer_every_gap(leader: PageClient, store: Database, people: dict[str, Person]):
    slug = make.draft(store, people["leader"], Role(title="Closer", summary="Closes."))
    names = reason_fields(leader.get(f"/roles/{slug}/check"))
    refused = publish(leader, slug, **dict.fromkeys(names, "The board decided it."))
    assert refused.status_code == 422
    assert page_text(refused, ".summary").count("These words are given for another kind of gap too") == len(names)


def test_one_reason_answers_all_gaps_of_its_kind(leader: PageClient, store: Database, people: dict[str, Person]):
    slug = make.draft(store, people["leader"], make.role(purpose=Purpose(overall="Why.")))
    page = leader.get(f"/roles/{slug}/check")
    names = reason_fields(page)
    assert len(names) == 4
    shared = page.page.select_one("[name^=all-]")["name"]
    done = publish(leader, slug, **{names[0]: "The board decided it.", shared: "y"})
    assert done.status_code == 303
    assert [each.reason for each in found(store, slug, 1).publishing_reasons] == ["The board decided it."] * 4


def test_two_findings_of_one_rule_at_one_place_have_a_box_each(
    leader: PageClient, store: Database, people: dict[str, Person]
):
    item = make.accountability("north", expectations=(), questions=())
    slug = make.draft(store, people["leader"], make.role().with_accountability(item))
    page = leader.get(f"/roles/{slug}/check")
    names = reason_fields(page)
    assert len(names) == len(set(names)) == 3
    for name in names:
        assert page.page.select_one(f"label[for={name}]")


def test_publishing_without_a_change_asks_first(leader: PageClient, store: Database, slug: str):
    assert publish(leader, slug).status_code == 303
    refused = publish(leader, slug)
    assert refused.status_code == 422
    assert "Nothing has changed since Edition 1" in page_text(refused, ".summary")
    assert publish(leader, slug, unchanged="y").status_code == 303
    assert found(store, slug, 2).role == found(store, slug, 1).role


def test_a_role_that_can_be_published_is_not_called_finished(
    leader: PageClient, store: Database, people: dict[str, Person]
):
    slug = make.draft(store, people["leader"], library()["account-manager"], library="account-manager")
    card = page_text(leader.get(f"/roles/{slug}/check"), ".verdict")
    assert "It can be published, and 4 points would still be open" in card
    assert "numbers are not agreed" in card
    assert "promises nobody has confirmed" in card
    assert "The pay range is empty" in card
    assert "Not checked: whether it is true" in card


def test_reasons_that_were_written_stay_when_one_is_missing(
    leader: PageClient, store: Database, people: dict[str, Person]
):
    slug = make.draft(store, people["leader"], Role(title="Closer", summary="Closes."))
    names = reason_fields(leader.get(f"/roles/{slug}/check"))
    assert len(names) > 1
    answer = publish(leader, slug, **{names[0]: "<b>Because</b>"})
    assert answer.status_code == 422
    kept = {tag["name"]: tag.get_text().strip() for tag in answer.page.select("textarea")}
    assert kept[names[0]] == "<b>Because</b>"


def test_a_draft_that_changed_since_is_looked_at_once_more(leader: PageClient, store: Database, slug: str):
    url = f"/roles/{slug}/publish"
    form = next(f for f in leader.get(f"/roles/{slug}/check").page.select("main form") if f["action"] == url)
    late = values_of(form)
    leader.fill(f"/roles/{slug}/summary", summary="Changed meanwhile.")
    answer = leader.post(url, data=late)
    assert answer.status_code == 409
    assert "The draft was changed after you opened this page" in page_text(answer, ".summary")
    with store.read() as session:
        assert make.edition_rows(session) == []
    assert publish(leader, slug).status_code == 303
    assert found(store, slug, 1).role.summary == "Changed meanwhile."


def test_each_publishing_is_the_next_edition_and_the_last_stays_as_it_was(
    leader: PageClient, store: Database, slug: str
):
    publish(leader, slug)
    leader.fill(f"/roles/{slug}/summary", summary="Wins and keeps customers.")
    publish(leader, slug)
    assert (found(store, slug, 1).role.summary, found(store, slug, 2).role.summary) == (
        "Wins new customers.",
        "Wins and keeps customers.",
    )
    page = leader.get(f"/editions/{slug}/2")
    compare = next(link["href"] for link in page.page.select("main a") if "compare" in link["href"])
    words = leader.get(compare)
    assert words.page.select("ins")
    assert "and keeps" in " ".join(tag.get_text() for tag in words.page.select("ins"))


def test_comparing_an_edition_with_itself_finds_nothing(leader: PageClient, store: Database, paid: str):
    page = leader.get(f"/editions/compare?left={paid}/1&right={paid}/1")
    assert page.status_code == 200
    assert not page.page.select("ins, del")


def test_a_retired_edition_can_still_be_read_and_is_retired_once(leader: PageClient, store: Database, paid: str):
    asked = leader.get(f"/editions/{paid}/1/retire")
    assert "No other edition of Account Executive is in use." in page_text(asked)
    assert found(store, paid, 1).retired_at is None
    assert leader.post(f"/editions/{paid}/1/retire").status_code == 303
    first = found(store, paid, 1).retired_at
    assert first is not None
    leader.post(f"/editions/{paid}/1/retire")
    assert found(store, paid, 1).retired_at == first
    page = leader.get(f"/editions/{paid}/1")
    assert "Retired" in page_text(page)
    assert "Retire this edition" not in page_text(page)
    with store.read() as session:
        assert [row.act for row in session.scalars(select(AuditRow))].count("retired") == 1
    assert "No edition is in use: Edition 1 is retired." in page_text(leader.get(f"/roles/{paid}"))


def test_a_retired_edition_is_put_back_in_use(leader: PageClient, store: Database, paid: str):
    leader.post(f"/editions/{paid}/1/retire")
    assert "Put back in use" in page_text(leader.get(f"/editions/{paid}/1"))
    leader.post(f"/editions/{paid}/1/restore")
    assert found(store, paid, 1).retired_at is None
    assert "Edition 1 is in use again" in leader.get(f"/editions/{paid}/1").text
    with store.read() as session:
        assert [row.act for row in session.scalars(select(AuditRow))][-1] == "restored"


def test_only_its_owner_retires_an_edition(as_: Callable[[str], PageClient], store: Database, paid: str):
    for who, code in (("other", 404), ("hr", 403), ("interviewer", 403), ("admin", 403)):
        assert as_(who).post(f"/editions/{paid}/1/retire").status_code == code
        assert as_(who).post(f"/editions/{paid}/1/restore").status_code == code
    assert found(store, paid, 1).retired_at is None


def test_a_draft_starts_from_an_edition_with_all_its_keys(leader: PageClient, store: Database, paid: str):
    answer = leader.post(f"/editions/{paid}/1/draft")
    slug = answer.location.rsplit("/", 1)[-1]
    assert make.stored_role(store, slug) == make.role(pay=PAY)
    with store.read() as session:
        assert make.draft_row(session, slug).from_edition == f"{paid}/1"


def test_another_leader_starts_from_an_edition_without_its_pay(
    as_: Callable[[str], PageClient], store: Database, people: dict[str, Person], paid: str
):
    answer = as_("other").post(f"/editions/{paid}/1/draft")
    slug = answer.location.rsplit("/", 1)[-1]
    started = make.stored_role(store, slug)
    assert started.accountabilities == make.role().accountabilities
    assert started.pay == Pay()
    with store.read() as session:
        assert make.draft_row(session, slug).owner_id == people["other"].id


@pytest.mark.parametrize(("who", "sees"), [("leader", True), ("hr", True), ("other", False), ("interviewer", False)])
def test_pay_that_is_not_released_is_read_by_its_owner_and_hr_alone(
    as_: Callable[[str], PageClient], leader: PageClient, paid: str, who: str, sees: bool
):
    leader.fill(f"/roles/{paid}/pay", minimum="70,000")
    publish(leader, paid)
    reader = as_(who)
    pages = [*DOCUMENTS, "metrics", ""]
    words = ""
    for page in pages:
        answer = reader.get(f"/editions/{paid}/1/{page}".rstrip("/"))
        words += answer.page.get_text(" ") if answer.status_code == 200 else ""
    compared = reader.get(f"/editions/compare?left={paid}/1&right={paid}/2")
    words += compared.page.get_text(" ") if compared.status_code == 200 else ""
    assert "Win new customers in the north territory" in words
    assert any(secret in words for secret in SECRET) is sees


def test_pay_that_is_released_is_read_by_all_who_read_the_description(
    as_: Callable[[str], PageClient], store: Database, people: dict[str, Person]
):
    slug = make.draft(store, people["leader"], make.role(pay=replace(PAY, released=True)))
    make.edition(store, slug, people["leader"])
    for who in ("leader", "hr", "other", "interviewer"):
        assert "65,000" in page_text(as_(who).get(f"/editions/{slug}/1/position-description"))


@pytest.mark.parametrize(
    ("who", "reads"),
    [
        ("leader", set(DOCUMENTS)),
        ("other", set(DOCUMENTS)),
        ("hr", set(DOCUMENTS)),
        ("interviewer", {"position-description", "interview-kit", "exercise-candidate", "exercise-interviewer"}),
        ("admin", set()),
    ],
)
def test_the_page_of_an_edition_offers_just_the_papers_that_the_person_may_read(
    as_: Callable[[str], PageClient], paid: str, who: str, reads: set[str]
):
    reader = as_(who)
    page = reader.get(f"/editions/{paid}/1")
    offered = {link["href"].rsplit("/", 1)[-1] for link in page.page.select("table a")}
    as_files = {f"{kind}.{ending}" for kind in reads for ending in ("pdf", "docx")}
    assert offered == reads | as_files
    for kind in DOCUMENTS:
        for ending in ("", ".pdf"):
            code = reader.get(f"/editions/{paid}/1/{kind}{ending}").status_code
            assert (code in {200, 202}) is (kind in reads), (kind, ending, code)
