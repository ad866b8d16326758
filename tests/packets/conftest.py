"""Fixtures for the packets: a store of this test's own, two editions of the leader, and an order to print."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests import make
from tests.databases import Database
from tests.proof import Reader
from workbench.accounts.model import Person
from workbench.core.jobs import State
from workbench.core.web import Workbench
from workbench.documents.store import Store
from workbench.roles import tasks


@pytest.fixture(autouse=True)
def papers(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Store]:
    """The store of printed papers in a folder of this test."""
    monkeypatch.setenv("WORKBENCH_DATA", str(tmp_path / "printed"))
    tasks.store.cache_clear()
    yield tasks.store()
    tasks.store.cache_clear()


@pytest.fixture
def slug(store: Database, people: dict[str, Person]) -> str:
    """A role of the leader that was published once."""
    slug = make.draft(store, people["leader"])
    make.edition(store, slug, people["leader"])
    return slug


@pytest.fixture
def as_(app: Workbench, people: dict[str, Person]) -> Callable[[str], Reader]:
    """A browser of its own for one of the people: `as_("hr")`."""
    return lambda who: app.test_client().sign_in(people[who])


@pytest.fixture
def printed(store: Database) -> Callable[[], list[State | None]]:
    """What a worker does: every job that waits, one after the other, without waiting for its time."""
    return lambda: make.worked(store)
