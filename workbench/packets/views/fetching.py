"""One reader's packet of a finished run, by itself, also where it lies inside an archive."""

import zipfile

from flask import abort, flash, request, send_file
from flask.typing import ResponseReturnValue

from workbench.accounts.audit import record
from workbench.accounts.model import Thing
from workbench.accounts.web import me, needs
from workbench.core.db import settings_of
from workbench.core.web import afterwards, session
from workbench.packets import files
from workbench.packets.sharing import held_at
from workbench.packets.views import pages
from workbench.packets.views.loading import run_for, to_run


@pages.route("/packets/<int:number>/packets/<int:place>.pdf")
@needs("read", "packet")
def send_one(number: int, place: int) -> ResponseReturnValue:
    """Send the packet of one reader, counted from 1."""
    run = run_for(number)
    held = held_at(run, place) or abort(404)
    file = files.find(settings_of(session()), run.folder, held.lies_in)
    try:
        opened = held.read_from(file) if file else None
    except (FileNotFoundError, KeyError, zipfile.BadZipFile):
        opened = None
    if opened is None:
        flash("The files of this run are not here any more. Print it again: what did not change is ready.")
        return to_run(run)
    person, thing = me(), Thing("packet", run.person_id, str(run.id))
    if request.method == "GET":
        afterwards(lambda own: record(own, person, "fetched", thing, packet=place))
    answer = send_file(opened, "application/pdf", as_attachment=True, download_name=held.name, etag=False)
    answer.content_length = held.size
    answer.headers["Cache-Control"] = "private, no-cache"
    return answer
