"""The pages that plan a run: choose what is printed for whom, or take up a run that was."""

from dataclasses import replace

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from workbench.accounts.model import Thing, may
from workbench.accounts.tables import company
from workbench.accounts.web import me, needs
from workbench.core.web import session
from workbench.packets import tables
from workbench.packets.forms import RunForm
from workbench.packets.model import Pick, plan
from workbench.packets.views import pages
from workbench.packets.views.loading import run_for, to_run
from workbench.roles.tables import EditionRow, latest_editions, list_editions


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
            return to_run(tables.add_run(session(), me().id, wanted))
    return render_template("packets/plan.html", form=form, editions=editions), 422 if form.errors else 200


@pages.route("/packets/<int:number>/again", methods=["POST"])
@needs("create", "packet")
def plan_again(number: int) -> ResponseReturnValue:
    """Plan the same run with the newest editions of its roles; only what changed is printed anew."""
    run = run_for(number)
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
    return to_run(tables.add_run(session(), me().id, again, run.id))


def _editions() -> list[EditionRow]:
    """List the newest edition in use of each role that the person may print."""
    newest: dict[str, EditionRow] = {}
    for row in list_editions(session()):
        if row.retired_at is None and may(me(), "print", Thing("edition", row.owner_id)):
            newest.setdefault(row.slug, row)
    return sorted(newest.values(), key=lambda row: (row.title, row.id))
