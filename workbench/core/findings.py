"""What a review finds in a value: findings with a level and a place, made by a tuple of rules."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeVar

T = TypeVar("T")


class Level(StrEnum):
    """What a finding needs before publishing: a change or the agreement of a second person, a change or a reason, nothing."""

    AGREEMENT = "agreement"
    BLOCKING = "blocking"
    ADVICE = "advice"


_LEVELS = tuple(Level)


@dataclass(frozen=True, slots=True)
class Finding:
    """One finding about a value.

    `place` is where to fix it, as a path inside the value: of a role `purpose/why-needed`, `accountabilities`,
    `accountabilities/<key>/expectations/<key>` or `pay`. `source` says where the rule comes from.
    """

    rule: str
    level: Level
    place: str
    reason: str
    suggestion: str
    source: str


Rule = Callable[[T], Iterator[Finding]]


def apply_rules(rules: Iterable[Rule[T]], value: T) -> tuple[Finding, ...]:
    """Return the findings of every rule by their level, advice last, otherwise in the order of the rules.

    What a rule finds twice at one place in the same words is one finding.
    """
    findings = dict.fromkeys(finding for rule in rules for finding in rule(value))
    return tuple(sorted(findings, key=lambda finding: _LEVELS.index(finding.level)))


def filter_blocking(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Return the findings that need a change or a reason before publishing."""
    return filter_level(findings, Level.BLOCKING)


def filter_level(findings: Iterable[Finding], level: Level) -> tuple[Finding, ...]:
    """Return the findings of one level."""
    return tuple(finding for finding in findings if finding.level is level)


def findings_inside(findings: Iterable[Finding], place: str) -> tuple[Finding, ...]:
    """Return the findings about one place and the places inside it."""
    return tuple(each for each in findings if each.place == place or each.place.startswith(f"{place}/"))
