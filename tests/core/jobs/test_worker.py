"""Real worker processes that are killed, paused and told to stop: each job still ends exactly once."""

import contextlib
import gc
import json
import os
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import asdict
from pathlib import Path

import pytest
from sqlalchemy import func, select, update
from sqlalchemy.exc import OperationalError

from tests.core.jobs import chores
from tests.support.servers import redis_server
from tests.support.servers.databases import Database
from tests.support.servers.stopping import stop
from workbench.accounts.audit import AuditRow
from workbench.core.clock import now
from workbench.core.jobs import tables as job_tables
from workbench.core.jobs.broker import MessageBroker
from workbench.core.jobs.tables import JobRow, JobState, enqueue
from workbench.core.jobs.tasks import JobQueue
from workbench.settings import Settings
from workbench.worker import TASKS, packet_workers

pytestmark = pytest.mark.slow("starts real workers")

ROOT = Path(__file__).resolve().parents[3]
assert chores  # the tasks of these tests are registered by their module


class Workers:
    """Worker processes of a test; whatever still runs at its end is killed."""

    def __init__(self, settings: Settings) -> None:
        self.settings_json = json.dumps({**asdict(settings), "data": str(settings.data)})
        self.running: list[subprocess.Popen[bytes]] = []

    def start(self) -> subprocess.Popen[bytes]:
        command = [sys.executable, "-W", "error", "-m", "tests.core.jobs.chores", self.settings_json]
        self.running.append(subprocess.Popen(command, cwd=ROOT, start_new_session=True))
        return self.running[-1]

    def end(self) -> None:
        for process in self.running:
            if process.poll() is None:
                os.killpg(process.pid, signal.SIGKILL)
            process.wait()


@pytest.fixture
def redis(tmp_path: Path) -> Iterator[str]:
    """The address of a real Redis."""
    with redis_server.running(tmp_path) as server:
        yield server.url


@pytest.fixture
def settings(database: Database) -> Settings:
    """The queue in a file beside SQLite, and in PostgreSQL beside PostgreSQL."""
    postgres = database.url.startswith("postgresql")
    return database.settings(**({"queue_url": database.url} if postgres else {}))


@pytest.fixture
def workers(settings: Settings) -> Iterator[Workers]:
    workers = Workers(settings)
    yield workers
    workers.end()


def put(database: Database, settings: Settings, name: str, after: float = 0, **payload: object) -> int:
    """Put a job as a web process does: the row, then the message."""
    with contextlib.closing(MessageBroker(settings.queue_url)) as queue:
        with database.write.begin() as session:
            number = enqueue(session, name, after=after, **payload)
        queue.notify(number, after, job_tables.queue_of(name))
    return number


def wait_for(reached: Callable[[], object], seconds: float = 240) -> None:
    until = time.monotonic() + seconds
    while not reached():
        assert time.monotonic() < until, "this took too long"
        time.sleep(0.05)


def pause(worker: subprocess.Popen[bytes], database: Database, settings: Settings) -> None:
    """Stop a worker between two of its writes: one that sleeps with a lock in its hand stops everybody."""
    while True:
        stop(worker.pid, group=True)
        try:
            with database.write.begin() as session:
                session.execute(select(func.count()).select_from(JobRow))
            with contextlib.closing(MessageBroker(settings.queue_url)) as queue:
                queue.count_waiting()
        except (OperationalError, sqlite3.OperationalError):
            os.killpg(worker.pid, signal.SIGCONT)
            time.sleep(0.05)
        else:
            return


def lapse(database: Database, number: int) -> None:
    """Let the lease of a worker that was killed or paused be over at once."""
    with database.write.begin() as session:
        session.execute(update(JobRow).where(JobRow.id == number).values(lease_until=now()))


def job(database: Database, number: int) -> JobRow:
    with database.read() as session:
        return session.get_one(JobRow, number)


def finished(database: Database, words: str = "hello") -> int:
    with database.read() as session:
        return session.scalar(select(func.count()).where(AuditRow.act == "finished", AuditRow.key == words))


def is_done(database: Database, number: int) -> bool:
    return job(database, number).state == JobState.DONE


def test_a_worker_killed_in_the_middle_ends_with_exactly_one_result(database, settings, workers, tmp_path):
    marker = tmp_path / "begun"
    first = workers.start()
    number = put(database, settings, "test-slow", words="hello", folder=str(tmp_path))
    wait_for(marker.exists)
    wait_for(lambda: job(database, number).progress)
    os.killpg(first.pid, signal.SIGKILL)
    first.wait()
    assert job(database, number).state == JobState.RUNNING
    assert finished(database) == 0

    lapse(database, number)
    workers.start()
    wait_for(lambda: is_done(database, number))

    assert finished(database) == 1
    assert job(database, number).attempt == 2
    assert len(set(marker.read_text().split())) == 2


def test_a_paused_worker_that_was_overtaken_stores_nothing(database, settings, workers, tmp_path):
    marker = tmp_path / "begun"
    first = workers.start()
    number = put(database, settings, "test-slow", words="hello", folder=str(tmp_path))
    wait_for(marker.exists)
    pause(first, database, settings)
    lapse(database, number)
    workers.start()
    wait_for(lambda: is_done(database, number))
    os.killpg(first.pid, signal.SIGCONT)

    after = put(database, settings, "test-slow", words="after", folder=str(tmp_path), steps=1)
    wait_for(lambda: is_done(database, after))
    # Nothing shall happen: the paused worker would need up to this long to store its result.
    time.sleep(1.5)

    assert finished(database) == 1
    assert job(database, number).attempt == 2


def test_a_worker_that_is_told_to_stop_finishes_what_it_holds(database, settings, workers, tmp_path):
    worker = workers.start()
    number = put(database, settings, "test-slow", words="hello", folder=str(tmp_path))
    wait_for((tmp_path / "begun").exists)
    worker.terminate()

    assert worker.wait(timeout=240) == 0
    assert is_done(database, number)
    assert finished(database) == 1


def test_a_job_whose_message_was_lost_is_found_by_the_sweep(database, settings, workers):
    with database.write.begin() as session:
        number = enqueue(session, "test-copy", words="no bell")
    workers.start()
    wait_for(lambda: is_done(database, number))
    assert job(database, number).result == {"words": "no bell"}


def test_a_job_put_off_runs_when_it_is_due(database, settings, workers):
    workers.start()
    begin = time.monotonic()
    number = put(database, settings, "test-copy", after=1.5, words="later")
    wait_for(lambda: is_done(database, number))
    assert time.monotonic() - begin >= 1.5
    assert job(database, number).attempt == 1


def test_what_somebody_waits_for_is_done_while_long_work_goes_on(database, settings, workers, tmp_path):
    workers.start()
    long = [put(database, settings, "test-held", folder=str(tmp_path)) for _ in range(4)]
    wait_for((tmp_path / "held").exists)

    for words in ("a", "b", "c"):
        short = put(database, settings, "test-copy", words=words)
        wait_for(lambda number=short: is_done(database, number))

    assert not any(is_done(database, number) for number in long)  # it takes as long as we like
    assert (tmp_path / "held").read_text().split() == ["begun"]  # one hand, and the others wait in their line
    (tmp_path / "go").touch()
    wait_for(lambda: all(is_done(database, number) for number in long))


def test_in_one_line_what_somebody_waits_for_would_stand_behind_long_work(
    database, settings, workers, tmp_path, monkeypatch
):
    monkeypatch.setattr(job_tables, "queue_of", lambda _: JobQueue.INTERACTIVE)
    with database.write.begin() as session:
        first = enqueue(session, "test-copy", words="no bell")
    workers.start()
    wait_for(lambda: is_done(database, first))  # found by its first sweep, which would put all that waits into its line
    long = put(database, settings, "test-held", folder=str(tmp_path))
    wait_for((tmp_path / "held").exists)
    short = put(database, settings, "test-copy", words="a")

    # Nothing shall happen: an interactive job with a queue of its own begins within a few hundredths of a second.
    time.sleep(0.5)
    assert not is_done(database, short)
    (tmp_path / "go").touch()
    wait_for(lambda: is_done(database, short) and is_done(database, long))


def test_a_web_process_knows_the_line_of_every_task(app):
    for module in TASKS:
        assert module in sys.modules
    assert {job_tables.queue_of(name) for name in ("press-draft", "press-edition")} == {JobQueue.INTERACTIVE}
    assert {job_tables.queue_of(name) for name in ("print-run", "print-part")} == {JobQueue.BATCH}


@pytest.mark.parametrize(("processors", "threads"), [(None, 1), (1, 1), (2, 2), (4, 4), (64, 4)])
def test_a_worker_prints_as_many_packets_as_it_has_processors_and_at_most_four(monkeypatch, processors, threads):
    monkeypatch.setattr(os, "cpu_count", lambda: processors)
    assert packet_workers() == threads


def test_redis_can_carry_the_numbers(redis, store):
    settings = store.settings(queue_url=redis)
    workers = Workers(settings)
    try:
        workers.start()
        immediate, postponed = (
            put(store, settings, "test-copy", words="a"),
            put(store, settings, "test-copy", 1, words="b"),
        )
        wait_for(lambda: is_done(store, immediate) and is_done(store, postponed))
    finally:
        workers.end()


def test_a_message_holds_a_number_and_nothing_that_can_be_run(store):
    queue = MessageBroker(store.settings().queue_url)
    queue.notify(7)
    stored = queue.queues[JobQueue.INTERACTIVE].storage.dequeue()
    queue.close()
    assert json.loads(stored)[3] == 7


def test_a_queue_that_is_let_go_leaves_no_connection_open(store):
    queue = MessageBroker(store.settings().queue_url)
    queue.notify(1)
    connections = [line.storage.conn for line in queue.queues.values()]
    del queue
    gc.collect()
    for connection in connections:
        with pytest.raises(sqlite3.ProgrammingError, match="closed"):
            connection.execute("SELECT 1")


def test_a_queue_that_is_away_delays_a_job_and_loses_nothing(store, caplog):
    queue = MessageBroker("redis://127.0.0.1:1/0")
    job_tables.notify_after_commit(store.write, queue.notify)
    with store.write.begin() as session:
        number = enqueue(session, "test-copy", words="kept")
    queue.close()
    assert job(store, number).state == JobState.QUEUED
    assert "the next sweep will find it" in caplog.text


def test_an_unknown_queue_is_named():
    with pytest.raises(ValueError, match="not “amqp:”"):
        MessageBroker("amqp://somewhere")
