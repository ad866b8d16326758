"""Commands that stay running: the web server, a worker, or both under one watch."""

import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from types import FrameType
from typing import TYPE_CHECKING

import click

from workbench.cli.output import Refused

if TYPE_CHECKING:
    from workbench.core.web.app import Workbench

ANSWER_WITHIN = 180.0
PATIENCE = 10.0
ORPHANED_FOR = 0.5
_WATCHED_BY = "WORKBENCH_WATCHED_BY"

at_host = click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
at_port = click.option(
    "--port", default=8000, show_default=True, type=click.IntRange(1, 65535), help="Port to listen on."
)
with_threads = click.option(
    "--threads", default=4, show_default=True, type=click.IntRange(1, 64), help="Requests served at one time."
)
with_hands = click.option(
    "--packet-hands",
    type=click.IntRange(1, 16),
    help="Packets printed side by side.  [default: one for each processor, at most 4]",
)


@click.command("run")
@at_host
@at_port
@with_threads
@with_hands
@click.option("--example", is_flag=True, help="Use an example company of its own, signed in as its leader.")
def run_command(host: str, port: int, threads: int, packet_hands: int | None, *, example: bool) -> None:
    """Start the web server and one worker, and start again whichever stops."""
    if example:
        _use_the_example()
    os.environ.setdefault("WORKBENCH_BASE_URL", f"http://{_shown(host)}:{port}")
    _must_be_free(host, port)
    _prepare(example=example)
    web = ["web", "--host", host, "--port", str(port), "--threads", str(threads)]
    hands = ["--packet-hands", str(packet_hands)] if packet_hands else []
    watch = Watch({"web": _own(*web), "worker": _own("work", *hands)})
    watch.start()
    if not _answers(host, port, watch):
        watch.stop()
        raise Refused("The web server did not start; its words stand above.")
    click.echo(f"The workbench is at {os.environ['WORKBENCH_BASE_URL']}/   (Ctrl+C stops it)")
    sys.exit(watch.until_stopped())


@click.command("web")
@at_host
@at_port
@with_threads
def web_command(host: str, port: int, threads: int) -> None:
    """Start the web server alone; workers are started by `workbench work`."""
    from granian import Granian
    from granian.constants import Interfaces
    from granian.log import LogLevels

    _end_with(_watcher())
    server = Granian(
        "workbench.cli.serve:application",
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        factory=True,
        blocking_threads=threads,
        log_level=LogLevels.warning,
        websockets=False,
    )
    server.serve()


@click.command("work")
@with_hands
def work_command(packet_hands: int | None) -> None:
    """Start one worker: it prints documents and does what else takes time."""
    from workbench import worker
    from workbench.cli.admin import read

    _end_with(_watcher())
    worker.work(read(), threads=packet_hands)


def application() -> "Workbench":
    """Make the web application in a process of the web server."""
    from workbench.app import create_app
    from workbench.cli.admin import read

    _end_with(os.getppid())
    return create_app(read())


@dataclass(slots=True)
class Watch:
    """Programs that run side by side: one that ends is started again, and all end together."""

    programs: dict[str, list[str]]
    shortest_life: float = 2.0
    running: dict[str, subprocess.Popen[bytes]] = field(default_factory=dict)
    begun: dict[str, float] = field(default_factory=dict)
    stopping: bool = False

    def start(self) -> None:
        """Start every program and listen for the signals that end them."""
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, self._asked_to_stop)
        for name in self.programs:
            self._begin(name)

    def until_stopped(self) -> int:
        """Keep the programs running until a signal comes. Gives the exit code: 1 where one cannot stay up."""
        steady = True
        while steady and not self.stopping:
            time.sleep(0.2)
            steady = self.look()
        self.stop()
        return 0 if steady else 1

    def look(self) -> bool:
        """Start again what has ended; False where a program ended as soon as it was started."""
        for name, process in list(self.running.items()):
            if process.poll() is None or self.stopping:
                continue
            if time.monotonic() - self.begun[name] < self.shortest_life:
                click.echo(f"The {name} process stops as soon as it starts (code {process.returncode}).", err=True)
                return False
            click.echo(f"The {name} process ended (code {process.returncode}); starting it again.", err=True)
            self._begin(name)
        return True

    def alive(self, name: str) -> bool:
        """Say whether a program is running now."""
        return self.running[name].poll() is None

    def stop(self, patience: float = PATIENCE) -> None:
        """Ask every program to end, wait, and end by force what does not."""
        self.stopping = True
        for process in self.running.values():
            if process.poll() is None:
                process.terminate()
        until = time.monotonic() + patience
        for process in self.running.values():
            try:
                process.wait(max(0.1, until - time.monotonic()))
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()

    def _begin(self, name: str) -> None:
        # A session of its own, so that Ctrl+C reaches only us and we end the programs in order.
        environ = {**os.environ, _WATCHED_BY: str(os.getpid())}
        self.running[name] = subprocess.Popen(self.programs[name], env=environ, start_new_session=True)  # noqa: S603 - ours
        self.begun[name] = time.monotonic()

    def _asked_to_stop(self, number: int, frame: FrameType | None) -> None:
        self.stopping = True


def _own(*arguments: str) -> list[str]:
    return [sys.executable, "-m", "workbench", *arguments]


def _end_with(parent: int | None) -> None:
    """End this process when the one that started it is gone, also by kill -9: an orphan would keep the port."""
    if parent is None:
        return

    def watch() -> None:
        while os.getppid() == parent:
            time.sleep(ORPHANED_FOR)
        os.kill(os.getpid(), signal.SIGTERM)
        time.sleep(PATIENCE)
        os._exit(1)

    threading.Thread(target=watch, name="watches the parent", daemon=True).start()


def _watcher() -> int | None:
    """Give the number of the process that watches over this one, where `workbench run` started it."""
    number = os.environ.get(_WATCHED_BY)
    return int(number) if number else None


def _use_the_example() -> None:
    """Give the example company a data folder of its own, so that it never meets real people's data."""
    from workbench.cli.admin import read

    for name in ("WORKBENCH_DATABASE_URL", "WORKBENCH_QUEUE_URL"):
        if os.environ.get(name):
            raise click.UsageError(f"--example uses a database of its own; unset {name}, or leave out --example.")
    os.environ["WORKBENCH_DATA"] = str(read().data / "example")


def _prepare(*, example: bool) -> None:
    """Bring the database up to date, and fill it once where the example is wanted."""
    from workbench.cli import admin

    admin.upgrade()
    if example:
        admin.seed_once()


def _shown(host: str) -> str:
    """Write the address that a browser on this machine uses."""
    if host in {"0.0.0.0", "::"}:  # noqa: S104 - compared, not bound
        return "127.0.0.1"
    return f"[{host}]" if ":" in host else host


def _must_be_free(host: str, port: int) -> None:
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            raise Refused(
                f"Port {port} on {host} cannot be used ({error.strerror}). Choose another: --port {port + 1}"
            ) from None


def _answers(
    host: str, port: int, watch: Watch, patience: float = ANSWER_WITHIN, tick: Callable[[float], None] = time.sleep
) -> bool:
    """Wait until the web server takes a connection; False when it ended or time is up."""
    until = time.monotonic() + patience
    while time.monotonic() < until and watch.alive("web") and not watch.stopping:
        try:
            socket.create_connection((host, port), timeout=1).close()
        except OSError:
            tick(0.05)
        else:
            return True
    return False
