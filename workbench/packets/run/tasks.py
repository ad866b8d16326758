"""A print run as work for later: what is missing is printed with its progress told, then the packets are linked."""

import time
from collections.abc import Callable
from typing import Any

from sqlalchemy.orm import Session

from workbench.accounts.tables import company_logo
from workbench.core.clock import Throttle
from workbench.core.db import end_when_idle, settings_of
from workbench.core.jobs.run import report
from workbench.core.jobs.tables import enqueue
from workbench.core.jobs.tasks import JobQueue, task
from workbench.documents.model import Document, Paper, PrintedPdf
from workbench.documents.press.pool import thread_press
from workbench.documents.store.installation import store_for
from workbench.documents.store.uses import record_uses
from workbench.packets import tables
from workbench.packets.loading import load_job
from workbench.packets.model import distinct_entries
from workbench.packets.run import files
from workbench.packets.run.linking import write_packets
from workbench.packets.run.printing import print_all, print_some
from workbench.packets.run.values import Progress
from workbench.packets.run.word_files import write_word_files
from workbench.packets.tables import PrintRunRow

REPORT_SECONDS = 0.5  # seconds
DOCUMENTS_PER_PART = 8
SLICE_SECONDS = 10.0  # seconds after which a part goes to the end of the line, so that other runs come forward too
NICE = 10


class RunCancelled(Exception):
    """Somebody does not want the run any more."""


def queue_run(session: Session, run: int) -> int:
    """Add the job that prints a run, and return its number; a run that already waits keeps its job."""
    return enqueue(session, "print-run", key=tables.run_key(run), run=run)


def queue_word_files(session: Session, run: int) -> int:
    """Add the job that writes the Word files of a run, and return its number."""
    return enqueue(session, "word-run", key=tables.word_key(run), run=run)


@task("print-run", JobQueue.BATCH)
def print_run(session: Session, run: int) -> dict[str, Any]:
    """Print a run and put its files in place; a run that was cancelled leaves nothing behind.

    Whoever is free helps with the printing (`print-part`); the store alone knows who prints what.
    """
    row = session.get_one(PrintRunRow, run)
    print_job, press = load_job(session, row), _press(session)
    session.rollback()  # nothing is held open while the press works
    try:
        printed = print_all(print_job, store_for(session), press, _ProgressReporter(session, run))
        handed = write_packets(print_job, printed, files.runs_folder(settings_of(session)), str(run))
        files.upload(settings_of(session), handed.folder)
    except RunCancelled:
        return {"cancelled": True}
    end_when_idle(session)
    for key, document in printed.papers.items():
        store_for(session).ensure(session, document, print_job.options.paper, press, key)
    ended = tables.find_run(session, run, hold=True)
    if ended is None or ended.cancelled_at:
        files.remove(settings_of(session), run)
        return {"cancelled": True}
    ended.finish(printed, handed)
    record_uses(session, "run", run, {key: key for key in printed.papers})
    return {"documents": printed.documents, "pages": ended.pages, "digest": handed.digest}


@task("word-run", JobQueue.BATCH)
def write_run_word_files(session: Session, run: int) -> dict[str, Any]:
    """Write all papers of a run as Word files beside what it printed; of a run that is forgotten, nothing."""
    print_job, mark = load_job(session, session.get_one(PrintRunRow, run)), company_logo(session)
    session.rollback()
    turn = Throttle(REPORT_SECONDS)

    def tell(done: int, total: int) -> None:
        if turn.ready(force=done == total):
            report(session, done, total)

    handed = write_word_files(print_job, mark, files.runs_folder(settings_of(session)), f"{run}-word", tell)
    files.upload(settings_of(session), handed.folder)
    end_when_idle(session)
    ended = tables.find_run(session, run, hold=True)
    if ended is None or ended.anonymised_at:
        files.remove(settings_of(session), run)
        return {"forgotten": True}
    (archive,) = handed.files
    told = {"folder": handed.folder.name, "digest": handed.digest, "name": archive.name, "size": archive.size}
    return told | {"files": len(archive.members)}


@task("print-part", JobQueue.BATCH)
def print_part(session: Session, run: int, part: int, start: int, most: int | None = None) -> dict[str, Any]:
    """Print some of what a run lacks, from its document `start` on; the run itself learns of it by the store alone.

    What one part does not get done, another or the run's own job does: nobody waits for it, and it may fail.
    """
    row = session.get(PrintRunRow, run)
    if row is None or not tables.is_open(session, run):
        return {"printed": 0}
    print_job, press = load_job(session, row), _press(session)
    count = len(distinct_entries(print_job.packets())) if most is None else most
    session.rollback()
    shift = _TimeSlice(session, run)
    try:
        return {"printed": print_some(print_job, store_for(session), press, start, count, shift)}
    except RunCancelled:
        return {"cancelled": True}
    except _TimeSliceOver:
        rest = {"start": start + shift.looked, "most": count - shift.looked}
        enqueue(session, "print-part", key=tables.part_key(run, part), run=run, part=part, **rest)
        return rest


def _press(session: Session) -> Callable[[Document, Paper], PrintedPdf]:
    """Give the press of packets, which lets the press of what somebody waits for go first."""
    mark = company_logo(session)
    return lambda document, paper: thread_press(NICE).press(document, paper, mark)


class _ProgressReporter:
    """Writes down how far a run is, twice a second and at the end, for all to see; at first it asks others to help."""

    def __init__(self, session: Session, run: int) -> None:
        self.session, self.run = session, run
        self.turn = Throttle(REPORT_SECONDS)
        self.began = False

    def __call__(self, progress: Progress) -> None:
        if not self.turn.ready(force=progress.documents == progress.total):
            return
        end_when_idle(self.session)
        report(
            self.session, progress.documents, progress.total, in_transaction=True
        )  # who was overtaken writes nothing
        wanted = tables.store_progress(self.session, self.run, progress)
        if wanted and not self.began:
            self._ask_for_help(progress)
        self.began = True
        self.session.commit()
        if not wanted:
            raise RunCancelled

    def _ask_for_help(self, progress: Progress) -> None:
        missing = progress.total - progress.documents
        parts = min(missing // DOCUMENTS_PER_PART, tables.MAX_PARTS)
        for part in range(1, parts + 1):
            start = progress.total * part // (parts + 1)
            key = tables.part_key(self.run, part)
            enqueue(self.session, "print-part", key=key, run=self.run, part=part, start=start)


class _TimeSliceOver(Exception):
    """A part has worked long enough for now."""


class _TimeSlice:
    """Sees to it that a part stops where the run needs nothing more, and lets others come forward after a while."""

    def __init__(self, session: Session, run: int) -> None:
        self.session, self.run = session, run
        self.began: float | None = None
        self.turn = Throttle(REPORT_SECONDS)
        self.looked = 0

    def __call__(self, looked: int) -> None:
        self.looked, now = looked, time.monotonic()
        self.began = self.began or now
        if not self.turn.ready():
            return
        end_when_idle(self.session)
        report(self.session, looked, 0, in_transaction=True)  # whoever was overtaken stops here
        wanted = tables.is_open(self.session, self.run)
        self.session.commit()
        if not wanted:
            raise RunCancelled
        if now - self.began > SLICE_SECONDS:
            raise _TimeSliceOver
