"""Find the run of an address, check the permission, and send its files."""

from pathlib import Path
from typing import Any

from flask import redirect, request, send_file, url_for
from flask.typing import ResponseReturnValue

from workbench.accounts.audit import AuditAct, record
from workbench.accounts.permissions import Act
from workbench.accounts.web import me, require
from workbench.core.db import NotFoundError
from workbench.core.web.session import SAFE_METHODS, after_response, session
from workbench.packets import tables
from workbench.packets.tables import PrintRunRow


def run_for(number: int) -> PrintRunRow:
    """Find a run that the person may read, or answer 404."""
    is_write = request.method not in SAFE_METHODS
    run = tables.find_run(session(), number, lock=is_write) if 0 < number <= tables.MAX_RUN_NUMBER else None
    if run is None:
        raise NotFoundError
    require(Act.READ, run.thing)
    return run


def send_run_file(run: PrintRunRow, file: Path, etag: str, /, **which: Any) -> ResponseReturnValue:
    """Send a file of a run and record the download; a browser that has the file already may use its copy."""
    person, thing = me(), run.thing
    if request.method == "GET":
        after_response(lambda db_session: record(db_session, person, AuditAct.DOWNLOADED, thing, **which))
    answer = send_file(file, download_name=file.name, as_attachment=True, etag=etag, conditional=True)
    answer.headers["Cache-Control"] = "private, no-cache"
    return answer


def redirect_to_run(run: PrintRunRow) -> ResponseReturnValue:
    """Return a redirect to the page of a run."""
    return redirect(url_for("packets.show_run", number=run.id), 303)
