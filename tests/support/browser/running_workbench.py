"""The real workbench for journeys: web server and worker as their own programs, which can be killed and started again."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import closing, suppress
from pathlib import Path
from typing import Any

import pysqlite3

from tests.support.servers.ports import free_port

ROOT = Path(__file__).resolve().parents[3]
PATIENCE = 240.0  # seconds, also on a busy machine


class Running:
    """`workbench run --example` on a free port with a data folder of its own."""

    def __init__(self, folder: Path) -> None:
        self.port = free_port()
        self.site = f"http://127.0.0.1:{self.port}"
        self.folder = folder
        self.data = folder / "example"
        self.log = folder / "log"
        self.process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start everything, and wait until the web server responds."""
        environ = {**os.environ, "WORKBENCH_DATA": str(self.folder), "PYTHONUNBUFFERED": "1"}
        for name in ("WORKBENCH_DATABASE_URL", "WORKBENCH_QUEUE_URL", "WORKBENCH_BASE_URL"):
            environ.pop(name, None)
        command = [sys.executable, "-m", "workbench", "run", "--example", "--port", str(self.port)]
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                command, cwd=ROOT, env=environ, stdout=log, stderr=log, start_new_session=True
            )
        self.wait_for_answers()

    def wait_for_answers(self) -> None:
        """Wait until the web server accepts connections."""
        until(self._answers, f"the workbench to answer; its words: {self.words()[-2000:]}")

    def kill(self, *names: str) -> None:
        """End programs at once with kill -9, as a power cut would: `web`, `worker`, or everything when none is named.

        The supervisor starts again what was killed alone.
        """
        assert self.process is not None
        wanted = {"web": b"web", "worker": b"work"}
        groups = [self.group_of(wanted[name]) for name in names or wanted]
        if not names:
            self.process.kill()
            self.process.wait()
        for group in groups:
            with suppress(ProcessLookupError):
                os.killpg(group, signal.SIGKILL)
        if not names:
            until(lambda: not self._accepts_connections(), "the port to be free")

    def stop(self) -> None:
        """Stop everything in order."""
        if self.process and self.process.poll() is None:
            self.process.terminate()
            self.process.wait(PATIENCE)

    def group_of(self, word: bytes) -> int:
        """Find the process group of the web server or the worker that we started."""
        assert self.process is not None
        for place in Path("/proc").glob("[0-9]*"):
            with suppress(OSError):
                arguments = (place / "cmdline").read_bytes().split(b"\0")
                parent = int((place / "stat").read_text("utf-8").rpartition(")")[2].split()[1])
                if parent == self.process.pid and word in arguments:
                    return os.getpgid(int(place.name))
        raise LookupError(f"No {word.decode()} is running: {self.words()[-2000:]}")

    def words(self) -> str:
        """Return the log so far; the last character may be incomplete."""
        return self.log.read_text("utf-8", "replace") if self.log.exists() else ""

    def rows(self, question: str, *values: Any) -> list[tuple[Any, ...]]:
        """Return the rows of a query on the database file."""
        file = self.data / "workbench.db"
        with closing(pysqlite3.dbapi2.connect(f"file:{file}?mode=ro", uri=True, timeout=60)) as connection:
            return list(connection.execute(question, values))

    def at_rest(self) -> bool:
        """Return whether no job is queued or running."""
        return not self.rows("SELECT id FROM job WHERE state IN ('queued', 'running')")

    def _answers(self) -> bool:
        assert self.process is not None
        assert self.process.poll() is None, self.words()
        return self._accepts_connections()

    def _accepts_connections(self) -> bool:
        with suppress(OSError), socket.create_connection(("127.0.0.1", self.port), timeout=1):
            return True
        return False


def until(true: Callable[[], object], what: str, patience: float = PATIENCE) -> None:
    """Wait for something to become true. Raises AssertionError that names it."""
    end = time.monotonic() + patience
    while not true():
        assert time.monotonic() < end, f"We waited {patience:g} seconds for {what}"
        time.sleep(0.05)
