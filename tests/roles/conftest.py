"""Fixtures for the roles: a draft of a complete role that belongs to the leader, and how to ask in somebody's name."""

from collections.abc import Callable

import pytest

from tests import make
from tests.databases import Database
from tests.proof import Reader
from workbench.accounts.model import Person
from workbench.core.web import Workbench


@pytest.fixture
def slug(store: Database, people: dict[str, Person]) -> str:
    """The leader's draft of a complete role."""
    return make.draft(store, people["leader"])


@pytest.fixture
def as_(app: Workbench, people: dict[str, Person]) -> Callable[[str], Reader]:
    """A browser of its own for one of the people: `as_("hr")`."""
    return lambda who: app.test_client().sign_in(people[who])
