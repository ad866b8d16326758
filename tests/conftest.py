"""Fixtures for all tests: real databases, the application on one of them, and the client that proof-reads."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy.orm import Session

from tests import databases, site
from tests.databases import Database
from tests.proof import Reader
from workbench.accounts.model import Person
from workbench.core.web import Workbench


def pytest_addoption(parser: pytest.Parser) -> None:
    """Know `--approve`, which writes the golden documents as they are now."""
    parser.addoption("--approve", action="store_true", help="write the golden documents as they are now")


@pytest.fixture(params=["sqlite", "postgresql"])
def database(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Database]:
    """A fresh database of each kind with every table in it."""
    with databases.fresh(request.param, tmp_path) as made:
        yield made


@pytest.fixture(params=["sqlite", "postgresql"])
def empty_database(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Database]:
    """A fresh database of each kind with nothing in it."""
    with databases.fresh(request.param, tmp_path, empty=True) as made:
        yield made


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Database]:
    """A fresh SQLite database with every table: what most pages are tested on."""
    with databases.fresh("sqlite", tmp_path) as made:
        yield made


@pytest.fixture
def session(store: Database) -> Iterator[Session]:
    """A session that writes into `store`; commit before a page is asked for."""
    with store.write() as opened:
        yield opened


@pytest.fixture
def app(store: Database) -> Workbench:
    """The application on `store`."""
    return site.app(store)


@pytest.fixture
def people(store: Database) -> dict[str, Person]:
    """One person of each kind and a second leader: leader, other, hr, interviewer, admin."""
    return site.people(store)


@pytest.fixture
def client(app: Workbench) -> Reader:
    """The proof-reading client, signed in as nobody."""
    return app.test_client()


@pytest.fixture
def leader(client: Reader, people: dict[str, Person]) -> Reader:
    """The proof-reading client, signed in as the leader."""
    return client.sign_in(people["leader"])


def pytest_sessionfinish() -> None:
    databases.clear_away()
