"""People and the trail, as an admin meets them."""

import re

import pytest

from tests.accounts.trail import acts
from workbench.accounts import tables
from workbench.accounts.audit import AuditRow
from workbench.accounts.tables import PersonRow


def test_an_admin_adds_somebody_who_then_signs_in(app, client, people, store):
    client.sign_in(people["admin"])
    answer = client.fill(
        "/people/new",
        name="Nia Low",
        email="Nia@Example.com",
        kind="interviewer",
        password="the quiet boat left at nine",
    )
    assert answer.status_code == 303
    assert "Nia Low can sign in now" in client.get("/people").text
    new = {"email": "nia@example.com", "password": "the quiet boat left at nine"}
    assert app.test_client().fill("/sign-in", **new).status_code == 303
    assert acts(store) == ["created", "signed in"]


def test_the_same_address_twice_is_said_kindly_and_what_was_typed_stays(client, people):
    client.sign_in(people["admin"])
    typed = {
        "name": "Lea Again",
        "email": "leader@example.com",
        "kind": "hr",
        "password": "the quiet boat left at nine",
    }
    answer = client.fill("/people/new", **typed)
    assert answer.status_code == 422
    assert "There is already a person with this address" in answer.page.select_one(".summary").text
    assert answer.page.select_one("#name")["value"] == "Lea Again"


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ({"email": "no address"}, "Enter an email address such as"),
        ({"name": ""}, "Enter a name"),
        ({"name": "x" * 201}, "Shorten this to 200 characters"),
        ({"password": "short"}, "at least 12 characters"),
        ({"kind": "owner"}, "Choose one from the list"),
    ],
)
def test_a_person_that_does_not_do_is_not_added(client, people, store, typed, says):
    client.sign_in(people["admin"])
    good = {"name": "Nia", "email": "nia@example.com", "kind": "hr", "password": "the quiet boat left at nine"}
    answer = client.fill("/people/new", **good | typed)
    assert answer.status_code == 422
    assert says in answer.page.select_one(".summary").text
    with store.read() as session:
        assert len(tables.list_people(session)) == len(people)


def test_a_new_kind_signs_somebody_out_at_once(app, client, people, store):
    leader = app.test_client().sign_in(people["leader"])
    client.sign_in(people["admin"])
    address = f"/people/{people['leader'].id}"

    assert client.fill(address, kind="interviewer").status_code == 303

    assert leader.get("/account").status_code == 303
    leader.sign_in(people["leader"])
    assert leader.get("/roles/new").status_code == 403
    assert acts(store) == ["changed"]


def test_two_admins_do_not_overwrite_each_other(client, people):
    client.sign_in(people["admin"])
    address = f"/people/{people['leader'].id}"
    stale = client.get(address).page.select_one("[name=version]")["value"]
    client.fill(address, kind="hr")
    answer = client.post(address, data={"kind": "leader", "active": "no", "version": stale, "op_id": "x"})
    assert answer.status_code == 409


def test_an_admin_cannot_lock_themselves_out(client, people):
    client.sign_in(people["admin"])
    answer = client.fill(f"/people/{people['admin'].id}", active="no")
    assert answer.status_code == 422
    assert "Ask another admin" in answer.text
    assert client.get("/people").status_code == 200


def test_the_trail_reads_page_by_page(client, people, store):
    with store.write.begin() as session:
        for number in range(230):
            session.add(
                AuditRow(person_id=people["leader"].id, act=f"act {number}", thing="draft", key="x", detail={"n": 1})
            )
    client.sign_in(people["hr"])
    seen, address = [], "/history"
    while address:
        page = client.get(address).page
        seen += [re.search(r"act \d+", row.text).group() for row in page.select(".lines li")]
        onward = page.find("a", string="Earlier lines")
        address = onward["href"] if onward else ""
    assert seen == [f"act {number}" for number in reversed(range(230))]
    assert "Lea Berg" in client.get("/history").text


def test_markup_in_a_name_stays_text(client, people, store):
    with store.write.begin() as session:
        session.get_one(PersonRow, people["leader"].id).name = "<script>alert(1)</script>{{ 7*7 }}"
    client.sign_in(people["admin"])
    text = client.get("/people").text
    assert "&lt;script&gt;alert(1)&lt;/script&gt;{{ 7*7 }}" in text
