"""Find the run that an address names, and refuse it to those who may not have it."""

from flask import abort, redirect, request, url_for
from flask.typing import ResponseReturnValue

from workbench.accounts.model import Thing
from workbench.accounts.web import require
from workbench.core.web import SAFE_METHODS, session
from workbench.packets import tables
from workbench.packets.tables import PrintRunRow


def run_for(number: int) -> PrintRunRow:
    """Find a run that the person may read; else answer 404."""
    held = request.method not in SAFE_METHODS
    run = tables.find_run(session(), number, hold=held) if number <= tables.MOST_RUNS else None
    if run is None:
        abort(404)
    require("read", Thing("packet", run.person_id, str(number)))
    return run


def to_run(run: PrintRunRow) -> ResponseReturnValue:
    """Go on to the page of a run."""
    return redirect(url_for("packets.show_run", number=run.id), 303)
