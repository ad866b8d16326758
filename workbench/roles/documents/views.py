"""The pages of documents: on screen, as PDF and Word files, with a page to print a PDF that is not printed yet."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from io import BytesIO
from typing import Any
from urllib.parse import quote

from flask import Response, redirect, render_template, request, send_file, url_for
from flask.typing import ResponseReturnValue

from workbench.accounts.audit import AuditAct, record
from workbench.accounts.model import Thing
from workbench.accounts.permissions import Act, may
from workbench.accounts.tables import company, company_logo
from workbench.accounts.web import me, needs, require
from workbench.core.digests import sha256
from workbench.core.file_formats import DOCX, XLSX
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
from workbench.roles.documents.kinds import DOCUMENTS, build_document
from workbench.roles.documents.starter import starter_metrics
from workbench.roles.loading import draft_for, edition_for, role_for_reader
from workbench.roles.model import Role

KINDS = f"<any({','.join(map(repr, DOCUMENTS))}):kind>"


@dataclass(frozen=True, slots=True)
class DocumentPage:
    """A document with the addresses of its pages and files, and the job that prints it."""

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
class PrintOptions:
    """How a document is to be printed: the paper size, filled in by hand or on screen, and in large print or not."""

    paper: Paper
    form: FillMode
    large: bool

    def apply(self, document: Document) -> Document:
        """Return the document with these options."""
        return replace(document, form=self.form, large=self.large)

    @property
    def arguments(self) -> dict[str, Any]:
        """Return the options as the arguments of an address or a form."""
        form = {} if self.form is FillMode.HAND else {"form": self.form.value}
        return {"paper": self.paper.value, **form, **({"size": "large"} if self.large else {})}

    @property
    def name(self) -> str:
        """Return a name of the options for the key of a job and for a file name."""
        return "-".join(self.arguments.values())


@pages.route(f"/roles/<slug>/documents/{KINDS}")
@needs(Act.READ, "draft")
def show_draft_document(slug: str, kind: str) -> ResponseReturnValue:
    """Show a document of a draft as a web page."""
    return _show(_draft_page(_find_draft(slug, kind), kind))


@pages.route(f"/roles/<slug>/documents/{KINDS}.pdf")
@needs(Act.READ, "draft")
def send_draft_document(slug: str, kind: str) -> ResponseReturnValue:
    """Send a document of a draft as PDF, marked as a draft."""
    draft = _find_draft(slug, kind)
    return _send_pdf(_draft_page(draft, kind), draft.thing)


@pages.route(f"/roles/<slug>/documents/{KINDS}.docx")
@needs(Act.READ, "draft")
def send_draft_word(slug: str, kind: str) -> ResponseReturnValue:
    """Send a document of a draft as a Word file, marked as a draft."""
    draft = _find_draft(slug, kind)
    return _send_docx(_draft_page(draft, kind), draft.thing)


@pages.route("/roles/<slug>/documents/print", methods=["POST"])
@needs(Act.PRINT, "draft")
def print_draft(slug: str) -> ResponseReturnValue:
    """Queue the printing of the documents of a draft."""
    draft = draft_for(Act.PRINT, slug)
    options = _read_options(request.form)
    key = f"press-draft:{draft.id}:{options.name}"
    enqueue(session(), "press-draft", key=key, draft=draft.id, every_reader=True, **options.arguments)
    return _redirect_to_document(url_for("roles.show_draft", slug=slug))


@pages.route("/roles/<slug>/papers/<path:name>")
@needs(Act.LIST, "draft")
def redirect_old_document(slug: str, name: str) -> ResponseReturnValue:
    """Redirect from the address that the documents of a draft had before."""
    query = f"?{request.query_string.decode('ascii', 'ignore')}" if request.query_string else ""
    return redirect(url_for("roles.show_draft", slug=slug) + f"/documents/{quote(name)}{query}", 308)


@pages.route(f"/editions/<slug>/<int:number>/{KINDS}")
@needs(Act.LIST, "edition")
def show_edition_document(slug: str, number: int, kind: str) -> ResponseReturnValue:
    """Show a document of an edition as a web page."""
    return _show(_edition_page(_find_edition(slug, number, kind), kind))


@pages.route(f"/editions/<slug>/<int:number>/{KINDS}.pdf")
@needs(Act.LIST, "edition")
def send_edition_document(slug: str, number: int, kind: str) -> ResponseReturnValue:
    """Send a document of an edition as PDF."""
    edition = _find_edition(slug, number, kind)
    return _send_pdf(_edition_page(edition, kind), Thing(kind, edition.owner_id, f"{slug}/{number}"))


@pages.route(f"/editions/<slug>/<int:number>/{KINDS}.docx")
@needs(Act.LIST, "edition")
def send_edition_word(slug: str, number: int, kind: str) -> ResponseReturnValue:
    """Send a document of an edition as a Word file."""
    edition = _find_edition(slug, number, kind)
    return _send_docx(_edition_page(edition, kind), Thing(kind, edition.owner_id, f"{slug}/{number}"))


@pages.route("/editions/<slug>/<int:number>/print", methods=["POST"])
@needs(Act.PRINT, "edition")
def print_edition(slug: str, number: int) -> ResponseReturnValue:
    """Queue the printing of the documents of an edition, in the paper size that is asked for."""
    edition = edition_for(Act.PRINT, slug, number)
    options = _read_options(request.form)
    key = f"press-edition:{edition.id}:{options.name}"
    enqueue(session(), "press-edition", key=key, edition=edition.id, **options.arguments)
    return _redirect_to_document(url_for("roles.show_edition", slug=slug, number=number))


@pages.route(f"/roles/<slug>/preview/{KINDS}.png")
@needs(Act.READ, "draft")
def preview_page(slug: str, kind: str) -> ResponseReturnValue:
    """Send a picture of the printed page that contains the words of `at`, as the draft is now."""
    document = _draft_document(_find_draft(slug, kind), kind)
    company_settings = company(session())
    picture = previewer().find(
        document, Paper(company_settings.paper), request.args.get("at", "")[:80], company_logo(session())
    )
    answer = Response(picture.png, mimetype="image/png")
    answer.headers["Cache-Control"] = "private, max-age=600"
    return answer


@pages.route("/roles/<slug>/metrics")
@needs(Act.READ, "draft")
def show_draft_metrics(slug: str) -> ResponseReturnValue:
    """Show the starter metrics of a draft."""
    draft = _find_draft(slug, "starter-metrics")
    back_url = url_for("roles.show_draft", slug=slug)
    links = {form: url_for("roles.send_draft_metrics", slug=slug, form=form) for form in ("csv", "xlsx")}
    sheet_url = url_for("roles.show_draft_document", slug=slug, kind="starter-metrics")
    return _show_metrics(draft.role, draft.title, back_url, links, sheet_url)


@pages.route("/roles/<slug>/metrics.<any(csv,xlsx):form>")
@needs(Act.READ, "draft")
def send_draft_metrics(slug: str, form: str) -> ResponseReturnValue:
    """Send the starter metrics of a draft as a table."""
    return _send_table(_find_draft(slug, "starter-metrics").role, form)


@pages.route("/editions/<slug>/<int:number>/metrics")
@needs(Act.READ, "edition")
def show_edition_metrics(slug: str, number: int) -> ResponseReturnValue:
    """Show the starter metrics of an edition."""
    edition = _find_edition(slug, number, "starter-metrics")
    back_url = url_for("roles.show_edition", slug=slug, number=number)
    links = {
        form: url_for("roles.send_edition_metrics", slug=slug, number=number, form=form) for form in ("csv", "xlsx")
    }
    sheet_url = url_for("roles.show_edition_document", slug=slug, number=number, kind="starter-metrics")
    return _show_metrics(edition.role, f"{edition.title}, {edition.label}", back_url, links, sheet_url)


@pages.route("/editions/<slug>/<int:number>/metrics.<any(csv,xlsx):form>")
@needs(Act.READ, "edition")
def send_edition_metrics(slug: str, number: int, form: str) -> ResponseReturnValue:
    """Send the starter metrics of an edition as a table."""
    return _send_table(_find_edition(slug, number, "starter-metrics").role, form)


@pages.route("/document.css")
@public
def document_sheet() -> ResponseReturnValue:
    """Send the style sheet for a document that is read on screen."""
    answer = Response(screen_style_sheet(), mimetype="text/css")
    answer.headers["Cache-Control"] = "public, max-age=3600"
    return answer


def _find_draft(slug: str, kind: str) -> tables.DraftRow:
    """Find a draft whose document of this kind the person may read; else answer 404."""
    draft = draft_for(Act.READ, slug)
    require(Act.READ, Thing(kind, draft.owner_id))
    return draft


def _find_edition(slug: str, number: int, kind: str) -> tables.EditionRow:
    """Find an edition whose document of this kind the person may read; else answer 404."""
    edition = edition_for(Act.LIST, slug, number)
    require(Act.READ, Thing(kind, edition.owner_id))
    return edition


def _draft_document(draft: tables.DraftRow, kind: str) -> Document:
    """Build a document of a draft as the person may see it; its stamp is that of the whole role."""
    company_settings = company(session())
    stamp = printing.stamp_of_draft(company_settings, draft)
    return build_document(kind, role_for_reader(draft), stamp, company_settings.language)


def _draft_page(draft: tables.DraftRow, kind: str) -> DocumentPage:
    return DocumentPage(
        _draft_document(draft, kind),
        draft.title,
        url_for("roles.show_draft_document", slug=draft.slug, kind=kind),
        url_for("roles.send_draft_document", slug=draft.slug, kind=kind),
        url_for("roles.send_draft_word", slug=draft.slug, kind=kind),
        url_for("roles.print_draft", slug=draft.slug),
        url_for("roles.show_draft", slug=draft.slug),
        f"press-draft:{draft.id}",
        may(me(), Act.PRINT, draft.thing),
    )


def _edition_page(edition: tables.EditionRow, kind: str) -> DocumentPage:
    company_settings = company(session())
    stamp = printing.edition_stamp(company_settings, edition)
    place: dict[str, Any] = {"slug": edition.slug, "number": edition.number}
    return DocumentPage(
        build_document(kind, role_for_reader(edition), stamp, company_settings.language),
        f"{edition.title}, {edition.label}",
        url_for("roles.show_edition_document", kind=kind, **place),
        url_for("roles.send_edition_document", kind=kind, **place),
        url_for("roles.send_edition_word", kind=kind, **place),
        url_for("roles.print_edition", **place),
        url_for("roles.show_edition", **place),
        f"press-edition:{edition.id}",
        may(me(), Act.PRINT, Thing("edition", edition.owner_id)),
    )


def _read_options(arguments: Mapping[str, str]) -> PrintOptions:
    """Read the options of an address or a form; by default the company's paper size, filled in by hand, in normal print."""
    paper = printing.parse_paper(arguments.get("paper", ""), company(session()))
    return PrintOptions(paper, printing.parse_form(arguments.get("form", "")), arguments.get("size") == "large")


def _show(page: DocumentPage) -> ResponseReturnValue:
    paper = _read_options(request.args).paper
    others = tuple(size for size in Paper if size is not paper)
    body = render_body(page.document, paper)
    return render_template("roles/documents/document.html", page=page, paper=paper, others=others, body=body)


def _send_pdf(page: DocumentPage, thing: Thing) -> ResponseReturnValue:
    """Send the PDF from the store, with its key as ETag; while it is being printed, show a page that waits for it."""
    options, store = _read_options(request.args), store_for(session())
    stored = store.find(store.key(options.apply(page.document), options.paper))
    if stored is None:
        options_job = f"{page.job}:{options.name}"
        jobs = (page.job, options_job) if options.name == options.paper else (options_job,)
        is_printing = has_unfinished_job(session(), jobs)
        reason = "" if is_printing else failure_reason(session(), jobs)
        waiting_page = render_template(
            "roles/documents/waiting.html", page=page, options=options, is_printing=is_printing, reason=reason
        )
        return waiting_page, 202 if is_printing else 200
    answer = send_file(
        stored.file,
        mimetype="application/pdf",
        download_name=_file_name(page, options.name, "pdf"),
        etag=stored.key,
        conditional=True,
    )
    return _record_download(answer, page, thing, stored.key)


def _send_docx(page: DocumentPage, thing: Thing) -> ResponseReturnValue:
    """Build and send the Word file, which takes a tenth of a second; its digest is its ETag."""
    from workbench.roles.documents.word.document import build_docx

    paper = _read_options(request.args).paper
    file = build_docx(page.document, paper, company_logo(session()))
    key, name = sha256(file), _file_name(page, paper, "docx")
    answer = send_file(BytesIO(file), mimetype=DOCX, as_attachment=True, download_name=name, etag=key, conditional=True)
    return _record_download(answer, page, thing, key)


def _file_name(page: DocumentPage, variant: str, ending: str) -> str:
    return f"{slug_of(page.title)}-{page.document.kind}-{variant}.{ending}"


def _record_download(answer: Response, page: DocumentPage, thing: Thing, key: str) -> Response:
    """Record the download in the history, unless the browser has the file already (304)."""
    person, kind = me(), page.document.kind
    if request.method == "GET" and answer.status_code == 200:
        after_response(lambda db_session: record(db_session, person, AuditAct.PRINTED, thing, paper=kind, key=key[:16]))
    answer.headers["Cache-Control"] = "private, no-cache"
    return answer


def _redirect_to_document(otherwise: str) -> ResponseReturnValue:
    """Redirect to the document that was asked for; only a local path of this site is followed."""
    return redirect(safe_redirect_path(request.form.get("then", ""), otherwise), 303)


def _show_metrics(role: Role, title: str, back: str, links: dict[str, str], sheet_url: str) -> ResponseReturnValue:
    return render_template(
        "roles/documents/starter_metrics.html",
        sheet=starter_metrics(role),
        title=title,
        back=back,
        links=links,
        sheet_url=sheet_url,
    )


def _send_table(role: Role, form: str) -> ResponseReturnValue:
    data = exports.csv_bytes(role) if form == "csv" else exports.xlsx_bytes(role)
    answer = Response(data, mimetype="text/csv; charset=utf-8" if form == "csv" else XLSX)
    answer.headers["Content-Disposition"] = f'attachment; filename="{slug_of(role.title)}-metrics.{form}"'
    return answer
