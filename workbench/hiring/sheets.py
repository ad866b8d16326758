"""The contents of a score sheet, field by field."""

from dataclasses import dataclass


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
