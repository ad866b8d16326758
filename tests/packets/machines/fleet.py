"""A fleet of real worker processes that print packets, and a test that decides where each of them stands still.

`python -m tests.packets.machines.fleet` is the nursery: it has imported everything and forks a worker for each line it reads.
A worker presses from a store of reference documents instead of laying out pages, so a run takes a second and its bytes
are real; everything else in it is the product.
"""

import json
import os
import signal
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import asdict, dataclass, field
from datetime import timedelta
from functools import wraps
from pathlib import Path
from typing import Any

from sqlalchemy import select, text

from tests.packets.machines.gates import Gate, stand_still, wait_for
from tests.packets.machines.mutants import MUTANTS
from tests.support.servers.databases import Database
from tests.support.servers.stopping import stop
from workbench.core import db
from workbench.core.jobs import run as job_run
from workbench.core.jobs import tables as job_tables
from workbench.core.jobs.broker import MessageBroker
from workbench.core.jobs.tables import JobRow, JobState
from workbench.core.jobs.tasks import TASKS, queue_of
from workbench.core.storage import locks
from workbench.documents.model import Document, Paper, PrintedPdf
from workbench.documents.press.process import WorkerProcess
from workbench.documents.store.store import Store
from workbench.documents.store.uses import keys_used_by
from workbench.packets import tables
from workbench.packets.model import RunRequest
from workbench.packets.run import linking as running
from workbench.packets.run import tasks
from workbench.packets.tables import PrintRunRow
from workbench.settings import Settings
from workbench.worker import work

LEASE = timedelta(seconds=9)  # a worker that a busy machine lets wait for six of them still holds what it holds
POISON = "Poison"  # a document about whom is named so kills the press
HERE = Path(__file__).resolve().parents[3]
_WITNESS = Path(__file__).with_name("witness.sql").read_text("utf-8")


class Fleet:
    """Workers on one PostgreSQL, one Redis and one folder of files, each with a working and a data folder of its own."""

    def __init__(
        self, database: Database, queue_url: str, folder: Path, mutant: str = "", files: Path | None = None
    ) -> None:
        self.database, self.queue_url, self.folder, self.mutant = database, queue_url, folder, mutant
        self.reference, self.files, self.gates = folder / "reference", files or folder / "files", folder / "gates"
        self.running: dict[int, str] = {}  # the process id of each worker, and the name that the database knows
        self.armed = 0
        for each in (self.files, self.gates):
            each.mkdir(parents=True, exist_ok=True)
        self.settings = database.settings(queue_url=queue_url, files=str(self.files))

    def start(self, nursery: "Nursery", count: int = 4) -> None:
        """Start workers."""
        for _ in range(count):
            name = f"worker-{len(list(self.folder.glob('worker-*'))) + 1}"
            data_folder = self.folder / name
            data_folder.mkdir()
            message = {**asdict(self.settings), "data": str(data_folder)}
            reported = {"name": name, "settings": message, "gates": str(self.gates), "reference": str(self.reference)}
            self.running[nursery.fork(reported | {"mutant": self.mutant})] = name

    def arm(self, point: str, *words: str) -> Gate:
        """Set up a gate for the first worker who comes by with all these words."""
        self.armed += 1
        return Gate(self.gates, self.armed, point).arm(*words)

    def put(self, person: int, request: RunRequest) -> int:
        """Queue a run, as the page does, and return its number."""
        with closing(MessageBroker(self.queue_url)) as queue:
            with self.database.write.begin() as session:
                row = tables.add_run(session, person, request)
                row.start(number := tasks.queue_run(session, row.id))
                run = row.id
            queue.notify(number, queue=queue_of("print-run"))
        return run

    def kill(self, worker: int, *, lapse: bool = True) -> None:
        """End a worker by kill -9, and wait until it is gone; unless they are to `lapse`, its leases go on."""
        name = self.running.pop(worker)
        os.kill(worker, signal.SIGKILL)
        wait_for(lambda: not _alive(worker))
        for left in (self.folder / name).glob("doing-*"):
            left.unlink()
        if lapse:
            self._lapse(name)

    def _lapse(self, name: str) -> None:
        """End the leases of a worker at once, because the test does not wait for them."""
        held = text(
            "UPDATE job SET lease_until = clock_timestamp() FROM holder WHERE job.state = 'running'"
            " AND holder.job = job.id AND holder.attempt = job.attempt AND holder.worker = :name"
        )
        with self.database.engine.begin() as connection:
            connection.execute(held, {"name": name})

    def pause(self, worker: int) -> None:
        """Stop a worker while it has no row locked, and end its leases: the silent ones are a case of their own."""
        writes = text(
            "SELECT count(*) FROM pg_stat_activity WHERE application_name = :name AND backend_xid IS NOT NULL"
        )
        name = self.running[worker]
        while True:
            stop(worker)
            with self.database.engine.connect() as connection:
                held = connection.scalar(writes, {"name": name})
            if not held:
                self._lapse(name)
                return
            os.kill(worker, signal.SIGCONT)
            time.sleep(0.02)

    def at_rest(self, worker: int | None = None) -> bool:
        """Say whether a worker, or any, has no job in hand; one that was overtaken goes on for a while."""
        name = self.running[worker] if worker else "worker-*"
        return not list(self.folder.glob(f"{name}/doing-*"))

    def end(self) -> None:
        """Kill every worker."""
        for worker in list(self.running):
            self.kill(worker, lapse=False)

    def run(self, number: int) -> PrintRunRow:
        """Read a run."""
        with self.database.read() as session:
            return session.get_one(PrintRunRow, number)

    def job(self, run: int) -> JobRow:
        """Read the job of a run."""
        with self.database.read() as session:
            return session.get_one(JobRow, session.get_one(PrintRunRow, run).job_id)

    def transient_failures(self, run: int) -> int:
        """Count the attempts of a run and its parts that failed of something that passes."""
        return sum(job.transient_failures for job in (self.job(run), *self.parts()))

    def parts(self) -> list[JobRow]:
        """Read the jobs of the parts of all runs."""
        with self.database.read() as session:
            return list(session.scalars(select(JobRow).where(JobRow.task == "print-part")))

    def presses(self) -> Counter[str]:
        """Count how often each document was asked of a press, by its title and key."""
        file = self.gates / "presses"
        return Counter(file.read_text("utf-8").splitlines()) if file.exists() else Counter()

    def ended(self, run: int) -> None:
        """Wait until a run has ended, and then until nobody prints any more."""
        over = (JobState.DONE, JobState.FAILED)
        wait_for(lambda: self.job(run).state in over)
        wait_for(lambda: all(job.state in over for job in self.parts()))
        wait_for(self.at_rest)

    def faults(self, run: int, digest: str, strikes: int = 0) -> list[str]:
        """Name everything that is not as it has to be after a run that was hit by so many faults."""
        return list(self._faults(run, digest, strikes))

    def _faults(self, run: int, digest: str, strikes: int) -> Iterator[str]:
        row, job = self.run(run), self.job(run)
        if not row.done_at or job.state != JobState.DONE:
            yield f"the run did not end: {job.state}, {job.error}"
        if row.digest != digest:
            yield "the files are not those that one process prints"
        folders = sorted(place.name for place in (self.files / "packets").glob(f"{run}-*"))
        if folders != [f"{run}-{digest[:16]}"]:
            yield f"there is not exactly one folder: {folders}"
        if left := [place.name for place in (self.files / "packets").glob(f".{run}-*")]:
            yield f"drafts of packets are left: {left}"
        for file in row.files:
            place = self.files / "packets" / row.folder / file["name"]
            if not place.is_file() or place.stat().st_size != file["size"]:
                yield f"{file['name']} is not as large as it was"
        yield from self._faults_of_documents(row, strikes)
        if job.attempt > 1 + strikes:
            yield f"{strikes} faults, and yet {job.attempt} attempts"
        with self.database.engine.connect() as connection:
            for who, what in connection.execute(text("SELECT writer, what FROM witness ORDER BY id")):
                yield f"an overtaken attempt wrote: {who}, {what}"

    def _faults_of_documents(self, row: PrintRunRow, strikes: int) -> Iterator[str]:
        store = Store(self.files / "documents")
        with self.database.read() as session:
            yield from store.verify(session)
            known = set(session.execute(text("SELECT key FROM document")).scalars())
            used = keys_used_by(session, "run", row.id)
        if lacking := used - known:
            yield f"{len(lacking)} documents have no row"
        if empty := [file.name for file in store.folder.glob("??/*") if not file.stat().st_size]:
            yield f"empty files lie in the store: {empty}"
        for title, times in self.presses().items():
            if times > 1 + strikes:
                yield f"{title} was printed {times} times"


class Nursery:
    """The process that workers are forked from."""

    def __init__(self) -> None:
        command = [sys.executable, "-W", "error", "-m", "tests.packets.machines.fleet"]
        pipe = subprocess.PIPE
        self.process = subprocess.Popen(command, cwd=HERE, stdin=pipe, stdout=pipe, text=True, bufsize=1)

    def fork(self, message: dict[str, Any]) -> int:
        """Start a worker, and tell its process id."""
        assert self.process.stdin
        assert self.process.stdout
        self.process.stdin.write(json.dumps(message) + "\n")
        return int(self.process.stdout.readline())

    def end(self) -> None:
        """End the process; its workers were killed before."""
        with self.process:
            self.process.kill()


def watch(database: Database) -> None:
    """Let the database itself note who writes the state of jobs and runs that somebody else holds."""
    with database.engine.begin() as connection:
        connection.exec_driver_sql(_WITNESS)


def clear(database: Database) -> None:
    """Forget every run, job and document."""
    with database.engine.begin() as connection:
        connection.execute(text("TRUNCATE print_run, job, document, witness, holder CASCADE"))


def _alive(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    return True


@dataclass
class StandIn:
    """A press that gives what lies in the reference store, notes that it was asked, and dies of poison."""

    reference: Store
    gates: Path
    worker: WorkerProcess = field(
        default_factory=lambda: WorkerProcess("tests.packets.machines.poison:work", {}, seconds=120)
    )

    def press(self, document: Document, paper: Paper, mark: bytes | None) -> PrintedPdf:
        """Give a document that was printed before; a test may have armed the gate `press`."""
        assert mark is None
        key = self.reference.key(document, paper)
        with (self.gates / "presses").open("a", encoding="utf-8") as file:
            file.write(f"{document.title}, {key[:8]}\n")
        stand_still(self.gates, "press", f"{doing()}|{document.title}")
        if document.kind == "score-sheet" and POISON in document.title:
            self.worker.request({})
        kept = self.reference.find(key)
        assert kept, f"“{document.title}” is not among the reference documents"
        return PrintedPdf(kept.file.read_bytes(), kept.pages, kept.headings, kept.fragment())


_DOING = threading.local()


def doing() -> str:
    """Return the task that this thread runs."""
    return str(getattr(_DOING, "task", ""))


def _gated(gates: Path, owner: Any, name: str, point: str, words: Callable[..., str]) -> None:
    """Put a gate before a function of the product (worker)."""
    real = getattr(owner, name)

    @wraps(real)
    def at_the_gate(*args: Any, **rest: Any) -> Any:
        stand_still(gates, point, f"{doing()}|{words(*args)}")
        return real(*args, **rest)

    setattr(owner, name, at_the_gate)


def _named(name: str) -> None:
    """Let a task tell its thread that it runs (worker)."""
    real = TASKS[name]

    def reported(*args: Any, **rest: Any) -> Any:
        _DOING.task = name
        return real(*args, **rest)

    TASKS[name] = reported


def _noted(data_folder: Path) -> None:
    """Let a file lie in our folder for as long as a job is in hand, down to its last commit (worker)."""
    real = job_run.run_job

    def perform(makers: Any, number: int, *rest: Any) -> JobState | None:
        note = data_folder / f"doing-{number}-{threading.get_ident()}"
        note.touch()
        try:
            return real(makers, number, *rest)
        finally:
            note.unlink()

    job_run.run_job = perform


def serve(message: dict[str, Any]) -> None:
    """Be one worker, as long as the nursery is there."""
    threading.Thread(target=_end_with, args=(os.getppid(),), daemon=True).start()
    data_folder = Path(message["settings"]["data"])
    os.chdir(data_folder)
    os.environ["PGAPPNAME"] = message["name"]
    gates, settings = Path(message["gates"]), message["settings"]
    presses = threading.local()

    def press(nice: int = 0) -> StandIn:
        del nice
        if not hasattr(presses, "own"):
            presses.own = StandIn(Store(Path(message["reference"])), gates)
        made: StandIn = presses.own
        return made

    tasks.thread_press = press  # type: ignore[assignment]
    job_tables.TRANSIENT_DELAY = job_tables.REOFFER_AFTER = timedelta(seconds=1.5)
    db.IDLE_SECONDS = 6
    locks.file_lock.__defaults__ = (10.0,)
    tasks.SLICE_SECONDS = 600  # a part that a busy machine holds up does not go to the end of the line
    _noted(data_folder)
    for name in ("print-run", "print-part"):
        _named(name)
    _gated(gates, running, "link", "link", lambda _parts, title, *_: str(title))
    _gated(gates, Store, "ensure", "ensure", lambda _store, _session, document, *_: document.kind)
    if message["mutant"]:
        MUTANTS[message["mutant"]]()
    mine = Settings(**{**settings, "data": data_folder, "hosts": tuple(settings["hosts"])})
    work(mine, threads=1, lease=LEASE, sweep_seconds=0.3)


def _end_with(parent: int) -> None:
    while os.getppid() == parent:
        time.sleep(0.5)
    os._exit(1)


def main() -> None:
    """Fork a worker for each line, and tell its process id."""
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # nobody waits for them
    for line in sys.stdin:
        message = json.loads(line)
        process = os.fork()
        if process:
            sys.stdout.write(f"{process}\n")
            sys.stdout.flush()
            continue
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)
        os.setsid()
        log = os.open(Path(message["settings"]["data"]) / "log", os.O_WRONLY | os.O_CREAT | os.O_APPEND)
        os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
        os.dup2(log, 1)
        os.dup2(log, 2)
        serve(message)
        os._exit(0)


if __name__ == "__main__":
    main()
