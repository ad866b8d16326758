"""Draw the pictures of the user guide into docs/guide/pictures/: charts of the figures on the pages, and documents.

.venv/bin/python tools/guide_pictures.py
"""

import io
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, time
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

import pypdfium2
from PIL import Image, ImageChops

from workbench.documents.charts import charts
from workbench.documents.charts.charts import Point
from workbench.documents.charts.shapes import Chart, Number
from workbench.documents.model import Document, FillMode, Paper, Stamp
from workbench.documents.page.html import environment, template_dir
from workbench.documents.press.press import press, press_html
from workbench.hiring.model import InterviewDay, People
from workbench.metrics.planning import calendar
from workbench.metrics.planning.cascade import Branch, cascade, pool_ratios
from workbench.metrics.planning.confidence import Evidence
from workbench.metrics.planning.planner import PlanInputs, WorkbackPlan, build_plan
from workbench.metrics.signals.attribution import Factor, attribute
from workbench.metrics.signals.signal import detect_signal
from workbench.packets.job import ChosenRole, PrintJob
from workbench.packets.model import RunOptions, distinct_entries
from workbench.packets.recipes.model import DocumentKind, find_shipped_recipe
from workbench.roles import library

PICTURES = Path(__file__).resolve().parent.parent / "docs" / "guide" / "pictures"
MAX_BYTES = 60_000
# Per inch: sharp on a screen of double density.
DOTS = 144
MARGIN = 24
SHARES = (("opportunities", Decimal("0.22")), ("meetings", Decimal("0.35")), ("calls", Decimal("0.03")))
BASELINE = (12, 14, 11, 13, 15, 12, 10, 13, 14, 12, 11, 13)
LATER_WEEKS = (7, 12, 9, 8, 9, 8, 9, 8)
MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
PAGE_WIDTH, PAGE_EDGE, BACKGROUND = 560, 20, "#edeae3"


def plan(win: Decimal | Evidence = Decimal("0.22")) -> WorkbackPlan:
    """Return the plan for one million that the guide uses as its example."""
    stages = (("opportunities", win), *SHARES[1:])
    return build_plan(PlanInputs(1_000_000, 45_000, stages, date(2026, 1, 1), country="US", deal_cv=Decimal("0.8")))


def leading_and_lagging() -> Chart:
    """Draw the weeks until a fall of 30 % is detected, at one false alarm in about five years (docs/sources.md)."""
    rows: list[tuple[str, Number, None]] = [
        ("Calls, 200 a week", 1, None),
        ("Meetings, 8 a week", Decimal("9.5"), None),
    ]
    rows += [("Opportunities, 2.5", Decimal("21.7"), None), ("Wins, one in two weeks", 58, None)]
    return charts.bars("leading", "Weeks until a fall of 30% can be seen", rows)


def working_back() -> Chart:
    """Draw the funnel from one million back to the calls behind it."""
    average = plan().average
    shares = ("", "22% become deals", "35% go on", "3% go on")
    steps = [(step.name.capitalize(), step.needed, share) for step, share in zip(average.steps, shares, strict=True)]
    return charts.funnel("back", "A million, worked back to the calls", steps)


def draw_certainty() -> Chart:
    """Draw the chance of reaching one million for each number of meetings."""
    found = plan(Evidence(11, 50))
    points = [Point(each.per_week, each.chance, each.low, each.high) for each in found.chances]
    chosen = next(point for point in points if point.x == found.per_week)
    return charts.curve("sure", "How sure each number makes it", points, chosen, Decimal("0.8"), "meetings a week")


def pattern() -> Chart:
    """Draw twenty weeks with a decline that no single week shows."""
    verdict = detect_signal(BASELINE, LATER_WEEKS)
    if verdict.limits is None:
        raise SystemExit("The example of the guide has no limits any more.")
    limits = (verdict.limits.lower, verdict.limits.centre, verdict.limits.upper)
    places = [alarm.point - 1 for alarm in verdict.alarms]
    return charts.control("pattern", "Meetings held", (*BASELINE, *LATER_WEEKS), limits, places, "twenty weeks")


def why_ratios_pool() -> Chart:
    """Draw the win rates of a few opportunities and of many."""
    pool = pool_ratios([(1, 2), (30, 100)]) or Fraction(0)
    shares = [("Ada: 1 of 2", Fraction(1, 2)), ("Ben: 30 of 100", Fraction(30, 100))]
    shares += [("Pooled: 31 of 102", pool), ("Average of the two", Fraction(2, 5))]
    return charts.bars("pool", "Win rates in percent", [(name, share * 100, None) for name, share in shares])


def pulled_down() -> Chart:
    """Draw the parts of a gap of 90,000."""
    factors = [
        Factor("Meetings", 60, 63),
        Factor("Meetings that go on", Fraction(1, 2), Fraction(10, 21)),
        Factor("Win rate", Fraction(1, 4), Fraction(1, 6)),
        Factor("Deal size", 40_000, 42_000),
    ]
    gap = attribute(factors)
    return charts.parts(
        "gap", "What pulled the number down by 90,000", [(part.name, part.effect) for part in gap.parts]
    )


def ramps_and_calendars() -> Chart:
    """Draw a full year's million beside the share that a new seller can carry."""
    days = calendar.count_days_by_month(2026, "US")
    full = calendar.distribute(1_000_000, days)
    ramp = calendar.ramp_weights(12)
    rows = [(month, share * weight, share) for month, share, weight in zip(MONTHS, full, ramp, strict=True)]
    return charts.bars("ramp", "A first year, month by month", rows)


def goals_down_the_tree() -> Chart:
    """Draw a company goal cascaded to teams and people, whose parts sum exactly."""
    teams = (
        Branch("North", 5, (Branch("Ada", 1), Branch("Ben", 1), Branch("Cleo", 1))),
        Branch("South", 3, (Branch("Dan", 2), Branch("Eve", 1))),
    )
    shares = cascade(1_000_000, Branch("Company", 1, teams))
    return charts.bars("tree", "One goal, handed down", [(name, share, None) for name, share in shares.items()])


def interview_round() -> PrintJob:
    """Build an interview round for one seat with invented names."""
    role = library.find("sales-engineer")
    stamp = Stamp("Example Company", None, "Edition 1", "5f3ac1d2" * 8, draft=False)
    people = People(("Ina Vogt", "Raj Rao", "Mei Tanaka"), ("Candidate A", "Candidate B", "Candidate C", "Candidate D"))
    day = InterviewDay(date(2026, 12, 1), time(9), lunch=time(12, 30))
    return PrintJob(find_shipped_recipe("interviewer"), (ChosenRole(role, stamp),), people, "", RunOptions(day=day))


def document_of(order: PrintJob, part: DocumentKind) -> Document:
    """Build the first document of a kind."""
    return order.document(next(entry for entry in distinct_entries(order.packets()) if entry.part is part))


def packets() -> tuple[Document, ...]:
    """Build a schedule with its times, a score sheet, and the score sheet in large print."""
    order = interview_round()
    sheet = document_of(order, DocumentKind.SHEETS)
    return document_of(order, DocumentKind.SCHEDULE), sheet, replace(sheet, large=True)


def exercises() -> tuple[Document, ...]:
    """Build the sheets of an exercise: the candidate's, and the role player's with the checklist."""
    order = interview_round()
    return document_of(order, DocumentKind.EXERCISE), document_of(order, DocumentKind.ROLE_PLAY)


def after_the_round() -> tuple[Document, ...]:
    """Build a fillable score sheet and the flat record that it becomes."""
    order = interview_round()
    typed = replace(document_of(order, DocumentKind.SHEETS), form=FillMode.FILLABLE)
    evidence = (
        "Asked the evaluator what must not break, and showed that first.",
        "Said no to the feature in the room, and offered what the customer can do today.",
        "Left half of the product out. The head of logistics asked the last three questions.",
        "Owned the mistake within a minute, and sent the corrected figures the same day.",
        "Asked who decides and by when, before taking on any further wish.",
        "Wrote the criteria with the customer, and had them signed before the start.",
    )
    answers = [("held", "1 December 2026")]
    for number, (_, question) in enumerate(order.roles[0].role.questions()):
        answers += [
            (f"score-{question.key}", str(4 - number % 2)),
            (f"evidence-{question.key}", evidence[number % len(evidence)]),
        ]
    return typed, replace(typed, form=FillMode.FLAT, answers=tuple(sorted(answers)))


DOCUMENTS: dict[str, Callable[[], tuple[Document, ...]]] = {
    "packets": packets,
    "exercises": exercises,
    "after-the-round": after_the_round,
}
CHARTS: dict[str, Callable[[], Chart]] = {
    "leading-and-lagging": leading_and_lagging,
    "working-back": working_back,
    "how-sure": draw_certainty,
    "pattern": pattern,
    "why-ratios-pool": why_ratios_pool,
    "pulled-down": pulled_down,
    "ramps-and-calendars": ramps_and_calendars,
    "goals-down-the-tree": goals_down_the_tree,
}


def picture(chart: Chart) -> bytes:
    """Draw a chart as a small PNG on white."""
    template: Any = environment(template_dir()).get_template("charts.html").make_module()
    drawing = template.draw(chart)
    page = f"<!doctype html><html lang='en'><head><title>{chart.title}</title></head><body>{drawing}</body></html>"
    rules = "@page { size: 150mm 130mm; margin: 5mm } svg { width: 140mm }"
    with pypdfium2.PdfDocument(io.BytesIO(press_html(page, Paper.A4, rules).pdf)) as pdf:
        image = pdf[0].render(scale=DOTS / 72).to_pil().convert("RGB")
    left, top, right, bottom = ImageChops.invert(image).getbbox() or (0, 0, *image.size)
    canvas = Image.new("RGB", (right - left + 2 * MARGIN, bottom - top + 2 * MARGIN), "white")
    canvas.paste(image.crop((left, top, right, bottom)), (MARGIN, MARGIN))
    target = io.BytesIO()
    canvas.quantize(32).save(target, "png", optimize=True)
    return target.getvalue()


def page_pictures(documents: tuple[Document, ...]) -> bytes:
    """Draw the first pages of some documents side by side as a small PNG, with their fields."""
    pages = []
    for document in documents:
        with pypdfium2.PdfDocument(io.BytesIO(press(document, Paper.A4).pdf)) as pdf:
            pdf.init_forms()
            pages.append(pdf[0].render(scale=PAGE_WIDTH / pdf[0].get_width()).to_pil().convert("RGB"))
    width = PAGE_EDGE + len(pages) * (PAGE_WIDTH + PAGE_EDGE)
    sheet = Image.new("RGB", (width, pages[0].height + 2 * PAGE_EDGE), BACKGROUND)
    for number, page in enumerate(pages):
        sheet.paste(page, (PAGE_EDGE + number * (PAGE_WIDTH + PAGE_EDGE), PAGE_EDGE))
    target = io.BytesIO()
    sheet.quantize(8, dither=Image.Dither.NONE).save(target, "png", optimize=True)
    return target.getvalue()


def pictures() -> Iterator[tuple[str, bytes]]:
    """Yield the name and the PNG of every picture."""
    for name, draw in CHARTS.items():
        yield name, picture(draw())
    for name, build in DOCUMENTS.items():
        yield name, page_pictures(build())


def main() -> None:
    """Draw all pictures. Raise SystemExit for a picture that is too large for a slow connection."""
    PICTURES.mkdir(parents=True, exist_ok=True)
    for name, content in pictures():
        if len(content) > MAX_BYTES:
            raise SystemExit(f"{name} has {len(content):,} bytes; {MAX_BYTES:,} are allowed.")
        (PICTURES / f"{name}.png").write_bytes(content)
        print(f"{name}.png: {len(content):,} bytes")


if __name__ == "__main__":
    main()
