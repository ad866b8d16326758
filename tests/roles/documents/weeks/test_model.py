"""The thirteen-week page puts each number where it is read, with what should be there by then."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from tests.support import make
from workbench.core.text.translation import load_translator
from workbench.metrics.model import Period, Unit
from workbench.roles.documents.weeks.model import WeekLine, week_sheet
from workbench.roles.expectations import reading_weeks_of
from workbench.roles.library import library
from workbench.roles.model import Comparator, Expectation


def line(metric: str, unit: Unit, value: int | None, period: Period | None, **other: object) -> WeekLine:
    number = None if value is None else Decimal(value)
    expectation = make.expectation(metric, unit, value=number, period=period, **other)
    sheet = week_sheet(make.role(accountabilities=(make.accountability(expectations=(expectation,)),)))
    (found,) = (*sheet.lines, *sheet.later)
    return found


def test_a_weekly_number_has_its_target_and_no_marks():
    held = line("meetings_held", Unit.COUNT, 6, Period.WEEK, qualifier="with new companies")
    assert (held.name, held.qualifier, held.result) == ("First meetings held", "with new companies", False)
    assert (held.target, held.counted, held.marks) == ("≥\u00a06", "a week", ("",) * 13)
    assert (held.total, held.total_mark) == ("sum", "78")


def test_a_number_of_a_month_that_is_counted_weekly_has_marks_to_date():
    leads = line("mqls", Unit.COUNT, 60, Period.MONTH)
    assert leads.counted == "the month to date"
    assert leads.marks == ("15", "30", "45", "60", "12", "24", "36", "48", "60", "15", "30", "45", "60")
    assert (leads.total, leads.total_mark) == ("sum", "180")
    assert line("pipeline_created", Unit.MONEY, 350_000, Period.MONTH).total_mark == "1,050,000"
    few = line("referrals", Unit.COUNT, 1, Period.MONTH)
    assert few.marks[:4] == ("", "", "", "1")


def test_a_rate_is_never_divided():
    accepted = line("sql_accept", Unit.PERCENT, 80, Period.MONTH)
    assert (accepted.counted, accepted.marks, accepted.total) == ("a month", ("", "", ""), "mean")
    assert accepted.total_mark == ""


def test_a_number_of_a_quarter_is_read_to_date_or_at_its_end():
    sourced = line("pipeline_sourced", Unit.MONEY, 250_000, Period.QUARTER)
    assert (sourced.counted, sourced.marks) == ("the quarter to date", ("83.3K", "166.7K", "250K"))
    signed = line("bookings", Unit.MONEY, 250_000, Period.QUARTER)
    assert (signed.counted, signed.marks, signed.total, signed.result) == ("the quarter", ("",), "", True)


@pytest.mark.parametrize(
    ("period", "due", "words"),
    [
        (Period.YEAR, None, "the year"),
        (None, date(2027, 3, 31), "By 31 March 2027"),
        (None, None, ""),
        (Period.WEEK, date(2027, 3, 31), "a week, until 31 March 2027"),
    ],
)
def test_the_period_is_told_in_words(period: Period | None, due: date | None, words: str):
    assert line("bookings", Unit.MONEY, 250_000, period, due=due).counted == words


def test_minutes_of_a_day_are_added_up_and_a_rate_of_a_day_is_not():
    minutes = line("prospecting_min", Unit.MINUTES, 90, Period.DAY)
    assert (minutes.counted, minutes.marks[0], minutes.total_mark) == ("a day, added up", "450", "5,850")
    assert line("connect_rate", Unit.PERCENT, 35, Period.DAY).counted == "a day"


def test_a_number_that_is_not_set_has_its_boxes_and_no_marks():
    blank = line("mqls", Unit.COUNT, None, Period.MONTH)
    assert (blank.target, blank.marks, blank.total_mark) == ("≥\u00a0____", ("",) * 13, "")
    assert len(blank.metric.weeks) == 13


def test_the_sign_of_the_comparator_stands_before_the_number():
    assert line("slip_rate", Unit.PERCENT, 5, Period.MONTH, comparator=Comparator.AT_MOST).target == "≤\u00a05%"


def test_a_promise_is_told_once_and_a_year_is_told_apart():
    same = "We coach one call each week."
    expectations = (
        make.expectation("meetings_held", we_will=same),
        make.expectation("bookings", Unit.MONEY, value=Decimal(9), period=Period.YEAR, we_will=same),
        make.expectation("calls", we_will=""),
    )
    sheet = week_sheet(make.role(accountabilities=(make.accountability("north", expectations=expectations),)))
    assert [(each.number, each.text) for each in sheet.promises] == [(1, same)]
    assert [each.metric.metric for each in sheet.later] == ["bookings"]
    assert sheet.gaps


def test_each_line_of_a_promise_is_one_to_tick():
    expectation = make.expectation("calls", key="calls", we_will="give you a list\n\nkeep mornings free")
    sheet = week_sheet(make.role(accountabilities=(make.accountability(expectations=(expectation,)),)))
    found = [(each.key, each.text) for each in sheet.promises]
    assert found == [("calls", "give you a list"), ("calls-2", "keep mornings free")]


def test_the_page_says_whether_its_numbers_are_starting_points():
    item = make.accountability()
    agreed = replace(make.role(), accountabilities=(item,))
    assert not week_sheet(agreed).placeholders
    assert week_sheet(library()["inbound-sdr"]).placeholders


def test_every_number_of_a_library_role_is_on_its_page_in_the_weeks_of_its_expectation():
    for name, role in library().items():
        sheet = week_sheet(role, load_translator("de"))
        weeks: dict[str, Expectation] = {each.key: each for _, each in role.expectations()}
        for each in (*sheet.lines, *sheet.later):
            assert each.metric.weeks == reading_weeks_of(weeks.pop(each.metric.key)), name
            assert len(each.marks) == len(each.metric.weeks)
        assert not weeks, name
