"""What the home page shows: one entry for each role, the filters of its list, and what waits for a person."""

import re
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from workbench.documents.model import edition_label

MAX_WAITING = 7
MAX_RECENT = 5
_COPY = re.compile(r"Copy (?:\d+ )?of ")


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
    """One thing that waits for a person: what to do, what it is about, since when, and the page where it is done."""

    text: str
    about: str
    url: str
    button: str
    at: datetime | None = None


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
