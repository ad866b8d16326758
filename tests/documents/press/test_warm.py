"""The warm worker process: the same print, ended at its limits, replaced when it dies, with nothing that it need not know."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.make import SAMPLE, document
from workbench.documents.model import AccessibilityFinding, Document, Paper, PressFailed
from workbench.documents.press.press import press, press_html
from workbench.documents.press.process import WorkerProcess
from workbench.documents.press.warm import WarmPress

pytestmark = pytest.mark.slow("starts worker processes that load WeasyPrint")

ROOT = Path(__file__).resolve().parents[3]
ENDLESS = "<p>" + "<span>a</span>" * 400_000


@pytest.fixture(scope="module")
def warm() -> Iterator[WarmPress]:
    with WarmPress(SAMPLE) as started:
        yield started


def heavy() -> Document:
    """Return a document that takes some twenty-five seconds."""
    return document(*["words " * 4000] * 100)


def test_the_child_prints_what_the_press_prints(warm: WarmPress):
    original = document("Some words, Łódź.", "More.", draft=True)
    assert warm.press(original, Paper.LETTER) == press(original, Paper.LETTER, folder=SAMPLE)


def test_the_child_tells_what_was_found_in_a_page(warm: WarmPress):
    page = '<html lang="en"><title>T</title><h1>A</h1><h3>B</h3>'
    head = {"paper": "a4", "words": "", "logos": [], "folder": str(SAMPLE)}
    answer, _ = warm.worker.request(head, page.encode())
    assert [AccessibilityFinding(*each) for each in answer["findings"]] == list(
        press_html(page, Paper.A4, folder=SAMPLE).findings
    )
    assert answer["findings"]


def test_a_failed_page_is_told_and_the_child_lives_on(warm: WarmPress):
    warm.press(document(), Paper.A4)
    before = warm.worker.pid
    head = {"paper": "a4", "words": "", "logos": [], "folder": str(SAMPLE)}
    with pytest.raises(PressFailed, match="not printed: http://example"):
        warm.worker.request(head, b'<img src="http://example.invalid/x.png">')
    warm.press(document(), Paper.A4)
    assert warm.worker.pid == before


def test_a_document_without_end_is_stopped_and_the_next_one_prints():
    with WarmPress(SAMPLE) as limited:
        limited.press(document(), Paper.A4)
        first, seconds = limited.worker.pid, limited.worker.seconds
        limited.worker.seconds = 2
        with pytest.raises(PressFailed, match="more than 2 seconds"):
            limited.press(heavy(), Paper.A4)
        limited.worker.seconds = seconds
        assert limited.press(document(), Paper.A4).pages == 1
        assert limited.worker.pid != first


def test_a_document_that_wants_too_much_memory_is_stopped_and_the_next_one_prints():
    with WarmPress(SAMPLE, seconds=180, memory=260 << 20) as limited:
        head = {"paper": "a4", "words": "", "logos": [], "folder": str(SAMPLE)}
        with pytest.raises(PressFailed, match=r"MemoryError|memory|ended 3 times"):
            limited.worker.request(head, ENDLESS.encode())
        assert limited.press(document(), Paper.A4).pages == 1


def test_a_child_killed_from_outside_is_replaced(warm: WarmPress):
    warm.press(document(), Paper.A4)
    os.kill(warm.worker.pid or 0, signal.SIGKILL)
    assert warm.press(document(), Paper.A4).pages == 1


def test_the_child_is_given_no_secret_and_no_database(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("WORKBENCH_DATABASE_URL", "postgresql://secret")
    monkeypatch.setenv("WORKBENCH_SECRET_KEY", "secret")
    with WarmPress(SAMPLE) as started:
        started.press(document(), Paper.A4)
        environment = Path(f"/proc/{started.worker.pid}/environ").read_bytes()
        open_files = {
            str(file.readlink()) for file in Path(f"/proc/{started.worker.pid}/fd").iterdir() if file.exists()
        }
    assert b"secret" not in environment
    assert not any("socket" in name or name.endswith(".sqlite") for name in open_files)


def test_nothing_is_left_behind_by_a_child():
    with WarmPress(SAMPLE) as started:
        started.press(document(), Paper.A4)
        folder = Path(started.worker._running.folder)
        assert any(folder.iterdir())
        pid = started.worker.pid
    assert not folder.exists()
    assert not Path(f"/proc/{pid}").exists()


def test_a_child_whose_parent_was_killed_goes_and_clears_up():
    source = """
from tests.support.make import SAMPLE, document
from workbench.documents.model import Paper
from workbench.documents.press.warm import WarmPress
warm = WarmPress(SAMPLE)
warm.press(document(), Paper.A4)
print(warm.worker.pid, warm.worker._running.folder, flush=True)
input()
"""
    parent = subprocess.Popen(
        [sys.executable, "-c", source],
        env=os.environ | {"PYTHONPATH": str(ROOT)},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    with parent:
        pid, folder = parent.stdout.readline().split()
        parent.kill()
    deadline = time.monotonic() + 120
    while time.monotonic() < deadline and (Path(f"/proc/{pid}").exists() or Path(folder).exists()):
        time.sleep(0.05)
    assert not Path(folder).exists()


def test_a_worn_child_is_replaced(warm: WarmPress):
    with WarmPress(SAMPLE) as started:
        started.worker.max_messages = 2
        started.press(document(), Paper.A4)
        first = started.worker.pid
        started.press(document(), Paper.A4)
        assert started.worker.pid != first
        assert started.press(document(), Paper.A4).pages == 1


def test_a_press_that_is_nice_lets_other_processes_go_first():
    with WarmPress(SAMPLE, nice=7) as started:
        started.press(document(), Paper.A4)
        assert started.worker.pid is not None
        assert os.getpriority(os.PRIO_PROCESS, started.worker.pid) == os.getpriority(os.PRIO_PROCESS, 0) + 7


def test_a_child_that_cannot_start_is_told_not_waited_for():
    broken = WorkerProcess("workbench.documents.nowhere:work", {}, seconds=1)
    try:
        with pytest.raises(PressFailed, match="ended 3 times"):
            broken.request({})
    finally:
        broken.close()


def test_a_child_that_takes_nothing_is_given_up_at_its_limit():
    stopped = WorkerProcess("workbench.documents.press.form_reader:work", {}, seconds=120)
    try:
        with pytest.raises(PressFailed, match="not a PDF"):
            stopped.request({}, b"no PDF")
        assert stopped.pid is not None
        os.kill(stopped.pid, signal.SIGSTOP)
        stopped.seconds = 2
        with pytest.raises(PressFailed, match="took more than 2 seconds"):
            stopped.request({}, bytes(1_000_000))  # more than a pipe holds
    finally:
        stopped.close()


def test_a_fork_of_the_parent_starts_its_own_child(warm: WarmPress):
    warm.press(document(), Paper.A4)
    ours = warm.worker.pid
    reader, writer = os.pipe()
    fork = os.fork()
    if fork == 0:
        try:
            warm.press(document(), Paper.A4)
            os.write(writer, str(warm.worker.pid).encode())
            warm.close()
        finally:
            os._exit(0)
    os.close(writer)
    with os.fdopen(reader) as pipe:
        theirs = pipe.read()
    os.waitpid(fork, 0)
    assert theirs
    assert theirs != str(ours)
    assert warm.press(document(), Paper.A4).pages == 1
    assert warm.worker.pid == ours
