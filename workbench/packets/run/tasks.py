"""The jobs of a print run: print and link the packets, help with the printing, write the Word files."""

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
from workbench.documents.store.uses import record_uses, remove_uses
from workbench.packets import tables
from workbench.packets.loading import load_job
from workbench.packets.plan import make_plan
from workbench.packets.run import files
from workbench.packets.run.linking import write_packets
from workbench.packets.run.printing import print_all, print_some
from workbench.packets.run.values import Progress
from workbench.packets.run.word_files import write_word_files
from workbench.packets.tables import PrintRunRow

REPORT_SECONDS = 0.5
DOCUMENTS_PER_PART = 8
SLICE_SECONDS = 10.0  # after these a part is queued again, so that other runs make progress too
NICE = 10


class RunCancelled(Exception):
    """The run was cancelled while a job was working on it."""


def queue_run(session: Session, run: int) -> int:
    """Add the job that prints a run, and return its number; a run that already waits keeps its job."""
    return enqueue(session, "print-run", key=tables.run_key(run), run=run)


def queue_word_files(session: Session, run: int) -> int:
    """Add the job that writes the Word files of a run, and return its number."""
    return enqueue(session, "word-run", key=tables.word_key(run), run=run)


@task("print-run", JobQueue.BATCH)
def print_run(session: Session, run: int) -> dict[str, Any]:
    """Print a run and store its files; a run that was cancelled leaves no files.

    Free workers help with the printing (`print-part`); only the store knows which worker prints which document.
    """
    row = session.get_one(PrintRunRow, run)
    plan, press = make_plan(load_job(session, row)), _get_press(session)
    # Recorded before the printing, so that no other run's erasure removes a document that this one is about to link.
    record_uses(session, "run", run, {key: key for key in plan.keys.values()})
    # No transaction is open while the press works.
    session.commit()
    try:
        result = print_all(plan, store_for(session), press, _ProgressReporter(session, run))
        output = write_packets(plan, result, files.runs_folder(settings_of(session)), str(run))
        files.upload(settings_of(session), output.folder)
    except RunCancelled:
        return {"cancelled": True}
    end_when_idle(session)
    for key, document in result.documents.items():
        store_for(session).ensure(session, document, plan.job.options.paper, press, key)
    run_row = tables.find_run(session, run, lock=True)
    if run_row is None or run_row.cancelled_at:
        files.remove(settings_of(session), run)
        return {"cancelled": True}
    run_row.finish(result, output)
    # A document that could not be printed is in no packet.
    remove_uses(session, "run", run)
    record_uses(session, "run", run, {key: key for key in result.documents})
    return {"documents": result.total, "pages": run_row.pages, "digest": output.digest}


@task("word-run", JobQueue.BATCH)
def write_run_word_files(session: Session, run: int) -> dict[str, Any]:
    """Write all documents of a run as Word files beside its packets; a run whose names were erased gets none."""
    plan = make_plan(load_job(session, session.get_one(PrintRunRow, run)))
    logo = company_logo(session)
    session.rollback()
    throttle = Throttle(REPORT_SECONDS)

    def report_count(count: int, total: int) -> None:
        if throttle.ready(force=count == total):
            report(session, count, total)

    output = write_word_files(plan, logo, files.runs_folder(settings_of(session)), f"{run}-word", report_count)
    files.upload(settings_of(session), output.folder)
    end_when_idle(session)
    run_row = tables.find_run(session, run, lock=True)
    if run_row is None or run_row.anonymised_at:
        files.remove(settings_of(session), run)
        return {"erased": True}
    (archive,) = output.files
    result = {"folder": output.folder.name, "digest": output.digest, "name": archive.name, "size": archive.size}
    return result | {"files": len(archive.members)}


@task("print-part", JobQueue.BATCH)
def print_part(session: Session, run: int, part: int, start: int, most: int | None = None) -> dict[str, Any]:
    """Print some of the missing documents of a run, from document `start` on; the run finds them in the store.

    What one part does not print, another or the job of the run prints: no job waits for a part, and it may fail.
    """
    row = session.get(PrintRunRow, run)
    if row is None or not tables.is_open(session, run):
        return {"printed": 0}
    plan, press = make_plan(load_job(session, row)), _get_press(session)
    count = len(plan.documents) if most is None else most
    session.rollback()
    time_slice = _TimeSlice(session, run)
    try:
        return {"printed": print_some(plan, store_for(session), press, start, count, time_slice)}
    except RunCancelled:
        return {"cancelled": True}
    except _TimeSliceOver:
        next_part = {"start": start + time_slice.checked, "most": count - time_slice.checked}
        enqueue(session, "print-part", key=tables.part_key(run, part), run=run, part=part, **next_part)
        return next_part


def _get_press(session: Session) -> Callable[[Document, Paper], PrintedPdf]:
    """Return the press of packets, which has a lower priority than the press of the interactive queue."""
    logo = company_logo(session)
    return lambda document, paper: thread_press(NICE).press(document, paper, logo)


class _ProgressReporter:
    """Stores the progress of a run twice a second and at the end; the first time, it also asks other workers to help."""

    def __init__(self, session: Session, run: int) -> None:
        self.session, self.run = session, run
        self.throttle = Throttle(REPORT_SECONDS)
        self.started = False

    def __call__(self, progress: Progress) -> None:
        if not self.throttle.ready(force=progress.documents == progress.total):
            return
        end_when_idle(self.session)
        # A worker that lost its lease writes nothing.
        report(self.session, progress.documents, progress.total, in_transaction=True)
        is_open = tables.store_progress(self.session, self.run, progress)
        if is_open and not self.started:
            self._ask_for_help(progress)
        self.started = True
        self.session.commit()
        if not is_open:
            raise RunCancelled

    def _ask_for_help(self, progress: Progress) -> None:
        missing = progress.total - progress.documents
        parts = min(missing // DOCUMENTS_PER_PART, tables.MAX_PARTS)
        for part in range(1, parts + 1):
            start = progress.total * part // (parts + 1)
            key = tables.part_key(self.run, part)
            enqueue(self.session, "print-part", key=key, run=self.run, part=part, start=start)


class _TimeSliceOver(Exception):
    """A part has worked for its time slice."""


class _TimeSlice:
    """Ends a part when the run needs nothing more, or when its time slice is over and other runs wait."""

    def __init__(self, session: Session, run: int) -> None:
        self.session, self.run = session, run
        self.started_at: float | None = None
        self.throttle = Throttle(REPORT_SECONDS)
        self.checked = 0

    def __call__(self, checked: int) -> None:
        self.checked, now = checked, time.monotonic()
        self.started_at = self.started_at or now
        if not self.throttle.ready():
            return
        end_when_idle(self.session)
        # A worker that lost its lease stops here.
        report(self.session, checked, 0, in_transaction=True)
        is_open = tables.is_open(self.session, self.run)
        self.session.commit()
        if not is_open:
            raise RunCancelled
        if now - self.started_at > SLICE_SECONDS:
            raise _TimeSliceOver
