"""The values of documents: paper sizes, sheet ids, answers, findings."""

from dataclasses import replace

import pytest

from tests.support import make
from workbench.documents.model import (
    DRAFT_LABEL,
    AccessibilityFinding,
    Document,
    Paper,
    PressFailed,
    edition_label,
    edition_number,
    sheet_id,
)


def document(**other: object) -> Document:
    return replace(make.document(), **other)


@pytest.mark.parametrize(("paper", "size"), [(Paper.A4, (2100, 2970)), (Paper.LETTER, (2159, 2794))])
def test_a_paper_has_the_size_of_its_standard_in_tenths_of_a_millimeter(paper: Paper, size: tuple[int, int]):
    assert paper.size == size


def test_a_sheet_has_the_same_id_in_every_form_and_another_one_for_another_candidate():
    one = document(people=("Ina Weber", "Raj Rao"))
    assert (
        one.sheet == replace(one, large=True, language="de").sheet == sheet_id(one.stamp.digest, one.kind, *one.people)
    )
    assert len(one.sheet) == 12
    assert one.sheet != document(people=("Ina Weber", "Mia Rao")).sheet


def test_a_field_without_an_answer_is_empty():
    flat = document(answers=(("first", "Yes"),))
    assert (flat.answer("first"), flat.answer("second")) == ("Yes", "")


def test_a_finding_names_its_page_unless_it_is_about_the_whole_document():
    assert str(AccessibilityFinding(2, "7.1", "A picture has no text.")) == (
        "Page 2: A picture has no text. (PDF/UA-1, 7.1)"
    )
    assert str(AccessibilityFinding(0, "7.1", "There is no title.")) == "There is no title. (PDF/UA-1, 7.1)"


def test_a_document_that_failed_has_its_reason_as_a_sentence():
    assert PressFailed("It took too long.").reason == str(PressFailed("It took too long.")) == "It took too long."


@pytest.mark.parametrize("number", ["3", "12", "3 b"])
def test_the_number_of_an_edition_is_read_back_from_its_label(number: str):
    assert edition_label(number) == f"Edition {number}"
    assert edition_number(edition_label(number)) == number


@pytest.mark.parametrize("label", [DRAFT_LABEL, ""])
def test_a_label_of_no_edition_has_no_number(label: str):
    assert edition_number(label) == ""
