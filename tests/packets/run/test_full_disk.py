"""A disk that is really full, at each place that writes: nothing is half there, people are told, and it goes on by itself."""

import tempfile
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import datetime
from io import BytesIO
from pathlib import Path

import pytest
from sqlalchemy import update

from tests.packets.run.test_printing import FILE_COPY, Count
from tests.support import make, site
from tests.support.proof import find_form, values_of
from tests.support.servers import databases, disks
from tests.support.servers.buckets import S3
from tests.support.servers.databases import Database
from tests.support.servers.disks import Disk
from workbench.accounts.model import Person
from workbench.accounts.tables import SEEN_INTERVAL, SessionRow
from workbench.core.clock import now
from workbench.core.db import Mode, sessions
from workbench.core.jobs.run import run_job
from workbench.core.jobs.tables import MAX_ATTEMPTS, JobRow, JobState, enqueue
from workbench.core.storage.disk import DISK_FULL, means_disk_full
from workbench.documents.model import Paper, PrintedPdf
from workbench.documents.press.engine import LayoutEngine
from workbench.documents.press.preview import Preview
from workbench.documents.press.warm import WarmPress
from workbench.documents.store.bucket import Bucket
from workbench.documents.store.cached import CachedStore
from workbench.documents.store.store import PARTS, Store
from workbench.hiring.model import People
from workbench.packets import tables
from workbench.packets.model import Delivery
from workbench.packets.plan import make_plan
from workbench.packets.run import files
from workbench.packets.run.linking import write_packets
from workbench.packets.run.printing import print_all
from workbench.packets.run.values import PrintResult
from workbench.packets.tables import PrintRunRow

PRESSED = PrintedPdf(b"%PDF-1.7 a print" * 4000, 1, (), b"its parts" * 4000)
LONG_AGO = datetime.fromisoformat("2020-01-01T00:00:00+00:00")


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Disk]:
    with disks.small(tmp_path / "disk", 2048) as made:
        yield made


@pytest.fixture
def embedded(disk: Disk) -> Iterator[Database]:
    """A SQLite database with every table, whose file lies on the small disk."""
    with databases.fresh("sqlite", disk.folder) as made:
        yield made


def lying(folder: Path) -> list[str]:
    return sorted(file.name for file in folder.rglob("*") if file.is_file() and file.parent.name != "locks")


@pytest.mark.parametrize("left", [0, 8192, 90_000])
def test_the_store_keeps_all_of_a_document_or_nothing(disk: Disk, left: int):
    store, document = Store(disk.folder / "documents", make.SAMPLE), make.document()
    (store.folder / "locks").mkdir(parents=True)
    disk.fill(left)
    with pytest.raises(OSError) as reported:  # noqa: PT011 - what it says is asked below
        store.get_or_print(document, Paper.A4, lambda *_: PRESSED)
    disk.free()

    assert means_disk_full(reported.value)
    assert store.find(store.key(document, Paper.A4)) is None
    assert not [name for name in lying(store.folder) if name.endswith(".pdf") or not name.endswith(PARTS)]
    stored = store.get_or_print(document, Paper.A4, lambda *_: PRESSED)
    assert (stored.file.read_bytes(), stored.fragment()) == (PRESSED.pdf, PRESSED.fragment)


@pytest.fixture(scope="module")
def printed(tmp_path_factory: pytest.TempPathFactory) -> PrintResult:
    """The papers of a file copy, which lie where there is room."""
    return print_all(make_plan(FILE_COPY), Store(tmp_path_factory.mktemp("roomy")), Count(), lambda _: None)


@pytest.mark.slow("prints a run that is broken off")
@pytest.mark.parametrize("left", [0, 40_000])
@pytest.mark.parametrize("delivery", Delivery)
def test_the_files_of_a_run_appear_as_a_whole_or_not_at_all(
    disk: Disk, tmp_path: Path, printed: PrintResult, delivery: Delivery, left: int
):
    print_job = replace(FILE_COPY, options=replace(FILE_COPY.options, delivery=delivery))
    place = disk.folder / "packets"
    place.mkdir()
    disk.fill(left)
    with pytest.raises((OSError, ValueError)) as reported:
        write_packets(make_plan(print_job), printed, place, "7")
    disk.free()

    assert means_disk_full(reported.value)
    assert list(place.iterdir()) == []
    first_store, roomy = (
        write_packets(make_plan(print_job), printed, place, "7"),
        write_packets(make_plan(print_job), printed, tmp_path / "roomy", "7"),
    )
    assert first_store.digest == roomy.digest
    assert [folder.name for folder in place.iterdir()] == [roomy.folder.name]
    if delivery is Delivery.ZIP:
        assert zipfile.ZipFile(first_store.folder / first_store.files[0].name).testzip() is None


def test_a_cache_of_the_bucket_holds_all_of_a_document_or_nothing(disk: Disk, s3: S3, tmp_path: Path):
    roomy = CachedStore(tmp_path / "roomy", Bucket("company/printed"), make.SAMPLE)
    small = CachedStore(disk.folder / "cache", Bucket("company/printed"), make.SAMPLE)
    key = roomy.get_or_print(make.document(), Paper.A4, lambda *_: PRESSED).key
    disk.fill()
    with pytest.raises(OSError) as reported:  # noqa: PT011 - what it says is asked below
        small.find(key)
    disk.free()

    assert means_disk_full(reported.value)
    assert [name for name in lying(small.folder) if not name.endswith(PARTS)] == []
    found = small.find(key)
    assert found
    assert found.file.read_bytes() == PRESSED.pdf


def test_a_packet_is_fetched_from_the_bucket_as_a_whole_or_not_at_all(
    disk: Disk, s3: S3, tmp_path: Path, store: Database
):
    first_store = tmp_path / "there"
    first_store.mkdir()
    (first_store / "packets.pdf").write_bytes(PRESSED.pdf)
    digest = files.digest_of(files.sums_of(first_store))
    folder = first_store.rename(tmp_path / f"1-{digest[:16]}")
    files.upload(store.settings(files=s3.url), folder)
    settings = store.settings(files=s3.url, data=disk.folder)
    files.runs_folder(settings).mkdir(parents=True)
    disk.fill()
    with pytest.raises(OSError) as reported:  # noqa: PT011 - what it says is asked below
        files.find(settings, folder.name, "packets.pdf")
    disk.free()

    assert means_disk_full(reported.value)
    assert lying(files.runs_folder(settings)) == []
    found = files.find(settings, folder.name, "packets.pdf")
    assert found
    assert found.read_bytes() == PRESSED.pdf


@pytest.mark.parametrize("engine", [lambda: WarmPress(make.SAMPLE), lambda: Preview(make.SAMPLE)])
def test_an_engine_needs_no_room_for_itself(
    disk: Disk, monkeypatch: pytest.MonkeyPatch, engine: Callable[[], LayoutEngine]
):
    monkeypatch.setattr(tempfile, "tempdir", str(disk.folder))
    disk.fill()
    with engine() as started:
        pages = started.count if isinstance(started, Preview) else lambda *args: started.press(*args).pages
        assert pages(make.document(), Paper.A4) == 1
    disk.free()


def row_of(database: Database, run: int) -> PrintRunRow:
    with database.read() as session:
        return session.get_one(PrintRunRow, run)


def test_a_run_waits_for_room_however_often_it_tries_and_says_so(
    disk: Disk, store: Database, slug: str, people: dict[str, Person]
):
    run = make.print_run(store, slug, people["leader"], "file-copy", People(), Delivery.ONE_FILE, finished=False)
    settings = store.settings(files=str(disk.folder))
    reader = site.app(store, files=settings.files).test_client().sign_in(people["leader"])
    with store.write.begin() as session:
        tables.find_run(session, run, lock=True).start(number := enqueue(session, "print-run", run=run))

    def tried() -> JobState | None:
        with store.write.begin() as session:
            session.get_one(JobRow, number).lease_until = LONG_AGO
        return run_job(sessions(store.engine, Mode.WORK, settings), number)

    disk.fill()
    assert {tried() for _ in range(MAX_ATTEMPTS + 1)} == {JobState.RUNNING}
    page = reader.get(f"/packets/{run}").text
    assert "The run is delayed." in page
    assert DISK_FULL in page
    disk.free()

    assert tried() is JobState.DONE
    row = row_of(store, run)
    assert row.faults == []
    assert [folder.name for folder in (disk.folder / "packets").iterdir()] == [row.folder]
    page = reader.get(f"/packets/{run}").text
    assert "Ready:" in page
    assert "held up" not in page


def test_words_that_could_not_be_stored_are_kept_by_the_page_and_sent_again(disk: Disk, embedded: Database):
    leader = site.people(embedded)["leader"]
    slug = make.draft(embedded, leader)
    reader = site.app(embedded).test_client().sign_in(leader)
    url = f"/roles/{slug}/summary"
    fields = values_of(find_form(reader.get(url).page)) | {"summary": "Words that took an hour. " * 40}
    before = make.stored_role(embedded, slug)

    disk.fill()
    refused = reader.post(url, data=fields)
    read = reader.get(url)
    disk.free()

    assert (refused.status_code, refused.page.h1.text) == (507, "There is no room left on the disk")
    assert read.status_code == 200
    assert make.stored_role(embedded, slug) == before
    stored = values_of(refused.page.select_one("main form"))
    assert reader.post(refused.page.select_one("main form")["action"], data=stored).status_code == 303
    assert make.stored_role(embedded, slug).summary == fields["summary"].strip()


def test_what_a_page_must_not_or_cannot_hold_is_asked_for_again(disk: Disk, embedded: Database):
    reader = site.app(embedded, pages=("tests.core.web.desk",)).test_client().sign_in(site.people(embedded)["leader"])
    words = {"words": "A note. " * 200, "op_id": "one", "version": "1"}
    disk.fill()
    password = reader.post("/desk/notes", data=words | {"secret_password": "my own secret"})
    file = reader.post("/desk/notes", data=words | {"file": (BytesIO(b"a paper that came back"), "a.pdf")})
    disk.free()

    for answer in (password, file):
        assert answer.status_code == 507
        assert not answer.page.select("main form")
        assert "my own secret" not in answer.text


def test_a_full_disk_keeps_nobody_from_reading(disk: Disk, embedded: Database):
    leader = site.people(embedded)["leader"]
    reader = site.app(embedded).test_client().sign_in(leader)
    with embedded.write.begin() as session:
        session.execute(update(SessionRow).values(seen_at=now() - SEEN_INTERVAL * 2))
    disk.fill()
    assert reader.get("/account").status_code == 200
    disk.free()
