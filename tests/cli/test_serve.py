"""The commands that keep running: options, the supervisor, and a whole start in processes."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from urllib.request import urlopen

import pytest

from tests.cli.command import environ, workbench
from tests.support.servers.ports import free_port
from workbench.cli import serve
from workbench.cli.serve import Supervisor


@pytest.mark.parametrize("spelling", ["--packet-workers", "--packet-hands"])
@pytest.mark.parametrize("command", ["run", "work"])
def test_the_old_spelling_of_packet_workers_is_still_accepted_and_no_longer_shown(command: str, spelling: str):
    assert "a whole number from 1 to 16" in workbench(command, spelling, "99", code=2).stderr
    help_text = workbench(command, "--help").stdout
    assert "--packet-workers" in help_text
    assert "--packet-hands" not in help_text
    parsed = serve.work_command.make_context("work", [spelling, "3"])
    assert parsed.params == {"packet_workers": 3}


def test_a_program_that_ends_is_started_again_and_all_end_together(tmp_path: Path):
    script = (
        "import pathlib, sys, time; p = pathlib.Path(sys.argv[1]); p.write_text(p.read_text() + 'x'); time.sleep(60)"
    )
    files = {name: tmp_path / name for name in ("one", "two")}
    for file in files.values():
        file.write_text("")
    watch = Supervisor({name: [sys.executable, "-c", script, str(file)] for name, file in files.items()})
    watch.start()
    try:
        wait_for(lambda: all(file.read_text() == "x" for file in files.values()))
        watch.running["one"].kill()
        watch.running["one"].wait()
        assert watch.restart_ended()
        wait_for(lambda: files["one"].read_text() == "xx")
        assert files["two"].read_text() == "x"
    finally:
        watch.stop()
    assert not watch.is_alive("one")
    assert not watch.is_alive("two")


def test_a_program_that_cannot_stay_up_ends_the_watch(capsys: pytest.CaptureFixture[str]):
    watch = Supervisor({"web": [sys.executable, "-c", "raise SystemExit(3)"]}, min_lifetime=60)
    watch.start()
    assert watch.run_until_stopped() == 1
    told = capsys.readouterr().err
    assert told.count("The web process ended (code 3); starting it again.") == serve.MAX_QUICK_ENDS - 1
    assert told.count("The web process stops as soon as it starts (code 3).") == 1


@pytest.mark.parametrize("ending", [signal.SIGTERM, signal.SIGKILL], ids=["asked to", "killed"])
def test_run_serves_starts_its_worker_again_and_ends_with_everything(tmp_path: Path, ending: signal.Signals):
    port = str(free_port())
    command = [sys.executable, "-m", "workbench", "run", "--example", "--port", port]
    with subprocess.Popen(command, env=environ(), stdout=subprocess.PIPE, text=True, cwd=tmp_path) as process:
        assert process.stdout
        try:
            assert f"http://127.0.0.1:{port}/" in process.stdout.readline()
            worker = next(pid for pid in offspring(process.pid) if "work" in command_of(pid))
            os.kill(worker, signal.SIGKILL)
            wait_for(lambda: any("work" in command_of(pid) for pid in offspring(process.pid) if pid != worker))
            assert urlopen(f"http://127.0.0.1:{port}/", timeout=120).status == 200
            family = [*offspring(process.pid), *(pid for each in offspring(process.pid) for pid in offspring(each))]
        finally:
            process.send_signal(ending)
        assert process.wait(120) == (0 if ending is signal.SIGTERM else -signal.SIGKILL)
        wait_for(lambda: not any(command_of(pid) for pid in family))


def offspring(pid: int) -> list[int]:
    try:
        return [int(each) for each in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]
    except OSError:  # it ended a moment ago
        return []


def command_of(pid: int) -> list[str]:
    try:
        words = Path(f"/proc/{pid}/cmdline").read_text()
    except OSError:  # it is gone, or just going
        return []
    return words.split("\0") if words else []  # who ended and was not waited for has no words


def wait_for(happened, seconds: float = 120):
    until = time.monotonic() + seconds
    while not happened():
        assert time.monotonic() < until, "it did not happen"
        time.sleep(0.05)
