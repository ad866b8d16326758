"""The people of one round of interviews, its day, and the answers of returned sheets."""

from dataclasses import dataclass
from datetime import date, time


@dataclass(frozen=True, slots=True)
class People:
    """The people of one round of interviews, by name, or by the label of a candidate."""

    panel: tuple[str, ...] = ()
    candidates: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class InterviewDay:
    """The day of a round: its date, the first interview's start, and the minutes of an interview and a break.

    `minutes` is 0 where an interview takes as long as the kit. The lunch break begins at `lunch` and takes
    `lunch_minutes`.
    """

    on: date
    first: time
    minutes: int = 0
    rest: int = 15
    lunch: time | None = None
    lunch_minutes: int = 60


@dataclass(frozen=True, slots=True)
class SheetAnswers:
    """The answers of one returned sheet (`documents.model.sheet_id`): pairs of a field's name and its text."""

    sheet: str
    given: tuple[tuple[str, str], ...]
