"""Two people who take one name at one moment: both are served, and none of them reads an error."""

import threading
from collections.abc import Callable
from dataclasses import replace

import pytest
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from tests.support import make
from tests.support.servers.databases import Database
from workbench.accounts.model import Kind, Person
from workbench.accounts.tables import add_person, company_row
from workbench.core.db import retry_on_conflict
from workbench.core.jobs.tables import enqueue
from workbench.metrics.catalogue import catalogue
from workbench.packets.recipes.tables import add_recipe
from workbench.roles.own_metrics.tables import add_metric
from workbench.roles.tables import add_draft

PATIENCE = 240  # seconds in which whatever must happen has happened, also on a busy machine


@pytest.fixture
def person(postgresql: Database) -> Person:
    with postgresql.write.begin() as session:
        return add_person(session, "Lea Berg", "lea@example.com", Kind.LEADER).freeze()


def add_twice(database: Database, add: Callable[[Session], object]) -> list[object]:
    """Add a thing in two transactions of which the second begins before the first is committed."""
    added: list[object] = []
    second_waits = threading.Event()

    def second() -> None:
        with database.write.begin() as session:
            second_waits.set()
            added.append(add(session))

    with database.write.begin() as first:
        added.append(add(first))
        thread = threading.Thread(target=second)
        thread.start()
        assert second_waits.wait(PATIENCE)
        thread.join(0.3)  # the second waits for the commit of the first
        assert thread.is_alive()
    thread.join(PATIENCE)
    assert not thread.is_alive()
    return added


def test_two_drafts_of_one_title_have_two_addresses(postgresql: Database, person: Person):
    slugs = add_twice(postgresql, lambda session: add_draft(session, make.role(), person.id).slug)
    assert slugs == ["account-executive", "account-executive-2"]


def test_two_recipes_of_one_title_have_two_names(postgresql: Database, person: Person):
    names = add_twice(
        postgresql, lambda session: add_recipe(session, make.recipe_draft("Second round"), person.id).name
    )
    assert names == ["second-round", "second-round-2"]


def test_two_metrics_of_one_name_have_two_codes(postgresql: Database, person: Person):
    metric = replace(catalogue()["calls"], code="own_calls", name="Calls")
    codes = add_twice(postgresql, lambda session: add_metric(session, metric, person.id).code)
    assert codes == ["own_calls", "own_calls_2"]


def test_one_company_is_stored_once(postgresql: Database):
    assert add_twice(postgresql, lambda session: company_row(session).id) == [1, 1]


def test_two_jobs_under_one_key_are_one_job(postgresql: Database):
    numbers = add_twice(postgresql, lambda session: enqueue(session, "test-nothing", key="one"))
    assert numbers[0] == numbers[1]


def test_an_error_that_is_no_conflict_is_raised_at_once(postgresql: Database):
    tries: list[int] = []

    def broken(session: Session) -> None:
        tries.append(1)
        add_draft(session, make.role(), 999)  # there is no such person

    with pytest.raises(IntegrityError), postgresql.write.begin() as session:
        retry_on_conflict(session, lambda: broken(session))
    assert tries == [1]
