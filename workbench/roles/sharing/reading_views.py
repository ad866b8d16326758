"""Lead a person who reads a draft from the address of an editing page to the page with every answer."""

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import Forbidden, NotFound

from workbench.accounts.permissions import Act, may
from workbench.accounts.web import current_person_or_none
from workbench.core.web.errors import error_page
from workbench.core.web.session import SAFE_METHODS, session
from workbench.roles.blueprint import pages
from workbench.roles.loading import ReaderError
from workbench.roles.tables import find_draft

READING = "That page is for the people who change this draft. Here you read what it says."


@pages.errorhandler(ReaderError)
def answer_reader(_: ReaderError) -> ResponseReturnValue:
    """Redirect a reader of a draft to every answer; a part of a page and a form are not found."""
    return _lead_to_reading() or error_page(NotFound())


@pages.errorhandler(Forbidden)
def answer_forbidden(error: Forbidden) -> ResponseReturnValue:
    """Redirect a person of a kind that never changes drafts in the same way, if they read this one."""
    return _lead_to_reading() or error_page(error)


def _lead_to_reading() -> ResponseReturnValue | None:
    """Return the redirect to every answer, or None for a fragment, a form, or a draft that the person does not read."""
    person, slug = current_person_or_none(), (request.view_args or {}).get("slug", "")
    if person is None or not slug or request.method not in SAFE_METHODS or request.headers.get("HX-Request"):
        return None
    draft = find_draft(session(), slug)
    if draft is None or may(person, Act.EDIT, draft.thing) or not may(person, Act.READ, draft.thing):
        return None
    flash(READING)
    return redirect(url_for("roles.check_answers", slug=slug, _anchor="every-answer"), 303)
