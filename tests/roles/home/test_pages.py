"""The home page has one row for each role, says whose it is and how far it is, and names what waits for a person."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest

from tests.support import make
from tests.support.proof import PageClient
from tests.support.servers.databases import Database
from workbench.accounts.model import Person
from workbench.core.clock import now
from workbench.core.edits import Edit
from workbench.core.findings import Finding, Level
from workbench.roles.approval.tables import ask
from workbench.roles.notices.model import NoticeKind
from workbench.roles.notices.tables import notify
from workbench.roles.publishing.tables import ask_agreement
from workbench.roles.tables import DraftRow


def rows(client: PageClient, address: str = "/") -> list[list[str]]:
    """Return the texts of the list of roles, cell by cell."""
    found = client.get(address).page.select("main table tbody tr")
    return [[cell.get_text(" ", strip=True) for cell in row.select("th, td")] for row in found]


def titles(client: PageClient, address: str = "/") -> list[str]:
    return [link.get_text(strip=True) for link in client.get(address).page.select("main table tbody th a")]


def waiting(client: PageClient) -> list[str]:
    return [line.get_text(strip=True) for line in client.get("/").page.select(".waiting strong")]


def change(store: Database, slug: str, person: Person, *parts: str) -> None:
    """Change a draft once for each part, as pages of the path do."""
    with store.write.begin() as session:
        draft = make.draft_row(session, slug)
        for part in parts:
            edit = Edit(part, draft.version, "tab", person.id)
            draft.change(edit, lambda role, part=part: replace(role, summary=f"{role.summary} {part}"))


def age(store: Database, slug: str, days: int) -> None:
    """Make a draft as if it was started and last changed some days ago."""
    with store.write.begin() as session:
        draft = make.draft_row(session, slug)
        draft.created_at = draft.changed_at = now() - timedelta(days=days)


def test_a_draft_and_its_editions_are_one_row(
    leader: PageClient, store: Database, people: dict[str, Person], slug: str
):
    make.edition(store, slug, people["leader"])
    make.edition(store, slug, people["leader"])
    change(store, slug, people["leader"], "summary", "duties")
    (row,) = rows(leader)
    title, owner, state, newest, changed, last = row
    assert title.startswith("Account Executive Sales · started today, ")
    assert (owner, state, changed) == ("LB You", "Published", "2 parts")
    assert newest.startswith("Edition 2 of Account Executive Today, ")
    assert last.startswith("Today, ")


def test_a_leader_sees_own_drafts_and_the_editions_of_others_but_not_their_drafts(
    leader: PageClient, store: Database, people: dict[str, Person]
):
    mine = make.draft(store, people["leader"], make.role("My own closer"))
    make.draft(store, people["other"], make.role("A secret plan"))
    foreign = make.draft(store, people["other"], make.role("Somebody’s closer"))
    make.edition(store, foreign, people["other"])
    with store.write.begin() as session:
        draft = make.draft_row(session, foreign)
        draft.change(Edit("seat", draft.version, "t", 2), lambda role: replace(role, title="A new secret title"))
    page = leader.get("/").page
    assert "secret" not in page.get_text()
    links = {link.get_text(strip=True): link["href"] for link in page.select("main table tbody th a")}
    assert links == {"My own closer": f"/roles/{mine}", "Somebody’s closer": f"/editions/{foreign}/1"}


def test_hr_sees_every_draft_with_its_owner_and_an_interviewer_only_what_is_published(
    as_: Callable[[str], PageClient], store: Database, people: dict[str, Person], slug: str
):
    other = make.draft(store, people["other"])
    make.edition(store, other, people["other"])
    assert sorted(row[1] for row in rows(as_("hr"))) == ["LB Lea Berg", "OB Otto Berg"]
    (row,) = rows(as_("interviewer"))
    assert (row[1], row[2]) == ("OB Otto Berg", "Published")


def test_the_filters_count_and_show_what_they_name(leader: PageClient, store: Database, people: dict[str, Person]):
    make.draft(store, people["leader"], make.role("Opener"))
    shown = make.draft(store, people["leader"], make.role("Closer"))
    make.edition(store, shown, people["leader"])
    old = make.draft(store, people["other"], make.role("Farmer"))
    make.edition(store, old, people["other"])
    with store.write.begin() as session:
        (edition,) = [row for row in make.edition_rows(session) if row.slug == old]
        edition.retired_at = now()
    counts = [link.get_text(" ", strip=True) for link in leader.get("/").page.select("nav.filters a")]
    assert counts == ["All 3", "Mine 2", "Team 1", "Published 1", "Retired 1"]
    expected = {"mine": {"Opener", "Closer"}, "team": {"Farmer"}, "published": {"Closer"}, "retired": {"Farmer"}}
    for name, found in expected.items():
        assert set(titles(leader, f"/?show={name}")) == found, name
    assert rows(leader, "/?show=retired")[0][2] == "Retired"


@pytest.mark.parametrize(
    ("days", "words"), [(0, "Today, "), (1, "Yesterday"), (400, str((now() - timedelta(days=400)).year))]
)
def test_the_last_change_is_said_as_people_say_it(
    leader: PageClient, store: Database, slug: str, days: int, words: str
):
    age(store, slug, days)
    page = leader.get("/").page
    shown = page.select("main table tbody tr td time")[-1]
    assert words in shown.get_text()
    assert shown["title"].endswith("UTC")


def test_two_roles_of_one_title_can_be_told_apart(leader: PageClient, store: Database, slug: str):
    age(store, slug, 1)
    answer = leader.post(f"/roles/{slug}/copy", follow_redirects=True)
    assert "This is a copy, named “Copy of Account Executive”" in answer.page.get_text()
    leader.post(f"/roles/{slug}/copy")
    assert titles(leader) == ["Copy 2 of Account Executive", "Copy of Account Executive", "Account Executive"]
    leader.post("/library/vp-sales/adapt")
    with store.write.begin() as session:
        first = next(row for row in make.draft_rows(session) if row.slug == "vp-sales")
        first.created_at = now() - timedelta(days=1)
    leader.post("/library/vp-sales/adapt")
    assert "started today" in rows(leader, "/?q=vp+sales&sort=-title")[0][0]
    assert "started yesterday" in rows(leader, "/?q=vp+sales&sort=-title")[1][0]


def test_what_waits_is_at_most_seven_of_my_own_unpublished_roles(
    leader: PageClient, store: Database, people: dict[str, Person]
):
    assert leader.get("/").page.select(".waiting") == []
    make.draft(store, people["other"], make.role("Not mine"))
    published = make.draft(store, people["leader"], make.role("Closer"))
    make.edition(store, published, people["leader"])
    assert waiting(leader) == []
    change(store, published, people["leader"], "summary")
    assert waiting(leader) == ["Publish Edition 2 of Closer"]
    for number in range(9):
        make.draft(store, people["leader"], make.role(f"Opener {number}"))
    lines = waiting(leader)
    assert len(lines) == 7
    assert lines[0] == "Go on with Opener 8"
    assert len(leader.get("/").page.select("a.button:not(.plain)")) == 1


def test_the_roles_opened_last_are_listed_and_a_removed_one_leaves_the_list(
    leader: PageClient, store: Database, people: dict[str, Person]
):
    slugs = [make.draft(store, people["leader"], make.role(f"Opener {number}")) for number in range(7)]
    for slug in (*slugs, slugs[0]):
        leader.get(f"/roles/{slug}")

    def opened() -> list[str]:
        return [link.get_text(strip=True) for link in leader.get("/").page.select(".opened a")]

    assert opened() == ["Opener 0", "Opener 6", "Opener 5", "Opener 4", "Opener 3"]
    with store.write.begin() as session:
        session.delete(make.draft_row(session, slugs[0]))
    assert opened() == ["Opener 6", "Opener 5", "Opener 4", "Opener 3", "Opener 2"]


def test_an_empty_home_says_what_to_do(as_: Callable[[str], PageClient], store: Database):
    leader = as_("leader").get("/").page
    assert "No roles yet" in leader.get_text()
    assert leader.select_one("a.button:not(.plain)").get_text() == "Start a role"
    assert "Nothing is published yet" in as_("interviewer").get("/").page.get_text()
    with store.read() as session:
        assert session.query(DraftRow).count() == 0


def test_what_others_ask_comes_before_what_one_has_not_published(
    as_: Callable[[str], PageClient], store: Database, people: dict[str, Person], slug: str
):
    make.draft(store, people["other"], make.role("Own opener"))
    with store.write.begin() as session:
        draft = make.draft_row(session, slug)
        ask(session, draft, people["leader"].id, [people["other"].id], 1, "", any_hr=True)
        finding = Finding(
            "question", Level.BLOCKING, "summary", "This may discriminate.", "Ask it differently.", "a law"
        )
        ask_agreement(session, draft.id, draft.role, finding, "It is needed.", people["leader"].id)
        notify(session, NoticeKind.MENTION, draft, [people["other"].id], people["leader"].id, detail="See here")
    assert waiting(as_("other")) == [
        "Say whether Account Executive may be published",
        "Lea Berg mentioned you in Account Executive: See here",
        "Go on with Own opener",
    ]
    assert waiting(as_("hr"))[:3] == [
        "Set up the company",
        "Decide whether a text of Account Executive may be published",
        "Say whether Account Executive may be published",
    ]
    assert waiting(as_("interviewer")) == []
    assert [row[2] for row in rows(as_("hr"))] == ["Draft", "Draft Waits for you"]
