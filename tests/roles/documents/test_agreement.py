"""The agreement: both sides of each measure in one row, review dates, and two pages for every role of the library."""

from dataclasses import replace

import pytest

from tests.support import make
from tests.support.make import stamp
from workbench.documents.model import FillMode, Paper
from workbench.documents.page.html import render_html
from workbench.documents.page.text import write_text
from workbench.documents.press.press import press
from workbench.roles.documents.agreement import agreement
from workbench.roles.documents.kinds import build_document
from workbench.roles.library import library
from workbench.roles.model import Basis, Role


def role_with(*expectations, **other) -> Role:
    return make.role(accountabilities=(make.accountability(expectations=expectations, **other),))


def test_what_both_sides_do_stands_in_one_row_below_the_outcome():
    own = make.expectation(we_will="coach one call each week", basis=Basis.AGREED)
    text = write_text(agreement(role_with(own, outcome="Fill the calendar"), stamp()))
    (line,) = [line for line in text.splitlines() if "coach one call each week" in line]
    assert line.startswith("- You will: ")
    assert "1 Fill the calendar" in text
    assert "to be agreed" not in text
    assert "Open numbers agreed by" not in text


def test_a_number_that_is_not_agreed_says_so_and_has_a_day_on_which_it_will_be():
    text = write_text(agreement(role_with(make.expectation(basis=Basis.PLACEHOLDER)), stamp()))
    assert "(to be agreed)" in text
    assert "Open numbers agreed by" in text


def test_what_is_missing_is_said_and_not_filled():
    text = write_text(agreement(role_with(make.expectation(we_will="")), stamp()))
    assert "Nothing is promised yet." in text
    text = write_text(agreement(role_with(), stamp()))
    assert "Measures are still to be agreed." in text


def test_a_promise_of_the_library_is_marked_until_somebody_confirms_it():
    promise = "coach one call each week"
    role = role_with(make.expectation(we_will=promise))
    sample = replace(role, samples=(promise,))
    assert f"{promise} (not confirmed)" in write_text(build_document("agreement", sample, stamp()))
    assert "(not confirmed)" not in write_text(build_document("agreement", role, stamp()))


def test_its_fields_can_be_typed_into_and_have_names():
    html = render_html(replace(agreement(make.role(), stamp()), form=FillMode.FILLABLE), Paper.A4)
    for name in ("person", "manager", "first-day", "review-4", "review-9", "review-13", "needs", "leader-signed"):
        assert f'.{name}"' in html


@pytest.mark.slow("prints the agreement of twelve roles on two papers")
@pytest.mark.parametrize("paper", Paper)
def test_it_fits_two_pages_for_every_role_of_the_library(paper: Paper):
    pages = {slug: press(agreement(role, stamp()), paper).pages for slug, role in library().items()}
    assert {slug: count for slug, count in pages.items() if count > 2} == {}
