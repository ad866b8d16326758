"""The pages of print runs: the list, a run as it stands, print, cancel, and fetch the files."""

from time import monotonic

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from workbench.accounts.audit import record
from workbench.accounts.model import Thing
from workbench.accounts.tables import company_mark, name_of
from workbench.accounts.web import me, needs
from workbench.core.clock import now
from workbench.core.db import settings_of
from workbench.core.jobs.tables import JobRow, JobState
from workbench.core.storage.disk import DISK_FULL, is_full
from workbench.core.web.session import session
from workbench.documents.model import Document, FillMode, Paper, PressFailed
from workbench.documents.press.pool import previewer
from workbench.documents.store.installation import store_for
from workbench.hiring.combined_names import joined
from workbench.packets import loading, tables
from workbench.packets.access import run_for, to_run
from workbench.packets.blueprint import pages
from workbench.packets.job import Order
from workbench.packets.links.files import held_of
from workbench.packets.links.views import links_of
from workbench.packets.planning.forms import DELIVERY_WORDS
from workbench.packets.planning.listing import Listing, listing
from workbench.packets.planning.role_options import titles_of
from workbench.packets.run.tasks import queue_run
from workbench.packets.tables import PrintRunRow, short, state_of
from workbench.roles.tables import EditionRow

_COUNTING_SECONDS = 2
_MOST_COUNTED = 10_000
_counted: dict[str, int] = {}  # pages by the key of a document, for the life of the process


@pages.route("/packets/<int:number>")
@needs("read", "packet")
def show_run(number: int) -> ResponseReturnValue:
    """Show a run as it stands: the list before it, how far it is, or its files."""
    run = run_for(number)
    state = state_of(session(), run)
    order = loading.order_of(session(), run)
    listed = _listed(order) if state == "planned" else None
    job = session().get(JobRow, run.job_id) if run.job_id else None
    return render_template(
        "packets/run/run.html",
        run=run,
        state=state,
        order=order,
        listed=listed,
        joined=joined((*order.people.panel, *order.people.candidates)) if state == "planned" else (),
        changed=_changed(run, listed),
        retired=_retired(run) if state == "planned" else [],
        reason=job.error if job and state == "failed" else "",
        held_up=_held_up(job),
        packets=held_of(run),
        links=links_of(run),
        words=tables.word_job(session(), run.id),
        planner=name_of(session(), run.person_id),
        handed_over=DELIVERY_WORDS[order.options.delivery],
    )


@pages.route("/packets/<int:number>/print", methods=["POST"])
@needs("create", "packet")
def start_run(number: int) -> ResponseReturnValue:
    """Print a run that was looked at, or one that failed; asking twice prints it once."""
    run = run_for(number)
    if state_of(session(), run) in {"planned", "failed"}:
        if gone := _retired(run):
            flash(f"{gone[0].title}, {gone[0].label}, has been retired in the meantime. Choose the roles again.")
            return redirect(url_for("packets.plan_run", like=run.id), 303)
        run.job_id = queue_run(session(), run.id)
        wanted = run.wanted
        thing = Thing("packet", run.person_id, str(run.id))
        record(session(), me(), "print", thing, recipe=wanted.recipe.name, roles=titles_of(session(), [wanted])[0])
    return to_run(run)


@pages.route("/packets/<int:number>/cancel", methods=["POST"])
@needs("create", "packet")
def cancel_run(number: int) -> ResponseReturnValue:
    """Stop a run; what is printed by then stays in the store, and no packet is handed over."""
    run = run_for(number)
    if state_of(session(), run) not in {"done", "cancelled"}:
        run.cancelled_at = now()
    return to_run(run)


def _retired(run: PrintRunRow) -> list[EditionRow]:
    """List the editions of a run that are not in use any more; what came back is a record of the edition it was."""
    if run.wanted.options.form is FillMode.FLAT:
        return []
    return [row for row in tables.editions_of(session(), run.wanted.picks).values() if row.retired_at]


def _held_up(job: JobRow | None) -> str:
    """Say what keeps a run from going on, where that passes by itself; a full disk may keep even this from its row."""
    if job is None or job.state not in (JobState.QUEUED, JobState.RUNNING):
        return ""
    known = settings_of(session())
    if is_full(known.folder) or (known.database_url.startswith("sqlite") and is_full(known.data)):
        return DISK_FULL
    return job.error if job.spared else ""


def _changed(run: PrintRunRow, listed: Listing | None) -> int | None:
    """Count the documents that the run before did not have; None where there is nothing to compare."""
    before = tables.find_run(session(), run.before_id) if run.before_id else None
    if before is None or listed is None or not before.keys:
        return None
    return len({short(key) for key in listed.keys} - set(before.keys))


def _listed(order: Order) -> Listing:
    """List what a run would print, and count its pages for no longer than two seconds.

    What was counted is remembered, so a very large run knows the rest when it is looked at again.
    """
    mark, until = company_mark(session()), monotonic() + _COUNTING_SECONDS

    def count(document: Document, key: str) -> int:
        if key not in _counted and monotonic() < until and (found := _count(document, order.options.paper, mark)):
            _counted[key] = found
        return _counted.get(key, 0)

    if len(_counted) > _MOST_COUNTED:
        _counted.clear()
    return listing(order, store_for(session()), count)


def _count(document: Document, paper: Paper, mark: bytes | None) -> int:
    """Count pages with the quick engine; what it cannot lay out is counted when it is printed."""
    try:
        return previewer().count(document, paper, mark)
    except PressFailed:
        return 0
