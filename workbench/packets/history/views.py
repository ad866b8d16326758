"""The list of print runs, with its search."""

from flask import render_template, request
from flask.typing import ResponseReturnValue

from workbench.accounts.model import Thing
from workbench.accounts.permissions import Act, may
from workbench.accounts.web import me, needs
from workbench.core.paging import ListRequest
from workbench.core.web.session import session
from workbench.packets.blueprint import pages
from workbench.packets.history import tables


@pages.route("/packets")
@needs(Act.LIST, "packet")
def list_runs() -> ResponseReturnValue:
    """Show the list of runs: all of them with the permission to read every run, else the person's own."""
    every_run = may(me(), Act.READ, Thing("packet"))
    runs = tables.list_runs(session(), None if every_run else me().id, ListRequest.read(request.args))
    return render_template("packets/history/runs.html", runs=runs, every_run=every_run)
