"""A pytest plugin that reports tests of more than a second of CPU time that do not say why: `@pytest.mark.slow("why")`.

It reports and fails nothing: on a busy machine the same test takes up to twice its CPU time.
"""

import os
from collections.abc import Iterator

import pytest

MAX_CPU_SECONDS = 1.0  # of this process and of the ones that it started and waited for
_PROPERTY = "slow without a reason"


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", "slow(why): takes over a second of CPU time")
    if not hasattr(config, "workerinput"):
        config.pluginmanager.register(_SlowTests(), "slow-tests")


@pytest.hookimpl(wrapper=True)
def pytest_runtest_call(item: pytest.Item) -> Iterator[None]:
    started = _cpu_seconds()
    try:
        return (yield)
    finally:
        seconds = _cpu_seconds() - started
        explained = item.get_closest_marker("slow") or item.get_closest_marker("journey")
        if seconds > MAX_CPU_SECONDS and not explained:
            item.user_properties.append((_PROPERTY, seconds))


def _cpu_seconds() -> float:
    used = os.times()
    return used.user + used.system + used.children_user + used.children_system


class _SlowTests:
    """List the slow tests at the end of the run."""

    def __init__(self) -> None:
        self.found: dict[str, float] = {}

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        if report.when == "call":
            for name, value in report.user_properties:
                if name == _PROPERTY and isinstance(value, float):
                    self.found[report.nodeid] = value

    def pytest_terminal_summary(self, terminalreporter: pytest.TerminalReporter) -> None:
        if self.found:
            terminalreporter.section("over a second of CPU time, without a reason")
            for test, seconds in sorted(self.found.items(), key=lambda entry: -entry[1]):
                terminalreporter.write_line(f"{seconds:5.1f} s  {test}")
