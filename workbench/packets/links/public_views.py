"""The pages behind a link, for a person without an account: a plain page about one packet, and the packet itself."""

import zipfile
from dataclasses import dataclass
from pathlib import Path

from flask import Response, render_template, request, send_file
from flask.typing import ResponseReturnValue

from workbench.accounts.audit import AuditAct, record
from workbench.accounts.model import Thing
from workbench.accounts.tables import company
from workbench.core.db import settings_of
from workbench.core.web.limits import rate_limit
from workbench.core.web.options import public
from workbench.core.web.session import after_response, session
from workbench.packets import tables
from workbench.packets.blueprint import pages
from workbench.packets.links import tables as share_tables
from workbench.packets.links.files import ReaderFile, find_file
from workbench.packets.links.tables import LinkView, view_link
from workbench.packets.run import files
from workbench.packets.run.output import file_name

_PRIVATE = {"Referrer-Policy": "no-referrer", "X-Robots-Tag": "noindex, nofollow", "Cache-Control": "no-store"}
_READ_METHODS = ("GET", "HEAD")


@dataclass(frozen=True, slots=True)
class OpenLink:
    """What an open link leads to: a packet of a run about some roles, and the file that holds it."""

    share: LinkView
    thing: Thing
    recipe: str
    roles: str
    packet: ReaderFile
    file: Path

    @property
    def title(self) -> str:
        """Return the title of the packet with its reader; a packet for the file has its kind alone."""
        return f"{self.recipe} for {self.packet.reader}" if self.packet.is_personal else self.recipe

    @property
    def name(self) -> str:
        """Return the name of the file, without the run's own name and without the number of the packet."""
        return f"{file_name(self.title)}.pdf"


@pages.route("/shared/<token>")
@public
@rate_limit("60 per minute", methods=_READ_METHODS)
def show_shared(token: str) -> ResponseReturnValue:
    """Show the page behind a link; this does not count as opening, because mail scanners load the page too."""
    link = _find_open_link(token)
    if isinstance(link, int):
        return _render_ended_link(link)
    return render_template("packets/links/shared.html", link=link, token=token, company=company(session()).name)


@pages.route("/shared/<token>/file")
@public
@rate_limit("30 per minute", methods=_READ_METHODS)
def send_shared(token: str) -> ResponseReturnValue:
    """Send the packet behind a link, and count that it was opened."""
    link = _find_open_link(token)
    if isinstance(link, int):
        return _render_ended_link(link)
    try:
        stream = link.packet.read_from(link.file)
    except (FileNotFoundError, KeyError, zipfile.BadZipFile):
        return _render_ended_link(410)
    answer = send_file(stream, "application/pdf", as_attachment=True, download_name=link.name, etag=False)
    answer.content_length = link.packet.size
    if request.method == "GET":
        number, thing = link.share.id, link.thing
        after_response(lambda db_session: share_tables.count_download(db_session, number))
        after_response(lambda db_session: record(db_session, None, AuditAct.DOWNLOADED, thing, link=number))
    return answer


@pages.after_request
def _set_private_headers(answer: Response) -> Response:
    """Keep an address that opens a file out of other sites' logs, of search engines and of caches."""
    if request.endpoint in {"packets.show_shared", "packets.send_shared"}:
        answer.headers.update(_PRIVATE)
    return answer


def _find_open_link(token: str) -> OpenLink | int:
    """Find what a link leads to, or return 404 for an unknown link and 410 for an ended one."""
    share = share_tables.find_link(session(), token)
    if share is None:
        return 404
    run = tables.find_run(session(), share.run_id) if share.open else None
    packet = find_file(run, share.place) if run else None
    file = files.find(settings_of(session()), run.folder, packet.archive_name) if run and packet else None
    if not (run and packet and file):
        return 410
    return OpenLink(view_link(share), run.thing, run.request.recipe.title, run.role_titles, packet, file)


def _render_ended_link(code: int) -> ResponseReturnValue:
    """Return the same page for every link that does not open, so that it reveals nothing about any run."""
    return render_template("packets/links/shared_over.html"), code
