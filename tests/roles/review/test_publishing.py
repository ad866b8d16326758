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
from workbench.roles.model import Pay, Role
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
    assert (edition.role, edition.digest, edition.answers) == (make.role(), digest(make.role()), {})
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
    assert page_text(refused, ".summary").count("Say why it may be published without this.") == len(blocking)
    names = [tag["name"] for tag in refused.page.select("textarea")]
    assert len(names) == len(blocking)
    for link in refused.page.select(".summary a"):
        assert refused.page.find(id=link["href"][1:])
    half = publish(leader, slug, **{names[0]: "   "})
    assert half.status_code == 422
    with store.read() as session:
        assert make.edition_rows(session) == []
    assert publish(leader, slug, **dict.fromkeys(names, "The board decided it.")).status_code == 303
    edition = found(store, slug, 1)
    assert set(edition.answers.values()) == {"The board decided it."}
    assert "The board decided it." in page_text(leader.get(f"/editions/{slug}/1"))


def test_reasons_that_were_written_stay_when_one_is_missing(
    leader: PageClient, store: Database, people: dict[str, Person]
):
    slug = make.draft(store, people["leader"], Role(title="Closer"))
    names = [tag["name"] for tag in leader.get(f"/roles/{slug}/check").page.select("textarea")]
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


def test_only_its_owner_retires_an_edition(as_: Callable[[str], PageClient], store: Database, paid: str):
    for who, code in (("other", 404), ("hr", 403), ("interviewer", 403), ("admin", 403)):
        assert as_(who).post(f"/editions/{paid}/1/retire").status_code == code
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
        ("interviewer", {"position-description", "interview-kit"}),
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
