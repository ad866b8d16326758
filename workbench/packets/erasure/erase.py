"""Taking the names out of print runs: when somebody asks for it, and when the company's keeping time is over."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import timedelta

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from workbench.accounts.audit import AuditAct, record
from workbench.accounts.model import Person, Thing
from workbench.accounts.tables import company
from workbench.core.clock import now
from workbench.core.db import settings_of
from workbench.core.jobs.tables import JobRow, JobState
from workbench.documents.store.installation import store_for
from workbench.documents.store.store import Store
from workbench.documents.store.uses import keys_used_only_by, remove_uses, used_keys
from workbench.hiring.model import People
from workbench.packets.links.tables import list_linked_runs, revoke_links
from workbench.packets.loading import load_job
from workbench.packets.plan import make_plan
from workbench.packets.run import files
from workbench.packets.tables import PrintRunRow, RunState, is_busy, known_folders, list_jobs
from workbench.roles.documents import printing

_ERASED = "What was said of it is forgotten with the names."


@dataclass(frozen=True, slots=True)
class PurgeResult:
    """What was removed from the print runs: which were forgotten, and how many folders nobody knew."""

    runs: tuple[int, ...]
    folders: int


class RunBusy(RuntimeError):
    """A worker has the run in hand, and would write the names anew."""


def anonymise_people(people: People, *, panel: bool) -> People:
    """Put labels in place of the candidates' names, and of the panel's where that is wanted."""
    candidates = tuple(f"Candidate {number}" for number, _ in enumerate(people.candidates, 1))
    members = tuple(f"Panel member {number}" for number, _ in enumerate(people.panel, 1))
    return People(members if panel else people.panel, candidates)


def erase_run(session: Session, run: PrintRunRow, person: Person, *, panel: bool) -> None:
    """Remove what a run printed and every name in it, because somebody asked for that; its figures stay.

    Gone afterwards: its files, its links, the documents that it alone used, its own name, and the names in what it was
    asked for, in its faults and in the errors of its jobs. Raises AtWork.
    """
    if is_busy(session, run.id):
        raise RunBusy
    store = store_for(session)
    doomed = _documents_of(session, store, run)
    files.remove(settings_of(session), run.id)
    store.remove(session, doomed)
    anonymise_run(session, run, person, panel=panel)


def purge_expired(session: Session, *, dry: bool = False) -> PurgeResult:
    """Forget the runs that are older than the company keeps them, and remove folders that no run knows.

    A run that an open link leads to waits until the link ends. With `dry` nothing is removed, only counted.
    """
    settings, store = settings_of(session), store_for(session)
    over = list(_list_expired(session))
    if over and not dry:
        for run in over:
            files.remove(settings, run.id)
        printing.record_unknown_uses(session, store)
        kept = used_keys(session, without=("run", [run.id for run in over]))
        store.prune(session, kept | _documents_in_progress(session, store), 0)
        for run in over:  # the rows last: until here nobody waits for us
            session.refresh(run, with_for_update=True)
            if run.panel_named:  # else another machine did it meanwhile
                anonymise_run(session, run, None, panel=True)
    return PurgeResult(tuple(run.id for run in over), files.sweep(settings, known_folders(session), dry=dry))


def find_runs_with_same_names(session: Session, run: PrintRunRow) -> list[int]:
    """List the numbers of other runs that hold the name of a candidate of this one."""
    names = set(run.request.people.candidates)
    wanted = select(PrintRunRow.id, PrintRunRow.choices["people"]).where(
        PrintRunRow.id != run.id, PrintRunRow.anonymised_at.is_(None)
    )
    rows = session.execute(wanted.order_by(PrintRunRow.id))
    return [number for number, people in rows if not names.isdisjoint((people or {}).get("candidates", ()))]


def _list_expired(session: Session) -> Iterator[PrintRunRow]:
    """Give the runs whose time is over; what was never printed counts from the day it was planned."""
    before = now() - timedelta(days=company(session).keep_days)
    named = or_(PrintRunRow.anonymised_at.is_(None), PrintRunRow.panel_named)
    wanted = select(PrintRunRow).where(named, PrintRunRow.created_at < before)
    shared = list_linked_runs(session)
    for run in session.scalars(wanted.order_by(PrintRunRow.id)):
        if (run.done_at or run.created_at) < before and run.id not in shared and not is_busy(session, run.id):
            yield run


def _documents_of(session: Session, store: Store, run: PrintRunRow) -> set[str]:
    """Name the documents that this run alone led to.

    A run that broke off left no list, and where a document failed another part may have printed it all the same: then
    what nobody listed goes too.
    """
    printing.record_unknown_uses(session, store)
    found = keys_used_only_by(session, "run", run.id)
    if run.job_id and (run.faults or not run.done_at):
        found |= store.keys_without_row(session) - used_keys(session, without=("run", [run.id]))
    return found - _documents_in_progress(session, store)


def _documents_in_progress(session: Session, store: Store) -> set[str]:
    """Name the documents of the runs that a worker has in hand."""
    busy = JobRow.state.in_([JobState.QUEUED, JobState.RUNNING])
    runs = session.scalars(select(PrintRunRow).join(JobRow, JobRow.id == PrintRunRow.job_id).where(busy))
    return {key for run in runs for key in make_plan(load_job(session, run)).keys.values()}


def anonymise_run(session: Session, run: PrintRunRow, person: Person | None, *, panel: bool) -> None:
    """Write the run without its names."""
    wanted = run.request
    stopped = revoke_links(session, run.id)
    people = anonymise_people(wanted.people, panel=panel)
    run.change_request(session, replace(wanted, people=people, answers=(), name=""))
    run.files = [{"name": "", "pages": file["pages"], "size": file["size"]} for file in run.files]
    run.faults = [f"One document could not be printed. {_ERASED}" for _ in run.faults]
    run.folder, run.anonymised_at = "", run.anonymised_at or now()
    remove_uses(session, "run", run.id)
    run.panel_named = run.panel_named and not panel
    if run.state is not RunState.DONE:
        run.cancel()
    for job in list_jobs(session, run.id):
        job.error = _ERASED if job.error else ""
        if job.result and "name" in job.result:  # a file is named by the run, and a run may be named by a person
            job.result = job.result | {"name": ""}
    record(session, person, AuditAct.ERASED, Thing("packet", run.person_id, str(run.id)), panel=panel, links=stopped)
