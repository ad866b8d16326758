"""Uses: which owner uses which stored document, and what no other owner uses."""

from collections.abc import Iterator

import pytest
from sqlalchemy.orm import Session

from tests.support.servers.databases import Database
from workbench.documents.store.uses import (
    keys_in_use,
    keys_used_by,
    keys_used_only_by,
    owners_without_uses,
    record_uses,
    remove_uses,
)


@pytest.fixture
def session(database: Database) -> Iterator[Session]:
    with database.write.begin() as session:
        yield session


def test_a_document_that_is_printed_again_replaces_the_one_before(session: Session):
    record_uses(session, "draft", 1, {"kit/a4": "old", "brief/a4": "brief"})
    record_uses(session, "draft", 1, {"kit/a4": "new"})
    assert keys_used_by(session, "draft", 1) == {"new", "brief"}
    assert keys_in_use(session) == {"new", "brief"}


def test_recording_the_same_uses_twice_changes_nothing(session: Session):
    for _ in range(2):
        record_uses(session, "run", 7, {"a": "a", "b": "b"})
    assert keys_used_by(session, "run", 7) == {"a", "b"}


def test_what_two_owners_use_belongs_to_neither_alone(session: Session):
    record_uses(session, "run", 1, {"shared": "shared", "own": "own"})
    record_uses(session, "run", 2, {"shared": "shared"})
    record_uses(session, "edition", 1, {"brief/a4": "brief"})
    assert keys_used_only_by(session, "run", 1) == {"own"}
    assert keys_used_only_by(session, "run", 2) == set()
    assert keys_in_use(session, without=("run", [1])) == {"shared", "brief"}
    assert keys_in_use(session, without=("run", [1, 2])) == {"brief"}

    remove_uses(session, "run", 2)
    assert keys_used_only_by(session, "run", 1) == {"shared", "own"}


def test_an_owner_without_uses_is_found_by_its_kind(session: Session):
    record_uses(session, "draft", 1, {"kit/a4": "kit"})
    assert owners_without_uses(session, "draft", [1, 2]) == {2}
    assert owners_without_uses(session, "edition", [1, 2]) == {1, 2}
