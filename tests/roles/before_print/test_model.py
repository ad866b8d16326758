"""What is to be looked at before printing is counted once, and each kind has its own list."""

from dataclasses import replace

from tests.support import make
from workbench.roles.before_print.model import DocumentPages, check_before_print
from workbench.roles.model import Basis, Pay, Role
from workbench.roles.promises.model import with_samples
from workbench.roles.review.rules import review

KIT = DocumentPages("interview-kit", "Interview kit", 3, 80)


def test_a_sound_role_whose_documents_are_printed_has_nothing_to_look_at():
    role = make.role()
    check = check_before_print(role, review(role), [KIT, replace(KIT, pages=2)])

    assert check.points == 0
    assert check.headline == "5 pages, and nothing is open."


def test_pages_are_not_known_before_the_documents_are_printed():
    check = check_before_print(make.role(), (), [KIT, DocumentPages("brief", "Brief")])

    assert not check.is_printed
    assert "when the documents are printed" in check.headline


def test_a_nearly_empty_last_page_of_several_is_told_and_one_short_page_is_not():
    assert replace(KIT, last_page=29).has_short_end
    assert not replace(KIT, last_page=30).has_short_end
    assert not replace(KIT, pages=1, last_page=5).has_short_end
    check = check_before_print(make.role(), (), [replace(KIT, last_page=29, wide_words=("Überlanges",))])
    assert check.points == 2
    assert check.headline == "2 things to look at before this is printed."


def test_what_cannot_be_true_what_is_missing_and_what_is_open_are_told_apart():
    first, *others = make.role().accountabilities
    held, won = first.expectations
    item = replace(first, questions=(), expectations=(replace(held, basis=Basis.PLACEHOLDER), won))
    role = with_samples(make.role(accountabilities=(item, *others), pay=Pay(9_000_000, 8_000_000)))

    check = check_before_print(role, review(role), ())

    assert [finding.rule for finding in check.contradictions] == ["pay range"]
    assert [finding.rule for finding in check.gaps] == ["question"]
    assert [finding.rule for finding in check.open_numbers] == ["placeholder"]
    assert check.promises
    assert check.points == 3 + len(check.promises)


def test_an_empty_role_is_checked_too():
    assert check_before_print(Role("Seller"), review(Role("Seller")), ()).gaps
