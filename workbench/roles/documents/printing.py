"""The documents of a draft or an edition: how each is stamped, and which stored ones it uses."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date, datetime
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.orm import Session, object_session

from workbench.accounts.model import Company
from workbench.accounts.tables import company
from workbench.core.shape import digest
from workbench.documents.model import DRAFT_LABEL, Document, FillMode, Paper, Stamp
from workbench.documents.store.store import Store
from workbench.documents.store.uses import owners_without_uses, record_uses
from workbench.roles.approval.tables import list_agreements
from workbench.roles.documents.kinds import DOCUMENTS
from workbench.roles.model import Role
from workbench.roles.tables import DraftRow, EditionRow

FORMS = (FillMode.HAND, FillMode.FILLABLE)


def draft_stamp(company: Company, role: Role, dated: date | None = None) -> Stamp:
    """Return the stamp on every page of a draft; `dated` is the day of its last change."""
    logo, lines = company.logo or None, company.letterhead
    return Stamp(company.name, logo, DRAFT_LABEL, digest(role), draft=True, letterhead=lines, dated=dated)


def stamp_of_draft(company: Company, draft: DraftRow) -> Stamp:
    """Return the stamp on every page of a draft as it is stored."""
    return draft_stamp(company, draft.role, day_in(company, draft.changed_at))


def edition_stamp(company: Company, edition: EditionRow) -> Stamp:
    """Return the stamp on every page of an edition: with its day of publication, its validity and the people who approved it."""
    session = object_session(edition)
    return Stamp(
        company.name,
        company.logo or None,
        edition.label,
        edition.digest,
        draft=False,
        letterhead=company.letterhead,
        dated=day_in(company, edition.published_at),
        valid_from=edition.valid_from,
        approved_by=tuple(each.name for each in list_agreements(session, edition)) if session else (),
    )


def day_in(company: Company, at: datetime) -> date:
    """Return the day of a moment in the time zone of the company."""
    return at.astimezone(ZoneInfo(company.zone)).date()


def documents_of_draft(
    company: Company,
    draft: DraftRow,
    form: FillMode = FillMode.HAND,
    *,
    large: bool = False,
    every_reader: bool = False,
) -> list[Document]:
    """Build every document of a draft, as its owner sees it, and for `every_reader` those without its unreleased pay."""
    stamp = stamp_of_draft(company, draft)
    documents = _documents(draft.role, stamp, company.language, every_reader=every_reader)
    return [replace(each, form=form, large=large) for each in documents]


def documents_of_edition(
    company: Company, edition: EditionRow, form: FillMode = FillMode.HAND, *, large: bool = False
) -> list[Document]:
    """Build every document of an edition, for readers who may see its pay and for those who may not."""
    documents = _documents(edition.role, edition_stamp(company, edition), company.language, every_reader=True)
    return [replace(each, form=form, large=large) for each in documents]


def _documents(role: Role, stamp: Stamp, language: str, *, every_reader: bool) -> list[Document]:
    documents = [each.build(role, stamp, language) for each in DOCUMENTS.values()]
    if every_reader:
        public_role = role.without_unreleased_pay()
        documents += [each.build(public_role, stamp, language) for each in DOCUMENTS.values() if each.shows_pay]
    return documents


def variants_of(documents: Sequence[Document], paper: Paper) -> list[str]:
    """Return the name of each document among those of its draft or edition: kind, paper, form, size and audience.

    An edition has its position description twice, and so may a draft; the second one is for readers who do not see the pay.
    """
    counts: Counter[str] = Counter()
    names = []
    for each in documents:
        name = "/".join([each.kind, paper.value, each.form.value, *(["large"] if each.large else [])])
        counts[name] += 1
        names.append(name if counts[name] == 1 else f"{name}/{counts[name]}")
    return names


def record_unknown_uses(
    session: Session,
    store: Store,
    drafts: Iterable[int] | None = None,
    editions: Iterable[int] | None = None,
) -> None:
    """Record the documents of the drafts and editions that have none recorded, on either paper and in either form.

    These are from a time before uses were recorded, or have never been printed. `drafts` and `editions` are their
    numbers, by default all. Large print is left out, because it is rare; it is printed again on request.
    """
    company_settings = company(session)
    if drafts is None:
        drafts = session.scalars(select(DraftRow.id))
    for number in sorted(owners_without_uses(session, "draft", drafts)):
        if draft := session.get(DraftRow, number):
            _record_all(session, store, ("draft", number), documents_of_draft(company_settings, draft))
    if editions is None:
        editions = session.scalars(select(EditionRow.id))
    for number in sorted(owners_without_uses(session, "edition", editions)):
        if edition := session.get(EditionRow, number):
            _record_all(session, store, ("edition", number), documents_of_edition(company_settings, edition))


def _record_all(session: Session, store: Store, owner: tuple[str, int], originals: Sequence[Document]) -> None:
    keys: dict[str, str] = {}
    for form in FORMS:
        documents = [replace(each, form=form) for each in originals]
        for paper in Paper:
            keys |= zip(variants_of(documents, paper), store.keys(documents, paper), strict=True)
    record_uses(session, *owner, keys)


def parse_form(name: str) -> FillMode:
    """Return the form of that name, or by default the one to fill in by hand."""
    return FillMode(name) if name in FORMS else FillMode.HAND


def parse_paper(name: str, company: Company) -> Paper:
    """Return the paper size of that name, or by default the company's."""
    return Paper(name) if name in tuple(Paper) else Paper(company.paper)
