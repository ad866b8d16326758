"""Papers are printed by jobs: once for many saves, each under its key, and never of a draft that is gone."""

from dataclasses import replace

import pytest
from sqlalchemy import func, select

from tests.support import make, site
from tests.support.servers.databases import Database
from workbench.accounts.model import Person
from workbench.accounts.tables import company
from workbench.core.edits import Edit
from workbench.core.jobs.tables import JobRow, JobState, enqueue, sweep
from workbench.documents.model import Paper
from workbench.documents.store.store import Store
from workbench.documents.store.tables import DocumentRow
from workbench.roles import tables
from workbench.roles.documents import printing, tasks
from workbench.roles.documents.kinds import DOCUMENTS


@pytest.fixture
def owner(database: Database) -> Person:
    """The leader who owns what these tests print."""
    return site.people(database)["leader"]


@pytest.fixture
def slug(database: Database, owner: Person) -> str:
    """A draft of a complete role."""
    return make.draft(database, owner)


def queue_press(database: Database, slug: str, **values: object) -> int:
    """Queue the printing of the documents of a draft, as a save does, and return the number of the job."""
    with database.write.begin() as session:
        draft = make.draft_row(session, slug)
        return enqueue(session, "press-draft", key=f"press-draft:{draft.id}", draft=draft.id, **values)


def rows(database: Database) -> list[tuple[str, str]]:
    with database.read() as session:
        return [(row.kind, row.key) for row in session.scalars(select(DocumentRow).order_by(DocumentRow.kind))]


def job(database: Database, number: int) -> JobRow:
    with database.read() as session:
        return session.get_one(JobRow, number)


def test_a_saved_draft_ends_as_a_printed_paper_of_each_kind(database: Database, slug: str, document_store: Store):
    number = queue_press(database, slug)
    assert make.run_jobs(database) == [JobState.DONE]
    assert [kind for kind, _ in rows(database)] == sorted(DOCUMENTS)
    done = job(database, number)
    assert done.result is not None
    assert (done.result["printed"], done.progress, done.total) == (len(DOCUMENTS), len(DOCUMENTS) - 1, len(DOCUMENTS))
    assert done.result["pages"] >= len(DOCUMENTS)
    with database.read() as session:
        assert document_store.verify(session) == ()
        draft = make.draft_row(session, slug)
        for document in printing.documents_of_draft(company(session), draft):
            stored = document_store.find(document_store.key(document, Paper.A4))
            assert stored is not None
            assert stored.file.read_bytes().startswith(b"%PDF-")


def test_many_saves_in_a_row_are_printed_once(database: Database, slug: str, owner: Person):
    numbers = []
    for turn in range(5):
        with database.write.begin() as session:
            draft = make.draft_row(session, slug)
            draft.change(
                Edit("summary", draft.version, "tab", owner.id),
                lambda role, turn=turn: replace(role, summary=f"{turn}"),
            )
            numbers.append(enqueue(session, "press-draft", key=f"press-draft:{draft.id}", after=1, draft=draft.id))
    assert len(set(numbers)) == 1
    with database.write.begin() as session:
        assert sweep(session, everything=True) == {}  # a second without a further save is not over
    assert make.run_jobs(database) == [JobState.DONE]
    assert len(rows(database)) == len(DOCUMENTS)


def test_a_save_while_the_press_works_is_printed_afterwards(database: Database, slug: str, owner: Person):
    first = queue_press(database, slug)
    assert make.run_jobs(database) == [JobState.DONE]
    with database.write.begin() as session:
        draft = make.draft_row(session, slug)
        draft.change(Edit("summary", 1, "tab", owner.id), lambda role: replace(role, summary="Changed since."))
    second = queue_press(database, slug)
    assert second != first
    assert make.run_jobs(database) == [JobState.DONE]
    assert len(rows(database)) == 2 * len(DOCUMENTS)


def test_what_did_not_change_is_not_printed_again(
    database: Database, slug: str, document_store: Store, monkeypatch: pytest.MonkeyPatch
):
    queue_press(database, slug)
    make.run_jobs(database)
    before = {file: file.stat().st_mtime_ns for file in document_store.folder.rglob("*.pdf")}
    monkeypatch.setattr(tasks, "thread_press", lambda: pytest.fail("The press was asked for a paper that is there."))
    queue_press(database, slug)
    assert make.run_jobs(database) == [JobState.DONE]
    assert {file: file.stat().st_mtime_ns for file in document_store.folder.rglob("*.pdf")} == before


def test_a_draft_that_was_removed_meanwhile_needs_no_paper(database: Database, slug: str):
    number = queue_press(database, slug)
    with database.write.begin() as session:
        session.delete(make.draft_row(session, slug))
    assert make.run_jobs(database) == [JobState.DONE]
    assert job(database, number).result == {"printed": 0}
    assert rows(database) == []


def test_an_edition_is_printed_for_those_who_see_its_pay_and_for_those_who_do_not(
    database: Database, owner: Person, document_store: Store
):
    value = make.role()
    slug = make.draft(database, owner, replace(value, pay=replace(value.pay, minimum=65_000_00, maximum=85_000_00)))
    number = make.edition(database, slug, owner)
    with database.write.begin() as session:
        edition = tables.find_edition(session, slug, number)
        assert edition is not None
        enqueue(session, "press-edition", edition=edition.id)
    assert make.run_jobs(database) == [JobState.DONE]
    assert sorted(kind for kind, _ in rows(database)) == sorted(
        [*DOCUMENTS, *(kind for kind, row in DOCUMENTS.items() if row.shows_pay)]
    )
    with database.read() as session:
        assert document_store.verify(session) == ()


def test_the_other_paper_can_be_had_beside_the_companys_own(database: Database, slug: str, document_store: Store):
    queue_press(database, slug)
    make.run_jobs(database)
    queue_press(database, slug, paper="letter")
    assert make.run_jobs(database) == [JobState.DONE]
    with database.read() as session:
        assert session.scalar(select(func.count()).select_from(DocumentRow)) == 2 * len(DOCUMENTS)
        draft = make.draft_row(session, slug)
        for document in printing.documents_of_draft(company(session), draft):
            assert document_store.find(document_store.key(document, Paper.LETTER))


def test_a_store_that_cannot_be_written_fails_with_a_reason_and_the_draft_stays(
    database: Database, slug: str, document_store: Store
):
    document_store.folder.write_text("A file stands where the folder should be.")
    number = queue_press(database, slug)
    assert make.run_jobs(database) == [JobState.RUNNING]
    assert "Error" in job(database, number).error
    assert rows(database) == []
    assert make.stored_role(database, slug) == make.role()
