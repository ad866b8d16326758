"""Whatever is typed, the answer is a value or one clear sentence at one field; no other exception gets out."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from workbench.metrics.planning.book import Book, account_plan
from workbench.metrics.planning.calendar import apportion, quota_months, spread, working_days
from workbench.metrics.planning.cascade import Branch, cascade, cascade_ratio, pooled
from workbench.metrics.planning.confidence import (
    Evidence,
    Goal,
    attain,
    curve,
    expected_needed,
    needed,
    remaining,
    team,
    wilson,
)
from workbench.metrics.planning.funnel import Stage, back_solve, named_stage
from workbench.metrics.signals.attribution import Factor, attribute, cause, luck, verdict_from
from workbench.metrics.signals.counts import cusum
from workbench.metrics.signals.signal import watch
from workbench.metrics.signals.velocity import Pace, velocity, velocity_change
from workbench.metrics.validation import Unworkable, exact, inside, not_negative, positive, rate, whole

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


def answered(work: Callable[[], object]) -> None:
    refusals = []
    try:
        work()
    except Unworkable as refused:
        refusals.append(refused)
    for refused in refusals:
        assert refused.field
        assert refused.sentence[0].isupper() or refused.sentence[0] in "“0123456789"
        assert refused.sentence.endswith(".")


@settings(deadline=None, max_examples=300)
@given(st.lists(numbers, min_size=8, max_size=8))
def test_no_number_breaks_the_funnel(given_numbers):
    a, b, c, d, e, f, g, h = given_numbers
    answered(lambda: back_solve(a, b, [Stage("opportunities", c), Stage("meetings", d)], e, f, {"meetings": g}, h))
    answered(lambda: named_stage("win", a))
    answered(lambda: account_plan(a, Book(b, c, d, e, f, g), h, [Stage("opportunities", Fraction(1, 5))]))
    answered(lambda: velocity(Pace(a, b, c, d)))
    answered(lambda: velocity_change(Pace(a, b, c, d), Pace(e, f, g, h)))


@settings(deadline=None, max_examples=300)
@given(st.lists(numbers, min_size=8, max_size=8))
def test_no_number_breaks_a_confidence(given_numbers):
    a, b, c, d, e, f, g, h = given_numbers
    goals = (Goal(wins=a), Goal(quota=b, deal=c, cv=d), Goal(wins=a, quota=b, deal=c, cv=d))
    for goal in goals:
        for share in (e, Evidence(e, f)):
            answered(lambda goal=goal, share=share: attain(goal, g, share))
            answered(lambda goal=goal, share=share: needed(goal, share, h))
            answered(lambda goal=goal, share=share: curve(goal, share, [a, g]))
        answered(lambda goal=goal: remaining(goal, e))
    answered(lambda: wilson(Evidence(a, b), c))
    answered(lambda: expected_needed(a, b, c))
    answered(lambda: team([(a, b), (c, d)], e, f, g, h))


@settings(deadline=None, max_examples=300)
@given(st.lists(numbers, min_size=13, max_size=20))
def test_no_number_breaks_a_split_a_chart_or_a_share(given_numbers):
    a, b, c, d, e, *others = given_numbers
    answered(lambda: attribute([Factor("calls", a, b), Factor("rate", c, d)]))
    answered(lambda: luck(a, b, c, d))
    answered(lambda: verdict_from(a, b, c, d))
    answered(lambda: cause(attribute([Factor("calls", a, b)]), {"calls": (c, d)}))
    answered(lambda: watch(given_numbers, others, counts=True))
    answered(lambda: watch([c if number is None else number for number in given_numbers], others))
    answered(lambda: cusum(a, b, c, d, e))
    answered(lambda: apportion(a, others, b))
    answered(lambda: spread(a, [b, c], [d, e], others[:2]))
    answered(lambda: quota_months(a, [b, c]))
    answered(lambda: cascade(a, Branch("company", over=b, branches=(Branch("x", c), Branch("y", d))), e))
    answered(lambda: cascade_ratio(a, b, Branch("company", branches=(Branch("x", c), Branch("y", d)))))
    answered(lambda: pooled([(a, b), (c, d)]))


@given(st.dates(), st.dates(), st.text(max_size=3), st.text(max_size=3))
def test_no_date_or_country_breaks_the_calendar(first, last, country, region):
    answered(lambda: working_days(first, last, country, region))


def test_the_ends_of_time_have_working_days_too():
    assert working_days(date.max, date.max) == (date.max,)
    assert working_days(date.min, date.min) == (date.min,)


@pytest.mark.parametrize(
    ("take", "good", "bad"),
    [
        (exact, 3, 0.1),
        (positive, 3, 0),
        (not_negative, 0, -1),
        (rate, 1, 2),
        (rate, Fraction(1, 3), 0),
        (inside, Fraction(1, 3), 1),
        (whole, Decimal("3.0"), Decimal("3.5")),
    ],
)
def test_a_number_is_taken_exactly_or_refused(take, good, bad):
    assert take("field", good) == good
    with pytest.raises(Unworkable) as refused:
        take("field", bad)
    assert refused.value.field == "field"
