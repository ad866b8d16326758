"""The documents of a role: which ones exist, how each is stamped, and which stored ones are in use."""

from dataclasses import replace

from sqlalchemy.orm import Session

from workbench.accounts.model import Company
from workbench.accounts.tables import company
from workbench.core.shape import digest
from workbench.core.text.translation import house
from workbench.documents.model import Document, FillMode, Paper, Stamp
from workbench.documents.store.store import Store
from workbench.roles.documents import build
from workbench.roles.documents.model import Audience
from workbench.roles.model import Role
from workbench.roles.tables import DraftRow, EditionRow, list_drafts, list_editions

FORMS = (FillMode.HAND, FillMode.FILLABLE)
TITLES: dict[str, str] = {
    "position-description": "Position description",
    "accountability-brief": "Accountability brief",
    "interview-kit": "Interview kit",
    "starter-metrics": "Starter metrics sheet",
}


def document(kind: str, role: Role, stamp: Stamp, audience: Audience, language: str = "en") -> Document:
    """Make one paper of a role. Raises KeyError for a kind that there is not."""
    makers = {
        "position-description": lambda: build.position_description(role, stamp, audience, language),
        "accountability-brief": lambda: build.accountability_brief(role, stamp, language),
        "interview-kit": lambda: build.interview_kit(role, stamp, language=language),
        "starter-metrics": lambda: build.starter_metrics_sheet(role, stamp, language),
    }
    return makers[kind]()


def draft_stamp(company: Company, role: Role) -> Stamp:
    """Give what is printed on every page of a draft."""
    mark, lines = company.mark or None, company.letterhead
    return Stamp(company.name, mark, house("Draft"), digest(role), draft=True, letterhead=lines)


def edition_stamp(company: Company, edition: EditionRow) -> Stamp:
    """Give what is printed on every page of an edition."""
    mark, lines = company.mark or None, company.letterhead
    return Stamp(company.name, mark, edition.label, edition.digest, draft=False, letterhead=lines)


def papers_of_draft(
    company: Company, draft: DraftRow, form: FillMode = FillMode.HAND, *, large: bool = False
) -> list[Document]:
    """Make every paper of a draft, as its owner sees it."""
    role = draft.role
    stamp = draft_stamp(company, role)
    return [
        replace(document(kind, role, stamp, Audience.OWNER, company.language), form=form, large=large)
        for kind in TITLES
    ]


def papers_of_edition(
    company: Company, edition: EditionRow, form: FillMode = FillMode.HAND, *, large: bool = False
) -> list[Document]:
    """Make every paper of an edition, for those who see its pay and for those who do not."""
    role = edition.role
    stamp = edition_stamp(company, edition)
    made = [document(kind, role, stamp, Audience.OWNER, company.language) for kind in TITLES]
    made.append(document("position-description", role, stamp, Audience.EVERYONE, company.language))
    return [replace(each, form=form, large=large) for each in made]


def keys_in_use(session: Session, store: Store) -> set[str]:
    """Name the stored documents of every draft and edition as printed today, on either paper and in either form.

    Large print is not among them, for few ask for it: what was printed for a run is kept as long as the run is, and
    any other is printed again when somebody wants it after it was pruned.
    """
    own = company(session)
    made = [each for row in list_drafts(session, None) for each in papers_of_draft(own, row)]
    made += [each for row in list_editions(session) for each in papers_of_edition(own, row)]
    papers = [replace(each, form=form) for form in FORMS for each in made]
    return set(store.keys(papers, *Paper))


def form_named(name: str) -> FillMode:
    """Give the form somebody asked for, or the one for the hand."""
    return FillMode(name) if name in FORMS else FillMode.HAND


def paper_named(name: str, company: Company) -> Paper:
    """Give the paper somebody asked for, or the company's own."""
    return Paper(name) if name in tuple(Paper) else Paper(company.paper)
