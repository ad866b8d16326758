"""Erase the names in print runs: on request, and when the company's retention period is over."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from workbench.accounts.audit import AuditAct, record
from workbench.accounts.model import Person, Thing
from workbench.accounts.tables import company
from workbench.core.clock import now
from workbench.core.db import settings_of
from workbench.core.erasure import PurgeResult, register_purge
from workbench.documents.store.installation import store_for
from workbench.documents.store.store import Store
from workbench.documents.store.uses import keys_in_use, keys_used_only_by, remove_uses
from workbench.hiring.model import People
from workbench.packets.links.tables import list_linked_runs, revoke_links
from workbench.packets.run import files
from workbench.packets.tables import PrintRunRow, RunState, is_busy, known_folders, list_jobs
from workbench.roles.documents import printing

_ERASED = "The details were erased with the names."


class RunBusy(RuntimeError):
    """A worker works on the run and would write the names again."""


def anonymise_people(people: People, *, panel: bool) -> People:
    """Return people with labels in place of the candidates' names, and of the panel's for `panel`."""
    candidates = tuple(f"Candidate {number}" for number, _ in enumerate(people.candidates, 1))
    members = tuple(f"Panel member {number}" for number, _ in enumerate(people.panel, 1))
    return People(members if panel else people.panel, candidates, people.roles)


def erase_run(session: Session, run: PrintRunRow, person: Person, *, panel: bool) -> None:
    """Remove the files of a run and every name in it, on request of a person; its figures stay.

    This removes its files, its links, the documents that only it used, its own name, and the names in its request, in
    its faults and in the errors of its jobs. Raises RunBusy.
    """
    if is_busy(session, run.id):
        raise RunBusy
    store = store_for(session)
    documents = _documents_of(session, store, run)
    files.remove(settings_of(session), run.id)
    store.remove(session, documents)
    anonymise_run(session, run, person, panel=panel)


@register_purge("run")
def purge_expired_runs(session: Session, *, dry: bool = False) -> PurgeResult:
    """Erase the runs whose retention period is over, and remove folders without a run.

    A run with an open link is kept until the link ends. With `dry` nothing is removed, only counted.
    """
    settings, store = settings_of(session), store_for(session)
    expired = list(_list_expired(session))
    if expired and not dry:
        for run in expired:
            files.remove(settings, run.id)
        printing.record_unknown_uses(session, store)
        store.prune(session, keys_in_use(session, without=("run", [run.id for run in expired])), 0)
        # The rows are locked last, so that no other transaction waits for the removal of files.
        for run in expired:
            session.refresh(run, with_for_update=True)
            # Otherwise another machine has erased it already.
            if run.panel_named:
                anonymise_run(session, run, None, panel=True)
    return PurgeResult(tuple(run.id for run in expired), files.sweep(settings, known_folders(session), dry=dry))


def find_runs_with_same_names(session: Session, run: PrintRunRow) -> list[int]:
    """List the numbers of other runs that hold the name of a candidate of this one."""
    names = set(run.request.people.candidates)
    query = select(PrintRunRow.id, PrintRunRow.choices["people"]).where(
        PrintRunRow.id != run.id, PrintRunRow.anonymised_at.is_(None)
    )
    rows = session.execute(query.order_by(PrintRunRow.id))
    return [number for number, people in rows if not names.isdisjoint((people or {}).get("candidates", ()))]


def _list_expired(session: Session) -> Iterator[PrintRunRow]:
    """Yield the runs whose retention period is over; it begins with the printing, or else with the planning."""
    before = now() - timedelta(days=company(session).keep_days)
    has_names = or_(PrintRunRow.anonymised_at.is_(None), PrintRunRow.panel_named)
    query = select(PrintRunRow).where(has_names, PrintRunRow.created_at < before)
    linked_runs = list_linked_runs(session)
    for run in session.scalars(query.order_by(PrintRunRow.id)):
        if (run.done_at or run.created_at) < before and run.id not in linked_runs and not is_busy(session, run.id):
            yield run


def _documents_of(session: Session, store: Store, run: PrintRunRow) -> set[str]:
    """List the documents that only this run led to.

    After a run that broke off or failed, documents without any record are listed too: another job may have printed them.
    """
    roles = run.request.roles
    printing.record_unknown_uses(
        session,
        store,
        drafts=[role.draft for role in roles if role.draft],
        editions=[role.edition for role in roles if role.edition],
    )
    used_keys = keys_used_only_by(session, "run", run.id)
    if run.job_id and (run.faults or not run.done_at):
        used_keys |= store.keys_without_row(session) - keys_in_use(session, without=("run", [run.id]))
    return used_keys


def anonymise_run(session: Session, run: PrintRunRow, person: Person | None, *, panel: bool) -> None:
    """Remove the names from the row of a run and of its jobs, and record it in the audit trail."""
    old_request = run.request
    revoked = revoke_links(session, run.id)
    people = anonymise_people(old_request.people, panel=panel)
    run.change_request(session, replace(old_request, people=people, answers=(), name=""))
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
    record(session, person, AuditAct.ERASED, Thing("packet", run.person_id, str(run.id)), panel=panel, links=revoked)
