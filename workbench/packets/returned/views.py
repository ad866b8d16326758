"""The page on which filled-in documents are uploaded: read, merged by sheet, and planned as a flat run."""

import atexit
import time
from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import cache
from typing import Any

from flask import flash, render_template
from flask.typing import ResponseReturnValue
from flask_wtf.file import MultipleFileField
from wtforms.validators import ValidationError

from workbench.accounts.audit import AuditAct, record
from workbench.accounts.permissions import Act
from workbench.accounts.web import me, needs
from workbench.core.db import NotFoundError
from workbench.core.forms.form import PageForm
from workbench.core.text.words import count, join_words
from workbench.core.web.options import before_write, max_body_size, preparation
from workbench.core.web.session import session
from workbench.documents.model import FillMode, PressFailed
from workbench.documents.press.form_reader import FormReader
from workbench.packets import loading, tables
from workbench.packets.access import redirect_to_run, run_for
from workbench.packets.blueprint import pages
from workbench.packets.plan import make_plan
from workbench.packets.returned.merge import MAX_BYTES, MAX_FILES, ReturnedAnswers, accepts_returns, merge_answers

SECONDS = 20.0  # for all files together, because the user waits for the page
_NO_ANSWERS = (
    "None of these files holds a document of run {run}. Choose PDFs that were printed by it and filled in. "
    "One that was printed to PDF or scanned afterwards has no answers to read: ask for the saved file."
)
_TOO_LONG = "These files take too long to read together. Choose fewer of them at once."
_MAX_NAMED = 10


class ReturnedForm(PageForm):
    """The filled-in PDFs."""

    files = MultipleFileField("Filled-in PDFs")

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.uploads: tuple[tuple[str, Mapping[str, str]], ...] = ()

    def validate_files(self, field: Any) -> None:
        """Read the fields of each file."""
        files = [each for each in field.data or () if getattr(each, "filename", "")]
        if not files:
            raise ValidationError("Choose the filled-in PDFs.")
        if len(files) > MAX_FILES:
            raise ValidationError(f"Choose at most {MAX_FILES} files at once; these are {len(files)}.")
        self.uploads = tuple(_read(files))


def _read_form() -> ReturnedForm:
    form = ReturnedForm()
    form.submitted()
    return form


@pages.route("/packets/<int:number>/returned", methods=["GET", "POST"])
@needs(Act.CREATE, "packet")
@max_body_size(MAX_BYTES)
@before_write(_read_form)
def upload_returned(number: int) -> ResponseReturnValue:
    """Ask for filled-in documents, and plan a run that prints the answers in them."""
    run = run_for(number)
    run_request = run.request
    print_job = loading.job_for_request(session(), me(), run_request)
    if not accepts_returns(print_job) or run.anonymised_at:
        raise NotFoundError
    form: ReturnedForm = preparation()
    if form.uploads and not form.errors:
        merged = merge_answers(make_plan(print_job), form.uploads, run_request.answers)
        if len(merged.unmatched) == len(form.uploads):
            form.files.errors = [_NO_ANSWERS.format(run=run.id)]
        else:
            flat = replace(
                run_request, options=replace(run_request.options, form=FillMode.FLAT), answers=merged.answers
            )
            new_run = tables.add_run(session(), me().id, flat, run.id)
            record(session(), me(), AuditAct.RETURNED, run.thing, sheets=len(merged.answers))
            for note in _notes(merged):
                flash(note)
            return redirect_to_run(new_run)
    return render_template(
        "packets/returned/returned.html", form=form, run=run.id, answers=len(print_job.answers)
    ), 422 if form.errors else 200


@cache
def form_reader() -> FormReader:
    """Return the form reader of this process; its child process ends with the server."""
    reader = FormReader()
    atexit.register(reader.close)
    return reader


def _read(files: list[Any]) -> Iterator[tuple[str, Mapping[str, str]]]:
    until = time.monotonic() + SECONDS
    for file in files:
        if time.monotonic() > until:
            raise ValidationError(_TOO_LONG)
        try:
            yield file.filename, form_reader().read(file.stream.read())
        except PressFailed as error:
            raise ValidationError(f"{file.filename}: {error.reason}") from None


def _notes(merged: ReturnedAnswers) -> Iterator[str]:
    """Yield sentences on the returned and the missing documents, for the person who uploaded the files."""
    yield f"{count(len(merged.answers), 'document')} returned; the answers will be printed as fixed text."
    if merged.unmatched:
        yield f"No document of this run is in {_list_some(merged.unmatched)}."
    if merged.duplicates:
        yield f"These were returned twice with different answers, and the later file counts: {_list_some(merged.duplicates)}."
    if merged.missing:
        yield f"Nothing has been returned yet for {count(len(merged.missing), 'document')}: {_list_some(merged.missing)}."


def _list_some(names: tuple[str, ...]) -> str:
    more = len(names) - _MAX_NAMED
    return join_words((*names[:_MAX_NAMED], f"{more} more") if more > 0 else names)
