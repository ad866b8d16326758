"""Send the files of a finished run: whole, the packet of one reader, or as Word files."""

import zipfile

from flask import flash, request, send_file
from flask.typing import ResponseReturnValue

from workbench.accounts.audit import AuditAct, record
from workbench.accounts.model import Thing
from workbench.accounts.permissions import Act
from workbench.accounts.web import me, needs
from workbench.core.db import NotFoundError, must_exist, settings_of
from workbench.core.jobs.tables import JobState
from workbench.core.web.session import after_response, session
from workbench.packets import tables
from workbench.packets.access import redirect_to_run, run_for, send_run_file
from workbench.packets.blueprint import pages
from workbench.packets.links.files import find_file
from workbench.packets.run import files
from workbench.packets.run.tasks import queue_word_files


@pages.route("/packets/<int:number>/packets/<int:place>.pdf")
@needs(Act.READ, "packet")
def download_packet(number: int, place: int) -> ResponseReturnValue:
    """Send the packet of one reader, counted from 1."""
    run = run_for(number)
    packet = must_exist(find_file(run, place))
    file = files.find(settings_of(session()), run.folder, packet.archive_name)
    try:
        stream = packet.read_from(file) if file else None
    except (FileNotFoundError, KeyError, zipfile.BadZipFile):
        stream = None
    if stream is None:
        flash("The files of this run are no longer here. Print it again: whatever has not changed is ready.")
        return redirect_to_run(run)
    person, thing = me(), Thing("packet", run.person_id, str(run.id))
    if request.method == "GET":
        after_response(lambda db_session: record(db_session, person, AuditAct.DOWNLOADED, thing, packet=place))
    answer = send_file(stream, "application/pdf", as_attachment=True, download_name=packet.name, etag=False)
    answer.content_length = packet.size
    answer.headers["Cache-Control"] = "private, no-cache"
    return answer


@pages.route("/packets/<int:number>/word", methods=["POST"])
@needs(Act.CREATE, "packet")
def write_word(number: int) -> ResponseReturnValue:
    """Queue the Word files of a finished run; a second request while they are written changes nothing."""
    run = run_for(number)
    job = tables.find_word_job(session(), run.id)
    busy = job is not None and job.state in {JobState.QUEUED, JobState.RUNNING}
    if run.done_at and not run.anonymised_at and not busy:
        queue_word_files(session(), run.id)
        record(session(), me(), AuditAct.PRINTED, Thing("packet", run.person_id, str(run.id)), word=True)
    return redirect_to_run(run)


@pages.route("/packets/<int:number>/word.zip")
@needs(Act.READ, "packet")
def download_word(number: int) -> ResponseReturnValue:
    """Send the Word files of a run."""
    run = run_for(number)
    job = tables.find_word_job(session(), run.id)
    result = job.result if job else None
    if run.anonymised_at or not result or "folder" not in result:
        raise NotFoundError
    file = files.find(settings_of(session()), result["folder"], result["name"])
    if file is None:
        flash("The Word files of this run are no longer here. Have them created again.")
        return redirect_to_run(run)
    return send_run_file(run, file, result["digest"], word=True)


@pages.route("/packets/<int:number>/files/<int:place>.<any(pdf,zip):form>")
@needs(Act.READ, "packet")
def download_file(number: int, place: int, form: str) -> ResponseReturnValue:
    """Send one file of a finished run, counted from 1."""
    run = run_for(number)
    if not run.done_at or not 1 <= place <= len(run.files):
        raise NotFoundError
    name = run.files[place - 1]["name"]
    if not name.endswith(form):
        raise NotFoundError
    file = files.find(settings_of(session()), run.folder, name)
    if file is None:
        flash("The files of this run are no longer here. Print it again: whatever has not changed is ready.")
        return redirect_to_run(run)
    return send_run_file(run, file, f"{run.digest}-{place}", file=place)
