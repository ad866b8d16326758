"""A pytest plugin with which each process of a run begins with its share of the long tests, so that none ends alone."""

import os
from itertools import groupby
from typing import TypeVar

import pytest

_Test = TypeVar("_Test")
_LONG = ("journey", "slow")  # the markers of long tests


def pytest_xdist_auto_num_workers() -> int:
    """Return two processes for each core: tests of browsers and of workers wait for much of their time."""
    return 2 * (os.cpu_count() or 1)


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Keep the tests of a file together, since they share fixtures, and deal the files."""
    files = [list(group) for _, group in groupby(items, key=lambda item: item.path)]
    long = [file for file in files if any(item.get_closest_marker(name) for item in file for name in _LONG)]
    short = [file for file in files if file not in long]
    processes = getattr(config, "workerinput", {}).get("workercount", 1)
    items[:] = deal(long, short, processes)


def deal(long: list[list[_Test]], short: list[list[_Test]], processes: int) -> list[_Test]:
    """Return all tests in an order whose equal shares, one for each process, begin with as many long tests each.

    pytest-xdist gives each process such a share first, and moves tests from the end of one to another later.
    """
    shares: list[list[_Test]] = [[] for _ in range(processes)]
    for file in long:
        min(shares, key=len).extend(file)
    rest = [test for file in short for test in file]
    count = sum(map(len, shares)) + len(rest)
    for at, share in enumerate(shares):
        room = max(0, count // (processes - at) - len(share))
        share.extend(rest[:room])
        del rest[:room]
        count -= len(share)
    return [test for share in shares for test in share] + rest
