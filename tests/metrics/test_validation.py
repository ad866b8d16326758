"""Whatever is typed, the answer is a value or one clear sentence at one field; no other exception gets out."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from workbench.metrics.planning.book import Book, account_plan
from workbench.metrics.planning.calendar import apportion, distribute, list_working_days, quota_months
from workbench.metrics.planning.cascade import Branch, cascade, cascade_ratio, pool_ratios
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
from workbench.metrics.planning.funnel import Stage, back_solve, parse_stage
from workbench.metrics.signals.attribution import Factor, attribute, find_cause, min_tries_to_detect, run_luck_test
from workbench.metrics.signals.counts import design_cusum
from workbench.metrics.signals.signal import detect_signal
from workbench.metrics.signals.velocity import VelocityDrivers, attribute_velocity_change, sales_velocity
from workbench.metrics.validation import (
    InvalidInput,
    to_fraction,
    to_int,
    to_non_negative,
    to_positive,
    to_probability,
    to_rate,
)

numbers = st.one_of(
    st.integers(-5, 300),
    st.integers(),
    st.fractions(),
    st.fractions(0, 1),
    st.decimals(allow_nan=True, allow_infinity=True),
    st.sampled_from(
        [None, True, 0.5, float("nan"), "9", "", 10**9, Decimal("sNaN"), Decimal("1E-999999"), Fraction(1, 10**15)]
    ),
)


def assert_answer_or_message(work: Callable[[], object]) -> None:
    refusals = []
    try:
        work()
    except InvalidInput as refused:
        refusals.append(refused)
    for refused in refusals:
        assert refused.field
        assert refused.message[0].isupper() or refused.message[0] in "“0123456789"
        assert refused.message.endswith(".")


@settings(deadline=None, max_examples=300)
@given(st.lists(numbers, min_size=8, max_size=8))
def test_no_number_breaks_the_funnel(given_numbers):
    a, b, c, d, e, f, g, h = given_numbers
    assert_answer_or_message(
        lambda: back_solve(a, b, [Stage("opportunities", c), Stage("meetings", d)], e, f, {"meetings": g}, h)
    )
    assert_answer_or_message(lambda: parse_stage("win", a))
    assert_answer_or_message(
        lambda: account_plan(a, Book(b, c, d, e, f, g), h, [Stage("opportunities", Fraction(1, 5))])
    )
    assert_answer_or_message(lambda: sales_velocity(VelocityDrivers(a, b, c, d)))
    assert_answer_or_message(
        lambda: attribute_velocity_change(VelocityDrivers(a, b, c, d), VelocityDrivers(e, f, g, h))
    )


@settings(deadline=None, max_examples=300)
@given(st.lists(numbers, min_size=8, max_size=8))
def test_no_number_breaks_a_confidence(given_numbers):
    a, b, c, d, e, f, g, h = given_numbers
    goals = (Goal(wins=a), Goal(quota=b, deal=c, cv=d), Goal(wins=a, quota=b, deal=c, cv=d))
    for goal in goals:
        for share in (e, Evidence(e, f)):
            assert_answer_or_message(lambda goal=goal, share=share: probability_of_goal(goal, g, share))
            assert_answer_or_message(lambda goal=goal, share=share: find_opportunities(goal, share, h))
            assert_answer_or_message(lambda goal=goal, share=share: probability_curve(goal, share, [a, g]))
        assert_answer_or_message(lambda goal=goal: subtract_won(goal, e))
    assert_answer_or_message(lambda: wilson_interval(Evidence(a, b), c))
    assert_answer_or_message(lambda: find_expected_opportunities(a, b, c))
    assert_answer_or_message(lambda: combine_people([(a, b), (c, d)], e, f, g, h))


@pytest.mark.slow("tries hundreds of generated numbers")
@settings(deadline=None, max_examples=300)
@given(st.lists(numbers, min_size=13, max_size=20))
def test_no_number_breaks_a_split_a_chart_or_a_share(given_numbers):
    a, b, c, d, e, *others = given_numbers
    assert_answer_or_message(lambda: attribute([Factor("calls", a, b), Factor("rate", c, d)]))
    assert_answer_or_message(lambda: run_luck_test(a, b, c, d))
    assert_answer_or_message(lambda: min_tries_to_detect(a, b, c, d))
    assert_answer_or_message(lambda: find_cause(attribute([Factor("calls", a, b)]), {"calls": (c, d)}))
    assert_answer_or_message(lambda: detect_signal(given_numbers, others, counts=True))
    assert_answer_or_message(
        lambda: detect_signal([c if number is None else number for number in given_numbers], others)
    )
    assert_answer_or_message(lambda: design_cusum(a, b, c, d, e))
    assert_answer_or_message(lambda: apportion(a, others, b))
    assert_answer_or_message(lambda: distribute(a, [b, c], [d, e], others[:2]))
    assert_answer_or_message(lambda: quota_months(a, [b, c]))
    assert_answer_or_message(
        lambda: cascade(a, Branch("company", over_assignment=b, branches=(Branch("x", c), Branch("y", d))), e)
    )
    assert_answer_or_message(lambda: cascade_ratio(a, b, Branch("company", branches=(Branch("x", c), Branch("y", d)))))
    assert_answer_or_message(lambda: pool_ratios([(a, b), (c, d)]))


@given(st.dates(), st.dates(), st.text(max_size=3), st.text(max_size=3))
def test_no_date_or_country_breaks_the_calendar(first, last, country, region):
    assert_answer_or_message(lambda: list_working_days(first, last, country, region))


def test_the_ends_of_time_have_working_days_too():
    assert list_working_days(date.max, date.max) == (date.max,)
    assert list_working_days(date.min, date.min) == (date.min,)


@pytest.mark.parametrize(
    ("take", "good", "bad"),
    [
        (to_fraction, 3, 0.1),
        (to_positive, 3, 0),
        (to_non_negative, 0, -1),
        (to_rate, 1, 2),
        (to_rate, Fraction(1, 3), 0),
        (to_probability, Fraction(1, 3), 1),
        (to_int, Decimal("3.0"), Decimal("3.5")),
    ],
)
def test_a_number_is_taken_exactly_or_refused(take, good, bad):
    assert take("field", good) == good
    with pytest.raises(InvalidInput) as refused:
        take("field", bad)
    assert refused.value.field == "field"
