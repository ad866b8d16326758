"""The people of one round of interviews, its day, and the answers of returned sheets."""

from dataclasses import dataclass
from datetime import date, time
from enum import StrEnum

EVERY_ROLE = "every role"


@dataclass(frozen=True, slots=True)
class People:
    """The people of one round of interviews, by name, or by the label of a candidate.

    `roles` has the role that each candidate applies for, in the order of the candidates: its title, `EVERY_ROLE`, or
    nothing where that was not said. It is empty where nothing was said of anyone.
    """

    panel: tuple[str, ...] = ()
    candidates: tuple[str, ...] = ()
    roles: tuple[str, ...] = ()

    @property
    def applications(self) -> tuple[tuple[str, str], ...]:
        """Return each candidate with the role that the candidate applies for."""
        return tuple(zip(self.candidates, (*self.roles, *[""] * len(self.candidates)), strict=False))

    def plus(self, other: "People") -> "People":
        """Return the people of both."""
        return people_of((*self.panel, *other.panel), (*self.applications, *other.applications))


def people_of(panel: tuple[str, ...], applications: tuple[tuple[str, str], ...]) -> People:
    """Return the people of a round from its panel, and its candidates with their roles."""
    roles = tuple(role for _, role in applications)
    return People(panel, tuple(name for name, _ in applications), roles if any(roles) else ())


class RoundKind(StrEnum):
    """How the panel of a round asks: each member everything, each member a share, or all in one sitting."""

    EACH = "each"
    SHARED = "shared"
    TOGETHER = "together"


@dataclass(frozen=True, slots=True)
class RoundStyle:
    """How the interviews of a round are held, and the minutes that the questions are chosen for; 0 is all questions.

    With `core`, the questions that are shared out have two that everyone asks.
    """

    kind: RoundKind = RoundKind.EACH
    kit_minutes: int = 0
    core: bool = False


WHOLE_KIT = RoundStyle()


@dataclass(frozen=True, slots=True)
class InterviewDay:
    """The days of a round: the date, the first interview's start, and the minutes of an interview and a break.

    `minutes` is 0 where an interview takes as long as its questions. The lunch break begins at `lunch` and takes
    `lunch_minutes`. What does not fit between `first` and `until` takes place on the days of `more`.
    """

    on: date
    first: time
    minutes: int = 0
    rest: int = 15
    lunch: time | None = None
    lunch_minutes: int = 60
    until: time | None = None
    more: tuple[date, ...] = ()

    @property
    def days(self) -> tuple[date, ...]:
        """Return the days of the round in order."""
        return tuple(sorted({self.on, *self.more}))


@dataclass(frozen=True, slots=True)
class SheetAnswers:
    """The answers of one returned sheet (`documents.model.sheet_id`): pairs of a field's name and its text."""

    sheet: str
    given: tuple[tuple[str, str], ...]
