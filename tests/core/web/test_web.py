"""Requests: what is stored and what is not, who is refused, what every answer carries."""

import threading
from datetime import timedelta
from io import BytesIO

import pytest
from sqlalchemy import select
from sqlalchemy.exc import OperationalError

from tests.support import site
from tests.support.proof import PageClient, values_of
from tests.support.servers.databases import Database
from workbench.accounts.audit import AuditRow
from workbench.core.web.app import Workbench
from workbench.core.web.tables import OPERATION_RETENTION, OperationRow, delete_old_operations

DESK = ("tests.core.web.desk",)
NOTES = "/desk/notes"


@pytest.fixture
def app(store: Database) -> Workbench:
    return site.app(store, pages=DESK)


@pytest.fixture
def anywhere(database: Database) -> PageClient:
    """A signed-in client of the application on each kind of database."""
    application = site.app(database, pages=DESK)
    return application.test_client().sign_in(site.people(database)["leader"])


def notes(database: Database) -> list[str]:
    with database.read() as session:
        return sorted(session.scalars(select(AuditRow.key).where(AuditRow.act == "noted")))


def note(words: str = "hello", op_id: str = "op-1", **more: str) -> dict[str, str]:
    return {"words": words, "op_id": op_id, "version": "3"} | more


def test_an_answer_below_400_is_stored(anywhere, database):
    assert anywhere.post(NOTES, data=note()).status_code == 303
    assert notes(database) == ["hello"]


@pytest.mark.parametrize(("then", "status"), [("refuse", 422), ("stale", 409)])
def test_any_other_answer_stores_nothing(anywhere, database, then, status):
    assert anywhere.post(f"{NOTES}?then={then}", data=note()).status_code == status
    assert notes(database) == []


def test_a_page_that_fails_stores_nothing_and_says_so_kindly(anywhere, database):
    anywhere.application.config["PROPAGATE_EXCEPTIONS"] = False
    answer = anywhere.post(f"{NOTES}?then=fail", data=note())
    assert answer.status_code == 500
    assert answer.page.h1.text == "Something went wrong on our side"
    assert "fell over" not in answer.text
    assert notes(database) == []


def test_a_get_cannot_write_even_where_the_code_tries(anywhere, database):
    anywhere.application.config["PROPAGATE_EXCEPTIONS"] = False
    assert anywhere.get("/desk/sneaky").status_code in {500, 503}
    assert notes(database) == []


def test_a_second_sending_is_given_the_first_answer_and_changes_nothing(anywhere, database):
    first = anywhere.post(NOTES, data=note())
    second = anywhere.post(NOTES, data=note())
    assert (second.status_code, second.location) == (first.status_code, first.location) == (303, "/desk/hello")
    assert notes(database) == ["hello"]


def test_a_repeated_autosave_is_given_the_first_words(anywhere, database):
    first = anywhere.post(f"{NOTES}?then=say", data=note())
    second = anywhere.post(f"{NOTES}?then=say", data=note())
    assert second.text == first.text == "<p>Kept hello</p>"
    assert notes(database) == ["hello"]


def test_a_double_click_writes_once(anywhere, database):
    answers = []

    def click() -> None:
        answers.append(other_browser().post(NOTES, data=note()).status_code)

    token = anywhere.get_cookie("workbench").value

    def other_browser() -> PageClient:
        client = anywhere.application.test_client()
        client.set_cookie("workbench", token)
        return client

    threads = [threading.Thread(target=click) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert answers == [303] * 4
    assert notes(database) == ["hello"]


def test_what_takes_long_is_made_ready_before_the_write_begins_and_nobody_else_waits_for_it(anywhere, database):
    assert anywhere.post("/desk/slow", data=note()).status_code == 303
    assert notes(database) == ["mine", "theirs"]


def test_nothing_is_made_ready_for_a_try_that_is_one_too_many(anywhere, database):
    assert [anywhere.post("/desk/slow", data=note()).status_code for _ in range(3)] == [303, 303, 429]
    assert notes(database).count("theirs") == 2


def test_the_same_operation_with_other_words_is_another_write(anywhere, database):
    anywhere.post(NOTES, data=note("one"))
    anywhere.post(NOTES, data=note("two"))
    assert notes(database) == ["one", "two"]


def test_somebody_elses_operation_is_not_mine(database):
    application, people = site.app(database, pages=DESK), site.people(database)
    for who in ("leader", "hr"):
        assert application.test_client().sign_in(people[who]).post(NOTES, data=note()).status_code == 303
    assert notes(database) == ["hello", "hello"]


def test_a_refused_sending_can_be_sent_again(anywhere, database):
    assert anywhere.post(f"{NOTES}?then=refuse", data=note()).status_code == 422
    assert anywhere.post(NOTES, data=note()).status_code == 303
    assert notes(database) == ["hello"]


def test_operations_are_forgotten_after_a_week(store):
    with store.write.begin() as session:
        session.add(OperationRow(op_id="new", person="1", digest="x"))
        old = OperationRow(op_id="old", person="1", digest="x")
        session.add(old)
        session.flush()
        old.created_at -= OPERATION_RETENTION * 2
    with store.write.begin() as session:
        delete_old_operations(session)
    with store.read() as session:
        assert session.scalars(select(OperationRow.op_id)).all() == ["new"]


@pytest.mark.parametrize("status", [200, 404, 422])
def test_what_is_noted_after_an_answer_is_kept_whatever_the_answer(anywhere, database, status):
    assert anywhere.get(f"/desk/seen?status={status}").status_code == status
    assert notes(database) == ["seen"]


def test_a_page_without_a_policy_is_closed_to_all(client, people):
    for person in [None, *people.values()]:
        if person:
            client.sign_in(person)
        assert client.get("/desk/undecided").status_code == 403
        assert client.post("/desk/undecided").status_code == 403


def test_a_write_without_its_token_is_refused(client, store):
    answer = client.post(NOTES, data=note(), token=False)
    assert answer.status_code == 400
    assert answer.page.h1.text == "This page was open too long"
    assert notes(store) == []


@pytest.mark.parametrize("origin", ["cross-site", "same-site"])
def test_a_write_from_another_site_is_refused_even_with_a_token(client, store, origin):
    assert client.post(NOTES, data=note(), headers={"Sec-Fetch-Site": origin}).status_code == 403
    assert notes(store) == []


def test_no_page_is_let_off_its_token(app):
    guard = app.extensions["csrf"]
    assert not guard._exempt_views
    assert not guard._exempt_blueprints


def test_a_body_of_more_than_a_megabyte_is_refused_with_a_page(client, store):
    answer = client.post(NOTES, data=note("x" * 1_200_000))
    assert answer.status_code == 413
    assert answer.page.h1.text == "That was too much at once"
    assert notes(store) == []


def test_a_body_of_very_many_parts_is_refused(client):
    data = {f"field{number}": "x" for number in range(3000)}
    assert client.post(NOTES, data=data, content_type="multipart/form-data").status_code == 413


def test_only_our_own_host_names_are_answered(client):
    assert client.get("/sign-in", base_url="http://evil.example").status_code == 400
    assert client.get("/sign-in", base_url="http://127.0.0.1:8000").status_code == 200


def test_text_arrives_in_the_stored_alphabet(client):
    typed = {
        "words": "  e\u0301 a\u0000b \u202edef\u2069 \ud800\x1b[0m end\u00ad  ".encode("utf-8", "surrogatepass"),
        "lines-0": "a\u0000b",
        "items-0-words": "c\u202ed",
        "secret_password": " e\u0301 ",
        "op_id": "",
    }
    data = client.post("/desk/echo", data=typed).json["data"]
    assert data["words"].startswith("é ab def")
    assert not set(data["words"]) & set("\0\u202e\u2069\x1b\u00ad")
    assert data["lines"] == ["ab"]
    assert data["items"] == [{"words": "cd"}]
    assert data["secret_password"] == " é "  # a password is typed as it is


def test_a_text_may_have_four_thousand_characters_and_not_one_more(client, store):
    assert client.post(NOTES, data=note("x" * 4000)).status_code == 303
    answer = client.post(NOTES, data=note("y" * 4001))
    assert answer.status_code == 422
    assert answer.json["faults"] == [["words", "Shorten this to 4,000 characters; it has 4,001"]]
    long_line = note("z", **{"lines-0": "x" * 4001, "items-0-words": "x" * 4001})
    assert {anchor for anchor, _ in client.post(NOTES, data=long_line).json["faults"]} == {"lines-0", "items-0-words"}


def test_every_page_carries_the_closed_policy(client):
    for address in ("/sign-in", "/nowhere", "/desk/undecided"):
        headers = client.get(address).headers
        assert headers["Content-Security-Policy"] == (
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
            "font-src 'self'; form-action 'self'; base-uri 'none'; object-src 'none'; frame-ancestors 'none'"
        )
        assert "unsafe" not in headers["Content-Security-Policy"]
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert headers["Referrer-Policy"] == "same-origin"
        assert headers["Cross-Origin-Opener-Policy"] == headers["Cross-Origin-Resource-Policy"] == "same-origin"
        assert headers["Cache-Control"] == "no-store"
        assert "Permissions-Policy" in headers
        assert "Strict-Transport-Security" not in headers


def test_behind_https_browsers_are_told_to_stay_there(store):
    client = site.app(store, base_url="https://workbench.example").test_client()
    answer = client.get("/sign-in", base_url="https://workbench.example")
    assert answer.headers["Strict-Transport-Security"] == "max-age=31536000; includeSubDomains"
    assert answer.headers["Set-Cookie"].startswith("__Host-form=")
    assert "Secure; HttpOnly; Path=/; SameSite=Lax" in answer.headers["Set-Cookie"]


def test_static_files_are_open_to_all_and_kept_by_browsers(client):
    sheet = client.get("/sign-in").page.select_one("link[rel=stylesheet]")["href"]
    answer = client.get(sheet)
    assert answer.status_code == 200
    assert answer.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    assert "Set-Cookie" not in answer.headers
    assert client.get(sheet.split("?")[0]).headers["Cache-Control"] == "no-cache"
    assert client.get("/static/../settings.py").status_code == 404


@pytest.mark.parametrize(
    ("method", "address", "status", "title"),
    [
        ("GET", "/nowhere", 404, "There is no such page here"),
        ("GET", NOTES, 405, "That does not work here"),
        ("GET", "/desk/undecided", 403, "You do not have access to this"),
    ],
)
def test_each_error_has_a_plain_page(leader, method, address, status, title):
    answer = leader.open(address, method=method)
    assert answer.status_code == status
    assert answer.page.h1.text == title


def test_a_stale_page_says_that_nothing_is_lost(leader):
    answer = leader.post(f"{NOTES}?then=stale", data=note())
    assert (answer.status_code, answer.page.h1.text) == (409, "Another person has changed this in the meantime")


def test_too_many_tries_are_told_when_to_come_back(client):
    assert [client.get("/desk/twice").status_code for _ in range(3)] == [200, 200, 429]
    answer = client.get("/desk/twice")
    assert answer.page.h1.text == "Please wait a minute"
    assert 0 < int(answer.headers["Retry-After"]) <= 60


def test_a_restart_does_not_forgive(store):
    for status in (200, 200, 429):
        assert site.app(store, pages=DESK).test_client().get("/desk/twice").status_code == status


def test_tries_are_counted_although_redis_is_away(store):
    client = site.app(store, pages=DESK, queue_url="redis://127.0.0.1:1/0").test_client()
    assert [client.get("/desk/twice").status_code for _ in range(3)] == [200, 200, 429]


def test_a_note_that_cannot_be_made_keeps_back_the_answer_that_needs_it(leader, monkeypatch):
    def fail(*_: object, **__: object) -> None:
        raise OperationalError("INSERT", {}, Exception("server closed the connection"))

    monkeypatch.setattr("workbench.accounts.tables.record_use", fail)
    monkeypatch.setattr("workbench.accounts.tables.SEEN_INTERVAL", timedelta(days=-1))
    assert leader.get("/account").status_code == 200  # nobody needs to know that they were seen
    monkeypatch.setattr("workbench.accounts.tables.open_session", fail)
    answer = leader.post("/sign-in", data={"email": "leader@example.com", "password": site.PASSWORD})
    assert (answer.status_code, answer.page.h1.text) == (503, "The workbench is not available at the moment")


def test_what_could_not_be_stored_is_kept_by_the_page_and_sent_again(anywhere, database, monkeypatch):
    def fail(*_: object, **__: object) -> None:
        raise OperationalError("INSERT", {}, Exception("server closed the connection"))

    with monkeypatch.context() as for_now:
        for_now.setattr("tests.core.web.desk.put_down", fail)
        answer = anywhere.post(NOTES, data=note("An hour of <words> & \n more"))
    assert answer.status_code == 503
    form = answer.page.select_one("main form")
    assert anywhere.post(form["action"], data=values_of(form)).status_code == 303
    assert notes(database) == ["An hour of <words> & \n more"]


def test_a_database_that_is_away_is_said_plainly(leader, monkeypatch):
    def fail(*_: object) -> None:
        raise OperationalError("SELECT 1", {}, Exception("server closed the connection"))

    monkeypatch.setattr("workbench.accounts.tables.find_session", fail)
    answer = leader.get("/account")
    assert (answer.status_code, answer.page.h1.text) == (503, "The workbench is not available at the moment")
    monkeypatch.undo()
    assert leader.get("/account").status_code == 200


def test_another_file_makes_another_write(anywhere, database):
    for content in (b"one", b"two", b"two"):
        anywhere.post(NOTES, data={**note(), "file": (BytesIO(content), "a.txt")}, content_type="multipart/form-data")
    assert notes(database) == ["hello", "hello"]


def test_of_an_autosave_only_the_digest_of_what_was_sent_is_stored(anywhere, database):
    first = anywhere.post(f"{NOTES}?then=say", data=note(), headers={"X-Autosave": "1"})
    again = anywhere.post(f"{NOTES}?then=say", data=note(), headers={"X-Autosave": "1"})
    assert (first.status_code, again.status_code, again.text) == (200, 204, "")
    assert notes(database) == ["hello"]
    with database.read() as session:
        assert session.scalars(select(OperationRow.body)).all() == [""]


def test_two_writes_of_one_key_are_told_and_not_broken(anywhere, database, caplog):
    answer = anywhere.post("/desk/twins", data=note())
    assert answer.status_code == 409
    assert "at the same moment" in answer.page.get_text()
    assert notes(database) == []
