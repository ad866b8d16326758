"""Several machines with one place for files: what a worker printed on one, the web server of another sends."""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import select, update
from sqlalchemy.orm import Session, sessionmaker

from tests.support import make, site
from tests.support.proof import PageClient
from tests.support.servers.buckets import S3
from tests.support.servers.databases import Database
from workbench.accounts.model import Person
from workbench.core.clock import now
from workbench.core.db import Mode, sessions
from workbench.core.jobs.run import run_job
from workbench.core.jobs.tables import JobRow, JobState, enqueue
from workbench.documents.store.bucket import bucket_of
from workbench.documents.store.installation import open_store
from workbench.hiring.model import People
from workbench.packets import tables
from workbench.packets.model import Delivery, RoleChoice, RunOptions, RunRequest
from workbench.packets.recipes.model import find_shipped_recipe
from workbench.packets.run import files
from workbench.packets.tables import PrintRunRow
from workbench.roles.tables import find_edition
from workbench.settings import Settings

pytestmark = [
    pytest.mark.usefixtures("app"),
    pytest.mark.slow("prints a run on several machines"),
]  # which knows the tasks


@dataclass(frozen=True)
class Machine:
    """One of the machines: all share the database and the place for files, each has a data folder of its own."""

    database: Database
    settings: Settings

    @property
    def work(self) -> sessionmaker[Session]:
        return sessions(self.database.engine, Mode.WORK, self.settings)

    def works(self) -> list[JobState | None]:
        """Run every job that is queued, or that may be tried again."""
        unfinished = JobRow.state.in_([JobState.QUEUED, JobState.RUNNING])
        with self.database.write.begin() as session:
            session.execute(
                update(JobRow).where(unfinished).values(due_at=now(), lease_until=now() - timedelta(seconds=1))
            )
            numbers = list(session.scalars(select(JobRow.id).where(unfinished).order_by(JobRow.id)))
        return [run_job(self.work, number) for number in numbers]

    def reader(self, person: Person) -> PageClient:
        own_settings = {"files": self.settings.files, "data": self.settings.data}
        return site.app(self.database, **own_settings).test_client().sign_in(person)


@pytest.fixture(params=["folder", "bucket"])
def machine(request: pytest.FixtureRequest, store: Database, tmp_path: Path) -> Callable[[str], Machine]:
    """Create a machine with a name; they share a folder, or a bucket."""
    if request.param == "bucket":
        place = request.getfixturevalue("s3").url
    else:
        place = str(tmp_path / "shared")
        Path(place).mkdir()
    return lambda name: Machine(store, store.settings(files=place, data=tmp_path / name))


@pytest.fixture
def run(store: Database, slug: str, people: dict[str, Person]) -> int:
    """The number of a run of the leader that waits for a worker."""
    with store.write.begin() as session:
        edition = find_edition(session, slug, 1)
        assert edition is not None
        options = RunOptions(delivery=Delivery.ONE_FILE)
        request = RunRequest(find_shipped_recipe("file-copy"), (RoleChoice(edition.id),), People(), "Lea Berg", options)
        row = tables.add_run(session, people["leader"].id, request)
        row.start(enqueue(session, "print-run", run=row.id))
        return row.id


def row_of(database: Database, run: int) -> PrintRunRow:
    with database.read() as session:
        return session.get_one(PrintRunRow, run)


def test_the_web_server_of_one_machine_sends_what_another_printed(
    machine: Callable[[str], Machine], run: int, people: dict[str, Person], store: Database
):
    assert JobState.DONE in machine("a").works()

    sent = machine("b").reader(people["leader"]).get(f"/packets/{run}/files/1.pdf")

    row = row_of(store, run)
    assert sent.status_code == 200
    parts = {row.files[0]["name"]: hashlib.sha256(sent.data).hexdigest()}
    assert files.digest_of(parts) == row.digest
    assert row.folder.endswith(row.digest[:16])


def test_the_word_files_that_one_machine_wrote_are_sent_by_another_until_they_are_removed(
    machine: Callable[[str], Machine], run: int, people: dict[str, Person], store: Database
):
    a, b = machine("a"), machine("b").reader(people["leader"])
    a.works()
    b.post(f"/packets/{run}/word")
    assert JobState.DONE in a.works()

    sent = b.get(f"/packets/{run}/word.zip")
    assert sent.data.startswith(b"PK")

    files.remove(a.settings, run)
    assert machine("c").reader(people["leader"]).get(f"/packets/{run}/word.zip").location == f"/packets/{run}"


def test_what_one_machine_printed_is_not_printed_by_another(
    machine: Callable[[str], Machine], run: int, store: Database
):
    machine("a").works()
    with store.write.begin() as session:
        second = enqueue(session, "print-run", run=run)
    before = row_of(store, run).digest

    assert run_job(machine("b").work, second) is JobState.DONE

    row = row_of(store, run)
    assert (row.digest, row.progress["fresh"]) == (before, 0)


def test_the_papers_of_a_draft_are_sent_by_every_machine(
    machine: Callable[[str], Machine], slug: str, people: dict[str, Person], store: Database
):
    b = machine("b").reader(people["leader"])
    url = f"/roles/{slug}/documents/accountability-brief.pdf"
    assert b.get(url).status_code in {200, 202}
    assert b.get(url).mimetype == "text/html"
    with store.write.begin() as session:
        enqueue(session, "press-draft", draft=make.draft_row(session, slug).id)
    assert JobState.DONE in machine("a").works()
    assert b.get(url).mimetype == "application/pdf"


def test_a_removed_run_is_gone_from_every_machine(machine: Callable[[str], Machine], run: int, store: Database):
    a, b = machine("a"), machine("b")
    a.works()
    row = row_of(store, run)
    name = row.files[0]["name"]
    assert files.find(b.settings, row.folder, name)

    files.remove(a.settings, run)

    assert files.find(a.settings, row.folder, name) is None
    if not b.settings.bucket:
        return
    cached = files.runs_folder(b.settings) / row.folder / name
    assert files.sweep_cache(b.settings) == 0  # it came in the last hour, and may be on its way
    make.age(cached, modified=timedelta(hours=2))
    assert files.sweep_cache(b.settings) == 1
    assert not cached.parent.exists()


def test_folders_that_no_run_knows_are_swept(machine: Callable[[str], Machine], run: int, store: Database):
    a = machine("a")
    a.works()
    known = {row_of(store, run).folder}
    left = files.runs_folder(a.settings) / "99-0123456789abcdef"
    left.mkdir()
    (left / "one.pdf").write_bytes(b"x")
    files.upload(a.settings, left)
    make.age(left, modified=timedelta(hours=2))
    assert files.sweep(a.settings, known, dry=True) == files.sweep(a.settings, known) == 1
    assert not left.exists()
    assert files.sweep(a.settings, known | {left.name}) == 0


def bucket_machine(store: Database, s3: S3, tmp_path: Path, name: str) -> Machine:
    return Machine(store, store.settings(files=s3.url, data=tmp_path / name))


def test_a_run_waits_until_the_bucket_is_back(
    store: Database, s3: S3, run: int, tmp_path: Path, people: dict[str, Person]
):
    a, b = (bucket_machine(store, s3, tmp_path, name) for name in "ab")
    s3.stop()
    assert a.works() == [JobState.RUNNING]
    with store.read() as session:
        reported = session.get_one(JobRow, row_of(store, run).job_id)
    assert reported.error.startswith("The bucket company/printed")
    assert "does not answer" in reported.error
    assert row_of(store, run).done_at is None

    s3.start()
    assert JobState.DONE in a.works()
    row = row_of(store, run)
    assert row.faults == []

    s3.stop()
    reader = b.reader(people["leader"])
    away = reader.get(f"/packets/{run}/files/1.pdf")
    assert away.status_code == 503
    assert "printed documents and packets are stored is not answering" in away.text
    s3.start()
    assert reader.get(f"/packets/{run}/files/1.pdf").status_code == 200


def test_a_damaged_file_of_a_run_is_not_sent(
    store: Database, s3: S3, run: int, tmp_path: Path, people: dict[str, Person]
):
    a, b = (bucket_machine(store, s3, tmp_path, name) for name in "ab")
    a.works()
    row = row_of(store, run)
    bucket = bucket_of(a.settings)
    bucket.write({f"packets/{row.folder}/{row.files[0]['name']}": b"%PDF damaged"})

    assert files.find(b.settings, row.folder, row.files[0]["name"]) is None
    reader = b.reader(people["leader"])
    assert reader.get(f"/packets/{run}/files/1.pdf").status_code == 303
    bucket.write({f"packets/{row.folder}/.sums.json": b"[]"})
    assert files.find(b.settings, row.folder, row.files[0]["name"]) is None


def test_each_bucket_has_a_cache_of_its_own(store: Database):
    one, two = (store.settings(files=f"s3://{name}") for name in ("one", "two/"))
    assert (one.bucket, two.bucket) == ("one", "two")
    assert len({one.folder, two.folder, store.data}) == 3
    assert open_store(one).folder == one.folder / "documents"
