"""The people of one round of interviews, its day, and the answers that came back."""

from dataclasses import dataclass
from datetime import date, time


@dataclass(frozen=True, slots=True)
class People:
    """Who takes part in one round of interviews, by name or by the label that a candidate was given."""

    panel: tuple[str, ...] = ()
    candidates: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class InterviewDay:
    """When a round takes place: the day, when the first talk begins, and the minutes of a talk and of a break.

    `minutes` is 0 where a talk takes as long as the kit. From `lunch` on nobody talks for `lunch_minutes`.
    """

    on: date
    first: time
    minutes: int = 0
    rest: int = 15
    lunch: time | None = None
    lunch_minutes: int = 60


@dataclass(frozen=True, slots=True)
class SheetAnswers:
    """What came back of one sheet (`documents.model.sheet_id`): names of fields, and what was written into each."""

    sheet: str
    given: tuple[tuple[str, str], ...]
