"""What the interview schedule and a score sheet hold, field by field."""

from dataclasses import dataclass

from workbench.roles.documents.model import Slot


@dataclass(frozen=True, slots=True)
class Schedule:
    """Who meets whom, with a box for each time; `columns` are the panel members in groups that fit on one sheet.

    Where the times are known, `times` holds them for each candidate and panel member, `own` each member's talks in
    the order of the clock unless that is too long a list; `rest` is the minutes between two talks, `lunch` when nobody talks.
    """

    title: str
    candidates: tuple[str, ...]
    columns: tuple[tuple[str, ...], ...]
    day: str = ""
    rest: int = 0
    lunch: str = ""
    times: tuple[tuple[str, ...], ...] = ()
    own: tuple[Slot, ...] = ()


@dataclass(frozen=True, slots=True)
class ScoredQuestion:
    """One question of a score sheet."""

    key: str
    number: int
    about: str
    text: str


@dataclass(frozen=True, slots=True)
class ScoreSheet:
    """What one interviewer writes down about one candidate; `held` is when they talk, where that is known."""

    title: str
    candidate: str
    interviewer: str
    questions: tuple[ScoredQuestion, ...]
    held: str = ""
