"""A person is invited by a link that works once, for a week, until it is taken back, and chooses their own password."""

import re
from datetime import timedelta

import pytest
from sqlalchemy import select

from tests.support.proof import PageClient
from tests.support.servers.databases import Database
from workbench.accounts.audit import AuditRow
from workbench.accounts.invitations.tables import InvitationRow
from workbench.accounts.model import Kind, Person
from workbench.accounts.tables import PersonRow, find_by_email
from workbench.core.clock import now
from workbench.core.web.app import Workbench

PASSWORD = "the quiet boat left at nine"


@pytest.fixture
def admin(app: Workbench, people: dict[str, Person]) -> PageClient:
    return app.test_client().sign_in(people["admin"])


def invite(admin: PageClient, email: str = "nia@example.com", **other: str) -> str:
    """Invite somebody and return the path of the link in the text to send."""
    answer = admin.fill("/people/invite", **{"name": "Nia Low", "email": email, "kind": "leader"} | other)
    assert answer.status_code == 303
    page = admin.get(answer.location).page
    return re.search(r"http://[^/]+(/invitation/\S+)", page.select_one("#link").get_text())[1]


def test_a_person_who_was_invited_chooses_a_password_and_is_in(app: Workbench, admin: PageClient, store: Database):
    link = invite(admin)
    guest = app.test_client()
    page = guest.get(link).page
    assert "You sign in with nia@example.com" in page.get_text()
    answer = guest.fill(link, name="Nia Lowe", password=PASSWORD)
    assert answer.location == "/"
    assert "Nia Lowe" in guest.get("/account").page.get_text()
    with store.read() as session:
        person = find_by_email(session, "nia@example.com")
        assert (person.name, person.kind) == ("Nia Lowe", Kind.LEADER)
        acts = session.scalars(select(AuditRow.act).order_by(AuditRow.id)).all()
        assert acts[-2:] == ["invited a person", "created"]
    other = app.test_client()
    assert other.get(link).status_code == 410
    assert other.fill("/sign-in", email="nia@example.com", password=PASSWORD).status_code == 303


def test_a_weak_password_is_refused_beside_its_field_and_the_name_stays(app: Workbench, admin: PageClient):
    link = invite(admin)
    answer = app.test_client().fill(link, name="Nia Lowe", password="short")
    assert answer.status_code == 422
    assert answer.page.select_one("#name")["value"] == "Nia Lowe"
    assert answer.page.select_one("#password-error")
    assert app.test_client().get(link).status_code == 200


def test_an_invitation_that_is_taken_back_or_over_opens_nothing(app: Workbench, admin: PageClient, store: Database):
    taken, over, used = (invite(admin, f"{name}@example.com") for name in ("taken", "over", "used"))
    page = admin.get("/people").page
    rows = {row.select("td")[0].get_text(): row for row in page.select("table")[1].select("tbody tr")}
    assert admin.post(rows["taken@example.com"].select_one("form")["action"]).status_code == 303
    with store.write.begin() as session:
        row = session.scalars(select(InvitationRow).where(InvitationRow.email == "over@example.com")).one()
        row.expires_at = now() - timedelta(days=1)
    for link in (taken, over, used[:-3] + "abc", "/invitation/nothing"):
        answer = app.test_client().get(link)
        assert answer.status_code == 410
        assert "Ask" in answer.page.get_text()
    assert app.test_client().get(used).status_code == 200
    text = admin.get("/people").page.get_text()
    assert "taken@example.com" not in text
    assert "Ended; invite them again" in text


def test_a_second_invitation_to_one_address_ends_the_first(app: Workbench, admin: PageClient):
    first, second = invite(admin), invite(admin)
    assert [app.test_client().get(link).status_code for link in (first, second)] == [410, 200]


def test_nobody_is_invited_twice_or_by_those_who_may_not(app: Workbench, admin: PageClient, people: dict[str, Person]):
    answer = admin.fill("/people/invite", name="Lea", email="leader@example.com", kind="hr")
    assert answer.status_code == 422
    assert "There is already a person with this address" in answer.page.select_one("#email-error").get_text()
    for who in ("hr", "leader", "interviewer"):
        assert app.test_client().sign_in(people[who]).get("/people/invite").status_code == 403


def test_the_link_is_shown_once_and_only_its_digest_is_stored(admin: PageClient, store: Database):
    link = invite(admin)
    with store.read() as session:
        row = session.scalars(select(InvitationRow)).one()
        assert link.rpartition("/")[2] not in (row.digest, row.email)
        number = row.id
    assert not admin.get(f"/people/invitations/{number}").page.select("#link")


def test_an_invitation_of_an_address_that_was_added_meanwhile_says_so(
    app: Workbench, admin: PageClient, store: Database
):
    link = invite(admin)
    assert admin.fill("/people/new", name="N", email="nia@example.com", kind="hr", password=PASSWORD).status_code == 303
    answer = app.test_client().fill(link, name="Nia", password=PASSWORD)
    assert answer.status_code == 422
    assert "already a person" in answer.page.select_one("#name-error").get_text()


def test_a_person_changes_the_own_name(app: Workbench, people: dict[str, Person], store: Database):
    leader: PageClient = app.test_client().sign_in(people["leader"])
    assert leader.fill("/account/name", name=" ").status_code == 422
    assert leader.fill("/account/name", name="Lea Sommer").status_code == 303
    assert "Lea Sommer" in leader.get("/account").page.get_text()
    with store.read() as session:
        assert session.get_one(PersonRow, people["leader"].id).name == "Lea Sommer"
