"""Check the machine and the installation, and report how to fix each problem."""

import contextlib
import json
import os
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import uuid4

from workbench.core.clock import now
from workbench.core.digests import sha256
from workbench.core.text.words import count
from workbench.places import data_dir, font_dir, static_dir
from workbench.settings import BadSettings, Settings, read_settings

if TYPE_CHECKING:
    from sqlalchemy import Engine

MAX_WAIT = timedelta(minutes=1)
MIN_PYTHON = (3, 11)
FACES = tuple(
    f"{family}-{face}" for family in ("SourceSans3", "SourceSerif4") for face in ("Regular", "It", "Semibold", "Bold")
)
PANGO_REMEDY = "On Debian or Ubuntu: apt-get install libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 (on macOS: brew install pango)."


class CheckState(StrEnum):
    """The state of a part: fine, worth knowing, or broken so that the workbench does not work."""

    FINE = "fine"
    NOTE = "note"
    BROKEN = "broken"


@dataclass(frozen=True, slots=True)
class CheckResult:
    """The result of checking one part, and the remedy if it needs one."""

    part: str
    state: CheckState
    message: str
    remedy: str = ""


def run_checks() -> tuple[CheckResult, ...]:
    """Check every part, from the interpreter to the worker; parts that need the settings only if they are valid."""
    found = [
        check_python(),
        check_templates(),
        check_front_end_files(),
        check_fonts(),
        check_printing(),
        check_sqlite(),
    ]
    try:
        settings = read_settings()
    except BadSettings as error:
        return (
            *found,
            CheckResult("settings", CheckState.BROKEN, str(error), "See the table of settings in the README."),
        )
    except OSError as error:
        return (*found, _data_folder_failure(str(error.filename), error))
    found.append(CheckResult("settings", CheckState.FINE, f"data in {settings.data}, reached at {settings.base_url}"))
    return (*found, check_data_folder(settings), check_files(settings), *check_database_and_queue(settings))


def check_python() -> CheckResult:
    """Check the version of Python."""
    message = f"Python {sys.version.split()[0]}"
    if sys.version_info >= MIN_PYTHON:
        return CheckResult("python", CheckState.FINE, message)
    return CheckResult("python", CheckState.BROKEN, message, "Install Python 3.11 or newer.")


def check_templates() -> CheckResult:
    """Check that the templates and the role library are installed."""
    try:
        names = [data_dir(name).name for name in ("templates", "role_library")]
    except FileNotFoundError as error:
        return CheckResult("templates", CheckState.BROKEN, str(error), "Install the package again; files are missing.")
    return CheckResult("templates", CheckState.FINE, f"{' and '.join(names)} are installed")


def check_front_end_files() -> CheckResult:
    """Compare the front-end files with their manifest."""
    vendor = static_dir() / "vendor"
    try:
        manifest = json.loads((vendor / "manifest.json").read_text("utf-8"))
    except FileNotFoundError:
        return CheckResult(
            "front end", CheckState.BROKEN, "scripts and fonts have not been copied", "Run ./dev setup in the checkout."
        )
    changed_files = [
        name for name, hexadecimal in manifest["files"].items() if _file_digest(vendor / name) != hexadecimal
    ]
    if changed_files:
        message = (
            f"{len(changed_files)} of {len(manifest['files'])} files are missing or changed, such as {changed_files[0]}"
        )
        return CheckResult(
            "front end", CheckState.BROKEN, message, "Run ./dev setup in the checkout, or install the package again."
        )
    return CheckResult("front end", CheckState.FINE, f"{len(manifest['files'])} files are unchanged")


def check_fonts() -> CheckResult:
    """Check that every font of the documents is installed."""
    missing = [face for face in FACES if not (font_dir() / f"{face}.ttf").is_file()]
    if missing:
        return CheckResult(
            "fonts", CheckState.BROKEN, f"missing: {', '.join(missing)}", "Run ./dev setup in the checkout."
        )
    return CheckResult("fonts", CheckState.FINE, f"{len(FACES)} fonts of Source Sans 3 and Source Serif 4")


def check_printing() -> CheckResult:
    """Load the printer, which needs Pango and HarfBuzz, and report the versions."""
    try:
        # By name: only the press may import it for work.
        printer = import_module("weasyprint")
        press = import_module("workbench.documents.press.press")
        engine = press.engine_versions()
    except OSError as error:
        library = str(error).split(":")[0].split("\n")[0]
        return CheckResult("printing", CheckState.BROKEN, f"a system library is missing: {library}", PANGO_REMEDY)
    except ImportError as error:
        return CheckResult(
            "printing", CheckState.BROKEN, f"WeasyPrint cannot be imported: {error}", "Install the package again."
        )
    message = f"WeasyPrint {printer.__version__}, Pango {engine['pango']}, HarfBuzz {engine['harfbuzz']}"
    if int(printer.__version__.split(".")[0]) < 70:
        return CheckResult(
            "printing", CheckState.BROKEN, message, "Install weasyprint 70 or newer; older ones let a page read files."
        )
    return CheckResult("printing", CheckState.FINE, message)


def check_sqlite() -> CheckResult:
    """Check that the SQLite engine keeps every commit; versions before 3.51.3 can lose some."""
    from workbench.core.db import sqlite_module, wal_is_safe

    try:
        engine = sqlite_module()
    except ImportError as error:
        return CheckResult(
            "sqlite", CheckState.BROKEN, f"the engine cannot be imported: {error}", "Run: pip install pysqlite3"
        )
    message = f"SQLite {engine.sqlite_version}"
    if wal_is_safe(engine.sqlite_version_info):
        return CheckResult("sqlite", CheckState.FINE, message)
    remedy = "Run: pip install --upgrade pysqlite3 (3.51.3 or newer). Until then the slower, safe journal is used."
    return CheckResult("sqlite", CheckState.NOTE, message, remedy)


def check_data_folder(settings: Settings) -> CheckResult:
    """Check that the data folder can be written."""
    try:
        with tempfile.NamedTemporaryFile(dir=settings.data):
            status = os.statvfs(settings.data) if hasattr(os, "statvfs") else None
    except OSError as error:
        return _data_folder_failure(str(settings.data), error)
    free_megabytes = status.f_bavail * status.f_frsize // 2**20 if status else None
    if free_megabytes is not None and free_megabytes < 200:
        return CheckResult(
            "data folder",
            CheckState.NOTE,
            f"only {free_megabytes} MB are free at {settings.data}",
            "Free some space on that disk.",
        )
    return CheckResult(
        "data folder",
        CheckState.FINE,
        f"{settings.data} can be written" + (f", {free_megabytes:,} MB free" if free_megabytes else ""),
    )


def check_files(settings: Settings) -> CheckResult:
    """Write a small file to the storage of documents and packets, read it, and remove it."""
    location = settings.files or str(settings.folder)
    try:
        _try_file_storage(settings)
    except OSError as error:
        message = f"{location} cannot be used: {error.strerror or error}"
        return CheckResult(
            "files", CheckState.BROKEN, message, "Grant write permission there, or correct WORKBENCH_FILES."
        )
    if settings.files and settings.database_url.startswith("sqlite"):
        remedy = "Set WORKBENCH_DATABASE_URL and WORKBENCH_QUEUE_URL to servers before a second machine joins."
        return CheckResult("files", CheckState.NOTE, f"{location} may be shared, but the database is a file", remedy)
    return CheckResult("files", CheckState.FINE, f"{location} can be written")


def _try_file_storage(settings: Settings) -> None:
    from workbench.documents.store.bucket import bucket_of

    if bucket := bucket_of(settings):
        name = f"doctor-{uuid4().hex}"
        bucket.write({name: b"doctor"})
        try:
            if name not in bucket.read([name]) or name not in bucket.names(name):
                raise OSError("a file that was written cannot be read")
        finally:
            bucket.remove([name])
    else:
        with tempfile.NamedTemporaryFile(dir=settings.folder):
            pass


def check_database_and_queue(settings: Settings) -> Iterator[CheckResult]:
    """Connect to the database and the queue, and check whether jobs wait without a worker."""
    from sqlalchemy.exc import SQLAlchemyError

    from workbench.core.db import make_engine

    engine = make_engine(settings.database_url)
    address = engine.url.render_as_string(hide_password=True)
    try:
        yield check_database(engine, address)
        yield check_worker(engine)
    except SQLAlchemyError as error:
        message = f"{address} cannot be reached: {str(error).splitlines()[0]}"
        yield CheckResult(
            "database", CheckState.BROKEN, message, "Start the server, or correct WORKBENCH_DATABASE_URL."
        )
    finally:
        engine.dispose()
    yield check_queue(settings)


def check_database(engine: "Engine", address: str) -> CheckResult:
    """Compare the state of the database with the newest migration. Raises SQLAlchemyError if it cannot be reached."""
    from alembic.runtime.migration import MigrationContext
    from alembic.script import ScriptDirectory

    from workbench.core.db import database_file

    newest = set(ScriptDirectory(str(Path(__file__).with_name("migrations"))).get_heads())
    file = database_file(engine)
    if file and not file.exists():
        return CheckResult(
            "database",
            CheckState.NOTE,
            f"{file} does not exist yet",
            "Run: workbench db upgrade (workbench run does it too).",
        )
    with engine.connect() as connection:
        present = set(MigrationContext.configure(connection).get_current_heads())
    if present == newest:
        return CheckResult("database", CheckState.FINE, f"{address} is up to date ({', '.join(sorted(present))})")
    message = f"{address} is at {', '.join(sorted(present)) or 'nothing'}, not at {', '.join(sorted(newest))}"
    return CheckResult("database", CheckState.BROKEN, message, "Back up the database, then run: workbench db upgrade")


def check_worker(engine: "Engine") -> CheckResult:
    """Check that a worker runs: a job that waits for a minute while no job runs shows that there is none."""
    from sqlalchemy import func, inspect, select

    from workbench.core.db import database_file
    from workbench.core.jobs.tables import JobRow, JobState

    file = database_file(engine)
    if (file and not file.exists()) or not inspect(engine).has_table(JobRow.__tablename__):
        return CheckResult("worker", CheckState.NOTE, "there is no job table yet", "Run: workbench db upgrade")
    with engine.connect() as connection:
        waiting = select(func.count()).where(JobRow.state == JobState.QUEUED, JobRow.due_at < now() - MAX_WAIT)
        overdue = connection.scalar(waiting) or 0
        busy = connection.scalar(select(func.count()).where(JobRow.lease_until > now())) or 0  # a long run may queue
        failed = connection.scalar(select(func.count()).where(JobRow.state == JobState.FAILED)) or 0
    if overdue and not busy:
        message = f"{count(overdue, 'job')} should have started more than a minute ago"
        return CheckResult(
            "worker", CheckState.BROKEN, message, "Start a worker: workbench work (workbench run starts one too)."
        )
    ending = f"; {count(failed, 'job')} failed three times" if failed else ""
    activity = f"{count(busy, 'job')} running" if busy else "no job waits"
    return CheckResult("worker", CheckState.NOTE if failed else CheckState.FINE, f"{activity}{ending}")


def check_queue(settings: Settings) -> CheckResult:
    """Count the messages in the queue."""
    from workbench.core.jobs.broker import MessageBroker

    address = settings.queue_url.split("@")[-1]
    try:
        with contextlib.closing(MessageBroker(settings.queue_url)) as broker:
            waiting = broker.count_waiting()
    except Exception as error:  # noqa: BLE001 - every kind of queue fails in its own way, and each is a finding
        message = f"{address} cannot be reached: {str(error).splitlines()[0] if str(error) else type(error).__name__}"
        return CheckResult("queue", CheckState.BROKEN, message, "Start the server, or correct WORKBENCH_QUEUE_URL.")
    return CheckResult("queue", CheckState.FINE, f"{address} is reachable, with {count(waiting, 'message')}")


def _data_folder_failure(folder: str, error: OSError) -> CheckResult:
    message = f"{folder} cannot be written: {error.strerror or error}"
    return CheckResult(
        "data folder", CheckState.BROKEN, message, "Make that folder writable for this user, or set WORKBENCH_DATA."
    )


def _file_digest(file: Path) -> str:
    return sha256(file.read_bytes()) if file.is_file() else ""
