"""Both databases keep the index with each change, and find the same."""

from dataclasses import replace

import pytest
from sqlalchemy import delete

from tests.support import make, site
from tests.support.servers.databases import Database
from workbench.core.edits import Edit
from workbench.core.text.near_words import read_terms
from workbench.grants import compose_grants
from workbench.roles.model import Duty
from workbench.roles.search import tables
from workbench.roles.search.index import SearchEntryRow
from workbench.roles.search.model import EntryKind

compose_grants()


@pytest.mark.parametrize(
    ("words", "kinds"),
    [
        ("ACCOUNT exec", {EntryKind.ROLE}),
        ("west territory", {EntryKind.ACCOUNTABILITY}),
        ("doors", {EntryKind.ABOUT}),
        ("east territory", set()),
    ],
)
def test_each_database_finds_texts_by_their_words(database: Database, words: str, kinds: set[EntryKind]):
    leader = site.people(database)["leader"]
    slug = make.draft(database, leader)
    make.edition(database, slug, leader)
    with database.read() as session:
        found = tables.find_entries(session, leader, read_terms(words))
        assert {each.kind for each in found} == kinds
        assert all(each.edition is None for each in found), "the draft hides the same text of its edition"
        assert {"territory", "doors"} <= tables.list_vocabulary(session)


def test_what_a_change_writes_is_what_a_fresh_index_would_have(database: Database):
    leader = site.people(database)["leader"]
    slug = make.draft(database, leader)
    north = make.accountability("north", outcome="Keep every customer in the north")
    changes = (
        {"summary": "A new summary."},
        {"summary": ""},
        {"summary": "Back again.", "duties": (Duty("Calls"), Duty("Calls"), Duty("Writes"))},
        {"duties": (Duty("Writes"), Duty("Travels"))},
        {"accountabilities": (north,)},
        {"title": "Keeper", "hard_parts": ()},
    )

    def entries() -> set[tuple[str, str, str, str]]:
        with database.read() as session:
            rows = session.query(SearchEntryRow).all()
        found = [(row.kind, row.place, row.text, row.words) for row in rows]
        assert len(found) == len(set(found))
        return set(found)

    for fields in changes:
        with database.write.begin() as session:
            draft = make.draft_row(session, slug)
            edit = Edit("summary", draft.version, "tab", leader.id)
            draft.change(edit, lambda role, fields=fields: replace(role, **fields))
        changed = entries()
        with database.write.begin() as session:
            session.execute(delete(SearchEntryRow))
            assert tables.index_missing(session) == 1
        assert entries() == changed, fields


def test_a_draft_takes_its_entries_along(database: Database):
    leader = site.people(database)["leader"]
    slug = make.draft(database, leader)
    with database.write.begin() as session:
        session.delete(make.draft_row(session, slug))
    with database.read() as session:
        assert tables.find_entries(session, leader, read_terms("territory")) == []
        assert tables.list_vocabulary(session) == set()
