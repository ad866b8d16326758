"""A sound role, and what the review finds in another."""

from collections import Counter

from tests.support import make
from workbench.core.findings import Level
from workbench.roles.model import (
    Pay,
    Role,
)
from workbench.roles.review.rules import review


def paid(*ends: int | None, **other: object) -> Pay:
    """Return pay that is held back, with a word on when candidates get it."""
    return Pay(*ends, **{"told_when": "In the invitation", **other})


def a_role(number: int = 3) -> Role:
    """Return a role with nothing to find in it, of so many accountabilities."""
    names = ("north", "south", "west", "east", "centre", "coast", "hills", "islands")[:number]
    return make.role(accountabilities=tuple(make.accountability(name, share=100 // number) for name in names))


def count_findings(role: Role) -> Counter[tuple[str, Level, str]]:
    """Count the findings by rule, level and place."""
    return Counter((finding.rule, finding.level, finding.place) for finding in review(role))
