"""A pytest plugin with which every run ends and names what failed, also when a test hangs or ends its process.

Each of set-up, call and tear-down has a deadline (`test_deadline` in pyproject.toml, or the marker `deadline`). When it
passes, a signal fails the test where it is and the run goes on. A call into C that no signal reaches is ended with its
whole process after `deadline_grace` more seconds; pytest-xdist then names the test and starts another process.
"""

import faulthandler
import os
import signal
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from types import FrameType
from typing import Any

import pytest

_LAST_SECONDS = 60.0  # for what a process does after its last test
_MAX_LINES = 60  # of a failure, when it happens; the summary at the end has all
_MAX_SWEEPS = 10  # a program that was found may just have started another
_REPEAT = 5.0  # seconds: a callback of an event loop, or the test itself, may have swallowed the first failure


class DeadlinePassed(pytest.fail.Exception):
    """A test that took too long; not an Exception, so that no test catches it by accident."""


_stderr = pytest.StashKey[int]()


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addini(
        "test_deadline", "seconds for each of set-up, call and tear-down of a test", type="float", default=300.0
    )
    parser.addini("deadline_grace", "seconds after the deadline until the process is ended", type="float", default=60.0)


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line(
        "markers", "deadline(seconds): the time for each of set-up, call and tear-down of this test"
    )
    config.stash[_stderr] = os.dup(2)  # pytest redirects the descriptor itself while a test runs
    if not hasattr(config, "workerinput"):
        config.pluginmanager.register(_Reporter(config), "failures-at-once")


@pytest.hookimpl(wrapper=True)
def pytest_runtest_setup(item: pytest.Item) -> Iterator[None]:
    with _deadline(item, "set-up"):
        return (yield)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_call(item: pytest.Item) -> Iterator[None]:
    with _deadline(item, "call"):
        return (yield)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_teardown(item: pytest.Item) -> Iterator[None]:
    with _deadline(item, "tear-down"):
        return (yield)


@pytest.hookimpl(trylast=True)
def pytest_sessionfinish(session: pytest.Session) -> None:
    """End this process if it does not end by itself: a thread or a program of a test may keep it."""
    _end_process_after(session.config, _LAST_SECONDS)


@contextmanager
def _deadline(item: pytest.Item, phase: str) -> Iterator[None]:
    marker = item.get_closest_marker("deadline")
    seconds = float(marker.args[0]) if marker else float(item.config.getini("test_deadline"))

    def fail(number: int, frame: FrameType | None) -> None:
        faulthandler.dump_traceback(file=2)  # into what pytest prints of this test
        raise DeadlinePassed(f"The {phase} of {item.nodeid} took over {seconds:g} seconds.")

    previous = signal.signal(signal.SIGALRM, fail)
    _end_process_after(item.config, seconds)
    signal.setitimer(signal.ITIMER_REAL, seconds, _REPEAT)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, previous)
        faulthandler.cancel_dump_traceback_later()


def _end_process_after(config: pytest.Config, seconds: float) -> None:
    grace = float(config.getini("deadline_grace"))
    faulthandler.dump_traceback_later(seconds + grace, exit=True, file=config.stash[_stderr])


class _Reporter:
    """Print each failure when it happens, and end what the processes of the tests left running."""

    def __init__(self, config: pytest.Config) -> None:
        self.config = config
        self.run = ""

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        terminal = self.config.pluginmanager.get_plugin("terminalreporter")
        if report.failed and terminal:
            lines = report.longreprtext.splitlines()
            terminal.write_line(f"\n\nFAILED {report.nodeid}", red=True)
            terminal.write_line("\n".join(lines[-_MAX_LINES:]))

    @pytest.hookimpl(optionalhook=True)
    def pytest_testnodeready(self, node: Any) -> None:
        self.run = node.workerinput["testrunuid"]

    @pytest.hookimpl(optionalhook=True)
    def pytest_testnodedown(self, node: Any, error: object) -> None:
        if error:
            end_processes(self.run, node.gateway.id)

    @pytest.hookimpl(trylast=True)
    def pytest_sessionfinish(self) -> None:
        if self.run:
            end_processes(self.run)


def end_processes(run: str, worker: str = "") -> None:
    """End every process that a run of pytest-xdist, or one worker of it, started: their environment names both."""
    names = {f"PYTEST_XDIST_TESTRUNUID={run}".encode()}
    if worker:
        names.add(f"PYTEST_XDIST_WORKER={worker}".encode())
    for _ in range(_MAX_SWEEPS):
        found = [place for place in Path("/proc").glob("[0-9]*") if names <= _environ(place)]
        if not found:
            return
        for place in found:
            with suppress(OSError):
                os.kill(int(place.name), signal.SIGKILL)


def _environ(place: Path) -> set[bytes]:
    with suppress(OSError):
        return set((place / "environ").read_bytes().split(b"\0"))
    return set()
