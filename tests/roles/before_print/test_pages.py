"""The page before printing tells the pages of what is stored, prints on request, and leads to each open point."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from tests.support import make
from tests.support.proof import PageClient
from tests.support.servers.databases import Database
from workbench.accounts.model import Person
from workbench.core.jobs.tables import JobState
from workbench.roles.documents.kinds import DOCUMENTS
from workbench.roles.model import Basis, Pay
from workbench.roles.promises.model import with_samples

RunJobs = Callable[[], list[JobState | None]]


def words(page: PageClient, url: str) -> str:
    """Return the words of a page."""
    return page.get(url).page.main.get_text(" ", strip=True)


@pytest.mark.slow("prints every document of a role")
def test_the_pages_of_a_draft_are_told_when_it_is_printed_and_nothing_is_printed_by_reading(
    leader: PageClient, slug: str, run_jobs: RunJobs
):
    url = f"/roles/{slug}/before-print"
    assert words(leader, url).count("Not printed yet") == len(DOCUMENTS)
    assert run_jobs() == []

    answer = leader.fill(url)
    assert answer.status_code == 303
    assert answer.location.startswith(url)
    assert "being printed" in words(leader, url)
    assert set(run_jobs()) == {JobState.DONE}

    after = words(leader, url)
    assert "Not printed yet" not in after
    assert "Print them now" not in after
    assert " pages" in after


def test_each_open_point_leads_to_its_place(leader: PageClient, store: Database, people: dict[str, Person]):
    first, *others = make.role().accountabilities
    held, won = first.expectations
    item = replace(first, questions=(), expectations=(replace(held, basis=Basis.PLACEHOLDER), won))
    pay = Pay(9_000_000, 8_000_000, variable="A tenth of the margin")
    slug = make.draft(store, people["leader"], with_samples(make.role(accountabilities=(item, *others), pay=pay)))

    page = leader.get(f"/roles/{slug}/before-print").page.main

    links = {link["href"] for link in page.select("a")}
    assert f"/roles/{slug}/pay" in links
    assert f"/roles/{slug}/promises" in links
    assert f"/roles/{slug}/targets" in links
    assert f"/roles/{slug}/accountabilities/{item.key}#questions" in links
    assert "What cannot be true" in page.get_text()


def test_an_edition_names_its_points_and_leads_into_its_draft(
    leader: PageClient, store: Database, people: dict[str, Person]
):
    role = make.role(pay=Pay(9_000_000, 8_000_000))
    slug = make.draft(store, people["leader"], role)
    url = f"/editions/{slug}/{make.edition(store, slug, people['leader'])}"

    assert f"{url}/before-print" in [link["href"] for link in leader.get(url).page.select("a")]
    text = words(leader, f"{url}/before-print")
    assert "above its maximum" in text
    assert "change the draft and publish it again" in text


def test_a_reader_of_an_edition_sees_its_points_without_links_into_a_draft(
    as_: Callable[[str], PageClient], store: Database, people: dict[str, Person]
):
    slug = make.draft(store, people["leader"], make.role(pay=Pay(9_000_000, 8_000_000, released=True)))
    number = make.edition(store, slug, people["leader"])
    page = as_("other").get(f"/editions/{slug}/{number}/before-print").page.main
    assert "above its maximum" in page.get_text()
    assert not [link for link in page.select("a") if link["href"].startswith(f"/roles/{slug}")]
