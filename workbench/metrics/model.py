"""Define a metric of the catalogue: what it counts, which direction is good, and when it shows."""

from dataclasses import dataclass
from enum import StrEnum


class Unit(StrEnum):
    """The unit of a metric's number."""

    COUNT = "count"
    MONEY = "money"
    PERCENT = "percent"
    TIMES = "times"
    POINTS = "points"
    MINUTES = "minutes"
    HOURS = "hours"
    DAYS = "days"
    MONTHS = "months"


class Timing(StrEnum):
    """Whether a metric predicts a result (leading) or is the result (lagging)."""

    LEADING = "leading"
    LAGGING = "lagging"


class Direction(StrEnum):
    """The direction in which a metric's number is good."""

    HIGHER = "higher"
    LOWER = "lower"
    NEAR_ZERO = "near zero"


class Period(StrEnum):
    """The length of time that a number covers."""

    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    QUARTER = "quarter"
    YEAR = "year"


class Remit(StrEnum):
    """The smallest group that can steer a metric: one seat, a team lead, or only the company."""

    SEAT = "seat"
    TEAM = "team"
    COMPANY = "company"


@dataclass(frozen=True, slots=True)
class Source:
    """The field of a system that a metric is read from."""

    system: str
    field: str


@dataclass(frozen=True, slots=True)
class Metric:
    """A metric of the catalogue; `code` never changes.

    `phrase` is the sentence of a target with slots: `{n}` for the number with its comparator, or `{within}` for a length of
    time, and `{of}` for the qualifier: "hold {n} first meetings {of}", "fill open seats {of} {within}". `phrase_one` is the
    same sentence for the number one ("hold {n} first meeting {of}") where the words differ. A metric with a `denominator`
    is a ratio: it is pooled by numerator and denominator, never added. A `snapshot` is read at one moment, as open pipeline
    is: two of them are never added either.
    """

    code: str
    name: str
    meaning: str
    numerator: str
    unit: Unit
    direction: Direction
    timing: Timing
    why: str
    cadence: Period
    phrase: str
    sources: tuple[Source, ...]
    phrase_one: str = ""
    denominator: str = ""
    filter: str = ""
    remit: Remit = Remit.SEAT
    activity: bool = False
    snapshot: bool = False
    confused_with: str = ""
    kept_honest_by: tuple[str, ...] = ()
    formula_source: str = ""

    @property
    def additive(self) -> bool:
        """Return whether parts of this metric sum to the whole."""
        return not self.denominator and not self.snapshot and self.unit in (Unit.COUNT, Unit.MONEY, Unit.MINUTES)
