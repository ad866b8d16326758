"""Each paper of a role is stamped with whose it is and which state of it, and hides what its reader may not see."""

from pathlib import Path

import pytest

from tests.support import make
from tests.support.servers.databases import Database
from workbench.accounts.model import Company, Person
from workbench.accounts.permissions import kinds_of_things
from workbench.accounts.tables import company
from workbench.core.shape import digest
from workbench.documents.model import FillMode, Paper
from workbench.documents.store.store import Store as DocumentStore
from workbench.documents.store.uses import keys_in_use, record_uses
from workbench.roles import tables
from workbench.roles.documents import printing
from workbench.roles.documents.kinds import DOCUMENTS, build_document
from workbench.roles.model import Pay

SHOW_PAY = [kind for kind, row in DOCUMENTS.items() if row.shows_pay]
ACME = Company("Acme", "letter", logo="ab" * 32)
PAID = make.role(pay=Pay(minimum=65_000_00, maximum=85_000_00))


@pytest.fixture
def edition(store: Database, people: dict[str, Person]) -> tables.EditionRow:
    slug = make.draft(store, people["leader"], PAID)
    make.edition(store, slug, people["leader"])
    with store.read() as session:
        return tables.find_edition(session, slug, 1)


def test_every_paper_that_people_may_be_given_can_be_made():
    assert set(DOCUMENTS) <= set(kinds_of_things())
    stamp = printing.draft_stamp(ACME, PAID)
    for kind in DOCUMENTS:
        assert build_document(kind, PAID, stamp).kind == kind
    with pytest.raises(KeyError):
        build_document("nothing", PAID, stamp)


def test_a_draft_is_stamped_as_one():
    stamp = printing.draft_stamp(ACME, PAID)
    assert (stamp.company, stamp.logo, stamp.edition, stamp.digest, stamp.draft) == (
        "Acme",
        "ab" * 32,
        "Draft",
        digest(PAID),
        True,
    )
    assert printing.draft_stamp(Company("Acme"), PAID).logo is None


def test_an_edition_carries_its_number_and_its_digest(edition: tables.EditionRow):
    stamp = printing.edition_stamp(ACME, edition)
    assert (stamp.edition, stamp.digest, stamp.draft) == ("Edition 1", digest(PAID), False)


def test_an_edition_has_a_description_with_its_pay_and_one_without(edition: tables.EditionRow):
    documents = printing.documents_of_edition(ACME, edition)
    assert sorted(document.kind for document in documents) == sorted([*DOCUMENTS, *SHOW_PAY])
    with_pay, without = [document for document in documents if document.kind == "position-description"]
    assert "65,000" in repr(with_pay.blocks)
    assert "65,000" not in repr(without.blocks)


def test_papers_are_printed_in_the_companys_language(edition: tables.EditionRow):
    documents = printing.documents_of_edition(Company("Acme", language="fr"), edition)
    assert {document.language for document in documents} == {"fr"}
    assert documents[0].title.startswith("Fiche de poste")
    assert {document.language for document in printing.documents_of_edition(ACME, edition)} == {"en"}


def test_a_draft_has_each_paper_once(store: Database, people: dict[str, Person]):
    slug = make.draft(store, people["leader"], PAID)
    with store.read() as session:
        documents = printing.documents_of_draft(ACME, make.draft_row(session, slug))
    assert [document.kind for document in documents] == list(DOCUMENTS)
    assert all(document.stamp.draft for document in documents)


def test_the_paper_is_the_one_asked_for_or_the_companys_own():
    assert printing.parse_paper("a4", ACME) is Paper.A4
    assert printing.parse_paper("", ACME) is Paper.LETTER
    assert printing.parse_paper("a3; rm", ACME) is Paper.LETTER


def test_the_form_is_the_one_asked_for_or_the_one_for_the_hand():
    assert printing.parse_form("fillable") is FillMode.FILLABLE
    assert [printing.parse_form(name) for name in ("hand", "", "flat", "x")] == [FillMode.HAND] * 4


def test_documents_of_drafts_and_editions_without_uses_are_recorded_once(
    store: Database, edition: tables.EditionRow, tmp_path: Path
):
    place = DocumentStore(tmp_path / "documents")
    with store.write.begin() as session:
        printing.record_unknown_uses(session, place)
        used = keys_in_use(session)
        (draft,) = make.draft_rows(session)
        company_settings = company(session)
        documents = [
            document
            for form in (FillMode.HAND, FillMode.FILLABLE)
            for document in (
                *printing.documents_of_draft(company_settings, draft, form),
                *printing.documents_of_edition(company_settings, edition, form),
            )
        ]
        record_uses(session, "draft", draft.id, {"interview-kit/a4/hand": "printed again"})
        printing.record_unknown_uses(session, place)
        used_keys = keys_in_use(session)
    assert used == {place.key(document, paper) for document in documents for paper in Paper}
    shows_pay = sum(each.shows_pay for each in DOCUMENTS.values())
    assert len(used) == 2 * 2 * (2 * len(DOCUMENTS) + shows_pay)
    assert used_keys - used == {"printed again"}


def test_each_document_of_an_edition_is_a_variant_of_its_own(edition: tables.EditionRow):
    documents = printing.documents_of_edition(ACME, edition, FillMode.FILLABLE, large=True)
    assert printing.variants_of(documents, Paper.A4) == [
        *(f"{kind}/a4/fillable/large" for kind in DOCUMENTS),
        *(f"{kind}/a4/fillable/large/2" for kind in SHOW_PAY),
    ]
