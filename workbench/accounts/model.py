"""Who may do what: one table, read by `may()`, and nothing is allowed that does not stand in it."""

from dataclasses import dataclass
from enum import StrEnum

from workbench.core.text.currencies import DEFAULT_CURRENCY


class Kind(StrEnum):
    """What somebody is in this company; it decides what they may do."""

    ADMIN = "admin"
    HR = "hr"
    LEADER = "leader"
    INTERVIEWER = "interviewer"


KIND_WORDS = {Kind.ADMIN: "Admin", Kind.HR: "HR", Kind.LEADER: "Leader", Kind.INTERVIEWER: "Interviewer"}


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody with an account; `zone` is the time zone they chose, by its IANA name, or nothing for the company's."""

    id: int
    name: str
    email: str
    kind: Kind
    active: bool = True
    zone: str = ""


@dataclass(frozen=True, slots=True)
class Thing:
    """What an act is done to: its kind, the number of the person it belongs to (None: nobody's), and which one."""

    kind: str
    owner: int | None = None
    key: str = ""


@dataclass(frozen=True, slots=True)
class Company:
    """The company whose papers these are; `mark` is the digest of its logo, `paper` is `a4` or `letter`.

    `keep_days` is how long finished print runs are kept with the names in them, `letterhead` the lines with address
    and contact on the papers that go to readers outside, `language` the one in which papers are printed, `zone` the
    time zone in which pages tell times, by its IANA name.
    """

    name: str
    paper: str = "a4"
    currency: str = DEFAULT_CURRENCY
    country: str = "US"
    mark: str = ""
    keep_days: int = 90
    letterhead: tuple[str, ...] = ()
    language: str = "en"
    zone: str = "UTC"


PAPERS = ("position-description", "accountability-brief", "interview-kit", "starter-metrics")

# kind of thing -> kind of person -> (what they may do with anybody's, what they may do only with their own).
# Everybody may see that there are roles ("list" shows titles); "pay" is the pay of an edition before it is released; the four papers are those of an edition.
_MAY: dict[str, dict[Kind, tuple[str, str]]] = {
    "account": dict.fromkeys(Kind, ("", "read edit")),
    "library": dict.fromkeys(Kind, ("read", "")),
    "metric": {Kind.HR: ("create edit", ""), Kind.LEADER: ("create", "edit")},
    "people": {Kind.ADMIN: ("list add edit", "")},
    "settings": {Kind.ADMIN: ("read edit", ""), Kind.HR: ("read edit", "")},
    "audit": {Kind.ADMIN: ("read", ""), Kind.HR: ("read", "")},
    "draft": {
        Kind.ADMIN: ("list", ""),
        Kind.HR: ("list read print", ""),
        Kind.LEADER: ("list create", "read edit publish print"),
        Kind.INTERVIEWER: ("list", ""),
    },
    "edition": {
        Kind.ADMIN: ("list", ""),
        Kind.HR: ("list read print", ""),
        Kind.LEADER: ("list read", "print retire"),
        Kind.INTERVIEWER: ("list", ""),
    },
    "recipe": {Kind.HR: ("list create edit", ""), Kind.LEADER: ("list", "")},
    "packet": {Kind.HR: ("list create read share forget", ""), Kind.LEADER: ("list create", "read share")},
    "pay": {Kind.HR: ("read", ""), Kind.LEADER: ("", "read")},
    "position-description": {
        Kind.HR: ("read print", ""),
        Kind.LEADER: ("read", "print"),
        Kind.INTERVIEWER: ("read", ""),
    },
    "accountability-brief": {Kind.HR: ("read print", ""), Kind.LEADER: ("read", "print")},
    "interview-kit": {
        Kind.HR: ("read print", ""),
        Kind.LEADER: ("read", "print"),
        Kind.INTERVIEWER: ("read", ""),
    },
    "starter-metrics": {Kind.HR: ("read print", ""), Kind.LEADER: ("read", "print")},
}


def may(person: Person, act: str, thing: Thing) -> bool:
    """Say whether somebody may do an act to a thing. Raises KeyError for a kind of thing that nobody described."""
    anybodys, own = _MAY[thing.kind].get(person.kind, ("", ""))
    if not person.active:
        return False
    return act in anybodys.split() or (thing.owner == person.id and act in own.split())


def may_sometimes(person: Person, act: str, kind: str) -> bool:
    """Say whether somebody may do an act to some thing of this kind, at least to their own."""
    return may(person, act, Thing(kind, owner=person.id))
