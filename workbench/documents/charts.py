"""Charts as plain shapes, drawn alike on a page and on paper: a funnel, a curve, a tornado, bars, a spark and more.

Geometry is whole numbers, ten to a pixel, so that the same figures always give the same bytes. Each shape names its
tone; the template `charts.html` gives a tone its printed colour, and the site may give it another one in the dark.
Every chart carries a title and a description, which say in words what the picture shows.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Literal

Number = int | Decimal | Fraction
Tone = Literal["ink", "soft", "hair", "accent", "tint", "warn"]
Anchor = Literal["start", "middle", "end"]

WIDTH = 6400
TEXT, SMALL = 150, 130  # the height of letters; below ten pixels on a phone they could not be read
APART = 150  # what two lines of small text need between their base lines


@dataclass(frozen=True, slots=True)
class Box:
    """A filled rectangle; an outlined one can be told from a full one in grey print too."""

    x: int
    y: int
    width: int
    height: int
    tone: Tone
    outlined: bool = False
    kind: Literal["box"] = "box"


@dataclass(frozen=True, slots=True)
class Stroke:
    """A line through points, `x,y x,y …`; dashed where it is a limit or a wish."""

    points: str
    tone: Tone
    thickness: int = 15
    dashed: bool = False
    kind: Literal["stroke"] = "stroke"


@dataclass(frozen=True, slots=True)
class Area:
    """A filled shape with its corners `x,y x,y …`."""

    points: str
    tone: Tone
    kind: Literal["area"] = "area"


@dataclass(frozen=True, slots=True)
class Dot:
    """A point that counts."""

    x: int
    y: int
    radius: int
    tone: Tone
    kind: Literal["dot"] = "dot"


@dataclass(frozen=True, slots=True)
class Words:
    """A line of text; `y` is its base line."""

    x: int
    y: int
    text: str
    tone: Tone = "ink"
    anchor: Anchor = "start"
    bold: bool = False
    size: int = TEXT
    kind: Literal["words"] = "words"


Shape = Box | Stroke | Area | Dot | Words


@dataclass(frozen=True, slots=True)
class Chart:
    """A finished drawing; `key` makes its ids unique on a page."""

    key: str
    title: str
    description: str
    width: int
    height: int
    shapes: tuple[Shape, ...]


def funnel(key: str, title: str, steps: Sequence[tuple[str, int, str]]) -> Chart:
    """Draw steps as bars that grow towards the work: (name, how many, share that goes on to the step above).

    The last step is the widest; a bar is never thinner than a hair, so that one deal can be seen beside ten thousand
    calls. Raises ValueError without a step.
    """
    if not steps:
        raise ValueError("A funnel needs a step.")
    most = max(count for _, count, _ in steps) or 1
    left, right, row = 1900, 1000, 430
    shapes: list[Shape] = []
    for place, (name, count, share) in enumerate(steps):
        y = place * row
        width = max(_scaled(count, most, WIDTH - left - right), 20)
        shapes.append(Words(left - 120, y + (165 if share else 240), name, anchor="end"))
        if share:
            shapes.append(Words(left - 120, y + 325, share, "soft", "end", size=SMALL))
        shapes.append(Box(left, y + 80, width, 220, "accent"))
        shapes.append(Words(left + width + 90, y + 240, f"{count:,}", bold=True))
    told = "; ".join(f"{count:,} {name.lower()}" for name, count, _ in steps)
    return Chart(key, title, f"From the result back to the work: {told}.", WIDTH, len(steps) * row, tuple(shapes))


@dataclass(frozen=True, slots=True)
class Point:
    """One point of a curve: `x` counts, `y` is a share from 0 to 1, with a band where it is uncertain."""

    x: int
    y: Decimal
    low: Decimal | None = None
    high: Decimal | None = None


def curve(key: str, title: str, points: Sequence[Point], chosen: Point, wanted: Decimal, unit: str) -> Chart:
    """Draw how sure a plan is against how much is done: the curve, its band, the wish, and the chosen point.

    `unit` names what `x` counts ("meetings a week"). Raises ValueError for fewer than two points.
    """
    if len(points) < 2:
        raise ValueError("A curve needs two points.")
    first, last = points[0].x, points[-1].x
    left, top, width, height = 620, 120, WIDTH - 820, 2100

    def at(x: int, y: Decimal) -> tuple[int, int]:
        return left + _scaled(x - first, max(last - first, 1), width), top + height - _scaled(y, 1, height)

    shapes: list[Shape] = []
    for share in (0, 25, 50, 75, 100):
        y = at(first, Decimal(share) / 100)[1]
        shapes += [
            Stroke(f"{left},{y} {left + width},{y}", "hair", 8),
            Words(left - 100, y + 45, f"{share}%", "soft", "end", size=SMALL),
        ]
    banded = [point for point in points if point.low is not None and point.high is not None]
    if banded:
        over = [at(p.x, p.high) for p in banded if p.high is not None]
        under = [at(p.x, p.low) for p in reversed(banded) if p.low is not None]
        shapes.append(Area(_joined([*over, *under]), "tint"))
    wish = at(first, wanted)[1]
    shapes += [
        Stroke(f"{left},{wish} {left + width},{wish}", "warn", 14, dashed=True),
        Words(left + 60, wish - 50, f"{_percent(wanted)} wanted", "warn", size=SMALL),
    ]
    shapes.append(Stroke(_joined([at(p.x, p.y) for p in points]), "accent", 32))
    for x in _ticks(first, last):
        shapes.append(Words(at(x, Decimal(0))[0], top + height + 200, f"{x:,}", "soft", "middle", size=SMALL))
    x, y = at(chosen.x, chosen.y)
    side: Anchor = "end" if x > left + width * 3 // 4 else "start"
    chosen_words = (
        f"{chosen.x:,} a week: {_percent(chosen.y)} sure"
        if "week" in unit
        else f"{chosen.x:,}: {_percent(chosen.y)} sure"
    )
    shapes += [
        Stroke(f"{x},{y} {x},{top + height}", "ink", 10, dashed=True),
        Dot(x, y, 55, "ink"),
        Words(x + (-110 if side == "end" else 110), y + 240, chosen_words, anchor=side, bold=True),
        Words(left + width, top + height + 400, unit, "soft", "end", size=SMALL),
    ]
    told = f"At {chosen.x:,} {unit} the chance is {_percent(chosen.y)}; the wish is {_percent(wanted)}."
    return Chart(key, title, told, WIDTH, top + height + 460, tuple(shapes))


def tornado(key: str, title: str, base: Number, bars: Sequence[tuple[str, Number, Number]], unit: str) -> Chart:
    """Draw what matters most: for each input the result when it is a fifth lower and a fifth higher, widest first.

    Raises ValueError without a bar.
    """
    if not bars:
        raise ValueError("A tornado needs a bar.")
    ordered = sorted(bars, key=lambda bar: (-abs(Fraction(bar[2]) - Fraction(bar[1])), bar[0]))
    everything = [Fraction(base), *(Fraction(value) for _, low, high in ordered for value in (low, high))]
    lowest, highest = min(everything), max(everything)
    span = max(highest - lowest, Fraction(1, 100))
    left, width, row, head = 2000, WIDTH - 2700, 330, 260

    def at(value: Number) -> int:
        return left + 400 + _scaled(Fraction(value) - lowest, span, width - 400)

    middle = at(base)
    shapes: list[Shape] = [
        Box(left, 45, 150, 130, "tint", outlined=True),
        Words(left + 210, 165, "a fifth lower", "soft", size=SMALL),
        Box(left + 1250, 45, 150, 130, "accent"),
        Words(left + 1460, 165, "a fifth higher", "soft", size=SMALL),
    ]
    for place, (name, low, high) in enumerate(ordered):
        y = head + place * row
        shapes.append(Words(left - 140, y + 170, name, anchor="end"))
        shapes += [_swing(at(low), middle, y, outlined=True), _swing(at(high), middle, y)]
        rising = Fraction(high) >= Fraction(low)
        for value, before in ((low, rising), (high, not rising)):
            x = at(value) + (-70 if before else 70)
            shapes.append(Words(x, y + 165, _short(value), "soft", "end" if before else "start", size=SMALL))
    height = head + len(ordered) * row + 20
    shapes.append(Stroke(f"{middle},{head - 20} {middle},{height}", "ink", 16))
    shapes.append(Words(middle, height + 170, f"{_short(base)} {unit}", anchor="middle", bold=True))
    told = "; ".join(
        f"{name}: {_short(low)} when a fifth lower, {_short(high)} when a fifth higher" for name, low, high in ordered
    )
    return Chart(key, title, f"{_short(base)} {unit} as planned. {told}.", WIDTH, height + 230, tuple(shapes))


def _swing(x: int, middle: int, y: int, *, outlined: bool = False) -> Box:
    return Box(min(x, middle), y + 30, max(abs(x - middle), 8), 180, "tint" if outlined else "accent", outlined)


def control(
    key: str,
    title: str,
    points: Sequence[Number],
    limits: tuple[Number, Number, Number],
    alarms: Sequence[int],
    unit: str,
) -> Chart:
    """Draw values in time between their limits (lower, centre, upper); `alarms` are places (from 0) that stand out.

    Raises ValueError for fewer than two points.
    """
    if len(points) < 2:
        raise ValueError("A control chart needs two points.")
    lower, centre, upper = limits
    everything = [Fraction(value) for value in (*points, *limits)]
    bottom, top_value = min(everything), max(everything)
    span = max(top_value - bottom, Fraction(1))
    left, top, width, height = 120, 200, WIDTH - 1600, 1900

    def at(place: int, value: Number) -> tuple[int, int]:
        return left + _scaled(place, len(points) - 1, width), top + height - _scaled(
            Fraction(value) - bottom, span, height
        )

    shapes: list[Shape] = []
    lines = (("upper limit", upper, True), ("average", centre, False), ("lower limit", lower, True))
    heights = _apart([at(0, value)[1] for _, value, _ in lines])
    for (name, value, dashed), height_of_words in zip(lines, heights, strict=True):
        y = at(0, value)[1]
        shapes += [
            Stroke(f"{left},{y} {left + width},{y}", "soft", 14 if dashed else 10, dashed=dashed),
            Words(left + width + 100, height_of_words + 45, f"{name} {_short(value)}", "soft", size=SMALL),
        ]
    shapes.append(Stroke(_joined([at(place, value) for place, value in enumerate(points)]), "accent", 22))
    shapes += [
        Dot(*at(place, value), 75 if place in alarms else 38, "warn" if place in alarms else "accent")
        for place, value in enumerate(points)
    ]
    for place in alarms:
        x, y = at(place, points[place])
        below = Fraction(points[place]) < Fraction(centre)
        last = place == len(points) - 1  # beside it stand the names of the limits
        shapes.append(
            Words(
                x - 110 if last else x,
                y + (60 if last else 230 if below else -120),
                _short(points[place]),
                anchor="end" if last else "middle",
                bold=True,
            )
        )
    shapes.append(Words(left, top + height + 420, unit, "soft", size=SMALL))
    standing = f"{len(alarms)} of {len(points)} points stand out" if alarms else "no point stands out"
    told = f"Average {_short(centre)}, limits {_short(lower)} to {_short(upper)}; {standing}."
    return Chart(key, title, told, WIDTH, top + height + 480, tuple(shapes))


def bars(key: str, title: str, rows: Sequence[tuple[str, Number, Number | None]]) -> Chart:
    """Draw values as bars with a mark where the target is: (name, value, target or None). Raises ValueError without a row."""
    if not rows:
        raise ValueError("Bars need a row.")
    most = max(max(Fraction(value), Fraction(target or 0)) for _, value, target in rows) or Fraction(1)
    left, row = 2000, 350
    room = WIDTH - left - 1300
    shapes: list[Shape] = []
    for place, (name, value, target) in enumerate(rows):
        y, width = place * row + 30, max(_scaled(Fraction(value), most, room), 10)
        shapes += [Words(left - 140, y + 185, name, anchor="end"), Box(left, y + 45, width, 190, "accent")]
        end = left + width
        if target is not None:
            x = left + _scaled(Fraction(target), most, room)
            shapes.append(Stroke(f"{x},{y} {x},{y + 280}", "ink", 30))
            end = max(end, x)
        said = _short(value) if target is None else f"{_short(value)} of {_short(target)}"
        shapes.append(Words(end + 90, y + 185, said, bold=True))
    told = "; ".join(f"{name} {_short(v)}" + ("" if t is None else f" of {_short(t)}") for name, v, t in rows)
    return Chart(key, title, f"{told}.", WIDTH, len(rows) * row + 30, tuple(shapes))


def parts(key: str, title: str, rows: Sequence[tuple[str, Number]]) -> Chart:
    """Draw what pulled a result up and what pulled it down: (name, effect) to both sides of a line.

    Raises ValueError without a row.
    """
    if not rows:
        raise ValueError("Parts need a row.")
    left, row, edge = 2000, 350, 1000
    lowest = min(Fraction(0), *(Fraction(effect) for _, effect in rows))
    highest = max(Fraction(0), *(Fraction(effect) for _, effect in rows))
    room, span = WIDTH - left - 2 * edge, max(highest - lowest, Fraction(1, 100))
    zero = left + edge + _scaled(-lowest, span, room)
    shapes: list[Shape] = []
    for place, (name, effect) in enumerate(rows):
        y, x = place * row + 30, left + edge + _scaled(Fraction(effect) - lowest, span, room)
        down = x < zero
        shapes += [
            Words(left - 140, y + 185, name, anchor="end"),
            Box(min(x, zero), y + 45, max(abs(x - zero), 8), 190, "tint" if down else "accent", down),
            Words(x + (-80 if down else 80), y + 185, _signed(effect), anchor="end" if down else "start", bold=True),
        ]
    shapes.append(Stroke(f"{zero},20 {zero},{len(rows) * row + 10}", "ink", 16))
    told = "; ".join(f"{name} {_signed(effect)}" for name, effect in rows)
    return Chart(key, title, f"{told}.", WIDTH, len(rows) * row + 30, tuple(shapes))


def sparkline(key: str, title: str, values: Sequence[Number]) -> Chart:
    """Draw how a value moved, the size of a word; the last point is marked. Raises ValueError for fewer than two."""
    if len(values) < 2:
        raise ValueError("A sparkline needs two values.")
    lowest, highest = min(Fraction(v) for v in values), max(Fraction(v) for v in values)
    span = max(highest - lowest, Fraction(1, 1000))
    width, height = 1200, 240

    def at(place: int) -> tuple[int, int]:
        return 30 + _scaled(place, len(values) - 1, width - 90), height - 40 - _scaled(
            Fraction(values[place]) - lowest, span, height - 80
        )

    line = Stroke(_joined([at(place) for place in range(len(values))]), "accent", 22)
    told = f"From {_short(values[0])} to {_short(values[-1])}, between {_short(lowest)} and {_short(highest)}."
    return Chart(key, title, told, width, height, (line, Dot(*at(len(values) - 1), 40, "ink")))


def _apart(heights: Sequence[int]) -> list[int]:
    """Push labels that go downwards apart, so that close ones do not lie on each other; the middle one stays."""
    upper, middle, lower = heights
    return [min(upper, middle - APART), middle, max(lower, middle + APART)]


def _scaled(value: Number, whole: Number, room: int) -> int:
    return round(Fraction(value) * room / Fraction(whole))


def _joined(points: Sequence[tuple[int, int]]) -> str:
    return " ".join(f"{x},{y}" for x, y in points)


def _ticks(first: int, last: int) -> list[int]:
    """Choose at most seven round numbers from first to last."""
    for step in (factor * 10**power for power in range(12) for factor in (1, 2, 5)):
        found = range(-(-first // step) * step, last + 1, step)
        if len(found) <= 7:
            return list(found)
    return [first, last]


def _percent(share: Decimal) -> str:
    return f"{round(share * 100)}%"


def _signed(number: Number) -> str:
    return f"+{_short(number)}" if Fraction(number) > 0 else _short(number).replace("-", "\u2212")


def _short(number: Number) -> str:
    """Write a number as short as a label needs it: whole from a hundred up, with at most one decimal below."""
    value = Fraction(number)
    tenths = round(value * 10)
    if tenths % 10 == 0 or abs(value) >= 100:
        return f"{round(value):,}"
    return f"{tenths / 10:,.1f}"
