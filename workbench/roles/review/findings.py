"""What the review finds: the rule, how much it weighs, the place, and what to do about it."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from workbench.language.model import Remark
from workbench.roles.model import Accountability, Role


class Level(StrEnum):
    """A blocking finding wants an answer or a written reason before publishing; advice is only given."""

    BLOCKING = "blocking"
    ADVICE = "advice"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing to look at in a role.

    `place` is where it is mended, as a path of the guided path: `purpose/need`, `accountabilities`,
    `accountabilities/<key>/expectations/<key>`, `pay`. `source` says where the rule comes from.
    """

    rule: str
    level: Level
    place: str
    reason: str
    suggestion: str
    source: str

    @property
    def message(self) -> str:
        """Give the reason by the name that the command line uses."""
        return self.reason


Rule = Callable[[Role], Iterator[Finding]]


def because(remark: Remark) -> str:
    """Say a remark on wording as one sentence: the words, then why."""
    return f"“{remark.words}”: {remark.reason[0].lower()}{remark.reason[1:]}"


def named(item: Accountability) -> str:
    """Name an accountability in a sentence, shortened where its outcome is long."""
    text = item.outcome.strip()
    if not text:
        return "This accountability"
    return f"“{text if len(text) <= 60 else text[:57].rstrip() + '…'}”"
