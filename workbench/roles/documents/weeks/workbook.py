"""The thirteen-week page as an Excel sheet: weeks as columns, targets as a line, and formulas that follow the numbers."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from workbench.core.text.currencies import currency_symbol, minor_digits
from workbench.core.text.translation import ENGLISH, Translator, gettext_noop
from workbench.metrics.model import Period, Unit
from workbench.metrics.weeks import MONTHS, WEEKS, WORKDAYS, SumRule
from workbench.roles.documents.starter import StarterMetric
from workbench.roles.documents.weeks.model import WeekLine, WeekSheet
from workbench.roles.model import Comparator

# Columns: number, target, period, the weeks, and what follows from them.
_NAME, _TARGET, _COUNTED, _WEEK_1 = 0, 1, 2, 3
_TOTAL = _WEEK_1 + len(WEEKS)
_TOTAL_TARGET, _QUARTER, _STATUS = _TOTAL + 1, _TOTAL + 2, _TOTAL + 3
_DATES, _HEAD, _FIRST = 2, 3, 4  # rows
_NAME_WIDTH, _LINE_HEIGHT = 46, 14
_SIGNS = {Comparator.AT_LEAST: ">=", Comparator.AT_MOST: "<=", Comparator.EXACTLY: "="}
_LIMITS = {Comparator.AT_LEAST: "≥", Comparator.AT_MOST: "≤", Comparator.EXACTLY: "="}
_MISSED = {
    Comparator.AT_LEAST: gettext_noop("Below target"),
    Comparator.AT_MOST: gettext_noop("Over target"),
    Comparator.EXACTLY: gettext_noop("Off target"),
}
_NAMED_UNITS = (Unit.MINUTES, Unit.HOURS, Unit.DAYS, Unit.MONTHS, Unit.TIMES, Unit.POINTS)
_MAX_TEXT = 32_767  # Excel's limit of a cell
_GOOD, _SHORT = {"bg_color": "#DCEFE3", "font_color": "#0B5A2B"}, {"bg_color": "#FBE3DC", "font_color": "#8A2A0E"}
_QUIET, _LINE, _BAND = "#6B7280", "#B8C0CC", "#EEF2F6"


@dataclass(slots=True)
class _Drawing:
    """The sheet that is being written, with its formats by their properties."""

    book: Any
    sheet: Any
    page: WeekSheet
    translator: Translator
    formats: dict[tuple[tuple[str, object], ...], Any]

    def look(self, **properties: object) -> Any:
        """Return a format of a cell."""
        key = tuple(sorted(properties.items()))
        if key not in self.formats:
            self.formats[key] = self.book.add_format({"valign": "vcenter", "font_size": 10} | properties)
        return self.formats[key]

    def text(self, row: int, column: int, text: str, **look: object) -> None:
        """Write a text, which is never taken for a formula."""
        self.sheet.write_string(row, column, text[:_MAX_TEXT], self.look(**look))

    def set_height(self, row: int, text: str, width: int) -> None:
        """Make a row high enough for a wrapped text; LibreOffice does not do it by itself."""
        self.sheet.set_row(row, _LINE_HEIGHT * lines_of(text, width))

    def gettext(self, text: str) -> str:
        """Return a built-in text in the language of the file."""
        return self.translator.gettext(text)


def lines_of(text: str, width: int) -> int:
    """Return how many lines a text takes in a column of a width in characters, at least one."""
    return max(1, -(-len(text) * 11 // (10 * width)))


def add_week_sheet(book: Any, page: WeekSheet, translator: Translator = ENGLISH) -> None:
    """Add the sheet of the 13 weeks to a workbook; it is printed one page wide, with its head on each page."""
    sheet = book.add_worksheet(translator.gettext("Thirteen weeks"))
    drawing = _Drawing(book, sheet, page, translator, {})
    _set_up(drawing)
    _write_head(drawing)
    row = _FIRST
    number = 0
    for line in page.lines:
        if line.number != number:
            number = line.number
            _write_group(drawing, row, f"{number}  {page.outcomes[number - 1]}")
            row += 1
        _write_line(drawing, row, line)
        row += 2
    row = _write_later(drawing, row)
    row = _write_promises(drawing, row + 1)
    row = _write_notes(drawing, row + 1)
    sheet.print_area(0, 0, row - 1, _STATUS)


def _set_up(drawing: _Drawing) -> None:
    sheet = drawing.sheet
    sheet.set_column(_NAME, _NAME, _NAME_WIDTH)
    sheet.set_column(_TARGET, _TARGET, 15)
    sheet.set_column(_COUNTED, _COUNTED, 18)
    sheet.set_column(_WEEK_1, _TOTAL - 1, 8)
    sheet.set_column(_TOTAL, _QUARTER, 12)
    sheet.set_column(_STATUS, _STATUS, 12)
    sheet.freeze_panes(_FIRST, _WEEK_1)
    sheet.hide_gridlines(2)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    sheet.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
    sheet.repeat_rows(_HEAD)
    sheet.set_footer("&L&A&RPage &P of &N")


def _write_head(drawing: _Drawing) -> None:
    gettext, sheet = drawing.gettext, drawing.sheet
    drawing.text(0, _NAME, drawing.page.title, bold=True, font_size=16)
    for column, label in ((_WEEK_1, gettext("Seat holder")), (_WEEK_1 + 5, gettext("Leader"))):
        drawing.text(1, column, label, font_color=_QUIET)
        sheet.merge_range(1, column + 2, 1, column + 4, "", drawing.look(bottom=1))
    drawing.text(1, _NAME, gettext("Week 1 begins on"), font_color=_QUIET)
    sheet.write_blank(1, _TARGET, None, drawing.look(num_format="d mmm yyyy", bottom=1, align="left"))
    sheet.data_validation(
        1,
        _TARGET,
        1,
        _TARGET,
        {"validate": "date", "criteria": ">", "value": "=DATE(2000,1,1)", "error_message": gettext("Write a date.")},
    )
    for place, week in enumerate(WEEKS):
        dates = drawing.look(num_format="d mmm", font_color=_QUIET, align="center", font_size=8)
        sheet.write_formula(_DATES, _WEEK_1 + place, f'=IF($B$2="","",$B$2+{7 * place})', dates, "")
        drawing.sheet.write_number(_HEAD, _WEEK_1 + place, week, drawing.look(bold=True, bottom=2, align="center"))
    labels = {
        _NAME: gettext("What"),
        _TARGET: gettext("Target"),
        _COUNTED: gettext("Counted"),
        _TOTAL: gettext("To date"),
        _TOTAL_TARGET: gettext("Target to date"),
        _QUARTER: gettext("13 weeks"),
        _STATUS: gettext("Status"),
    }
    for column, label in labels.items():
        drawing.text(
            _HEAD, column, label, bold=True, bottom=2, align="right" if _TOTAL <= column <= _QUARTER else "left"
        )


def _write_group(drawing: _Drawing, row: int, text: str) -> None:
    for column in range(1, _STATUS + 1):
        drawing.sheet.write_blank(row, column, None, drawing.look(bg_color=_BAND))
    drawing.text(row, _NAME, text, bold=True, bg_color=_BAND)


def _write_line(drawing: _Drawing, row: int, line: WeekLine) -> None:
    """Write a measure in two rows: cells to type in, and below them the target of each week, which follows the target."""
    sheet, metric = drawing.sheet, line.metric
    drawing.text(row, _NAME, line.name, bold=line.result, text_wrap=True)
    drawing.text(row + 1, _NAME, line.qualifier, font_color=_QUIET, text_wrap=True, bottom=1, bottom_color=_LINE)
    drawing.set_height(row + 1, line.qualifier, _NAME_WIDTH)
    drawing.text(row, _COUNTED, line.counted, font_color=_QUIET)
    drawing.text(row + 1, _COUNTED, drawing.gettext("target"), font_color=_QUIET, bottom=1, bottom_color=_LINE)
    sheet.write_blank(row + 1, _TARGET, None, drawing.look(bottom=1, bottom_color=_LINE))
    limit = drawing.look(num_format=_limit_format(metric, drawing.page.currency), bold=True, align="left")
    if metric.value is None:
        sheet.write_blank(row, _TARGET, None, limit)
    else:
        sheet.write_number(row, _TARGET, _stored(metric.value, metric.unit), limit)
    formats = _number_format(metric, drawing.page.currency)
    typed = drawing.look(num_format=formats, border=1, border_color=_LINE, align="right")
    quiet = drawing.look(num_format=formats, font_color=_QUIET, font_size=8, bottom=1, bottom_color=_LINE)
    targets = dict(zip(metric.weeks, metric.targets, strict=False))
    for week in WEEKS:
        column = _WEEK_1 + week - 1
        if week in metric.weeks:
            sheet.write_blank(row, column, None, typed)
        if week in metric.weeks and metric.value is not None:
            formula = target_formula(metric, week, f"$B${row + 1}")
            sheet.write_formula(row + 1, column, formula, quiet, _stored(targets[week], metric.unit))
        else:
            sheet.write_blank(row + 1, column, None, quiet)
    _write_totals(drawing, row, line, formats)


def _write_totals(drawing: _Drawing, row: int, line: WeekLine, formats: str) -> None:
    sheet, metric = drawing.sheet, line.metric
    number = drawing.look(num_format=formats, bg_color=_BAND, align="right")
    sheet.write_formula(row, _TOTAL, total_formula(metric.sum_rule, row, row), number, "")
    drawing.text(
        row + 1, _TOTAL, line.total, font_color=_QUIET, align="right", bottom=1, bottom_color=_LINE, font_size=8
    )
    for column in (_TOTAL_TARGET, _QUARTER, _STATUS):
        sheet.write_blank(row + 1, column, None, drawing.look(bottom=1, bottom_color=_LINE))
    if metric.value is None:
        return
    sheet.write_formula(row, _TOTAL_TARGET, total_formula(metric.sum_rule, row + 1, row), number, "")
    if metric.quarter_target is not None:
        factor = metric.quarter_target / metric.value if metric.value else Decimal(1)
        whole = f"=$B${row + 1}*{factor:f}"
        sheet.write_formula(row, _QUARTER, whole, number, _stored(metric.quarter_target, metric.unit))
    sign, total, target = _SIGNS[metric.comparator], _cell(row, _TOTAL), _cell(row, _TOTAL_TARGET)
    good, short = drawing.gettext("On target"), drawing.gettext(_MISSED[metric.comparator])
    status = f'=IF({total}="","",IF({total}{sign}{target},"{good}","{short}"))'
    sheet.write_formula(row, _STATUS, status, drawing.look(indent=1), "")
    _colour(drawing, row, sign)


def _colour(drawing: _Drawing, row: int, sign: str) -> None:
    """Colour the numbers that are typed, and the total, by whether they reach the target below or beside them."""
    first, last = (row, _WEEK_1), (row, _TOTAL - 1)
    cell, below = f"{_letter(_WEEK_1)}{row + 1}", f"{_letter(_WEEK_1)}{row + 2}"
    total, target = _cell(row, _TOTAL), _cell(row, _TOTAL_TARGET)
    for look, wanted in ((_GOOD, "TRUE"), (_SHORT, "FALSE")):
        colour = drawing.book.add_format(look)
        rules = (
            (*first, *last, f"=AND(ISNUMBER({cell}),ISNUMBER({below}),({cell}{sign}{below})={wanted})"),
            (row, _TOTAL, row, _TOTAL, f"=AND(ISNUMBER({total}),({total}{sign}{target})={wanted})"),
            (row, _STATUS, row, _STATUS, f"=AND(ISNUMBER({total}),({total}{sign}{target})={wanted})"),
        )
        for *area, rule in rules:
            drawing.sheet.conditional_format(*area, {"type": "formula", "criteria": rule, "format": colour})


def target_formula(metric: StarterMetric, week: int, target: str) -> str:
    """Return the formula for the target of a week from the cell of the target, by the rule of `target_for`."""
    at = metric.weeks.index(week)
    value, found = metric.value or Decimal(), metric.targets[at]
    if found == value:
        return f"={target}"
    if metric.period is Period.DAY:
        return f"={target}*{WORKDAYS}"
    months = tuple(weeks for weeks in MONTHS if week in weeks or weeks[-1] < week)
    passed, whole = months[-1].index(week) + 1, len(months[-1])
    if metric.period is Period.MONTH:
        return f"=ROUNDDOWN({target}*{passed}/{whole},0)"
    return f"=ROUNDDOWN({target}*{len(months)}/{len(MONTHS)},0)"


def total_formula(rule: SumRule, row: int, typed: int) -> str:
    """Return the formula that makes one number of a row, from the weeks in which something is typed in the row `typed`."""

    def area(row: int, weeks: tuple[int, ...]) -> str:
        first, last = _letter(_WEEK_1 + weeks[0] - 1), _letter(_WEEK_1 + weeks[-1] - 1)
        return f"${first}${row + 1}:${last}${row + 1}"

    def last_of(weeks: tuple[int, ...]) -> str:
        numbers = area(typed, weeks)
        place = f"SUMPRODUCT(MAX(ISNUMBER({numbers})*(COLUMN({numbers})-{_WEEK_1 + weeks[0] - 1})))"
        return f"IF(COUNT({numbers})=0,0,INDEX({area(row, weeks)},1,{place}))"

    typed_area = area(typed, WEEKS)
    if rule is SumRule.LATEST:
        result = last_of(WEEKS)
    elif rule is SumRule.MONTHS:
        result = "+".join(last_of(weeks) for weeks in MONTHS)
    else:
        result = f"SUMPRODUCT(ISNUMBER({typed_area})*{area(row, WEEKS)})" if row != typed else f"SUM({typed_area})"
        result += f"/COUNT({typed_area})" if rule is SumRule.MEAN else ""
    return f'=IF(COUNT({typed_area})=0,"",{result})'


def _write_later(drawing: _Drawing, row: int) -> int:
    """Write the numbers that are not read in these weeks; return the next free row."""
    if drawing.page.later:
        _write_group(drawing, row, drawing.gettext("Not judged within 13 weeks"))
        row += 1
    for line in drawing.page.later:
        words = ", ".join(part for part in (line.name, line.qualifier) if part)
        drawing.text(row, _NAME, words, text_wrap=True)
        drawing.set_height(row, words, _NAME_WIDTH)
        drawing.text(row, _TARGET, line.target, bold=True)
        drawing.text(row, _COUNTED, line.counted, font_color=_QUIET)
        row += 1
    return row


def _write_promises(drawing: _Drawing, row: int) -> int:
    """Write what the company does, with a column to tick; return the next free row."""
    if not drawing.page.promises:
        return row
    _write_group(drawing, row, drawing.gettext("We will"))
    drawing.text(row, _STATUS, drawing.gettext("Kept"), bold=True, bg_color=_BAND)
    for promise in drawing.page.promises:
        row += 1
        look = drawing.look(text_wrap=True, bottom=1, bottom_color=_LINE)
        text = f"{promise.number}  {promise.text}"[:_MAX_TEXT]
        drawing.sheet.merge_range(row, _NAME, row, _QUARTER, "", look)
        drawing.sheet.write_string(row, _NAME, text, look)
        drawing.sheet.write_blank(row, _STATUS, None, drawing.look(border=1, border_color=_LINE, align="center"))
        drawing.sheet.data_validation(row, _STATUS, row, _STATUS, {"validate": "list", "source": ["✓", "–"]})
    return row + 1


def _write_notes(drawing: _Drawing, row: int) -> int:
    """Write a line for each week; return the next free row."""
    _write_group(drawing, row, drawing.gettext("One line a week: what moved it, what you need from us"))
    for week in WEEKS:
        row += 1
        drawing.text(row, _NAME, drawing.translator.gettext("Week {number}", number=week), font_color=_QUIET)
        look = drawing.look(bottom=1, bottom_color=_LINE, text_wrap=True)
        drawing.sheet.merge_range(row, _TARGET, row, _STATUS, "", look)
    return row + 1


def _stored(value: Decimal, unit: Unit) -> Decimal:
    """Return a value as a spreadsheet keeps it: 22 % is 0.22 there."""
    return value / 100 if unit is Unit.PERCENT else value


def _number_format(metric: StarterMetric, currency: str) -> str:
    whole = all(each == each.to_integral_value() for each in metric.targets)
    if metric.unit is Unit.PERCENT:
        return "0%" if whole else "0.0%"
    if metric.unit is Unit.MONEY:
        places = "" if whole or not minor_digits(currency) else f".{'0' * minor_digits(currency)}"
        return f'"{currency_symbol(currency, "en")}"#,##0{places}'
    return "#,##0" if whole else "#,##0.0##"


def _limit_format(metric: StarterMetric, currency: str) -> str:
    """Return the number format of the target: `"≤ "0" hours"`, with the word for one hour where it is one."""
    sign, number = f'"{_LIMITS[metric.comparator]} "', _number_format(metric, currency)
    if metric.unit not in _NAMED_UNITS:
        return f"{sign}{number}"
    many = metric.unit.value
    return f'[=1]{sign}{number}" {many.removesuffix("s")}";{sign}{number}" {many}"'


def _letter(column: int) -> str:
    return chr(ord("A") + column)


def _cell(row: int, column: int) -> str:
    return f"${_letter(column)}${row + 1}"
