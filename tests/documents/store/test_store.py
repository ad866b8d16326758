"""The store: each document is printed once, is stored as a whole or not at all, and is found again."""

import hashlib
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from tests.support.make import SAMPLE, document
from workbench.core.clock import now
from workbench.core.db import Base, Mode, make_engine, sessions
from workbench.documents.model import AccessibilityFinding, Document, Paper, PdfHeading, PressFailed, PrintedPdf
from workbench.documents.store.store import Store
from workbench.documents.store.tables import DocumentRow, find_document, list_documents

ROOT = Path(__file__).resolve().parents[3]
PRESSED = PrintedPdf(
    b"%PDF-1.7 a print",
    2,
    (PdfHeading(1, "Łódź", 1), PdfHeading(2, "B", 2)),
    b"its parts",
    (AccessibilityFinding(2, "7.3", "No words."),),
)
PRINTS = """
import sys
from pathlib import Path
from tests.support.make import SAMPLE, document
from workbench.core.db import Mode, make_engine, sessions
from workbench.documents.model import Paper
from workbench.documents.press.press import press
from workbench.documents.store.store import Store

folder, count = Path(sys.argv[1]), int(sys.argv[2])
store = Store(folder / "store", SAMPLE)

def counted(wanted, paper):
    with (folder / "printed").open("a") as log:
        log.write(wanted.title + "\\n")
    return press(wanted, paper, folder=SAMPLE)

make = sessions(make_engine(f"sqlite:///{folder / 'rows.sqlite'}"), Mode.WORK)
print("ready", flush=True)
for at in range(count):
    sys.stdin.read(1)  # the test allows each document, so that it can kill the process before the last one
    with make.begin() as session:
        store.ensure(session, document("Some words. " * 40, title=f"Number {at}"), Paper.A4, counted)
    print(at, flush=True)
"""


@pytest.fixture
def engine(tmp_path: Path) -> Iterator[Engine]:
    engine = make_engine(f"sqlite:///{tmp_path / 'rows.sqlite'}")
    Base.metadata.create_all(engine, tables=[DocumentRow.__table__])
    yield engine
    engine.dispose()


@pytest.fixture
def session(engine: Engine) -> Iterator[Session]:
    with sessions(engine, Mode.WORK)() as opened:
        yield opened


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store(tmp_path / "store", SAMPLE)


def once(requested: Document, paper: Paper) -> PrintedPdf:
    return PRESSED


def never(requested: Document, paper: Paper) -> PrintedPdf:
    raise AssertionError("printed again")


def prints(folder: Path, count: int, stdin: int = subprocess.DEVNULL) -> "subprocess.Popen[str]":
    return subprocess.Popen(
        [sys.executable, "-c", PRINTS, str(folder), str(count)],
        env=os.environ | {"PYTHONPATH": str(ROOT)},
        stdin=stdin,
        stdout=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )


def test_a_document_is_printed_once_and_then_found(store: Store, session: Session):
    row = store.ensure(session, document(), Paper.A4, once)
    session.commit()
    again = store.ensure(session, document(), Paper.A4, never)
    assert again.key == row.key == store.key(document(), Paper.A4)
    assert (row.kind, row.pages, row.size, row.headings) == ("sample", 2, len(PRESSED.pdf), PRESSED.headings)
    assert row.findings == PRESSED.findings
    assert store.file(row.key).read_bytes() == PRESSED.pdf
    assert find_document(session, row.key) is row
    assert store.verify(session) == ()


def test_a_document_lies_under_the_first_digits_of_its_key(store: Store):
    stored = store.keep("ab" + "0" * 62, "sample", PRESSED)
    assert stored.file.relative_to(store.folder).as_posix() == "ab/ab" + "0" * 62 + ".pdf"
    assert store.find(stored.key) == stored
    assert (stored.headings, stored.findings) == (PRESSED.headings, PRESSED.findings)


def test_what_was_never_printed_is_not_found(store: Store, session: Session):
    assert store.find("0" * 64) is None
    assert find_document(session, "0" * 64) is None


def test_a_failed_print_leaves_nothing(store: Store, session: Session):
    def fails(requested: Document, paper: Paper) -> PrintedPdf:
        raise PressFailed("It cannot be laid out.")

    with pytest.raises(PressFailed):
        store.ensure(session, document(), Paper.A4, fails)
    assert list_documents(session) == ()
    assert list(store.folder.rglob("*.pdf")) == []
    assert store.ensure(session, document(), Paper.A4, once).pages == 2


def test_a_row_that_was_rolled_back_is_written_again_without_printing(store: Store, session: Session):
    store.ensure(session, document(), Paper.A4, once)
    session.rollback()
    assert list_documents(session) == ()
    store.ensure(session, document(), Paper.A4, never)
    session.commit()
    assert store.verify(session) == ()


def test_a_lost_file_is_printed_again(store: Store, session: Session):
    row = store.ensure(session, document(), Paper.A4, once)
    store.file(row.key).unlink()
    assert "missing" in store.verify(session)[0]
    store.ensure(session, document(), Paper.A4, once)
    assert store.verify(session) == ()


def test_verify_names_a_file_that_was_changed(store: Store, session: Session):
    row = store.ensure(session, document(), Paper.A4, once)
    store.file(row.key).write_bytes(b"x" * row.size)
    assert "other bytes" in store.verify(session)[0]
    store.file(row.key).write_bytes(b"x")
    assert "another size" in store.verify(session)[0]


def test_the_parts_of_a_document_are_kept_beside_it(store: Store, session: Session):
    stored = store.get_or_print(document(), Paper.A4, once)
    assert stored.fragment() == b"its parts"
    stored.file.with_suffix(".fragment").unlink()
    with pytest.raises(PressFailed, match="missing; print it again"):
        stored.fragment()


@pytest.mark.parametrize(
    ("suffix", "data", "words"),
    [
        (".fragment", b"other parts", "not those that were printed"),
        (".fragment", None, "fragment file beside sample"),
        (".json", None, "json file beside sample"),
        (".json", b"{", "cannot be read"),
    ],
)
def test_verify_looks_at_what_lies_beside(store: Store, session: Session, suffix: str, data: bytes | None, words: str):
    file = store.file(store.ensure(session, document(), Paper.A4, once).key).with_suffix(suffix)
    if data is None:
        file.unlink()
    else:
        file.write_bytes(data)
    (fault,) = store.verify(session)
    assert words in fault


def test_prune_takes_what_is_old_and_not_used(store: Store, session: Session):
    titles = ("old and used", "old", "new")
    rows = {title: store.ensure(session, document(title=title), Paper.A4, once) for title in titles}
    for title in titles[:2]:
        rows[title].created_at = now() - timedelta(days=31)
    used = {rows["old and used"].key}
    dry = store.prune(session, used, 30, dry=True)
    assert len(list_documents(session)) == 3
    assert (dry.documents, dry.size) == (1, sum(file.stat().st_size for file in beside(store, rows["old"].key)))
    assert store.prune(session, used, 30) == dry
    session.commit()
    assert {row.key for row in list_documents(session)} == {rows["old and used"].key, rows["new"].key}
    assert beside(store, rows["old"].key) == []
    assert store.verify(session) == ()
    assert store.ensure(session, document(title="old"), Paper.A4, once).pages == 2


def test_prune_takes_a_document_that_has_no_row_when_its_file_is_old(store: Store, session: Session):
    stored = store.keep("ab" + "0" * 62, "sample", PRESSED)
    assert store.prune(session, set(), 1).documents == 0
    long_ago = now().timestamp() - 2 * 86400
    os.utime(stored.file, (long_ago, long_ago))
    assert store.prune(session, {stored.key}, 1).documents == 0
    assert store.prune(session, set(), 1).documents == 1
    assert store.find(stored.key) is None


def beside(store: Store, key: str) -> list[Path]:
    return sorted(store.file(key).parent.glob(f"{key}.*"))


def test_two_threads_that_want_one_document_print_it_once(store: Store):
    printed = []

    def slowly(requested: Document, paper: Paper) -> PrintedPdf:
        printed.append(requested)
        time.sleep(0.2)
        return PRESSED

    threads = [threading.Thread(target=store.get_or_print, args=(document(), Paper.A4, slowly)) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(printed) == 1


def test_two_processes_that_want_the_same_documents_print_each_once(tmp_path: Path, engine: Engine, store: Store):
    with prints(tmp_path, 6) as one, prints(tmp_path, 6) as other:
        assert (one.wait(240), other.wait(240)) == (0, 0)
    assert sorted((tmp_path / "printed").read_text().split("\n")) == ["", *(f"Number {at}" for at in range(6))]
    with sessions(engine, Mode.READ)() as session:
        assert len(list_documents(session)) == 6
        assert store.verify(session) == ()


@pytest.mark.slow("starts and kills seven processes")
def test_a_process_killed_at_any_moment_leaves_each_document_whole_or_not_at_all(
    tmp_path: Path, engine: Engine, store: Store
):
    count, killed, done = 60, 0, 0
    for wait in (0.0, 0.013, 0.031, 0.057, 0.101, 0.17):
        with prints(tmp_path, count, subprocess.PIPE) as process:
            process.stdin.write("x" * (done + 8))
            process.stdin.flush()
            for _ in range(done + 2):
                process.stdout.readline()  # ready, what was there before, and one more
            time.sleep(wait)
            killed += process.poll() is None
            os.killpg(process.pid, signal.SIGKILL)
        with sessions(engine, Mode.READ)() as session:
            assert store.verify(session) == ()
        for file in store.folder.rglob("*.pdf"):
            assert hashlib.sha256(file.read_bytes()).hexdigest() == store.find(file.stem).content
        done = len(list(store.folder.rglob("*.pdf")))
    assert killed == 6
    with prints(tmp_path, count) as process:
        assert process.wait(240) == 0
    with sessions(engine, Mode.READ)() as session:
        rows = session.scalars(select(DocumentRow)).all()
        assert store.verify(session) == ()
    assert len(rows) == count
    assert {file.stem for file in store.folder.rglob("*.pdf")} == {row.key for row in rows}


def test_what_a_killed_process_left_is_swept_after_an_hour(store: Store):
    stored = store.keep("ab" + "0" * 62, "sample", PRESSED)
    old, new, alone = (stored.file.with_name(name) for name in (".old", ".new", f"{'ab' + '1' * 62}.json"))
    for file in (old, new, alone):
        file.write_bytes(b"half a print")
    long_ago = now().timestamp() - 7200
    for file in (old, alone, *beside(store, stored.key)):
        os.utime(file, (long_ago, long_ago))
    assert store.sweep() == 2
    assert not old.exists()
    assert not alone.exists()
    assert new.exists()
    assert len(beside(store, stored.key)) == 3


def test_what_somebody_prints_just_now_is_left_to_them(store: Store):
    requested = document()
    key = store.key(requested, Paper.A4)

    def in_hand(_wanted: Document, _paper: Paper) -> PrintedPdf:
        assert store.try_print(requested, Paper.A4, lambda *_: pytest.fail("It was printed twice."), key) is None
        return PRESSED

    assert not store.has(key)
    stored = store.try_print(requested, Paper.A4, in_hand, key)
    assert stored is not None
    assert store.has(key)
    assert store.try_print(requested, Paper.A4, lambda *_: pytest.fail("It is stored."), key) == stored
