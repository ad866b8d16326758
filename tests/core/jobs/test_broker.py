"""The queue takes a number as soon as its server is there again, and lets nobody wait for one that is mute."""

import logging
import os
import signal
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import text

from tests.support.servers import redis_server
from tests.support.servers.databases import Database
from tests.support.servers.redis_server import Redis
from workbench.core.jobs.broker import MessageBroker
from workbench.core.jobs.tasks import JobQueue


@pytest.fixture
def redis(tmp_path: Path) -> Iterator[Redis]:
    """A real Redis that can be killed and started again."""
    with redis_server.running(tmp_path) as server:
        yield server


def test_the_first_number_after_redis_came_back_is_taken(redis: Redis, caplog: pytest.LogCaptureFixture):
    with closing(MessageBroker(redis.url)) as broker:
        broker.notify(1)
        redis.kill()
        redis.start()
        broker.notify(2)
        assert broker.count_waiting() == 1, "the one from before went with the server"
    assert not caplog.records


def test_the_first_number_after_connections_were_cut_is_taken(postgresql: Database, caplog: pytest.LogCaptureFixture):
    with closing(MessageBroker(postgresql.url)) as broker:
        broker.notify(1)
        others = text(
            "SELECT pg_terminate_backend(pid, 60000) FROM pg_stat_activity "
            "WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )
        with postgresql.engine.begin() as connection:
            assert connection.execute(others).rowcount > 0
        broker.notify(2)
        assert broker.count_waiting() == 2
    assert not caplog.records


def test_a_server_that_is_away_is_told_of_and_nothing_more(redis: Redis, caplog: pytest.LogCaptureFixture):
    redis.kill()
    with closing(MessageBroker(redis.url)) as broker:
        broker.notify(7)
    assert [record.levelno for record in caplog.records] == [logging.WARNING]
    assert "did not take job 7" in caplog.text


def test_a_mute_server_is_waited_for_once(redis: Redis, caplog: pytest.LogCaptureFixture):
    assert redis.process
    tried: list[int] = []
    with closing(MessageBroker(redis.url)) as broker:
        broker.notify(1)
        send = broker._send[JobQueue.INTERACTIVE]

        def record(number: int) -> object:
            tried.append(number)
            return send(number)

        broker._send[JobQueue.INTERACTIVE] = record
        os.kill(redis.process.pid, signal.SIGSTOP)
        try:
            broker.notify(2)
        finally:
            os.kill(redis.process.pid, signal.SIGCONT)
    assert tried == [2]
    assert "did not take job 2" in caplog.text
