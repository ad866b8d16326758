"""The pages that share one reader's packet by a link, show how often it was opened, and stop it."""

from flask import flash, redirect, render_template, url_for
from flask import session as browser
from flask.typing import ResponseReturnValue
from wtforms.validators import InputRequired

from workbench.accounts.audit import AuditAct, record
from workbench.accounts.permissions import Act
from workbench.accounts.tables import name_of
from workbench.accounts.web import me, needs, require
from workbench.core.db import NotFoundError, settings_of
from workbench.core.forms.fields import IntegerField
from workbench.core.forms.form import PageForm
from workbench.core.web.session import session
from workbench.packets.access import redirect_to_run, run_for
from workbench.packets.blueprint import pages
from workbench.packets.links import tables as share_tables
from workbench.packets.links.files import ReaderFile, find_file
from workbench.packets.links.tables import DEFAULT_DAYS, MAX_DAYS, LinkRow, LinkView, view_link
from workbench.packets.run import files
from workbench.packets.tables import MAX_RUN_NUMBER, PrintRunRow

# The page after the form shows the link once; until then the session cookie holds it.
_NEW_LINK = "new_link"


class LinkForm(PageForm):
    """How long a link leads to its file."""

    days = IntegerField(
        "For how many days?", min_value=1, max_value=MAX_DAYS, validators=[InputRequired("Enter a number of days")]
    )


@pages.route("/packets/<int:number>/share/<int:place>", methods=["GET", "POST"])
@needs(Act.SHARE, "packet")
def add_link(number: int, place: int) -> ResponseReturnValue:
    """Ask how long a link to one reader's packet lasts, and add it."""
    run, packet = _find_file(number, place)
    if files.find(settings_of(session()), run.folder, packet.archive_name) is None:
        flash("The files of this run are no longer here. Print it again: whatever has not changed is ready.")
        return redirect_to_run(run)
    form = LinkForm(data={"days": DEFAULT_DAYS})
    if form.submitted():
        share, token = share_tables.add_link(session(), run.id, place, me().id, form.days.data)
        record(session(), me(), AuditAct.SHARED, run.thing, link=share.id, packet=place, days=form.days.data)
        browser[_NEW_LINK] = [share.id, token]
        return redirect(url_for("packets.show_link", number=run.id, share=share.id), 303)
    return render_template(
        "packets/links/share.html", form=form, run=run.id, packet=packet
    ), 422 if form.errors else 200


@pages.route("/packets/<int:number>/shares/<int:share>")
@needs(Act.SHARE, "packet")
def show_link(number: int, share: int) -> ResponseReturnValue:
    """Show a new link once; afterwards only how long it lasts and how often it was opened."""
    run, row = _find_link(number, share)
    packet = find_file(run, row.place)
    if packet is None:
        return redirect_to_run(run)
    token = browser.pop(_NEW_LINK)[1] if browser.get(_NEW_LINK, [0])[0] == row.id else ""
    link = url_for("packets.show_shared", token=token, _external=True) if token else ""
    return render_template("packets/links/shared_link.html", run=run.id, packet=packet, share=view_link(row), link=link)


@pages.route("/packets/<int:number>/shares/<int:share>/stop", methods=["POST"])
@needs(Act.SHARE, "packet")
def stop_link(number: int, share: int) -> ResponseReturnValue:
    """Stop a link; its address then shows that it is over."""
    run, row = _find_link(number, share)
    if row.open:
        row.revoke()
        record(session(), me(), AuditAct.SHARING_STOPPED, run.thing, link=row.id)
        flash("The link has been stopped. Anyone who opens it from now on reads that it has ended.")
    return redirect_to_run(run)


def list_run_links(run: PrintRunRow) -> list[LinkView]:
    """List the links of a run with the names of the people who added them."""
    shares = share_tables.list_links(session(), run.id) if run.done_at else []
    names = {number: name_of(session(), number) for number in {share.made_by for share in shares}}
    return [view_link(share, names[share.made_by]) for share in shares]


def _find_file(number: int, place: int) -> tuple[PrintRunRow, ReaderFile]:
    run = _find_run(number)
    packet = find_file(run, place)
    if packet is None:
        raise NotFoundError
    return run, packet


def _find_link(number: int, share: int) -> tuple[PrintRunRow, LinkRow]:
    run = _find_run(number)
    row = session().get(LinkRow, share) if share <= MAX_RUN_NUMBER else None
    if row is None or row.run_id != run.id:
        raise NotFoundError
    return run, row


def _find_run(number: int) -> PrintRunRow:
    run = run_for(number)
    require(Act.SHARE, run.thing)
    return run
