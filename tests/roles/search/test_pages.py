"""One search finds what a person may read, at its very place, and nothing of what they may not."""

import re
from collections.abc import Callable
from dataclasses import replace

import pytest

from tests.support import make
from tests.support.proof import PageClient
from tests.support.servers.databases import Database
from tests.support.volume import MAX_PAGE_COST, add_roles, page_cost
from workbench.accounts.model import Person
from workbench.core.edits import Edit
from workbench.core.web.app import Workbench
from workbench.hiring.model import People
from workbench.metrics.catalogue import catalogue
from workbench.packets.model import Delivery
from workbench.roles.model import Pay
from workbench.roles.search.index import SearchEntryRow
from workbench.roles.search.metrics import find_metrics, synonyms
from workbench.roles.search.tables import index_missing

As = Callable[[str], PageClient]


def found(client: PageClient, words: str) -> dict[str, dict[str, str]]:
    """Return the address of each thing that a search finds, by group and text."""
    page = client.get("/search", query_string={"q": words}).page
    return {
        section.h2.get_text(" ", strip=True).rstrip(" 0123456789"): {
            link.get_text(" ", strip=True): link["href"] for link in section.select("a.name")
        }
        for section in page.select("main section")
    }


def change(store: Database, slug: str, person: Person, **fields: object) -> None:
    with store.write.begin() as session:
        draft = make.draft_row(session, slug)
        draft.change(Edit("summary", draft.version, "tab", person.id), lambda role: replace(role, **fields))


def test_a_leader_finds_each_kind_of_text_in_an_own_draft_at_its_place(leader: PageClient, slug: str):
    base = f"/roles/{slug}"
    assert found(leader, "account executive")["Roles"] == {"Account Executive": base}
    place = f"{base}/accountabilities/south"
    assert found(leader, "south territory")["Accountabilities"] == {"Win new customers in the south territory": place}
    questions = found(leader, "customer won")["Interview questions"]
    assert set(questions.values()) <= {
        f"{base}/accountabilities/{key}/questions/{key}-ask" for key in ("north", "south", "west")
    }
    assert found(leader, "first calls no")["Duties, qualifications and hard parts"] == {
        "Most first calls end in no.": f"{base}/hard-parts"
    }
    assert found(leader, "opens new doors")["Summaries and purposes"] == {
        "Nobody opens new doors today.": f"{base}/purpose/why-needed"
    }
    (target,) = found(leader, "first meetings")["Targets"].values()
    assert re.fullmatch(rf"{base}/accountabilities/(\w+)/expectations/\1-held", target)


def test_typing_errors_are_forgiven_and_said(leader: PageClient, slug: str):
    page = leader.get("/search?q=exceutive+teritory").page
    assert "these have executive, territory." in page.get_text()
    page = leader.get("/search?q=teritory").page
    assert (
        "Nothing has “teritory” as it is written; these have territory." in page.select_one("[role=status]").get_text()
    )
    assert page.select("mark")
    assert found(leader, "pipline")["Metrics"]


@pytest.mark.parametrize("words", ["ARR", "MRR", "upsell", "pipline", "cross-sell", "churn", "hit rate"])
def test_metrics_are_found_by_what_people_call_them(leader: PageClient, words: str):
    metrics = find_metrics(catalogue().values(), words)
    assert metrics
    assert catalogue()["pct_reps_at_quota"] not in metrics
    page = leader.get("/metrics", query_string={"q": words}).page
    assert [link.get_text() for link in page.select(".metric-list li > a")]
    assert found(leader, words)["Metrics"]
    assert ("with words near to" in page.select_one("[role=status]").get_text()) is (words == "pipline")


def test_every_synonym_names_metrics_that_exist():
    assert [code for each in synonyms().terms for code in each.metrics if code not in catalogue()] == []


def test_drafts_of_others_are_not_found_and_their_words_are_not_offered(
    as_: As, store: Database, people: dict[str, Person]
):
    make.draft(store, people["other"], make.role("Zyzomys wrangler", summary="Herds xylographs."))
    for words in ("zyzomys", "xylographs", "zyzomis", "xylogaphs"):
        assert found(as_("leader"), words) == {}, words
        assert "zyzomys" not in as_("leader").get(f"/search?q={words}x").page.main.get_text().replace(words, "")
    assert found(as_("hr"), "zyzomys")["Roles"]
    assert found(as_("other"), "xylogaphs")["Summaries and purposes"]


def test_each_kind_of_person_finds_of_an_edition_what_its_documents_show_them(
    as_: As, store: Database, people: dict[str, Person]
):
    slug = make.draft(store, people["other"], make.role("Xylograph keeper"))
    make.edition(store, slug, people["other"])
    assert found(as_("admin"), "xylograph") == {"Roles": {"Xylograph keeper": f"/editions/{slug}/1"}}
    assert found(as_("admin"), "territory").keys() <= {"Ready-made roles", "Metrics"}
    interviewer = found(as_("interviewer"), "customer won")["Interview questions"]
    assert all(url.startswith(f"/editions/{slug}/1/interview-kit#:~:text=") for url in interviewer.values())
    assert "Targets" not in found(as_("interviewer"), "first meetings")
    leader = found(as_("leader"), "first meetings")["Targets"]
    assert all(url.startswith(f"/editions/{slug}/1/position-description") for url in leader.values())
    assert as_("interviewer").get(next(iter(interviewer.values())).partition("#")[0]).status_code == 200


def test_pay_is_never_found_released_or_not(leader: PageClient, store: Database, people: dict[str, Person]):
    pay = Pay(minimum=6_500_000, variable="Xylograph commission", released=True)
    slug = make.draft(store, people["leader"], make.role(pay=pay))
    make.edition(store, slug, people["leader"])
    assert found(leader, "xylograph") == {}
    with store.read() as session:
        assert session.query(SearchEntryRow).filter(SearchEntryRow.words.contains("xylograph")).count() == 0


def test_the_index_follows_each_change_and_the_newest_edition_in_use(
    as_: As, store: Database, people: dict[str, Person], slug: str
):
    leader, other = as_("leader"), as_("other")
    change(store, slug, people["leader"], summary="Herds xylographs.")
    assert found(leader, "xylographs")
    make.edition(store, slug, people["leader"])
    change(store, slug, people["leader"], summary="Herds zwieback.")
    assert found(leader, "zwieback")["Summaries and purposes"]["Herds zwieback."] == f"/roles/{slug}/summary"
    assert found(other, "zwieback") == {}
    assert found(other, "xylographs")
    make.edition(store, slug, people["leader"])
    assert found(other, "zwieback")
    assert found(other, "xylographs") == {}
    for number, words in ((2, "xylographs"), (1, "zwieback")):
        with store.write.begin() as session:
            edition = next(row for row in make.edition_rows(session) if row.number == number)
            edition.retired_at = edition.published_at
        assert bool(found(other, "xylographs")) is (words == "xylographs")
        assert found(other, "zwieback") == {}


def test_a_draft_in_the_trash_is_not_found(leader: PageClient, slug: str):
    assert found(leader, "account executive")["Roles"]
    leader.post(f"/roles/{slug}/remove")
    assert found(leader, "account executive").get("Roles", {}) == {}


def test_print_runs_are_found_by_those_who_may_read_them(
    as_: As, store: Database, people: dict[str, Person], slug: str
):
    make.edition(store, slug, people["leader"])
    number = make.print_run(
        store, slug, people["leader"], "candidate", People((), ("Ina Xylograph",)), Delivery.FILE_EACH, finished=False
    )
    for who, hits in (("leader", 1), ("hr", 1), ("other", 0), ("interviewer", 0)):
        runs = found(as_(who), "xylograph").get("Print runs", {})
        assert list(runs.values()) == [f"/packets/{number}"] * hits, who


def test_a_search_for_nothing_says_what_to_type(leader: PageClient):
    assert "Type a word" in leader.get("/search").page.get_text()
    assert "Nothing that you may read" in leader.get("/search?q=xyzzy").page.get_text()
    for odd in ('"', "' OR 1", "*", "(", "NEAR/", "\u0000x", "a" * 300, "日本", "&|!:*"):
        assert leader.get("/search", query_string={"q": odd}).status_code == 200, odd


def test_the_box_is_in_the_head_of_every_page_and_more_of_a_kind_is_a_link(
    leader: PageClient, store: Database, people: dict[str, Person]
):
    for number in range(8):
        make.draft(store, people["leader"], make.role(f"Closer {number}"))
    page = leader.get("/search?q=closer").page
    assert page.select_one("header form.find input[name=q]")
    roles = page.select_one("#found-role").find_parent("section")
    assert len(roles.select("a.name")) == 6
    more = roles.select_one("p > a:last-child")["href"]
    assert len(leader.get(more).page.select("main section")) == 1
    assert len(leader.get(more).page.select("a.name")) == 8


@pytest.mark.slow("indexes two hundred roles and searches them several times")
def test_roles_from_before_the_index_are_found_and_a_search_of_many_is_fast(
    app: Workbench, leader: PageClient, store: Database, people: dict[str, Person]
):
    add_roles(store, people["leader"], 200)
    assert found(leader, "sales engineer").get("Roles") is None
    with store.write.begin() as session:
        assert index_missing(session, 1_000) == 200
        assert index_missing(session) == 0
    assert found(leader, "sales engineer")["Roles"]
    for words in ("sales", "renewal", "pipline"):
        assert page_cost(app, leader, f"/search?q={words}") <= MAX_PAGE_COST, words
