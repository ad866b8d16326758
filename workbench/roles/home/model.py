"""What the home page shows: one entry for each role, the filters of its list, and what waits for a person."""

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from workbench.documents.model import edition_label
from workbench.roles.model import Basis, Motion, Role

MAX_WAITING = 7
MAX_RECENT = 5
_COPY = re.compile(r"Copy (?:\d+ )?of ")
_SENTENCE_END = re.compile(r"(?<=[.!?])\s+(?=[A-Z“])")
# What the roles of each motion have in common, in the order of the library.
MOTION_TITLES = {
    Motion.HUNTER: "Win new customers",
    Motion.FARMER: "Keep and grow customers",
    Motion.PARTNER: "Sell through partners",
    Motion.SUPPORT: "Help others to sell",
    Motion.LEAD: "Lead a team",
}


class RoleFilter(StrEnum):
    """Which roles the list shows; the team's are those of others that the person may read."""

    ALL = "all"
    MINE = "mine"
    TEAM = "team"
    PUBLISHED = "published"
    RETIRED = "retired"

    @classmethod
    def read(cls, text: str) -> "RoleFilter":
        """Read a filter from an address; anything else counts as not given."""
        return cls(text) if text in set(cls) else cls.ALL


class RoleState(StrEnum):
    """How far a role is: only a draft, published, or with editions that are all retired."""

    DRAFT = "Draft"
    PUBLISHED = "Published"
    RETIRED = "Retired"


@dataclass(frozen=True, slots=True)
class RoleEntry:
    """One role in the list: its draft, where the person may read it, and its newest edition.

    `newest` is the number of the newest edition in use, otherwise of the newest one; `changed_parts` counts the parts
    that were changed after it was published.
    """

    slug: str
    title: str
    department: str
    owner_id: int
    owner: str
    readable: bool
    created_at: datetime
    changed_at: datetime
    newest: int | None = None
    published_at: datetime | None = None
    retired: bool = False
    from_edition: str = ""
    changed_parts: int = 0

    @property
    def state(self) -> RoleState:
        """Return the state of the role."""
        if self.newest is None:
            return RoleState.DRAFT
        return RoleState.RETIRED if self.retired else RoleState.PUBLISHED

    @property
    def newest_label(self) -> str:
        """Return the label of the newest edition, or an empty string."""
        return edition_label(self.newest) if self.newest else ""

    @property
    def next_label(self) -> str:
        """Return the label that the draft gets when it is published."""
        return edition_label((self.newest or 0) + 1)

    @property
    def source_label(self) -> str:
        """Return the label of the edition that the draft was started from, or an empty string."""
        number = self.from_edition.rpartition("/")[2]
        return edition_label(int(number)) if number.isdecimal() else ""


@dataclass(frozen=True, slots=True)
class WaitingLine:
    """One thing that waits for a person: what to do, what it is about, since when, and the page where it is done.

    `slug` names the role for which others wait, in whose row it is said too.
    """

    text: str
    about: str
    url: str
    button: str
    at: datetime | None = None
    slug: str = ""


def count_changed_parts(touched: dict[str, dict[str, str]], since: datetime | None) -> int:
    """Count the parts of a draft whose last edit is later than `since`, the moment of its newest edition."""
    if since is None:
        return 0
    return sum(datetime.fromisoformat(last["at"]) > since for last in touched.values())


def copied_title(title: str, titles_in_use: Collection[str], max_length: int) -> str:
    """Return the title of a copy, which no other role of the person has: `Copy of Closer`, then `Copy 2 of Closer`."""
    stem = _COPY.sub("", title, count=1) if _COPY.match(title) else title
    titles = (
        f"Copy {f'{n} ' if n > 1 else ''}of {stem}"[:max_length].rstrip() for n in range(1, len(titles_in_use) + 2)
    )
    return next(each for each in titles if each not in titles_in_use)


@dataclass(frozen=True, slots=True)
class LibraryCard:
    """A ready-made role in the list to choose from; `placeholders` counts the numbers that are still to be agreed."""

    name: str
    title: str
    about: str
    accountabilities: int
    questions: int
    placeholders: int


def group_library(roles: Mapping[str, Role]) -> list[tuple[str, list[LibraryCard]]]:
    """Return ready-made roles in groups by their motion, each group with its title; empty groups are left out."""
    groups: dict[str, list[LibraryCard]] = {title: [] for title in (*MOTION_TITLES.values(), "Other roles")}
    for name, role in roles.items():
        title = MOTION_TITLES[role.motion] if role.motion else "Other roles"
        groups[title].append(_library_card(name, role))
    return [(title, cards) for title, cards in groups.items() if cards]


def first_sentence(text: str) -> str:
    """Return the first sentence of a text, whole."""
    return _SENTENCE_END.split(text, maxsplit=1)[0]


def _library_card(name: str, role: Role) -> LibraryCard:
    placeholders = sum(expectation.basis is Basis.PLACEHOLDER for _, expectation in role.expectations())
    about, questions = first_sentence(role.purpose.overall or role.summary), len(list(role.questions()))
    return LibraryCard(name, role.title, about, len(role.accountabilities), questions, placeholders)
