"""Each document says when it was published, from when it is valid and who approved it, and marks what is internal."""

from dataclasses import replace
from datetime import date

import pytest

from tests.support import make
from workbench.core.text.translation import ENGLISH, load_translator
from workbench.documents.model import Document, Paper
from workbench.documents.page.dates import dates_line, head_mark
from workbench.documents.page.html import footer_text, margin_style, render_html
from workbench.documents.page.text import write_text
from workbench.roles.documents.kinds import DOCUMENTS, build_document
from workbench.roles.model import Pay, Role
from workbench.roles.promises.model import for_candidates

DAY, LATER = date(2026, 11, 30), date(2027, 1, 1)
STAMP = make.stamp(dated=DAY, valid_from=LATER, approved_by=("Hana Roy", "Raj Rao"))
HELD_BACK = make.role(pay=Pay(60_000_00, 80_000_00, told_when="in the invitation to the first interview"))


def text(document: Document) -> str:
    return render_html(document, Paper.A4).replace("\u00a0", " ").replace("\u00ad", "").replace("\u200b", "")


def test_an_edition_says_its_dates_and_who_approved_it():
    line = "Published 30 November 2026. Valid from 1 January 2027. Approved by Hana Roy, Raj Rao."
    assert dates_line(STAMP, ENGLISH) == line
    assert dates_line(make.stamp(draft=True, dated=DAY), ENGLISH) == "Changed 30 November 2026."
    assert dates_line(make.stamp(), ENGLISH) == ""


@pytest.mark.parametrize("kind", DOCUMENTS)
def test_they_are_on_every_document_and_its_day_is_in_every_foot(kind: str):
    document = build_document(kind, make.role(), STAMP)
    assert "Published 30 November 2026. Valid from 1 January 2027." in text(document)
    assert "30 November 2026" in footer_text(document, ENGLISH)


def test_a_plain_text_has_them_too():
    (document,) = [each for each in (build_document(kind, make.role(), STAMP) for kind in DOCUMENTS) if each.blocks][:1]
    assert "Published 30 November 2026. Valid from 1 January 2027. Approved by" in write_text(document)


@pytest.mark.parametrize("language", ["de", "fr", "es"])
def test_the_dates_are_translated(language: str):
    line = dates_line(STAMP, load_translator(language))
    assert line
    assert "Published" not in line


def test_pay_that_is_not_released_is_marked_at_the_head_of_the_page_and_beside_the_pay():
    document = build_document("position-description", HELD_BACK, STAMP)
    assert document.stamp.internal
    assert "a year (Internal: not for candidates)" in text(document)
    assert "@top-right" in margin_style(document, Paper.A4)
    draft = build_document("position-description", HELD_BACK, replace(STAMP, draft=True))
    assert head_mark(draft.stamp, ENGLISH) == "DRAFT\u00a0· Internal: not for candidates"


def test_a_candidate_reads_when_the_range_is_told_and_no_mark():
    for kind in ("position-description", "accountability-brief"):
        document = build_document(kind, for_candidates(HELD_BACK), STAMP)
        assert "You get the range: in the invitation to the first interview" in text(document)
        assert "Internal" not in text(document)
        assert not document.stamp.internal


def test_released_pay_bears_no_mark():
    role = replace(HELD_BACK, pay=replace(HELD_BACK.pay, released=True))
    document = build_document("position-description", role, STAMP)
    assert "60,000 to" in text(document)
    assert head_mark(document.stamp, ENGLISH) == ""


@pytest.mark.parametrize(
    "kind", ["position-description", "position-annex", "accountability-brief", "interview-kit", "starter-metrics"]
)
def test_an_empty_document_says_what_its_role_lacks(kind: str):
    document = build_document(kind, Role("Field Seller"), make.stamp(draft=True))
    assert document.stamp.notice.startswith("This ")
    assert document.stamp.notice in text(document)
    assert build_document(kind, make.role(), make.stamp()).stamp.notice == ""


def test_a_role_that_says_nothing_prints_nothing_about_itself():
    words = text(build_document("position-description", Role("Field Seller"), make.stamp(draft=True)))
    assert "Carries revenue" not in words
    item = replace(make.accountability("north"), reason="")
    words = text(build_document("position-description", make.role(accountabilities=(item,)), make.stamp()))
    assert ">Essential<" not in words
