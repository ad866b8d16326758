"""A goal reaches everybody whole, and targets set by hand are checked."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from workbench.metrics.catalogue import catalogue
from workbench.metrics.planning.cascade import (
    Branch,
    TargetProblem,
    cascade,
    cascade_ratio,
    find_target_problems,
    pool_ratios,
)
from workbench.metrics.validation import InvalidInput

TREE = Branch(
    "company",
    branches=(
        Branch("north", 5, (Branch("Ada"), Branch("Ben"), Branch("Cy"))),
        Branch("south", 3, (Branch("Dee", 2), Branch("Eli"))),
        Branch("west", 3, tuple(Branch(f"west {number}") for number in range(4))),
    ),
)

trees = st.recursive(
    st.integers(0, 9).map(lambda weight: ("", weight, ())),
    lambda inner: st.tuples(st.just(""), st.integers(1, 9), st.lists(inner, min_size=1, max_size=4).map(tuple)),
    max_leaves=25,
)


def grown(shape: tuple, key: str = "0") -> Branch:
    _, weight, inner = shape
    parts = tuple(grown(part, f"{key}.{place}") for place, part in enumerate(inner))
    if parts and not any(part.weight for part in parts):
        parts = (*parts, Branch(f"{key}.more"))
    return Branch(key, weight, parts)


def every(tree: Branch) -> list[Branch]:
    return [tree, *(found for part in tree.branches for found in every(part))]


def test_a_million_in_cents_reaches_nine_people():
    shares = cascade(100_000_000, TREE)
    assert [shares[key] for key in ("north", "south", "west")] == [45454546, 27272727, 27272727]
    assert [shares[key] for key in ("Ada", "Ben", "Cy")] == [15151516, 15151515, 15151515]
    assert [shares[key] for key in ("Dee", "Eli")] == [18181818, 9090909]
    assert [shares[f"west {number}"] for number in range(4)] == [6818182, 6818182, 6818182, 6818181]


def test_over_assignment_is_declared_and_rounded_up():
    team = Branch("team", over_assignment=Decimal("1.05"), branches=(Branch("Ada"), Branch("Ben")))
    assert cascade(1001, team) == {"team": 1001, "Ada": 526, "Ben": 526}
    assert cascade(1000, team, 100) == {"team": 1000, "Ada": 600, "Ben": 500}


@settings(deadline=None)
@given(st.integers(0, 10**12), trees)
def test_parts_sum_to_the_whole_at_every_level(goal, shape):
    tree = grown(shape)
    shares = cascade(goal, tree)
    for branch in every(tree):
        if branch.branches:
            assert sum(shares[part.key] for part in branch.branches) == shares[branch.key]


def test_a_ratio_goes_down_by_its_numerator_and_denominator():
    parts = cascade_ratio(22, 100, TREE)
    people = [parts[branch.key] for branch in every(TREE) if not branch.branches]
    assert pool_ratios(people) == Fraction(22, 100)


def test_ratios_pool_and_no_data_is_not_zero():
    assert pool_ratios([(1, 2), (30, 100)]) == Fraction(31, 102)
    assert pool_ratios([(0, 0)]) is None
    assert pool_ratios([]) is None
    assert pool_ratios([(0, 5)]) == 0


def test_targets_that_were_cascaded_have_nothing_wrong_with_them():
    money, calls = cascade(100_000_000, TREE), cascade(5000, TREE)
    targets = {key: {"bookings": money[key], "calls": calls[key]} for key in money}
    assert find_target_problems(TREE, targets, catalogue()) == ()


def test_each_thing_that_can_be_wrong_is_found():
    team = Branch("team", branches=(Branch("Ada"), Branch("Ben")))
    targets = {
        "team": {"bookings": 1000, "win_rate_n": (20, 100), "meetings_held": 10, "avg_deal": 50},
        "Ada": {"bookings": 600, "win_rate_n": (15, 50), "meetings_held": 4, "avg_deal": 70},
        "Ben": {"bookings": 500, "references": 3, "win_rate_n": (10, 50), "meetings_held": 4},
        "nobody": {"bookings": 5},
    }
    found = {
        (item.problem, item.holder, item.metric): item for item in find_target_problems(team, targets, catalogue())
    }
    assert set(found) == {
        (TargetProblem.OVER_ASSIGNED, "team", "bookings"),
        (TargetProblem.OVER_ASSIGNED, "team", "win_rate_n"),
        (TargetProblem.UNDER_ASSIGNED, "team", "meetings_held"),
        (TargetProblem.ORPHAN_TARGET, "Ben", "references"),
    }
    assert found[TargetProblem.OVER_ASSIGNED, "team", "bookings"].difference == 100
    assert found[TargetProblem.OVER_ASSIGNED, "team", "win_rate_n"].difference == Fraction(5, 100)
    assert "5 points more" in found[TargetProblem.OVER_ASSIGNED, "team", "win_rate_n"].sentence
    assert found[TargetProblem.UNDER_ASSIGNED, "team", "meetings_held"].difference == -2


def test_results_in_money_alone_show_nobody_the_way():
    team = Branch("team", branches=(Branch("Ada"), Branch("Ben"), Branch("Cy")))
    targets = {
        "team": {"bookings": 1000},
        "Ada": {"bookings": 500, "new_logos": 3},
        "Ben": {"bookings": 500, "meetings_held": 5},
    }
    found = find_target_problems(team, targets, catalogue())
    assert [(item.problem, item.holder) for item in found if item.problem is TargetProblem.REVENUE_ONLY] == [
        (TargetProblem.REVENUE_ONLY, "Ada")
    ]


def test_a_declared_over_assignment_is_not_an_error_and_a_ratio_without_data_is_not_compared():
    team = Branch("team", over_assignment=Decimal("1.1"), branches=(Branch("Ada"), Branch("Ben")))
    targets = {
        "team": {"bookings": 1000, "calls": 10, "show_rate": (8, 10)},
        "Ada": {"bookings": 550, "calls": 5, "show_rate": (0, 0)},
        "Ben": {"bookings": 550, "calls": 6},
    }
    assert find_target_problems(team, targets, catalogue()) == ()


@pytest.mark.parametrize(
    ("call", "field"),
    [
        (lambda: cascade(-1, TREE), "goal"),
        (lambda: cascade(1, Branch("a", branches=(Branch("a"),))), "tree"),
        (lambda: cascade(1, Branch("a", branches=tuple(Branch(str(n)) for n in range(100_001)))), "tree"),
        (lambda: cascade(1, Branch("a", branches=(Branch("b", 0),))), "weights"),
        (lambda: cascade(1, Branch("a", over_assignment=0, branches=(Branch("b"),))), "over_assignment"),
        (lambda: cascade(150, TREE, 100), "total"),
        (lambda: cascade_ratio(1, 0, TREE), "denominator"),
        (lambda: pool_ratios([(1, -1)]), "denominator"),
        (lambda: find_target_problems(TREE, {"Ada": {"nothing": 1}}, catalogue()), "nothing"),
        (
            lambda: find_target_problems(
                Branch("a", branches=(Branch("b"),)), {"a": {"show_rate": (1, 2)}, "b": {"show_rate": 1}}, catalogue()
            ),
            "show_rate",
        ),
    ],
)
def test_what_cannot_be_laid_down_is_refused_at_its_field(call, field):
    with pytest.raises(InvalidInput) as refused:
        call()
    assert refused.value.field == field
