"""The example company can be looked at as anybody, and only where it was made."""

import shutil
from pathlib import Path

import pytest

from tests.support import site
from tests.support.servers import databases
from tests.support.servers.databases import Database
from workbench.accounts import example, tables
from workbench.accounts.example import NotEmpty, seed_example
from workbench.core.db import database_file


@pytest.fixture
def seeded(store: Database) -> Database:
    with store.write.begin() as session:
        seed_example(session, database_file(store.engine))
    return store


def test_a_first_visit_opens_as_the_leader(seeded):
    client = site.app(seeded).test_client()
    page = client.get("/account").page
    assert page.select_one("dl").get_text(" ", strip=True).startswith("Name Maya Lindqvist")
    assert "This one" in client.get("/account").text


def test_one_may_look_as_somebody_else(seeded):
    client = site.app(seeded).test_client()
    options = client.get("/").page.select("#example-person option")
    assert [option.text for option in options] == [
        "Maya Lindqvist, leader",
        "Tom Okafor, leader",
        "Grace Chen, hr",
        "Sam Rivera, interviewer",
        "Ada Novak, admin",
    ]

    grace = next(option["value"] for option in options if "Grace" in option.text)
    assert client.post("/example/switch", data={"person": grace}).status_code == 303

    assert client.get("/account").page.select_one("dd").text == "Grace Chen"
    assert client.get("/history").status_code == 200


def test_the_session_one_leaves_is_over(seeded):
    client = site.app(seeded).test_client()
    client.get("/")
    before = client.get_cookie("workbench").value
    client.post("/example/switch", data={"person": "3"})
    with seeded.read() as session:
        assert tables.find_session(session, before) is None
        assert tables.find_session(session, client.get_cookie("workbench").value) is not None


def test_a_copy_elsewhere_is_an_ordinary_installation(seeded, tmp_path):
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    seeded.engine.dispose()
    shutil.copy(tmp_path / "workbench.db", elsewhere / "workbench.db")
    copied = Database(f"sqlite:///{elsewhere / 'workbench.db'}", elsewhere)
    client = site.app(copied).test_client()
    assert client.get("/").location == "/sign-in?next=/"
    assert client.post("/example/switch", data={"person": "3"}).status_code == 404
    copied.engine.dispose()


def test_behind_a_real_address_nobody_is_let_in(seeded):
    client = site.app(seeded, base_url="https://workbench.example").test_client()
    assert client.get("/", base_url="https://workbench.example").location == "/sign-in?next=/"


def test_a_database_that_is_not_the_embedded_one_is_never_an_example(tmp_path):
    with databases.fresh("postgresql", tmp_path) as database:
        with database.write.begin() as session:
            seed_example(session, Path("/anywhere"))
        client = site.app(database).test_client()
        assert client.get("/").status_code == 303
        with database.read() as session:
            assert example.people(session, database.settings(), database_file(database.engine)) == []


def test_without_the_example_there_is_no_switch(client, people):
    assert client.get("/").status_code == 303
    client.sign_in(people["leader"])
    assert client.get("/").page.select("#example-person") == []
    assert client.post("/example/switch", data={"person": people["admin"].id}).status_code == 404


def test_real_people_cannot_be_switched_to(seeded):
    real = site.people(seeded)
    client = site.app(seeded).test_client()
    client.get("/")
    assert client.post("/example/switch", data={"person": real["admin"].id}).status_code == 404


def test_a_session_that_has_ended_opens_as_the_leader_again(seeded):
    client = site.app(seeded).test_client()
    client.set_cookie("workbench", "an old or forged token")
    assert client.get("/account").page.select_one("dd").text == "Maya Lindqvist"


def test_the_example_goes_into_an_empty_database_only(store):
    site.people(store)
    with store.write() as session, pytest.raises(NotEmpty):
        seed_example(session, database_file(store.engine))


def test_example_people_cannot_be_signed_in_with_a_password(seeded):
    client = site.app(seeded).test_client()
    for typed in ("", "x", "nobody has this password"):
        answer = client.post("/sign-in", data={"email": "maya@northwind.example", "password": typed})
        assert answer.status_code == 422
