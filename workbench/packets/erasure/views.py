"""The page on which HR has the names in a print run forgotten, after one look at what goes and what stays."""

from flask import flash, render_template
from flask.typing import ResponseReturnValue
from wtforms import BooleanField

from workbench.accounts.web import me, needs
from workbench.core.forms.form import PageForm
from workbench.core.web.session import session
from workbench.packets.access import run_for, to_run
from workbench.packets.blueprint import pages
from workbench.packets.erasure import erase as forgetting
from workbench.packets.links import tables as share_tables
from workbench.packets.tables import at_work


class ForgetForm(PageForm):
    """Whose names are forgotten: the candidates' always, the panel's where that is wanted."""

    panel = BooleanField("Forget the names of the panel members too")


@pages.route("/packets/<int:number>/forget", methods=["GET", "POST"])
@needs("forget", "packet")
def forget_run(number: int) -> ResponseReturnValue:
    """Ask once whether the names in a run are to be forgotten, and do it."""
    run = run_for(number)
    form = ForgetForm()
    busy = at_work(session(), run.id)
    if form.submitted() and not busy:
        forgetting.forget(session(), run, me(), panel=form.panel.data)
        flash("The names in this run are forgotten, and its files are removed.")
        return to_run(run)
    links = sum(share.open for share in share_tables.shares_of(session(), run.id))
    others = forgetting.named_too(session(), run)
    return render_template("packets/erasure/forget.html", form=form, run=run, busy=busy, links=links, others=others), (
        409 if form.is_submitted() and busy else 422 if form.errors else 200
    )
