"""The way back from revenue to this week's work is exact, and says plainly when it cannot be walked."""

from decimal import Decimal
from fractions import Fraction
from math import ceil

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from workbench.metrics.planning.funnel import (
    FunnelPlan,
    Stage,
    back_solve,
    find_common_currency,
    format_percent,
    parse_stage,
)
from workbench.metrics.validation import InvalidInput

CHAIN = (
    parse_stage("win", Decimal("0.22")),
    parse_stage("meeting-to-opportunity", Decimal("0.35")),
    parse_stage("call-to-meeting", Decimal("0.03")),
)


def oracle(**more: object) -> FunnelPlan:
    return back_solve(1_000_000, 45_000, CHAIN, **more)


def test_a_million_asks_for_23_deals_102_opportunities_289_meetings_and_9621_calls():
    plan = oracle(weeks=48, days=228)
    assert [step.name for step in plan.steps] == ["deals", "opportunities", "meetings", "calls"]
    assert [step.needed for step in plan.steps] == [23, 102, 289, 9621]
    assert [round(step.exact, 2) for step in plan.steps] == [
        Fraction("22.22"),
        Fraction("101.01"),
        Fraction("288.60"),
        Fraction("9620.01"),
    ]
    assert plan.step("calls").per_day == 43
    assert plan.step("meetings").per_week == 7
    assert plan.feasible
    assert plan.reachable == 1_000_000
    with pytest.raises(KeyError):
        plan.step("demos")


def test_rounding_up_at_every_step_would_ask_for_four_per_cent_more_calls():
    needed, chained = 23, [23]
    for stage in CHAIN:
        needed = ceil(needed / stage.rate)
        chained.append(needed)
    assert chained == [23, 105, 300, 10000]
    assert ceil(Fraction(10000, 228)) == 44


@pytest.mark.parametrize(("count", "share", "whole"), [(57, "0.57", 100), (21, "0.35", 60)])
def test_no_float_rounds_a_whole_number_up(count, share, whole):
    plan = back_solve(count, 1, [Stage("opportunities", Fraction(share))])
    assert plan.steps[1].needed == whole


def test_more_than_can_be_held_is_refused_with_what_would_have_to_change():
    plan = oracle(weeks=30, capacity={"meetings": 8})
    assert not plan.feasible
    (short,) = plan.shortfalls
    assert short.step == "meetings"
    assert round(short.demand, 2) == Fraction("9.62")
    assert plan.reachable == Fraction(831600)
    changes = {change.field: change.needed for change in short.changes}
    assert set(changes) == {"opportunities", "meetings", "deal", "people", "target"}
    for field in ("opportunities", "meetings"):
        better = [Stage(stage.name, changes[field] if stage.name == field else stage.rate) for stage in CHAIN]
        assert back_solve(1_000_000, 45_000, better, weeks=30, capacity={"meetings": 8}).feasible
    assert back_solve(1_000_000, changes["deal"], CHAIN, weeks=30, capacity={"meetings": 8}).feasible
    assert oracle(weeks=30, capacity={"meetings": 8}, people=int(changes["people"])).feasible
    assert back_solve(changes["target"], 45_000, CHAIN, weeks=30, capacity={"meetings": 8}).feasible
    assert short.sentence == (
        "This needs 9.6 meetings a week, and the capacity is 8. One of these would make it fit: "
        "26.5% of opportunities going forward instead of 22%; 42.1% of meetings going forward instead of 35%; "
        "an average deal of 54,113 instead of 45,000; 2 people instead of 1; "
        "a target of 831,600, which this capacity supports."
    )


def test_a_rate_that_would_pass_100_per_cent_is_no_way_out_and_deals_have_only_their_size():
    plan = oracle(weeks=1, capacity={"deals": 1, "opportunities": 1})
    assert [short.step for short in plan.shortfalls] == ["deals", "opportunities"]
    assert [[change.field for change in short.changes] for short in plan.shortfalls] == [
        ["deal", "people", "target"]
    ] * 2


def test_a_target_of_zero_asks_for_nothing():
    assert {step.needed for step in back_solve(0, 45_000, CHAIN, weeks=1, capacity={"calls": 1}).steps} == {0}


@settings(deadline=None)
@given(
    st.integers(0, 10**6),
    st.fractions(1, 10**6),
    st.lists(st.fractions(Fraction(1, 100), 1, max_denominator=1000), min_size=1, max_size=4),
    st.integers(1, 52),
    st.integers(1, 100),
)
def test_going_forward_again_always_reaches_the_target(target, deal, rates, weeks, capacity):
    stages = [Stage(f"step {place}", share) for place, share in enumerate(rates)]
    plan = back_solve(target, deal, stages, weeks=weeks, capacity={"step 0": capacity})
    money = plan.steps[-1].exact * deal
    for share in rates:
        money *= share
    assert money == target
    for before, after in zip(plan.steps, plan.steps[1:], strict=False):
        assert before.exact <= after.exact
    assert all(step.exact <= step.needed < step.exact + 1 for step in plan.steps)
    assert plan.feasible == (plan.steps[1].exact <= capacity * weeks)
    assert plan.reachable <= target


def test_stages_are_read_as_they_are_typed():
    assert parse_stage("Win", Fraction(1, 5)).name == "opportunities"
    assert parse_stage("inquiry-to-lead", Fraction(1, 5)).name == "inquiries"
    assert parse_stage("survey-to-visit", Fraction(1, 5)).name == "surveys"
    assert parse_stage("calls-to-meeting", Fraction(1, 5)).name == "calls"
    assert parse_stage("demos", Fraction(1, 5)).name == "demos"


def test_amounts_of_one_currency_pass_and_mixed_ones_are_named():
    assert find_common_currency({"target": "EUR", "deal": "EUR"}) == "EUR"
    assert find_common_currency({}) == ""
    with pytest.raises(InvalidInput, match="use one currency") as refused:
        find_common_currency({"target": "USD", "deal": "EUR"})
    assert refused.value.field == "deal"


def test_shares_are_said_in_per_cent():
    assert [format_percent(Fraction(part)) for part in ("0.22", "0.375", "1")] == ["22%", "37.5%", "100%"]


@pytest.mark.parametrize(
    ("call", "field"),
    [
        (lambda: back_solve(-1, 1, CHAIN), "target"),
        (lambda: back_solve(1, 0, CHAIN), "deal"),
        (lambda: back_solve(1.5, 1, CHAIN), "target"),
        (lambda: back_solve(True, 1, CHAIN), "target"),
        (lambda: back_solve(Decimal("NaN"), 1, CHAIN), "target"),
        (lambda: back_solve(Decimal("1E+999999"), 1, CHAIN), "target"),
        (lambda: back_solve(10**20, 1, CHAIN), "target"),
        (lambda: back_solve(1, Fraction(1, 10**20), CHAIN), "deal"),
        (lambda: back_solve(1, 1, []), "stages"),
        (lambda: back_solve(1, 1, [Stage(f"step {place}", Fraction(1)) for place in range(13)]), "stages"),
        (lambda: back_solve(1, 1, [Stage("deals", Fraction(1))]), "deals"),
        (lambda: back_solve(1, 1, [Stage("calls", Fraction(0))]), "calls"),
        (lambda: back_solve(1, 1, [Stage("calls", Fraction(3, 2))]), "calls"),
        (lambda: back_solve(10**15, 1, [Stage("calls", Fraction(1, 1000))]), "calls"),
        (lambda: back_solve(1, 1, CHAIN, weeks=0), "weeks"),
        (lambda: back_solve(1, 1, CHAIN, days=0), "days"),
        (lambda: back_solve(1, 1, CHAIN, capacity={"calls": 1}), "weeks"),
        (lambda: back_solve(1, 1, CHAIN, weeks=1, capacity={"demos": 1}), "capacity"),
        (lambda: back_solve(1, 1, CHAIN, weeks=1, capacity={"calls": 0}), "capacity"),
        (lambda: back_solve(1, 1, CHAIN, weeks=1, people=0), "people"),
        (lambda: back_solve(1, 1, CHAIN, weeks=1, people=Fraction(1, 2)), "people"),
        (lambda: back_solve(1, 1, CHAIN, weeks=1, people=10**16), "people"),
        (lambda: parse_stage(" ", 1), "stage"),
    ],
)
def test_what_cannot_be_planned_is_refused_at_its_field(call, field):
    with pytest.raises(InvalidInput) as refused:
        call()
    assert refused.value.field == field
    assert refused.value.message == str(refused.value)
