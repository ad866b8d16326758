"""The thirteen-week page is one page for each role of the library, and page, Excel and brief open the same weeks."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from tests.support import make
from tests.support.sharing import press
from workbench.core.text.translation import ENGLISH, load_translator
from workbench.documents.blocks.inline import Look, plain_text
from workbench.documents.blocks.model import Block, Choice, Group, Paragraph, SideBySide, Table, WeekGrid, WeekRow
from workbench.documents.model import Paper
from workbench.metrics.model import Period, Unit
from workbench.roles.documents.kinds import build_document
from workbench.roles.documents.weeks.blocks import week_blocks
from workbench.roles.documents.weeks.model import week_sheet
from workbench.roles.library import find, library
from workbench.roles.model import Role


def blocks_of(role: Role, language: str = "en") -> tuple[Block, ...]:
    translator = load_translator(language)
    blocks = week_blocks(week_sheet(role, translator), "Starter metrics", translator)
    return tuple(inner for block in blocks for inner in (block.blocks if isinstance(block, Group) else (block,)))


def rows_of(role: Role) -> tuple[WeekRow, ...]:
    (grid,) = (block for block in blocks_of(role) if isinstance(block, WeekGrid))
    return grid.rows


def choices(blocks: tuple[Block, ...]) -> list[Choice]:
    found = [block for block in blocks if isinstance(block, Choice)]
    for block in blocks:
        if isinstance(block, SideBySide):
            found += [each for column in block.columns for each in choices(column)]
    return found


@pytest.mark.slow("prints every role of the library")
@pytest.mark.parametrize("name", library())
def test_it_is_one_page_on_both_papers(name: str):
    document = build_document("starter-metrics", find(name), make.stamp())
    assert [press(document, paper).pages for paper in Paper] == [1, 1]


def test_a_row_names_measure_target_and_period_and_opens_the_weeks_in_which_it_is_read():
    rows = {plain_text(row.measure): row for row in rows_of(find("inbound-sdr"))}
    booked = rows["First meetings booked with leads older than 60 days"]
    assert plain_text(booked.target) == "≥\u00a04 the month to date"
    assert [cell.mark for cell in booked.cells[:5]] == ["1", "2", "3", "4", ""]
    assert booked.sum_mark == "sum 12"
    sourced = rows["Pipeline sourced from leads reopened after 60 days"]
    assert [(cell.week, cell.mark) for cell in sourced.cells] == [(4, "83.3K"), (9, "166.7K"), (13, "250K")]
    assert sourced.measure[0].look is Look.STRONG
    won = rows["Bookings from sourced pipeline that began with a meeting you arranged"]
    assert [cell.week for cell in won.cells] == [13]
    assert won.sum_name == ""


def test_the_number_of_an_accountability_stands_at_its_first_measure():
    numbers = [row.number for row in rows_of(find("sales-engineer"))]
    assert [each for each in numbers if each] == ["1", "2", "3", "4"]
    assert len(numbers) == 9


def test_each_promise_can_be_ticked_and_each_week_has_a_line():
    role = find("demand-lead")
    blocks = blocks_of(role)
    promised = [each.we_will for _, each in role.expectations()]
    ticked = [choice.label for choice in choices(blocks)]
    assert len(ticked) == len(promised)
    assert all(any(label.startswith(each) for label in ticked) for each in promised)
    (pair,) = (block for block in blocks if isinstance(block, SideBySide))
    (lines,) = (block for block in pair.columns[0] if isinstance(block, SideBySide))
    tables = [block for column in lines.columns for block in column if isinstance(block, Table)]
    assert [plain_text(row.cells[0].texts[0]) for table in tables for row in table.rows] == [
        str(at) for at in range(1, 14)
    ]


def test_a_number_of_a_year_is_named_below_the_boxes():
    yearly = make.expectation("bookings", Unit.MONEY, value=Decimal(9000), period=Period.YEAR, we_will="")
    dated = make.expectation("new_logos", value=Decimal(3), period=None, due=date(2027, 3, 31), we_will="")
    blocks = blocks_of(make.role(accountabilities=(make.accountability(expectations=(yearly, dated)),)))
    texts = [plain_text(block.text) for block in blocks if isinstance(block, Paragraph)]
    assert (
        "Not judged within 13 weeks: Bookings ≥\u00a0$9,000 the year; New customers ≥\u00a03 By 31 March 2027." in texts
    )
    assert not any(isinstance(block, WeekGrid | SideBySide) for block in blocks)


def test_a_role_without_measures_says_what_is_open():
    empty = replace(make.role(), accountabilities=(make.accountability(expectations=()),))
    texts = [plain_text(block.text) for block in blocks_of(empty) if isinstance(block, Paragraph)]
    assert any(text.startswith("Still open: No lagging metric yet") for text in texts)


def test_the_lead_says_what_is_not_settled():
    def lead(role: Role) -> str:
        return next(plain_text(block.text) for block in blocks_of(role) if isinstance(block, Paragraph))

    assert "starting points" in lead(find("inbound-sdr"))
    assert "starting points" not in lead(make.role(accountabilities=(make.accountability(),)))
    assert "“not confirmed” is a sample" in lead(find("inbound-sdr"))


@pytest.mark.parametrize("name", library())
def test_page_and_value_open_the_same_weeks(name: str):
    sheet = week_sheet(find(name), ENGLISH)
    opened = [tuple(cell.week for cell in row.cells) for row in rows_of(find(name))]
    assert opened == [line.metric.weeks for line in sheet.lines]
