"""All papers of a run as Word files: ask for them, and fetch the archive."""

from flask import abort, flash
from flask.typing import ResponseReturnValue

from workbench.accounts.audit import record
from workbench.accounts.model import Thing
from workbench.accounts.web import me, needs
from workbench.core.db import settings_of
from workbench.core.jobs import State, later
from workbench.core.web import session
from workbench.packets import files, tables
from workbench.packets.views import pages
from workbench.packets.views.loading import run_for, sent, to_run


@pages.route("/packets/<int:number>/word", methods=["POST"])
@needs("create", "packet")
def write_word(number: int) -> ResponseReturnValue:
    """Have the Word files of a finished run written; asking twice writes them once."""
    run = run_for(number)
    job = tables.word_job(session(), run.id)
    busy = job is not None and job.state in {State.QUEUED, State.RUNNING}
    if run.done_at and not run.forgotten_at and not busy:
        later(session(), "word-run", key=tables.word_key(run.id), run=run.id)
        record(session(), me(), "print", Thing("packet", run.person_id, str(run.id)), word=True)
    return to_run(run)


@pages.route("/packets/<int:number>/word.zip")
@needs("read", "packet")
def send_word(number: int) -> ResponseReturnValue:
    """Send the Word files of a run."""
    run = run_for(number)
    job = tables.word_job(session(), run.id)
    told = job.result if job else None
    if run.forgotten_at or not told or "folder" not in told:
        abort(404)
    file = files.find(settings_of(session()), told["folder"], told["name"])
    if file is None:
        flash("The Word files of this run are not here any more. Have them written again.")
        return to_run(run)
    return sent(run, file, told["digest"], word=True)
