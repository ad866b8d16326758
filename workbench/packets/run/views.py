"""The page of a print run, and its buttons: print and cancel."""

from time import monotonic

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from workbench.accounts.audit import AuditAct, record
from workbench.accounts.permissions import Act
from workbench.accounts.tables import company_logo, name_of
from workbench.accounts.web import me, needs
from workbench.core.db import settings_of
from workbench.core.jobs.tables import JobRow, JobState
from workbench.core.storage.disk import DISK_FULL, is_full
from workbench.core.web.session import session
from workbench.documents.model import Document, FillMode, Paper, PressFailed
from workbench.documents.press.pool import previewer
from workbench.documents.store.installation import store_for
from workbench.documents.store.uses import keys_used_by
from workbench.hiring.combined_names import find_combined_names, find_turned_names
from workbench.packets import loading, tables
from workbench.packets.access import redirect_to_run, run_for
from workbench.packets.blueprint import pages
from workbench.packets.job import PrintJob
from workbench.packets.links.files import files_of
from workbench.packets.links.views import list_run_links
from workbench.packets.plan import make_plan
from workbench.packets.planning.forms import DELIVERY_WORDS
from workbench.packets.planning.listing import RunListing, list_documents
from workbench.packets.planning.role_checks import check_roles
from workbench.packets.run.page import view_edition, view_run, view_word_files
from workbench.packets.run.tasks import queue_run
from workbench.packets.tables import PrintRunRow, RunState, run_state
from workbench.roles.tables import EditionRow

_COUNTING_SECONDS = 2
_MAX_PAGE_COUNTS = 10_000
_page_counts: dict[str, int] = {}  # pages by the key of a document, for the life of the process


@pages.route("/packets/<int:number>")
@needs(Act.READ, "packet")
def show_run(number: int) -> ResponseReturnValue:
    """Show a run: its list before it is printed, its progress, or its files."""
    run = run_for(number)
    state = run_state(session(), run)
    print_job = loading.load_job(session(), run)
    listing = _list_documents(print_job) if state is RunState.PLANNED else None
    job = session().get(JobRow, run.job_id) if run.job_id else None
    return render_template(
        "packets/run/run.html",
        run=view_run(run, state, name_of(session(), run.person_id)),
        state=state,
        print_job=print_job,
        listing=listing,
        role_checks=check_roles(session(), print_job, run.request.roles) if state is RunState.PLANNED else (),
        combined_names=find_combined_names((*print_job.people.panel, *print_job.people.candidates)),
        turned_names=find_turned_names((*print_job.people.panel, *print_job.people.candidates))
        if state is RunState.PLANNED
        else (),
        changed_count=_count_changed(run, listing),
        retired=[view_edition(row) for row in _list_retired(run)] if state is RunState.PLANNED else [],
        reason=job.error if job and state is RunState.FAILED else "",
        delay_reason=_waiting_reason(job),
        packets=files_of(run),
        links=list_run_links(run),
        words=view_word_files(tables.find_word_job(session(), run.id)),
        delivery=DELIVERY_WORDS[print_job.options.delivery],
    )


@pages.route("/packets/<int:number>/print", methods=["POST"])
@needs(Act.CREATE, "packet")
def start_run(number: int) -> ResponseReturnValue:
    """Print a planned or failed run; a second request changes nothing."""
    run = run_for(number)
    if run_state(session(), run) in {RunState.PLANNED, RunState.FAILED}:
        if retired := _list_retired(run):
            flash(f"{retired[0].title}, {retired[0].label}, has been retired in the meantime. Choose the roles again.")
            return redirect(url_for("packets.plan_run", like=run.id), 303)
        run.start(queue_run(session(), run.id))
        recipe = run.request.recipe.name
        record(session(), me(), AuditAct.PRINTED, run.thing, recipe=recipe, roles=run.role_titles)
    return redirect_to_run(run)


@pages.route("/packets/<int:number>/cancel", methods=["POST"])
@needs(Act.CREATE, "packet")
def cancel_run(number: int) -> ResponseReturnValue:
    """Cancel a run; documents that are printed stay in the store, and no packet is delivered."""
    run = run_for(number)
    if run_state(session(), run) not in {RunState.DONE, RunState.CANCELLED}:
        run.cancel()
        record(session(), me(), AuditAct.CANCELLED, run.thing)
    return redirect_to_run(run)


def _list_retired(run: PrintRunRow) -> list[EditionRow]:
    """List the editions of a run that are retired; a run of returned answers keeps its editions."""
    if run.request.options.form is FillMode.FLAT:
        return []
    return [row for row in tables.editions_of(session(), run.request.roles).values() if row.retired_at]


def _waiting_reason(job: JobRow | None) -> str:
    """Return the passing reason why a run waits; a full disk is checked here, because it cannot be stored."""
    if job is None or job.state not in (JobState.QUEUED, JobState.RUNNING):
        return ""
    settings = settings_of(session())
    if is_full(settings.folder) or (settings.database_url.startswith("sqlite") and is_full(settings.data)):
        return DISK_FULL
    return job.error if job.transient_failures else ""


def _count_changed(run: PrintRunRow, listing: RunListing | None) -> int | None:
    """Return how many documents the previous run did not have; None where there is nothing to compare."""
    previous = tables.find_run(session(), run.previous_id) if run.previous_id else None
    if previous is None or listing is None or not (keys := keys_used_by(session(), "run", previous.id)):
        return None
    return len(set(listing.keys) - keys)


def _list_documents(print_job: PrintJob) -> RunListing:
    """List what a run would print, and count its pages for at most two seconds.

    Counts are cached, so the rest of a very large run is counted when its page is shown again.
    """
    logo, until = company_logo(session()), monotonic() + _COUNTING_SECONDS

    def count(document: Document, key: str) -> int:
        if (
            key not in _page_counts
            and monotonic() < until
            and (pages := _count_pages(document, print_job.options.paper, logo))
        ):
            _page_counts[key] = pages
        return _page_counts.get(key, 0)

    if len(_page_counts) > _MAX_PAGE_COUNTS:
        _page_counts.clear()
    return list_documents(make_plan(print_job), store_for(session()), count)


def _count_pages(document: Document, paper: Paper, logo: bytes | None) -> int:
    """Return the pages of a document by the preview engine; 0 for a document that it cannot lay out."""
    try:
        return previewer().count(document, paper, logo)
    except PressFailed:
        return 0
