"""A target says how sure it is; the figures agree with the reference, with scipy and with a simulation."""

import itertools
from decimal import Decimal
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from workbench.metrics.planning.confidence import (
    Evidence,
    Goal,
    combine_people,
    find_expected_opportunities,
    find_opportunities,
    probability_curve,
    probability_of_goal,
    subtract_won,
    wilson_interval,
)
from workbench.metrics.validation import InvalidInput

RATE = Decimal("0.22")
QUOTA = Goal(quota=1_000_000, deal=45_000, cv=Decimal("0.8"))


def searched(goal: Goal, share: object, *confidences: str) -> list[int]:
    return [find_opportunities(goal, share, Decimal(p)).opportunities for p in confidences]


def near(value: float, places: float = 5e-5) -> object:
    return pytest.approx(Decimal(str(value)), abs=Decimal(str(places)))


@pytest.mark.parametrize(
    ("wins", "rate", "found"),
    [
        (23, "0.22", [103, 120, 130, 138]),
        (8, "0.25", [31, 40, 45, 50]),
        (3, "0.3", [9, 14, 16, 19]),
        (12, "0.2", [59, 72, 81, 88]),
    ],
)
def test_the_table_of_wins_holds(wins, rate, found):
    assert searched(Goal(wins=wins), Decimal(rate), "0.5", "0.8", "0.9", "0.95") == found


def test_a_plan_at_averages_is_a_coin_flip():
    assert probability_of_goal(Goal(wins=23), 102, RATE) == near(0.4853)
    assert probability_of_goal(Goal(wins=23), 105, RATE) == near(0.5476)
    answer = find_opportunities(Goal(wins=23), RATE)
    assert (answer.opportunities, answer.average) == (120, 105)
    assert answer.chance >= Decimal("0.8")
    assert answer.chance_at_average == near(0.5476)
    assert answer.low is None


def test_opportunities_that_arrive_by_chance():
    assert find_expected_opportunities(23, RATE) == near(122.31, 0.005)


@pytest.mark.parametrize(
    ("cv", "found"),
    [("0.5", [102, 122, 133]), ("0.8", [103, 126, 139]), ("1", [104, 129, 144]), ("1.5", [105, 139, 158])],
)
def test_the_table_of_deal_sizes_holds(cv, found):
    assert searched(Goal(quota=1_000_000, deal=45_000, cv=Decimal(cv)), RATE, "0.5", "0.8", "0.9") == found


def test_the_chance_of_a_quota_with_deals_that_spread():
    assert probability_of_goal(QUOTA, 126, RATE) == near(0.806480, 5e-7)
    assert probability_of_goal(QUOTA, 102, RATE) == near(0.492465, 5e-7)
    assert probability_of_goal(QUOTA, 121, RATE) == near(0.7546)


def test_the_closed_form_agrees_with_a_simulation():
    random = np.random.default_rng(20261122)
    wins = random.binomial(121, 0.22, 400_000)
    money = random.gamma(np.maximum(wins, 1e-9) / 0.64, 45_000 * 0.64)
    assert float(probability_of_goal(QUOTA, 121, RATE)) == pytest.approx((money >= 1_000_000).mean(), abs=0.003)


def test_deals_of_one_size_need_the_whole_number_of_them():
    alike = Goal(quota=1_000_000, deal=45_000)
    assert searched(alike, RATE, "0.8") == searched(Goal(wins=23), RATE, "0.8")


def test_an_uncertain_rate_asks_for_more_and_shows_its_band():
    evidence = Evidence(11, 50)
    assert searched(Goal(wins=23), evidence, "0.5", "0.8", "0.9") == [102, 135, 158]
    assert wilson_interval(evidence) == (near(0.128, 0.0005), near(0.352, 0.0005))
    answer = find_opportunities(QUOTA, evidence)
    assert answer.low == wilson_interval(evidence)[0]
    assert answer.opportunities > find_opportunities(QUOTA, RATE).opportunities


def test_a_year_half_gone():
    left = subtract_won(Goal(wins=23), 9)
    assert probability_of_goal(left, 55, RATE) == near(0.3158)
    assert find_opportunities(left, RATE).opportunities == 76
    assert probability_of_goal(subtract_won(Goal(wins=23), 30), 0, RATE) == 1
    assert find_opportunities(subtract_won(Goal(wins=23), 23), RATE).opportunities == 0
    assert subtract_won(QUOTA, 400_000) == Goal(quota=Fraction(600_000), deal=45_000, cv=Decimal("0.8"))
    assert probability_of_goal(subtract_won(QUOTA, 2_000_000), 0, RATE) == 1


def test_a_team_of_eight():
    answer = combine_people([(920_000, 260_000)] * 8, 7_000_000, 8_000_000)
    assert answer.chance == near(0.6878)
    assert answer.safe_plan == near(6_741_000, 500)
    assert answer.over_assignment == near(1.187, 0.0005)
    moved = combine_people([(920_000, 260_000)] * 8, 7_000_000, 8_000_000, correlation=1)
    assert moved.safe_plan == near(7_360_000 - 0.841621 * 8 * 260_000, 5)


def test_a_curve_has_a_band_when_there_is_evidence():
    ((count, middle, low, high),) = probability_curve(Goal(wins=23), Evidence(11, 50), [120])
    assert count == 120
    assert low < middle < high
    ((_, *alike),) = probability_curve(Goal(wins=23), RATE, [120])
    assert len(set(alike)) == 1
    assert probability_curve(Goal(wins=1), Evidence(0, 3), [5])[0][2] == near(0.000005, 1e-7)


@settings(deadline=None)
@given(st.integers(1, 400), st.fractions("0.01", "0.99", max_denominator=100), st.fractions("0.01", "0.99"))
def test_the_search_finds_what_scipy_finds(wins, rate, confidence):
    found = find_opportunities(Goal(wins=wins), rate, confidence).opportunities
    assert float(probability_of_goal(Goal(wins=wins), found, rate)) >= float(confidence) - 2e-12
    assert float(probability_of_goal(Goal(wins=wins), found - 1, rate)) < float(confidence) + 2e-12
    theirs = int(stats.nbinom.ppf(float(confidence), wins, float(rate))) + wins
    assert abs(found - theirs) <= 1
    if found != theirs:
        assert stats.binom.sf(wins - 1, min(found, theirs), float(rate)) == pytest.approx(float(confidence), abs=1e-9)


@settings(deadline=None, max_examples=60)
@given(
    st.integers(0, 200),
    st.fractions("0.05", "1", max_denominator=20),
    st.sampled_from(["0", "0.01", "0.3", "0.8", "2", "5"]),
    st.sampled_from(["0.2", "0.8", "0.95"]),
)
def test_more_opportunities_never_make_a_goal_less_sure(wins, rate, cv, confidence):
    goal = Goal(quota=wins * 1000, deal=1000, cv=Decimal(cv))
    answer = find_opportunities(goal, rate, Decimal(confidence))
    assert answer.chance >= Decimal(confidence) - Decimal("1e-11")
    counts = [answer.opportunities + extra for extra in range(-3, 4) if answer.opportunities + extra >= 0]
    chances = [probability_of_goal(goal, count, rate) for count in counts]
    assert all(later >= earlier - Decimal("1e-11") for earlier, later in itertools.pairwise(chances))
    assert all(0 <= value <= 1 for value in chances)
    if answer.opportunities:
        assert probability_of_goal(goal, answer.opportunities - 1, rate) < Decimal(confidence) + Decimal("1e-11")


@pytest.mark.parametrize("wins", [1, 2, 5])
def test_a_chance_that_is_exactly_the_one_wanted_counts(wins):
    assert find_opportunities(Goal(wins=wins), Fraction(1, 2), Fraction(1, 2)).opportunities == 2 * wins - 1
    assert find_opportunities(Goal(wins=wins), 1, Fraction(1, 2)).opportunities == wins


@pytest.mark.parametrize(
    ("call", "field"),
    [
        (lambda: find_opportunities(Goal(wins=23), 0), "rate"),
        (lambda: find_opportunities(Goal(wins=23), Fraction(3, 2)), "rate"),
        (lambda: find_opportunities(Goal(wins=23), Decimal("1e-9")), "rate"),
        (lambda: find_opportunities(Goal(wins=23), RATE, 0), "confidence"),
        (lambda: find_opportunities(Goal(wins=23), RATE, 1), "confidence"),
        (lambda: find_opportunities(Goal(wins=23), RATE, Decimal("0.99999")), "confidence"),
        (lambda: find_opportunities(Goal(), RATE), "wins"),
        (lambda: find_opportunities(Goal(wins=-1), RATE), "wins"),
        (lambda: find_opportunities(Goal(wins=10**9), RATE), "wins"),
        (lambda: find_opportunities(Goal(quota=1), RATE), "deal"),
        (lambda: find_opportunities(Goal(quota=10**9, deal=1), RATE), "quota"),
        (lambda: find_opportunities(Goal(quota=10**6, deal=1, cv=1), RATE), "quota"),
        (lambda: find_opportunities(Goal(quota=10**6, deal=1000, cv=9), RATE), "deal_cv"),
        (lambda: find_opportunities(Goal(quota=10**6, deal=1000, cv=Decimal("0.001")), RATE), "deal_cv"),
        (lambda: find_opportunities(Goal(wins=23), Evidence(3, 2)), "evidence"),
        (lambda: find_opportunities(Goal(wins=23), Evidence(0, 0)), "evidence"),
        (lambda: find_opportunities(Goal(wins=20_000), Evidence(11, 50)), "evidence"),
        (lambda: find_opportunities(Goal(wins=900), Evidence(0, 20_000), Decimal("0.99")), "evidence"),
        (lambda: probability_of_goal(Goal(wins=23), -1, RATE), "opportunities"),
        (lambda: subtract_won(Goal(wins=23), Fraction(1, 2)), "won"),
        (lambda: find_expected_opportunities(0, RATE), "wins"),
        (lambda: combine_people([], 1, 1), "people"),
        (lambda: combine_people([(1, 100)], 1, 1), "people"),
        (lambda: combine_people([(1, 1)], 1, 1, correlation=2), "correlation"),
        (lambda: wilson_interval(Evidence(1, 2), 1), "confidence"),
    ],
)
def test_what_no_confidence_can_be_given_for_is_refused_at_its_field(call, field):
    with pytest.raises(InvalidInput) as refused:
        call()
    assert refused.value.field == field
