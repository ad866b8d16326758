"""What is to be looked at before printing is counted once, and each kind has its own list."""

from dataclasses import replace

from tests.support import make
from workbench.roles.before_print.model import DocumentPages, PrintCheck, WidePassage, check_before_print, find_passages
from workbench.roles.model import Basis, Pay, Role
from workbench.roles.promises.model import with_samples
from workbench.roles.review.rules import find_contradictions, review

KIT = DocumentPages("interview-kit", "Interview kit", 3, 80)


def check(role: Role, *documents: DocumentPages) -> PrintCheck:
    """Check a role with its findings."""
    findings = review(role)
    return check_before_print(role, findings, find_contradictions(findings), documents)


def test_a_sound_role_whose_documents_are_printed_has_nothing_to_look_at():
    role = make.role()
    found = check(role, KIT, replace(KIT, pages=2))

    assert found.points == 0
    assert found.headline == "5 pages, and nothing is open."


def test_pages_are_not_known_before_the_documents_are_printed():
    found = check(make.role(), KIT, DocumentPages("brief", "Brief"))

    assert not found.is_printed
    assert "when the documents are printed" in found.headline


def test_a_nearly_empty_last_page_and_each_word_that_does_not_fit_are_counted():
    found = check(make.role(), replace(KIT, last_page=29, has_short_end=True, wide_words=(WidePassage("Überlanges"),)))
    assert found.points == 2
    assert found.headline == "2 things to look at before this is printed."


def test_what_cannot_be_true_what_is_missing_and_what_is_open_are_told_apart():
    first, *others = make.role().accountabilities
    held, won = first.expectations
    item = replace(first, questions=(), expectations=(replace(held, basis=Basis.PLACEHOLDER), won))
    role = with_samples(make.role(accountabilities=(item, *others), pay=Pay(9_000_000, 8_000_000)))

    found = check(role)

    assert [finding.rule for finding in found.contradictions] == ["pay range"]
    assert [finding.rule for finding in found.gaps] == ["question"]
    assert [finding.rule for finding in found.open_numbers] == ["placeholder"]
    assert found.promises
    assert found.points == 3 + len(found.promises)


def test_an_empty_role_is_checked_too():
    assert check(Role("Seller")).gaps


def test_words_that_do_not_fit_are_named_once_with_the_place_where_they_are_written():
    role = make.role("Antragsprüfungsleitung", summary="Prüft  Anträge auf\nGenehmigung.")

    found = find_passages(
        role, ["Anträge auf Genehmigung.", "Antragsprüfungsleitung", "Anträge auf Genehmigung.", "Page"]
    )

    assert found == (
        WidePassage("Anträge auf Genehmigung.", "summary"),
        WidePassage("Antragsprüfungsleitung", "seat"),
        WidePassage("Page"),
    )
