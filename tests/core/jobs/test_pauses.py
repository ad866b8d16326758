"""A worker that is paused holds nobody up, and goes on."""

from dataclasses import replace
from datetime import timedelta
from threading import Event
from time import sleep

import pytest
from sqlalchemy import select, text

from tests.core.jobs.rows import LEASE, job, lapse, put
from tests.support.servers.databases import Database
from workbench.core import db
from workbench.core.jobs import run as job_run
from workbench.core.jobs.tables import (
    JobRow,
    claim,
    finish,
    record_failure,
    renew,
)


@pytest.mark.parametrize(
    "write", [renew, finish, lambda session, claimed: record_failure(session, claimed, "no"), None]
)
def test_a_worker_paused_in_the_middle_of_a_write_holds_nobody_up(write, postgresql: Database, monkeypatch):
    monkeypatch.setattr(db, "IDLE_SECONDS", 3)  # longer than a busy machine lets us wait between two lines
    number = put(postgresql)
    with postgresql.write.begin() as session:
        claimed = claim(session, number, LEASE)
    lapse(postgresql, number)

    paused = postgresql.work()
    if write:
        write(paused, claimed)
    else:
        claim(paused, number)  # and nothing more is heard of it
    with postgresql.write.begin() as session:
        session.execute(text("SET LOCAL lock_timeout = '60s'"))
        assert claim(session, number, LEASE) == replace(claimed, attempt=2)
    with pytest.raises(db.UNREACHABLE, match="idle-in-transaction"):
        paused.execute(select(JobRow.id))
    paused.close()


def test_a_heart_beats_on_after_a_pause(postgresql: Database, monkeypatch):
    monkeypatch.setattr(db, "IDLE_SECONDS", 1)
    monkeypatch.setattr(job_run, "renew", pausing := Pausing(renew))
    number = put(postgresql)
    with postgresql.write.begin() as session:
        claimed = claim(session, number, LEASE)
    with job_run.heartbeat(postgresql.work, claimed, timedelta(seconds=0.6)):
        assert pausing.beaten_after.wait(120)
    assert job(postgresql, number).lease_until is not None


class Pausing:
    """The beat of a heart that stands still for two seconds in the middle of its first beat."""

    def __init__(self, beat):
        self.beat, self.beats, self.beaten_after = beat, 0, Event()

    def __call__(self, *arguments):
        self.beat(*arguments)
        self.beats += 1
        if self.beats == 1:
            sleep(2)
        else:
            self.beaten_after.set()
