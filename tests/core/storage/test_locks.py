"""Locks: one holder at a time on one machine or on all, free again when the holder dies, and no waiting for ever."""

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.support.servers.databases import Database
from workbench.core.storage.locks import KeyedLock, advisory_lock, file_lock

ROOT = Path(__file__).resolve().parents[3]
HOLDS = """
import sys, time
from pathlib import Path
from workbench.core.storage.locks import advisory_lock, file_lock

place, patience = sys.argv[1], 600
alone = advisory_lock(place, "test", patience) if "://" in place else file_lock(Path(place), patience)
with alone("ab" + "0" * 62):
    print("held", flush=True)
    time.sleep(600)
"""
KEY, OTHER = "ab" + "0" * 62, "cd" + "0" * 62


@pytest.fixture(params=["file", "database"])
def lock(request: pytest.FixtureRequest, tmp_path: Path) -> Callable[[float], KeyedLock]:
    """A lock of each kind that waits as long as is told."""
    return lambda patience=300: _new_lock(place(request, tmp_path), patience)


def _new_lock(kind: str, patience: float) -> KeyedLock:
    return advisory_lock(kind, "test", patience) if "://" in kind else file_lock(Path(kind), patience)


def place(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    if request.node.callspec.params["lock"] == "file":
        return str(tmp_path / "locks")
    database: Database = request.getfixturevalue("postgresql")
    return database.url


@pytest.fixture
def held(request: pytest.FixtureRequest, tmp_path: Path):
    """Another process that holds the lock of KEY."""

    @contextmanager
    def holding():
        command = [sys.executable, "-c", HOLDS, place(request, tmp_path)]
        with subprocess.Popen(command, env=os.environ | {"PYTHONPATH": str(ROOT)}, stdout=subprocess.PIPE) as process:
            process.stdout.readline()
            yield process
            process.kill()

    return holding


def test_of_many_who_want_it_one_at_a_time_is_in_there(lock):
    alone, inside, counts = lock(), [], []

    def enter() -> None:
        with alone(KEY):
            inside.append(1)
            counts.append(len(inside))
            time.sleep(0.05)
            inside.pop()

    threads = [threading.Thread(target=enter) for _ in range(5)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert counts == [1] * 5


def test_it_is_free_again_when_its_holder_is_killed(lock, held):
    alone, got = lock(), threading.Event()

    def enter() -> None:
        with alone(KEY):
            got.set()

    with held() as process:
        thread = threading.Thread(target=enter)
        thread.start()
        assert not got.wait(0.5)
        with alone(OTHER):
            assert not got.is_set()
        process.kill()
        assert got.wait(240)
        thread.join()


def test_nobody_waits_for_ever_on_a_holder_that_was_stopped(lock, held, caplog):
    with held() as process:
        os.kill(process.pid, signal.SIGSTOP)
        began = time.monotonic()
        with lock(0.4)(KEY):
            assert time.monotonic() - began >= 0.4
        os.kill(process.pid, signal.SIGCONT)
    assert "going on without waiting" in caplog.text


def test_whoever_does_not_wait_is_told_at_once_that_somebody_is_in_there(lock, held):
    with held() as process:
        with lock()(KEY, wait=False) as free:
            assert not free
        with lock()(OTHER, wait=False) as free:
            assert free
        process.kill()
        process.wait()
    with lock()(KEY) as free:  # the server needs a moment to notice
        assert free
    assert soon_free(lock())


def soon_free(alone: KeyedLock) -> bool:
    """Say whether who does not wait is let in, at once or when the server has noticed that the one before has gone."""
    end = time.monotonic() + 60
    while time.monotonic() < end:
        with alone(KEY, wait=False) as free:
            if free:
                return True
        time.sleep(0.02)
    return False
