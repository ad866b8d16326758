"""A finding of the review: its rule, level, place, reason and suggestion."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from workbench.language.model import Remark
from workbench.roles.model import Accountability, Role


class Level(StrEnum):
    """A blocking finding needs a change or a written reason before publishing; advice does not."""

    BLOCKING = "blocking"
    ADVICE = "advice"


@dataclass(frozen=True, slots=True)
class Finding:
    """One finding about a role.

    `place` is where to fix it, as a path of the guided path: `purpose/need`, `accountabilities`,
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
        """Return the reason, under the name that the command line uses."""
        return self.reason


Rule = Callable[[Role], Iterator[Finding]]


def format_remark(remark: Remark) -> str:
    """Return a remark on wording as one sentence: the words, then the reason."""
    return f"“{remark.words}”: {remark.reason[0].lower()}{remark.reason[1:]}"


def quote_outcome(item: Accountability) -> str:
    """Return the outcome of an accountability in quotation marks, shortened where it is long."""
    text = item.outcome.strip()
    if not text:
        return "This accountability"
    return f"“{text if len(text) <= 60 else text[:57].rstrip() + '…'}”"
