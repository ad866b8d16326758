"""A link to an edition for a person without an account: what it shows, how it ends, and who makes it."""

import re
from collections.abc import Callable
from datetime import timedelta

import pytest

from tests.documents import pdfs
from tests.roles.path.test_pages import page_text
from tests.support import make
from tests.support.proof import PageClient
from tests.support.servers.databases import Database
from workbench.accounts.audit import list_trail
from workbench.accounts.model import Person
from workbench.core.clock import now
from workbench.core.jobs.tables import JobState
from workbench.core.web.app import Workbench
from workbench.roles.links.tables import EditionLinkRow
from workbench.roles.model import Pay

As = Callable[[str], PageClient]
PAY = Pay(6_511_100, variable="Zebra bonus")


@pytest.fixture
def published(store: Database, people: dict[str, Person]) -> str:
    """The leader's draft with an edition whose pay is not released."""
    slug = make.draft(store, people["leader"], make.role(pay=PAY))
    make.edition(store, slug, people["leader"])
    return slug


def make_link(reader: PageClient, slug: str, name: str = "Chief executive") -> str:
    """Make a link to the first edition of a role, and return its address."""
    page = f"/editions/{slug}/1/links"
    assert reader.fill(page, page, reader=name, days="14").location == page
    return re.sub(r"^https?://[^/]+", "", reader.get(page).page.select_one("#link")["value"])


def test_a_link_shows_the_edition_without_an_account_and_without_unreleased_pay(
    as_: As, app: Workbench, published: str
):
    address = make_link(as_("leader"), published)
    stranger = app.test_client()
    page = stranger.get(address)
    assert page.status_code == 200
    assert "Win customers who were not ours." in page.text
    assert "Zebra" not in page.text
    assert page.headers["Referrer-Policy"] == "no-referrer"
    assert page.headers["Cache-Control"] == "no-store"
    assert stranger.get(f"/editions/{published}/1").status_code == 303


@pytest.mark.slow("prints the documents of an edition")
def test_the_pdf_behind_a_link_is_the_one_for_readers_without_the_pay(
    as_: As, app: Workbench, published: str, run_jobs: Callable[[], list[JobState | None]]
):
    address = make_link(as_("leader"), published)
    stranger = app.test_client()
    waiting = stranger.get(f"{address}/position-description.pdf")
    assert waiting.status_code == 202
    assert "is being printed" in page_text(waiting)
    assert set(run_jobs()) == {JobState.DONE}
    pdf = stranger.get(f"{address}/position-description.pdf")
    assert pdf.mimetype == "application/pdf"
    text = pdfs.text(pdf.data)
    assert "Account Executive" in text
    assert "Zebra" not in text


def test_a_link_is_shown_once_and_its_token_is_not_stored(as_: As, store: Database, published: str):
    owner = as_("leader")
    token = make_link(owner, published).rsplit("/", 1)[-1]
    assert token not in owner.get(f"/editions/{published}/1/links").text
    assert not [row for row in make.all_rows(store) if token in row]


def test_a_link_is_counted_recorded_and_stopped(as_: As, app: Workbench, store: Database, published: str):
    owner, stranger = as_("leader"), app.test_client()
    address = make_link(owner, published)
    stranger.get(address)
    stranger.get(address)
    assert "opened 2 times" in page_text(owner.get(f"/editions/{published}/1/links"))
    with store.read() as session:
        assert [line.act for line in list_trail(session)][:2] == ["fetched", "fetched"]
    owner.post(f"/editions/{published}/1/links/1/stop")
    assert stranger.get(address).status_code == 410
    assert stranger.get(f"{address}/position-description.pdf").status_code == 410
    assert "stopped on" in page_text(owner.get(f"/editions/{published}/1/links"))


def test_a_link_ends_by_itself_and_an_unknown_one_opens_nothing(
    as_: As, app: Workbench, store: Database, published: str
):
    address, stranger = make_link(as_("leader"), published), app.test_client()
    with store.write.begin() as session:
        session.query(EditionLinkRow).one().expires_at = now() - timedelta(seconds=1)
    assert stranger.get(address).status_code == 410
    assert stranger.get("/read/nothing").status_code == 404


def test_a_link_needs_a_reader_and_days(as_: As, published: str):
    page = f"/editions/{published}/1/links"
    answer = as_("leader").fill(page, page, reader="", days="91")
    assert answer.status_code == 422
    assert "Write the name of the reader" in page_text(answer)


def test_hr_and_the_owner_alone_make_links(as_: As, published: str):
    assert make_link(as_("hr"), published)
    assert as_("other").get(f"/editions/{published}/1/links").status_code == 404
    assert as_("leader").post(f"/editions/{published}/1/links/{10**12}/stop").status_code == 404
