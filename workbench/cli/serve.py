"""Commands that keep running: the web server, a worker, or both under a supervisor."""

import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from types import FrameType
from typing import TYPE_CHECKING

import click

from workbench.cli.output import CommandFailed
from workbench.cli.params import RenamedOption, WholeNumberParam

if TYPE_CHECKING:
    from workbench.core.web.app import Workbench

START_TIMEOUT = 180.0
STOP_TIMEOUT = 10.0
MAX_QUICK_ENDS = 3
PARENT_CHECK_INTERVAL = 0.5
_SUPERVISOR_PID = "WORKBENCH_SUPERVISOR_PID"

host_option = click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
port_option = click.option(
    "--port", default=8000, show_default=True, type=WholeNumberParam(1, 65535), help="Port to listen on."
)
threads_option = click.option(
    "--threads", default=4, show_default=True, type=WholeNumberParam(1, 64), help="Requests served at the same time."
)
workers_option = click.option(
    "--packet-workers",
    cls=RenamedOption,
    old="--packet-hands",
    type=WholeNumberParam(1, 16),
    help="Worker threads that print packets.  [default: one per processor, at most 4]",
)


@click.command("run")
@host_option
@port_option
@threads_option
@workers_option
@click.option("--example", is_flag=True, help="Use a separate example company, signed in as its leader.")
def run_command(host: str, port: int, threads: int, packet_workers: int | None, *, example: bool) -> None:
    """Start the web server and one worker, and restart them if they stop."""
    if example:
        _use_example_data()
    os.environ.setdefault("WORKBENCH_BASE_URL", f"http://{_browser_host(host)}:{port}")
    _check_port_is_free(host, port)
    _prepare_database(example=example)
    web = ["web", "--host", host, "--port", str(port), "--threads", str(threads)]
    workers = ["--packet-workers", str(packet_workers)] if packet_workers else []
    supervisor = Supervisor({"web": _own_command(*web), "worker": _own_command("work", *workers)})
    supervisor.start()
    if not _wait_for_server(host, port, supervisor):
        supervisor.stop()
        raise CommandFailed("The web server did not start; see its messages above.")
    click.echo(f"The workbench is at {os.environ['WORKBENCH_BASE_URL']}/   (Ctrl+C stops it)")
    sys.exit(supervisor.run_until_stopped())


@click.command("web")
@host_option
@port_option
@threads_option
def web_command(host: str, port: int, threads: int) -> None:
    """Start the web server alone; start workers with `workbench work`."""
    from granian import Granian
    from granian.constants import Interfaces
    from granian.log import LogLevels

    _exit_with_parent(_read_supervisor_pid())
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
@workers_option
def work_command(packet_workers: int | None) -> None:
    """Start one worker: it prints documents and runs other jobs."""
    from workbench import worker
    from workbench.cli.admin import load_settings

    _exit_with_parent(_read_supervisor_pid())
    worker.work(load_settings(), threads=packet_workers)


def application() -> "Workbench":
    """Create the web application in a process of the web server."""
    from workbench.app import create_app
    from workbench.cli.admin import load_settings

    _exit_with_parent(os.getppid())
    return create_app(load_settings())


@dataclass(slots=True)
class Supervisor:
    """A set of programs that run side by side: a program that ends is restarted, and all end together."""

    programs: dict[str, list[str]]
    min_lifetime: float = 2.0
    running: dict[str, subprocess.Popen[bytes]] = field(default_factory=dict)
    started_at: dict[str, float] = field(default_factory=dict)
    quick_ends: Counter[str] = field(default_factory=Counter)
    stopping: bool = False

    def start(self) -> None:
        """Start every program and handle the signals that stop them."""
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, self._on_stop_signal)
        for name in self.programs:
            self._start_program(name)

    def run_until_stopped(self) -> int:
        """Keep the programs running until a signal; return the exit code: 1 if one cannot stay up."""
        steady = True
        while steady and not self.stopping:
            time.sleep(0.2)
            steady = self.restart_ended()
        self.stop()
        return 0 if steady else 1

    def restart_ended(self) -> bool:
        """Restart the programs that have ended; return False if one keeps ending as soon as it is started.

        A program may be killed by chance just after its start, so it is given up only after several quick ends in a row.
        """
        for name, process in list(self.running.items()):
            if process.poll() is None or self.stopping:
                continue
            quick = time.monotonic() - self.started_at[name] < self.min_lifetime
            self.quick_ends[name] = self.quick_ends[name] + 1 if quick else 0
            if self.quick_ends[name] >= MAX_QUICK_ENDS:
                click.echo(f"The {name} process stops as soon as it starts (code {process.returncode}).", err=True)
                return False
            click.echo(f"The {name} process ended (code {process.returncode}); starting it again.", err=True)
            self._start_program(name)
        return True

    def is_alive(self, name: str) -> bool:
        """Return whether a program is running."""
        return self.running[name].poll() is None

    def stop(self, patience: float = STOP_TIMEOUT) -> None:
        """Terminate every program, wait, and kill the ones that do not end."""
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

    def _start_program(self, name: str) -> None:
        # A session of its own, so that Ctrl+C reaches only us and we end the programs in order.
        environ = {**os.environ, _SUPERVISOR_PID: str(os.getpid())}
        self.running[name] = subprocess.Popen(self.programs[name], env=environ, start_new_session=True)  # noqa: S603 - ours
        self.started_at[name] = time.monotonic()

    def _on_stop_signal(self, number: int, frame: FrameType | None) -> None:
        self.stopping = True


def _own_command(*arguments: str) -> list[str]:
    return [sys.executable, "-m", "workbench", *arguments]


def _exit_with_parent(parent: int | None) -> None:
    """End this process when its parent is gone, also after kill -9: an orphan would keep the port."""
    if parent is None:
        return

    def watch() -> None:
        while os.getppid() == parent:
            time.sleep(PARENT_CHECK_INTERVAL)
        os.kill(os.getpid(), signal.SIGTERM)
        time.sleep(STOP_TIMEOUT)
        os._exit(1)

    threading.Thread(target=watch, name="watches the parent", daemon=True).start()


def _read_supervisor_pid() -> int | None:
    """Return the process id of the supervisor if `workbench run` started this process."""
    number = os.environ.get(_SUPERVISOR_PID)
    return int(number) if number else None


def _use_example_data() -> None:
    """Use a separate data folder for the example company, so that it never mixes with real data."""
    from workbench.cli.admin import load_settings

    for name in ("WORKBENCH_DATABASE_URL", "WORKBENCH_QUEUE_URL"):
        if os.environ.get(name):
            raise click.UsageError(f"--example uses a database of its own; unset {name}, or leave out --example.")
    os.environ["WORKBENCH_DATA"] = str(load_settings().data / "example")


def _prepare_database(*, example: bool) -> None:
    """Upgrade the database, and fill it once with the example company if wanted."""
    from workbench.cli import admin

    admin.upgrade_database()
    if example:
        admin.seed_if_empty()


def _browser_host(host: str) -> str:
    """Return the address for a browser on this machine."""
    if host in {"0.0.0.0", "::"}:  # noqa: S104 - compared, not bound
        return "127.0.0.1"
    return f"[{host}]" if ":" in host else host


def _check_port_is_free(host: str, port: int) -> None:
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as server:
        server.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            server.bind((host, port))
        except OSError as error:
            raise CommandFailed(
                f"Port {port} on {host} cannot be used ({error.strerror}). Choose another: --port {port + 1}"
            ) from None


def _wait_for_server(
    host: str, port: int, watch: Supervisor, patience: float = START_TIMEOUT, tick: Callable[[float], None] = time.sleep
) -> bool:
    """Wait until the web server accepts a connection; return False if it ended or time is up."""
    until = time.monotonic() + patience
    while time.monotonic() < until and watch.is_alive("web") and not watch.stopping:
        try:
            socket.create_connection((host, port), timeout=1).close()
        except OSError:
            tick(0.05)
        else:
            return True
    return False
