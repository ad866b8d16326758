"""The laws that a role is under are chosen beside its conditions, with what HR keeps about the position."""

from tests.support import make
from tests.support.proof import PageClient
from tests.support.servers.databases import Database
from workbench.roles.model import Administration, ExemptStatus


def test_laws_and_the_facts_for_hr_are_saved_and_shown_again(leader: PageClient, store: Database, slug: str):
    url = f"/roles/{slug}/conditions"
    leader.fill(
        url,
        jurisdictions=["de", "uk"],
        job_code=" S-12 ",
        grade="7",
        exempt_status="exempt",
        headcount="2",
        cost_centre="4100",
    )
    role = make.stored_role(store, slug)
    assert role.jurisdictions == ("uk", "de")
    assert role.administration == Administration("S-12", "7", ExemptStatus.EXEMPT, 2, "4100")
    page = leader.get(url).page
    assert [box["value"] for box in page.select("[name=jurisdictions][checked]")] == ["uk", "de"]
    assert page.select_one("#headcount")["value"] == "2"


def test_the_review_reminds_of_the_law_that_was_chosen(leader: PageClient, slug: str):
    leader.fill(f"/roles/{slug}/conditions", jurisdictions=["de"])
    words = leader.get(f"/roles/{slug}/check").page.select_one("main").get_text(" ", strip=True)
    assert "The title has no “(m/w/d)”" in words
    leader.fill(f"/roles/{slug}/conditions", jurisdictions=[])
    words = leader.get(f"/roles/{slug}/check").page.select_one("main").get_text(" ", strip=True)
    assert "(m/w/d)" not in words
