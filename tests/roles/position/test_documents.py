"""The position description is one page for every role of the library, and the annex has everything else."""

from dataclasses import replace

import pytest
from bs4 import BeautifulSoup

from tests.documents.pdfs import text
from tests.support import make
from tests.support.sharing import press
from workbench.documents.model import Document, Paper
from workbench.documents.page.html import render_body
from workbench.roles.documents.kinds import build_document
from workbench.roles.library import find, library
from workbench.roles.model import Role


def page_of(document: Document) -> str:
    words = BeautifulSoup(render_body(document, Paper.A4), "html5lib").get_text(" ")
    return " ".join(words.replace("\u200b", "").split())


def position(role: Role, language: str = "en") -> Document:
    return build_document("position-description", role, make.stamp(), language)


@pytest.mark.slow("prints a document of every role on both paper sizes")
@pytest.mark.parametrize("name", library())
def test_the_position_description_of_a_role_of_the_library_is_one_page(name: str):
    for paper in Paper:
        assert press(position(find(name)), paper).pages == 1


def test_a_longer_role_goes_on_to_a_second_page_and_loses_nothing():
    role = find("sales-manager")
    long = replace(role, hard_parts=role.hard_parts * 3)
    pressed = press(position(long), Paper.A4)
    assert pressed.pages == 2
    assert text(pressed.pdf).count("Your own best years as a seller do not count here.") == 3


def test_each_outcome_has_its_figure_first_and_its_period_last():
    page = BeautifulSoup(render_body(position(find("sales-engineer")), Paper.A4), "html5lib")
    early, result = page.select(".figures tbody tr:first-child td")[:2]
    assert early.get_text() == "≥\u00a03 people engaged per opportunity from the buyer’s technical side a month"
    assert early.strong.get_text() == "≥\u00a03"
    assert result.strong.get_text() == "≥\u00a065%"


def test_the_purpose_is_one_sentence():
    words = page_of(position(find("sales-engineer")))
    assert "whether our product solves their problem." in words
    assert "A yes from this seat has to hold in delivery" not in words


@pytest.mark.parametrize(
    ("purpose", "sentence"),
    [
        ("We sell e.g. pumps to farms. Nothing more is asked.", "We sell e.g. pumps to farms."),
        ("One sentence without an end", "One sentence without an end"),
        ("", "The summary stands in for it."),
    ],
)
def test_a_sentence_ends_where_another_begins(purpose: str, sentence: str):
    role = make.role(summary="The summary stands in for it. And goes on.")
    assert sentence in page_of(position(replace(role, purpose=replace(role.purpose, overall=purpose))))


def test_the_annex_has_every_text_of_the_role_but_its_questions():
    role = find("account-manager")
    words = page_of(build_document("position-annex", role, make.stamp()))
    texts = [role.summary, role.purpose.contribution, role.conditions.hours, role.pay.benefits]
    texts += [duty.text for duty in role.duties] + [each.text for each in role.qualifications]
    for item in role.accountabilities:
        texts += [item.outcome, item.success_factor, item.reason, *item.supports.skills, *item.supports.rewards]
        texts += [each.we_will for each in item.expectations]
    assert [each for each in texts if " ".join(each.split()) not in words] == []
    assert not [each for _, each in role.questions() if each.text in words]


def test_a_title_alone_prints_a_page_to_sign_and_nothing_that_nobody_wrote():
    words = page_of(position(Role("Field Seller")))
    assert "Field Seller" in words
    assert "We will" not in words
    assert "starting points" not in words
    assert len(build_document("position-annex", Role("Field Seller"), make.stamp()).blocks) == 1
