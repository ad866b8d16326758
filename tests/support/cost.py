"""What work costs, as a multiple of plain work: a ratio holds on a slow or busy machine, where seconds do not."""

from collections.abc import Callable
from math import inf
from resource import RUSAGE_CHILDREN, getrusage
from time import process_time


def cost(work: Callable[[], object], plain: Callable[[], object] | None = None, repeats: int = 9) -> float:
    """Return the processor time of some work, as a multiple of that for `plain` work, which is done in turn with it.

    Of each the shortest of several times counts, so that what else the machine does slows both alike. It includes the
    programs that the work starts and waits for. Without other `plain` work it is a few milliseconds of Python.
    """
    shortest = [inf, inf]
    for _ in range(repeats):
        for at, each in enumerate((work, plain or plain_work)):
            start = cpu_seconds()
            each()
            shortest[at] = min(shortest[at], cpu_seconds() - start)
    return shortest[0] / shortest[1]


def plain_work() -> dict[int, int]:
    """Add numbers up in a dictionary, as every interpreter does it."""
    sums: dict[int, int] = {}
    for number in range(50_000):
        sums[number % 97] = sums.get(number % 97, 0) + number
    return sums


def cpu_seconds() -> float:
    """Return the processor time of this process and of the ones that it started and waited for."""
    children = getrusage(RUSAGE_CHILDREN)
    return process_time() + children.ru_utime + children.ru_stime


def plain_seconds() -> float:
    """Return the processor time of plain work, to compare with what another process says it took."""
    shortest = inf
    for _ in range(9):
        start = cpu_seconds()
        plain_work()
        shortest = min(shortest, cpu_seconds() - start)
    return shortest
