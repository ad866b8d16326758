"""A run of tests ends within its limit, names what hung, whatever the test hangs in, and lists slow tests."""

import os
import re
import subprocess
import sys
import textwrap
import time
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.support.browser.chromium import ARGUMENTS, find_chromium
from tests.support.browser.running_workbench import until

pytestmark = pytest.mark.slow("starts pytest in processes of its own")

ROOT = Path(__file__).resolve().parents[2]
WORKERS = ("-n2", "--dist=worksteal")  # as ./dev test has it
FINE = "\ndef test_fine():\n    pass\n"


@dataclass(frozen=True)
class Run:
    """A finished run of pytest: its exit status, its output and its seconds."""

    status: int
    output: str
    seconds: float


def run_tests(folder: Path, code: str, *options: str) -> Run:
    """Run `code` as two test files, the second one with a test that passes, with a deadline of two seconds a phase."""
    folder.joinpath("conftest.py").write_text('pytest_plugins = ["tests.support.deadlines", "tests.support.slow"]\n')
    folder.joinpath("pytest.ini").write_text("[pytest]\ntest_deadline = 2\ndeadline_grace = 2\n")
    folder.joinpath("test_first.py").write_text(textwrap.dedent(code) + FINE)
    folder.joinpath("test_second.py").write_text(FINE)
    environ = {name: value for name, value in os.environ.items() if not name.startswith(("PYTEST", "COV_"))}
    command = [sys.executable, "-m", "pytest", "-p", "no:randomly", "-p", "no:cacheprovider", *options, str(folder)]
    began = time.monotonic()
    done = subprocess.run(
        command,
        env=environ | {"PYTHONPATH": str(ROOT)},
        cwd=folder,
        capture_output=True,
        text=True,
        timeout=200,
        check=False,
    )
    return Run(done.returncode, done.stdout + done.stderr, time.monotonic() - began)


def outcomes(run: Run) -> str:
    """Return the counts of pytest's last line."""
    found = re.search(r"^=* ?(\d+ [a-z]+(?:, \d+ [a-z]+)*) in [\d.]+s", run.output, re.MULTILINE)
    return found[1] if found else ""


def test_a_hang_in_python_fails_its_test_and_the_run_goes_on(tmp_path: Path) -> None:
    run = run_tests(tmp_path, "def test_hangs():\n    while True:\n        pass\n", *WORKERS)
    assert run.status == 1, run.output
    assert outcomes(run) == "1 failed, 2 passed", run.output
    assert "The call of test_first.py::test_hangs took over 2 seconds." in run.output
    assert run.output.index("FAILED test_first.py::test_hangs") < run.output.index("short test summary info")


def test_a_hang_that_swallows_errors_is_ended_all_the_same(tmp_path: Path) -> None:
    code = """
        import time
        def test_hangs():
            for _ in range(1):
                try:
                    time.sleep(100)
                except BaseException:
                    time.sleep(100)
    """
    run = run_tests(tmp_path, code, *WORKERS, "-o", "deadline_grace=30")
    assert outcomes(run) == "1 failed, 2 passed", run.output
    assert "The call of test_first.py::test_hangs took over 2 seconds." in run.output


@pytest.mark.parametrize("phase", ["set-up", "tear-down"])
def test_a_fixture_that_hangs_is_named_by_its_test(tmp_path: Path, phase: str) -> None:
    code = f"""
        import pytest, time
        @pytest.fixture
        def slow():
            time.sleep({100 if phase == "set-up" else 0})
            yield
            time.sleep(100)
        def test_hangs(slow):
            pass
    """
    run = run_tests(tmp_path, code, "-n0")
    assert run.status == 1, run.output
    assert f"The {phase} of test_first.py::test_hangs took over 2 seconds." in run.output
    assert "1 error" in outcomes(run), run.output


@pytest.mark.journey
def test_a_hang_in_the_event_loop_of_playwright_leaves_the_browser_fit_for_the_next_test(tmp_path: Path) -> None:
    code = f"""
        import pytest
        from playwright.sync_api import sync_playwright

        @pytest.fixture(scope="session")
        def browser():
            with sync_playwright() as playwright:
                started = playwright.chromium.launch(executable_path={find_chromium()!r}, args={ARGUMENTS!r})
                yield started
                started.close()

        @pytest.fixture
        def page(browser):
            context = browser.new_context()
            yield context.new_page()
            context.close()

        @pytest.mark.deadline(60)
        def test_before(page):
            page.set_content("<p>before</p>")

        @pytest.mark.deadline(15)
        def test_hangs(page):
            page.set_content("<p>hangs</p>")
            page.wait_for_function("window.never", timeout=0)

        @pytest.mark.deadline(60)
        def test_after(page):
            page.set_content("<p>after</p>")
            assert page.text_content("p") == "after"
    """
    run = run_tests(tmp_path, code, *WORKERS)
    assert run.status == 1, run.output
    assert outcomes(run) == "1 failed, 4 passed", run.output
    assert "The call of test_first.py::test_hangs took over 15 seconds." in run.output


def test_a_process_that_ends_is_replaced_and_its_test_has_failed(tmp_path: Path) -> None:
    code = """
        import os, subprocess, sys
        def test_dies():
            child = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(100)"], start_new_session=True)
            with open("child", "w") as file:
                file.write(str(child.pid))
            os._exit(3)
    """
    run = run_tests(tmp_path, code, *WORKERS)
    assert run.status == 1, run.output
    assert outcomes(run) == "1 failed, 2 passed", run.output
    assert "crashed while running 'test_first.py::test_dies'" in run.output
    child = Path("/proc") / (tmp_path / "child").read_text()
    until(lambda: not child.exists() or " Z " in (child / "stat").read_text(), "the child to be ended")


# A lock that is taken twice. The call holds the interpreter, and the system restarts it after each signal.
BLOCKED = """
    import ctypes
    def test_hangs():
        mutex, lock = ctypes.create_string_buffer(64), ctypes.PyDLL(None).pthread_mutex_lock
        lock(mutex)
        lock(mutex)
"""


def test_a_hang_in_c_ends_its_worker_and_names_the_test(tmp_path: Path) -> None:
    run = run_tests(tmp_path, BLOCKED, *WORKERS)
    assert run.status == 1, run.output
    assert outcomes(run) == "1 failed, 2 passed", run.output
    assert "crashed while running 'test_first.py::test_hangs'" in run.output
    assert 'test_first.py", line 6 in test_hangs' in run.output


def test_a_hang_in_c_without_workers_ends_the_run_and_shows_where(tmp_path: Path) -> None:
    run = run_tests(tmp_path, BLOCKED, "-n0")
    assert run.status == 1, run.output
    assert "Timeout (0:00:04)" in run.output
    assert "in test_hangs" in run.output


def test_a_slow_test_is_listed_unless_it_says_why(tmp_path: Path) -> None:
    code = """
        import time, pytest
        def work():
            end = time.process_time() + 1.1
            while time.process_time() < end:
                pass
        def test_silent():
            work()
        @pytest.mark.slow("calculates for a second")
        def test_explained():
            work()
        def test_waits():
            time.sleep(1.1)
    """
    run = run_tests(tmp_path, code, *WORKERS, "-o", "test_deadline=60")
    assert outcomes(run) == "5 passed", run.output
    listed = run.output.partition("over a second of CPU time, without a reason")[2]
    assert [name for name in ("silent", "explained", "waits") if f"::test_{name}" in listed] == ["silent"]
