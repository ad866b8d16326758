"""The reference check and the decision sheet: what is asked, what is written, and two pages for every role of the library."""

from dataclasses import replace

import pytest

from tests.support import make
from tests.support.make import stamp
from workbench.documents.model import Document, FillMode, Paper
from workbench.documents.page.html import render_html
from workbench.documents.page.text import write_text
from workbench.documents.press.press import press
from workbench.roles.documents.kinds import DOCUMENTS, build_document
from workbench.roles.library import library
from workbench.roles.model import Role

KINDS = ("reference-check", "decision-sheet")


def role_with(*outcomes: str) -> Role:
    items = (make.accountability(key=f"k.{n}", outcome=outcome, share=20) for n, outcome in enumerate(outcomes))
    return make.role(accountabilities=tuple(items))


def fields_of(document: Document) -> str:
    return render_html(replace(document, form=FillMode.FILLABLE), Paper.A4)


def test_each_accountability_leads_to_one_question_to_the_referee():
    text = write_text(build_document("reference-check", role_with("Fill the calendar.", "Keep the customers"), stamp()))
    assert text.count("Tell me about a time when you saw them do that.") == 2
    assert "This role owns: “Fill the calendar”." in text.replace("\u2068", "").replace("\u2069", "")


def test_a_role_without_accountabilities_is_still_asked_about_the_person():
    text = write_text(build_document("reference-check", make.role(accountabilities=()), stamp()))
    assert "This role owns" not in text
    assert "Would you work with them again?" in text


def test_nobody_calls_without_consent_and_what_not_to_ask_stands_on_the_sheet():
    text = write_text(build_document("reference-check", make.role(), stamp()))
    assert "The candidate has agreed to this call" in text
    assert "Not yet: do not call" in text
    assert "Not age, sex, gender" in text


def test_each_candidate_has_a_place_for_the_scores_of_each_accountability():
    html = fields_of(build_document("decision-sheet", role_with("Fill the calendar", "Keep the customers"), stamp()))
    names = [f"scores-k-{number}-{letter}" for number in (0, 1) for letter in "abcd"]
    assert [name for name in names if f'.{name}"' not in html] == []


def test_each_candidate_has_a_place_for_evidence_dissent_and_decision():
    html = fields_of(build_document("decision-sheet", make.role(), stamp()))
    names = [
        f"{what}-{who}" for what in ("for", "against", "changed", "dissent", "decision", "reasons") for who in "abcd"
    ]
    assert [name for name in names if f'.{name}"' not in html] == []
    text = write_text(build_document("decision-sheet", make.role(), stamp()))
    assert "No average decides." in text


@pytest.mark.parametrize("kind", KINDS)
def test_no_candidate_is_given_it(kind: str):
    assert not DOCUMENTS[kind].for_candidates


@pytest.mark.slow("prints two sheets of twelve roles on two papers")
@pytest.mark.parametrize("paper", Paper)
@pytest.mark.parametrize("kind", KINDS)
def test_it_fits_two_pages_for_every_role_of_the_library(kind: str, paper: Paper):
    pages = {slug: press(build_document(kind, role, stamp()), paper).pages for slug, role in library().items()}
    assert {slug: count for slug, count in pages.items() if count > 2} == {}
