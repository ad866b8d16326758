"""The charts: the same bytes for the same figures, words for those who cannot see, and pictures that were looked at.

After a wanted change: `pytest --approve`, look at tests/golden/charts, then commit them.
"""

import io
import os
import re
import subprocess
import sys
from collections.abc import Callable
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from xml.etree import ElementTree as ET

import pypdfium2
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageChops

from workbench.documents.charts import charts
from workbench.documents.charts.charts import Point
from workbench.documents.charts.shapes import Box, Chart, Dot, TextLabel
from workbench.documents.model import Paper
from workbench.documents.page.html import environment, template_dir
from workbench.documents.press.press import press_html

ROOT = Path(__file__).resolve().parents[3]
APPROVED = ROOT / "tests" / "golden" / "charts"
DOTS = 80
SEEN = 40  # of 255: a lighter difference is the edge of a letter
WEEKS = (12, 14, 11, 13, 15, 12, 10, 13, 14, 12, 11, 13, 7, 12, 9, 8, 9, 8, 9, 6)


def _funnel() -> Chart:
    steps = [("Deals", 31, ""), ("Opportunities", 139, "22% become deals"), ("Meetings", 398, "35% go on")]
    return charts.funnel("funnel", "What the target asks for", [*steps, ("Calls", 13_239, "3% go on")])


def _curve() -> Chart:
    shares = (0, 1, 4, 18, 42, 66, 84, 93, 97, 99, 100)
    points = [
        Point(2 * at, Decimal(share) / 100, Decimal(max(share - 20, 0)) / 100, Decimal(min(share + 25, 100)) / 100)
        for at, share in enumerate(shares)
    ]
    return charts.curve("curve", "How sure each number makes it", points, points[6], Decimal("0.8"), "meetings a week")


def _tornado() -> Chart:
    bars = [
        ("Target", Fraction(11, 2), Fraction(41, 5)),
        ("Win rate", Fraction(17, 2), Fraction(57, 10)),
        ("Deal size", Fraction(17, 2), Fraction(57, 10)),
        ("Meetings that go on", Fraction(17, 2), Fraction(57, 10)),
    ]
    return charts.tornado("tornado", "What matters most", Fraction(34, 5), bars, "meetings a week")


def _control() -> Chart:
    limits = (Decimal("6.94"), Decimal("12.5"), Decimal("18.06"))
    return charts.control("control", "Meetings held, week by week", WEEKS, limits, [19], "20 weeks")


def _bars() -> Chart:
    rows = [("North", 9, 12), ("South", 14, 12), ("West", Decimal("11.5"), 12), ("New territory", 3, None)]
    return charts.bars("bars", "First meetings held against target", rows)


def _parts() -> Chart:
    rows = [("Meetings", 12_505), ("Meetings that go on", -12_469), ("Win rate", -102_541), ("Deal size", 12_505)]
    return charts.parts("parts", "What pulled the number down", rows)


def _sparkline() -> Chart:
    return charts.sparkline("sparkline", "Meetings held", WEEKS)


CHARTS: dict[str, Callable[[], Chart]] = {
    "funnel": _funnel,
    "curve": _curve,
    "tornado": _tornado,
    "control": _control,
    "bars": _bars,
    "parts": _parts,
    "sparkline": _sparkline,
}


def svg(chart: Chart) -> str:
    """Draw a chart as it stands in a page."""
    template = environment(template_dir()).get_template("charts.html")
    return str(template.make_module().draw(chart))


def picture(chart: Chart) -> Image.Image:
    """Press a chart as a grey printer would, without the paper around it."""
    page = f"<!doctype html><html lang='en'><head><title>{chart.title}</title></head><body>{svg(chart)}</body></html>"
    rules = "@page { size: 170mm 100mm; margin: 5mm } svg { width: 160mm }"
    with pypdfium2.PdfDocument(io.BytesIO(press_html(page, Paper.A4, rules).pdf)) as pdf:
        assert len(pdf) == 1
        drawn = pdf[0].render(scale=DOTS / 72, grayscale=True).to_pil().convert("L")
    return drawn.crop(ImageChops.invert(drawn).getbbox())


@pytest.fixture(params=CHARTS)
def name(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def approving(request: pytest.FixtureRequest) -> bool:
    return bool(request.config.getoption("--approve")) or os.environ.get("GOLDEN") == "approve"


def test_a_chart_is_as_it_was_approved(name: str, approving: bool):
    chart = CHARTS[name]()
    drawing, seen = svg(chart) + "\n", picture(chart)
    if approving:
        APPROVED.mkdir(parents=True, exist_ok=True)
        (APPROVED / f"{name}.svg").write_text(drawing, "utf-8")
        seen.quantize(16).save(APPROVED / f"{name}.png", optimize=True)
    assert drawing == (APPROVED / f"{name}.svg").read_text("utf-8")
    with Image.open(APPROVED / f"{name}.png") as approved:
        before = approved.convert("L")
        assert seen.size == before.size
        different = ImageChops.difference(seen, before).point(lambda level: 255 if level > SEEN else 0).getbbox()
        assert different is None, f"{name} looks different in {different}"


def test_a_chart_says_in_words_what_it_shows(name: str):
    chart = CHARTS[name]()
    drawn = ET.fromstring(svg(chart))
    space = "{http://www.w3.org/2000/svg}"
    title, description = drawn.find(f"{space}title"), drawn.find(f"{space}desc")
    assert drawn.get("role") == "img"
    assert drawn.get("aria-labelledby").split() == [title.get("id"), description.get("id")]
    assert title.text == chart.title
    assert description.text == chart.description
    assert len(description.text) > 30
    assert any(character.isdigit() for character in description.text)


def test_no_words_leave_the_drawing_and_none_lie_on_each_other(name: str):
    chart = CHARTS[name]()
    boxes = [(words.text, box(words)) for words in chart.shapes if isinstance(words, TextLabel)]
    for text, (left, top, right, bottom) in boxes:
        assert left >= 0, text
        assert right <= chart.width, text
        assert 0 <= top < bottom <= chart.height, text
    for place, (one, a) in enumerate(boxes):
        for two, b in boxes[place + 1 :]:
            apart = a[2] <= b[0] or b[2] <= a[0] or a[3] <= b[1] or b[3] <= a[1]
            assert apart, f"“{one}” lies on “{two}”"


def box(words: TextLabel) -> tuple[int, int, int, int]:
    """Return how much room words take, with letters half as wide as they are high."""
    wide = len(words.text) * words.size // 2
    left = words.x - {"start": 0, "middle": wide // 2, "end": wide}[words.anchor]
    return left, words.y - words.size * 3 // 4, left + wide, words.y + words.size // 5


def test_charts_have_the_same_bytes_in_every_process():
    script = (
        "import hashlib; from tests.documents.charts.test_charts import CHARTS, svg;"
        "print(hashlib.sha256(''.join(svg(build()) for build in CHARTS.values()).encode()).hexdigest())"
    )
    seen = {
        subprocess.run(
            [sys.executable, "-c", script],
            env=os.environ | {"PYTHONHASHSEED": seed, "PYTHONPATH": str(ROOT)},
            cwd=ROOT,
            capture_output=True,
            check=True,
            text=True,
        ).stdout
        for seed in ("0", "4242")
    }
    assert len(seen) == 1


def test_a_chart_carries_no_style_and_no_code(name: str):
    drawn = svg(CHARTS[name]())
    assert not re.search(r"<script|<style|style=|onload|href", drawn)
    assert "&lt;b&gt;" in svg(charts.funnel("f", "<b>", [("<b>", 1, "")]))


@pytest.mark.parametrize(
    "draw",
    [
        lambda: charts.funnel("f", "F", []),
        lambda: charts.curve("c", "C", [Point(1, Decimal(1))], Point(1, Decimal(1)), Decimal("0.8"), "a week"),
        lambda: charts.tornado("t", "T", 1, [], "a week"),
        lambda: charts.control("x", "X", [1], (0, 1, 2), [], "weeks"),
        lambda: charts.bars("b", "B", []),
        lambda: charts.parts("p", "P", []),
        lambda: charts.sparkline("s", "S", [1]),
    ],
)
def test_a_chart_of_nothing_is_refused(draw: Callable[[], Chart]):
    with pytest.raises(ValueError, match=r"needs?"):
        draw()


NUMBERS = st.integers(-(10**9), 10**9) | st.fractions(-1000, 1000) | st.decimals(-1000, 1000, places=2)


@given(st.lists(NUMBERS, min_size=2, max_size=60), NUMBERS)
@settings(deadline=None, max_examples=60)
def test_every_number_can_be_drawn_inside_the_picture(values: list[Decimal], base: Decimal):
    counts = [(f"Step {at}", abs(int(value)), "") for at, value in enumerate(values)]
    bars = [(f"Input {at}", value, values[0]) for at, value in enumerate(values)]
    positive = [(name, abs(low), abs(high)) for name, low, high in bars]
    limits = (min(Fraction(v) for v in values), Fraction(values[0]), max(Fraction(v) for v in values))
    made = [
        charts.funnel("f", "F", counts),
        charts.tornado("t", "T", base, bars, "a week"),
        charts.control("c", "C", values, limits, [0], "weeks"),
        charts.bars("b", "B", positive),
        charts.parts("p", "P", [(name, low) for name, low, _ in bars]),
        charts.sparkline("s", "S", values),
    ]
    for chart in made:
        for shape in chart.shapes:
            if isinstance(shape, Box):
                assert shape.width > 0
                assert shape.x >= 0
                assert shape.x + shape.width <= chart.width
            if isinstance(shape, Dot):
                assert 0 <= shape.x <= chart.width
                assert 0 <= shape.y <= chart.height
