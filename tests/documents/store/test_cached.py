"""The store in a bucket: what one machine printed all others find, whole and undamaged, and nothing is printed twice."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy.orm import Session

from tests.support.make import SAMPLE, age, document
from tests.support.servers.buckets import S3
from tests.support.servers.databases import Database
from workbench.core.clock import now
from workbench.documents.model import Document, Paper, PdfHeading, PrintedPdf
from workbench.documents.store.bucket import Bucket, BucketUnavailable
from workbench.documents.store.cached import CachedStore
from workbench.documents.store.tables import list_documents

ROOT = Path(__file__).resolve().parents[3]
PRESSED = PrintedPdf(b"%PDF-1.7 a print", 2, (PdfHeading(1, "Łódź", 1),), b"its parts")
PRINTS = """
import os, signal, sys, time
from pathlib import Path
from tests.support.make import SAMPLE, document
from workbench.core.storage.locks import advisory_lock
from workbench.documents.store.bucket import Bucket
from workbench.documents.store.cached import CachedStore
from workbench.documents.model import Paper, PrintedPdf

folder, machine, url, dies_after = Path(sys.argv[1]), sys.argv[2], sys.argv[3], int(sys.argv[4])
store = CachedStore(folder / machine, Bucket("company/printed"), SAMPLE, advisory_lock(url, "document") if url else None)
write, written = Bucket.write, []

def writes(self, objects):
    write(self, objects)
    written.append(objects)
    if len(written) == dies_after:
        os.kill(os.getpid(), signal.SIGKILL)

Bucket.write = writes

def press(wanted, paper):
    with (folder / "printed").open("a") as log:
        log.write(f"{wanted.title}\\n")
    time.sleep(0.2)
    return PrintedPdf(b"%PDF " + wanted.title.encode(), 1, (), b"parts of " + wanted.title.encode())

print("ready", flush=True)
for at in range(4):
    store.get_or_print(document(title=f"Number {at}"), Paper.A4, press)
"""


def machine(folder: Path) -> CachedStore:
    return CachedStore(folder, Bucket("company/printed"), SAMPLE)


@pytest.fixture
def a(s3: S3, tmp_path: Path) -> CachedStore:
    """The store as machine A sees it."""
    return machine(tmp_path / "a")


@pytest.fixture
def b(s3: S3, tmp_path: Path) -> CachedStore:
    """The store as machine B sees it."""
    return machine(tmp_path / "b")


@pytest.fixture
def session(store: Database) -> Iterator[Session]:
    with store.work() as opened:
        yield opened


def once(requested: Document, paper: Paper) -> PrintedPdf:
    return PRESSED


def never(requested: Document, paper: Paper) -> PrintedPdf:
    raise AssertionError("printed again")


def prints(folder: Path, name: str, url: str = "", dies_after: int = 0) -> "subprocess.Popen[str]":
    command = [sys.executable, "-W", "error", "-c", PRINTS, str(folder), name, url, str(dies_after)]
    return subprocess.Popen(command, env=os.environ | {"PYTHONPATH": str(ROOT)}, text=True)


def test_what_one_machine_printed_another_finds_and_then_has(a: CachedStore, b: CachedStore, s3: S3):
    stored = a.get_or_print(document(), Paper.A4, once)
    found = b.get_or_print(document(), Paper.A4, never)

    assert (found.key, found.content, found.headings) == (stored.key, stored.content, stored.headings)
    assert found.file == b.file(stored.key)
    assert found.file.read_bytes() == PRESSED.pdf
    assert found.fragment() == PRESSED.fragment
    s3.stop()
    assert b.find(stored.key) == found


def test_a_machine_knows_what_another_has_without_fetching_it(a: CachedStore, b: CachedStore):
    key = a.key(document(), Paper.A4)
    assert not b.has(key)
    a.get_or_print(document(), Paper.A4, once)
    assert b.has(key)
    assert not b.file(key).exists()


def test_many_documents_are_fetched_together(a: CachedStore, b: CachedStore):
    keys = [a.get_or_print(document(title=f"Number {at}"), Paper.A4, once).key for at in range(60)]
    b.get_or_print(document(title="Number 0"), Paper.A4, never)
    assert list(b.find_all([*keys, "0" * 64])) == keys


def test_four_machines_that_want_the_same_documents_print_each_once(s3: S3, postgresql: Database, tmp_path: Path):
    running = [prints(tmp_path, name, postgresql.url) for name in "abcd"]
    assert [process.wait(300) for process in running] == [0] * 4
    assert sorted((tmp_path / "printed").read_text().split()) == sorted([*"0123", *["Number"] * 4])
    assert len(s3.objects()) == 4 * 3
    for name in "abcd":
        assert len(list((tmp_path / name).rglob("*.pdf"))) == 4


@pytest.mark.slow("starts and kills processes at several points")
@pytest.mark.parametrize("writes", [1, 3])
def test_a_machine_killed_in_the_middle_of_handing_over_leaves_nothing_half(
    s3: S3, a: CachedStore, b: CachedStore, tmp_path: Path, writes: int
):
    assert prints(tmp_path, "a", dies_after=writes).wait(300) == -signal.SIGKILL
    half = a.key(document(title=f"Number {writes // 2}"), Paper.A4)
    assert {Path(name).suffix for name in s3.objects(half[:2]) if half in name} == {".json", ".fragment"}
    assert a.find(half) is None
    assert b.find(half) is None

    assert prints(tmp_path, "a").wait(300) == 0
    assert b.find(half).content == a.find(half).content


def test_while_the_bucket_is_away_nothing_is_taken_for_printed(a: CachedStore, b: CachedStore, s3: S3):
    s3.stop()
    with pytest.raises(BucketUnavailable, match="does not answer"):
        a.get_or_print(document(), Paper.A4, once)
    with pytest.raises(BucketUnavailable):
        a.keep(a.key(document(), Paper.A4), "sample", PRESSED)
    assert not a.file(a.key(document(), Paper.A4)).exists()
    s3.start()
    a.get_or_print(document(), Paper.A4, once)
    b.get_or_print(document(), Paper.A4, never)


@pytest.mark.parametrize("suffix", [".pdf", ".fragment", ".json"])
def test_a_damaged_object_is_not_served_but_printed_again(
    a: CachedStore, b: CachedStore, s3: S3, tmp_path: Path, suffix: str
):
    stored = a.get_or_print(document(), Paper.A4, once)
    a.bucket.write({f"{stored.key[:2]}/{stored.key}{suffix}": b"{}"})

    assert b.find_all([stored.key]) == {}
    assert not b.file(stored.key).exists()
    again = b.get_or_print(document(), Paper.A4, once)
    assert again.file.read_bytes() == PRESSED.pdf
    assert machine(tmp_path / "c").get_or_print(document(), Paper.A4, never).content == stored.content


def test_what_the_bucket_lost_is_handed_over_again_by_who_has_it(a: CachedStore, b: CachedStore, s3: S3):
    stored = a.get_or_print(document(), Paper.A4, once)
    a.bucket.remove(s3.objects())
    assert b.find(stored.key) is None
    a.share(stored.key)
    assert b.find(stored.key).content == stored.content


def test_verify_looks_at_the_objects_and_at_what_lies_here(a: CachedStore, s3: S3, session: Session):
    row = a.ensure(session, document(), Paper.A4, once)
    assert a.verify(session) == ()
    a.file(row.key).write_bytes(b"x")
    assert a.verify(session) == (f"The file of sample {row.key[:12]} has another size than was printed.",)
    a.bucket.write({f"{row.key[:2]}/{row.key}.pdf": b"x" * row.size})
    a.bucket.remove([f"{row.key[:2]}/{row.key}.fragment"])
    faults = a.verify(session)
    assert f"The file of sample {row.key[:12]} in the bucket has other bytes than were printed." in faults
    assert f"The fragment file beside sample {row.key[:12]} in the bucket is missing." in faults
    a.bucket.remove([f"{row.key[:2]}/{row.key}.pdf"])
    assert f"The file of sample {row.key[:12]} in the bucket is missing." in a.verify(session)


def test_prune_takes_it_out_of_the_bucket_and_a_sweep_out_of_the_other_machines(
    a: CachedStore, b: CachedStore, s3: S3, session: Session
):
    rows = {title: a.ensure(session, document(title=title), Paper.A4, once) for title in ("old", "used", "new")}
    stored = b.get_or_print(document(title="old"), Paper.A4, never)
    b.get_or_print(document(title="used"), Paper.A4, never)
    for title in ("old", "used"):
        rows[title].created_at = now() - timedelta(days=31)
    dry = a.prune(session, {rows["used"].key}, 30, dry=True)
    assert (dry.documents, len(s3.objects())) == (1, 9)
    assert a.prune(session, {rows["used"].key}, 30) == dry
    assert {Path(name).name.partition(".")[0] for name in s3.objects()} == {rows["used"].key, rows["new"].key}
    assert len(list_documents(session)) == 2
    assert not a.file(stored.key).exists()

    assert b.sweep() == 0  # what was put here in the last hour may be on its way there
    age(stored.file, modified=timedelta(hours=2))
    assert b.sweep() == 1
    assert b.find(stored.key) is None
    assert b.find(rows["used"].key)


def test_what_nobody_used_for_thirty_days_is_swept_from_a_machine_and_fetched_again(a: CachedStore, s3: S3):
    stored = a.get_or_print(document(), Paper.A4, once)
    age(stored.file, used=timedelta(days=31), modified=timedelta(days=40))
    a.find(stored.key)
    assert a.sweep() == 0  # it was just used
    age(stored.file, used=timedelta(days=31), modified=timedelta(days=40))
    assert a.sweep() == 1
    assert not a.file(stored.key).exists()
    assert a.get_or_print(document(), Paper.A4, never).key == stored.key
