"""Tries are counted once for all processes, in a window that ends."""

import threading

import pytest
from limits import parse
from limits.strategies import FixedWindowRateLimiter

from tests.support.servers.databases import Database
from workbench.core.web import limits
from workbench.core.web.limits import DatabaseStorage

FIVE = parse("5 per minute")


@pytest.fixture
def storage(database: Database) -> DatabaseStorage:
    return DatabaseStorage(engine=database.engine)


def test_the_sixth_try_is_one_too_many(storage):
    counter = FixedWindowRateLimiter(storage)
    assert [counter.hit(FIVE, "door", "lea") for _ in range(6)] == [True] * 5 + [False]
    assert counter.hit(FIVE, "door", "otto")


def test_a_minute_later_one_may_try_again(storage, monkeypatch):
    counter = FixedWindowRateLimiter(storage)
    for _ in range(6):
        counter.hit(FIVE, "door", "lea")
    now = limits._second()
    monkeypatch.setattr(limits, "_second", lambda: now + 61)
    assert counter.hit(FIVE, "door", "lea")
    assert counter.get_window_stats(FIVE, "door", "lea").remaining == 4


def test_two_processes_share_one_count(database):
    counters = [FixedWindowRateLimiter(DatabaseStorage(engine=database.engine)) for _ in range(2)]
    allowed = [counters[number % 2].hit(FIVE, "door", "lea") for number in range(8)]
    assert allowed.count(True) == 5


def test_no_try_is_lost_when_many_try_at_once(storage):
    def many() -> None:
        for _ in range(10):
            storage.incr("door", 60)

    threads = [threading.Thread(target=many) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert storage.get("door") == 40


def test_a_key_can_be_forgiven_and_all_of_them(storage):
    storage.incr("a", 60)
    storage.incr("b", 60)
    storage.clear("a")
    assert (storage.get("a"), storage.get("b")) == (0, 1)
    assert storage.get_expiry("b") > limits._second() + 50
    assert storage.reset() == 1
    assert storage.check()
