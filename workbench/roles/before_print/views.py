"""The pages that tell what to look at before the documents of a draft or an edition are printed."""

from dataclasses import dataclass

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue

from workbench.accounts.model import Thing
from workbench.accounts.permissions import Act, may
from workbench.accounts.tables import company
from workbench.accounts.web import me, needs
from workbench.core.findings import Finding
from workbench.core.forms.form import PageForm
from workbench.core.jobs.tables import has_unfinished_job
from workbench.core.web.session import session
from workbench.documents.model import Paper, Stamp
from workbench.documents.store.installation import store_for
from workbench.documents.store.store import StoredDocument
from workbench.roles import tables
from workbench.roles.before_print.model import DocumentPages, WidePassage, check_before_print, find_passages
from workbench.roles.blueprint import pages
from workbench.roles.cards import DraftCard
from workbench.roles.documents import printing
from workbench.roles.documents.kinds import DOCUMENTS
from workbench.roles.loading import draft_for, edition_for, findings_for_reader, role_for_reader
from workbench.roles.model import Role
from workbench.roles.review.rules import find_contradictions, review


@dataclass(frozen=True, slots=True)
class PrintedThing:
    """A draft or an edition whose documents are checked: its addresses, the job that prints it, and the draft to change."""

    title: str
    owner: int
    back: str
    document_urls: dict[str, str]
    print_url: str
    job: str
    draft: DraftCard | None
    is_edition: bool = False


@pages.route("/roles/<slug>/before-print")
@needs(Act.READ, "draft")
def check_draft_print(slug: str) -> ResponseReturnValue:
    """Show what to look at before the documents of a draft are printed."""
    draft = draft_for(Act.READ, slug)
    thing = PrintedThing(
        draft.title,
        draft.owner_id,
        url_for("roles.show_draft", slug=slug),
        {kind: url_for("roles.show_draft_document", slug=slug, kind=kind) for kind in DOCUMENTS},
        url_for("roles.print_draft", slug=slug) if may(me(), Act.PRINT, draft.thing) else "",
        f"press-draft:{draft.id}",
        draft.card if may(me(), Act.EDIT, draft.thing) else None,
    )
    stamp = printing.stamp_of_draft(company(session()), draft)
    return _show(thing, role_for_reader(draft), findings_for_reader(draft), stamp)


@pages.route("/editions/<slug>/<int:number>/before-print")
@needs(Act.READ, "edition")
def check_edition_print(slug: str, number: int) -> ResponseReturnValue:
    """Show what to look at before the documents of an edition are printed; it is changed in its draft."""
    edition = edition_for(Act.READ, slug, number)
    draft = tables.find_draft(session(), slug)
    may_print = may(me(), Act.PRINT, Thing("edition", edition.owner_id))
    thing = PrintedThing(
        f"{edition.title}, {edition.label}",
        edition.owner_id,
        url_for("roles.show_edition", slug=slug, number=number),
        {kind: url_for("roles.show_edition_document", slug=slug, number=number, kind=kind) for kind in DOCUMENTS},
        url_for("roles.print_edition", slug=slug, number=number) if may_print else "",
        f"press-edition:{edition.id}",
        draft.card if draft and may(me(), Act.EDIT, draft.thing) else None,
        is_edition=True,
    )
    role = role_for_reader(edition)
    return _show(thing, role, review(role), printing.edition_stamp(company(session()), edition))


def _show(thing: PrintedThing, role: Role, findings: tuple[Finding, ...], stamp: Stamp) -> ResponseReturnValue:
    paper = printing.parse_paper(request.args.get("paper", ""), company(session()))
    contradictions = find_contradictions(findings)
    check = check_before_print(role, findings, contradictions, _find_documents(role, stamp, thing.owner, paper))
    jobs = (thing.job, f"{thing.job}:{paper.value}")  # after a save, and on request
    return render_template(
        "roles/before_print/before_print.html",
        thing=thing,
        draft=thing.draft,
        check=check,
        paper=paper,
        is_printing=has_unfinished_job(session(), jobs),
        form=PageForm(),
    )


def _find_documents(role: Role, stamp: Stamp, owner: int, paper: Paper) -> list[DocumentPages]:
    """Return the documents that the person may read, with the pages of those that are stored; nothing is printed."""
    rows = [row for row in DOCUMENTS.values() if may(me(), Act.READ, Thing(row.kind, owner))]
    language = company(session()).language
    store = store_for(session())

    def passages(document: StoredDocument) -> tuple[WidePassage, ...]:
        return find_passages(role, (wide.text for wide in document.wide_words))

    keys = store.keys([row.build(role, stamp, language) for row in rows], paper)
    stored = store.find_all(keys)
    return [
        DocumentPages(row.kind, row.title, found.pages, found.last_page, found.has_short_end, passages(found))
        if (found := stored.get(key))
        else DocumentPages(row.kind, row.title)
        for row, key in zip(rows, keys, strict=True)
    ]
