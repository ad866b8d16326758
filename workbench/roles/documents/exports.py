"""The starter metrics as rows, CSV and a typed workbook: one row a metric, the same bytes each time."""

import csv
import io
import json
from decimal import Decimal
from typing import Any

from workbench.core.file_formats import FILE_DATE
from workbench.core.text.translation import ENGLISH
from workbench.metrics.model import Unit
from workbench.metrics.weeks import WEEKS
from workbench.roles.documents.starter import MeasuredAccountability, StarterMetric, starter_metrics
from workbench.roles.documents.weeks.model import week_sheet
from workbench.roles.documents.weeks.workbook import add_week_sheet, lines_of
from workbench.roles.model import Role

COLUMNS = (
    *("accountability", "metric", "timing", "comparator", "target", "unit", "period"),
    *("read in weeks", "13 weeks by", "source", "we will"),
)

MEASURES = "Starter metrics"  # the name of the sheet with the rows

_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "\0", "|", "%")
_WIDTHS = (44, 34, 10, 12, 14, 12, 18, 14, 14, 44, 60)
_LINE_HEIGHT = 15  # points
_FORMATS = {Unit.MONEY: "#,##0.##", Unit.COUNT: "#,##0.##"}
_MAX_CELL_LENGTH = 32_767  # Excel's limit


def rows(role: Role) -> list[dict[str, str | int | None]]:
    """Return one row for each metric, measures of the result before drivers; the unit of money is its currency.

    A whole target is an int, any other a decimal as text ("22.5"), so that no digit is lost; one not set is None.
    """
    return [
        {**_words(item, metric, role.currency), "target": _exact(metric.value)}
        for item, metric in starter_metrics(role).metrics()
    ]


def json_bytes(role: Role) -> bytes:
    """Write the rows as UTF-8 JSON, a list of objects."""
    return (json.dumps(rows(role), ensure_ascii=False, indent=2) + "\n").encode()


def csv_bytes(role: Role) -> bytes:
    """Write the rows as UTF-8 CSV with a byte order mark, as spreadsheets expect it, and lines that end in CRLF.

    A cell of text that a spreadsheet would take for a formula gets an apostrophe in front (OWASP, CSV injection);
    targets are typed numbers and keep their minus sign.
    """
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(COLUMNS)
    for row in rows(role):
        writer.writerow([_cell(name, row[name]) for name in COLUMNS])
    return out.getvalue().encode("utf-8-sig")


def xlsx_bytes(role: Role) -> bytes:
    """Write an Excel workbook: the 13 weeks to fill in, and the rows with targets as numbers.

    Text is never taken for a formula or a link.
    """
    import xlsxwriter  # noqa: PLC0415 - a tenth of the web server's start

    out = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(out, options) as book:
        book.set_properties({"title": f"Starter metrics: {role.title}"[:255], "created": FILE_DATE})
        add_week_sheet(book, week_sheet(role))
        sheet = book.add_worksheet(MEASURES)
        _draw(book, sheet, role)
    return out.getvalue()


def _draw(book: Any, sheet: Any, role: Role) -> None:
    head = book.add_format({"bold": True, "bottom": 1, "valign": "top"})
    text = book.add_format({"text_wrap": True, "valign": "top"})
    number = {unit: book.add_format({"num_format": _FORMATS.get(unit, "General"), "valign": "top"}) for unit in Unit}
    for place, (name, width) in enumerate(zip(COLUMNS, _WIDTHS, strict=True)):
        sheet.set_column(place, place, width)
        sheet.write_string(0, place, name.capitalize(), head)
    sheet.freeze_panes(1, 0)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)
    for line, (item, metric) in enumerate(starter_metrics(role).metrics(), 1):
        words = _words(item, metric, role.currency)
        lines = max(lines_of(words[name], width) for name, width in zip(COLUMNS, _WIDTHS, strict=True))
        sheet.set_row(line, _LINE_HEIGHT * lines)
        for place, name in enumerate(COLUMNS):
            if name != "target":
                sheet.write_string(line, place, words[name][:_MAX_CELL_LENGTH], text)
            elif metric.value is not None:
                sheet.write_number(line, place, metric.value, number[metric.unit])


def _words(item: MeasuredAccountability, metric: StarterMetric, currency: str) -> dict[str, str]:
    """Return the row's texts by column, in the order of the columns; the caller adds the target, which is a number."""
    return {
        "accountability": item.outcome,
        "metric": f"{metric.name} ({metric.qualifier})" if metric.qualifier else metric.name,
        "timing": metric.timing.value,
        "comparator": metric.comparator.value,
        "target": "",
        "unit": currency if metric.unit is Unit.MONEY else metric.unit.value,
        "period": _period(metric),
        "read in weeks": _weeks(metric.weeks),
        "13 weeks by": metric.sum_rule.value if metric.weeks else "",
        "source": metric.source,
        "we will": metric.we_will,
    }


def _period(metric: StarterMetric) -> str:
    if metric.due is None:
        return metric.period.value if metric.period else ""
    due = ENGLISH.day(metric.due)
    return f"{metric.period.value} until {due}" if metric.period else f"by {due}"


def _weeks(weeks: tuple[int, ...]) -> str:
    """Return the weeks in which a number is read: `1 to 13`, `4, 9, 13`, `13`; empty for none."""
    return f"{weeks[0]} to {weeks[-1]}" if weeks == WEEKS else ", ".join(str(week) for week in weeks)


def _exact(value: Decimal | None) -> str | int | None:
    if value is None:
        return None
    return int(value) if value == value.to_integral_value() else format(value.normalize(), "f")


def _cell(name: str, value: str | int | None) -> str | int:
    if value is None:
        return ""
    if name != "target" and isinstance(value, str) and value.lstrip(" ").startswith(_FORMULA_STARTS):
        return f"'{value}"
    return value
