"""Draw charts from plain shapes for the screen and for print: funnel, curve, tornado, control chart, bars, sparkline.

Geometry is in whole tenths of a pixel, so that equal figures always give equal bytes. Each shape has a tone; the
template `charts.html` maps a tone to its printed color, and the site may map it to another one in dark mode. Every
chart has a title and a description, which say in words what the picture shows.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from workbench.documents.charts.shapes import (
    SMALL,
    WIDTH,
    Area,
    Box,
    Chart,
    Dot,
    Number,
    Plane,
    Shape,
    Stroke,
    TextLabel,
    format_percent,
    format_short,
    format_signed,
    path_points,
    scale,
    separate,
    ticks,
)


def funnel(key: str, title: str, steps: Sequence[tuple[str, int, str]]) -> Chart:
    """Draw steps as bars that grow towards the work: (name, count, share that reaches the step above).

    The last step is the widest. A bar has a minimum width, so that one deal is visible beside ten thousand calls. Raise
    ValueError without a step.
    """
    if not steps:
        raise ValueError("A funnel needs a step.")
    max_count = max(count for _, count, _ in steps) or 1
    left, right, row = 1900, 1000, 430
    shapes: list[Shape] = []
    for index, (name, count, share) in enumerate(steps):
        y = index * row
        width = max(scale(count, max_count, WIDTH - left - right), 20)
        shapes.append(TextLabel(left - 120, y + (165 if share else 240), name, anchor="end"))
        if share:
            shapes.append(TextLabel(left - 120, y + 325, share, "soft", "end", size=SMALL))
        shapes.append(Box(left, y + 80, width, 220, "accent"))
        shapes.append(TextLabel(left + width + 90, y + 240, f"{count:,}", bold=True))
    counts = "; ".join(f"{count:,} {name.lower()}" for name, count, _ in steps)
    return Chart(key, title, f"From the result back to the work: {counts}.", WIDTH, len(steps) * row, tuple(shapes))


@dataclass(frozen=True, slots=True)
class Point:
    """A point of a curve: `x` is a count, `y` a share from 0 to 1, with a band where it is uncertain."""

    x: int
    y: Decimal
    low: Decimal | None = None
    high: Decimal | None = None


def curve(key: str, title: str, points: Sequence[Point], chosen: Point, target: Decimal, unit: str) -> Chart:
    """Draw the probability of a plan by the amount of work: the curve, its band, the target, and the chosen point.

    `unit` names what `x` counts ("meetings a week"). Raise ValueError for fewer than two points.
    """
    if len(points) < 2:
        raise ValueError("A curve needs two points.")
    first, last = points[0].x, points[-1].x
    plane = Plane(620, 120, WIDTH - 820, 2100, (first, last), (0, 1))
    shapes: list[Shape] = []
    for share in (0, 25, 50, 75, 100):
        y = plane.y(Fraction(share, 100))
        shapes += [
            Stroke(plane.across(y), "hair", 8),
            TextLabel(plane.left - 100, y + 45, f"{share}%", "soft", "end", size=SMALL),
        ]
    banded = [(point.x, point.low, point.high) for point in points if point.low is not None and point.high is not None]
    if banded:
        upper = [plane.at(x, high) for x, _, high in banded]
        lower = [plane.at(x, low) for x, low, _ in reversed(banded)]
        shapes.append(Area(path_points([*upper, *lower]), "tint"))
    target_line = plane.y(target)
    shapes += [
        Stroke(plane.across(target_line), "warn", 14, dashed=True),
        TextLabel(plane.left + 60, target_line - 50, f"{format_percent(target)} wanted", "warn", size=SMALL),
        Stroke(path_points([plane.at(p.x, p.y) for p in points]), "accent", 32),
        *(
            TextLabel(plane.x(x), plane.bottom + 200, f"{x:,}", "soft", "middle", size=SMALL)
            for x in ticks(first, last)
        ),
        *_draw_point(plane, chosen, "a week" if "a week" in unit else ""),
        TextLabel(plane.right, plane.bottom + 400, unit, "soft", "end", size=SMALL),
    ]
    description = (
        f"At {chosen.x:,} {unit} the chance is {format_percent(chosen.y)}; the wish is {format_percent(target)}."
    )
    return Chart(key, title, description, WIDTH, plane.bottom + 460, tuple(shapes))


def _draw_point(plane: Plane, chosen: Point, each: str) -> tuple[Shape, ...]:
    """Draw the chosen point, with its label on the side that has room."""
    x, y = plane.at(chosen.x, chosen.y)
    right = x > plane.left + plane.width * 3 // 4
    label = f"{chosen.x:,} {each}".rstrip() + f": {format_percent(chosen.y)} sure"
    return (
        Stroke(f"{x},{y} {x},{plane.bottom}", "ink", 10, dashed=True),
        Dot(x, y, 55, "ink"),
        TextLabel(x + (-110 if right else 110), y + 240, label, anchor="end" if right else "start", bold=True),
    )


def tornado(key: str, title: str, base: Number, bars: Sequence[tuple[str, Number, Number]], unit: str) -> Chart:
    """Draw the result for each input when it is a fifth lower and a fifth higher, the widest bar first.

    Raise ValueError without a bar.
    """
    if not bars:
        raise ValueError("A tornado needs a bar.")
    ordered = sorted(bars, key=lambda bar: (-abs(Fraction(bar[2]) - Fraction(bar[1])), bar[0]))
    everything = [Fraction(base), *(Fraction(value) for _, low, high in ordered for value in (low, high))]
    lowest, highest = min(everything), max(everything)
    span = max(highest - lowest, Fraction(1, 100))
    left, width, row, head = 2000, WIDTH - 2700, 330, 260

    def at(value: Number) -> int:
        return left + 400 + scale(Fraction(value) - lowest, span, width - 400)

    middle = at(base)
    shapes: list[Shape] = [
        Box(left, 45, 150, 130, "tint", outlined=True),
        TextLabel(left + 210, 165, "a fifth lower", "soft", size=SMALL),
        Box(left + 1250, 45, 150, 130, "accent"),
        TextLabel(left + 1460, 165, "a fifth higher", "soft", size=SMALL),
    ]
    for index, (name, low, high) in enumerate(ordered):
        y = head + index * row
        shapes.append(TextLabel(left - 140, y + 170, name, anchor="end"))
        shapes += [_tornado_bar(at(low), middle, y, outlined=True), _tornado_bar(at(high), middle, y)]
        rising = Fraction(high) >= Fraction(low)
        for value, on_left in ((low, rising), (high, not rising)):
            x = at(value) + (-70 if on_left else 70)
            shapes.append(TextLabel(x, y + 165, format_short(value), "soft", "end" if on_left else "start", size=SMALL))
    height = head + len(ordered) * row + 20
    shapes.append(Stroke(f"{middle},{head - 20} {middle},{height}", "ink", 16))
    shapes.append(TextLabel(middle, height + 170, f"{format_short(base)} {unit}", anchor="middle", bold=True))
    results = "; ".join(
        f"{name}: {format_short(low)} when a fifth lower, {format_short(high)} when a fifth higher"
        for name, low, high in ordered
    )
    return Chart(key, title, f"{format_short(base)} {unit} as planned. {results}.", WIDTH, height + 230, tuple(shapes))


def _tornado_bar(x: int, middle: int, y: int, *, outlined: bool = False) -> Box:
    return Box(min(x, middle), y + 30, max(abs(x - middle), 8), 180, "tint" if outlined else "accent", outlined)


def control(
    key: str,
    title: str,
    points: Sequence[Number],
    limits: tuple[Number, Number, Number],
    alarms: Sequence[int],
    unit: str,
) -> Chart:
    """Draw values over time between their limits (lower, center, upper); `alarms` are indexes of highlighted points.

    Raise ValueError for fewer than two points.
    """
    if len(points) < 2:
        raise ValueError("A control chart needs two points.")
    lower, centre, upper = limits
    everything = [Fraction(value) for value in (*points, *limits)]
    span = (min(everything), max(*everything, min(everything) + 1))
    plane = Plane(120, 200, WIDTH - 1600, 1900, (0, len(points) - 1), span)
    shapes = [
        *_limit_lines(plane, lower, centre, upper),
        Stroke(path_points([plane.at(index, value) for index, value in enumerate(points)]), "accent", 22),
    ]
    for index, value in enumerate(points):
        x, y = plane.at(index, value)
        shapes.append(Dot(x, y, 75, "warn") if index in alarms else Dot(x, y, 38, "accent"))
        # The names of the limits are on the other side.
        if index in alarms and index == len(points) - 1:
            shapes.append(TextLabel(x - 110, y + 60, format_short(value), anchor="end", bold=True))
        elif index in alarms:
            below = Fraction(value) < Fraction(centre)
            shapes.append(TextLabel(x, y + (230 if below else -120), format_short(value), anchor="middle", bold=True))
    shapes.append(TextLabel(plane.left, plane.bottom + 420, unit, "soft", size=SMALL))
    standing = f"{len(alarms)} of {len(points)} points stand out" if alarms else "no point stands out"
    description = f"Average {format_short(centre)}, limits {format_short(lower)} to {format_short(upper)}; {standing}."
    return Chart(key, title, description, WIDTH, plane.bottom + 480, tuple(shapes))


def _limit_lines(plane: Plane, lower: Number, centre: Number, upper: Number) -> Iterator[Shape]:
    """Draw the three limits with their names at the right, which never overlap."""
    lines = (("upper limit", upper), ("average", centre), ("lower limit", lower))
    for (name, value), base in zip(lines, separate([plane.y(value) for _, value in lines]), strict=True):
        limit = name != "average"
        yield Stroke(plane.across(plane.y(value)), "soft", 14 if limit else 10, dashed=limit)
        yield TextLabel(plane.right + 100, base + 45, f"{name} {format_short(value)}", "soft", size=SMALL)


def bars(key: str, title: str, rows: Sequence[tuple[str, Number, Number | None]]) -> Chart:
    """Draw values as bars with a line at the target: (name, value, target or None). Raise ValueError without a row."""
    if not rows:
        raise ValueError("Bars need a row.")
    max_value = max(max(Fraction(value), Fraction(target or 0)) for _, value, target in rows) or Fraction(1)
    left, row = 2000, 350
    max_width = WIDTH - left - 1300
    shapes: list[Shape] = []
    for index, (name, value, target) in enumerate(rows):
        y, width = index * row + 30, max(scale(Fraction(value), max_value, max_width), 10)
        shapes += [TextLabel(left - 140, y + 185, name, anchor="end"), Box(left, y + 45, width, 190, "accent")]
        end = left + width
        if target is not None:
            x = left + scale(Fraction(target), max_value, max_width)
            shapes.append(Stroke(f"{x},{y} {x},{y + 280}", "ink", 30))
            end = max(end, x)
        label = format_short(value) if target is None else f"{format_short(value)} of {format_short(target)}"
        shapes.append(TextLabel(end + 90, y + 185, label, bold=True))
    description = "; ".join(
        f"{name} {format_short(v)}" + ("" if t is None else f" of {format_short(t)}") for name, v, t in rows
    )
    return Chart(key, title, f"{description}.", WIDTH, len(rows) * row + 30, tuple(shapes))


def parts(key: str, title: str, rows: Sequence[tuple[str, Number]]) -> Chart:
    """Draw what raised and what lowered a result: (name, effect), to both sides of a line.

    Raise ValueError without a row.
    """
    if not rows:
        raise ValueError("Parts need a row.")
    left, row, edge = 2000, 350, 1000
    lowest = min(Fraction(0), *(Fraction(effect) for _, effect in rows))
    highest = max(Fraction(0), *(Fraction(effect) for _, effect in rows))
    max_width, span = WIDTH - left - 2 * edge, max(highest - lowest, Fraction(1, 100))
    zero = left + edge + scale(-lowest, span, max_width)
    shapes: list[Shape] = []
    for index, (name, effect) in enumerate(rows):
        y, x = index * row + 30, left + edge + scale(Fraction(effect) - lowest, span, max_width)
        down = x < zero
        shapes += [
            TextLabel(left - 140, y + 185, name, anchor="end"),
            Box(min(x, zero), y + 45, max(abs(x - zero), 8), 190, "tint" if down else "accent", down),
            TextLabel(
                x + (-80 if down else 80), y + 185, format_signed(effect), anchor="end" if down else "start", bold=True
            ),
        ]
    shapes.append(Stroke(f"{zero},20 {zero},{len(rows) * row + 10}", "ink", 16))
    description = "; ".join(f"{name} {format_signed(effect)}" for name, effect in rows)
    return Chart(key, title, f"{description}.", WIDTH, len(rows) * row + 30, tuple(shapes))


def sparkline(key: str, title: str, values: Sequence[Number]) -> Chart:
    """Draw the course of a value, as small as a word; the last point is marked. Raise ValueError for fewer than two."""
    if len(values) < 2:
        raise ValueError("A sparkline needs two values.")
    lowest, highest = min(Fraction(v) for v in values), max(Fraction(v) for v in values)
    span = max(highest - lowest, Fraction(1, 1000))
    width, height = 1200, 240

    def at(index: int) -> tuple[int, int]:
        return 30 + scale(index, len(values) - 1, width - 90), height - 40 - scale(
            Fraction(values[index]) - lowest, span, height - 80
        )

    line = Stroke(path_points([at(index) for index in range(len(values))]), "accent", 22)
    description = f"From {format_short(values[0])} to {format_short(values[-1])}, between {format_short(lowest)} and {format_short(highest)}."
    return Chart(key, title, description, width, height, (line, Dot(*at(len(values) - 1), 40, "ink")))
