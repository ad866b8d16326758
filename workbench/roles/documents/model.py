"""The contents of each printed document of a role, field by field: a reader never sees more than these fields."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Slot:
    """A label and its list."""

    label: str
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class KitQuestion:
    """One question of the kit, with the minutes it takes and those that the interview has lasted when it is answered.

    `opens` is true for the first question about its accountability.
    """

    key: str
    number: int
    owner: int
    outcome: str
    opens: bool
    kind: str
    competency: str
    text: str
    minutes: int
    until: int
    probes: tuple[str, ...]
    what_good_looks_like: str
    one: str
    three: str
    five: str


@dataclass(frozen=True, slots=True)
class Kit:
    """The interview kit: the questions in the order in which each candidate is asked them, and the `minutes` of the interview.

    `interviewer` is the name of its reader, or empty where any panel member may use it; `interview_date` is the day of the
    interview, where that is known. `length` is the sentence about its minutes. A kit without its `sheet` comes with a score sheet for each candidate.
    """

    title: str
    questions: tuple[KitQuestion, ...]
    minutes: int
    length: str = ""
    interviewer: str = ""
    interview_date: str = ""
    sheet: bool = True
