"""A print run as a job: exactly once, cancelled without a trace, retried after a failure, and never half-delivered."""

from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy.orm import Session

from tests import make, site
from tests.databases import Database
from workbench.accounts.model import Person
from workbench.core.clock import now
from workbench.core.jobs import JobRow, State, later, perform
from workbench.documents.model import Document, Pressed
from workbench.documents.store import Store
from workbench.documents.tables import DocumentRow
from workbench.documents.warm import WarmPress
from workbench.packets import files, tables, tasks
from workbench.packets.model import Delivery, Options, People, Pick, Wanted, recipe_named
from workbench.packets.run import Progress, keys_of
from workbench.packets.tables import PrintRunRow, state_of
from workbench.roles.tables import find_edition


def run_row(session: Session, slug: str, person: Person, **other: Any) -> PrintRunRow:
    """Put a run of one edition into the database that prints the file copy."""
    edition = find_edition(session, slug, 1)
    assert edition is not None
    options = Options(delivery=Delivery.ONE_FILE)
    wanted = Wanted(recipe_named("file-copy"), (Pick(edition.id),), People(), "Lea Berg", options)
    return tables.add_run(session, person.id, replace(wanted, **other))


def put(database: Database, slug: str, person: Person, **other: Any) -> int:
    """Ask for a run, as the page does; give its number."""
    with database.write.begin() as session:
        row = run_row(session, slug, person, **other)
        row.job_id = later(session, "print-run", run=row.id)
        return row.id


def seen(database: Database, number: int) -> tuple[str, PrintRunRow]:
    with database.read() as session:
        row = session.get_one(PrintRunRow, number)
        return state_of(session, row), row


def test_a_run_ends_with_its_file_its_digest_and_the_rows_of_what_was_printed(database: Database, papers: Store):
    leader = site.people(database)["leader"]
    slug = make.draft(database, leader)
    make.edition(database, slug, leader)
    number = put(database, slug, leader)
    assert seen(database, number)[0] == "waiting"

    assert make.worked(database) == [State.DONE]

    state, row = seen(database, number)
    assert state == "done"
    assert [file["name"] for file in row.files] == ["File copy.pdf"]
    assert row.pages == row.files[0]["pages"] > 4
    assert (files.place(database.settings()) / row.folder / "File copy.pdf").stat().st_size == row.files[0]["size"]
    assert row.folder == f"{number}-{row.digest[:16]}"
    with database.read() as session:
        order = tasks.order_of(session, row)
        assert row.keys[:-1] == [tables.short(key) for key in keys_of(order, papers)]
        assert papers.beginning(row.keys[-1:])  # the cover
        assert all(session.get(DocumentRow, key) for key in keys_of(order, papers))


def test_a_run_that_is_done_twice_gives_one_folder(store: Database, slug: str, people: dict[str, Person]):
    number = put(store, slug, people["leader"])
    make.worked(store)
    _, before = seen(store, number)
    with store.write.begin() as session:
        again = later(session, "print-run", run=number)

    assert perform(store.work, again) is State.DONE

    assert seen(store, number)[1].digest == before.digest
    assert [path.name for path in files.place(store.settings()).iterdir()] == [before.folder]


def test_a_cancelled_run_leaves_no_file(store: Database, slug: str, people: dict[str, Person]):
    number = put(store, slug, people["leader"])
    with store.write.begin() as session:
        session.get_one(PrintRunRow, number).cancelled_at = now()

    assert State.DONE in make.worked(store)

    assert seen(store, number)[0] == "cancelled"
    assert not files.place(store.settings()).exists()


def test_a_run_that_is_cancelled_in_its_last_moment_leaves_no_file(
    store: Database, slug: str, people: dict[str, Person], monkeypatch: pytest.MonkeyPatch
):
    number = put(store, slug, people["leader"])
    ensure = Store.ensure

    def cancelled_meanwhile(self: Store, session: Session, *rest: object) -> DocumentRow:
        row = ensure(self, session, *rest)
        session.get_one(PrintRunRow, number).cancelled_at = now()
        return row

    monkeypatch.setattr(Store, "ensure", cancelled_meanwhile)
    make.worked(store)

    assert seen(store, number)[0] == "cancelled"
    assert list(files.place(store.settings()).iterdir()) == []


def test_a_run_that_failed_three_times_says_so_and_can_be_tried_again(
    store: Database, slug: str, people: dict[str, Person]
):
    store.data.joinpath("packets").write_bytes(b"in the way")
    number = put(store, slug, people["leader"])
    with store.read() as session:
        job = session.get_one(PrintRunRow, number).job_id
    for _ in range(3):
        with store.write.begin() as session:
            session.get_one(JobRow, job).lease_until = now()
        perform(store.work, job)

    assert seen(store, number)[0] == "failed"
    with store.read() as session:
        assert "File" in session.get_one(JobRow, job).error


def test_progress_is_told_for_all_to_see_and_not_more_often_than_twice_a_second(
    store: Database, slug: str, people: dict[str, Person]
):
    number = put(store, slug, people["leader"])
    with store.work() as session:
        tell = tasks._Teller(session, number)
        tell(Progress(0, 5, 0, None))
        tell(Progress(1, 5, 3, 8))
        assert seen(store, number)[1].progress["documents"] == 0
        tell(Progress(5, 5, 12, 0))
    assert seen(store, number)[1].progress == {"documents": 5, "total": 5, "pages": 12, "seconds": 0}


def test_runs_are_listed_the_latest_first(store: Database, slug: str, people: dict[str, Person]):
    with store.write.begin() as session:
        first, second = (run_row(session, slug, people["leader"]) for _ in range(2))
        assert tables.list_runs(session, people["leader"].id) == [second, first]
        assert tables.list_runs(session, people["other"].id) == []
        assert state_of(session, first) == "planned"


def test_a_run_that_broke_off_goes_on_with_what_is_missing(
    store: Database, slug: str, people: dict[str, Person], monkeypatch: pytest.MonkeyPatch
):
    number = put(store, slug, people["leader"])
    with store.read() as session:
        job = session.get_one(PrintRunRow, number).job_id
    press, asked = WarmPress.press, []

    def breaks_off(self: WarmPress, document: Document, *rest: object) -> Pressed:
        asked.append(document.kind)
        if len(asked) == 3:
            raise OSError("No space left on device")
        return press(self, document, *rest)

    monkeypatch.setattr(WarmPress, "press", breaks_off)
    assert perform(store.work, job) is State.RUNNING
    assert not files.place(store.settings()).exists()
    with store.write.begin() as session:
        session.get_one(JobRow, job).lease_until = now()

    assert perform(store.work, job) is State.DONE
    assert asked.count("position-description") == asked.count("accountability-brief") == 1
    state, row = seen(store, number)
    assert (state, row.progress["fresh"], row.progress["documents"]) == ("done", 3, 5)
