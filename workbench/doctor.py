"""Looks at the machine and the installation part by part, and says how to mend what is wrong."""

import contextlib
import json
import os
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from hashlib import sha256
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import uuid4

from workbench.core.clock import now
from workbench.core.text.words import count
from workbench.places import data_dir, font_dir, static_dir
from workbench.settings import BadSettings, Settings, read_settings

if TYPE_CHECKING:
    from sqlalchemy import Engine

WAITING_TOO_LONG = timedelta(minutes=1)
OLDEST_PYTHON = (3, 11)
FACES = tuple(
    f"{family}-{face}" for family in ("SourceSans3", "SourceSerif4") for face in ("Regular", "It", "Semibold", "Bold")
)
PANGO = "On Debian or Ubuntu: apt-get install libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 (on macOS: brew install pango)."


class State(StrEnum):
    """How one part is: fine, worth knowing, or broken so that the workbench cannot do its work."""

    FINE = "fine"
    NOTE = "note"
    BROKEN = "broken"


@dataclass(frozen=True, slots=True)
class Finding:
    """What was found of one part, in words, and the remedy where one is needed."""

    part: str
    state: State
    words: str
    remedy: str = ""


def examine() -> tuple[Finding, ...]:
    """Look at every part, from the interpreter to the worker; parts that need the settings follow only good settings."""
    found = [python(), templates(), front_end_files(), fonts(), printing(), sqlite_engine()]
    try:
        settings = read_settings()
    except BadSettings as error:
        return (*found, Finding("settings", State.BROKEN, str(error), "Set it as the README's table of settings says."))
    except OSError as error:
        return (*found, _no_folder(str(error.filename), error))
    found.append(Finding("settings", State.FINE, f"data in {settings.data}, reached at {settings.base_url}"))
    return (*found, data_folder(settings), files(settings), *stores(settings))


def python() -> Finding:
    """Say which Python runs us."""
    words = f"Python {sys.version.split()[0]}"
    if sys.version_info >= OLDEST_PYTHON:
        return Finding("python", State.FINE, words)
    return Finding("python", State.BROKEN, words, "Install Python 3.11 or newer.")


def templates() -> Finding:
    """Say whether the templates and the role library came along."""
    try:
        names = [data_dir(name).name for name in ("templates", "role_library")]
    except FileNotFoundError as error:
        return Finding("templates", State.BROKEN, str(error), "Install the package again; its files are not whole.")
    return Finding("templates", State.FINE, f"{' and '.join(names)} are there")


def front_end_files() -> Finding:
    """Compare the front-end files with the manifest they were copied with."""
    vendor = static_dir() / "vendor"
    try:
        manifest = json.loads((vendor / "manifest.json").read_text("utf-8"))
    except FileNotFoundError:
        return Finding(
            "front end", State.BROKEN, "scripts and fonts have not been copied", "Run ./dev setup in the checkout."
        )
    wrong = [name for name, hexadecimal in manifest["files"].items() if _hash_of(vendor / name) != hexadecimal]
    if wrong:
        words = f"{len(wrong)} of {len(manifest['files'])} files are missing or changed, first {wrong[0]}"
        return Finding(
            "front end", State.BROKEN, words, "Run ./dev setup in the checkout, or install the package again."
        )
    return Finding("front end", State.FINE, f"{len(manifest['files'])} files as they were copied")


def fonts() -> Finding:
    """Say whether every face that a document is set in is there."""
    lacking = [face for face in FACES if not (font_dir() / f"{face}.ttf").is_file()]
    if lacking:
        return Finding("fonts", State.BROKEN, f"missing: {', '.join(lacking)}", "Run ./dev setup in the checkout.")
    return Finding("fonts", State.FINE, f"{len(FACES)} faces of Source Sans 3 and Source Serif 4")


def printing() -> Finding:
    """Load the printer, which needs Pango and HarfBuzz of the machine, and name the versions."""
    try:
        printer = import_module("weasyprint")  # by name: only the press may import it for work
        press = import_module("workbench.documents.press.press")
        engine = press.engine_versions()
    except OSError as error:
        library = str(error).split(":")[0].split("\n")[0]
        return Finding("printing", State.BROKEN, f"a library of the machine is missing: {library}", PANGO)
    except ImportError as error:
        return Finding(
            "printing", State.BROKEN, f"WeasyPrint cannot be imported: {error}", "Install the package again."
        )
    words = f"WeasyPrint {printer.__version__}, Pango {engine['pango']}, HarfBuzz {engine['harfbuzz']}"
    if int(printer.__version__.split(".")[0]) < 70:
        return Finding(
            "printing", State.BROKEN, words, "Install weasyprint 70 or newer; older ones let a page read files."
        )
    return Finding("printing", State.FINE, words)


def sqlite_engine() -> Finding:
    """Say whether the SQLite engine keeps every commit; versions before 3.51.3 can lose some."""
    from workbench.core.db import sqlite_module, wal_is_safe

    try:
        engine = sqlite_module()
    except ImportError as error:
        return Finding("sqlite", State.BROKEN, f"the engine cannot be imported: {error}", "Run: pip install pysqlite3")
    words = f"SQLite {engine.sqlite_version}"
    if wal_is_safe(engine.sqlite_version_info):
        return Finding("sqlite", State.FINE, words)
    remedy = "Run: pip install --upgrade pysqlite3 (3.51.3 or newer). Until then the slower, safe journal is used."
    return Finding("sqlite", State.NOTE, words, remedy)


def data_folder(settings: Settings) -> Finding:
    """Try to write a file where the data go."""
    try:
        with tempfile.NamedTemporaryFile(dir=settings.data):
            free = os.statvfs(settings.data) if hasattr(os, "statvfs") else None
    except OSError as error:
        return _no_folder(str(settings.data), error)
    room = free.f_bavail * free.f_frsize // 2**20 if free else None
    if room is not None and room < 200:
        return Finding(
            "data folder", State.NOTE, f"only {room} MB are free at {settings.data}", "Make room on that disk."
        )
    return Finding(
        "data folder", State.FINE, f"{settings.data} can be written" + (f", {room:,} MB free" if room else "")
    )


def files(settings: Settings) -> Finding:
    """Put a small file where documents and packets lie, read it, and take it away again."""
    shown = settings.files or str(settings.folder)
    try:
        _try_out(settings)
    except OSError as error:
        words = f"{shown} cannot be used: {error.strerror or error}"
        return Finding("files", State.BROKEN, words, "Give us the right to write there, or correct WORKBENCH_FILES.")
    if settings.files and settings.database_url.startswith("sqlite"):
        remedy = "Set WORKBENCH_DATABASE_URL and WORKBENCH_QUEUE_URL to servers before a second machine joins."
        return Finding("files", State.NOTE, f"{shown} may be shared, but the database is a file", remedy)
    return Finding("files", State.FINE, f"{shown} can be written")


def _try_out(settings: Settings) -> None:
    from workbench.documents.store.bucket import bucket_of

    if bucket := bucket_of(settings):
        name = f"doctor-{uuid4().hex}"
        bucket.write({name: b"Are you there?"})
        try:
            if name not in bucket.read([name]) or name not in bucket.names(name):
                raise OSError("what was put there is not there")
        finally:
            bucket.remove([name])
    else:
        with tempfile.NamedTemporaryFile(dir=settings.folder):
            pass


def stores(settings: Settings) -> Iterator[Finding]:
    """Reach the database and the queue, and see whether jobs wait that no worker takes."""
    from sqlalchemy.exc import SQLAlchemyError

    from workbench.core.db import make_engine

    engine = make_engine(settings.database_url)
    shown = engine.url.render_as_string(hide_password=True)
    try:
        yield database(engine, shown)
        yield worker(engine)
    except SQLAlchemyError as error:
        words = f"{shown} cannot be reached: {str(error).splitlines()[0]}"
        yield Finding("database", State.BROKEN, words, "Start the server, or correct WORKBENCH_DATABASE_URL.")
    finally:
        engine.dispose()
    yield queue(settings)


def database(engine: "Engine", shown: str) -> Finding:
    """Compare the database's state with the newest migration. Raises SQLAlchemyError where it cannot be reached."""
    from alembic.runtime.migration import MigrationContext
    from alembic.script import ScriptDirectory

    from workbench.core.db import database_file

    wanted = set(ScriptDirectory(str(Path(__file__).with_name("migrations"))).get_heads())
    file = database_file(engine)
    if file and not file.exists():
        return Finding(
            "database", State.NOTE, f"{file} is not made yet", "Run: workbench db upgrade (workbench run does it too)."
        )
    with engine.connect() as connection:
        present = set(MigrationContext.configure(connection).get_current_heads())
    if present == wanted:
        return Finding("database", State.FINE, f"{shown} is up to date ({', '.join(sorted(present))})")
    words = f"{shown} is at {', '.join(sorted(present)) or 'nothing'}, not at {', '.join(sorted(wanted))}"
    return Finding("database", State.BROKEN, words, "Make a copy of the database, then run: workbench db upgrade")


def worker(engine: "Engine") -> Finding:
    """Say whether somebody does the jobs: one that waits for a minute while nobody does any tells of no worker."""
    from sqlalchemy import func, inspect, select

    from workbench.core.db import database_file
    from workbench.core.jobs.tables import JobRow, JobState

    file = database_file(engine)
    if (file and not file.exists()) or not inspect(engine).has_table(JobRow.__tablename__):
        return Finding("worker", State.NOTE, "there is no list of jobs yet", "Run: workbench db upgrade")
    with engine.connect() as connection:
        waiting = select(func.count()).where(JobRow.state == JobState.QUEUED, JobRow.due_at < now() - WAITING_TOO_LONG)
        late = connection.scalar(waiting) or 0
        busy = connection.scalar(select(func.count()).where(JobRow.lease_until > now())) or 0  # a long run may queue
        failed = connection.scalar(select(func.count()).where(JobRow.state == JobState.FAILED)) or 0
    if late and not busy:
        words = f"{count(late, 'job')} should have begun over a minute ago"
        return Finding("worker", State.BROKEN, words, "Start a worker: workbench work (workbench run starts one too).")
    ending = f"; {count(failed, 'job')} failed three times" if failed else ""
    doing = f"{count(busy, 'job')} being done" if busy else "no job waits"
    return Finding("worker", State.NOTE if failed else State.FINE, f"{doing}{ending}")


def queue(settings: Settings) -> Finding:
    """Ask the queue how many messages lie in it."""
    from workbench.core.jobs.broker import MessageBroker

    shown = settings.queue_url.split("@")[-1]
    try:
        with contextlib.closing(MessageBroker(settings.queue_url)) as opened:
            waiting = opened.count_waiting()
    except Exception as error:  # noqa: BLE001 - every kind of queue fails in its own way, and each is a finding
        words = f"{shown} cannot be reached: {str(error).splitlines()[0] if str(error) else type(error).__name__}"
        return Finding("queue", State.BROKEN, words, "Start the server, or correct WORKBENCH_QUEUE_URL.")
    return Finding("queue", State.FINE, f"{shown} answers, {count(waiting, 'message')} in it")


def _no_folder(place: str, error: OSError) -> Finding:
    words = f"{place} cannot be written: {error.strerror or error}"
    return Finding(
        "data folder", State.BROKEN, words, "Give that folder to the user who runs this, or set WORKBENCH_DATA."
    )


def _hash_of(file: Path) -> str:
    return sha256(file.read_bytes()).hexdigest() if file.is_file() else ""
