"""The pages behind a link, for a person without an account: the position description to read, and as a PDF."""

from dataclasses import dataclass

from flask import Response, render_template, request, send_file
from flask.typing import ResponseReturnValue

from workbench.accounts.audit import AuditAct, record
from workbench.accounts.model import Thing
from workbench.accounts.tables import company
from workbench.core.text.words import slug as slug_of
from workbench.core.web.limits import rate_limit
from workbench.core.web.options import public
from workbench.core.web.session import after_response, session
from workbench.documents.model import Document, Paper
from workbench.documents.page.html import render_body
from workbench.documents.store.installation import store_for
from workbench.roles.blueprint import pages
from workbench.roles.documents import printing
from workbench.roles.documents.kinds import build_document
from workbench.roles.links import tables as links
from workbench.roles.promises.model import for_candidates
from workbench.roles.tables import EditionRow

KIND = "position-description"
_PRIVATE = {"Referrer-Policy": "no-referrer", "X-Robots-Tag": "noindex, nofollow", "Cache-Control": "no-store"}
_READ_METHODS = ("GET", "HEAD")


@dataclass(frozen=True, slots=True)
class SharedEdition:
    """What an open link leads to: the document of an edition without unreleased pay, and the paper size of the company."""

    link: int
    title: str
    thing: Thing
    document: Document
    paper: Paper
    company: str


@pages.route("/read/<token>")
@public
@rate_limit("60 per minute", methods=_READ_METHODS)
def read_shared_edition(token: str) -> ResponseReturnValue:
    """Show the position description of the edition behind a link as a page."""
    shared = _find_shared(token)
    if isinstance(shared, int):
        return render_template("roles/links/ended.html"), shared
    _count(shared)
    body = render_body(shared.document, shared.paper)
    return render_template("roles/links/shared.html", shared=shared, body=body, token=token)


@pages.route("/read/<token>/position-description.pdf")
@public
@rate_limit("30 per minute", methods=_READ_METHODS)
def send_shared_edition(token: str) -> ResponseReturnValue:
    """Send the position description behind a link as a PDF, or a page that asks to wait until it is printed."""
    shared = _find_shared(token)
    if isinstance(shared, int):
        return render_template("roles/links/ended.html"), shared
    store = store_for(session())
    stored = store.find(store.key(shared.document, shared.paper))
    if stored is None:
        return render_template("roles/links/waiting.html", shared=shared, token=token), 202
    _count(shared)
    name = f"{slug_of(shared.title)}-{KIND}.pdf"
    return send_file(stored.file, mimetype="application/pdf", download_name=name, etag=False)


@pages.after_request
def _set_private_headers(answer: Response) -> Response:
    """Keep an address that opens an edition out of other sites' logs, of search engines and of caches."""
    if request.endpoint in {"roles.read_shared_edition", "roles.send_shared_edition"}:
        answer.headers.update(_PRIVATE)
    return answer


def _find_shared(token: str) -> SharedEdition | int:
    """Find what a link leads to, or return 404 for an unknown link and 410 for an ended one."""
    link = links.find_link(session(), token)
    if link is None:
        return 404
    if not link.open:
        return 410
    edition = session().get_one(EditionRow, link.edition_id)
    settings = company(session())
    stamp = printing.edition_stamp(settings, edition)
    document = build_document(KIND, for_candidates(edition.role), stamp, settings.language)
    thing = Thing("edition", edition.owner_id, f"{edition.slug}/{edition.number}")
    return SharedEdition(
        link.id, f"{edition.title}, {edition.label}", thing, document, Paper(settings.paper), settings.name
    )


def _count(shared: SharedEdition) -> None:
    """Count the opening and record it in the audit trail, unless a browser asks for the headers alone."""
    if request.method == "GET":
        number, thing = shared.link, shared.thing
        after_response(lambda own: links.count_opening(own, number))
        after_response(lambda own: record(own, None, AuditAct.DOWNLOADED, thing, link=number))
