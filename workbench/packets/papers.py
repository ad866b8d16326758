"""What each paper of a packet may say, field by field: the cover, the schedule, the guide, a score sheet, a notice."""

from dataclasses import dataclass

from workbench.roles.papers import Slot


@dataclass(frozen=True, slots=True)
class About:
    """One role that a packet is about, and the edition of it that was printed."""

    title: str
    edition: str


@dataclass(frozen=True, slots=True)
class Item:
    """One line of the contents: a document and the page of the packet that it starts on."""

    title: str
    page: int


@dataclass(frozen=True, slots=True)
class Chapter:
    """The documents of a packet that are about one role, or about all of them when it has no title."""

    title: str
    items: tuple[Item, ...]


@dataclass(frozen=True, slots=True)
class Cover:
    """The first page of a packet: whose it is, what it is about, and where everything stands.

    Where its documents are Word files of their own there are no `pages`, and no item has a page. What names candidates
    is `confidential`.
    """

    packet: str
    reader: str
    roles: tuple[About, ...]
    chapters: tuple[Chapter, ...]
    pages: int
    confidential: bool = False


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
class Scored:
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
    questions: tuple[Scored, ...]
    held: str = ""


@dataclass(frozen=True, slots=True)
class Notice:
    """What stands in a packet in place of a document that could not be printed."""

    title: str
    reason: str
