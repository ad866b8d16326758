"""The contents of each printed document of a role, field by field: a reader never sees more than these fields."""

from dataclasses import dataclass

from workbench.documents.blocks.model import Fact


@dataclass(frozen=True, slots=True)
class Slot:
    """A label and its list."""

    label: str
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Border:
    """Another seat and what it owns."""

    seat: str
    owns: str


@dataclass(frozen=True, slots=True)
class Promise:
    """One measure as a candidate reads it: what we would agree, and what we would do for our part."""

    measure: str
    we_will: str


@dataclass(frozen=True, slots=True)
class Outcome:
    """One outcome as a candidate reads it."""

    key: str
    outcome: str
    success_factor: str
    promises: tuple[Promise, ...]


@dataclass(frozen=True, slots=True)
class Brief:
    """The accountability brief for a candidate: no anchors, questions, weights or notes, and pay only when released."""

    title: str
    place: str
    purpose: tuple[str, ...]
    outcomes: tuple[Outcome, ...]
    placeholders: bool
    samples: bool
    hard_parts: tuple[str, ...]
    borders: tuple[Border, ...]
    weeks: tuple[Slot, ...]
    pay: tuple[Fact, ...]


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
