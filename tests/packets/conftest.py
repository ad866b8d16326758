"""Fixtures for the packets: a document store, a published role of the leader, and a way to run the jobs."""

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.support import make
from tests.support.proof import PageClient
from tests.support.servers.databases import Database
from workbench.accounts.model import Person
from workbench.core.jobs.tables import JobState
from workbench.core.web.app import Workbench
from workbench.documents.store.store import Store


@pytest.fixture
def document_store(tmp_path: Path) -> Store:
    """The document store in the data folder of this test."""
    return Store(tmp_path / "documents")


@pytest.fixture
def slug(store: Database, people: dict[str, Person]) -> str:
    """A role of the leader that was published once."""
    slug = make.draft(store, people["leader"])
    make.edition(store, slug, people["leader"])
    return slug


@pytest.fixture
def as_(app: Workbench, people: dict[str, Person]) -> Callable[[str], PageClient]:
    """A browser of its own for one of the people: `as_("hr")`."""
    return lambda who: app.test_client().sign_in(people[who])


@pytest.fixture
def run_jobs(store: Database) -> Callable[[], list[JobState | None]]:
    """Runs every queued job, one after the other, without waiting until it is due."""
    return lambda: make.run_jobs(store)
