"""The contents of the interview schedule and of a score sheet, field by field."""

from dataclasses import dataclass

from workbench.roles.documents.model import Slot


@dataclass(frozen=True, slots=True)
class Schedule:
    """The interview schedule: a box for each interview; `columns` are panel members in groups that fit on a sheet.

    Where the times are known, `times` holds them for each candidate and panel member, and `member_days` the interviews of each
    member by the clock unless that list is too long. `break_minutes` is the minutes between two interviews, `lunch` the lunch
    break.
    """

    title: str
    candidates: tuple[str, ...]
    columns: tuple[tuple[str, ...], ...]
    day: str = ""
    break_minutes: int = 0
    lunch: str = ""
    times: tuple[tuple[str, ...], ...] = ()
    member_days: tuple[Slot, ...] = ()


@dataclass(frozen=True, slots=True)
class ScoredQuestion:
    """One question of a score sheet."""

    key: str
    number: int
    about: str
    text: str


@dataclass(frozen=True, slots=True)
class ScoreSheet:
    """The score sheet of one interviewer for one candidate; `interview_date` is the interview's day and time, where known."""

    title: str
    candidate: str
    interviewer: str
    questions: tuple[ScoredQuestion, ...]
    interview_date: str = ""
