"""Papers on screen and as PDF: one that is printed is sent as a file, one that is not says so and can be printed."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from hashlib import sha256
from io import BytesIO
from typing import Any

from flask import Response, redirect, render_template, request, send_file, url_for
from flask.typing import ResponseReturnValue

from workbench.accounts.audit import record
from workbench.accounts.model import Thing, may
from workbench.accounts.tables import company, company_mark
from workbench.accounts.web import me, needs, require
from workbench.core.jobs.tables import enqueue, failure_reason, has_unfinished_job
from workbench.core.text.words import slug as slug_of
from workbench.core.web.options import public
from workbench.core.web.policy import safe_redirect_path
from workbench.core.web.session import after_response, session
from workbench.documents.model import Document, FillMode, Paper
from workbench.documents.page.html import render_body, screen_style_sheet
from workbench.documents.press.pool import previewer
from workbench.documents.store.installation import store_for
from workbench.roles import tables
from workbench.roles.blueprint import pages
from workbench.roles.documents import exports, printing
from workbench.roles.documents.model import Audience
from workbench.roles.loading import draft_for, edition_for
from workbench.roles.model import Role
from workbench.roles.starter import starter_metrics

KINDS = f"<any({','.join(map(repr, printing.TITLES))}):kind>"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@dataclass(frozen=True, slots=True)
class Wanted:
    """One paper that somebody asks for: of what, where its addresses are, and the job that would print it."""

    document: Document
    title: str
    page_url: str
    pdf_url: str
    word_url: str
    print_url: str
    back_url: str
    job: str
    may_print: bool


@dataclass(frozen=True, slots=True)
class Asked:
    """How somebody wants a paper: on which sheet, in which form, and in which size."""

    paper: Paper
    form: FillMode
    large: bool

    def of(self, document: Document) -> Document:
        """Give a paper as it is wanted."""
        return replace(document, form=self.form, large=self.large)

    @property
    def facts(self) -> dict[str, Any]:
        """Tell what is wanted, as an address and a form carry it."""
        form = {} if self.form is FillMode.HAND else {"form": self.form.value}
        return {"paper": self.paper.value, **form, **({"size": "large"} if self.large else {})}

    @property
    def name(self) -> str:
        """Name what is wanted, in the key of a job and in the name of a file."""
        return "-".join(self.facts.values())


@pages.route(f"/roles/<slug>/papers/{KINDS}")
@needs("read", "draft")
def show_draft_document(slug: str, kind: str) -> ResponseReturnValue:
    """Show one paper of a draft as a web page."""
    return _shown(_wanted_of_draft(draft_for("read", slug), kind))


@pages.route(f"/roles/<slug>/papers/{KINDS}.pdf")
@needs("read", "draft")
def send_draft_document(slug: str, kind: str) -> ResponseReturnValue:
    """Send one paper of a draft as PDF, marked as a draft."""
    draft = draft_for("read", slug)
    return _sent(_wanted_of_draft(draft, kind), Thing("draft", draft.owner_id, slug))


@pages.route(f"/roles/<slug>/papers/{KINDS}.docx")
@needs("read", "draft")
def send_draft_word(slug: str, kind: str) -> ResponseReturnValue:
    """Send one paper of a draft as a Word file, marked as a draft."""
    draft = draft_for("read", slug)
    return _written(_wanted_of_draft(draft, kind), Thing("draft", draft.owner_id, slug))


@pages.route("/roles/<slug>/papers/print", methods=["POST"])
@needs("print", "draft")
def print_draft(slug: str) -> ResponseReturnValue:
    """Have the papers of a draft printed now."""
    draft = draft_for("print", slug)
    asked = _asked(request.form)
    key = f"press-draft:{draft.id}:{asked.name}"
    enqueue(session(), "press-draft", key=key, draft=draft.id, **asked.facts)
    return _back_to_paper(url_for("roles.show_draft", slug=slug))


@pages.route(f"/editions/<slug>/<int:number>/{KINDS}")
@needs("list", "edition")
def show_edition_document(slug: str, number: int, kind: str) -> ResponseReturnValue:
    """Show one paper of an edition as a web page."""
    return _shown(_wanted_of_edition(_edition(slug, number, kind), kind))


@pages.route(f"/editions/<slug>/<int:number>/{KINDS}.pdf")
@needs("list", "edition")
def send_edition_document(slug: str, number: int, kind: str) -> ResponseReturnValue:
    """Send one paper of an edition as PDF."""
    edition = _edition(slug, number, kind)
    return _sent(_wanted_of_edition(edition, kind), Thing(kind, edition.owner_id, f"{slug}/{number}"))


@pages.route(f"/editions/<slug>/<int:number>/{KINDS}.docx")
@needs("list", "edition")
def send_edition_word(slug: str, number: int, kind: str) -> ResponseReturnValue:
    """Send one paper of an edition as a Word file."""
    edition = _edition(slug, number, kind)
    return _written(_wanted_of_edition(edition, kind), Thing(kind, edition.owner_id, f"{slug}/{number}"))


@pages.route("/editions/<slug>/<int:number>/print", methods=["POST"])
@needs("print", "edition")
def print_edition(slug: str, number: int) -> ResponseReturnValue:
    """Have the papers of an edition printed now, also on the other paper."""
    edition = edition_for("print", slug, number)
    asked = _asked(request.form)
    key = f"press-edition:{edition.id}:{asked.name}"
    enqueue(session(), "press-edition", key=key, edition=edition.id, **asked.facts)
    return _back_to_paper(url_for("roles.show_edition", slug=slug, number=number))


@pages.route(f"/roles/<slug>/preview/{KINDS}.png")
@needs("read", "draft")
def preview_page(slug: str, kind: str) -> ResponseReturnValue:
    """Draw the printed page on which the words of `at` stand, as the draft is now."""
    draft = draft_for("read", slug)
    own = company(session())
    role = draft.role
    document = printing.document(kind, role, printing.draft_stamp(own, role), Audience.OWNER, own.language)
    picture = previewer().find(document, Paper(own.paper), request.args.get("at", "")[:80], company_mark(session()))
    answer = Response(picture.png, mimetype="image/png")
    answer.headers["Cache-Control"] = "private, max-age=600"
    return answer


@pages.route("/roles/<slug>/metrics")
@needs("read", "draft")
def show_draft_metrics(slug: str) -> ResponseReturnValue:
    """Show the starter metrics of a draft."""
    draft = draft_for("read", slug)
    here = url_for("roles.show_draft", slug=slug)
    links = {form: url_for("roles.send_draft_metrics", slug=slug, form=form) for form in ("csv", "xlsx")}
    sheet_url = url_for("roles.show_draft_document", slug=slug, kind="starter-metrics")
    return _metrics(draft.role, draft.title, here, links, sheet_url)


@pages.route("/roles/<slug>/metrics.<any(csv,xlsx):form>")
@needs("read", "draft")
def send_draft_metrics(slug: str, form: str) -> ResponseReturnValue:
    """Send the starter metrics of a draft as a table."""
    return _table(draft_for("read", slug).role, form)


@pages.route("/editions/<slug>/<int:number>/metrics")
@needs("read", "edition")
def show_edition_metrics(slug: str, number: int) -> ResponseReturnValue:
    """Show the starter metrics of an edition."""
    edition = edition_for("read", slug, number)
    here = url_for("roles.show_edition", slug=slug, number=number)
    links = {
        form: url_for("roles.send_edition_metrics", slug=slug, number=number, form=form) for form in ("csv", "xlsx")
    }
    sheet_url = url_for("roles.show_edition_document", slug=slug, number=number, kind="starter-metrics")
    return _metrics(edition.role, f"{edition.title}, {edition.label}", here, links, sheet_url)


@pages.route("/editions/<slug>/<int:number>/metrics.<any(csv,xlsx):form>")
@needs("read", "edition")
def send_edition_metrics(slug: str, number: int, form: str) -> ResponseReturnValue:
    """Send the starter metrics of an edition as a table."""
    return _table(edition_for("read", slug, number).role, form)


@pages.route("/paper.css")
@public
def paper_sheet() -> ResponseReturnValue:
    """Send the print sheet for a paper that is read on screen."""
    answer = Response(screen_style_sheet(), mimetype="text/css")
    answer.headers["Cache-Control"] = "public, max-age=3600"
    return answer


def _edition(slug: str, number: int, kind: str) -> tables.EditionRow:
    """Find an edition whose paper of this kind the person may read; else answer 404."""
    edition = edition_for("list", slug, number)
    require("read", Thing(kind, edition.owner_id))
    return edition


def _wanted_of_draft(draft: tables.DraftRow, kind: str) -> Wanted:
    own = company(session())
    role = draft.role
    return Wanted(
        printing.document(kind, role, printing.draft_stamp(own, role), Audience.OWNER, own.language),
        draft.title,
        url_for("roles.show_draft_document", slug=draft.slug, kind=kind),
        url_for("roles.send_draft_document", slug=draft.slug, kind=kind),
        url_for("roles.send_draft_word", slug=draft.slug, kind=kind),
        url_for("roles.print_draft", slug=draft.slug),
        url_for("roles.show_draft", slug=draft.slug),
        f"press-draft:{draft.id}",
        may(me(), "print", Thing("draft", draft.owner_id)),
    )


def _wanted_of_edition(edition: tables.EditionRow, kind: str) -> Wanted:
    sees_pay = may(me(), "read", Thing("pay", edition.owner_id))
    own = company(session())
    stamp = printing.edition_stamp(own, edition)
    audience = Audience.OWNER if sees_pay else Audience.EVERYONE
    place: dict[str, Any] = {"slug": edition.slug, "number": edition.number}
    return Wanted(
        printing.document(kind, edition.role, stamp, audience, own.language),
        f"{edition.title}, {edition.label}",
        url_for("roles.show_edition_document", kind=kind, **place),
        url_for("roles.send_edition_document", kind=kind, **place),
        url_for("roles.send_edition_word", kind=kind, **place),
        url_for("roles.print_edition", **place),
        url_for("roles.show_edition", **place),
        f"press-edition:{edition.id}",
        may(me(), "print", Thing("edition", edition.owner_id)),
    )


def _asked(given: Mapping[str, str]) -> Asked:
    """Give what somebody asked for, or the company's own paper, written on by hand, in the usual size."""
    paper = printing.paper_named(given.get("paper", ""), company(session()))
    return Asked(paper, printing.form_named(given.get("form", "")), given.get("size") == "large")


def _shown(wanted: Wanted) -> ResponseReturnValue:
    page = render_body(wanted.document, _asked(request.args).paper)
    return render_template("roles/documents/document.html", wanted=wanted, papers=tuple(Paper), paper=page)


def _sent(wanted: Wanted, thing: Thing) -> ResponseReturnValue:
    """Send the PDF from the store, with its key as ETag; while it is being printed, show a page that waits for it."""
    asked, shelf = _asked(request.args), store_for(session())
    kept = shelf.find(shelf.key(asked.of(wanted.document), asked.paper))
    if kept is None:
        own = f"{wanted.job}:{asked.name}"
        jobs = (wanted.job, own) if asked.name == asked.paper else (own,)
        at_work = has_unfinished_job(session(), jobs)
        reason = "" if at_work else failure_reason(session(), jobs)
        page = render_template(
            "roles/documents/waiting.html", wanted=wanted, asked=asked, at_work=at_work, reason=reason
        )
        return page, 202 if at_work else 200
    answer = send_file(
        kept.file,
        mimetype="application/pdf",
        download_name=_named(wanted, asked.name, "pdf"),
        etag=kept.key,
        conditional=True,
    )
    return _handed_over(answer, wanted, thing, kept.key)


def _written(wanted: Wanted, thing: Thing) -> ResponseReturnValue:
    """Send the Word file, written as it is asked for: it takes a tenth of a second; its digest is its ETag."""
    from workbench.documents.word.builder import MEDIA_TYPE
    from workbench.roles.documents.docx import word

    paper = _asked(request.args).paper
    file = word(wanted.document, paper, company_mark(session()))
    key, name = sha256(file).hexdigest(), _named(wanted, paper, "docx")
    answer = send_file(
        BytesIO(file), mimetype=MEDIA_TYPE, as_attachment=True, download_name=name, etag=key, conditional=True
    )
    return _handed_over(answer, wanted, thing, key)


def _named(wanted: Wanted, variant: str, ending: str) -> str:
    return f"{slug_of(wanted.title)}-{wanted.document.kind}-{variant}.{ending}"


def _handed_over(answer: Response, wanted: Wanted, thing: Thing, key: str) -> Response:
    """Note in the history that a file was handed over; a browser that has it already (304) is given nothing new."""
    person, kind = me(), wanted.document.kind
    if request.method == "GET" and answer.status_code == 200:
        after_response(lambda own: record(own, person, "printed", thing, paper=kind, key=key[:16]))
    answer.headers["Cache-Control"] = "private, no-cache"
    return answer


def _back_to_paper(otherwise: str) -> ResponseReturnValue:
    """Go on to the paper that was asked for: a local path of this site and nothing else."""
    return redirect(safe_redirect_path(request.form.get("then", ""), otherwise), 303)


def _metrics(role: Role, title: str, back: str, links: dict[str, str], sheet_url: str) -> ResponseReturnValue:
    return render_template(
        "roles/documents/starter_metrics.html",
        sheet=starter_metrics(role),
        title=title,
        back=back,
        links=links,
        sheet_url=sheet_url,
    )


def _table(role: Role, form: str) -> ResponseReturnValue:
    data = exports.csv_bytes(role) if form == "csv" else exports.xlsx_bytes(role)
    answer = Response(data, mimetype="text/csv; charset=utf-8" if form == "csv" else XLSX)
    answer.headers["Content-Disposition"] = f'attachment; filename="{slug_of(role.title)}-metrics.{form}"'
    return answer
