"""The pages on which somebody shares one person's packet by a link, sees how often it was opened, and stops it."""

from flask import abort, flash, redirect, render_template, url_for
from flask import session as browser
from flask.typing import ResponseReturnValue
from wtforms.validators import InputRequired

from workbench.accounts.audit import record
from workbench.accounts.model import Thing
from workbench.accounts.tables import name_of
from workbench.accounts.web import me, needs, require
from workbench.core.clock import now
from workbench.core.db import settings_of
from workbench.core.forms.fields import IntegerField
from workbench.core.forms.form import PageForm
from workbench.core.web.session import session
from workbench.packets.access import run_for, to_run
from workbench.packets.blueprint import pages
from workbench.packets.links import tables as share_tables
from workbench.packets.links.files import Held, held_at
from workbench.packets.links.tables import LONGEST_DAYS, USUAL_DAYS, ShareRow
from workbench.packets.run import files
from workbench.packets.tables import MOST_RUNS, PrintRunRow

_NEW_LINK = "new_link"  # shown once by the page after the form; until then it lies with the browser that asked


class ShareForm(PageForm):
    """How long a link is to lead to its file."""

    days = IntegerField(
        "For how many days?", min_value=1, max_value=LONGEST_DAYS, validators=[InputRequired("Enter a number of days")]
    )


@pages.route("/packets/<int:number>/share/<int:place>", methods=["GET", "POST"])
@needs("share", "packet")
def share_packet(number: int, place: int) -> ResponseReturnValue:
    """Ask how long a link to one person's packet is to last, and make it."""
    run, held = _held(number, place)
    if files.find(settings_of(session()), run.folder, held.lies_in) is None:
        flash("The files of this run are no longer here. Print it again: whatever has not changed is ready.")
        return to_run(run)
    form = ShareForm(data={"days": USUAL_DAYS})
    if form.submitted():
        share, token = share_tables.add_share(session(), run.id, place, me().id, form.days.data)
        record(session(), me(), "shared", _thing(run), link=share.id, packet=place, days=form.days.data)
        browser[_NEW_LINK] = [share.id, token]
        return redirect(url_for("packets.show_share", number=run.id, share=share.id), 303)
    return render_template("packets/links/share.html", form=form, run=run, held=held), 422 if form.errors else 200


@pages.route("/packets/<int:number>/shares/<int:share>")
@needs("share", "packet")
def show_share(number: int, share: int) -> ResponseReturnValue:
    """Show a link to whoever made it, once; afterwards only how long it lasts and how often it was opened."""
    run, row = _share(number, share)
    held = held_at(run, row.place)
    if held is None:
        return to_run(run)
    token = browser.pop(_NEW_LINK)[1] if browser.get(_NEW_LINK, [0])[0] == row.id else ""
    link = url_for("packets.show_shared", token=token, _external=True) if token else ""
    return render_template("packets/links/shared_link.html", run=run, held=held, share=row, link=link)


@pages.route("/packets/<int:number>/shares/<int:share>/stop", methods=["POST"])
@needs("share", "packet")
def stop_share(number: int, share: int) -> ResponseReturnValue:
    """Stop a link; whoever opens it from now on is told that it is over."""
    run, row = _share(number, share)
    if row.open:
        row.revoked_at = now()
        record(session(), me(), "stopped sharing", _thing(run), link=row.id)
        flash("The link has been stopped. Anyone who opens it from now on reads that it has ended.")
    return to_run(run)


def links_of(run: PrintRunRow) -> list[tuple[ShareRow, str]]:
    """List the links of a run with the names of those who made them."""
    shares = share_tables.shares_of(session(), run.id) if run.done_at else []
    names = {number: name_of(session(), number) for number in {share.made_by for share in shares}}
    return [(share, names[share.made_by]) for share in shares]


def _held(number: int, place: int) -> tuple[PrintRunRow, Held]:
    run = _run(number)
    held = held_at(run, place)
    if held is None:
        abort(404)
    return run, held


def _share(number: int, share: int) -> tuple[PrintRunRow, ShareRow]:
    run = _run(number)
    row = session().get(ShareRow, share) if share <= MOST_RUNS else None
    if row is None or row.run_id != run.id:
        abort(404)
    return run, row


def _run(number: int) -> PrintRunRow:
    run = run_for(number)
    require("share", _thing(run))
    return run


def _thing(run: PrintRunRow) -> Thing:
    return Thing("packet", run.person_id, str(run.id))
