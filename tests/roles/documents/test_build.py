"""What each paper of a role says, and above all what it does not say to whom."""

import re
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from tests.support.make import accountability, expectation, question, role, stamp, without_expectations
from workbench.core.text.translation import ENGLISH
from workbench.documents.blocks.model import FigureRows, Group, WeekGrid
from workbench.documents.model import Document, Paper
from workbench.documents.page.html import render_html
from workbench.metrics.catalogue import catalogue
from workbench.metrics.model import Period, Unit
from workbench.roles.brief.documents import accountability_brief
from workbench.roles.documents.build import interview_kit, starter_metrics_sheet
from workbench.roles.documents.weeks.first_weeks import first_weeks
from workbench.roles.documents.weeks.model import week_sheet
from workbench.roles.library import library
from workbench.roles.model import Conditions, Duty, Expectation, Neighbour, Pay, Qualification, Role
from workbench.roles.position.documents import position_annex, position_description

GOLDEN = Path(__file__).resolve().parents[2] / "golden"
PAY = Pay(6_000_000, 8_000_000, variable="Commission on what you sign", benefits="Health cover")


def papers(value: Role) -> tuple[Document, ...]:
    """Return the four papers of a role."""
    return (
        position_description(value.without_unreleased_pay(), stamp()),
        accountability_brief(value, stamp()),
        interview_kit(value, stamp()),
        starter_metrics_sheet(value, stamp()),
    )


def page(document: Document) -> str:
    """Return the page with plain spaces: the last two words of a text are tied together."""
    return render_html(document, Paper.A4).replace("\u00a0", " ")


def secret_role() -> Role:
    """Return a role in which every text that a candidate must not read says so."""
    secret_question = question(
        "ask", text="SECRET question", probes=("SECRET probe",), what_good_looks_like="SECRET good", competency="SECRET"
    )
    secret_question = replace(
        secret_question,
        anchors=replace(secret_question.anchors, one="SECRET one", three="SECRET three", five="SECRET five"),
    )
    item = accountability("north", questions=(secret_question,), reason="SECRET reason", share=73)
    return role(
        accountabilities=(item,),
        pay=replace(PAY, variable="SECRET variable", benefits="SECRET benefits"),
        duties=(Duty("SECRET duty"),),
        qualifications=(Qualification("SECRET qualification"),),
    )


def test_a_candidate_reads_no_question_no_anchor_no_weight_and_no_pay():
    message = page(accountability_brief(secret_role(), stamp()))
    assert "SECRET" not in message
    assert "73" not in message
    assert "$60,000" not in message


def test_a_candidate_reads_the_pay_once_it_is_released():
    value = role(pay=replace(PAY, released=True))
    assert "$60,000 to $80,000 a year" in page(accountability_brief(value, stamp()))


@pytest.mark.parametrize("released", [False, True])
def test_the_position_description_shows_the_pay_that_its_reader_may_see(released: bool):
    value = role(pay=replace(PAY, released=released))
    for reader_role, seen in ((value, True), (value.without_unreleased_pay(), released)):
        assert ("$60,000" in page(position_description(reader_role, stamp()))) is seen
        words = page(position_annex(reader_role, stamp()))
        assert [text in words for text in ("$60,000", "Commission on what", "Health cover")] == [seen] * 3


def test_a_range_with_one_end_is_said_with_that_end():
    value = role(currency="EUR", pay=Pay(minimum=6_000_000, released=True))
    assert "€60,000 a year" in page(accountability_brief(value, stamp()))


def test_a_role_with_nothing_but_a_title_still_prints():
    for document in papers(Role("Sales Engineer")):
        assert "Sales Engineer" in page(document)


def test_each_document_is_titled_after_itself_and_the_role():
    assert [document.title for document in papers(role("Hunter"))] == [
        "Position description: Hunter",
        "Accountability brief: Hunter",
        "Interview kit: Hunter",
        "Starter metrics sheet: Hunter",
    ]


def test_only_the_starter_sheet_lies_on_its_side():
    assert [document.landscape for document in papers(role())] == [False, False, False, True]


def test_the_same_role_gives_the_same_page():
    for one, other in zip(papers(role()), papers(role()), strict=True):
        assert one == other
        assert page(one) == page(other)


def test_questions_are_asked_in_the_order_of_the_accountabilities_with_a_running_total():
    asked = [question(f"ask-{minutes}", minutes=minutes) for minutes in (5, 15, 4)]
    first = accountability("north", questions=(asked[0], asked[1]))
    kit = interview_kit(role(accountabilities=(first, accountability("south", questions=(asked[2],)))), stamp()).data
    assert [(item.number, item.owner, item.opens) for item in kit.questions] == [
        (1, 1, True),
        (2, 1, False),
        (3, 2, True),
    ]
    assert [item.until for item in kit.questions] == [8, 23, 27]  # after three minutes to greet
    assert kit.minutes == 40
    assert kit.length.startswith("An interview takes 40 minutes, of which 3 are to greet, up to 24 for the questions")


def test_a_kit_with_a_name_bears_it_where_another_has_a_line_for_it():
    mine, anybodys = page(interview_kit(role(), stamp(), "Ina Vogt")), page(interview_kit(role(), stamp()))
    assert "Ina Vogt</div>" in mine
    assert "Signature of Ina Vogt" in mine
    assert "Interviewer’s signature" not in mine
    assert "Interviewer’s signature" in anybodys
    assert "Ina Vogt" not in anybodys


def test_one_question_asked_about_two_accountabilities_opens_both():
    same = question("ask")
    items = (accountability("north", questions=(same,)), accountability("south", questions=(same,)))
    kit = interview_kit(role(accountabilities=items), stamp()).data
    assert [item.opens for item in kit.questions] == [True, True]


@pytest.mark.parametrize(
    ("metric", "period", "weeks"),
    [
        ("meetings_held", Period.WEEK, tuple(range(1, 14))),
        ("discount", Period.MONTH, (4, 9, 13)),
        ("bookings", Period.QUARTER, (13,)),
        ("bookings", Period.YEAR, ()),
    ],
)
def test_a_measure_has_a_field_in_the_weeks_in_which_it_is_read(metric: str, period: Period, weeks: tuple[int, ...]):
    item = accountability("north", expectations=(expectation(metric, catalogue()[metric].unit, period=period),))
    blocks = starter_metrics_sheet(role(accountabilities=(item,)), stamp()).blocks
    grids = [
        each for block in blocks if isinstance(block, Group) for each in block.blocks if isinstance(each, WeekGrid)
    ]
    assert [tuple(cell.week for cell in row.cells) for grid in grids for row in grid.rows] == ([weeks] if weeks else [])


def test_what_the_starter_sheet_lacks_is_printed_as_open():
    bare = without_expectations(accountability("north"))
    message = page(starter_metrics_sheet(role(accountabilities=(bare,)), stamp()))
    assert "Still open: No lagging metric yet" in message
    assert "No leading metric yet" in message


def test_a_promise_that_was_not_given_is_said_to_be_missing():
    item = accountability("north")
    unkept = tuple(replace(each, we_will="") for each in item.expectations)
    message = page(accountability_brief(role(accountabilities=(replace(item, expectations=unkept),)), stamp()))
    assert "What we do for our part is not written down yet" in message


def weeks_with(*expectations: Expectation) -> dict[str, tuple[str, ...]]:
    item = accountability("north", expectations=expectations)
    return dict(first_weeks(role(accountabilities=(item,)), ENGLISH))


def test_the_first_thirteen_weeks_name_each_number_at_the_week_in_which_it_is_first_read():
    weeks = weeks_with(
        expectation("meetings_held", Unit.COUNT, period=Period.WEEK),
        expectation("discount", Unit.PERCENT, period=Period.MONTH),
        expectation("bookings", Unit.MONEY, period=Period.QUARTER),
    )
    assert list(weeks) == ["Weeks 1 to 4", "Weeks 5 to 9", "Weeks 10 to 13"]
    assert weeks["Weeks 1 to 4"][-2:] == (
        "Each week we look together at: first meetings held.",
        "At the end of week 4 we look for the first time at: average discount.",
    )
    assert weeks["Weeks 5 to 9"] == ("At the end of week 9 we look again at what is read each month.",)
    assert weeks["Weeks 10 to 13"] == ("At the end of week 13 we look for the first time at: bookings.",)


def test_a_number_with_a_date_is_looked_at_on_that_date():
    weeks = weeks_with(expectation("bookings", Unit.MONEY, period=None, due=date(2027, 3, 31)))
    assert weeks["Weeks 10 to 13"] == ("Looked at on its own date: bookings.",)


def test_a_result_of_a_year_is_not_judged_within_thirteen_weeks():
    weeks = weeks_with(expectation("bookings", Unit.MONEY, period=Period.YEAR))
    assert weeks["Weeks 10 to 13"] == ("Not judged yet, because a year has to pass: bookings.",)


def test_german_says_what_describes_a_measure_small_inside_a_sentence():
    words = page(accountability_brief(role(), stamp(), "de"))
    assert "geführte Erstgespräche" in words
    assert "Geführte" not in words


def test_the_time_is_drawn_only_when_it_can_be_shared_out():
    def drawn(*shares: int) -> list[str]:
        items = tuple(accountability(f"n{at}", share=share) for at, share in enumerate(shares))
        return re.findall(r"\((\d+%)\)", page(position_description(role(accountabilities=items), stamp())))

    assert drawn(60, 40) == ["60%", "40%"]
    assert drawn(60, 50) == []
    assert drawn(60, 0) == []


def test_neighbours_are_in_the_position_description_and_duties_in_its_annex():
    value = role(
        neighbours=(Neighbour("Account Manager", "Renewals"),),
        conditions=Conditions(place="Office", travel="Two days a month"),
        duties=(Duty("Runs first meetings"), Duty("Speaks at events", essential=False)),
        qualifications=(Qualification("Has closed deals"), Qualification("Knows our market", required=False)),
    )
    words = page(position_description(value, stamp()))
    for text in ("Account Manager:", "Renewals", "Two days a month", "Has closed deals"):
        assert text in words
    annex = page(position_annex(value, stamp()))
    for text in (
        "Essential",
        "Runs first meetings",
        "Also part of it",
        "Speaks at events",
        "Preferred",
        "Knows our market",
    ):
        assert text in annex


@pytest.mark.parametrize("name", library())
def test_every_library_role_fills_every_paper(name: str):
    value = library()[name]
    position, brief, kit, _ = papers(value)
    (figures,) = (block for block in position.blocks if isinstance(block, FigureRows))
    (own,) = (block for block in brief.blocks if isinstance(block, FigureRows))
    assert len(figures.rows) == len(own.rows) == len(value.accountabilities)
    assert all(row.early and row.results and row.ours and row.share for row in figures.rows)
    assert all(row.early and row.results and row.ours and not row.share for row in own.rows)
    assert len(kit.data.questions) == sum(1 for _ in value.questions())
    assert week_sheet(value).gaps == ()
