"""Rows, CSV and workbook say the same, keep every digit and sign, and carry no formula."""

import csv
import io
import json
from datetime import date
from decimal import Decimal

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.support import make
from workbench.metrics.model import Unit
from workbench.roles.documents.exports import COLUMNS, MEASURES, csv_bytes, json_bytes, rows, xlsx_bytes
from workbench.roles.documents.starter import starter_metrics
from workbench.roles.library import library
from workbench.roles.model import Role


def a_role(value: Decimal | None = Decimal(9), **other: object) -> Role:
    growth = make.expectation("acct_growth", Unit.PERCENT, value=value, **other)
    return make.role(accountabilities=(make.accountability(expectations=(growth,)),))


def read_csv(role: Role) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(csv_bytes(role).decode("utf-8-sig"), newline="")))


def read_xlsx(role: Role) -> list[tuple[object, ...]]:
    sheet = openpyxl.load_workbook(io.BytesIO(xlsx_bytes(role)))[MEASURES]
    return list(sheet.iter_rows(values_only=True))


def test_a_row_has_the_promised_columns_in_order():
    (row,) = rows(a_role(qualifier="in each account"))
    assert tuple(row) == COLUMNS
    assert row["metric"] == "Account growth (in each account)"
    assert row["timing"] == "lagging"
    assert row["target"] == 9
    assert row["unit"] == "percent"
    assert row["period"] == "week"


@pytest.mark.parametrize(
    ("value", "exact"),
    [(Decimal("22.50"), "22.5"), (Decimal(-4), -4), (Decimal("1E+3"), 1000), (Decimal("-0.1"), "-0.1"), (None, None)],
)
def test_a_target_keeps_every_digit(value: Decimal | None, exact: object):
    assert rows(a_role(value))[0]["target"] == exact
    assert json.loads(json_bytes(a_role(value)))[0]["target"] == exact


def test_a_due_date_is_told_in_words():
    assert rows(a_role(period=None, due=date(2027, 3, 31)))[0]["period"] == "by 31 March 2027"
    assert rows(a_role(due=date(2027, 3, 31)))[0]["period"] == "week until 31 March 2027"
    assert rows(a_role(period=None))[0]["period"] == ""


def test_a_negative_number_is_a_number_in_csv_and_workbook():
    assert read_csv(a_role(Decimal("-4.5")))[0]["target"] == "-4.5"
    assert read_xlsx(a_role(Decimal("-4.5")))[1][COLUMNS.index("target")] == -4.5
    assert read_csv(a_role(None))[0]["target"] == ""
    assert read_xlsx(a_role(None))[1][COLUMNS.index("target")] is None


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\0", "  =", "\r"])
def test_text_that_looks_like_a_formula_is_made_harmless_in_csv(start: str):
    text = f"{start}cmd|' /C calc'!A0"
    source = read_csv(a_role(source=text))[0]["source"]
    assert source == text.strip() or source.startswith("'")
    assert not source.startswith(("=", "+", "-", "@", "\t", "\0", "\r"))


def test_text_that_looks_like_a_formula_or_a_link_is_text_in_the_workbook():
    book = openpyxl.load_workbook(io.BytesIO(xlsx_bytes(a_role(source="=1+1", qualifier="http://example.org"))))
    cells = [cell for line in book[MEASURES].iter_rows(min_row=2) for cell in line]
    assert cells[COLUMNS.index("source")].value == "=1+1"
    assert {cell.data_type for cell in cells} == {"s", "n"}
    assert all(cell.hyperlink is None for cell in cells)


def test_money_is_a_number_and_the_head_is_named():
    head, *lines = read_xlsx(make.role())
    assert head[:5] == ("Accountability", "Metric", "Timing", "Comparator", "Target")
    assert 250_000 in [line[COLUMNS.index("target")] for line in lines]


@pytest.mark.parametrize("name", library())
def test_csv_and_workbook_of_a_library_role_say_the_same(name: str):
    role = library()[name]
    from_csv = [tuple(row.values()) for row in read_csv(role)]
    from_book = [tuple("" if cell is None else str(cell) for cell in line) for line in read_xlsx(role)[1:]]
    assert from_csv == from_book
    assert len(from_csv) == len(rows(role)) == len(json.loads(json_bytes(role)))


@pytest.mark.parametrize("name", library())
def test_the_table_names_the_weeks_in_which_a_number_is_read(name: str):
    role = library()[name]
    words = {0: "", 1: "13", 3: "4, 9, 13", 13: "1 to 13"}
    for (_, metric), row in zip(starter_metrics(role).metrics(), read_csv(role), strict=True):
        assert row["read in weeks"] == words[len(metric.weeks)]
        assert row["we will"].startswith(metric.we_will)


def test_the_same_role_gives_the_same_bytes(monkeypatch: pytest.MonkeyPatch):
    first = xlsx_bytes(make.role())
    monkeypatch.setattr("time.time", lambda: 2_000_000_000.0)
    assert xlsx_bytes(make.role()) == first
    assert csv_bytes(make.role()) == csv_bytes(make.role())


@settings(deadline=None)
@given(st.text(), st.text())
def test_no_csv_cell_begins_a_formula(outcome: str, source: str):
    item = make.accountability(outcome=outcome, expectations=(make.expectation(source=source),))
    for row in read_csv(make.role(accountabilities=(item,))):
        assert not row["accountability"].startswith(("=", "+", "-", "@", "\t", "\0"))
        assert not row["source"].startswith(("=", "+", "-", "@", "\t", "\0"))


@settings(deadline=None)
@given(st.decimals(-(10**14), 10**14, places=2))
def test_every_target_is_read_back_from_csv(value: Decimal):
    assert Decimal(read_csv(a_role(value))[0]["target"]) == value
