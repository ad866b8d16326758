"""The long tests of a run are spread over its processes and come first, and no test is lost by it."""

import pytest

from tests.support.order import deal

LONG = [["walk 1", "walk 2"], ["print"], ["kill 1", "kill 2", "kill 3"]]
SHORT = [[f"{name} {number}" for number in range(9)] for name in "abc"]


@pytest.mark.parametrize("processes", [1, 2, 3, 4, 7])
def test_every_test_runs_once(processes: int):
    tests = [test for file in LONG + SHORT for test in file]
    assert sorted(deal(LONG, SHORT, processes)) == sorted(tests)


def test_each_process_begins_with_long_tests_and_files_stay_together():
    order = deal(LONG, SHORT, 3)
    shares = [order[:11], order[11:22], order[22:]]
    assert [share[: len(file)] for share, file in zip(shares, LONG, strict=True)] == LONG
    assert [test for share, file in zip(shares, LONG, strict=True) for test in share[len(file) :]] == [
        test for file in SHORT for test in file
    ]


def test_one_process_keeps_the_order_of_the_files():
    assert deal(LONG, SHORT, 1) == [test for file in LONG + SHORT for test in file]
