"""People, the things that they act on, and the company."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from workbench.core.text.currencies import DEFAULT_CURRENCY


class Kind(StrEnum):
    """The kind of a person in this company; it decides what the person may do."""

    ADMIN = "admin"
    HR = "hr"
    LEADER = "leader"
    INTERVIEWER = "interviewer"


KIND_WORDS = {Kind.ADMIN: "Admin", Kind.HR: "HR", Kind.LEADER: "Leader", Kind.INTERVIEWER: "Interviewer"}


class Relation(StrEnum):
    """A relation of a person to a thing, beside the person's kind; a capability adds those that it computes."""

    OWNER = "owner"
    READER = "reader"
    COMMENTER = "commenter"
    EDITOR = "editor"
    PAY_READER = "pay reader"
    APPROVER = "approver"


@dataclass(frozen=True, slots=True)
class Person:
    """A person with an account; `zone` is the IANA name of the time zone they chose, empty for the company's."""

    id: int
    name: str
    email: str
    kind: Kind
    active: bool = True
    zone: str = ""


@dataclass(frozen=True, slots=True)
class OpenSession:
    """One browser in which a person is signed in."""

    id: int
    browser: str
    created_at: datetime
    seen_at: datetime


# The people in other relations to a thing than its owner, by number.
Others = frozenset[tuple[Relation, int]]
NO_OTHERS: Others = frozenset()


@dataclass(frozen=True, slots=True)
class Thing:
    """What an act is done to: its kind, the number of its owner (None: it has no owner), its key, and its `others` by relation."""

    kind: str
    owner: int | None = None
    key: str = ""
    others: Others = NO_OTHERS

    def relations_of(self, person: Person) -> frozenset[Relation]:
        """Return the relations that a person has to the thing."""
        found = {relation for relation, number in self.others if number == person.id}
        return frozenset(found | {Relation.OWNER} if self.owner == person.id else found)


@dataclass(frozen=True, slots=True)
class Company:
    """The company whose documents these are; `logo` is the digest of its logo, `paper` is `a4` or `letter`.

    `keep_days` is how long finished print runs are kept with the names in them, `letterhead` the lines with address
    and contact on the documents for readers outside, `language` the one in which documents are printed, `zone` the
    IANA name of the time zone in which pages show times.
    """

    name: str
    paper: str = "a4"
    currency: str = DEFAULT_CURRENCY
    country: str = "US"
    logo: str = ""
    keep_days: int = 90
    letterhead: tuple[str, ...] = ()
    language: str = "en"
    zone: str = "UTC"
