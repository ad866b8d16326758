"""The pages of print runs: choose, look at the list, print, watch, cancel, fetch the files, and print again."""

from dataclasses import replace

from flask import Blueprint, abort, flash, redirect, render_template, request, send_file, url_for
from flask.typing import ResponseReturnValue

from workbench.accounts.audit import record
from workbench.accounts.model import Thing, may
from workbench.accounts.tables import company, company_mark
from workbench.accounts.web import Item, me, needs, require
from workbench.core.clock import now
from workbench.core.jobs import JobRow, later
from workbench.core.web import SAFE_METHODS, afterwards, session
from workbench.documents.model import Document, Paper, PressFailed
from workbench.packets import tables, tasks
from workbench.packets.forms import RunForm
from workbench.packets.listing import Listing, listing
from workbench.packets.model import Pick, plan
from workbench.packets.tables import PrintRunRow, short, state_of
from workbench.roles.tables import EditionRow, latest_editions, list_editions
from workbench.roles.tasks import store
from workbench.roles.views.printing import previewer

pages = Blueprint("packets", __name__)
NAVIGATION = (Item("Packets", "packets.list_runs", "list", "packet"),)
UNDER_WAY = ("waiting", "printing")


@pages.route("/packets")
@needs("list", "packet")
def list_runs() -> ResponseReturnValue:
    """Show what was printed: HR sees every run, a leader their own."""
    runs = tables.list_runs(session(), None if me().kind == "hr" else me().id)
    states = {run.id: state_of(session(), run) for run in runs}
    return render_template("packets/runs.html", runs=runs, states=states, titles=_titles(runs))


@pages.route("/packets/new", methods=["GET", "POST"])
@needs("create", "packet")
def plan_run() -> ResponseReturnValue:
    """Ask what is printed for whom; nothing is printed before the list was looked at."""
    editions = _editions()
    choices = [(str(row.id), f"{row.title}, {row.label}") for row in editions]
    form = RunForm(choices, data={"paper": company(session()).paper, "delivery": "zip", "recipe": "interviewer"})
    if form.submitted():
        try:
            wanted = form.wanted(me().name)
            plan(wanted.recipe, len(wanted.picks), wanted.people, wanted.leader)
        except ValueError as error:
            form.form_errors.append(str(error))
        else:
            return _to_run(tables.add_run(session(), me().id, wanted))
    return render_template("packets/plan.html", form=form, editions=editions), 422 if form.errors else 200


@pages.route("/packets/<int:number>")
@needs("read", "packet")
def show_run(number: int) -> ResponseReturnValue:
    """Show a run as it stands: the list before it, how far it is, or its files."""
    run = _run(number)
    state = state_of(session(), run)
    order = tasks.order_of(session(), run)
    paper = order.options.paper
    listed = listing(order, store(), lambda document: _count(document, paper)) if state == "planned" else None
    job = session().get(JobRow, run.job_id) if run.job_id else None
    return render_template(
        "packets/run.html",
        run=run,
        state=state,
        order=order,
        listed=listed,
        changed=_changed(run, listed),
        retired=_retired(run) if state == "planned" else [],
        reason=job.error if job and state == "failed" else "",
    )


@pages.route("/packets/<int:number>/print", methods=["POST"])
@needs("create", "packet")
def start_run(number: int) -> ResponseReturnValue:
    """Print a run that was looked at, or one that failed; asking twice prints it once."""
    run = _run(number)
    if state_of(session(), run) in {"planned", "failed"}:
        if gone := _retired(run):
            flash(f"{gone[0].title}, {gone[0].label}, was retired meanwhile. Choose the roles again.")
            return redirect(url_for("packets.plan_run"), 303)
        run.job_id = later(session(), "print-run", key=f"print-run:{run.id}", run=run.id)
        record(session(), me(), "print", Thing("packet", run.person_id, str(run.id)), recipe=run.wanted.recipe.name)
    return _to_run(run)


@pages.route("/packets/<int:number>/cancel", methods=["POST"])
@needs("create", "packet")
def cancel_run(number: int) -> ResponseReturnValue:
    """Stop a run; what is printed by then stays in the store, and no packet is handed over."""
    run = _run(number)
    if state_of(session(), run) not in {"done", "cancelled"}:
        run.cancelled_at = now()
    return _to_run(run)


@pages.route("/packets/<int:number>/again", methods=["POST"])
@needs("create", "packet")
def plan_again(number: int) -> ResponseReturnValue:
    """Plan the same run with the newest editions of its roles; only what changed is printed anew."""
    run = _run(number)
    wanted = run.wanted
    before = tables.editions_of(session(), wanted.picks)
    newest = latest_editions(session(), {row.slug for row in before.values()})
    picks = []
    for pick in wanted.picks:
        edition = newest[before[pick.edition].slug]
        if edition.retired_at:
            flash(f"{edition.title} has no edition that is in use. Choose the roles again.")
            return redirect(url_for("packets.plan_run"), 303)
        picks.append(Pick(edition.id))
    again = replace(wanted, picks=tuple(dict.fromkeys(picks)))
    return _to_run(tables.add_run(session(), me().id, again, run.id))


@pages.route("/packets/<int:number>/files/<int:place>.<any(pdf,zip):form>")
@needs("read", "packet")
def send_packet(number: int, place: int, form: str) -> ResponseReturnValue:
    """Send one file of a finished run, counted from 1."""
    run = _run(number)
    if not run.done_at or not 1 <= place <= len(run.files):
        abort(404)
    name = run.files[place - 1]["name"]
    if not name.endswith(form):
        abort(404)
    file = tasks.folder() / run.folder / name
    if not file.is_file():
        flash("The files of this run are not here any more. Print it again: what did not change is ready.")
        return _to_run(run)
    person = me()
    if request.method == "GET":
        thing = Thing("packet", run.person_id, str(run.id))
        afterwards(lambda own: record(own, person, "fetched", thing, file=place))
    answer = send_file(file, download_name=name, as_attachment=True, etag=f"{run.digest}-{place}", conditional=True)
    answer.headers["Cache-Control"] = "private, no-cache"
    return answer


def _run(number: int) -> PrintRunRow:
    """Find a run that the person may read; else answer 404."""
    held = request.method not in SAFE_METHODS
    run = tables.find_run(session(), number, hold=held) if number <= tables.MOST_RUNS else None
    if run is None:
        abort(404)
    require("read", Thing("packet", run.person_id, str(number)))
    return run


def _to_run(run: PrintRunRow) -> ResponseReturnValue:
    return redirect(url_for("packets.show_run", number=run.id), 303)


def _editions() -> list[EditionRow]:
    """List the newest edition in use of each role that the person may print."""
    newest: dict[str, EditionRow] = {}
    for row in list_editions(session()):
        if row.retired_at is None and may(me(), "print", Thing("edition", row.owner_id)):
            newest.setdefault(row.slug, row)
    return sorted(newest.values(), key=lambda row: (row.title, row.id))


def _titles(runs: list[PrintRunRow]) -> dict[int, str]:
    titles = {row.id: f"{row.title}, {row.label}" for row in list_editions(session())}
    return {run.id: "; ".join(titles[pick.edition] for pick in run.wanted.picks) for run in runs}


def _retired(run: PrintRunRow) -> list[EditionRow]:
    return [row for row in tables.editions_of(session(), run.wanted.picks).values() if row.retired_at]


def _changed(run: PrintRunRow, listed: Listing | None) -> int | None:
    """Count the documents that the run before did not have; None where there is nothing to compare."""
    before = tables.find_run(session(), run.before_id) if run.before_id else None
    if before is None or listed is None or not before.keys:
        return None
    return len({short(key) for key in listed.keys} - set(before.keys))


def _count(document: Document, paper: Paper) -> int:
    """Count pages with the quick engine; what it cannot lay out is counted when it is printed."""
    try:
        return previewer().page(document, paper, 1, company_mark(session())).pages
    except PressFailed:
        return 0
