"""The shapes of a chart in whole tenths of a pixel, and the scaling of numbers to them."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Literal

Number = int | Decimal | Fraction
Tone = Literal["ink", "soft", "hair", "accent", "tint", "warn"]
Anchor = Literal["start", "middle", "end"]

WIDTH = 6400
# Font sizes; below ten pixels they are illegible on a phone.
TEXT, SMALL = 150, 130
# The distance between the base lines of two lines of small text.
APART = 150


@dataclass(frozen=True, slots=True)
class Box:
    """A filled rectangle; an outlined one differs from a full one in gray print too."""

    x: int
    y: int
    width: int
    height: int
    tone: Tone
    outlined: bool = False
    kind: Literal["box"] = "box"


@dataclass(frozen=True, slots=True)
class Stroke:
    """A line through points, `x,y x,y …`; dashed for a limit or a target."""

    points: str
    tone: Tone
    thickness: int = 15
    dashed: bool = False
    kind: Literal["stroke"] = "stroke"


@dataclass(frozen=True, slots=True)
class Area:
    """A filled polygon with its corners `x,y x,y …`."""

    points: str
    tone: Tone
    kind: Literal["area"] = "area"


@dataclass(frozen=True, slots=True)
class Dot:
    """A filled circle."""

    x: int
    y: int
    radius: int
    tone: Tone
    kind: Literal["dot"] = "dot"


@dataclass(frozen=True, slots=True)
class TextLabel:
    """A line of text; `y` is its baseline."""

    x: int
    y: int
    text: str
    tone: Tone = "ink"
    anchor: Anchor = "start"
    bold: bool = False
    size: int = TEXT
    kind: Literal["words"] = "words"


Shape = Box | Stroke | Area | Dot | TextLabel


@dataclass(frozen=True, slots=True)
class Chart:
    """A finished drawing; `key` makes its ids unique on a page."""

    key: str
    title: str
    description: str
    width: int
    height: int
    shapes: tuple[Shape, ...]


@dataclass(frozen=True, slots=True)
class Plane:
    """A rectangle of the chart with two axes; `of_x` and `of_y` are their first and last numbers."""

    left: int
    top: int
    width: int
    height: int
    of_x: tuple[Number, Number]
    of_y: tuple[Number, Number]

    @property
    def right(self) -> int:
        """Return the right edge."""
        return self.left + self.width

    @property
    def bottom(self) -> int:
        """Return the bottom edge."""
        return self.top + self.height

    def x(self, value: Number) -> int:
        """Return the horizontal position of a number."""
        first, last = Fraction(self.of_x[0]), Fraction(self.of_x[1])
        return self.left + scale(Fraction(value) - first, max(last - first, Fraction(1)), self.width)

    def y(self, value: Number) -> int:
        """Return the vertical position of a number; positions count downwards."""
        first, last = Fraction(self.of_y[0]), Fraction(self.of_y[1])
        return self.bottom - scale(Fraction(value) - first, last - first, self.height)

    def at(self, x: Number, y: Number) -> tuple[int, int]:
        """Return the position of a point."""
        return self.x(x), self.y(y)

    def across(self, y: int) -> str:
        """Return the points of a horizontal line across the plane."""
        return f"{self.left},{y} {self.right},{y}"


def separate(heights: Sequence[int]) -> list[int]:
    """Move three labels apart, from top to bottom, so that they do not overlap; the middle one stays."""
    upper, middle, lower = heights
    return [min(upper, middle - APART), middle, max(lower, middle + APART)]


def scale(value: Number, total: Number, length: int) -> int:
    """Scale a part of a whole to a length."""
    return round(Fraction(value) * length / Fraction(total))


def path_points(points: Sequence[tuple[int, int]]) -> str:
    """Format points as SVG does: `x,y x,y`."""
    return " ".join(f"{x},{y}" for x, y in points)


def ticks(first: int, last: int) -> list[int]:
    """Return at most seven round numbers from first to last."""
    for step in (factor * 10**power for power in range(12) for factor in (1, 2, 5)):
        found = range(-(-first // step) * step, last + 1, step)
        if len(found) <= 7:
            return list(found)
    return [first, last]


def format_percent(share: Decimal) -> str:
    """Format a share in whole percent."""
    return f"{round(share * 100)}%"


def format_signed(number: Number) -> str:
    """Format a short number with its sign."""
    return f"+{format_short(number)}" if Fraction(number) > 0 else format_short(number).replace("-", "\u2212")


def format_short(number: Number) -> str:
    """Format a number for a label: whole from a hundred up, with at most one decimal below."""
    value = Fraction(number)
    tenths = round(value * 10)
    if tenths % 10 == 0 or abs(value) >= 100:
        return f"{round(value):,}"
    return f"{tenths / 10:,.1f}"
