"""The brief of a candidate: two pages for every role of the library, terms, and a part to answer."""

from dataclasses import replace

import pytest

from tests.support.make import accountability, role, stamp
from workbench.documents.model import FillMode, Paper
from workbench.documents.page.html import render_html
from workbench.documents.page.text import write_text
from workbench.documents.press.press import press
from workbench.roles.brief.documents import accountability_brief
from workbench.roles.library import library
from workbench.roles.model import Conditions, Pay


@pytest.mark.slow("prints the brief of twelve roles on two papers")
@pytest.mark.parametrize("paper", Paper)
def test_it_has_two_pages_for_every_role_of_the_library(paper: Paper):
    pages = {slug: press(accountability_brief(value, stamp()), paper).pages for slug, value in library().items()}
    assert {slug: count for slug, count in pages.items() if count != 2} == {}


def test_it_says_where_when_and_for_how_much():
    terms = Conditions(place="Köln and at home", hours="38 a week", travel="One week in four")
    pay = Pay(6_000_000, 8_000_000, released=True)
    text = write_text(accountability_brief(role(conditions=terms, pay=pay), stamp()))
    for words in ("Köln and at home", "38 a week", "One week in four", "$60,000 to $80,000 a year"):
        assert words in text


def test_pay_that_is_not_told_is_said_to_be_missing_and_when_it_is_told_otherwise():
    held = Pay(6_000_000, 8_000_000)
    text = write_text(accountability_brief(role(pay=held), stamp()))
    assert "60,000" not in text
    assert "Not told here: please ask us." in text
    text = write_text(accountability_brief(role(pay=replace(held, told_when="in the first interview")), stamp()))
    assert "You get the range: in the first interview" in text
    assert "Not told here" not in text


def test_a_candidate_who_needs_something_for_the_interview_is_asked_to_say_so():
    text = write_text(accountability_brief(role(), stamp()))
    assert "tell us. It does not count against you." in text


def test_the_answer_has_two_scales_for_each_outcome_and_three_questions():
    items = (accountability("north"), accountability("south"))
    html = render_html(
        replace(accountability_brief(role(accountabilities=items), stamp()), form=FillMode.FILLABLE), Paper.A4
    )
    names = ("can-north", "want-north", "can-south", "want-south", "reaction", "needs", "asks", "name", "date")
    for name in names:
        assert f'.{name}"' in html


def test_no_question_says_that_results_are_looked_at_every_week():
    assert "every week" not in write_text(accountability_brief(role(), stamp()))
