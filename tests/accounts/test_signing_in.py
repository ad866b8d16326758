"""Signing in and out, and one's own account, as people meet them."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from tests.accounts.trail import acts
from tests.support import site
from tests.support.proof import PageClient
from tests.support.site import PASSWORD
from workbench.accounts.tables import PersonRow, SessionRow
from workbench.core import clock

LEADER = {"email": "leader@example.com", "password": PASSWORD}


def at(monkeypatch: pytest.MonkeyPatch, later: timedelta) -> None:
    """Let this much time pass."""
    moment = clock.now() + later
    for module in ("workbench.accounts.tables", "workbench.accounts.web"):
        monkeypatch.setattr(f"{module}.now", lambda: moment)


def test_a_leader_signs_in_and_goes_on_to_where_they_were_going(client, people, store):
    answer_before_sign_in = client.get("/library")
    assert answer_before_sign_in.location == "/sign-in?next=/library"

    answer = client.fill(answer_before_sign_in.location, **LEADER)

    assert (answer.status_code, answer.location) == (303, "/library")
    assert client.get("/library").status_code == 200
    assert acts(store) == ["signed in"]


def test_the_address_may_be_typed_in_any_case(client, people):
    assert client.fill("/sign-in", email=" Leader@Example.COM ", password=PASSWORD).status_code == 303


@pytest.mark.parametrize(
    "typed",
    [
        {"email": "leader@example.com", "password": "a wrong sentence"},
        {"email": "nobody@example.com", "password": PASSWORD},
        {"email": "leader@example.com' OR 1=1 --", "password": PASSWORD},
    ],
)
def test_a_wrong_password_and_an_unknown_address_look_alike(client, people, typed):
    answer = client.fill("/sign-in", **typed)
    assert answer.status_code == 422
    assert answer.page.select_one("#email")["value"] == typed["email"].lower()
    assert answer.page.select_one("#password")["value"] == ""
    assert client.get("/library").status_code == 303


def test_a_failed_try_is_in_the_trail(client, people, store):
    client.fill("/sign-in", email="leader@example.com", password="not this one")
    assert acts(store) == ["failed to sign in"]


def test_an_empty_form_says_what_is_missing(client):
    answer = client.fill("/sign-in")
    assert answer.status_code == 422
    assert [link.text for link in answer.page.select(".summary a")] == [
        "Enter your email address",
        "Enter your password",
    ]


@pytest.mark.parametrize(
    "target",
    [
        "//evil.example",
        "https://evil.example",
        "/\\evil.example",
        "/\t/evil.example",
        "javascript:alert(1)",
        "evil",
        "/a\nb",
        "",
    ],
)
def test_nobody_is_sent_to_another_site(client, people, target):
    token = client.get("/sign-in").page.select_one("[name=csrf_token]")["value"]
    answer = client.post("/sign-in", query_string={"next": target}, data={**LEADER, "csrf_token": token})
    assert (answer.status_code, answer.location) == (303, "/")


def test_five_tries_a_minute_for_one_account_from_wherever(app, people):
    statuses = []
    for number in range(6):
        client = app.test_client()
        client.environ_base["REMOTE_ADDR"] = f"10.0.0.{number}"
        statuses.append(client.post("/sign-in", data={**LEADER, "password": "guess"}).status_code)
    assert statuses == [422] * 5 + [429]
    other = app.test_client().post("/sign-in", data={**LEADER, "email": "hr@example.com"})
    assert other.status_code == 303


def test_twenty_tries_a_minute_from_one_place(client, people):
    statuses = [
        client.post("/sign-in", data={"email": f"p{number}@example.com", "password": "guess"}).status_code
        for number in range(21)
    ]
    assert statuses == [422] * 20 + [429]


def test_somebody_who_has_left_does_not_get_in(client, people, store):
    with store.write.begin() as session:
        session.get_one(PersonRow, people["leader"].id).active = False
    assert client.fill("/sign-in", **LEADER).status_code == 422


def test_a_sign_in_gives_a_new_token_and_ends_the_old_session(client, people):
    client.fill("/sign-in", **LEADER)
    first = client.get_cookie("workbench").value
    client.fill("/sign-in", **LEADER)
    second = client.get_cookie("workbench").value

    assert first != second
    client.set_cookie("workbench", first)
    assert client.get("/account").status_code == 303


def test_a_token_from_before_the_sign_in_is_worth_nothing(client, people):
    client.set_cookie("workbench", "planted-by-somebody")
    client.fill("/sign-in", **LEADER)
    assert client.get_cookie("workbench").value != "planted-by-somebody"


def test_the_cookie_is_closed_to_scripts_and_other_sites(client, people, store):
    answer = client.fill("/sign-in", **LEADER)
    cookie = next(value for value in answer.headers.getlist("Set-Cookie") if value.startswith("workbench="))
    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie
    token = client.get_cookie("workbench").value
    assert len(token) == 43  # 256 bits
    with store.read() as session:
        assert token not in str(session.execute(select(SessionRow.__table__)).all())


def test_behind_https_the_cookie_belongs_to_this_host_alone(store):
    site.people(store)
    client = site.app(store, base_url="https://w.example").test_client()
    base = {"base_url": "https://w.example", "headers": {"Referer": "https://w.example/sign-in"}}
    token = client.get("/sign-in", base_url="https://w.example").page.select_one("[name=csrf_token]")["value"]
    answer = client.post("/sign-in", data={**LEADER, "csrf_token": token}, token=False, **base)
    cookie = next(value for value in answer.headers.getlist("Set-Cookie") if "workbench=" in value)
    assert cookie.startswith("__Host-workbench=")
    assert "Secure" in cookie


def test_signing_out_ends_the_session_itself_not_only_the_cookie(client, people):
    client.fill("/sign-in", **LEADER)
    token = client.get_cookie("workbench").value
    assert client.post("/sign-out").location == "/sign-in"
    assert client.get_cookie("workbench") is None
    client.set_cookie("workbench", token)
    assert client.get("/account").status_code == 303


def test_a_get_signs_nobody_out(leader):
    assert leader.get("/sign-out").status_code == 405
    assert leader.get("/account").status_code == 200


@pytest.mark.parametrize(("who", "minutes"), [("hr", 31), ("admin", 31), ("leader", 8 * 60 + 1)])
def test_a_session_that_nobody_uses_ends(client, people, monkeypatch, who, minutes):
    client.sign_in(people[who])
    at(monkeypatch, timedelta(minutes=minutes))
    assert client.get("/account").status_code == 303


def test_a_session_in_use_lasts_half_a_day_and_no_longer(client, people, monkeypatch):
    client.sign_in(people["hr"])
    begin = clock.now()
    for minutes in range(25, 12 * 60, 25):
        moment = begin + timedelta(minutes=minutes)
        for module in ("workbench.accounts.tables", "workbench.accounts.web"):
            monkeypatch.setattr(f"{module}.now", lambda moment=moment: moment)
        assert client.get("/account").status_code == 200, minutes
    at(monkeypatch, timedelta(hours=12, minutes=1))
    assert client.get("/account").status_code == 303


def test_one_sees_ones_sessions_and_ends_one(app, client, people):
    client.sign_in(people["leader"])
    elsewhere = app.test_client().sign_in(people["leader"])
    rows = client.get("/account").page.select("tbody tr")
    assert sum("This one" in row.text for row in rows) == 1
    other = next(row for row in rows if "This one" not in row.text)

    assert client.post(other.form["action"]).status_code == 303

    assert elsewhere.get("/account").status_code == 303
    assert client.get("/account").status_code == 200


def test_nobody_ends_anothers_session(app, client, people, store):
    app.test_client().sign_in(people["hr"])
    with store.read() as session:
        number = session.scalar(select(SessionRow.id).where(SessionRow.person_id == people["hr"].id))
    client.sign_in(people["leader"])
    assert client.post(f"/account/sessions/{number}/end").status_code == 404


def test_a_new_password_signs_every_other_browser_out(app, client, people):
    client.fill("/sign-in", **LEADER)
    elsewhere = app.test_client().sign_in(people["leader"])
    before = client.get_cookie("workbench").value

    answer = client.fill("/account/password", present_password=PASSWORD, new_password="the quiet boat left at nine")

    assert answer.status_code == 303
    assert client.get("/account").status_code == 200
    assert client.get_cookie("workbench").value != before
    assert elsewhere.get("/account").status_code == 303
    assert app.test_client().fill("/sign-in", **LEADER).status_code == 422
    new = {**LEADER, "password": "the quiet boat left at nine"}
    assert app.test_client().fill("/sign-in", **new).status_code == 303


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        (
            {"present_password": "wrong one, sorry", "new_password": "the quiet boat left at nine"},
            "not your current password",
        ),
        ({"present_password": PASSWORD, "new_password": "short"}, "at least 12 characters"),
        ({"present_password": PASSWORD, "new_password": ""}, "Enter a new password"),
    ],
)
def test_a_password_that_does_not_do_changes_nothing(leader, typed, says):
    answer = leader.fill("/account/password", **typed)
    assert answer.status_code == 422
    assert says in answer.page.select_one(".summary").text
    assert leader.get("/account").status_code == 200


def test_a_reader_is_what_the_application_is_asked_with(client):
    assert isinstance(client, PageClient)
