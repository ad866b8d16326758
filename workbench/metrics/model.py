"""One metric of the catalogue as a frozen value: what it counts, which way is good, and when it can tell us."""

from dataclasses import dataclass
from enum import StrEnum


class Unit(StrEnum):
    """What a metric's number is a number of."""

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
    """Leading acts before the result and predicts it; lagging is the result."""

    LEADING = "leading"
    LAGGING = "lagging"


class Direction(StrEnum):
    """Which way is good."""

    HIGHER = "higher"
    LOWER = "lower"
    NEAR_ZERO = "near zero"


class Period(StrEnum):
    """The stretch of time a number belongs to."""

    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    QUARTER = "quarter"
    YEAR = "year"


class Remit(StrEnum):
    """Whose reach a metric lies in: one seat, a team lead, or only the company."""

    SEAT = "seat"
    TEAM = "team"
    COMPANY = "company"


@dataclass(frozen=True, slots=True)
class Source:
    """Where the number is read in one kind of system."""

    system: str
    field: str


@dataclass(frozen=True, slots=True)
class Metric:
    """One entry of the catalogue; `code` is its name for life.

    `phrase` is the sentence a target is said in, with `{n}` where the number stands: "hold {n} first meetings";
    `phrase_one` says the same of a single one ("hold {n} first meeting") where the words differ.
    A metric with a `denominator` is a ratio: it pools by numerator and denominator and never adds.
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
    confused_with: str = ""
    kept_honest_by: tuple[str, ...] = ()
    formula_source: str = ""

    @property
    def additive(self) -> bool:
        """Say whether parts of this metric sum to the whole."""
        return not self.denominator and self.unit in (Unit.COUNT, Unit.MONEY, Unit.MINUTES)
