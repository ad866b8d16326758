"""A print run as a job: exactly once, cancelled without a trace, retried after a failure, and never half-delivered."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.support import make, site
from tests.support.servers.databases import Database
from workbench.accounts.model import Person
from workbench.core.clock import now
from workbench.core.jobs.run import run_job
from workbench.core.jobs.tables import JobRow, JobState, enqueue
from workbench.core.paging import ListRequest
from workbench.documents.model import Document, Paper, PressFailed, PrintedPdf
from workbench.documents.press.warm import WarmPress
from workbench.documents.store.store import Press, Store
from workbench.documents.store.tables import DocumentRow
from workbench.documents.store.uses import keys_used_by
from workbench.hiring.model import People
from workbench.packets import loading, tables
from workbench.packets.history.tables import list_runs
from workbench.packets.model import Delivery, RoleChoice, RunOptions, RunRequest
from workbench.packets.plan import make_plan
from workbench.packets.recipes.model import find_shipped_recipe
from workbench.packets.run import files, tasks
from workbench.packets.run.values import Progress
from workbench.packets.tables import PrintRunRow, run_state
from workbench.roles.tables import find_edition


def run_row(session: Session, slug: str, person: Person, **other: Any) -> PrintRunRow:
    """Add a run of one edition that prints the file copy."""
    edition = find_edition(session, slug, 1)
    assert edition is not None
    options = RunOptions(delivery=Delivery.ONE_FILE)
    request = RunRequest(find_shipped_recipe("file-copy"), (RoleChoice(edition.id),), People(), "Lea Berg", options)
    return tables.add_run(session, person.id, replace(request, **other))


def queue_run(database: Database, slug: str, person: Person, **other: Any) -> int:
    """Queue a run, as the page does, and return its number."""
    with database.write.begin() as session:
        row = run_row(session, slug, person, **other)
        row.start(tasks.queue_run(session, row.id))
        return row.id


def seen(database: Database, number: int) -> tuple[str, PrintRunRow]:
    with database.read() as session:
        row = session.get_one(PrintRunRow, number)
        return run_state(session, row), row


def test_a_run_ends_with_its_file_its_digest_and_the_rows_of_what_was_printed(
    database: Database, document_store: Store
):
    leader = site.people(database)["leader"]
    slug = make.draft(database, leader)
    make.edition(database, slug, leader)
    number = queue_run(database, slug, leader)
    assert seen(database, number)[0] == "waiting"

    assert make.run_jobs(database) == [JobState.DONE]

    state, row = seen(database, number)
    assert state == "done"
    assert [file["name"] for file in row.files] == ["File copy - Account Executive.pdf"]
    assert row.pages == row.files[0]["pages"] > 4
    assert (
        files.runs_folder(database.settings()) / row.folder / "File copy - Account Executive.pdf"
    ).stat().st_size == row.files[0]["size"]
    assert row.folder == f"{number}-{row.digest[:16]}"
    with database.read() as session:
        print_job = loading.load_job(session, row)
        used, keys = keys_used_by(session, "run", number), set(make_plan(print_job).keys.values())
        (cover,) = used - keys
        assert document_store.has(cover)
        assert len(used) == 1 + len(keys)
        assert all(session.get(DocumentRow, key) for key in keys)


def test_a_run_that_is_done_twice_gives_one_folder(store: Database, slug: str, people: dict[str, Person]):
    number = queue_run(store, slug, people["leader"])
    make.run_jobs(store)
    _, before = seen(store, number)
    with store.write.begin() as session:
        second = enqueue(session, "print-run", run=number)

    assert run_job(store.work, second) is JobState.DONE

    assert seen(store, number)[1].digest == before.digest
    assert [path.name for path in files.runs_folder(store.settings()).iterdir()] == [before.folder]


def test_a_cancelled_run_leaves_no_file(store: Database, slug: str, people: dict[str, Person]):
    number = queue_run(store, slug, people["leader"])
    with store.write.begin() as session:
        session.get_one(PrintRunRow, number).cancel()

    assert JobState.DONE in make.run_jobs(store)

    assert seen(store, number)[0] == "cancelled"
    assert not files.runs_folder(store.settings()).exists()


def test_a_run_that_is_cancelled_in_its_last_moment_leaves_no_file(
    store: Database, slug: str, people: dict[str, Person], monkeypatch: pytest.MonkeyPatch
):
    number = queue_run(store, slug, people["leader"])
    ensure = Store.ensure

    def cancelled_meanwhile(self: Store, session: Session, *rest: object) -> DocumentRow:
        row = ensure(self, session, *rest)
        session.get_one(PrintRunRow, number).cancel()
        return row

    monkeypatch.setattr(Store, "ensure", cancelled_meanwhile)
    make.run_jobs(store)

    assert seen(store, number)[0] == "cancelled"
    assert list(files.runs_folder(store.settings()).iterdir()) == []


def test_the_rows_of_a_run_are_written_under_keys_that_are_known_by_then(
    store: Database, slug: str, people: dict[str, Person], monkeypatch: pytest.MonkeyPatch
):
    number = queue_run(store, slug, people["leader"])
    ensure, calls = Store.ensure, []

    def watched(self: Store, session: Session, document: Document, paper: Paper, press: Press, key: str) -> DocumentRow:
        calls.append(key == self.key(document, paper))
        return ensure(self, session, document, paper, press, key)

    monkeypatch.setattr(Store, "ensure", watched)
    make.run_jobs(store)

    state, _ = seen(store, number)
    assert state == "done"
    with store.read() as session:
        assert calls == [True] * len(keys_used_by(session, "run", number))


def test_a_run_that_failed_three_times_says_so_and_can_be_tried_again(
    store: Database, slug: str, people: dict[str, Person]
):
    store.data.joinpath("packets").write_bytes(b"in the way")
    number = queue_run(store, slug, people["leader"])
    with store.read() as session:
        job = session.get_one(PrintRunRow, number).job_id
    for _ in range(3):
        with store.write.begin() as session:
            session.get_one(JobRow, job).lease_until = now() - timedelta(seconds=1)
        run_job(store.work, job)

    assert seen(store, number)[0] == "failed"
    with store.read() as session:
        assert "File" in session.get_one(JobRow, job).error


def test_progress_is_told_for_all_to_see_and_not_more_often_than_twice_a_second(
    store: Database, slug: str, people: dict[str, Person], monkeypatch: pytest.MonkeyPatch
):
    assert tasks.REPORT_SECONDS == 0.5
    number = queue_run(store, slug, people["leader"])
    monkeypatch.setattr(
        tasks, "REPORT_SECONDS", 600
    )  # a busy machine may take half a second between two of these lines
    with store.work() as session:
        tell = tasks._ProgressReporter(session, number)
        tell(Progress(0, 5, 0, None))
        tell(Progress(1, 5, 3, 8))
        assert seen(store, number)[1].progress["documents"] == 0
        tell(Progress(5, 5, 12, 0))
    assert seen(store, number)[1].progress == {"documents": 5, "total": 5, "pages": 12, "seconds": 0}


def test_runs_are_listed_the_latest_first(store: Database, slug: str, people: dict[str, Person]):
    with store.write.begin() as session:
        first, second = (run_row(session, slug, people["leader"]) for _ in range(2))
        assert [run.id for run in list_runs(session, people["leader"].id, ListRequest()).items] == [second.id, first.id]
        assert list_runs(session, people["other"].id, ListRequest()).items == ()
        assert run_state(session, first) == "planned"


def test_a_run_that_broke_off_goes_on_with_what_is_missing(
    store: Database, slug: str, people: dict[str, Person], monkeypatch: pytest.MonkeyPatch
):
    number = queue_run(store, slug, people["leader"])
    with store.read() as session:
        job = session.get_one(PrintRunRow, number).job_id
    press, calls = WarmPress.press, []

    def breaks_off(self: WarmPress, document: Document, *rest: object) -> PrintedPdf:
        calls.append(document.kind)
        if len(calls) == 3:
            raise OSError("No space left on device")
        return press(self, document, *rest)

    monkeypatch.setattr(WarmPress, "press", breaks_off)
    assert run_job(store.work, job) is JobState.RUNNING
    assert not files.runs_folder(store.settings()).exists()
    with store.write.begin() as session:
        session.get_one(JobRow, job).lease_until = now() - timedelta(seconds=1)

    assert run_job(store.work, job) is JobState.DONE
    assert [kind for kind in calls if calls.count(kind) > 1] == [calls[2]] * 2  # what the failure cost, and no more
    state, row = seen(store, number)
    total = len(calls) - 1
    assert (state, row.progress["fresh"], row.progress["documents"]) == ("done", total - 2, total)


def many_people() -> dict[str, Any]:
    """A round with thirteen documents and two covers, enough for one part."""
    return {
        "recipe": find_shipped_recipe("interviewer"),
        "people": People(("Ina Vogt", "Raj Rao"), ("Candidate A", "Candidate B", "Candidate C", "Candidate D")),
    }


def parts(database: Database) -> list[JobRow]:
    with database.read() as session:
        return list(session.scalars(select(JobRow).where(JobRow.task == "print-part").order_by(JobRow.id)))


def helped(database: Database, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Let the part of a run be done while the run has its first document in hand; what each presses is noted."""
    press, calls = WarmPress.press, []

    def pressed(self: WarmPress, document: Document, *rest: object) -> PrintedPdf:
        calls.append(document.title)
        if len(calls) == 1:
            calls.extend(str(run_job(database.work, part.id)) for part in parts(database))
        return press(self, document, *rest)

    monkeypatch.setattr(WarmPress, "press", pressed)
    return calls


def test_a_part_prints_what_the_run_lacks_and_leaves_alone_what_is_in_hand(
    database: Database, document_store: Store, monkeypatch: pytest.MonkeyPatch
):
    leader = site.people(database)["leader"]
    slug = make.draft(database, leader)
    make.edition(database, slug, leader)
    monkeypatch.setattr(tasks, "SLICE_SECONDS", 600)
    number = queue_run(database, slug, leader, **many_people())
    calls = helped(database, monkeypatch)

    make.run_jobs(database)

    state, row = seen(database, number)
    total = row.progress["total"]
    assert (state, row.progress["documents"], row.progress["fresh"]) == ("done", total, total)
    (part,) = parts(database)
    with database.read() as session:
        first, *others = make_plan(loading.load_job(session, row)).keys.values()
    neighbours = sum(key[:2] == first[:2] for key in others)  # they share the lock of the one in hand
    printed = total - 3 - neighbours  # covers are the run's own
    assert part.result == {"printed": printed}
    assert len(calls) == total + 1
    assert calls.index("done") == printed + 1
    with database.read() as session:
        assert [job.task for job in tables.list_jobs(session, number)] == ["print-run", "print-part"]


def test_a_part_that_has_worked_long_enough_goes_to_the_end_of_the_line(
    store: Database, slug: str, people: dict[str, Person], monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(tasks, "SLICE_SECONDS", 0)
    monkeypatch.setattr(tasks, "REPORT_SECONDS", 0)
    queue_run(store, slug, people["leader"], **many_people())
    helped(store, monkeypatch)

    make.run_jobs(store)

    first, second = parts(store)
    assert (first.state, second.state) == (JobState.DONE, JobState.QUEUED)
    assert first.result == {"start": first.payload["start"] + 1, "most": second.payload["most"]}
    assert second.payload == first.payload | first.result
    assert make.run_jobs(store) == [JobState.DONE]
    assert parts(store)[1].result == {"printed": 0}  # the run is over


def test_a_part_leaves_what_cannot_be_printed_to_the_run_which_says_so(
    store: Database, slug: str, people: dict[str, Person], monkeypatch: pytest.MonkeyPatch
):
    number = queue_run(store, slug, people["leader"], **many_people())
    helped(store, monkeypatch)
    press = WarmPress.press

    def broken(self: WarmPress, document: Document, *rest: object) -> PrintedPdf:
        if document.kind == "interviewer-guide":
            raise PressFailed("It is not sound.")
        return press(self, document, *rest)

    monkeypatch.setattr(WarmPress, "press", broken)
    make.run_jobs(store)

    state, row = seen(store, number)
    assert (state, row.faults) == ("done", ["Interviewer guide: It is not sound."])


def test_a_part_of_a_cancelled_run_prints_nothing(store: Database, slug: str, people: dict[str, Person]):
    number = queue_run(store, slug, people["leader"])
    with store.write.begin() as session:
        session.get_one(PrintRunRow, number).cancel()
        part = enqueue(session, "print-part", run=number, part=1, start=0)

    assert run_job(store.work, part) is JobState.DONE

    with store.read() as session:
        assert session.get_one(JobRow, part).result == {"printed": 0}
        assert session.scalars(select(DocumentRow)).all() == []
