"""From a revenue number to a week's work: the reference's figures, every refusal, and what holds for all inputs."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from scipy import stats

from workbench.metrics.planning.confidence import Evidence, Goal, probability_of_goal
from workbench.metrics.planning.planner import PlanInputs, WorkbackPlan, build_plan, find_weekly_step
from workbench.metrics.validation import InvalidInput

CHAIN = (("opportunities", Decimal("0.22")), ("meetings", Decimal("0.35")), ("calls", Decimal("0.03")))
USUAL = PlanInputs(1_000_000, 45_000, CHAIN, date(2026, 1, 1), country="US", confidence=Decimal("0.8"))


def make_plan(**other: object) -> WorkbackPlan:
    return build_plan(replace(USUAL, **other))


def refusal(**other: object) -> InvalidInput:
    with pytest.raises(InvalidInput) as refused:
        make_plan(**other)
    return refused.value


@pytest.mark.parametrize(
    ("confidence", "deal_cv", "opportunities"),
    [
        ("0.5", "0", 103),
        ("0.8", "0", 120),
        ("0.9", "0", 130),
        ("0.95", "0", 138),
        ("0.5", "0.8", 103),
        ("0.8", "0.8", 126),
        ("0.9", "0.8", 139),
        ("0.8", "0.5", 122),
        ("0.8", "1.0", 129),
        ("0.9", "1.5", 158),
    ],
)
def test_a_million_in_deals_of_45_000_needs_the_opportunities_of_the_reference(
    confidence: str, deal_cv: str, opportunities: int
):
    plan = make_plan(confidence=Decimal(confidence), deal_cv=Decimal(deal_cv))
    assert plan.needed.opportunities == opportunities
    assert plan.confident.step("opportunities").needed == opportunities
    assert plan.needed.chance >= Decimal(confidence)


def test_a_plan_at_averages_is_a_coin_flip_and_says_so():
    plan = make_plan()
    assert plan.needed.average == 102
    assert plan.needed.chance_at_average == pytest.approx(Decimal("0.4853"), abs=Decimal("0.00005"))
    assert [step.needed for step in plan.average.steps] == [23, 102, 289, 9621]


def test_evidence_of_11_of_50_needs_135_opportunities_and_shows_its_band():
    plan = make_plan(stages=(("opportunities", Evidence(11, 50)), *CHAIN[1:]))
    assert plan.needed.opportunities == 135
    assert (round(plan.needed.low, 3), round(plan.needed.high, 3)) == (Decimal("0.128"), Decimal("0.352"))
    assert all(each.low <= each.chance <= each.high for each in plan.chances if each.per_week)
    assert any(each.low < each.chance < each.high for each in plan.chances)


def test_the_year_2026_has_250_working_days_in_the_united_states():
    plan = make_plan()
    assert plan.days == 250
    assert plan.weeks == 50
    assert plan.ends == date(2026, 12, 31)
    assert sum(week.days for week in plan.calendar) == 250


def test_work_counts_only_while_a_sale_can_still_close():
    plan = make_plan(cycle=60)
    assert plan.last_start == date(2026, 10, 30)
    assert plan.per_week > make_plan().per_week
    assert plan.calendar[-1].starts <= plan.last_start


def test_a_sale_that_takes_longer_than_the_time_is_refused_in_words():
    refused = refusal(cycle=365)
    assert refused.field == "cycle"
    assert "longer than the whole period" in refused.message


def test_a_ramp_puts_the_work_where_the_strength_is_and_loses_none():
    plan = make_plan(ramp=(Fraction(0), Fraction(1, 4), Fraction(1, 2), Fraction(3, 4), Fraction(1)))
    january = [week.count for week in plan.calendar if week.starts < date(2026, 1, 26)]
    december = [week.count for week in plan.calendar if week.starts >= date(2026, 12, 1) and week.days == 5]
    assert sum(january) == 0
    assert min(december) >= 8
    assert sum(week.count for week in plan.calendar) == plan.confident.step("meetings").needed


def test_a_ramp_that_carries_nothing_in_time_is_refused():
    assert refusal(ramp=(0, 0, 1), months=2).field == "ramp"
    assert refusal(ramp=(0, 0, 1), months=3, cycle=45).field == "ramp"
    assert refusal(ramp=(0,)).field == "ramp"
    assert refusal(ramp=(2,)).field == "ramp"


def test_a_week_that_nobody_can_hold_says_what_would_have_to_change():
    (shortfall,) = make_plan(capacity=4).confident.shortfalls
    assert shortfall.step == "meetings"
    assert {change.field for change in shortfall.changes} == {"opportunities", "meetings", "deal", "people", "target"}
    for change in shortfall.changes:
        if change.field == "deal":
            assert make_plan(deal=change.needed, capacity=4).average.feasible
    assert make_plan(capacity=4, people=2).confident.feasible


def test_the_week_is_counted_in_meetings_or_else_in_what_comes_before_the_deal():
    assert find_weekly_step(["opportunities", "first meetings", "calls"]) == "first meetings"
    assert find_weekly_step(["proposals", "demos"]) == "proposals"
    plan = make_plan(stages=(("proposals", Decimal("0.5")), ("demos", Decimal("0.5"))), capacity=1)
    assert plan.step == "proposals"


def test_what_matters_most_is_worked_out_one_input_at_a_time():
    plan = make_plan()
    base = plan.average.step("meetings").exact / plan.weeks
    swings = {swing.name: swing for swing in plan.sensitivities}
    assert set(swings) == {"target", "deal size", "time", "win rate", "meetings that go on"}
    assert swings["target"].lower == base * Fraction(4, 5)
    assert swings["win rate"].lower == base * Fraction(5, 4)
    assert swings["time"].higher == base / Fraction(6, 5)


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"target": 0}, "target"),
        ({"target": -1}, "target"),
        ({"target": Decimal("NaN")}, "target"),
        ({"target": 10**16}, "target"),
        ({"deal": 0}, "deal"),
        ({"deal": Decimal("Infinity")}, "deal"),
        ({"target": 10**15, "deal": 1}, "quota"),
        ({"target": 10**9, "deal": 1}, "quota"),
        ({"deal_cv": -1}, "deal_cv"),
        ({"deal_cv": 6}, "deal_cv"),
        ({"stages": ()}, "win"),
        ({"stages": (("opportunities", 0),)}, "opportunities"),
        ({"stages": (("opportunities", Decimal("-0.1")),)}, "opportunities"),
        ({"stages": (("opportunities", Decimal("1.01")),)}, "opportunities"),
        ({"stages": (("opportunities", Evidence(0, 50)),)}, "opportunities"),
        ({"stages": (("opportunities", Evidence(51, 50)),)}, "opportunities"),
        ({"stages": (("opportunities", Evidence(1, 0)),)}, "opportunities"),
        ({"stages": (("deals", Decimal("0.5")),)}, "deals"),
        ({"stages": (CHAIN[0], CHAIN[0])}, "opportunities"),
        ({"months": 0}, "months"),
        ({"months": 37}, "months"),
        ({"starts": date(1949, 12, 31)}, "starts"),
        ({"starts": date(9999, 12, 31)}, "starts"),
        ({"country": "XX"}, "calendar"),
        ({"cycle": -1}, "cycle"),
        ({"capacity": 0}, "capacity"),
        ({"capacity": -3}, "capacity"),
        ({"people": 0}, "people"),
        ({"confidence": 0}, "confidence"),
        ({"confidence": 1}, "confidence"),
        ({"confidence": Decimal("NaN")}, "confidence"),
        ({"target": 1_000_000.0}, "target"),
    ],
    ids=str,
)
def test_what_cannot_be_planned_is_a_sentence_at_its_field(change: dict[str, object], field: str):
    refused = refusal(**change)
    assert refused.field == field
    assert refused.message.endswith(".")


SHARES = st.one_of(
    st.fractions(Fraction(-1, 10), Fraction(11, 10), max_denominator=1000),
    st.builds(Evidence, st.integers(0, 60), st.integers(0, 60)),
    st.decimals(allow_nan=True, allow_infinity=True, places=3),
)
MONEY = st.one_of(
    st.integers(-5, 10**7), st.decimals(allow_nan=True, allow_infinity=True, places=2), st.fractions(-1, 10**6)
)
ANYTHING = st.builds(
    PlanInputs,
    target=MONEY,
    deal=MONEY,
    stages=st.lists(
        st.tuples(st.sampled_from(["opportunities", "meetings", "calls", "deals"]), SHARES), max_size=4
    ).map(tuple),
    starts=st.dates(),
    months=st.integers(-1, 40),
    deal_cv=st.sampled_from([-1, 0, Fraction(1, 1000), Decimal("0.8"), 2, 9]),
    country=st.sampled_from(["", "US", "DE", "XX", "us"]),
    cycle=st.integers(-5, 500),
    ramp=st.lists(st.fractions(Fraction(-1, 10), Fraction(11, 10), max_denominator=20), max_size=4).map(tuple),
    capacity=st.none() | st.integers(-2, 50) | st.decimals(allow_nan=True, places=1),
    people=st.integers(-1, 60),
    confidence=st.decimals(Decimal("-0.1"), Decimal("1.1"), places=3) | st.just(Decimal("NaN")),
)
RATES = st.fractions(Fraction(1, 50), Fraction(1), max_denominator=100)
LIKELY = st.builds(
    PlanInputs,
    target=st.integers(1_000, 3_000_000),
    deal=st.integers(5_000, 100_000),
    stages=st.one_of(
        st.tuples(st.tuples(st.just("opportunities"), RATES)),
        st.tuples(
            st.tuples(st.just("opportunities"), st.builds(Evidence, st.integers(1, 20), st.integers(20, 60))),
            st.tuples(st.just("meetings"), RATES),
        ),
    ),
    starts=st.dates(date(2020, 1, 1), date(2040, 12, 31)),
    months=st.integers(1, 36),
    deal_cv=st.sampled_from([0, Decimal("0.5"), Decimal("0.8")]),
    country=st.sampled_from(["", "US", "DE", "GB"]),
    cycle=st.integers(0, 200),
    ramp=st.sampled_from([(), (Fraction(0), Fraction(1, 2), Fraction(1))]),
    capacity=st.none() | st.integers(1, 40),
    people=st.integers(1, 9),
    confidence=st.sampled_from([Decimal("0.5"), Decimal("0.8"), Decimal("0.9")]),
)


@given(ANYTHING | LIKELY)
@settings(deadline=None, max_examples=300)
def test_no_input_whatever_ends_in_anything_but_a_plan_or_a_sentence(inputs: PlanInputs):
    plan = refused = None
    try:
        plan = build_plan(inputs)
    except InvalidInput as said:
        refused = said
    if plan is None:
        assert refused.field
        assert refused.message.endswith(".")
        return
    assert sum(week.count for week in plan.calendar) == plan.confident.step(plan.step).needed
    assert sum(week.days for week in plan.calendar) == plan.days
    assert plan.needed.chance >= Decimal(inputs.confidence) - Decimal("1e-9")


def workable(inputs: PlanInputs) -> WorkbackPlan:
    try:
        return build_plan(inputs)
    except InvalidInput:
        assume(False)
        raise


@given(LIKELY)
@settings(deadline=None, max_examples=100)
def test_the_answer_is_sure_enough_and_one_opportunity_less_is_not(inputs: PlanInputs):
    plan = workable(inputs)
    goal = Goal(quota=inputs.target, deal=inputs.deal, cv=inputs.deal_cv)
    share = inputs.stages[0][1]
    assert probability_of_goal(goal, plan.needed.opportunities, share) == plan.needed.chance >= inputs.confidence
    if plan.needed.opportunities:
        assert probability_of_goal(goal, plan.needed.opportunities - 1, share) < inputs.confidence


@given(LIKELY)
@settings(deadline=None, max_examples=100)
def test_more_a_week_is_never_less_sure_and_the_number_chosen_is_sure_enough(inputs: PlanInputs):
    plan = workable(inputs)
    chances = {each.per_week: each.chance for each in plan.chances}
    assert all(one <= two + Decimal("1e-9") for one, two in pairwise(chances[count] for count in sorted(chances)))
    assert chances[plan.per_week] >= inputs.confidence


@given(LIKELY, st.fractions(Fraction(1), Fraction(3), max_denominator=10))
@settings(deadline=None, max_examples=60)
def test_a_higher_target_never_asks_for_less_and_a_larger_deal_never_for_more(inputs: PlanInputs, factor: Fraction):
    plan = workable(inputs)
    more = workable(replace(inputs, target=inputs.target * factor))
    larger = workable(replace(inputs, deal=inputs.deal * factor))
    assert more.needed.opportunities >= plan.needed.opportunities
    assert larger.average.steps[1].exact <= plan.average.steps[1].exact


@given(
    st.integers(1, 60),
    st.fractions(Fraction(1, 20), Fraction(19, 20), max_denominator=50),
    st.sampled_from(["0.5", "0.8", "0.9", "0.95"]),
)
@settings(deadline=None, max_examples=60)
def test_deals_of_one_size_agree_with_the_negative_binomial_of_scipy(wins: int, rate: Fraction, confidence: str):
    plan = make_plan(target=wins * 45_000, stages=(("opportunities", rate),), confidence=Decimal(confidence))
    quantile = stats.nbinom.ppf(float(confidence), wins, float(rate)) + wins
    reached = stats.binom.sf(wins - 1, plan.needed.opportunities, float(rate))
    assert plan.needed.opportunities == quantile or reached == pytest.approx(float(confidence), abs=1e-9)
