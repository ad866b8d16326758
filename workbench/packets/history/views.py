"""The list of print runs, with its search."""

from flask import render_template, request
from flask.typing import ResponseReturnValue

from workbench.accounts.model import Thing
from workbench.accounts.permissions import Act, may
from workbench.accounts.tables import list_people
from workbench.accounts.web import me, needs
from workbench.core.text.words import clean
from workbench.core.web.session import session
from workbench.packets import tables
from workbench.packets.blueprint import pages
from workbench.packets.history.search import find_runs
from workbench.packets.planning.role_options import list_titles
from workbench.packets.tables import run_states

_MAX_SEARCH_LENGTH = 80


@pages.route("/packets")
@needs(Act.LIST, "packet")
def list_runs() -> ResponseReturnValue:
    """Show what was printed, or those runs that hold all the words of a search: HR sees every run, a leader their own."""
    every_run = may(me(), Act.READ, Thing("packet"))
    asked, before = clean(request.args.get("q", ""))[:_MAX_SEARCH_LENGTH], request.args.get("before", 0, type=int)
    found = find_runs(session(), None if every_run else me().id, asked, max(0, min(before, tables.MAX_RUN_NUMBER)))
    wanted = [run.summary for run in found.runs]
    titles = list_titles(session(), wanted)
    rows = list(zip(found.runs, wanted, titles, run_states(session(), found.runs), strict=True))
    names = {person.id: person.name for person in list_people(session())} if every_run else {}
    return render_template(
        "packets/history/runs.html", runs=rows, names=names, asked=asked, before=found.before, first=not before
    )
