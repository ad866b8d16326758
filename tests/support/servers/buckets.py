"""A real S3-compatible server for tests: it can be stopped, and started again with all it held."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from tests.support.servers.ports import free_port

NAME = "company"
_KEY, _SECRET = "workbench", "a secret of the tests"


@dataclass
class S3:
    """One server on a free port of this machine; `folder` holds its objects as files."""

    folder: Path
    port: int = 0
    process: "subprocess.Popen[bytes] | None" = None
    environ: dict[str, str] = field(default_factory=dict)

    @property
    def url(self) -> str:
        """The bucket, as WORKBENCH_FILES names it."""
        return f"s3://{NAME}/printed"

    def start(self) -> None:
        self.port = self.port or free_port()
        (self.folder / NAME).mkdir(parents=True, exist_ok=True)
        program = Path(sys.executable).with_name("rclone")
        command = [program, "serve", "s3", "--addr", f"127.0.0.1:{self.port}", "--auth-key", f"{_KEY},{_SECRET}"]
        command += ["--config", os.devnull]
        with (self.folder.parent / "s3.log").open("ab") as log:
            self.process = subprocess.Popen([*command, self.folder], stderr=log, stdout=log)
        self.environ = {
            "AWS_ACCESS_KEY_ID": _KEY,
            "AWS_SECRET_ACCESS_KEY": _SECRET,
            "AWS_ENDPOINT_URL": f"http://127.0.0.1:{self.port}",
            "AWS_DEFAULT_REGION": "us-east-1",
        }
        until = time.monotonic() + 120
        while True:
            try:
                socket.create_connection(("127.0.0.1", self.port), 1).close()
            except OSError:
                assert self.process.poll() is None, "the server ended"
                assert time.monotonic() < until, "the server did not start"
                time.sleep(0.02)
            else:
                return

    def stop(self) -> None:
        """Kill the server; its objects stay, and `start` serves them on the same port."""
        if self.process:
            self.process.kill()
            self.process.wait()
            self.process = None

    def objects(self, below: str = "") -> dict[str, Path]:
        """What lies in the bucket, by its name after `printed/`: to look at, for the server remembers what it saw."""
        root = self.folder / NAME / "printed"
        return {file.relative_to(root).as_posix(): file for file in sorted((root / below).rglob("*")) if file.is_file()}


@contextmanager
def served(folder: Path) -> Iterator[S3]:
    """Serve an empty bucket from a folder."""
    server = S3(folder / "s3")
    server.start()
    try:
        yield server
    finally:
        server.stop()
