"""Fixtures for all tests: real databases, the application on one of them, and the client that proof-reads."""

import gc
import os
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from sqlalchemy.orm import Session

from tests.migrations import landed
from tests.support import site
from tests.support.patience import lengthen_limits
from tests.support.proof import PageClient
from tests.support.servers import buckets, databases, disks
from tests.support.servers.buckets import S3
from tests.support.servers.databases import Database
from tests.support.sharing import SharingPress
from tests.support.structure import Proved
from workbench.accounts.model import Person
from workbench.core.web.app import Workbench
from workbench.documents.press import pool
from workbench.documents.store.bucket import connection

pytest_plugins = ["tests.support.deadlines", "tests.support.order", "tests.support.slow"]

# Without stored bytecode each process of the run, and each program that a test starts, compiles everything again.
sys.dont_write_bytecode = False
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)

TESTS = Path(__file__).parent
PURE = {"metrics", "language", "hiring"}  # the folders whose tests cover everything that [tool.coverage] includes

# A busy machine is slow, and the same examples are tried each time: a test fails because of the code, or not at all.
settings.register_profile("house", deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("house")
lengthen_limits()


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add `--approve`, which writes the golden documents as they are now."""
    parser.addoption("--approve", action="store_true", help="write the golden documents as they are now")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Measure the coverage of the pure parts in their own tests: it makes every other test a third slower."""
    for item in items:
        place = item.path.relative_to(TESTS)
        if place.parts[0] not in PURE and place.name != "test_model.py":
            item.add_marker(pytest.mark.no_cover)


def pytest_collection_finish() -> None:
    """Take what was collected out of the garbage collector, and let it look less often: pages are made of many objects.

    The press collects everything after each document.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 20)  # a tenth of the time of a test of pages


def pytest_report_header() -> str:
    """Return the header line about what this machine allows the tests to do for real."""
    return f"small disks for tests: {disks.way()}"


@pytest.fixture(scope="session", autouse=True)
def shared_answers(tmp_path_factory: pytest.TempPathFactory) -> None:
    """Print each document of the jobs once in a test run, and prove each structure of a page once, in any process."""
    run = tmp_path_factory.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:
        run = run.parent
    SharingPress.answers, Proved.folder = run / "shared-documents", run / "proved-structures"
    for folder in (SharingPress.answers, Proved.folder):
        folder.mkdir(exist_ok=True)
    pool.WarmPress = SharingPress  # type: ignore[misc]


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


@pytest.fixture(params=["sqlite", "postgresql"])
def landed_database(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Database]:
    """A database of each kind as the last landed state left it, with rows in every table; a test upgrades it."""
    with databases.fresh(request.param, tmp_path, empty=True) as made:
        landed.load(made)
        yield made


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Database]:
    """A fresh SQLite database with every table: for most tests of pages."""
    with databases.fresh("sqlite", tmp_path) as made:
        yield made


@pytest.fixture
def postgresql(tmp_path: Path) -> Iterator[Database]:
    """A fresh PostgreSQL database with every table: for tests of several machines."""
    with databases.fresh("postgresql", tmp_path) as made:
        yield made


@pytest.fixture
def session(store: Database) -> Iterator[Session]:
    """A session that writes into `store`; commit before you request a page."""
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
def client(app: Workbench) -> PageClient:
    """The proof-reading client, not signed in."""
    return app.test_client()


@pytest.fixture
def leader(client: PageClient, people: dict[str, Person]) -> PageClient:
    """The proof-reading client, signed in as the leader."""
    return client.sign_in(people["leader"])


@pytest.fixture
def s3(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[S3]:
    """An empty bucket on a real server, with its key in the environment of this process."""
    with buckets.served(tmp_path) as server:
        for name, value in server.environ.items():
            monkeypatch.setenv(name, value)
        connection.cache_clear()
        yield server
        connection.cache_clear()


def pytest_sessionfinish() -> None:
    databases.remove_all()
