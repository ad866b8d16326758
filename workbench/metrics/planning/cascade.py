"""Cascade a company goal to teams and people so that the parts sum exactly, and check targets that were set by hand.

Additive metrics are split exactly at every level; ratios never add: their numerator and denominator are split
instead.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from workbench.metrics.model import Metric, Timing, Unit
from workbench.metrics.planning.calendar import apportion
from workbench.metrics.planning.funnel import format_short, round_up
from workbench.metrics.validation import InvalidInput, Number, to_fraction, to_int, to_non_negative, to_positive

MAX_HOLDERS = 100_000

# Numerator and denominator of a target that is a rate.
Ratio = tuple[Number, Number]
Targets = Mapping[str, Mapping[str, Number | Ratio]]  # holder -> metric code -> target


@dataclass(frozen=True, slots=True)
class Branch:
    """A team or a person in the tree of a goal; `key` never changes.

    `weight` is the share among its siblings (quota, market, ramped months); `over_assignment` is the factor by which
    a team assigns more to its people than its own number (1.05: five per cent more, declared).
    """

    key: str
    weight: Number = 1
    branches: tuple["Branch", ...] = ()
    over_assignment: Number = 1


class TargetProblem(StrEnum):
    """The kinds of problem with targets in a tree."""

    ORPHAN_TARGET = "orphan target"
    REVENUE_ONLY = "revenue only"
    OVER_ASSIGNED = "over assigned"
    UNDER_ASSIGNED = "under assigned"


@dataclass(frozen=True, slots=True)
class TargetFinding:
    """A problem with a target: its kind, holder, metric and difference, and a sentence for the user."""

    problem: TargetProblem
    holder: str
    metric: str
    difference: Fraction
    sentence: str


def cascade(goal: int, tree: Branch, unit: int = 1) -> dict[str, int]:
    """Split an additive goal down the tree; at every level the parts sum exactly to the parent's assigned number.

    That is its number x its over-assignment, rounded up to the unit. Pass money in minor units; `unit` rounds to
    whole hundreds, say. Raises InvalidInput: goal, unit, weights, over_assignment, and `tree` for a repeated key or
    too many holders.
    """
    numbers, step = {tree.key: to_int("goal", goal)}, to_int("unit", unit, 1)
    for branch in _walk(tree):
        if branch.branches:
            total = _total_to_assign(numbers[branch.key], branch, step)
            parts = apportion(total, [part.weight for part in branch.branches], step)
            numbers.update(zip((part.key for part in branch.branches), parts, strict=True))
    return numbers


def cascade_ratio(numerator: int, denominator: int, tree: Branch) -> dict[str, tuple[int, int]]:
    """Split a ratio down the tree by its numerator and denominator, each exactly; pooled again they are the goal.

    A holder whose share of the denominator rounds to zero has (numerator, 0): no data, not a rate of zero.
    Raises InvalidInput, also for a denominator of zero.
    """
    to_int("denominator", denominator, 1)
    above, below = cascade(numerator, tree), cascade(denominator, tree)
    return {key: (above[key], below[key]) for key in above}


def pool_ratios(parts: Sequence[Ratio]) -> Fraction | None:
    """Pool ratios by numerator and denominator: 1 of 2 and 30 of 100 are 31 of 102, not 40 %. None without data."""
    above = sum((to_fraction("numerator", part[0]) for part in parts), Fraction(0))
    below = sum((to_non_negative("denominator", part[1]) for part in parts), Fraction(0))
    return above / below if below else None


def find_target_problems(tree: Branch, targets: Targets, catalogue: Mapping[str, Metric]) -> tuple[TargetFinding, ...]:
    """Find the problems of targets that are set in a tree.

    ORPHAN_TARGET: a holder has a target that no holder above has. REVENUE_ONLY: a person has lagging targets in money
    and no leading one (article 3). OVER and UNDER_ASSIGNED: the parts do not sum to the parent's number x its
    declared over-assignment (for ratios: pooled rate against the parent's rate). Raises InvalidInput for a metric
    that is not in the catalogue.
    """
    found: list[TargetFinding] = []
    above: dict[str, frozenset[str]] = {tree.key: frozenset()}
    for branch in _walk(tree):
        own_targets = targets.get(branch.key, {})
        unknown = next((code for code in own_targets if code not in catalogue), None)
        if unknown is not None:
            raise InvalidInput(unknown, f"There is no metric {unknown} in the catalogue.")
        known_codes = above[branch.key] | own_targets.keys()
        above.update({part.key: known_codes for part in branch.branches})
        if branch is not tree:
            found += [
                _orphan_finding(branch.key, catalogue[code]) for code in own_targets if code not in above[branch.key]
            ]
        if _has_revenue_only(branch, [catalogue[code] for code in own_targets]):
            sentence = f"{branch.key} has only money results as targets; add a leading target that shows the way there."
            found.append(TargetFinding(TargetProblem.REVENUE_ONLY, branch.key, "", Fraction(0), sentence))
        found += _compare_sums(branch, targets, catalogue)
    return tuple(found)


def _walk(tree: Branch) -> Iterator[Branch]:
    """Yield the branches of the tree level by level from the top. Raises InvalidInput for a repeated key."""
    seen: set[str] = set()
    level = [tree]
    while level:
        for branch in level:
            if branch.key in seen:
                raise InvalidInput("tree", f"{branch.key} appears twice in the tree.")
            seen.add(branch.key)
            yield branch
        level = [part for branch in level for part in branch.branches]
        if len(seen) + len(level) > MAX_HOLDERS:
            raise InvalidInput("tree", f"That is more than {MAX_HOLDERS:,} teams and people.")


def _total_to_assign(number: int, branch: Branch, unit: int) -> int:
    factor = to_positive("over_assignment", branch.over_assignment)
    return number if factor == 1 else round_up(number * factor / unit) * unit


def _orphan_finding(holder: str, metric: Metric) -> TargetFinding:
    sentence = f"{holder} has a target on “{metric.name}” that no one above has; agree what it is for, or remove it."
    return TargetFinding(TargetProblem.ORPHAN_TARGET, holder, metric.code, Fraction(0), sentence)


def _has_revenue_only(branch: Branch, metrics: Sequence[Metric]) -> bool:
    """Return whether a person's targets are all lagging, with money among them and no leading one."""
    lagging = all(metric.timing is Timing.LAGGING for metric in metrics)
    return not branch.branches and lagging and any(metric.unit is Unit.MONEY for metric in metrics)


def _compare_sums(branch: Branch, targets: Targets, catalogue: Mapping[str, Metric]) -> Iterator[TargetFinding]:
    factor = to_positive("over_assignment", branch.over_assignment)
    for code, target in targets.get(branch.key, {}).items():
        parts = [targets[part.key][code] for part in branch.branches if code in targets.get(part.key, {})]
        if not parts or not (catalogue[code].additive or isinstance(target, tuple)):
            continue
        if isinstance(target, tuple):
            expected, total = pool_ratios([target]), pool_ratios([_check_ratio(code, part) for part in parts])
        else:
            expected = to_fraction(code, target) * factor
            total = sum((to_fraction(code, part) for part in parts), Fraction(0))
        if expected is not None and total is not None and total != expected:
            yield _sum_finding(branch.key, catalogue[code], total - expected)


def _check_ratio(code: str, target: Number | Ratio) -> Ratio:
    if not isinstance(target, tuple):
        raise InvalidInput(code, "Enter this ratio as numerator and denominator, like the ratio above it.")
    return target


def _sum_finding(holder: str, metric: Metric, by: Fraction) -> TargetFinding:
    problem = TargetProblem.OVER_ASSIGNED if by > 0 else TargetProblem.UNDER_ASSIGNED
    size = f"{format_short(abs(by) * 100)} points" if metric.denominator else format_short(abs(by))
    side = "more" if by > 0 else "less"
    sentence = (
        f"In all, the people of {holder} have {size} {side} of “{metric.name}” than {holder} "
        "with its declared over-assignment."
    )
    return TargetFinding(problem, holder, metric.code, by, sentence)
