"""A plan as a workbook: the simple chain with live formulas, and the week-by-week plan as typed numbers."""

import io
from datetime import datetime
from typing import Any

from workbench.core.file_formats import FILE_DATE
from workbench.metrics.planning.confidence import Evidence
from workbench.metrics.planning.planner import WorkbackPlan


def xlsx_bytes(plan: WorkbackPlan) -> bytes:
    """Write a plan as XLSX: figures as numbers, results as formulas; text is never a formula."""
    import xlsxwriter  # noqa: PLC0415 - a tenth of the web server's start

    target = io.BytesIO()
    book = xlsxwriter.Workbook(
        target, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    )
    book.set_properties({"title": "Plan", "created": FILE_DATE})
    bold = book.add_format({"bold": True})
    _chain(book, plan, bold)
    _weeks(book, plan, bold)
    book.close()
    return target.getvalue()


def _chain(book: Any, plan: WorkbackPlan, bold: Any) -> None:
    sheet = book.add_worksheet("Plan")
    sheet.set_column(0, 0, 34)
    sheet.set_column(1, 3, 18)
    money, share = book.add_format({"num_format": "#,##0"}), book.add_format({"num_format": "0.0%"})
    sheet.write_string(0, 0, "What you typed", bold)
    sheet.write_string(1, 0, "Revenue target")
    sheet.write_number(1, 1, float(plan.inputs.target), money)
    sheet.write_string(2, 0, "Average deal")
    sheet.write_number(2, 1, float(plan.inputs.deal), money)
    sheet.write_string(3, 0, "Weeks in which work still counts")
    sheet.write_number(3, 1, float(plan.weeks))
    for row, (stage, (_, rate)) in enumerate(zip(plan.average.stages, plan.inputs.stages, strict=True), 4):
        sheet.write_string(row, 0, f"Share of {stage.name} that go on")
        if isinstance(rate, Evidence):
            sheet.write_formula(row, 1, f"={rate.won}/{rate.of}", share, float(stage.rate))
        else:
            sheet.write_number(row, 1, float(stage.rate), share)
    start = 5 + len(plan.average.stages)
    for column, text in enumerate(("At averages", "In all", "A week, rounded up")):
        sheet.write_string(start, column, text, bold)
    sheet.write_string(start + 1, 0, "deals")
    _formula(sheet, start + 1, 1, "=B2/B3", plan.average.steps[0].exact)
    for place, step in enumerate(plan.average.steps[1:]):
        row = start + 2 + place
        sheet.write_string(row, 0, step.name)
        _formula(sheet, row, 1, f"=B{row}/B{5 + place}", step.exact)
    for place, step in enumerate(plan.average.steps):
        row = start + 1 + place
        _formula(sheet, row, 2, f"=ROUNDUP(ROUND(B{row + 1}/B4,9),0)", step.per_week or 0)
    after = start + 3 + len(plan.average.steps)
    sheet.write_string(after, 0, "To be as sure as you want", bold)
    for place, step in enumerate(plan.confident.steps):
        sheet.write_string(after + 1 + place, 0, step.name)
        sheet.write_number(after + 1 + place, 1, step.needed, money)
        sheet.write_number(after + 1 + place, 2, step.per_week or 0)


def _formula(sheet: Any, row: int, column: int, formula: str, value: Any) -> None:
    """Write a formula with the value it has now, for readers that do not work formulas out."""
    sheet.write_formula(row, column, formula, None, float(value))


def _weeks(book: Any, plan: WorkbackPlan, bold: Any) -> None:
    sheet = book.add_worksheet("Weeks")
    sheet.set_column(0, 2, 18)
    day = book.add_format({"num_format": "d mmm yyyy"})
    for column, text in enumerate(("Week from", "Working days", plan.step.capitalize())):
        sheet.write_string(0, column, text, bold)
    for row, week in enumerate(plan.calendar, 1):
        sheet.write_datetime(row, 0, datetime(week.starts.year, week.starts.month, week.starts.day), day)  # noqa: DTZ001
        sheet.write_number(row, 1, week.days)
        sheet.write_number(row, 2, week.count)
    sheet.write_string(len(plan.calendar) + 1, 0, "Sum", bold)
    _formula(
        sheet, len(plan.calendar) + 1, 2, f"=SUM(C2:C{len(plan.calendar) + 1})", sum(w.count for w in plan.calendar)
    )
