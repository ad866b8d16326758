"""The jobs that print the documents of a draft after it was saved, and of an edition after it was published."""

from typing import Any

from sqlalchemy.orm import Session

from workbench.accounts.tables import company, company_logo
from workbench.core.jobs.run import report
from workbench.core.jobs.tasks import task
from workbench.documents.model import Document, Paper, PrintedPdf
from workbench.documents.press.pool import thread_press
from workbench.documents.store.installation import store_for
from workbench.documents.store.uses import record_uses
from workbench.roles.documents import printing
from workbench.roles.tables import DraftRow, EditionRow


@task("press-draft")
def press_draft(
    session: Session, draft: int, paper: str = "", form: str = "", size: str = "", *, every_reader: bool = False
) -> dict[str, Any]:
    """Print every document of a draft as it is now; a draft that was removed needs none.

    After a save they are printed for its owner; on request for `every_reader`, also those who do not see its pay.
    """
    row = session.get(DraftRow, draft)
    if row is None:
        return {"printed": 0}
    company_settings = company(session)
    documents = printing.documents_of_draft(
        company_settings, row, printing.parse_form(form), large=size == "large", every_reader=every_reader
    )
    return _print_all(session, ("draft", draft), documents, printing.parse_paper(paper, company_settings))


@task("press-edition")
def press_edition(session: Session, edition: int, paper: str = "", form: str = "", size: str = "") -> dict[str, Any]:
    """Print every document of an edition."""
    row = session.get_one(EditionRow, edition)
    company_settings = company(session)
    documents = printing.documents_of_edition(company_settings, row, printing.parse_form(form), large=size == "large")
    return _print_all(session, ("edition", edition), documents, printing.parse_paper(paper, company_settings))


def _print_all(session: Session, owner: tuple[str, int], documents: list[Document], paper: Paper) -> dict[str, Any]:
    logo = company_logo(session)
    session.rollback()  # no transaction stays open while the press works

    def press(document: Document, paper: Paper) -> PrintedPdf:
        return thread_press().press(document, paper, logo)

    store, printed = store_for(session), []
    for number, document in enumerate(documents):
        report(session, number, len(documents))
        printed.append((document, store.get_or_print(document, paper, press)))
    for document, item in printed:
        store.share(item.key)
        store.ensure(session, document, paper, press, item.key)
    keys = [item.key for _, item in printed]
    record_uses(session, *owner, dict(zip(printing.variants_of(documents, paper), keys, strict=True)))
    return {"printed": len(printed), "pages": sum(item.pages for _, item in printed)}
