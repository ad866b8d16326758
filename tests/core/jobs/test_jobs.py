"""A job is a row: written with its cause, held by one worker at a time, ended once."""

import errno
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select, update

from tests.core.jobs import chores
from tests.core.jobs.rows import job, lapse, lines, put, put_bare
from tests.support import make
from tests.support.servers.databases import Database
from workbench.accounts.audit import AuditRow
from workbench.core.jobs import run as job_run
from workbench.core.jobs import tables as job_tables
from workbench.core.jobs import tasks
from workbench.core.jobs.run import run_job
from workbench.core.jobs.tables import (
    JobRow,
    JobState,
    LeaseLost,
    claim,
    enqueue,
    finish,
    record_failure,
    record_progress,
    renew,
    sweep,
)
from workbench.core.storage.disk import DISK_FULL

assert chores  # the tasks of these tests are registered by their module


def test_a_job_runs_once_and_keeps_its_result(database: Database):
    number = put(database)

    assert run_job(database.work, number) is JobState.DONE
    assert run_job(database.work, number) is None

    done = job(database, number)
    assert (done.state, done.attempt, done.result, done.lease_until) == (JobState.DONE, 1, {"words": "hello"}, None)
    assert lines(database, "copied") == 1


def test_a_job_is_undone_with_its_cause(database: Database):
    with pytest.raises(ZeroDivisionError), database.write.begin() as session:
        number = enqueue(session, "test-copy", words="never")
        raise ZeroDivisionError
    with database.read() as session:
        assert session.get(JobRow, number) is None


def test_the_bell_rings_after_the_commit_and_never_without_one(database: Database):
    rung: list[tuple[int, float]] = []
    job_tables.notify_after_commit(database.write, lambda number, after, _: rung.append((number, after)))

    with database.write() as session:
        enqueue(session, "test-copy", words="dropped")
        session.rollback()
        assert rung == []
        first = enqueue(session, "test-copy", words="kept")
        second = enqueue(session, "test-copy", after=5, words="kept")
        assert rung == []
        session.commit()
        session.commit()

    assert rung == [(first, 0), (second, 5)]


def test_two_workers_never_hold_one_job(database: Database):
    number = put(database)
    with database.work.begin() as one:
        assert claim(one, number).attempt == 1
    with database.work.begin() as two:
        assert claim(two, number) is None


def test_a_job_that_is_not_due_waits(database: Database):
    number = put(database, after=60)
    assert run_job(database.work, number) is None
    assert job(database, number).state == JobState.QUEUED


def test_many_small_changes_end_in_one_run_with_the_last_words(database: Database):
    numbers = {
        put(database, key="draft:7", after=after, words=words) for after, words in ((1, "a"), (1, "b"), (0, "c"))
    }

    assert len(numbers) == 1
    assert run_job(database.work, numbers.pop()) is JobState.DONE
    with database.read() as session:
        assert session.scalars(select(AuditRow.key)).all() == ["c"]


def test_a_key_asked_for_again_waits_longer(database: Database):
    number = put(database, key="draft:7")
    assert put(database, key="draft:7", after=60) == number
    assert run_job(database.work, number) is None


def test_a_change_while_the_job_runs_is_not_forgotten(database: Database):
    first = put(database, key="draft:7")
    with database.work.begin() as session:
        claim(session, first)
    second = put(database, key="draft:7", words="newer")
    assert second != first
    assert run_job(database.work, second) is JobState.DONE


def test_other_keys_and_other_tasks_are_other_jobs(database: Database):
    assert len({put(database, key="a"), put(database, key="b"), put(database), put(database)}) == 4


def test_a_worker_that_lost_its_lease_stores_nothing_after_another_one_finished(database: Database):
    number = put(database)
    with database.work.begin() as session:
        paused = claim(session, number)
    lapse(database, number)
    assert run_job(database.work, number) is JobState.DONE

    with pytest.raises(LeaseLost), database.work.begin() as session:
        session.add(AuditRow(act="copied", thing="words", key="zombie", detail={}))
        finish(session, paused)
    with pytest.raises(LeaseLost), database.work.begin() as session:
        renew(session, paused)
    with pytest.raises(LeaseLost), database.work.begin() as session:
        record_failure(session, paused, "too late")

    assert lines(database, "copied") == 1
    assert job(database, number).attempt == 2


@pytest.mark.parametrize(
    ("write", "options"),
    [
        (renew, {}),
        (record_progress, {"progress": 9, "total": 10}),
        (finish, {"result": {"words": "of the first attempt"}}),
        (record_failure, {"reason": "too late"}),
        (record_failure, {"reason": "the disk was full", "transient": True}),
    ],
)
def test_a_worker_that_lost_its_lease_changes_nothing_while_another_one_works(
    database: Database, write: Callable[..., None], options: dict[str, object]
):
    number = put(database)
    with database.work.begin() as session:
        first = claim(session, number)
    lapse(database, number)
    with database.work.begin() as session:
        second = claim(session, number)
    before = make.all_rows(database)

    with (
        pytest.raises(LeaseLost, match=rf"Job {number} is no longer held by attempt 1"),
        database.work.begin() as session,
    ):
        write(session, first, **options)
    with pytest.raises(LeaseLost), database.work.begin() as session:
        write(session, replace(first, transient_failures=-9), **options)  # its last attempt, which would fail for good

    assert make.all_rows(database) == before
    with database.work.begin() as session:
        finish(session, second, {"words": "of the second attempt"})
    assert job(database, number).result == {"words": "of the second attempt"}


def test_a_failed_attempt_is_tried_three_times_and_then_says_why(database: Database):
    number = put(database, "test-fail")

    states = []
    for _ in range(3):
        states.append(run_job(database.work, number))
        if states[-1] is JobState.RUNNING:
            assert run_job(database.work, number) is None  # it rests before it is tried again
            lapse(database, number)

    assert states == [JobState.RUNNING, JobState.RUNNING, JobState.FAILED]
    failed = job(database, number)
    assert (failed.state, failed.attempt, failed.error) == (JobState.FAILED, 3, "LookupError: no hello here")
    assert lines(database, "failed") == 0  # nothing of a failed attempt is stored
    assert run_job(database.work, number) is None


def test_attempts_that_fail_of_a_full_disk_do_not_count(database: Database, monkeypatch: pytest.MonkeyPatch):
    def full(*_: object, **__: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    number = put(database, "test-fail")
    for _ in range(4):
        with monkeypatch.context() as for_now:
            for_now.setitem(tasks.TASKS, "test-fail", full)
            assert run_job(database.work, number) is JobState.RUNNING
        assert job(database, number).error == DISK_FULL
        assert run_job(database.work, number) is None  # it waits for room
        lapse(database, number)

    states = []
    for _ in range(3):
        states.append(run_job(database.work, number))
        if states[-1] is JobState.RUNNING:
            lapse(database, number)
    assert states == [JobState.RUNNING, JobState.RUNNING, JobState.FAILED]
    failed = job(database, number)
    assert (failed.attempt, failed.transient_failures, failed.error) == (7, 4, "LookupError: no hello here")


def test_a_task_that_nobody_knows_fails_with_its_name(database: Database):
    number = put(database, "test-unknown")
    for _ in range(3):
        run_job(database.work, number)
        if job(database, number).state == JobState.RUNNING:
            lapse(database, number)
    assert job(database, number).error == "KeyError: 'test-unknown'"


def test_the_sweep_names_what_nobody_holds(database: Database):
    lost = put(database)
    later_on = put(database, after=60)
    claimed = put(database)
    dead = put(database)
    for number in (claimed, dead):
        with database.work.begin() as session:
            claim(session, number)
    lapse(database, dead)
    with database.write.begin() as session:
        session.get_one(JobRow, lost).offered_at = datetime(2020, 1, 1, tzinfo=UTC)
        session.get_one(JobRow, dead).offered_at = datetime(2019, 1, 1, tzinfo=UTC)

    with database.write.begin() as session:
        assert set(sweep(session)) == {lost, dead}
    with database.write.begin() as session:
        assert sweep(session) == {}  # offered a moment ago
    with database.write.begin() as session:
        assert set(sweep(session, everything=True)) == {lost, dead}
    assert later_on not in {lost, dead}


def test_a_worker_that_has_just_started_is_offered_everything_that_waits(database: Database):
    waiting = {put(database), put(database)}
    with database.write.begin() as session:
        assert sweep(session) == {}
    with database.write.begin() as session:
        assert set(sweep(session, everything=True)) == waiting


def test_a_job_that_kills_its_worker_three_times_is_given_up(database: Database):
    number = put(database)
    for _ in range(3):
        with database.work.begin() as session:
            assert claim(session, number)
        lapse(database, number)

    with database.write.begin() as session:
        assert sweep(session, everything=True) == {}
    failed_job = job(database, number)
    assert (failed_job.state, failed_job.error) == (
        JobState.FAILED,
        "The worker stopped in the middle of this, three times.",
    )


def test_how_far_a_job_is_can_be_read_while_it_runs(database: Database, tmp_path):
    seen = []

    @tasks.task("test-peek")
    def peek(session):
        job_run.report(session, 3, 8)
        with database.read() as other:
            row = other.scalars(select(JobRow)).one()
            seen.append((row.state, row.progress, row.total))

    try:
        number = put_bare(database, "test-peek")
        assert run_job(database.work, number) is JobState.DONE
    finally:
        del tasks.TASKS["test-peek"]
    assert seen == [(JobState.RUNNING, 3, 8)]


def test_a_job_may_let_go_of_what_it_read_before_it_thinks(database: Database):
    @tasks.task("test-think")
    def think(session):
        session.scalars(select(JobRow)).all()
        session.rollback()
        session.execute(update(JobRow).values(progress=5))
        return {"thought": True}

    try:
        number = put_bare(database, "test-think")
        assert run_job(database.work, number) is JobState.DONE
    finally:
        del tasks.TASKS["test-think"]
    row = job(database, number)
    assert (row.progress, row.result, row.error) == (5, {"thought": True}, "")


def test_a_long_job_keeps_its_lease_by_its_heartbeat(database: Database, tmp_path):
    short = timedelta(seconds=0.6)
    number = put(database, "test-slow", folder=str(tmp_path), steps=12)
    assert run_job(database.work, number, short) is JobState.DONE
    assert job(database, number).attempt == 1


def test_two_tasks_of_one_name_are_refused():
    with pytest.raises(ValueError, match="two tasks called test-copy"):
        tasks.task("test-copy")(print)


def test_why_the_newest_job_failed_is_told_until_another_is_put(database: Database):
    number = put(database, key="print")
    with database.write.begin() as session:
        session.execute(
            update(JobRow).where(JobRow.id == number).values(state=JobState.FAILED, error="It is not sound.")
        )

    with database.read() as session:
        assert job_tables.failure_reason(session, ("print", "other")) == "It is not sound."
        assert job_tables.failure_reason(session, ("other",)) == ""
    put(database, key="print")
    with database.read() as session:
        assert job_tables.failure_reason(session, ("print",)) == ""
