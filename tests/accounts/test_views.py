"""Signing in and out, one's own account, people, the company and the trail, as people meet them."""

import io
import re
import warnings
from datetime import timedelta

import pytest
from PIL import Image
from sqlalchemy import select

from tests.support import site
from tests.support.proof import PageClient
from tests.support.servers.databases import Database
from tests.support.site import PASSWORD
from workbench.accounts import tables
from workbench.accounts.audit import AuditRow
from workbench.accounts.tables import CompanyRow, PersonRow, SessionRow
from workbench.core import clock

LEADER = {"email": "leader@example.com", "password": PASSWORD}


def acts(store: Database) -> list[str]:
    with store.read() as session:
        return list(session.scalars(select(AuditRow.act).order_by(AuditRow.id)))


def at(monkeypatch: pytest.MonkeyPatch, later: timedelta) -> None:
    """Let this much time pass."""
    moment = clock.now() + later
    for module in ("workbench.accounts.tables", "workbench.accounts.web"):
        monkeypatch.setattr(f"{module}.now", lambda: moment)


def huge() -> io.BytesIO:
    """A small file that unpacks to 169 megapixels."""
    out = io.BytesIO()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        Image.new("1", (13_000, 13_000)).save(out, "PNG")
    out.seek(0)
    return out


def picture(kind: str = "PNG", size: tuple[int, int] = (40, 20)) -> io.BytesIO:
    out = io.BytesIO()
    Image.new("RGB", size, "teal").save(out, kind)
    out.seek(0)
    return out


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


def test_hr_sets_the_company_and_its_mark(client, people, store):
    client.sign_in(people["hr"])
    answer = client.fill(
        "/company",
        name="Northwind & Sons",
        paper="letter",
        currency="EUR",
        country="DE",
        logo=(picture("JPEG"), "m.jpg"),
    )
    assert answer.status_code == 303
    with store.read() as session:
        own = tables.company(session)
        assert (own.name, own.paper, own.currency, own.country) == ("Northwind & Sons", "letter", "EUR", "DE")
    page = client.get("/company").page
    mark = client.get(page.select_one("main img")["src"])
    assert mark.mimetype == "image/png"
    assert mark.data.startswith(b"\x89PNG")
    assert page.select_one("#name")["value"] == "Northwind & Sons"


@pytest.mark.parametrize(("currency", "country"), [("NOK", "NO"), ("KWD", "KW"), ("EUR", "AT"), ("XAF", "CM")])
def test_a_company_may_be_anywhere(client, people, store, currency: str, country: str):
    client.sign_in(people["hr"])
    assert client.fill("/company", name="Northwind", currency=currency, country=country).status_code == 303
    with store.read() as session:
        assert (tables.company(session).currency, tables.company(session).country) == (currency, country)
    assert "money is usually in" not in client.get("/company").text
    client.fill("/company", currency="USD")
    assert f"money is usually in {currency}" in client.get("/company").text


LETTERHEAD = "40 Harbour Lane\r\n  Port\u202e Merrow\x07\r\n\r\n+1 555 0100"


def test_a_letterhead_is_kept_line_by_line_without_what_a_page_cannot_show(client, people, store):
    client.sign_in(people["hr"])
    assert client.fill("/company", name="Northwind", letterhead=LETTERHEAD).status_code == 303
    with store.read() as session:
        assert tables.company(session).letterhead == ("40 Harbour Lane", "Port Merrow", "+1 555 0100")
    assert client.get("/company").page.select_one("#letterhead").text.split("\n")[-1] == "+1 555 0100"


@pytest.mark.parametrize(
    ("typed", "message"),
    [
        ("\n".join("abcdef"), "Keep to 5 lines; there are 6"),
        (f"Harbour Lane\n{'x' * 81}", f"Shorten “{'x' * 30}…” to 80 characters; it has 81"),
        ("y" * 5_000, "Shorten this to 4,000 characters; it has 5,000"),
    ],
)
def test_a_letterhead_that_does_not_fit_comes_back_with_a_sentence(client, people, store, typed, message):
    client.sign_in(people["hr"])
    answer = client.fill("/company", name="Northwind", letterhead=typed)
    assert answer.status_code == 422
    assert message in answer.page.select_one("#letterhead-error").get_text(" ", strip=True)
    assert answer.page.select_one("#letterhead").text.strip() == typed
    with store.read() as session:
        assert tables.company(session).letterhead == ()


def test_finished_print_runs_are_kept_for_90_days_unless_the_company_says_otherwise(client, people, store):
    client.sign_in(people["hr"])
    assert client.get("/company").page.select_one("#keep_days")["value"] == "90"
    assert client.fill("/company", name="Northwind", keep_days="400").status_code == 303
    with store.read() as session:
        assert tables.company(session).keep_days == 400


@pytest.mark.parametrize("typed", ["", "0", "3651", "-1", "a year", "90.5"])
def test_a_time_that_nothing_can_be_kept_for_comes_back_with_a_sentence(client, people, store, typed):
    client.sign_in(people["hr"])
    answer = client.fill("/company", name="Northwind", keep_days=typed)
    assert answer.status_code == 422
    assert answer.page.select_one("#keep_days-error").get_text(" ", strip=True).startswith("Error: Enter a")
    assert answer.page.select_one("#keep_days")["value"] == typed
    with store.read() as session:
        assert tables.company(session).keep_days == 90


def test_a_company_keeps_its_mark_when_none_is_sent(client, people, store):
    client.sign_in(people["hr"])
    client.fill("/company", name="Northwind", logo=(picture(), "m.png"))
    client.fill("/company", name="Northwind Instruments")
    with store.read() as session:
        row = session.get_one(CompanyRow, 1)
        assert row.logo
        assert row.name == "Northwind Instruments"


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>", "PNG or JPEG"),
        (b"\x89PNG\r\n\x1a\n and then nothing", "PNG or JPEG"),
        (b"GIF89a" + b"\0" * 50, "PNG or JPEG"),
        (b"%PDF-1.7 polyglot", "PNG or JPEG"),
        (b"x" * 2_000_001, "at most 2 MB"),
    ],
)
def test_a_mark_that_is_no_picture_of_ours_is_refused(client, people, store, content, says):
    client.sign_in(people["hr"])
    answer = client.fill("/company", name="Northwind", logo=(io.BytesIO(content), "logo.png"))
    assert answer.status_code == 422
    assert says in answer.text
    with store.read() as session:
        assert session.get(CompanyRow, 1) is None


def test_a_picture_of_very_many_points_is_refused_before_it_is_unpacked(client, people):
    client.sign_in(people["hr"])
    assert "at most 20 megapixels" in client.fill("/company", name="N", logo=(huge(), "m.png")).text


def test_nothing_of_a_file_but_its_picture_is_kept(client, people, store):
    client.sign_in(people["hr"])
    tricky = picture()
    tricky.seek(0, io.SEEK_END)
    tricky.write(b"<script>alert('hidden behind the picture')</script>")
    tricky.seek(0)
    client.fill("/company", name="N", logo=(tricky, "m.png"))
    with store.read() as session:
        assert b"script" not in session.get_one(CompanyRow, 1).logo


def test_a_file_of_three_megabytes_gets_a_clear_page(client, people):
    client.sign_in(people["hr"])
    answer = client.fill("/company", name="N", logo=(io.BytesIO(b"x" * 3_000_000), "m.png"))
    assert (answer.status_code, answer.page.h1.text) == (413, "That was too much at once")


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


def test_a_reader_is_what_the_application_is_asked_with(client):
    assert isinstance(client, PageClient)


def test_the_company_chooses_the_language_of_its_papers(client, people, store):
    client.sign_in(people["hr"])
    assert client.get("/company").page.select_one("#language option[selected]")["value"] == "en"
    assert client.fill("/company", name="Northwind", language="fr").status_code == 303
    with store.read() as session:
        assert tables.company(session).language == "fr"
    assert client.fill("/company", name="Northwind", language="tlh").status_code == 422
