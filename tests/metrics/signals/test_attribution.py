"""A gap is split without favour, and luck is tested before a cause is named."""

from decimal import Decimal
from fractions import Fraction
from itertools import permutations
from math import comb, prod

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from workbench.metrics.signals.attribution import (
    Factor,
    ResultGap,
    attribute,
    find_cause,
    min_tries_to_detect,
    run_luck_test,
)
from workbench.metrics.signals.velocity import VelocityDrivers, attribute_velocity_change, sales_velocity
from workbench.metrics.validation import InvalidInput

NAMES = ("meetings", "meeting to opportunity", "win rate", "deal")
PLANNED = (60, Fraction(1, 2), Fraction(1, 4), 40_000)


def gap_to(*actual: object) -> ResultGap:
    return attribute([Factor(*row) for row in zip(NAMES, PLANNED, actual, strict=True)])


def effects(gap: ResultGap) -> list[float]:
    return [round(float(part.effect), 2) for part in gap.parts]


factors = st.lists(
    st.tuples(st.fractions(0, 100, max_denominator=50), st.fractions(0, 100, max_denominator=50)),
    min_size=1,
    max_size=6,
)


def factors_of(pairs: list) -> list[Factor]:
    return [Factor(f"factor {place}", *pair) for place, pair in enumerate(pairs)]


def test_the_gap_of_the_reference_is_split_exactly():
    gap = gap_to(63, Fraction(10, 21), Fraction(1, 6), 42_000)
    assert (gap.planned, gap.actual, gap.size) == (300_000, 210_000, -90_000)
    assert effects(gap) == [12504.96, -12469.25, -102540.67, 12504.96]
    assert gap.parts[0].effect == Fraction(1575625, 126)
    assert gap.largest.name == "win rate"


def test_without_a_win_the_deal_is_held_at_plan():
    gap = gap_to(63, Fraction(10, 21), 0, None)
    assert effects(gap) == [7380.95, -7261.90, -300119.05, 0]
    assert gap.actual == 0


@settings(deadline=None)
@given(factors)
def test_the_parts_sum_to_the_gap(pairs):
    gap = attribute(factors_of(pairs))
    assert sum(part.effect for part in gap.parts) == gap.size == gap.actual - gap.planned


@settings(deadline=None)
@given(factors, st.randoms())
def test_the_order_of_factors_is_irrelevant(pairs, random):
    shuffled = factors_of(pairs)
    random.shuffle(shuffled)
    one = {part.name: part.effect for part in attribute(factors_of(pairs)).parts}
    assert {part.name: part.effect for part in attribute(shuffled).parts} == one


@settings(deadline=None)
@given(factors)
def test_swapping_plan_and_actual_turns_the_signs(pairs):
    parts = attribute(factors_of(pairs)).parts
    back = attribute(factors_of([(actual, plan) for plan, actual in pairs])).parts
    assert [part.effect for part in back] == [-part.effect for part in parts]


@settings(deadline=None)
@given(factors.filter(lambda pairs: len(pairs) <= 4))
def test_it_is_the_average_over_every_order(pairs):
    totals = [Fraction(0)] * len(pairs)
    orders = list(permutations(range(len(pairs))))
    for order in orders:
        state = [plan for plan, _ in pairs]
        for place in order:
            before = prod(state, start=Fraction(1))
            state[place] = pairs[place][1]
            totals[place] += prod(state, start=Fraction(1)) - before
    assert [part.effect for part in attribute(factors_of(pairs)).parts] == [total / len(orders) for total in totals]


def test_five_of_thirty_is_too_early_to_say_and_twenty_of_120_is_not():
    few, many = run_luck_test(5, 30, Fraction(1, 4)), run_luck_test(20, 120, Fraction(1, 4))
    assert few.too_early
    assert few.chance == pytest.approx(Decimal("0.203"), abs=Decimal("0.0005"))
    assert few.sentence == "5 of 30 or fewer, when 25% is true, comes by chance in 20 of 100 cases: too early to say."
    assert not many.too_early
    assert many.chance == pytest.approx(Decimal("0.019"), abs=Decimal("0.0005"))
    assert run_luck_test(0, 200, Fraction(1, 4)).sentence.endswith(
        "fewer than 1 of 100 cases: chance alone is an unlikely reason."
    )


def test_a_count_above_plan_is_tested_from_above():
    above = run_luck_test(12, 30, Fraction(1, 4))
    exact = sum(comb(30, k) * Fraction(1, 4) ** k * Fraction(3, 4) ** (30 - k) for k in range(12, 31))
    assert above.chance == pytest.approx(Decimal(float(exact)), abs=Decimal("1e-11"))
    assert "or more" in above.sentence


def test_a_cause_is_named_with_its_luck_test():
    gap = gap_to(63, Fraction(10, 21), Fraction(1, 6), 42_000)
    tested = find_cause(gap, {"win rate": (5, 30)})
    assert tested.luck is not None
    assert tested.luck.too_early
    assert tested.sentence.startswith(
        "Most of the gap of -90,000 comes from the win rate: -102,540.7. 5 of 30 or fewer"
    )
    assert find_cause(gap, {}).luck is None
    better = attribute([Factor("calls", 10, 12)])
    assert find_cause(better, {}).sentence == "Most of the gap of +2 comes from the calls: +2."


@pytest.mark.parametrize(
    ("before", "after", "tries"),
    [("0.22", "0.15", 216), ("0.25", "0.15", 117), ("0.25", "0.2", 463), ("0.3", "0.15", 57)],
)
def test_a_verdict_on_a_rate_needs_many_opportunities(before, after, tries):
    assert min_tries_to_detect(Decimal(before), Decimal(after)) == tries
    assert min_tries_to_detect(1 - Decimal(before), 1 - Decimal(after)) == tries


@pytest.mark.parametrize(("before", "after"), [(0.5, 0.3), (0.2, 0.05), (0.6, 0.35)])
def test_the_number_agrees_with_trying_every_number(before, after):
    def at_most(wins: int, tries: int, rate: float) -> float:
        return sum(comb(tries, k) * rate**k * (1 - rate) ** (tries - k) for k in range(wins + 1))

    weak = 0
    for tries in range(1, 150):
        alarm = max((k for k in range(tries) if at_most(k, tries, before) <= 0.05), default=-1)
        if at_most(alarm, tries, after) < 0.8:
            weak = tries
    assert min_tries_to_detect(Decimal(str(before)), Decimal(str(after))) == weak + 1


def test_velocity_and_its_change():
    assert round(sales_velocity(VelocityDrivers(40, 25_000, Fraction(1, 4), 90)), 2) == Fraction("2777.78")
    assert round(sales_velocity(VelocityDrivers(18, 42_000, Decimal("0.24"), 78)), 2) == Fraction("2326.15")
    gap = attribute_velocity_change(
        VelocityDrivers(40, 25_000, Fraction(1, 4), 90), VelocityDrivers(44, 24_000, Fraction(1, 5), 100)
    )
    assert effects(gap) == [233.46, -99.69, -542.65, -256.91]
    assert round(gap.size, 2) == Fraction("-665.78")
    assert (gap.parts[3].planned, gap.parts[3].actual) == (90, 100)


def test_a_cycle_shorter_by_a_fifth_adds_a_quarter():
    before, after = VelocityDrivers(40, 25_000, Fraction(1, 4), 100), VelocityDrivers(40, 25_000, Fraction(1, 4), 80)
    assert sales_velocity(after) / sales_velocity(before) == Fraction(5, 4)


@pytest.mark.parametrize(
    ("call", "field"),
    [
        (lambda: attribute([]), "factors"),
        (lambda: attribute([Factor("calls", 1, 1)] * 21), "factors"),
        (lambda: attribute([Factor("calls", -1, 1)]), "calls"),
        (lambda: attribute([Factor("calls", 1, -1)]), "calls"),
        (lambda: run_luck_test(3, 2, Fraction(1, 2)), "won"),
        (lambda: run_luck_test(0, 0, Fraction(1, 2)), "of"),
        (lambda: run_luck_test(0, 1, 0), "rate"),
        (lambda: run_luck_test(0, 1, Fraction(1, 2), 1), "error"),
        (lambda: min_tries_to_detect(Fraction(1, 2), Fraction(1, 2)), "after"),
        (lambda: min_tries_to_detect(0, Fraction(1, 2)), "before"),
        (lambda: sales_velocity(VelocityDrivers(1, 1, 1, 0)), "cycle_days"),
        (lambda: sales_velocity(VelocityDrivers(1, 1, 0, 1)), "win_rate"),
    ],
)
def test_what_cannot_be_split_or_tested_is_refused_at_its_field(call, field):
    with pytest.raises(InvalidInput) as refused:
        call()
    assert refused.value.field == field
