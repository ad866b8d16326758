"""The commands for the database: upgrade it, add people, fill in the example company."""

import json

import pytest

from tests.cli.command import workbench
from workbench.accounts.model import Kind
from workbench.cli import admin


def test_the_database_is_made_people_are_added_once_and_the_example_stays_out():
    workbench("db", "upgrade")
    secret = "a quiet long phrase"
    workbench("people", "add", "Ann Lee", "ann@example.org", "--kind", "admin", "--password", secret)
    assert "already" in workbench("people", "add", "Ann", "ann@example.org", "--password", secret, code=1).stderr
    assert "at least 12" in workbench("people", "add", "Bob", "bob@example.org", "--password", "short", code=2).stderr
    assert "not an email" in workbench("people", "add", "Bob", "bob", "--password", secret, code=2).stderr
    people = json.loads(workbench("people", "list", "--format", "json").stdout)
    assert people == [{"name": "Ann Lee", "email": "ann@example.org", "kind": "admin", "active": True}]
    assert "needs an empty one" in workbench("seed", code=1).stderr


def test_the_example_company_goes_into_an_empty_database():
    workbench("seed")
    assert len(json.loads(workbench("people", "list", "--format", "json").stdout)) >= 4


def test_the_example_never_meets_a_database_of_your_own(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("WORKBENCH_DATABASE_URL", "sqlite:///elsewhere.db")
    monkeypatch.setenv("WORKBENCH_SECRET_KEY", "abcdefghijklmnopqrstuvwxyz0123456789")
    assert "database of its own" in workbench("run", "--example", code=2).stderr
    assert "needs the embedded database" in workbench("seed", code=1).stderr


def test_bad_settings_and_unreachable_databases_are_plain_sentences(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("WORKBENCH_SECRET_KEY", "short")
    assert "WORKBENCH_SECRET_KEY" in workbench("db", "upgrade", code=1).stderr
    monkeypatch.setenv("WORKBENCH_SECRET_KEY", "abcdefghijklmnopqrstuvwxyz0123456789")
    monkeypatch.setenv("WORKBENCH_DATABASE_URL", "postgresql://nobody@127.0.0.1:1/none")
    assert "cannot be upgraded" in workbench("db", "upgrade", code=1).stderr


def test_the_kinds_of_people_are_those_of_the_accounts():
    assert set(admin.KINDS) == {kind.value for kind in Kind}
