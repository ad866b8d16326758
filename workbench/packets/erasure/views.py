"""The page on which HR erases the names in a print run, after a look at the consequences."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from wtforms import BooleanField

from workbench.accounts.permissions import Act
from workbench.accounts.web import me, needs
from workbench.core.forms.form import PageForm
from workbench.core.web.session import session
from workbench.packets.access import redirect_to_run, run_for
from workbench.packets.blueprint import pages
from workbench.packets.erasure import erase
from workbench.packets.links import tables as share_tables
from workbench.packets.tables import is_busy


class EraseForm(PageForm):
    """The choice of names to erase: always the candidates', and the panel's on request."""

    panel = BooleanField("Erase the names of the panel members too")


@pages.route("/packets/<int:number>/erase", methods=["GET", "POST"])
@needs(Act.ERASE, "packet")
def erase_names(number: int) -> ResponseReturnValue:
    """Ask for confirmation, and erase the names in a run."""
    run = run_for(number)
    form = EraseForm()
    busy = is_busy(session(), run.id)
    if form.submitted() and not busy:
        erase.erase_run(session(), run, me(), panel=form.panel.data)
        flash("The names in this run are erased, and its files are removed.")
        return redirect_to_run(run)
    links = sum(share.open for share in share_tables.list_links(session(), run.id))
    others = erase.find_runs_with_same_names(session(), run)
    return render_template(
        "packets/erasure/erase.html",
        form=form,
        run=run.id,
        name=run.request.name,
        people=run.request.people,
        busy=busy,
        links=links,
        others=others,
    ), (409 if form.is_submitted() and busy else 422 if form.errors else 200)


@pages.route("/packets/<int:number>/forget")
@needs(Act.ERASE, "packet")
def redirect_old_erasure(number: int) -> ResponseReturnValue:
    """Redirect the old address of the page."""
    return redirect(url_for("packets.erase_names", number=number), 308)
