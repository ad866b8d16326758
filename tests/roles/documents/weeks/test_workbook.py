"""The sheet of the 13 weeks has open cells where a number is read, targets that follow the target, and live totals."""

import io
import shutil
import subprocess
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from tests.support import make
from workbench.metrics.model import Period, Unit
from workbench.roles.documents.exports import xlsx_bytes
from workbench.roles.documents.weeks.model import week_sheet
from workbench.roles.documents.weeks.workbook import lines_of
from workbench.roles.library import library
from workbench.roles.model import Comparator, Role

OFFICE = shutil.which("soffice")
WEEK_1, TOTAL, TOTAL_TARGET, QUARTER, STATUS = 4, 17, 18, 19, 20


def opened(role: Role, *, values: bool = False) -> Any:
    return openpyxl.load_workbook(io.BytesIO(xlsx_bytes(role)), data_only=values)["Thirteen weeks"]


def one(metric: str, unit: Unit, value: int | None, period: Period, **other: object) -> Role:
    number = None if value is None else Decimal(value)
    expectation = make.expectation(metric, unit, value=number, period=period, **other)
    return make.role(accountabilities=(make.accountability(expectations=(expectation,)),))


def rows_of(sheet: Any) -> list[int]:
    """Return the rows in which numbers are typed; the target of each week is in the row below."""
    return [row for row in range(5, sheet.max_row) if sheet.cell(row + 1, 3).value == "target"]


def boxes(sheet: Any, row: int) -> tuple[int, ...]:
    return tuple(week for week in range(1, 14) if sheet.cell(row, WEEK_1 + week - 1).border.left.style)


@pytest.mark.parametrize("name", library())
def test_each_library_role_has_its_cells_open_where_a_number_is_read(name: str):
    role = library()[name]
    sheet, page = opened(role, values=True), week_sheet(role)
    rows = rows_of(sheet)
    assert [boxes(sheet, row) for row in rows] == [line.metric.weeks for line in page.lines]
    for row, line in zip(rows, page.lines, strict=True):
        scale = 100 if line.metric.unit is Unit.PERCENT else 1
        shown = [sheet.cell(row + 1, WEEK_1 + week - 1).value for week in line.metric.weeks]
        assert [round(each * scale, 6) for each in shown] == list(line.metric.targets), line.name
    texts = [sheet.cell(row, 1).value for row in range(1, sheet.max_row + 1)]
    assert all(f"{each.number}  {each.text}" in texts for each in page.promises)
    assert all(f"Week {week}" in texts for week in range(1, 14))


def test_the_sheet_is_one_page_wide_with_its_head_and_first_columns_in_view():
    sheet = opened(make.role())
    assert (sheet.page_setup.orientation, sheet.page_setup.fitToHeight) == ("landscape", 0)
    assert sheet.sheet_properties.pageSetUpPr.fitToPage
    assert sheet.freeze_panes == "D5"
    assert sheet.print_title_rows == "$4:$4"


@pytest.mark.parametrize(
    ("metric", "unit", "value", "shown"),
    [
        ("bookings", Unit.MONEY, 250_000, '"≥ ""$"#,##0'),
        ("win_rate_n", Unit.PERCENT, 22, '"≥ "0%'),
        ("multi_thread", Unit.COUNT, 3, '"≥ "#,##0'),
        ("stage_age", Unit.DAYS, 21, '[=1]"≥ "#,##0" day";"≥ "#,##0" days"'),
    ],
)
def test_a_target_is_a_number_with_its_sign_currency_and_unit(metric: str, unit: Unit, value: int, shown: str):
    sheet = opened(one(metric, unit, value, Period.WEEK))
    cell = sheet.cell(rows_of(sheet)[0], 2)
    assert cell.value == (value / 100 if unit is Unit.PERCENT else value)
    assert cell.number_format == shown


def test_broken_numbers_keep_their_places():
    expectation = make.expectation("discount", Unit.PERCENT, value=Decimal("7.5"), period=Period.WEEK)
    money = make.expectation("bookings", Unit.MONEY, value=Decimal("10.25"), period=Period.WEEK)
    sheet = opened(make.role(accountabilities=(make.accountability(expectations=(expectation, money)),)))
    formats = [sheet.cell(row, 2).number_format for row in rows_of(sheet)]
    assert formats == ['"≥ "0.0%', '"≥ ""$"#,##0.00']


def test_the_targets_follow_the_target_by_formula():
    sheet = opened(one("mqls", Unit.COUNT, 60, Period.MONTH))
    (row,) = rows_of(sheet)
    line = [sheet.cell(row + 1, WEEK_1 + at).value for at in (0, 3, 4)]
    assert line == [f"=ROUNDDOWN($B${row}*1/4,0)", f"=$B${row}", f"=ROUNDDOWN($B${row}*1/5,0)"]
    assert sheet.cell(row, QUARTER).value == f"=$B${row}*3"
    sheet = opened(one("pipeline_sourced", Unit.MONEY, 90, Period.QUARTER))
    assert sheet.cell(row + 1, WEEK_1 + 8).value == f"=ROUNDDOWN($B${row}*2/3,0)"
    sheet = opened(one("calls", Unit.COUNT, 40, Period.DAY))
    assert sheet.cell(row + 1, WEEK_1).value == f"=$B${row}*5"


def test_a_number_that_is_not_set_has_open_cells_and_no_verdict():
    sheet = opened(one("mqls", Unit.COUNT, None, Period.MONTH))
    (row,) = rows_of(sheet)
    assert boxes(sheet, row) == tuple(range(1, 14))
    assert sheet.cell(row, 2).value is None
    assert sheet.cell(row, STATUS).value is None
    assert sheet.cell(row, TOTAL).value.startswith("=IF(COUNT(")


def test_typed_numbers_are_coloured_by_rule_and_named_in_words():
    sheet = opened(one("slip_rate", Unit.PERCENT, 5, Period.WEEK, comparator=Comparator.AT_MOST))
    (row,) = rows_of(sheet)
    assert "<=" in sheet.cell(row, STATUS).value
    assert '"On target","Over target"' in sheet.cell(row, STATUS).value
    rules = {str(area.sqref): len(area.rules) for area in sheet.conditional_formatting}
    assert rules[f"D{row}:P{row}"] == 2


def test_a_text_that_looks_like_a_formula_stays_a_text():
    sheet = opened(one("calls", Unit.COUNT, 40, Period.DAY, qualifier="=1+1", we_will="=HYPERLINK(1)"))
    texts = [cell for line in sheet for cell in line if isinstance(cell.value, str) and "1+1" in cell.value]
    assert [cell.data_type for cell in texts] == ["s"]


def test_a_long_text_takes_the_lines_that_it_needs():
    assert [lines_of("x" * length, 46) for length in (0, 40, 50, 100)] == [1, 1, 2, 3]


@pytest.mark.slow("it reads a whole workbook three times")
@pytest.mark.office
@pytest.mark.skipif(OFFICE is None, reason="LibreOffice is not installed")
def test_libreoffice_works_the_totals_out_from_the_typed_numbers(tmp_path: Path):
    """Type numbers into two months of a role, recalculate, and read totals, targets to date and verdicts."""
    book = openpyxl.load_workbook(io.BytesIO(xlsx_bytes(library()["inbound-sdr"])))
    sheet = book["Thirteen weeks"]
    for row in rows_of(sheet):
        for typed, week in enumerate(week for week in boxes(sheet, row) if week <= 9):
            percent = "%" in sheet.cell(row, 2).number_format
            sheet.cell(row, WEEK_1 + week - 1).value = 0.3 + typed / 20 if percent else 3 + typed
    book.save(tmp_path / "typed.xlsx")
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    command = [
        OFFICE,
        profile,
        "--headless",
        "--convert-to",
        "xlsx",
        "--outdir",
        tmp_path / "out",
        tmp_path / "typed.xlsx",
    ]
    subprocess.run(command, check=True, capture_output=True, timeout=240)
    shown = openpyxl.load_workbook(tmp_path / "out" / "typed.xlsx", data_only=True).worksheets[0]
    found = {shown.cell(row, 1).value: row for row in rows_of(sheet)}

    def results(name: str) -> tuple[object, ...]:
        values = (shown.cell(found[name], column).value for column in (TOTAL, TOTAL_TARGET, QUARTER, STATUS))
        return tuple(round(value, 6) if isinstance(value, float) else value for value in values)

    assert results("First meetings held") == (63, 54, 78, "On target")
    assert results("Connect rate") == (0.5, 0.35, 0.35, "On target")
    assert results("First meetings booked") == (17, 8, 12, "On target")
    assert results("Pipeline sourced") == (4, 166_666, 250_000, "Below target")
    assert results("Time to first touch") == (7, 1, 1, "Over target")
    assert results("Win rate") == (None, None, 0.2, None)
